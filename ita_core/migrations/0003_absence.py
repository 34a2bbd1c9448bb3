import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ita_core", "0002_outbox"),
    ]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึก'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='scan_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='ไฟล์สแกนคำสั่ง'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='stood_down_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='พ้นหน้าที่ระหว่างวันเมื่อ'),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leave', 'ลา'), ('duty', 'ไปราชการ'), ('other', 'อื่น ๆ')], max_length=10, verbose_name='เหตุที่ไม่อยู่')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='หมายเหตุ')),
                ('starts', models.DateField(verbose_name='ตั้งแต่วันที่')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='ถึงวันที่ (รวมวันนั้น)')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='กลับมาก่อนกำหนดวันที่')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='บันทึกเมื่อ')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึกการกลับ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='ita_core.organisation', verbose_name='หน่วยงาน')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึก')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ไม่อยู่')),
            ],
            options={
                'verbose_name': 'การไม่อยู่',
                'verbose_name_plural': 'การไม่อยู่',
                'ordering': ['-starts', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='absence',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitutes', to='ita_core.absence', verbose_name='การไม่อยู่'),
        ),
        migrations.CreateModel(
            name='StandingOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='คำสั่งหรือฐานอำนาจ')),
                ('scope', models.CharField(blank=True, max_length=300, verbose_name='ขอบเขตที่มอบหมาย')),
                ('covers_memos', models.BooleanField(default=True, verbose_name='ขอบเขตรวมการลงความเห็น/ลงนามบันทึกข้อความ')),
                ('starts', models.DateField(verbose_name='ตั้งแต่วันที่')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='ถึงวันที่ (รวมวันนั้น)')),
                ('scan_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='ไฟล์สแกนคำสั่ง')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='บันทึกเมื่อ')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_orders', to='ita_core.post', verbose_name='ตำแหน่ง')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึก')),
            ],
            options={
                'verbose_name': 'คำสั่งรักษาราชการแทนตามลำดับ',
                'verbose_name_plural': 'คำสั่งรักษาราชการแทนตามลำดับ',
                'ordering': ['post', 'starts'],
            },
        ),
        migrations.CreateModel(
            name='StandingRank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='ลำดับที่')),
                ('own_title', models.CharField(max_length=200, verbose_name='ตำแหน่งของผู้ลงนามเอง')),
                ('capacity', models.CharField(default='acting_for', max_length=20, verbose_name='ฐานะ')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks', to='ita_core.standingorder', verbose_name='คำสั่งรักษาราชการแทนตามลำดับ')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้รักษาราชการแทน')),
            ],
            options={
                'verbose_name': 'ลำดับของผู้รักษาราชการแทน',
                'verbose_name_plural': 'ลำดับของผู้รักษาราชการแทน',
                'ordering': ['order', 'rank'],
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='rank',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='ita_core.standingrank', verbose_name='ลำดับตามคำสั่ง'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['user', 'organisation', 'starts'], name='ita_core_ab_user_id_922ef7_idx'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='absence_ends_after_start', violation_error_message='วันสิ้นสุดอยู่ก่อนวันเริ่มต้น'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('starts')), _connector='OR'), name='absence_ended_after_start'),
        ),
        migrations.AddConstraint(
            model_name='standingorder',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='standing_order_ends_after_start', violation_error_message='วันสิ้นสุดอยู่ก่อนวันเริ่มต้น'),
        ),
        migrations.AddConstraint(
            model_name='standingrank',
            constraint=models.UniqueConstraint(fields=('order', 'rank'), name='standing_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='standingrank',
            constraint=models.UniqueConstraint(fields=('order', 'user'), name='standing_rank_person_once'),
        ),
    ]
