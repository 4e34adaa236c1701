from django.db import migrations

# Whoever objected reads what became of it: not who was objected to, who answered, or what was objected.
FUNCTION = """
CREATE FUNCTION selection_objection_status(code text)
    RETURNS TABLE (title text, number smallint, state text, raised_at timestamptz, ends date, answer text, answered_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.title, n.number, o.state, o.raised_at, n.ends, o.answer, o.answered_at
    FROM selection_objection o JOIN selection_publicitynotice n ON n.id = o.notice_id
        JOIN campaigns_campaign c ON c.id = n.campaign_id
    WHERE o.receipt = code
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0006_double_entry"), ("campaigns", "0003_retention")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION selection_objection_status(text)")]
