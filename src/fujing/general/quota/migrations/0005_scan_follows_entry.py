from django.db import migrations

# A document is kept once, at one of the organs that it moves quota between; whoever sees a ledger line sees its scan.
POLICY = """
CREATE POLICY file_of_quota_entry ON kernel_storedfile FOR SELECT
    USING (EXISTS (SELECT 1 FROM quota_quotaentry entry WHERE entry.scan_id = kernel_storedfile.id))
"""


class Migration(migrations.Migration):
    dependencies = [("quota", "0004_local_figures"), ("kernel", "0001_initial")]
    operations = [migrations.RunSQL(POLICY, "DROP POLICY file_of_quota_entry ON kernel_storedfile")]
