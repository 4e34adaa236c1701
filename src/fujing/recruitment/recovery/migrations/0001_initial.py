import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                ("holder_id", models.BigIntegerField(blank=True, null=True, verbose_name="号码现在的账号")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("receipt", "凭回执码申请"),
                            ("desk", "现场核验身份证"),
                            ("sms", "登记手机收到的短信"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("code_index", models.BinaryField(max_length=32, unique=True, verbose_name="口令索引")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("ready_at", models.DateTimeField(verbose_name="可以办理的时间")),
                ("until", models.DateTimeField(verbose_name="失效时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                ("made_by", models.CharField(blank=True, max_length=100, verbose_name="经办人")),
                (
                    "made_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="经办人账号"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "已重设"), ("stopped", "已撤回")],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="applications.application",
                        verbose_name="报名",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号找回",
                "verbose_name_plural": "账号找回",
                "indexes": [models.Index(fields=["account_id"], name="recovery_account")],
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="recovery_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="recovery_own",
                        using="nullif(current_setting('fujing.account', true), '')::bigint IN (account_id, holder_id)",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="recovery_code",
                        using="code_index = decode(nullif(current_setting('fujing.recovery', true), ''), 'hex')",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "desk"), _negated=True),
                            models.Q(("reason", ""), ("made_by", ""), _connector="OR", _negated=True),
                            _connector="OR",
                        ),
                        name="recovery_desk_says_why",
                        violation_error_message="现场办理应写明事由和经办人。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready_at__gte", models.F("asked_at")), ("until__gt", models.F("ready_at"))
                        ),
                        name="recovery_in_order",
                        violation_error_message="失效时间应在可以办理的时间之后。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="recovery_ended_has_outcome",
                        violation_error_message="办结应写明结果和时间。",
                    ),
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="recovery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="recovery_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="563637f9351a28184d08958ba0cfee20291e8f05",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_recovery_history_12cf4",
                            table="recovery_recovery",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recovery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_recovery",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="7f000c30d362918fad2b2be5b2d5f1ab196a5c6e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_recovery_7b2a3",
                            table="recovery_recovery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recovery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="recovery_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF coalesce(current_setting('fujing.erasing', true), '') <> 'on' AND (\n                    OLD.outcome <> '' OR NEW.account_id <> OLD.account_id OR NEW.ready_at <> OLD.ready_at\n                    OR NEW.until <> OLD.until OR NEW.code_index <> OLD.code_index) THEN\n                    RAISE EXCEPTION '已经办结的找回申请不能再改。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="4a13e0f2e17f85eb8048c7c5a1b595daf9cf9aa7",
                            operation="UPDATE",
                            pgid="pgtrigger_recovery_once_a53e3",
                            table="recovery_recovery",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
