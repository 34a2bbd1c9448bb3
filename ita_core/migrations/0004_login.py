import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ita_core', '0003_absence'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pin', models.CharField(blank=True, editable=False, max_length=200, verbose_name='PIN')),
                ('pin_set_at', models.DateTimeField(editable=False, null=True, verbose_name='ตั้ง PIN เมื่อ')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='ใส่รหัสผิดติดกัน (ครั้ง)')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='second_proof', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ใช้')),
            ],
            options={
                'verbose_name': 'วิธียืนยันตัวตน',
                'verbose_name_plural': 'วิธียืนยันตัวตน',
            },
        ),
    ]
