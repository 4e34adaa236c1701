from django.db import migrations

import fujing.kernel.objects


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("selection", "0001_initial")]

    operations = [
        fujing.kernel.objects.Install(
            object=fujing.kernel.objects.DatabaseObject(
                create="CREATE OR REPLACE FUNCTION selection_objection_status(code text) RETURNS TABLE (title text, number smallint, state text, raised_at timestamptz, ends date, answer text, answered_at timestamptz)\n    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$\n    SELECT c.title, n.number, o.state, o.raised_at, n.ends, o.answer, o.answered_at\n    FROM selection_objection o JOIN selection_publicitynotice n ON n.id = o.notice_id\n        JOIN campaigns_campaign c ON c.id = n.campaign_id\n    WHERE o.receipt = code\n$$;",
                drop="DROP FUNCTION selection_objection_status(text)",
                kind="function",
                name="selection_objection_status",
                needs=("campaigns",),
            ),
            replaces=None,
        )
    ]
