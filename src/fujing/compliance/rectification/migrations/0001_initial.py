import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kernel", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(editable=False, verbose_name="所在机关")),
                        ("issuer_code", models.BigIntegerField(verbose_name="发出机关")),
                        ("subject_code", models.BigIntegerField(verbose_name="被督导机关")),
                        ("number", models.CharField(max_length=60, verbose_name="文号")),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        (
                            "provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12), size=None, verbose_name="所涉条文"
                            ),
                        ),
                        ("facts", models.TextField(verbose_name="发现的问题")),
                        ("demand", models.TextField(verbose_name="整改要求")),
                        ("term_days", models.PositiveSmallIntegerField(verbose_name="期限")),
                        (
                            "term_unit",
                            models.CharField(
                                choices=[("calendar", "日"), ("working", "个工作日")],
                                max_length=10,
                                verbose_name="期限单位",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟定"),
                                    ("sent", "已发出"),
                                    ("received", "已签收"),
                                    ("answered", "已答复"),
                                    ("returned", "退回整改"),
                                    ("resolved", "已销号"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("drafted_by", models.CharField(max_length=100, verbose_name="拟定人")),
                        (
                            "drafted_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="拟定人账号"),
                        ),
                        ("sent_on", models.DateField(blank=True, null=True, verbose_name="发出日期")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="期限届满日")),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                                verbose_name="依据材料",
                            ),
                        ),
                    ],
                    options={"verbose_name": "督导整改通知", "verbose_name_plural": "督导整改通知"},
                ),
                migrations.CreateModel(
                    name="NoticeStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="被督导机关")),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("send", "发出"),
                                    ("receive", "签收"),
                                    ("answer", "答复"),
                                    ("accept", "同意销号"),
                                    ("return", "退回整改"),
                                    ("extend", "延长期限"),
                                    ("withdraw", "撤回"),
                                    ("escalate", "逾期升级"),
                                    ("urge", "催办"),
                                ],
                                max_length=10,
                                verbose_name="步骤",
                            ),
                        ),
                        ("acting_code", models.BigIntegerField(verbose_name="办理机关")),
                        ("text", models.TextField(blank=True, verbose_name="内容")),
                        ("day", models.DateField(blank=True, null=True, verbose_name="日期")),
                        ("by", models.CharField(max_length=100, verbose_name="办理人")),
                        (
                            "by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="办理时间")),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                                verbose_name="材料",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="rectification.notice",
                                verbose_name="通知",
                            ),
                        ),
                    ],
                    options={"verbose_name": "督导整改步骤", "verbose_name_plural": "督导整改步骤"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="notice", index=models.Index(fields=["organ_code", "state"], name="notice_organ_state")
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="rectification_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on__isnull", True),
                                ("organ_code", models.F("issuer_code")),
                                ("sent_on__isnull", True),
                                ("state__in", ["draft", "withdrawn"]),
                            ),
                            models.Q(
                                ("due_on__isnull", False),
                                ("organ_code", models.F("subject_code")),
                                ("sent_on__isnull", False),
                                models.Q(("state", "draft"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_belongs_to_its_holder",
                        violation_error_code="5.p2",
                        violation_error_message="通知发出前归发出机关，发出后应有发出日期和期限（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gt", models.F("sent_on")), _connector="OR"
                        ),
                        name="notice_due_after_sending",
                        violation_error_code="5.p2",
                        violation_error_message="整改期限应晚于发出日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("provisions__len__gt", 0),
                            ("term_days__gt", 0),
                            models.Q(("number", ""), _negated=True),
                            models.Q(("facts", ""), _negated=True),
                            models.Q(("demand", ""), _negated=True),
                        ),
                        name="notice_says_what",
                        violation_error_code="5.p2",
                        violation_error_message="通知应写明文号、所涉条文、发现的问题、整改要求和期限（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.UniqueConstraint(
                        fields=("issuer_code", "number"),
                        name="notice_number_once",
                        violation_error_message="本机关已有相同文号的督导整改通知。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rectification_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="9bac5bd3875be57dc85a85d771febbab0f92af7e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_rectification_history_03b9e",
                            table="rectification_notice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_rectification",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."drafted_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."drafted_by_id" IS DISTINCT FROM OLD."drafted_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."drafted_by" IS DISTINCT FROM OLD."drafted_by" OR (false) THEN\n            NEW."drafted_by_id" := CASE WHEN NEW."drafted_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."drafted_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."drafted_by_id" := OLD."drafted_by_id";\n        END IF;\nRETURN NEW;',
                            hash="3991d85bef7d98c51cac3e8d0748e3809e2e7f56",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_rectification_722a2",
                            table="rectification_notice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rectification_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'answered' AND NEW.state = 'resolved') OR (OLD.state = 'answered' AND NEW.state = 'returned') OR (OLD.state = 'answered' AND NEW.state = 'withdrawn') OR (OLD.state = 'draft' AND NEW.state = 'sent') OR (OLD.state = 'draft' AND NEW.state = 'withdrawn') OR (OLD.state = 'received' AND NEW.state = 'answered') OR (OLD.state = 'received' AND NEW.state = 'received') OR (OLD.state = 'received' AND NEW.state = 'withdrawn') OR (OLD.state = 'returned' AND NEW.state = 'answered') OR (OLD.state = 'returned' AND NEW.state = 'returned') OR (OLD.state = 'returned' AND NEW.state = 'withdrawn') OR (OLD.state = 'sent' AND NEW.state = 'received') OR (OLD.state = 'sent' AND NEW.state = 'sent') OR (OLD.state = 'sent' AND NEW.state = 'withdrawn')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="aa8de017dd1eef9a0f48b827dc6c29316263ba12",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_rectification_moves_932c8",
                            table="rectification_notice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_downward",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.issuer_code IS DISTINCT FROM nullif(current_setting('fujing.organ', true), '')::bigint OR NOT EXISTS (\n                    SELECT 1 FROM registry_organ subject LEFT JOIN registry_organ above ON above.code = subject.parent_id\n                    WHERE subject.code = NEW.subject_code AND subject.kind = 'public_security'\n                      AND NEW.issuer_code IN (subject.parent_id, above.parent_id)) THEN\n                    RAISE EXCEPTION '督导整改通知只能由上级公安机关向下级公安机关发出（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="f37d67dc6da9bf9106c0253b3ba7f9ecfaf078e0",
                            operation="INSERT",
                            pgid="pgtrigger_notice_downward_81164",
                            table="rectification_notice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_sides",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.state IS DISTINCT FROM OLD.state AND nullif(current_setting('fujing.organ', true), '')::bigint IS DISTINCT FROM\n                    (CASE WHEN OLD.state || '>' || NEW.state IN ('received>answered', 'returned>answered', 'sent>received')\n                     THEN OLD.subject_code ELSE OLD.issuer_code END) THEN\n                    RAISE EXCEPTION '此步骤应由通知的另一方办理（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                IF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' AND nullif(current_setting('fujing.organ', true), '')::bigint IS DISTINCT FROM OLD.issuer_code THEN\n                    RAISE EXCEPTION '只有发出机关可以改动通知（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                IF OLD.sent_on IS NOT NULL AND to_jsonb(NEW) - '{state,due_on}'::text[]\n                    <> to_jsonb(OLD) - '{state,due_on}'::text[] THEN\n                    RAISE EXCEPTION '通知发出后内容不得改动，可撤回后重新发出（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b6fc79e01e0c1b29b5fbc2ff08133cd40373a9c8",
                            operation="UPDATE",
                            pgid="pgtrigger_notice_sides_f9e44",
                            table="rectification_notice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="notice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '督导整改通知不得删除，可以撤回。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';",
                            hash="94b0604cae0a7801e063b7b750cdea6e74188d4d",
                            operation="DELETE",
                            pgid="pgtrigger_notice_stays_abff7",
                            table="rectification_notice",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticestep",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="rectification_step_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verb__in", ["answer", "return", "extend", "withdraw", "urge"]), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_step_says_why",
                        violation_error_code="5.p2",
                        violation_error_message="答复、退回、延期、撤回和催办应写明内容或者理由（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("verb__in", ["receive", "accept", "withdraw"]), ("day__isnull", False), _connector="OR"
                        ),
                        name="notice_step_has_day",
                        violation_error_code="5.p2",
                        violation_error_message="此步骤应写明日期（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticestep",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("verb", "escalate")),
                        fields=("notice", "day"),
                        name="notice_escalated_once",
                        violation_error_message="该期限的逾期已经升级。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="noticestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_step_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="6e4b26e5145b61704527aad3b7083f441cc62bc6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_notice_step_append_only_fe7c6",
                            table="rectification_noticestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="noticestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_notice_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."by_id" IS DISTINCT FROM OLD."by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."by" IS DISTINCT FROM OLD."by" OR (false) THEN\n            NEW."by_id" := CASE WHEN NEW."by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."by_id" := OLD."by_id";\n        END IF;\nRETURN NEW;',
                            hash="54f8de87ea95b873b5de7dfbecf02402d2f999f6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_notice_step_1c922",
                            table="rectification_noticestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="noticestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_step_side",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE of_notice rectification_notice%ROWTYPE; superior bigint;",
                            func="\n                SELECT * INTO of_notice FROM rectification_notice WHERE id = NEW.notice_id;\n                SELECT parent_id INTO superior FROM registry_organ WHERE code = of_notice.issuer_code;\n                IF NEW.acting_code IS DISTINCT FROM nullif(current_setting('fujing.organ', true), '')::bigint OR NEW.acting_code IS DISTINCT FROM\n                    (CASE WHEN NEW.verb IN ('receive', 'answer') THEN of_notice.subject_code\n                          WHEN NEW.verb IN ('escalate', 'urge') THEN superior\n                          ELSE of_notice.issuer_code END) THEN\n                    RAISE EXCEPTION '此步骤应由通知的另一方办理（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                IF NEW.verb IN ('escalate', 'urge') AND NOT (\n                    of_notice.state IN ('sent', 'received', 'returned') AND NEW.day = of_notice.due_on\n                    AND of_notice.due_on < (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date) THEN\n                    RAISE EXCEPTION '通知未逾期，不升级、不催办（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                NEW.organ_code := of_notice.organ_code;\n                RETURN NEW;\n                ",
                            hash="894c4b98b6bd4573e0699b704a845e2e5a9417a9",
                            operation="INSERT",
                            pgid="pgtrigger_notice_step_side_dd3fb",
                            table="rectification_noticestep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
