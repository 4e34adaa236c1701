from django.db import migrations

from fujing.kernel.history import RECORD_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(RECORD_FUNCTION, "DROP FUNCTION kernel_record(text, text, jsonb, jsonb)")]
