from django.db import migrations

from fujing.recruitment.retention.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("applications", "0008_erasable"),
        ("hiring", "0001_initial"),
        ("kernel", "0004_erasure"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION retention_erase(bigint, bytea, jsonb)")]
