from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION applications_earlier_exit(identity bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT id FROM registry_engagement
    WHERE identity_key = identity AND exit_kind IN ('left_without_leave', 'dismissed', 'contract_rescinded')
    ORDER BY id DESC LIMIT 1
$$;
CREATE FUNCTION applications_status(code text) RETURNS TABLE (campaign_id bigint, state text) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT campaign_id, state FROM applications_application WHERE receipt = code AND state <> 'draft'
$$;
"""
DROP = "DROP FUNCTION applications_earlier_exit(bigint); DROP FUNCTION applications_status(text)"


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_initial"), ("registry", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
