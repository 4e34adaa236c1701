from django.db import migrations

from fujing.recruitment.retention.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_erase_function"),
        ("hiring", "0002_after_publicity"),
        ("selection", "0004_when_fit"),
        ("medical", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
