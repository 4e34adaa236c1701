import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_database_objects"),
        ("kernel", "0003_alter_reading_kind"),
        ("registry", "0005_places_and_contracts_by_organ"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProbationReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                ("person_id", models.BigIntegerField(editable=False, verbose_name="人员")),
                ("until", models.DateField(verbose_name="试用期满次日")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reviewed", "已考核，待决定"),
                            ("passed", "已转正"),
                            ("failed", "不符合录用条件"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="reviewed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("meets", models.BooleanField(verbose_name="符合录用条件")),
                ("condition", models.CharField(blank=True, max_length=500, verbose_name="不符合的录用条件和事实")),
                ("opinion", models.CharField(max_length=500, verbose_name="责任民警意见")),
                ("reviewer", models.CharField(max_length=60, verbose_name="考核的责任民警")),
                ("reviewed_on", models.DateField(verbose_name="考核日期")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="撤回的理由")),
                ("made_by", models.CharField(max_length=100, verbose_name="经办人")),
                (
                    "made_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="经办人账号"),
                ),
                ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="决定人")),
                (
                    "decided_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="决定人账号"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probation_reviews",
                        to="registry.contract",
                        verbose_name="合同",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probation_reviews",
                        to="registry.engagement",
                        verbose_name="用工",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="考核材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "试用期考核",
                "verbose_name_plural": "试用期考核",
                "indexes": [models.Index(fields=["organ_code", "state"], name="probation_review_waiting")],
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="probation_review_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="probation_review_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("contract",),
                        name="probation_review_once",
                        violation_error_code="22",
                        violation_error_message="此人的试用期考核已经登记。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meets", True), ("condition__regex", "\\S"), _connector="OR"),
                        name="probation_condition_named",
                        violation_error_code="32.1",
                        violation_error_message="不符合录用条件的，应写明是哪一项条件和证明的事实（第三十二条第（一）项）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opinion__regex", "\\S"), ("reviewer__regex", "\\S")),
                        name="probation_opinion_there",
                        violation_error_code="22",
                        violation_error_message="试用期考核应有责任民警的意见和姓名。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("passed", "failed")), _negated=True),
                            models.Q(("meets", True), ("state", "passed")),
                            models.Q(("meets", False), ("state", "failed")),
                            _connector="OR",
                        ),
                        name="probation_decided_as_found",
                        violation_error_code="22",
                        violation_error_message="决定应与考核一致；考核有误的，撤回后重新登记。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("passed", "failed")), _negated=True),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_by_id__isnull", False),
                                ("decided_on__isnull", False),
                                ("made_by_id__isnull", False),
                                models.Q(("decided_by_id", models.F("made_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="probation_decided_by_another",
                        violation_error_code="22",
                        violation_error_message="经办人不能决定自己登记的试用期考核，应由另一名负责人决定。",
                    ),
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="probationreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="probation_review_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="55738ca5864e67855686cd0cf0c3a14a43a12517",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_probation_review_history_e35b6",
                            table="contracts_probationreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probationreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_probation_review",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\n\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="865875c1a6d3b8f09e7c40c26748683d727bc82e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_probation_review_e5a60",
                            table="contracts_probationreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probationreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="probation_review_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('reviewed') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'reviewed' AND NEW.state = 'failed') OR (OLD.state = 'reviewed' AND NEW.state = 'passed') OR (OLD.state = 'reviewed' AND NEW.state = 'withdrawn')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="73737df48c693f53582e62b694b75344ed99ec72",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_probation_review_moves_99f4c",
                            table="contracts_probationreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probationreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="probation_review_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION '试用期考核不得删除，可以撤回。' USING ERRCODE = 'FJ001', DETAIL = '22';\n    ELSIF TG_OP = 'UPDATE' AND (NEW.organ_code, NEW.engagement_id, NEW.person_id, NEW.contract_id, NEW.until, NEW.meets, NEW.condition, NEW.opinion, NEW.reviewer, NEW.reviewed_on, NEW.report_id, NEW.made_by, NEW.made_by_id)\n        IS DISTINCT FROM (OLD.organ_code, OLD.engagement_id, OLD.person_id, OLD.contract_id, OLD.until, OLD.meets, OLD.condition, OLD.opinion, OLD.reviewer, OLD.reviewed_on, OLD.report_id, OLD.made_by, OLD.made_by_id) THEN\n        RAISE EXCEPTION '登记的试用期考核不得改动，可以撤回后重新登记。' USING ERRCODE = 'FJ001', DETAIL = '22';\n    ELSIF NEW.reviewed_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '考核日期不能晚于今天。' USING ERRCODE = 'FJ001', DETAIL = '22';\n    ELSIF TG_OP = 'UPDATE' AND NEW.state = 'failed' AND OLD.state <> 'failed' AND NEW.until <= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '试用期已于%届满，不能再认定试用期不符合录用条件（第三十二条第（一）项）。', NEW.until - 1\n            USING ERRCODE = 'FJ001', DETAIL = '32.1';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="297e09f37b669fa83ac2b0efb376c3b0d83aa130",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_probation_review_stays_1ab92",
                            table="contracts_probationreview",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
