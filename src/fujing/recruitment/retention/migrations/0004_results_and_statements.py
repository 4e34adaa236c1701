from django.db import migrations

from fujing.recruitment.retention.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0003_outcomes"),
        ("selection", "0005_results_and_rechecks"),
        ("exams", "0002_statements"),
    ]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
