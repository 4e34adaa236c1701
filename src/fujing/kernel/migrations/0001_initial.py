import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="HistoryEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("tracked", models.CharField(max_length=63, verbose_name="表")),
                        ("row_id", models.BigIntegerField(verbose_name="行")),
                        ("organ_code", models.BigIntegerField(null=True, verbose_name="机关")),
                        ("operation", models.CharField(max_length=6, verbose_name="动作")),
                        ("before", models.JSONField(null=True, verbose_name="改前")),
                        ("after", models.JSONField(null=True, verbose_name="改后")),
                        ("actor", models.CharField(max_length=100, verbose_name="办理人")),
                        ("account_id", models.BigIntegerField(null=True, verbose_name="账号")),
                        ("reason", models.TextField(blank=True, verbose_name="事由")),
                        ("request_id", models.CharField(blank=True, max_length=64, verbose_name="请求")),
                    ],
                    options={"verbose_name": "变更留痕", "verbose_name_plural": "变更留痕"},
                ),
                migrations.CreateModel(
                    name="HistoryErasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry", models.BigIntegerField(verbose_name="留痕")),
                        ("organ_code", models.BigIntegerField(null=True, verbose_name="机关")),
                        ("leaf", models.CharField(blank=True, max_length=64, verbose_name="删除前的摘要")),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=63), size=None, verbose_name="删除的字段"
                            ),
                        ),
                        ("remains", models.CharField(max_length=64, verbose_name="删除后的摘要")),
                        ("rule", models.CharField(max_length=200, verbose_name="依据")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("actor", models.CharField(max_length=100, verbose_name="办理人")),
                    ],
                    options={"verbose_name": "留痕删除", "verbose_name_plural": "留痕删除"},
                ),
                migrations.CreateModel(
                    name="HistorySeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="日期")),
                        ("entries", models.PositiveIntegerField(verbose_name="条数")),
                        ("root", models.CharField(max_length=64, verbose_name="默克尔根")),
                        ("previous", models.CharField(max_length=64, verbose_name="前一日摘要")),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("sealed_at", models.DateTimeField(auto_now_add=True, verbose_name="封存时间")),
                    ],
                    options={"verbose_name": "留痕封存", "verbose_name_plural": "留痕封存"},
                ),
                migrations.CreateModel(
                    name="Reading",
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
                                    ("opened", "查看敏感内容"),
                                    ("looked_up", "按号码查人"),
                                    ("trail", "查看留痕"),
                                ],
                                max_length=10,
                                verbose_name="方式",
                            ),
                        ),
                        ("what", models.CharField(max_length=60, verbose_name="内容")),
                        ("tracked", models.CharField(blank=True, max_length=63, verbose_name="表")),
                        ("row_id", models.BigIntegerField(null=True, verbose_name="行")),
                        ("person_id", models.BigIntegerField(null=True, verbose_name="当事人")),
                        ("account_id", models.BigIntegerField(null=True, verbose_name="当事人账号")),
                        ("sought", models.BinaryField(max_length=32, null=True, verbose_name="所查号码的索引")),
                        ("reader", models.BigIntegerField(null=True, verbose_name="查阅账号")),
                        ("reader_name", models.CharField(max_length=100, verbose_name="查阅人")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        ("request_id", models.CharField(blank=True, max_length=64, verbose_name="请求")),
                    ],
                    options={"verbose_name": "查阅记录", "verbose_name_plural": "查阅记录"},
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("account_id", models.BigIntegerField(null=True, verbose_name="提交账号")),
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("content_type", models.CharField(max_length=100, verbose_name="类型")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("digest", models.CharField(max_length=64, verbose_name="SM3")),
                        ("path", models.CharField(max_length=200, verbose_name="存放")),
                        ("stored_at", models.DateTimeField(auto_now_add=True, verbose_name="存入时间")),
                    ],
                    options={"verbose_name": "文件", "verbose_name_plural": "文件"},
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("kind", models.CharField(max_length=60, verbose_name="事项")),
                        ("subject_table", models.CharField(max_length=63, verbose_name="对象类别")),
                        ("subject_id", models.BigIntegerField(verbose_name="对象")),
                        ("person_id", models.BigIntegerField(blank=True, null=True, verbose_name="当事人")),
                        ("account_id", models.BigIntegerField(blank=True, null=True, verbose_name="当事人账号")),
                        ("outcome", models.CharField(max_length=60, verbose_name="结论")),
                        ("message", models.TextField(verbose_name="说明")),
                        (
                            "provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12), size=None, verbose_name="条文"
                            ),
                        ),
                        ("facts", models.JSONField(default=dict, verbose_name="事实")),
                        ("rule_book", models.CharField(blank=True, max_length=80, verbose_name="规则版本")),
                        ("decided_by", models.CharField(max_length=100, verbose_name="决定人")),
                        ("decided_by_id", models.BigIntegerField(null=True, verbose_name="决定人账号")),
                        ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="决定时间")),
                        ("contest_until", models.DateField(blank=True, null=True, verbose_name="异议截止")),
                    ],
                    options={
                        "verbose_name": "决定",
                        "verbose_name_plural": "决定",
                        "indexes": [models.Index(fields=["subject_table", "subject_id"], name="decision_subject")],
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="decision_territory",
                                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                            ),
                            fujing.kernel.territory.RowPolicy(
                                command="SELECT",
                                name="decision_own",
                                using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                            ),
                        ],
                    },
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decision_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\nRAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="e3cef7c680f31596f194dd01509ea689b25ee4da",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_decision_append_only_eb8f4",
                            table="kernel_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR (false) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="ec34dd871c81b462d32b7a09f2e1c81de756f5a2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_decision_c9e3a",
                            table="kernel_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["tracked", "row_id"], name="history_row")
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["organ_code", "at"], name="history_organ")
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["at", "id"], name="history_at")
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["actor", "at"], name="history_actor")
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["tracked", "at"], name="history_kind")
                ),
                migrations.AddConstraint(
                    model_name="historyentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="history_read",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="history_administered",
                        using="organ_code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT", name="history_seal", using="current_setting('fujing.sealing', true) = 'on'"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyentry",
                    constraint=fujing.kernel.territory.RowPolicy(command="INSERT", name="history_add", using="true"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="historyentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="history_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\nRAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="889856951586d13bc7315dd860b44657fd0fdaf0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_append_only_a09e0",
                            table="kernel_historyentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="historyerasure", index=models.Index(fields=["entry"], name="erasure_entry")
                ),
                migrations.AddConstraint(
                    model_name="historyerasure",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="erasure_read",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyerasure",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="erasure_administered",
                        using="organ_code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyerasure",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT", name="erasure_seal", using="current_setting('fujing.sealing', true) = 'on'"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyerasure",
                    constraint=fujing.kernel.territory.RowPolicy(command="INSERT", name="erasure_add", using="true"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="historyerasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="erasure_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="56ebec1ff58e4aa973b663cae9ec98d0eef93f39",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_erasure_append_only_f83c6",
                            table="kernel_historyerasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="historyseal",
                    constraint=fujing.kernel.territory.RowPolicy(command="SELECT", name="seal_read", using="true"),
                ),
                migrations.AddConstraint(
                    model_name="historyseal",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="INSERT", name="seal_add", using="current_setting('fujing.sealing', true) = 'on'"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="historyseal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="f8f2f55a019c35cf1cf341c76636c52ed0c7f4a5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_append_only_0a7d0",
                            table="kernel_historyseal",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="reading", index=models.Index(fields=["tracked", "row_id"], name="reading_row")
                ),
                migrations.AddIndex(
                    model_name="reading", index=models.Index(fields=["reader", "at"], name="reading_reader")
                ),
                migrations.AddIndex(
                    model_name="reading", index=models.Index(fields=["organ_code", "id"], name="reading_organ")
                ),
                migrations.AddIndex(model_name="reading", index=models.Index(fields=["sought"], name="reading_sought")),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        check="reader IS NOT DISTINCT FROM nullif(current_setting('fujing.account', true), '')::bigint",
                        command="ALL",
                        name="reading_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="reading_administered",
                        using="organ_code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="reading_reader",
                        using="reader = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="reading_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint OR person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="INSERT",
                        name="reading_add",
                        using="reader IS NOT DISTINCT FROM nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "opened"), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("row_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="reading_opened_says_why",
                        violation_error_message="查看敏感内容应写明对象和事由。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reading_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="fc394a5c8bd8729d29190b0ccceda01221a6d782",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reading_append_only_d2427",
                            table="kernel_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_reading",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."reader" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."reader" IS DISTINCT FROM OLD."reader") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."reader_name" IS DISTINCT FROM OLD."reader_name" OR (false) THEN\n            NEW."reader" := CASE WHEN NEW."reader_name" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."reader" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."reader" := OLD."reader";\n        END IF;\nRETURN NEW;',
                            hash="27131da4be80f31a7ccd89454f9409b2753fa7f6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_reading_ead9f",
                            table="kernel_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="storedfile",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="file_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="storedfile",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="file_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="storedfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="file_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\nRAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="3f163e514ebb042b316efcf461d89ad038a9d3ff",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_file_append_only_4f772",
                            table="kernel_storedfile",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
