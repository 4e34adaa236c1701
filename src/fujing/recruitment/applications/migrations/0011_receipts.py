from django.db import migrations

# What a receipt answers: nobody's name, nothing that was stated, and no draft.
FUNCTION = """
DROP FUNCTION applications_status(text);
CREATE FUNCTION applications_status(code text)
    RETURNS TABLE (title text, campaign_state text, ended_on date, state text, complete_until date) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT c.title, c.state, c.ended_on, a.state, a.complete_until
    FROM applications_application a JOIN campaigns_campaign c ON c.id = a.campaign_id
    WHERE a.receipt = code AND a.state <> 'draft'
$$;
"""
BACK = """
DROP FUNCTION applications_status(text);
CREATE FUNCTION applications_status(code text) RETURNS TABLE (campaign_id bigint, state text) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT campaign_id, state FROM applications_application WHERE receipt = code AND state <> 'draft'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_screening_blocks"), ("campaigns", "0003_retention")]
    operations = [migrations.RunSQL(FUNCTION, BACK)]
