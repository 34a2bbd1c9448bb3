import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('memos', '0005_register'),
    ]

    operations = [
        migrations.CreateModel(
            name='FinalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.JSONField(verbose_name='หลักฐาน')),
                ('certificate_sha256', models.CharField(max_length=64, verbose_name='แฮชของใบรับรอง')),
                ('sealed_at', models.DateTimeField(verbose_name='ประทับตราเมื่อ')),
                ('document_set', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='final_file', to='memos.documentset', verbose_name='ชุดเอกสาร')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='final_files', to='ita_core.organisation', verbose_name='หน่วยงาน')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memos.storedfile', verbose_name='ไฟล์ PDF')),
            ],
            options={
                'verbose_name': 'ไฟล์ฉบับสมบูรณ์',
                'verbose_name_plural': 'ไฟล์ฉบับสมบูรณ์',
            },
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(fields=['sha256'], name='file_by_hash'),
        ),
    ]
