import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ita_core", "0006_telling")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="escalate_after",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="จำนวนวันทำการหลังครบกำหนดของขั้นตอน",
                verbose_name="แจ้งผู้ดูแลระบบเมื่อช้ากว่ากำหนด (วันทำการ)",
            ),
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="วันที่")),
                ("name", models.CharField(max_length=200, verbose_name="ชื่อวัน")),
                ("is_off", models.BooleanField(default=True, verbose_name="เป็นวันหยุด")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="เช่น มติคณะรัฐมนตรี หรือคำสั่งของหน่วยงาน",
                        max_length=300,
                        verbose_name="ที่มา",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="หมายเหตุ")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="เว้นว่างไว้สำหรับวันหยุดราชการของทุกหน่วยงาน",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_days",
                        to="ita_core.organisation",
                        verbose_name="หน่วยงาน",
                    ),
                ),
            ],
            options={
                "verbose_name": "วันหยุด",
                "verbose_name_plural": "วันหยุด",
                "ordering": ["day", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "day"),
                        name="own_day_once",
                        violation_error_message="วันนี้มีอยู่ในปฏิทินแล้ว",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", True)),
                        fields=("day",),
                        name="public_holiday_once",
                    ),
                ],
            },
        ),
    ]
