import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("applications", "0001_initial"), ("kernel", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Hire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "拟聘用"), ("hired", "已聘用"), ("declined", "放弃聘用")],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="决定人")),
                (
                    "decided_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="决定人账号"),
                ),
                ("declined_on", models.DateField(blank=True, null=True, verbose_name="放弃日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="放弃原因")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hire",
                        to="applications.application",
                        verbose_name="报名",
                    ),
                ),
                (
                    "engagement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.engagement",
                        verbose_name="用工",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="kernel.storedfile",
                        verbose_name="放弃声明",
                    ),
                ),
            ],
            options={
                "verbose_name": "聘用",
                "verbose_name_plural": "聘用",
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="hire_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="hire_own",
                        using="EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id AND a.account_id = nullif(current_setting('fujing.account', true), '')::bigint)",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("engagement__isnull", False), ("state", "hired")),
                            models.Q(models.Q(("state", "hired"), _negated=True), ("engagement__isnull", True)),
                            _connector="OR",
                        ),
                        name="hire_has_engagement",
                        violation_error_code="16.p3",
                        violation_error_message="已聘用的应有用工记录，未聘用的不应有。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("declined_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hire_declined_says_why",
                        violation_error_code="21.p1",
                        violation_error_message="放弃聘用应写明日期和原因（第二十一条第一款）。",
                    ),
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="hire",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hire_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="b50557dc8910954585d2facb31bf30bc54035392",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_hire_history_c4576",
                            table="hiring_hire",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hire",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_hire",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="bd65691c3956dc1457103cfbd17b67994e6b4c09",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_hire_684d4",
                            table="hiring_hire",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hire",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hire_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('proposed') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'proposed' AND NEW.state = 'declined') OR (OLD.state = 'proposed' AND NEW.state = 'hired')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="efe7718605d7882d280e74ef99a298c27d190377",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_hire_moves_fdbc1",
                            table="hiring_hire",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hire",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hire_after_publicity",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'hired')",
                            func="\n                IF NOT EXISTS (SELECT 1 FROM selection_publicised p\n                    JOIN selection_publicitynotice n ON n.id = p.notice_id\n                    WHERE p.application_id = NEW.application_id\n                    AND n.ends < (now() AT TIME ZONE 'Asia/Shanghai')::date\n                    AND NOT EXISTS (SELECT 1 FROM selection_objection o WHERE o.notice_id = n.id\n                        AND (o.state = 'open' OR (o.state = 'upheld' AND o.application_id = NEW.application_id)))) THEN\n                    RAISE EXCEPTION '公示期满、异议核查完毕才能聘用（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b827249531881ab2986021b4f6887c7bc4eb0cef",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_hire_after_publicity_2a353",
                            table="hiring_hire",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hire",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hire_within_post",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'hired')",
                            declare="DECLARE allowed integer; post bigint;",
                            func="\n                SELECT p.id, p.headcount INTO post, allowed FROM campaigns_position p\n                    JOIN applications_application a ON a.position_id = p.id\n                    WHERE a.id = NEW.application_id FOR UPDATE OF p;\n                IF (SELECT count(*) FROM hiring_hire h JOIN applications_application a ON a.id = h.application_id\n                    WHERE a.position_id = post AND h.state = 'hired' AND h.id <> NEW.id) >= allowed THEN\n                    RAISE EXCEPTION '该岗位公告招聘 % 人，已全部聘用（第十六条第三款）。', allowed\n                        USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="237a148867fc8ce3e5ae71b13a400cab0e0d5c56",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_hire_within_post_bf50f",
                            table="hiring_hire",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
