from django.db import migrations

from fujing.recruitment.retention.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_erase_function"),
        ("hiring", "0002_after_publicity"),
        ("selection", "0003_supplementary_notices"),
    ]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
