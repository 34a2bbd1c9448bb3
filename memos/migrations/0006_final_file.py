from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('memos', '0005_register'),
    ]

    operations = [
    ]
