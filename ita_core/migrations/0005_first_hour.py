import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ita_core", "0004_login")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="usual_forms",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="แบบตารางที่รายงานใหม่เริ่มด้วย"
            ),
        ),
        migrations.CreateModel(
            name="SetupCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={"verbose_name": "รหัสติดตั้ง", "verbose_name_plural": "รหัสติดตั้ง"},
        ),
        migrations.CreateModel(
            name="FirstHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled", models.JSONField(blank=True, default=list, verbose_name="ขั้นที่ตกลงแล้ว")),
                ("begun_at", models.DateTimeField(auto_now_add=True, verbose_name="เริ่มเมื่อ")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ปิดรายการเมื่อ")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_hour",
                        to="ita_core.organisation",
                        verbose_name="หน่วยงาน",
                    ),
                ),
            ],
            options={"verbose_name": "การตั้งค่าครั้งแรก", "verbose_name_plural": "การตั้งค่าครั้งแรก"},
        ),
        migrations.CreateModel(
            name="FirstLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(verbose_name="ออกลิงก์เมื่อ")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ผู้ออกลิงก์",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="first_link",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ผู้ใช้",
                    ),
                ),
            ],
            options={
                "verbose_name": "ลิงก์ตั้งรหัสผ่านครั้งแรก",
                "verbose_name_plural": "ลิงก์ตั้งรหัสผ่านครั้งแรก",
            },
        ),
    ]
