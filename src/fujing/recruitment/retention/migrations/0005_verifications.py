from django.db import migrations

from fujing.recruitment.retention.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("retention", "0004_results_and_statements"), ("applications", "0012_taken_back")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
