from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("memos", "0007_correction")]

    operations = []
