import django.db.models.deletion
import django.db.models.expressions
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
                    name="QuotaAccount",
                    fields=[
                        ("organ_code", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="机关")),
                        ("granted", models.PositiveIntegerField(default=0, verbose_name="核定额度")),
                        ("passed_down", models.PositiveIntegerField(default=0, verbose_name="已下达")),
                        ("in_service", models.PositiveIntegerField(default=0, verbose_name="在职")),
                        ("reserved", models.PositiveIntegerField(default=0, verbose_name="招聘中")),
                        ("recorded_excess", models.PositiveIntegerField(default=0, verbose_name="导入时超出")),
                    ],
                    options={"verbose_name": "用人额度", "verbose_name_plural": "用人额度"},
                ),
                migrations.CreateModel(
                    name="QuotaEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("grant", "核定下达"),
                                    ("withdraw", "收回"),
                                    ("move_out", "调出"),
                                    ("move_in", "调入"),
                                ],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        ("amount", models.IntegerField(verbose_name="数量（人）")),
                        ("counterpart_code", models.BigIntegerField(blank=True, null=True, verbose_name="对方机关")),
                        ("document_number", models.CharField(max_length=60, verbose_name="文号")),
                        ("document_date", models.DateField(verbose_name="文件日期")),
                        ("reason", models.CharField(max_length=300, verbose_name="事由")),
                        ("made_by", models.CharField(max_length=100, verbose_name="办理人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="办理时间")),
                    ],
                    options={"verbose_name": "额度台账", "verbose_name_plural": "额度台账"},
                ),
                migrations.CreateModel(
                    name="LocalFigures",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("police_officers", models.PositiveIntegerField(verbose_name="民警（人）")),
                        ("residents", models.PositiveIntegerField(verbose_name="常住人口（人）")),
                        ("source", models.CharField(max_length=200, verbose_name="数据来源")),
                        ("made_by", models.CharField(max_length=100, verbose_name="填报人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="填报人账号"),
                        ),
                    ],
                    options={
                        "verbose_name": "配备基数",
                        "verbose_name_plural": "配备基数",
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="local_figures_territory",
                                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                            ),
                            models.UniqueConstraint(
                                fields=("organ_code", "year"),
                                name="local_figures_once",
                                violation_error_message="本年度的配备基数已填报。",
                            ),
                        ],
                    },
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="localfigures",
                    trigger=pgtrigger.compiler.Trigger(
                        name="local_figures_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="67d04900014df8df45f74e02924a147f22a69148",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_local_figures_history_156ab",
                            table="quota_localfigures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="localfigures",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_local_figures",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR ((NEW."police_officers", NEW."residents", NEW."source") IS DISTINCT FROM (OLD."police_officers", OLD."residents", OLD."source")) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="01826fb1003145c936c1f21a6d005c79cb97a91d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_local_figures_b8e91",
                            table="quota_localfigures",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quotaaccount",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="quota_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quotaaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "granted__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("passed_down"), "+", models.F("in_service")
                                        ),
                                        "+",
                                        models.F("reserved"),
                                    ),
                                    "-",
                                    models.F("recorded_excess"),
                                ),
                            )
                        ),
                        name="quota_never_exceeded",
                        violation_error_code="6.p1 6.p2",
                        violation_error_message="超出用人额度：下达、在职与招聘中之和不得超过核定额度（第六条）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="quota_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="72ca683a55b531b4eebf733a9163822503c1f73d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_quota_history_f26a3",
                            table="quota_quotaaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="quota_excess_lessens",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                NEW.recorded_excess := least(\n                    NEW.recorded_excess,\n                    greatest(0, NEW.passed_down + NEW.in_service + NEW.reserved - NEW.granted));\n                RETURN NEW;\n                ",
                            hash="4648bde4ea7156d689288d2398a864bf074bdfe9",
                            operation="UPDATE",
                            pgid="pgtrigger_quota_excess_lessens_9d2db",
                            table="quota_quotaaccount",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="quotaentry",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="kernel.storedfile",
                verbose_name="扫描件",
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="quotaentry",
                    index=models.Index(fields=["organ_code", "document_date"], name="quota_entry_day"),
                ),
                migrations.AddConstraint(
                    model_name="quotaentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="quota_entry_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quotaentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="quota_entry_not_zero",
                        violation_error_message="额度变动数量不能为零。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="quota_entry_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="d76f301789e255de6ffd2cf9acfdc57d8ce1b579",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_quota_entry_append_only_c1843",
                            table="quota_quotaentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_quota_entry",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="a4b9733e244a20d6ce18502f7b5e5bc5753e91dd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_quota_entry_64113",
                            table="quota_quotaentry",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
