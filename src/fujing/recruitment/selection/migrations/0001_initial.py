import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.receipts
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("applications", "0001_initial"), ("campaigns", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="PublicityNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="第几次公示")),
                        ("starts", models.DateField(verbose_name="公示开始")),
                        ("ends", models.DateField(verbose_name="公示结束")),
                        ("names", models.JSONField(verbose_name="公示人员")),
                        ("made_by", models.CharField(max_length=100, verbose_name="办理人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "公示", "verbose_name_plural": "公示"},
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        (
                            "receipt",
                            models.CharField(
                                default=fujing.kernel.receipts.receipt,
                                max_length=12,
                                unique=True,
                                verbose_name="回执码",
                            ),
                        ),
                        ("about", models.CharField(max_length=60, verbose_name="所涉人员")),
                        ("text", models.TextField(verbose_name="异议内容")),
                        (
                            "contact",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="联系方式"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待核查"), ("upheld", "异议成立"), ("dismissed", "异议不成立")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        ("answered_by", models.CharField(blank=True, max_length=100, verbose_name="答复人")),
                        (
                            "answered_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="答复人账号"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                        ("raised_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="applications.application",
                                verbose_name="所涉报名",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="selection.publicitynotice",
                                verbose_name="公示",
                            ),
                        ),
                    ],
                    options={"verbose_name": "公示异议", "verbose_name_plural": "公示异议"},
                ),
                migrations.CreateModel(
                    name="Ranking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("document", models.JSONField(verbose_name="排名")),
                        ("inputs", models.CharField(max_length=64, verbose_name="输入摘要")),
                        ("made_by", models.CharField(max_length=100, verbose_name="计算人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="计算人账号"),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="计算时间",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rankings",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "排名", "verbose_name_plural": "排名"},
                ),
            ]
        ),
        migrations.AddField(
            model_name="publicitynotice",
            name="ranking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="selection.ranking", verbose_name="排名"
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Candidate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        (
                            "total",
                            models.DecimalField(decimal_places=6, max_digits=12, null=True, verbose_name="总成绩"),
                        ),
                        ("rank", models.PositiveIntegerField(null=True, verbose_name="名次")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("hire", "拟聘用"),
                                    ("reserve", "递补名单"),
                                    ("out", "未入选"),
                                    ("tie", "同分待定"),
                                ],
                                max_length=8,
                                verbose_name="结果",
                            ),
                        ),
                        ("stage", models.CharField(blank=True, max_length=20, verbose_name="止于环节")),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("finding", models.JSONField(default=dict, verbose_name="依据")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                        (
                            "position",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="campaigns.position",
                                verbose_name="岗位",
                            ),
                        ),
                        (
                            "ranking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="selection.ranking",
                                verbose_name="排名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "候选人", "verbose_name_plural": "候选人"},
                ),
                migrations.CreateModel(
                    name="ScoreCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        ("stage", models.CharField(max_length=20, verbose_name="环节")),
                        ("text", models.TextField(verbose_name="申请理由")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待复核"), ("confirmed", "成绩无误"), ("corrected", "成绩已更正")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="申请时间")),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        ("answered_by", models.CharField(blank=True, max_length=100, verbose_name="复核人")),
                        (
                            "answered_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="复核人账号"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="score_checks",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "成绩复核", "verbose_name_plural": "成绩复核"},
                ),
                migrations.CreateModel(
                    name="ScoreEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("stage", models.CharField(max_length=20, verbose_name="环节")),
                        ("place", models.PositiveSmallIntegerField(verbose_name="第几次录入")),
                        ("account_id", models.BigIntegerField(verbose_name="录入账号")),
                        ("entered_by", models.CharField(max_length=100, verbose_name="录入人")),
                        ("entered_at", models.DateTimeField(auto_now=True, verbose_name="录入时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "等待核对"), ("matched", "两次录入一致"), ("dropped", "已撤回")],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("scores", models.JSONField(verbose_name="成绩")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "成绩录入", "verbose_name_plural": "成绩录入"},
                ),
                migrations.CreateModel(
                    name="ScoreRelease",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("stage", models.CharField(max_length=20, verbose_name="环节")),
                        ("check_until", models.DateField(verbose_name="申请复核截止")),
                        ("released_by", models.CharField(max_length=100, verbose_name="公布人")),
                        (
                            "released_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="公布人账号"),
                        ),
                        ("released_at", models.DateTimeField(auto_now_add=True, verbose_name="公布时间")),
                        ("entered", models.JSONField(default=dict, verbose_name="各岗位有成绩的人数")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "成绩公布", "verbose_name_plural": "成绩公布"},
                ),
                migrations.CreateModel(
                    name="StageScore",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("stage", models.CharField(max_length=20, verbose_name="环节")),
                        ("item", models.CharField(blank=True, max_length=40, verbose_name="科目")),
                        ("judge", models.CharField(blank=True, max_length=40, verbose_name="评委")),
                        ("score", models.CharField(max_length=12, verbose_name="成绩")),
                        ("entered_by", models.CharField(max_length=100, verbose_name="录入人")),
                        (
                            "entered_by_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None, verbose_name="录入账号"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "成绩", "verbose_name_plural": "成绩"},
                ),
                migrations.CreateModel(
                    name="Publicised",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publicised",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publicised",
                                to="selection.publicitynotice",
                                verbose_name="公示",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示人员",
                        "verbose_name_plural": "公示人员",
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="publicised_territory",
                                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                            ),
                            fujing.kernel.territory.RowPolicy(
                                command="SELECT",
                                name="publicised_own",
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
                    model_name="publicised",
                    trigger=pgtrigger.compiler.Trigger(
                        name="publicised_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="bdd264566b7aa9eb813e483c662ffbebce3e9254",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_publicised_append_only_fd52d",
                            table="selection_publicised",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicised",
                    trigger=pgtrigger.compiler.Trigger(
                        name="publicised_when_fit",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NOT EXISTS (SELECT 1 FROM background_backgroundcheck c\n                    WHERE c.application_id = NEW.application_id AND c.state = 'cleared') THEN\n                    RAISE EXCEPTION '考察合格后才能公示（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1 20';\n                END IF;\n                IF EXISTS (SELECT 1 FROM applications_application a\n                    JOIN campaigns_campaign c ON c.id = a.campaign_id JOIN campaigns_position p ON p.id = a.position_id\n                    CROSS JOIN jsonb_array_elements(c.document -> 'stages') stage\n                    WHERE a.id = NEW.application_id AND stage ->> 'kind' = 'medical'\n                    AND (jsonb_typeof(stage -> 'positions') IS DISTINCT FROM 'array' OR stage -> 'positions' ? p.code))\n                    AND NOT EXISTS (SELECT 1 FROM medical_medicalexam m\n                    WHERE m.application_id = NEW.application_id AND m.state = 'passed') THEN\n                    RAISE EXCEPTION '体检合格后才能公示（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1 18.5';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="0391689494ba6afad31a7c25c4f7a013bee080df",
                            operation="INSERT",
                            pgid="pgtrigger_publicised_when_fit_0f433",
                            table="selection_publicised",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="objection",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="objection_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="objection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered",
                        violation_error_message="处理异议应写明答复、答复人和时间。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="objection_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="db63e4b76b7f4372c14306ba943bcf27f8c769e4",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_objection_history_1bd68",
                            table="selection_objection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_objection",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."answered_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."answered_by_id" IS DISTINCT FROM OLD."answered_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."answered_by" IS DISTINCT FROM OLD."answered_by" OR ((NEW."answered_at") IS DISTINCT FROM (OLD."answered_at")) THEN\n            NEW."answered_by_id" := CASE WHEN NEW."answered_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."answered_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."answered_by_id" := OLD."answered_by_id";\n        END IF;\nRETURN NEW;',
                            hash="9110b939dda09736a211d385e2828bd9bb9e03f5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_objection_3531e",
                            table="selection_objection",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="objection_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('open') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'open' AND NEW.state = 'dismissed') OR (OLD.state = 'open' AND NEW.state = 'upheld')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="efa5b7ea25fba0a1ebf200d7cda64e113fce8732",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_objection_moves_2f234",
                            table="selection_objection",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ranking",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="ranking_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ranking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ranking_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="8520c4021209ff691e4d623a43d5aff93613e073",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_ranking_append_only_8fabe",
                            table="selection_ranking",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ranking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_ranking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="013c632b6008aa154cbe594a4037cce04f8f3417",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_ranking_08ff0",
                            table="selection_ranking",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publicitynotice",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="notice_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publicitynotice",
                    constraint=fujing.kernel.territory.RowPolicy(command="SELECT", name="notice_public", using="true"),
                ),
                migrations.AddConstraint(
                    model_name="publicitynotice",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "number"), name="notice_once", violation_error_message="这次公示已经办理。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publicitynotice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts__lte", models.F("ends"))),
                        name="notice_in_order",
                        violation_error_message="公示结束日不能早于开始日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicitynotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="9fc8ebceccca07d63bd591aac810bdbf457c0125",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_notice_history_02ca3",
                            table="selection_publicitynotice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicitynotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_notice",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="7d9c37fec564ac0f31d6b303ce5e41a37e842ce6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_notice_7dc68",
                            table="selection_publicitynotice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicitynotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="notice_after_score_checks",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM selection_scorecheck s JOIN applications_application a ON a.id = s.application_id\n                    WHERE a.campaign_id = NEW.campaign_id AND s.state = 'open') THEN\n                    RAISE EXCEPTION '还有成绩复核没有答复，不能公示（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="2ae6a24582ee111f537113c6d81c669275687683",
                            operation="INSERT",
                            pgid="pgtrigger_notice_after_score_checks_ebd09",
                            table="selection_publicitynotice",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="candidate",
                    index=models.Index(fields=["ranking", "position", "rank"], name="candidate_order"),
                ),
                migrations.AddConstraint(
                    model_name="candidate",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="candidate_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="candidate",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="candidate_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="candidate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="candidate_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="d636ec5f725c55e9ce124fe56f895922afc1924f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_candidate_append_only_d0ef6",
                            table="selection_candidate",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorecheck",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="score_check_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorecheck",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="score_check_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorecheck",
                    constraint=models.UniqueConstraint(
                        fields=("application", "stage"),
                        name="score_check_once",
                        violation_error_message="每个环节的成绩只能申请一次复核。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorecheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="score_check_answered",
                        violation_error_message="复核应写明答复、复核人和时间。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorecheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_check_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="20c54fd8f28e4ea051597e911a45f2bc7cba236e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_score_check_history_9c1a4",
                            table="selection_scorecheck",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorecheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_score_check",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."answered_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."answered_by_id" IS DISTINCT FROM OLD."answered_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."answered_by" IS DISTINCT FROM OLD."answered_by" OR ((NEW."answered_at") IS DISTINCT FROM (OLD."answered_at")) THEN\n            NEW."answered_by_id" := CASE WHEN NEW."answered_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."answered_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."answered_by_id" := OLD."answered_by_id";\n        END IF;\nRETURN NEW;',
                            hash="d49f14a9b461ee8eaa296f3cc0da88d01bb64993",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_score_check_7e2a6",
                            table="selection_scorecheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorecheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_check_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('open') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'open' AND NEW.state = 'confirmed') OR (OLD.state = 'open' AND NEW.state = 'corrected')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="8bce4713496621ff5b55fc44920accb3c2622dc2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_score_check_moves_7d2f0",
                            table="selection_scorecheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorecheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_check_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'confirmed')",
                            func="\n                IF EXISTS (SELECT 1 FROM selection_stagescore s WHERE s.application_id = NEW.application_id\n                    AND s.stage = NEW.stage AND NEW.answered_by_id = ANY (s.entered_by_ids)) THEN\n                    RAISE EXCEPTION '成绩由您录入，应由他人复核。' USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="833cfafae552ed43a33dd27e6726dd7401efa282",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_score_check_by_another_53fb2",
                            table="selection_scorecheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorecheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_check_in_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                -- The campaign's row is held, so that nobody is made public between the request and its answer.\n                PERFORM 1 FROM campaigns_campaign c JOIN applications_application a ON a.campaign_id = c.id\n                    WHERE a.id = NEW.application_id AND c.state = 'closed' FOR SHARE OF c;\n                IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM selection_scorerelease r\n                    JOIN applications_application a ON a.campaign_id = r.campaign_id\n                    WHERE a.id = NEW.application_id AND r.stage = NEW.stage\n                    AND r.check_until >= (now() AT TIME ZONE 'Asia/Shanghai')::date) THEN\n                    RAISE EXCEPTION '现在不在申请成绩复核的时间内（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="7d14e8eaf3df582ab63491ab65d2e662bad89fca",
                            operation="INSERT",
                            pgid="pgtrigger_score_check_in_time_98cd7",
                            table="selection_scorecheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scoreentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="score_entry_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scoreentry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("campaign", "stage", "account_id"),
                        name="score_entry_by_two",
                        violation_error_message="两次录入应由不同的人完成。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scoreentry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("campaign", "stage", "place"),
                        name="score_entry_twice",
                        violation_error_message="已经有两人录入。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scoreentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("place__in", [1, 2])),
                        name="score_entry_first_or_second",
                        violation_error_message="只有第一次和第二次录入。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scoreentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_entry_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="b6069caef504e0507ed477680ed26301c93d0555",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_score_entry_history_dfb87",
                            table="selection_scoreentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scoreentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_score_entry",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."account_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."account_id" IS DISTINCT FROM OLD."account_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."entered_by" IS DISTINCT FROM OLD."entered_by" OR (false) THEN\n            NEW."account_id" := CASE WHEN NEW."entered_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."account_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."account_id" := OLD."account_id";\n        END IF;\nRETURN NEW;',
                            hash="f7a0a63b0f7664358f65f1df792c4f5a90cd5040",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_score_entry_a1553",
                            table="selection_scoreentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scoreentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_entry_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('waiting') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'dropped') OR (OLD.state = 'waiting' AND NEW.state = 'matched')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="d3d506a2b615a4e6af3a130f362fa0b213eb81ec",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_score_entry_moves_d96ee",
                            table="selection_scoreentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorerelease",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="score_release_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorerelease",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT", name="score_release_public", using="true"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scorerelease",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "stage"),
                        name="score_release_once",
                        violation_error_message="这个环节的成绩已经公布。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorerelease",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_release_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="556b156e4ed0f22108d0f1c297aac8f1c04bfbd6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_score_release_append_only_f29a8",
                            table="selection_scorerelease",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scorerelease",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_score_release",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."released_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."released_by_id" IS DISTINCT FROM OLD."released_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."released_by" IS DISTINCT FROM OLD."released_by" OR (false) THEN\n            NEW."released_by_id" := CASE WHEN NEW."released_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."released_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."released_by_id" := OLD."released_by_id";\n        END IF;\nRETURN NEW;',
                            hash="360408cde7e1aa98c58690eb98e4cf68bbf4dd7e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_score_release_94089",
                            table="selection_scorerelease",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagescore",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="stage_score_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagescore",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="stage_score_own",
                        using="EXISTS (SELECT 1 FROM applications_application a JOIN selection_scorerelease r ON r.campaign_id = a.campaign_id AND r.stage = selection_stagescore.stage WHERE a.id = selection_stagescore.application_id AND a.account_id = nullif(current_setting('fujing.account', true), '')::bigint)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagescore",
                    constraint=models.UniqueConstraint(
                        fields=("application", "stage", "item", "judge"),
                        name="stage_score_once",
                        violation_error_message="同一人同一环节、科目、评委的成绩重复。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagescore",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stage_score_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="a35a0b7062b22b4625d3421625e17cd065fbb4b3",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_stage_score_history_9d378",
                            table="selection_stagescore",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagescore",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stage_score_entered_here",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF (TG_OP = 'INSERT' OR NEW.score IS DISTINCT FROM OLD.score)\n                    AND NOT NEW.entered_by_ids @> ARRAY[coalesce(nullif(current_setting('fujing.account', true), '')::bigint, 0)] AND nullif(current_setting('fujing.account', true), '')::bigint IS NOT NULL THEN\n                    RAISE EXCEPTION '录入账号应包括当前登录的账号。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="6edee489fd97c9f6110bb8f53657dd35a3da07ad",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stage_score_entered_here_e391b",
                            table="selection_stagescore",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
