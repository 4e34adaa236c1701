import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("applications", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="BackgroundCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("applicant_account", models.BigIntegerField(verbose_name="报名账号")),
                        ("first_checker", models.BigIntegerField(blank=True, null=True, verbose_name="考察人一")),
                        ("first_name", models.CharField(blank=True, max_length=60, verbose_name="考察人一姓名")),
                        ("second_checker", models.BigIntegerField(blank=True, null=True, verbose_name="考察人二")),
                        ("second_name", models.CharField(blank=True, max_length=60, verbose_name="考察人二姓名")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "考察中"),
                                    ("told", "已告知，待本人陈述"),
                                    ("answered", "本人已陈述"),
                                    ("cleared", "考察合格"),
                                    ("adverse", "考察不合格"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "grounds_told",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="告知的情形"
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="告知时间")),
                        ("answer_until", models.DateField(blank=True, null=True, verbose_name="陈述截止")),
                        (
                            "answer",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="本人陈述"
                            ),
                        ),
                        (
                            "reasons",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="结论的理由"
                            ),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="决定人")),
                        (
                            "decided_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="决定人账号"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="决定时间")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="check_of",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "考察", "verbose_name_plural": "考察"},
                ),
                migrations.CreateModel(
                    name="BackgroundFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("checker", models.BigIntegerField(verbose_name="考察人")),
                        ("checker_name", models.CharField(max_length=60, verbose_name="考察人姓名")),
                        ("provision", models.CharField(max_length=6, verbose_name="条文")),
                        ("content", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="结论和依据")),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="background.backgroundcheck",
                                verbose_name="考察",
                            ),
                        ),
                    ],
                    options={"verbose_name": "考察结论", "verbose_name_plural": "考察结论"},
                ),
                migrations.CreateModel(
                    name="ConflictDeclaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("checker", models.BigIntegerField(verbose_name="考察人")),
                        ("checker_name", models.CharField(max_length=60, verbose_name="考察人姓名")),
                        ("conflict", models.BooleanField(verbose_name="有利害关系")),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "check_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="background.backgroundcheck",
                                verbose_name="考察",
                            ),
                        ),
                    ],
                    options={"verbose_name": "回避声明", "verbose_name_plural": "回避声明"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="backgroundcheck",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="background_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundcheck",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="background_own",
                        using="applicant_account = nullif(current_setting('fujing.account', true), '')::bigint AND told_at IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("first_checker", models.F("second_checker")), _negated=True),
                        name="background_two_checkers",
                        violation_error_code="20",
                        violation_error_message="考察应由两人进行（第二十条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "adverse"), _negated=True),
                            models.Q(("answer_until__isnull", False), ("told_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="background_heard_first",
                        violation_error_code="20",
                        violation_error_message="作出不合格结论前应告知本人并听取陈述（第二十条）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backgroundcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="background_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="02245c90404be8df7b910824e5e822dadac93288",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_background_history_a5c64",
                            table="background_backgroundcheck",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backgroundcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_background",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."decided_at") IS DISTINCT FROM (OLD."decided_at")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="531d57f2b4f59d6a4321049b292d95ff085b16d5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_background_5a233",
                            table="background_backgroundcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backgroundcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="background_check_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('open') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'answered' AND NEW.state = 'adverse') OR (OLD.state = 'answered' AND NEW.state = 'cleared') OR (OLD.state = 'open' AND NEW.state = 'cleared') OR (OLD.state = 'open' AND NEW.state = 'told') OR (OLD.state = 'told' AND NEW.state = 'adverse') OR (OLD.state = 'told' AND NEW.state = 'answered') OR (OLD.state = 'told' AND NEW.state = 'cleared')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="12de0c868e6554ade5eb8f5e075cb86654cc7c3a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_background_check_moves_2160e",
                            table="background_backgroundcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundfinding",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="background_finding_readers",
                        using="(EXISTS (SELECT 1 FROM background_backgroundcheck c WHERE c.id = check_of_id AND nullif(current_setting('fujing.account', true), '')::bigint IN (c.first_checker, c.second_checker)) OR organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r\n    WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint AND r.role = 'hr_head' AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.span @> current_date))",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundfinding",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="INSERT",
                        name="background_finding_own",
                        using="checker = nullif(current_setting('fujing.account', true), '')::bigint AND EXISTS (SELECT 1 FROM background_backgroundcheck c WHERE c.id = check_of_id AND nullif(current_setting('fujing.account', true), '')::bigint IN (c.first_checker, c.second_checker))",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="backgroundfinding",
                    constraint=models.UniqueConstraint(
                        fields=("check_of", "checker", "provision"),
                        name="background_finding_once",
                        violation_error_message="该考察人对此情形已有结论。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backgroundfinding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="background_finding_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\nRAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="a199e8e265eda25fb93f9c7dd013cd55e3d010f2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_background_finding_append_only_55704",
                            table="background_backgroundfinding",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backgroundfinding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_background_finding",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."checker" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."checker" IS DISTINCT FROM OLD."checker") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."checker_name" IS DISTINCT FROM OLD."checker_name" OR (false) THEN\n            NEW."checker" := CASE WHEN NEW."checker_name" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."checker" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."checker" := OLD."checker";\n        END IF;\nRETURN NEW;',
                            hash="89cabe0527e30664100234236e8e5d3da1198244",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_background_finding_4f935",
                            table="background_backgroundfinding",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conflictdeclaration",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="conflict_declaration_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conflictdeclaration",
                    constraint=models.UniqueConstraint(
                        fields=("check_of", "checker", "conflict"),
                        name="conflict_declared_once",
                        violation_error_message="您已作过此声明。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conflictdeclaration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="conflict_declaration_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="6d95b36233efbeffa0e1530ecf42fe01dbc418d2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_conflict_declaration_append_only_ca01a",
                            table="background_conflictdeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conflictdeclaration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_conflict_declaration",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."checker" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."checker" IS DISTINCT FROM OLD."checker") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."checker_name" IS DISTINCT FROM OLD."checker_name" OR (false) THEN\n            NEW."checker" := CASE WHEN NEW."checker_name" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."checker" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."checker" := OLD."checker";\n        END IF;\nRETURN NEW;',
                            hash="1216417a340424122b176a797aecc8977811b341",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_conflict_declaration_78e75",
                            table="background_conflictdeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
