import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_cancelled_because")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="campaign", name="campaign_moves"),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="campaign_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'agreed' AND NEW.state = 'cancelled') OR (OLD.state = 'agreed' AND NEW.state = 'draft') OR (OLD.state = 'agreed' AND NEW.state = 'published') OR (OLD.state = 'asked' AND NEW.state = 'agreed') OR (OLD.state = 'asked' AND NEW.state = 'cancelled') OR (OLD.state = 'asked' AND NEW.state = 'draft') OR (OLD.state = 'closed' AND NEW.state = 'cancelled') OR (OLD.state = 'closed' AND NEW.state = 'publicity') OR (OLD.state = 'closed' AND NEW.state = 'published') OR (OLD.state = 'draft' AND NEW.state = 'asked') OR (OLD.state = 'draft' AND NEW.state = 'cancelled') OR (OLD.state = 'draft' AND NEW.state = 'published') OR (OLD.state = 'publicity' AND NEW.state = 'finished') OR (OLD.state = 'published' AND NEW.state = 'agreed') OR (OLD.state = 'published' AND NEW.state = 'cancelled') OR (OLD.state = 'published' AND NEW.state = 'closed') OR (OLD.state = 'published' AND NEW.state = 'draft')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                    hash="e3b5c8057397cd27695caafee5be70ada33e8867",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_campaign_moves_f4415",
                    table="campaigns_campaign",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="campaign_taken_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                IF OLD.state = 'published' AND NEW.state IN ('draft', 'agreed') AND (\n                    OLD.published_at < now() - interval '10 minutes'\n                    OR EXISTS (SELECT FROM applications_application a WHERE a.campaign_id = NEW.id)) THEN\n                    RAISE EXCEPTION '已经有人报名，或者发布已超过10分钟，不能收回（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                IF OLD.state = 'closed' AND NEW.state = 'published' AND EXISTS (\n                    SELECT FROM applications_application a WHERE a.campaign_id = NEW.id AND a.reviewed_by <> '') THEN\n                    RAISE EXCEPTION '资格审查已经开始，不能恢复报名（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                    hash="6333ffd4ffa5f633756919e9023c1ac31ec5b381",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_campaign_taken_back_629b0",
                    table="campaigns_campaign",
                    when="BEFORE",
                ),
            ),
        ),
    ]
