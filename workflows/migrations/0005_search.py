import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ita_core', '0002_outbox'),
        ('workflows', '0004_archive'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(editable=False, verbose_name='ข้อความสำหรับค้น')),
                ('state', models.CharField(choices=[('writing', 'กำลังร่าง'), ('drafted', 'เสนอแล้ว'), ('section_head_reviewed', 'หัวหน้าสำนักปลัดเสนอความเห็นแล้ว'), ('deputy_approved', 'ปลัดเสนอความเห็นแล้ว'), ('mayor_signed', 'ลงนามแล้ว'), ('refused', 'ไม่อนุมัติ'), ('withdrawn', 'ถอนเรื่อง')], max_length=30, verbose_name='สถานะ')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='ปีงบประมาณ')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='เลขทะเบียน')),
                ('running', models.PositiveIntegerField(null=True, verbose_name='เลขลำดับ')),
                ('text', models.TextField(verbose_name='ข้อความ')),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workflows.approval', verbose_name='การพิจารณา')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ita_core.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ข้อความสำหรับค้นของรายงาน',
                'verbose_name_plural': 'ข้อความสำหรับค้นของรายงาน',
                'indexes': [models.Index(fields=['organisation', '-fiscal_year', '-approval'], name='searched_in_order'), models.Index(fields=['organisation', 'state', '-fiscal_year', '-approval'], name='searched_by_state'), models.Index(fields=['organisation', 'running'], name='searched_by_number')],
            },
        ),
    ]
