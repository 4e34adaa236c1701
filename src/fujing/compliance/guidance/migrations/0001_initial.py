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
                    name="Guidance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="发布机关")),
                        ("number", models.CharField(max_length=60, verbose_name="文号")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("issued_on", models.DateField(verbose_name="成文日期")),
                        (
                            "provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12), size=None, verbose_name="所涉条文"
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="正文")),
                        ("force_from", models.DateField(verbose_name="施行日期")),
                        ("force_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "拟定"), ("published", "已发布"), ("revoked", "已废止")],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                        ("published_by", models.CharField(blank=True, max_length=100, verbose_name="发布人")),
                        (
                            "published_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="发布人账号"),
                        ),
                        ("revoked_on", models.DateField(blank=True, null=True, verbose_name="废止日期")),
                        ("revoked_why", models.CharField(blank=True, max_length=200, verbose_name="废止理由")),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="guidance.guidance",
                                verbose_name="替代",
                            ),
                        ),
                    ],
                    options={"verbose_name": "指导文件", "verbose_name_plural": "指导文件"},
                ),
                migrations.CreateModel(
                    name="GuidanceReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="签收机关")),
                        ("read_by", models.CharField(max_length=100, verbose_name="签收人")),
                        (
                            "read_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="签收人账号"),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="签收时间")),
                        (
                            "guidance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="guidance.guidance",
                                verbose_name="指导文件",
                            ),
                        ),
                    ],
                    options={"verbose_name": "指导文件签收", "verbose_name_plural": "指导文件签收"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="guidance_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="guidance_below",
                        using="state <> 'draft' AND nullif(current_setting('fujing.lo', true), '')::bigint BETWEEN organ_code AND organ_code + CASE WHEN organ_code % 10000000000 = 0 THEN 9999999999 WHEN organ_code % 100000000 = 0 THEN 99999999 ELSE 999999 END",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("provisions__len__gt", 0),
                            models.Q(("number", ""), _negated=True),
                            models.Q(models.Q(("text", ""), _negated=True), ("file__isnull", False), _connector="OR"),
                        ),
                        name="guidance_says_something",
                        violation_error_code="5.p2",
                        violation_error_message="指导文件应有文号、所涉条文，以及正文或者文件（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("force_until__isnull", True), ("force_until__gte", models.F("force_from")), _connector="OR"
                        ),
                        name="guidance_dates_in_order",
                        violation_error_message="有效期至不能早于施行日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", True), ("state", "draft")),
                            models.Q(
                                ("published_on__isnull", False),
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("published_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="guidance_published_by_somebody",
                        violation_error_code="5.p2",
                        violation_error_message="发布指导文件应有发布日期和发布人（第五条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_on__isnull", False),
                                ("state", "revoked"),
                                models.Q(("revoked_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "revoked"), _negated=True),
                                ("revoked_on__isnull", True),
                                ("revoked_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="guidance_revoked_on_a_day",
                        violation_error_message="废止应有日期和理由。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidance",
                    constraint=models.UniqueConstraint(
                        fields=("organ_code", "number"),
                        name="guidance_number_once",
                        violation_error_message="本机关已有相同文号的指导文件。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="c56e5823bc0ee4bef7e3c4ec5834b427599fc48e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_guidance_history_f2f80",
                            table="guidance_guidance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_guidance",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."published_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."published_by_id" IS DISTINCT FROM OLD."published_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."published_by" IS DISTINCT FROM OLD."published_by" OR ((NEW."published_on") IS DISTINCT FROM (OLD."published_on")) THEN\n            NEW."published_by_id" := CASE WHEN NEW."published_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."published_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."published_by_id" := OLD."published_by_id";\n        END IF;\nRETURN NEW;',
                            hash="85680145de6165b10df0046745fedd2ffeeac232",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_guidance_e5987",
                            table="guidance_guidance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'published') OR (OLD.state = 'published' AND NEW.state = 'revoked')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="3bab50bc9c930b5be6c192847813fb51ab52879a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_guidance_moves_7f075",
                            table="guidance_guidance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_own",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.organ_code IS DISTINCT FROM nullif(current_setting('fujing.organ', true), '')::bigint OR NOT EXISTS (\n                    SELECT 1 FROM registry_organ below WHERE below.parent_id = NEW.organ_code\n                      AND below.kind = 'public_security') THEN\n                    RAISE EXCEPTION '指导文件由上级公安机关以本机关名义发布（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND to_jsonb(NEW) - '{state,revoked_on,revoked_why}'::text[]\n                    <> to_jsonb(OLD) - '{state,revoked_on,revoked_why}'::text[] THEN\n                    RAISE EXCEPTION '指导文件发布后不得改动，可发布新文件替代（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="85294478fa6ff0db8cd9627ba282d8f581433408",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_guidance_own_f906c",
                            table="guidance_guidance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '指导文件不得删除，可以废止。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';",
                            hash="db57eabf346a4288234d539aba46483840005918",
                            operation="DELETE",
                            pgid="pgtrigger_guidance_stays_86fe7",
                            table="guidance_guidance",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancereading",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="guidance_reading_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancereading",
                    constraint=models.UniqueConstraint(
                        fields=("guidance", "organ_code"),
                        name="guidance_read_once",
                        violation_error_message="本机关已签收该文件。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancereading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_reading_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="64b8eb3feb1cc4757a50907172f84571f4ccd53b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_guidance_reading_append_only_ad038",
                            table="guidance_guidancereading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancereading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_guidance_reading",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."read_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."read_by_id" IS DISTINCT FROM OLD."read_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."read_by" IS DISTINCT FROM OLD."read_by" OR (false) THEN\n            NEW."read_by_id" := CASE WHEN NEW."read_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."read_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."read_by_id" := OLD."read_by_id";\n        END IF;\nRETURN NEW;',
                            hash="9d8fd07795a65e08ee8440bca9ba2a61b633f512",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_guidance_reading_b5b5c",
                            table="guidance_guidancereading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancereading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guidance_reading_own",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.organ_code IS DISTINCT FROM nullif(current_setting('fujing.organ', true), '')::bigint OR NEW.organ_code % 1000000 <> 0 OR NOT EXISTS (\n                    SELECT 1 FROM guidance_guidance document WHERE document.id = NEW.guidance_id\n                      AND document.state = 'published' AND NEW.organ_code > document.organ_code\n                      AND NEW.organ_code <= document.organ_code + CASE WHEN document.organ_code % 10000000000 = 0 THEN 9999999999 WHEN document.organ_code % 100000000 = 0 THEN 99999999 ELSE 999999 END) THEN\n                    RAISE EXCEPTION '指导文件由收到文件的下级公安机关自行签收（第五条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '5.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="afaa3305c5996a07e12ba398e2d8d0cd34746f61",
                            operation="INSERT",
                            pgid="pgtrigger_guidance_reading_own_db530",
                            table="guidance_guidancereading",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
