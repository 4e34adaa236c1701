import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0004_probation_objects"),
        ("kernel", "0003_alter_reading_kind"),
        ("registry", "0005_places_and_contracts_by_organ"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContractChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                ("person_id", models.BigIntegerField(editable=False, verbose_name="人员")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("post", "岗位和工作内容"),
                            ("place", "工作地点"),
                            ("hours", "工作时间和休息休假"),
                            ("pay", "劳动报酬"),
                            ("protection", "劳动保护和社会保险"),
                            ("other", "其他约定"),
                        ],
                        max_length=12,
                        verbose_name="变更的内容",
                    ),
                ),
                ("before", models.CharField(max_length=500, verbose_name="原约定")),
                ("after", models.CharField(max_length=500, verbose_name="变更后的约定")),
                ("agreed_on", models.DateField(verbose_name="双方签订日期")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                ("made_by", models.CharField(max_length=100, verbose_name="经办人")),
                (
                    "made_by_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="经办人账号"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="变更协议",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="registry.contract",
                        verbose_name="合同",
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_changes",
                        to="registry.engagement",
                        verbose_name="用工",
                    ),
                ),
            ],
            options={
                "verbose_name": "合同变更",
                "verbose_name_plural": "合同变更",
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="contract_change_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="contract_change_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after__regex", "\\S"),
                            ("before__regex", "\\S"),
                            models.Q(("before", models.F("after")), _negated=True),
                        ),
                        name="contract_change_told",
                        violation_error_code="39",
                        violation_error_message="应写明原约定和变更后的约定，两者应有不同。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["post", "place", "hours", "pay", "protection", "other"])),
                        name="contract_change_subject_known",
                        violation_error_code="39",
                        violation_error_message="应写明变更的是哪一项约定；期限的变更按续订办理。",
                    ),
                ],
            },
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="contractchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="contract_change_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="e763be96cc278b42f15ac6d0abddecdc6a4505bc",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_contract_change_history_44a68",
                            table="contracts_contractchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_contract_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="b0493845a81755e2fa031118908a9fb17abe3fe5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_contract_change_88115",
                            table="contracts_contractchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="contract_change_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE term daterange;",
                            func="\n    IF TG_OP <> 'INSERT' THEN\n        RAISE EXCEPTION '合同变更登记后不得改动或者删除；约定有误的，另行签订变更协议。' USING ERRCODE = 'FJ001', DETAIL = '39';\n    END IF;\n    SELECT span INTO term FROM registry_contract WHERE id = NEW.contract_id;\n    IF NOT term @> NEW.effective_on THEN\n        RAISE EXCEPTION '变更的生效日期应在合同期间以内。' USING ERRCODE = 'FJ001', DETAIL = '39';\n    ELSIF NEW.agreed_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '双方签订变更协议的日期不能晚于今天。' USING ERRCODE = 'FJ001', DETAIL = '39';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="fcf3a9a381efb19ddbb1a4003a0bcfb884e96da9",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_contract_change_stays_c713d",
                            table="contracts_contractchange",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
