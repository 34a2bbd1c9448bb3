from django.db import migrations, models


class Migration(migrations.Migration):
    """Partial indexes: of an authority's reports a page wants those of a year that count, or those still written."""

    dependencies = [("memos", "0008_collecting")]

    operations = [
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["organisation", "fiscal_year", "drafter"],
                condition=models.Q(is_trial=False),
                name="report_real",
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["organisation", "drafter"],
                condition=models.Q(is_open=True),
                name="report_being_written",
            ),
        ),
    ]
