import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("applications", "0001_initial"), ("kernel", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MedicalExam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                ("applicant_account", models.BigIntegerField(verbose_name="报名账号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("arranged", "待体检"),
                            ("recheck", "待复检"),
                            ("found", "体检不合格，待告知"),
                            ("told", "已告知，可申请复检"),
                            ("requested", "已申请复检"),
                            ("passed", "体检合格"),
                            ("failed", "体检不合格"),
                            ("absent", "未参加体检"),
                        ],
                        default="arranged",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("hospital", models.CharField(max_length=100, verbose_name="体检医院")),
                ("exam_on", models.DateField(verbose_name="体检日期")),
                ("arranged_by", models.CharField(max_length=100, verbose_name="安排人")),
                (
                    "arranged_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="安排人账号"),
                ),
                (
                    "items",
                    fujing.kernel.fields.EncryptedField(
                        blank=True, editable=True, null=True, verbose_name="不合格条目"
                    ),
                ),
                ("recorded_by", models.CharField(blank=True, max_length=100, verbose_name="结论录入人")),
                (
                    "recorded_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="结论录入人账号"),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="告知时间")),
                ("reexam_until", models.DateField(blank=True, null=True, verbose_name="申请复检截止")),
                ("requested_at", models.DateTimeField(blank=True, null=True, verbose_name="申请复检时间")),
                ("waived_at", models.DateTimeField(blank=True, null=True, verbose_name="放弃复检时间")),
                ("reexam_hospital", models.CharField(blank=True, max_length=100, verbose_name="复检医院")),
                ("reexam_on", models.DateField(blank=True, null=True, verbose_name="复检日期")),
                ("reexam_recorded_by", models.CharField(blank=True, max_length=100, verbose_name="复检结论录入人")),
                (
                    "reexam_recorded_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="复检结论录入人账号"),
                ),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="结论日期")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medical",
                        to="applications.application",
                        verbose_name="报名",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="医院结论",
                    ),
                ),
                (
                    "reexam_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="复检结论",
                    ),
                ),
            ],
            options={
                "verbose_name": "体检",
                "verbose_name_plural": "体检",
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="medical_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="medical_own",
                        using="applicant_account = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "arranged"), models.Q(("recorded_by", ""), _negated=True), _connector="OR"
                        ),
                        name="medical_recorded_by_somebody",
                        violation_error_code="18.5",
                        violation_error_message="体检结论应有录入人（第十八条第（五）项）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["found", "told", "requested", "failed"]), _negated=True),
                            ("items__isnull", False),
                            _connector="OR",
                        ),
                        name="medical_fails_by_an_item",
                        violation_error_code="18.5",
                        violation_error_message="不合格应写明所依据的标准条目（第十八条第（五）项）。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(
                                ("concluded_on__isnull", False),
                                ("told_at__isnull", False),
                                models.Q(
                                    ("waived_at__isnull", False),
                                    models.Q(("reexam_recorded_by", ""), _negated=True),
                                    models.Q(
                                        ("reexam_until__isnull", False), ("reexam_until__lt", models.F("concluded_on"))
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="medical_told_first",
                        violation_error_code="18.5",
                        violation_error_message="告知本人且复检期满、放弃复检或者复检有结论后，才能认定体检不合格（第十八条第（五）项）。",
                    ),
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="medicalexam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="medical_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="072d36875f573a11f3b9d3f6fc7d0760641f39b1",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_medical_history_5a34d",
                            table="medical_medicalexam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="medicalexam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_medical",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."arranged_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."arranged_by_id" IS DISTINCT FROM OLD."arranged_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."arranged_by" IS DISTINCT FROM OLD."arranged_by" OR (false) THEN\n            NEW."arranged_by_id" := CASE WHEN NEW."arranged_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."arranged_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."arranged_by_id" := OLD."arranged_by_id";\n        END IF;\n\n        IF NEW."recorded_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."recorded_by_id" IS DISTINCT FROM OLD."recorded_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."recorded_by" IS DISTINCT FROM OLD."recorded_by" OR (OLD.state IN (\'arranged\', \'recheck\') AND NEW.state <> OLD.state) THEN\n            NEW."recorded_by_id" := CASE WHEN NEW."recorded_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."recorded_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."recorded_by_id" := OLD."recorded_by_id";\n        END IF;\n\n        IF NEW."reexam_recorded_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."reexam_recorded_by_id" IS DISTINCT FROM OLD."reexam_recorded_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."reexam_recorded_by" IS DISTINCT FROM OLD."reexam_recorded_by" OR ((NEW."reexam_document_id") IS DISTINCT FROM (OLD."reexam_document_id")) THEN\n            NEW."reexam_recorded_by_id" := CASE WHEN NEW."reexam_recorded_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."reexam_recorded_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."reexam_recorded_by_id" := OLD."reexam_recorded_by_id";\n        END IF;\nRETURN NEW;',
                            hash="603ebf3230d2baa6ad69a82eaa99b2666fc4ca04",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_medical_96121",
                            table="medical_medicalexam",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="medicalexam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="medical_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('arranged') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'arranged' AND NEW.state = 'absent') OR (OLD.state = 'arranged' AND NEW.state = 'found') OR (OLD.state = 'arranged' AND NEW.state = 'passed') OR (OLD.state = 'arranged' AND NEW.state = 'recheck') OR (OLD.state = 'found' AND NEW.state = 'told') OR (OLD.state = 'recheck' AND NEW.state = 'absent') OR (OLD.state = 'recheck' AND NEW.state = 'found') OR (OLD.state = 'recheck' AND NEW.state = 'passed') OR (OLD.state = 'requested' AND NEW.state = 'failed') OR (OLD.state = 'requested' AND NEW.state = 'passed') OR (OLD.state = 'told' AND NEW.state = 'failed') OR (OLD.state = 'told' AND NEW.state = 'requested')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="65aba5cdeada796e81c43dafc7027f8ed0209315",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_medical_moves_a4eb9",
                            table="medical_medicalexam",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="medicalexam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="medical_by_document",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" IN ('passed', 'recheck', 'found', 'told', 'requested', 'failed') AND NEW.\"document_id\" IS NULL)",
                            func="\n                RAISE EXCEPTION '体检结论应有医院出具的材料（第十八条第（五）项）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '18.5';\n                ",
                            hash="bbe77a685b3028cdda8262f28ceb113816061438",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_medical_by_document_1eb64",
                            table="medical_medicalexam",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="medicalexam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="medical_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('passed', 'failed', 'absent'))",
                            func="\n                IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\n                RAISE EXCEPTION '体检结论已经作出，不得更改（第十八条第（五）项）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '18.5';\n                ",
                            hash="627241a5cd04bf383a360330a405b0c1f6d4698b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_medical_stays_7aa07",
                            table="medical_medicalexam",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
