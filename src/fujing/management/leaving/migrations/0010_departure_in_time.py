import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_probation"), ("leaving", "0009_clearance_of_cards")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="departure", name="departure_in_time"),
        pgtrigger.migrations.AddTrigger(
            model_name="departure",
            trigger=pgtrigger.compiler.Trigger(
                name="departure_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.way IN ('probation') AND NEW.state IN ('checked', 'decided', 'notified', 'cleared', 'ended', 'closed') AND NOT EXISTS (\n        SELECT 1 FROM registry_contract WHERE engagement_id = NEW.engagement_id\n          AND probation_until > NEW.last_day AND lower(span) <= NEW.last_day) THEN\n        RAISE EXCEPTION '最后工作日不在合同约定的试用期内，不能以试用期不符合录用条件解除（第三十二条第（一）项）。'\n            USING ERRCODE = 'FJ001', DETAIL = '32.1';\n    END IF;\n    IF NEW.way IN ('probation') AND NEW.state IN ('checked', 'decided', 'notified', 'cleared', 'ended', 'closed') AND EXISTS (\n        SELECT 1 FROM contracts_probationreview WHERE engagement_id = NEW.engagement_id AND state = 'passed') THEN\n        RAISE EXCEPTION '已经同意转正，不能再以试用期不符合录用条件解除（第三十二条第（一）项）。'\n            USING ERRCODE = 'FJ001', DETAIL = '32.1';\n    END IF;\n    IF NEW.state IN ('notified', 'cleared', 'ended', 'closed')\n        AND NEW.way IN ('resigned', 'probation', 'incompetent', 'breach', 'absent', 'dereliction', 'convicted', 'second_job', 'fraud', 'illness', 'change', 'statute')\n        AND NEW.last_day < NEW.notice_on + NEW.notice_days THEN\n        RAISE EXCEPTION '最后工作日应在通知满%日以后（第三十九条）。', NEW.notice_days\n            USING ERRCODE = 'FJ001', DETAIL = '39';\n    END IF;\n    RETURN NEW;\n    ",
                    hash="09e66eacecabd0512a2bf49bbbf4aee85c7efaa9",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_departure_in_time_1000e",
                    table="leaving_departure",
                    when="BEFORE",
                ),
            ),
        ),
    ]
