import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("campaigns", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ErasureRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                ("applications", models.PositiveIntegerField(verbose_name="报名（份）")),
                ("files", models.PositiveIntegerField(verbose_name="文件（个）")),
                ("rule", models.CharField(max_length=200, verbose_name="依据")),
                ("made_by", models.CharField(max_length=100, verbose_name="办理人")),
                (
                    "made_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="campaigns.campaign",
                        verbose_name="招聘项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "报名资料删除记录",
                "verbose_name_plural": "报名资料删除记录",
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="erasure_record_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    )
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="erasurerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="erasure_record_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="2982ad0ba2c0f4e61306f69b130dd07ff79cdcbe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_erasure_record_append_only_a12b9",
                            table="retention_erasurerecord",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erasurerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_erasure_record",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="8a1b1f57e140ef6846836e2e41c0a4097424865c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_erasure_record_077c8",
                            table="retention_erasurerecord",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
