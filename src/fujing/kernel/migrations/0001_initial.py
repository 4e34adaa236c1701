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
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("kind", models.CharField(max_length=60, verbose_name="事项")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待"),
                                    ("running", "进行中"),
                                    ("done", "完成"),
                                    ("failed", "失败"),
                                    ("cancelled", "已取消"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("arguments", models.JSONField(default=dict, verbose_name="参数")),
                        ("actor", models.JSONField(verbose_name="办理人")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="总数")),
                        ("message", models.TextField(blank=True, verbose_name="说明")),
                        ("result", models.JSONField(null=True, verbose_name="结果")),
                        ("cancel_requested", models.BooleanField(default=False, verbose_name="请求取消")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                    ],
                    options={"verbose_name": "后台任务", "verbose_name_plural": "后台任务"},
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
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["tracked", "row_id"], name="history_row")
                ),
                migrations.AddIndex(
                    model_name="historyentry", index=models.Index(fields=["organ_code", "at"], name="history_organ")
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
                migrations.AddConstraint(
                    model_name="job",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="job_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
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
