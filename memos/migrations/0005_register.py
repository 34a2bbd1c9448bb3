import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ita_core', '0002_outbox'),
        ('memos', '0004_archive'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('memo', 'ทะเบียนคุมบันทึกข้อความ'), ('outgoing', 'ทะเบียนหนังสือส่ง')], default='memo', max_length=10, verbose_name='ชนิดทะเบียน')),
                ('prefix', models.CharField(blank=True, max_length=60, verbose_name='เลขประจำส่วนราชการที่พิมพ์หน้าเลข')),
                ('numbering', models.CharField(choices=[('book', 'พิมพ์เลขที่ได้จากสมุดทะเบียนของสำนักงาน'), ('here', 'ระบบออกเลขให้ตามลำดับ')], default='book', max_length=10, verbose_name='วิธีออกเลข')),
                ('year', models.CharField(choices=[('calendar', 'ปีปฏิทิน (เริ่ม ๑ มกราคม)'), ('fiscal', 'ปีงบประมาณ (เริ่ม ๑ ตุลาคม)')], default='calendar', max_length=10, verbose_name='เริ่มเลข ๑ ใหม่ทุก')),
                ('moment', models.CharField(choices=[('before', 'ก่อนลงนาม'), ('after', 'หลังลงนาม'), ('either', 'ก่อนหรือหลังลงนามก็ได้')], default='either', max_length=10, verbose_name='ออกเลขรายงานเมื่อใด')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ita_core.orgunit', verbose_name='ส่วนราชการ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registers', to='ita_core.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ทะเบียน',
                'verbose_name_plural': 'ทะเบียน',
                'ordering': ['organisation', 'kind', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='ปี (พ.ศ.)')),
                ('number', models.PositiveIntegerField(verbose_name='เลขทะเบียน')),
                ('text', models.CharField(max_length=120, verbose_name='ที่')),
                ('standing', models.CharField(choices=[('reserved', 'จองไว้'), ('used', 'ใช้แล้ว'), ('void', 'ยกเลิก')], max_length=10, verbose_name='สถานะของเลข')),
                ('is_allocated', models.BooleanField(default=False, verbose_name='ระบบออกเลขให้')),
                ('dated', models.DateField(verbose_name='ลงวันที่')),
                ('sender', models.CharField(blank=True, max_length=300, verbose_name='จาก')),
                ('recipient', models.TextField(blank=True, verbose_name='ถึง')),
                ('subject', models.TextField(blank=True, verbose_name='เรื่อง')),
                ('action', models.TextField(blank=True, verbose_name='การปฏิบัติ')),
                ('note', models.TextField(blank=True, verbose_name='หมายเหตุ')),
                ('reason', models.TextField(blank=True, verbose_name='เหตุผล')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='บันทึกเมื่อ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='ita_core.organisation', verbose_name='หน่วยงาน')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึก')),
                ('register', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='memos.register', verbose_name='ทะเบียน')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='memos.report', verbose_name='รายงาน')),
            ],
            options={
                'verbose_name': 'เลขในทะเบียน',
                'verbose_name_plural': 'เลขในทะเบียน',
                'ordering': ['register', '-year', '-number'],
            },
        ),
        migrations.AddConstraint(
            model_name='register',
            constraint=models.UniqueConstraint(fields=('organisation', 'kind', 'office'), name='one_register_per_office', violation_error_message='ส่วนราชการนี้มีทะเบียนชนิดนี้แล้ว'),
        ),
        migrations.AddConstraint(
            model_name='register',
            constraint=models.UniqueConstraint(condition=models.Q(('office', None)), fields=('organisation', 'kind'), name='one_register_of_the_authority', violation_error_message='หน่วยงานมีทะเบียนกลางชนิดนี้แล้ว'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(fields=('register', 'year', 'number'), name='number_once'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'used')), fields=('report',), name='one_number_in_use_per_report'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'used'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='entry_reserved_or_void_says_why'),
        ),
    ]
