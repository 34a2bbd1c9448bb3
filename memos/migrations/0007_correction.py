from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('memos', '0006_final_file'),
    ]

    operations = [
    ]
