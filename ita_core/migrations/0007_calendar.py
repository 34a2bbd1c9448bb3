from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ita_core", "0006_telling")]

    operations = []
