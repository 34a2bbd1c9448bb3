import django.core.validators
from django.db import migrations, models

_WORKING_DAYS = {
    "blank": True,
    "help_text": "นับจากวันถัดจากวันที่เรื่องมาถึง เว้นว่างไว้เมื่อไม่กำหนด",
    "null": True,
    "verbose_name": "กำหนดเวลา (วันทำการ)",
}


def _working_days() -> models.Field:
    limits = [django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)]
    return models.PositiveSmallIntegerField(validators=limits, **_WORKING_DAYS)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0008_disposal"), ("ita_core", "0007_calendar")]

    operations = [
        migrations.AddField(model_name="routestep", name="working_days", field=_working_days()),
        migrations.AddField(model_name="approvalstep", name="working_days", field=_working_days()),
        migrations.AddField(
            model_name="approvalstep",
            name="due_on",
            field=models.DateField(null=True, verbose_name="กำหนดแล้วเสร็จ"),
        ),
        migrations.AddField(
            model_name="approvalstep",
            name="looked_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="approvalstep",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("due_on__isnull", False)),
                fields=["due_on"],
                name="step_due",
            ),
        ),
    ]
