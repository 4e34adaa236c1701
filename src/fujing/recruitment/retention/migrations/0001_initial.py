import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

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
    ]
