import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ita_core", "0002_outbox"),
        ("memos", "0007_correction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=40, verbose_name='แถว')),
                ('kind', models.CharField(choices=[('assigned', 'มอบให้กรอก'), ('saved', 'บันทึกร่าง'), ('sent', 'ส่งผล'), ('handed_back', 'ส่งคืนให้แก้ไข'), ('accepted', 'รับผลลงตาราง'), ('taken', 'นำแถวกลับ')], max_length=20, verbose_name='การกระทำ')),
                ('at', models.DateTimeField(verbose_name='เมื่อ')),
                ('content', models.JSONField(default=dict, verbose_name='ข้อความ')),
                ('reason', models.TextField(blank=True, verbose_name='เหตุผล')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้กระทำ')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collected_entries', to='memos.report', verbose_name='รายงาน')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ita_core.orgunit', verbose_name='กองหรือส่วนราชการ')),
            ],
            options={
                'verbose_name': 'บันทึกการรวบรวมผล',
                'verbose_name_plural': 'บันทึกการรวบรวมผล',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CollectedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=40, verbose_name='แถว')),
                ('name', models.CharField(max_length=200, verbose_name='ชื่อไฟล์')),
                ('ending', models.CharField(max_length=10, verbose_name='ชนิด')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='แนบเมื่อ')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='นำออกเมื่อ')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้แนบ')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memos.storedfile', verbose_name='ไฟล์')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collected_files', to='memos.report', verbose_name='รายงาน')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ita_core.orgunit', verbose_name='กองหรือส่วนราชการ')),
            ],
            options={
                'verbose_name': 'ไฟล์หลักฐานจากกอง',
                'verbose_name_plural': 'ไฟล์หลักฐานจากกอง',
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(null=True, verbose_name='ส่งภายในวันที่')),
                ('asked_at', models.DateTimeField(verbose_name='ขอเมื่อ')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ขอข้อมูล')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='ita_core.organisation', verbose_name='หน่วยงาน')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collections', to='memos.report', verbose_name='รายงาน')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='ita_core.orgunit', verbose_name='กองหรือส่วนราชการ')),
            ],
            options={
                'verbose_name': 'การรวบรวมผลจากกอง',
                'verbose_name_plural': 'การรวบรวมผลจากกอง',
            },
        ),
        migrations.CreateModel(
            name='CollectedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=40, verbose_name='แถว')),
                ('standing', models.CharField(choices=[('waiting', 'รอกรอก'), ('sent', 'ส่งแล้ว รอรับ'), ('handed_back', 'ส่งคืนให้แก้ไข'), ('accepted', 'รับแล้ว')], default='waiting', max_length=20, verbose_name='สถานะ')),
                ('draft', models.JSONField(default=dict, verbose_name='ข้อความที่กรอก')),
                ('turn', models.PositiveIntegerField(default=0, verbose_name='ครั้งที่')),
                ('reason', models.TextField(blank=True, verbose_name='เหตุผลที่ส่งคืน')),
                ('written_at', models.DateTimeField(null=True, verbose_name='กรอกเมื่อ')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='collected_rows', to='memos.report', verbose_name='รายงาน')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้กรอกล่าสุด')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='memos.collection', verbose_name='การรวบรวมผลจากกอง')),
            ],
            options={
                'verbose_name': 'แถวที่ขอให้กรอก',
                'verbose_name_plural': 'แถวที่ขอให้กรอก',
            },
        ),
        migrations.CreateModel(
            name='MainWebsite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253, verbose_name='เว็บไซต์หลัก')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='main_website', to='ita_core.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'เว็บไซต์หลักของหน่วยงาน',
                'verbose_name_plural': 'เว็บไซต์หลักของหน่วยงาน',
            },
        ),
        migrations.CreateModel(
            name='CollectedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500, verbose_name='ที่อยู่')),
                ('reach', models.CharField(blank=True, choices=[('', 'กำลังตรวจ'), ('reached', 'เปิดได้'), ('unreached', 'เปิดไม่ได้')], default='', max_length=10, verbose_name='ผลการตรวจ')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='เหตุขัดข้อง')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='ตรวจเมื่อ')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='collected_links', to='memos.report', verbose_name='รายงาน')),
            ],
            options={
                'verbose_name': 'ลิงก์หลักฐานจากกอง',
                'verbose_name_plural': 'ลิงก์หลักฐานจากกอง',
                'constraints': [models.UniqueConstraint(fields=('report', 'url'), name='collected_link_once')],
            },
        ),
        migrations.AddIndex(
            model_name='collection',
            index=models.Index(fields=['organisation', 'unit'], name='collection_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(fields=('report', 'unit'), name='one_collection_of_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='collectedrow',
            constraint=models.UniqueConstraint(fields=('report', 'row'), name='one_unit_fills_a_row'),
        ),
    ]
