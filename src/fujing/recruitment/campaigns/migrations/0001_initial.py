import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kernel", "0001_initial"), ("plans", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "authors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                default=list,
                                size=None,
                                verbose_name="写入过内容的账号",
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("document", models.JSONField(verbose_name="公告")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟定"),
                                    ("asked", "待人社部门同意"),
                                    ("agreed", "人社部门已同意"),
                                    ("published", "已发布"),
                                    ("closed", "报名截止"),
                                    ("publicity", "公示"),
                                    ("finished", "已结束"),
                                    ("cancelled", "已取消"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("findings", models.JSONField(default=list, verbose_name="核对结论")),
                        ("registration_from", models.DateTimeField(blank=True, null=True, verbose_name="报名开始")),
                        ("registration_to", models.DateTimeField(blank=True, null=True, verbose_name="报名截止")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                        ("published_by", models.CharField(blank=True, max_length=100, verbose_name="发布人")),
                        (
                            "published_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="发布人账号"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                        ("cancelled_because", models.TextField(blank=True, verbose_name="取消理由")),
                        (
                            "retention_months",
                            models.PositiveSmallIntegerField(default=12, verbose_name="报名资料保存（月）"),
                        ),
                        ("drafted_by", models.CharField(max_length=100, verbose_name="拟定人")),
                        (
                            "drafted_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="拟定人账号"),
                        ),
                        ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="拟定时间")),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="plans.headcountplan",
                                verbose_name="用人计划",
                            ),
                        ),
                    ],
                    options={"verbose_name": "招聘项目", "verbose_name_plural": "招聘项目"},
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "authors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                default=list,
                                size=None,
                                verbose_name="写入过内容的账号",
                            ),
                        ),
                        ("facts", models.JSONField(default=dict, verbose_name="报送内容")),
                        ("digest", models.CharField(max_length=64, verbose_name="报送内容摘要")),
                        ("round", models.PositiveSmallIntegerField(verbose_name="第几次报送")),
                        ("assigned_organ", models.BigIntegerField(verbose_name="办理机关")),
                        ("assigned_name", models.CharField(max_length=100, verbose_name="办理机关名称")),
                        ("opinion", models.TextField(blank=True, verbose_name="意见")),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="办理人")),
                        ("decided_by_id", models.BigIntegerField(blank=True, null=True, verbose_name="办理账号")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="办理时间")),
                        ("on_behalf", models.BooleanField(default=False, verbose_name="代录纸质意见")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("document_date", models.DateField(blank=True, null=True, verbose_name="文件日期")),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("joint", "共同组织招聘"), ("simplified", "简化招聘程序")],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        ("document", models.JSONField(verbose_name="所送公告")),
                        (
                            "dropped",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=24),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="简化掉的环节",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待办理"),
                                    ("passed", "同意"),
                                    ("returned", "退回"),
                                    ("lapsed", "已失效"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="送办时间")),
                        ("asked_by", models.CharField(max_length=100, verbose_name="送办人")),
                        ("asked_by_id", models.BigIntegerField(verbose_name="送办账号")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="kernel.storedfile",
                                verbose_name="扫描件",
                            ),
                        ),
                    ],
                    options={"verbose_name": "人社部门同意", "verbose_name_plural": "人社部门同意"},
                ),
                migrations.CreateModel(
                    name="Entrustment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("institution", models.CharField(max_length=100, verbose_name="受委托的机构")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("employment_service", "公共就业和人才服务机构"),
                                    ("examination", "人事考试机构"),
                                    ("hr_service", "人力资源服务机构"),
                                    ("other", "其他依法成立的机构"),
                                    ("internal", "公安机关内设机构、派出机构"),
                                    ("labour_dispatch", "劳务派遣单位"),
                                ],
                                max_length=20,
                                verbose_name="机构性质",
                            ),
                        ),
                        (
                            "signs",
                            models.CharField(
                                choices=[("organ", "公安机关"), ("entrusted", "受委托的机构")],
                                max_length=10,
                                verbose_name="劳动合同由谁签订",
                            ),
                        ),
                        ("document_number", models.CharField(max_length=60, verbose_name="委托文号")),
                        ("document_date", models.DateField(verbose_name="委托日期")),
                        ("recorded_by", models.CharField(max_length=100, verbose_name="登记人")),
                        (
                            "recorded_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="登记人账号"),
                        ),
                        (
                            "campaign",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entrustment",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="kernel.storedfile",
                                verbose_name="委托文件",
                            ),
                        ),
                    ],
                    options={"verbose_name": "委托", "verbose_name_plural": "委托"},
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("code", models.CharField(max_length=20, verbose_name="岗位代码")),
                        ("name", models.CharField(max_length=80, verbose_name="岗位")),
                        (
                            "category",
                            models.CharField(
                                choices=[("civil", "文职"), ("field", "勤务")], max_length=5, verbose_name="类别"
                            ),
                        ),
                        ("headcount", models.PositiveIntegerField(verbose_name="人数")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="positions",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="plans.planline",
                                verbose_name="计划岗位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "招聘岗位", "verbose_name_plural": "招聘岗位"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="campaign_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT", name="campaign_public", using="published_at IS NOT NULL"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "asked", "agreed", "cancelled"]),
                            models.Q(
                                ("plan__isnull", False),
                                ("published_at__isnull", False),
                                models.Q(("published_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="campaign_published_by_plan",
                        violation_error_code="16.p3",
                        violation_error_message="发布公告应有已批准的用人计划和发布人（第十六条第三款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["finished", "cancelled"]), ("ended_on__isnull", True), _connector="OR"
                        ),
                        name="campaign_ended_on_a_day",
                        violation_error_message="结束日期只在招聘结束或取消后填写。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_because__regex", "\\S"), ("state", "cancelled")),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_because", "")),
                            _connector="OR",
                        ),
                        name="campaign_cancelled_with_reason",
                        violation_error_message="取消招聘应写明理由，理由只在取消后填写。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("retention_months__range", (1, 60))),
                        name="campaign_retention_stated",
                        violation_error_message="报名资料的保存期限应为1至60个月。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("registration_from__isnull", True),
                            ("registration_to__isnull", True),
                            ("registration_from__lt", models.F("registration_to")),
                            _connector="OR",
                        ),
                        name="campaign_registration_in_order",
                        violation_error_message="报名截止应晚于报名开始。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="9e467c0dc9151e214294377db2a9c3fba37a0a49",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_campaign_history_af59e",
                            table="campaigns_campaign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_campaign",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."drafted_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."drafted_by_id" IS DISTINCT FROM OLD."drafted_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."drafted_by" IS DISTINCT FROM OLD."drafted_by" OR (false) THEN\n            NEW."drafted_by_id" := CASE WHEN NEW."drafted_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."drafted_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."drafted_by_id" := OLD."drafted_by_id";\n        END IF;\n\n        IF NEW."published_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."published_by_id" IS DISTINCT FROM OLD."published_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."published_by" IS DISTINCT FROM OLD."published_by" OR ((NEW."published_at") IS DISTINCT FROM (OLD."published_at")) THEN\n            NEW."published_by_id" := CASE WHEN NEW."published_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."published_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."published_by_id" := OLD."published_by_id";\n        END IF;\nRETURN NEW;',
                            hash="2c84baa62b561d3ec66048cb5a1cee13a9eb719b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_campaign_8a2d3",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'agreed' AND NEW.state = 'cancelled') OR (OLD.state = 'agreed' AND NEW.state = 'draft') OR (OLD.state = 'agreed' AND NEW.state = 'published') OR (OLD.state = 'asked' AND NEW.state = 'agreed') OR (OLD.state = 'asked' AND NEW.state = 'cancelled') OR (OLD.state = 'asked' AND NEW.state = 'draft') OR (OLD.state = 'closed' AND NEW.state = 'cancelled') OR (OLD.state = 'closed' AND NEW.state = 'publicity') OR (OLD.state = 'closed' AND NEW.state = 'published') OR (OLD.state = 'draft' AND NEW.state = 'asked') OR (OLD.state = 'draft' AND NEW.state = 'cancelled') OR (OLD.state = 'draft' AND NEW.state = 'published') OR (OLD.state = 'publicity' AND NEW.state = 'finished') OR (OLD.state = 'published' AND NEW.state = 'agreed') OR (OLD.state = 'published' AND NEW.state = 'cancelled') OR (OLD.state = 'published' AND NEW.state = 'closed') OR (OLD.state = 'published' AND NEW.state = 'draft')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="e3b5c8057397cd27695caafee5be70ada33e8867",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_campaign_moves_f4415",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_authors_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF TG_OP = 'UPDATE' AND NOT NEW.authors @> OLD.authors THEN\n            RAISE EXCEPTION '写入过公告内容的账号应全部保留。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="f60f39bce78b91143e8fa6cbc887ba54b0308626",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_campaign_authors_stay_e5dd9",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_within_plan",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'published' AND NOT (OLD.\"state\" = 'published'))",
                            declare="DECLARE over record;",
                            func="\n    PERFORM FROM plans_planline WHERE id IN (SELECT line_id FROM campaigns_position WHERE campaign_id = NEW.id)\n        ORDER BY id FOR UPDATE;\n    SELECT line.post_name, line.count, slots.taken, others.promised, mine.own,\n        mine.own + others.promised - slots.free AS excess INTO over\n    FROM (SELECT line_id, sum(headcount) AS own FROM campaigns_position WHERE campaign_id = NEW.id\n        GROUP BY line_id) mine\n    JOIN plans_planline line ON line.id = mine.line_id\n    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE engagement_id IS NULL) AS free,\n        count(*) FILTER (WHERE engagement_id IS NOT NULL) AS taken FROM plans_slot WHERE line_id = line.id) slots\n    CROSS JOIN LATERAL (SELECT coalesce(sum(greatest(p.headcount - (SELECT count(*) FROM plans_slot s\n            WHERE s.line_id = line.id AND s.announced = p.id), 0)), 0) AS promised\n        FROM campaigns_position p JOIN campaigns_campaign c ON c.id = p.campaign_id\n        WHERE p.line_id = line.id AND c.id <> NEW.id AND c.state IN ('published', 'closed', 'publicity')) others\n    WHERE mine.own + others.promised > slots.free ORDER BY line.id LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION '岗位“%”批准 % 人，已聘用 % 人，其他公告正在招 % 人，本公告招 % 人，超出 % 人（第十六条第三款）。',\n            over.post_name, over.count, over.taken, over.promised, over.own, over.excess\n            USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n    END IF;\n     RETURN NEW;",
                            hash="3d1e96c9dcc96b0105b4bc6f2e64aaa7a28e8eca",
                            operation="UPDATE",
                            pgid="pgtrigger_campaign_within_plan_94c4b",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_taken_back",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF OLD.state = 'published' AND NEW.state IN ('draft', 'agreed') AND (\n                    OLD.published_at < now() - interval '10 minutes'\n                    OR EXISTS (SELECT FROM applications_application a WHERE a.campaign_id = NEW.id)) THEN\n                    RAISE EXCEPTION '已经有人报名，或者发布已超过10分钟，不能收回（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                IF OLD.state = 'closed' AND NEW.state = 'published' AND EXISTS (\n                    SELECT FROM applications_application a WHERE a.campaign_id = NEW.id AND a.reviewed_by <> '') THEN\n                    RAISE EXCEPTION '资格审查已经开始，不能恢复报名（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="6333ffd4ffa5f633756919e9023c1ac31ec5b381",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_campaign_taken_back_629b0",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_agreed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'published' AND NOT (OLD.\"state\" = 'published'))",
                            func="\n                IF NEW.document -> 'organiser' ->> 'mode' = 'joint_hrss' AND NOT EXISTS (SELECT FROM campaigns_consent c WHERE c.campaign_id = NEW.id AND c.purpose = 'joint' AND c.state = 'passed' AND c.document = NEW.document #- ARRAY['simplified', 'consent']) THEN\n                    RAISE EXCEPTION '与人力资源社会保障部门共同组织的招聘，该部门同意公告后才能发布（第十七条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '17.p1';\n                END IF;\n                IF jsonb_typeof(NEW.document -> 'simplified') = 'object' AND NOT EXISTS (SELECT FROM campaigns_consent c WHERE c.campaign_id = NEW.id AND c.purpose = 'simplified' AND c.state = 'passed' AND c.document = NEW.document #- ARRAY['simplified', 'consent']) THEN\n                    RAISE EXCEPTION '简化招聘程序，同级人力资源社会保障部门同意后才能发布公告（第二十一条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p2';\n                END IF;\n                IF NEW.document -> 'organiser' ->> 'mode' = 'entrusted' AND NOT EXISTS (\n                    SELECT FROM campaigns_entrustment e WHERE e.campaign_id = NEW.id\n                    AND e.institution = NEW.document -> 'organiser' ->> 'with'\n                    AND e.signs = NEW.document -> 'organiser' ->> 'signs') THEN\n                    RAISE EXCEPTION '委托机构办理的，登记委托文件后才能发布公告（第二十二条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '22';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="1a8c5360e305a3e190e27757355b38e39ed0a828",
                            operation="UPDATE",
                            pgid="pgtrigger_campaign_agreed_d0600",
                            table="campaigns_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="consent_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="consent_mine",
                        using="assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "passed"])),
                        fields=("campaign", "purpose"),
                        name="consent_open_once",
                        violation_error_message="该事项已送人社部门。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("assigned_organ__gt", models.F("organ_code")),
                            (
                                "assigned_organ__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("organ_code"), "+", models.Value(1000000)
                                ),
                            ),
                        ),
                        name="consent_same_level",
                        violation_error_code="17.p1 21.p2",
                        violation_error_message="应由同级人力资源社会保障部门办理（第十七条第一款、第二十一条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped", []), ("purpose", "joint")),
                            models.Q(("dropped__len__gt", 0), ("purpose", "simplified")),
                            _connector="OR",
                        ),
                        name="consent_says_what_is_dropped",
                        violation_error_code="21.p2",
                        violation_error_message="简化程序应写明简化掉的环节（第二十一条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by_id__isnull", True), ("state", "waiting")
                            ),
                            ("state", "lapsed"),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by_id__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_decided_by_somebody",
                        violation_error_message="意见应注明办理人和时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "lapsed"]), ("asked_at__isnull", False), _connector="OR"
                        ),
                        name="consent_asked_first",
                        violation_error_message="尚未轮到的环节不能作出意见。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf", False),
                            models.Q(
                                ("document_date__isnull", False),
                                ("scan__isnull", False),
                                ("document_number__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="consent_paper_has_document",
                        violation_error_code="8.p2",
                        violation_error_message="代录纸质意见应有文号、文件日期和扫描件（第八条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "refused"]), _negated=True),
                            ("opinion__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="consent_no_without_reason",
                        violation_error_message="退回或不同意应写明理由。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "passed"), _negated=True),
                            models.Q(
                                ("document_date__isnull", False),
                                models.Q(
                                    ("purpose", "joint"),
                                    models.Q(("document_number", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="consent_dated",
                        violation_error_code="21.p2",
                        violation_error_message="同意简化程序应有文号和日期（第二十一条第二款）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="ec8adbda2f5bed247bb2c75cc6158e2100eedfb2",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_consent_history_662ca",
                            table="campaigns_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_consent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."asked_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."asked_by_id" IS DISTINCT FROM OLD."asked_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."asked_by" IS DISTINCT FROM OLD."asked_by" OR (false) THEN\n            NEW."asked_by_id" := CASE WHEN NEW."asked_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."asked_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."asked_by_id" := OLD."asked_by_id";\n        END IF;\n\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."decided_at") IS DISTINCT FROM (OLD."decided_at")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="2e5b5db28b5164a0c65982f0d64497068c1b2017",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_consent_2d626",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('waiting') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'passed' AND NEW.state = 'lapsed') OR (OLD.state = 'passed' AND NEW.state = 'returned') OR (OLD.state = 'waiting' AND NEW.state = 'lapsed') OR (OLD.state = 'waiting' AND NEW.state = 'passed') OR (OLD.state = 'waiting' AND NEW.state = 'returned')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="520c1edf2b3c3a580ba686fcda5e278e73e1fa33",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_consent_moves_2e907",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_not_by_author",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."decided_by_id" IS NOT NULL)',
                            func="\n            IF NEW.decided_by_id = ANY (NEW.authors) THEN\n                RAISE EXCEPTION '拟定、修改或送办过本公告的人不能审批本公告，也不能代录意见。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="46216f2fbaee19f7f8cd1f31c3767c1fb671d55c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_consent_not_by_author_2b1bb",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_paper_of_the_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."document_date" IS NOT NULL)',
                            func="\n            IF NEW.document_date > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n                RAISE EXCEPTION '文件日期不能晚于今天（第八条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="a55036e9c6b5a674682ab1875f2b1770b0bbf4d6",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_consent_paper_of_the_past_a8f8c",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_knows_authors",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NOT NEW.authors @> (SELECT c.authors || NEW.asked_by_id FROM campaigns_campaign c\n                    WHERE c.id = NEW.campaign_id) THEN\n                    RAISE EXCEPTION '写入过公告内容和送办的账号应全部保留（第八条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="af33d8753663dc690a369e1106de86713a9ce036",
                            operation="INSERT",
                            pgid="pgtrigger_consent_knows_authors_08bd3",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_asked_of_hrss",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NOT EXISTS (SELECT FROM registry_organ o\n                    WHERE o.code = NEW.assigned_organ AND o.partner_kind = 'hrss') THEN\n                    RAISE EXCEPTION '应由同级人力资源社会保障部门办理（第十七条第一款、第二十一条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '17.p1 21.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="252cf48ded2f0202f48b4bb2945319fa1c7b02fc",
                            operation="INSERT",
                            pgid="pgtrigger_consent_asked_of_hrss_2e95e",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE published timestamptz;",
                            func="\n                SELECT published_at INTO published FROM campaigns_campaign WHERE id = OLD.campaign_id FOR UPDATE;\n                IF published IS NOT NULL THEN\n                    RAISE EXCEPTION '公告已发布，人社部门的意见不能再变动（第八条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n                END IF;\n                IF TG_OP = 'DELETE' OR OLD.state IN ('returned', 'lapsed')\n                    OR (OLD.state = 'passed' AND NEW.state = 'passed')\n                    OR (OLD.state = 'passed' AND (NEW.document_number, NEW.document_date, NEW.on_behalf, NEW.scan_id)\n                        IS DISTINCT FROM (OLD.document_number, OLD.document_date, OLD.on_behalf, OLD.scan_id))\n                    OR (NEW.campaign_id, NEW.purpose, NEW.document, NEW.dropped, NEW.assigned_organ, NEW.asked_by_id,\n                        NEW.assigned_name, NEW.asked_at, NEW.round, NEW.authors, NEW.facts, NEW.digest)\n                        IS DISTINCT FROM\n                        (OLD.campaign_id, OLD.purpose, OLD.document, OLD.dropped, OLD.assigned_organ, OLD.asked_by_id,\n                        OLD.assigned_name, OLD.asked_at, OLD.round, OLD.authors, OLD.facts, OLD.digest)\n                THEN\n                    RAISE EXCEPTION '送办的公告和作出的意见不得更改（第八条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="71de201bca7bfb34feef48f3dd3a32f55a86e044",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consent_stays_8832b",
                            table="campaigns_consent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrustment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="entrustment_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "internal"), _negated=True),
                            models.Q(
                                (
                                    "institution__regex",
                                    "派出所|警务室|公安(局|厅|分局).*(科|处|室|部|队)$|(刑侦|治安|交警|交通警察|巡警|特警|巡特警|禁毒|网安|经侦)(总队|支队|大队|中队)",
                                ),
                                _negated=True,
                            ),
                        ),
                        name="entrustment_not_to_police_body",
                        violation_error_code="17.p2",
                        violation_error_message="公安机关内设机构、派出机构不得自行聘用，不能受委托（第十七条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("signs", "organ"),
                            models.Q(
                                models.Q(("kind", "labour_dispatch"), _negated=True),
                                models.Q(("institution__regex", "劳务派遣|劳动派遣"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="entrustment_dispatcher_never_signs",
                        violation_error_code="22",
                        violation_error_message="劳务派遣单位签订的是派遣合同，不能受委托签订劳动合同（第二十二条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrustment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document_number", ""), _negated=True),
                            models.Q(("institution", ""), _negated=True),
                        ),
                        name="entrustment_by_paper",
                        violation_error_code="22",
                        violation_error_message="委托应写明机构和文号（第二十二条）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entrustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="entrustment_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="11939e10a1e3d8bebd7cbbc60ae57dffd2045add",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_entrustment_history_5e7cf",
                            table="campaigns_entrustment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entrustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_entrustment",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."recorded_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."recorded_by_id" IS DISTINCT FROM OLD."recorded_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."recorded_by" IS DISTINCT FROM OLD."recorded_by" OR (NEW IS DISTINCT FROM OLD) THEN\n            NEW."recorded_by_id" := CASE WHEN NEW."recorded_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."recorded_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."recorded_by_id" := OLD."recorded_by_id";\n        END IF;\nRETURN NEW;',
                            hash="72ce208dfdbca8bde427e0ce6731d8469215f622",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_entrustment_70a67",
                            table="campaigns_entrustment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entrustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="entrustment_only_in_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT FROM campaigns_campaign c\n                    WHERE c.id IN (NEW.campaign_id, OLD.campaign_id) AND c.state <> 'draft') THEN\n                    RAISE EXCEPTION '公告送办或者发布后，委托不得更改（第二十二条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '22';\n                END IF;\n                RETURN coalesce(NEW, OLD);\n                ",
                            hash="1fcdf3db6ae32a18ee81a6de63344cb090c36092",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_entrustment_only_in_draft_40dc0",
                            table="campaigns_entrustment",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="position_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="position_public",
                        using="EXISTS (SELECT 1 FROM campaigns_campaign c WHERE c.id = campaigns_position.campaign_id AND published_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "code"), name="position_code_once", violation_error_message="岗位代码重复。"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="position_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="9b41008f5b212ce9b851b78db4d2302c288b76f0",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_position_history_35692",
                            table="campaigns_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="position_within_plan",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE over record;",
                            func="\n                IF EXISTS (SELECT FROM campaigns_campaign c WHERE c.id = NEW.campaign_id\n                    AND c.state IN ('published', 'closed', 'publicity')) THEN\n                    \n    PERFORM FROM plans_planline WHERE id IN (SELECT line_id FROM campaigns_position WHERE campaign_id = NEW.campaign_id)\n        ORDER BY id FOR UPDATE;\n    SELECT line.post_name, line.count, slots.taken, others.promised, mine.own,\n        mine.own + others.promised - slots.free AS excess INTO over\n    FROM (SELECT line_id, sum(headcount) AS own FROM campaigns_position WHERE campaign_id = NEW.campaign_id\n        GROUP BY line_id) mine\n    JOIN plans_planline line ON line.id = mine.line_id\n    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE engagement_id IS NULL) AS free,\n        count(*) FILTER (WHERE engagement_id IS NOT NULL) AS taken FROM plans_slot WHERE line_id = line.id) slots\n    CROSS JOIN LATERAL (SELECT coalesce(sum(greatest(p.headcount - (SELECT count(*) FROM plans_slot s\n            WHERE s.line_id = line.id AND s.announced = p.id), 0)), 0) AS promised\n        FROM campaigns_position p JOIN campaigns_campaign c ON c.id = p.campaign_id\n        WHERE p.line_id = line.id AND c.id <> NEW.campaign_id AND c.state IN ('published', 'closed', 'publicity')) others\n    WHERE mine.own + others.promised > slots.free ORDER BY line.id LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION '岗位“%”批准 % 人，已聘用 % 人，其他公告正在招 % 人，本公告招 % 人，超出 % 人（第十六条第三款）。',\n            over.post_name, over.count, over.taken, over.promised, over.own, over.excess\n            USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n    END IF;\n    \n                END IF;\n                RETURN NULL;\n                ",
                            hash="4b2f7211fd6c6ccc7fabc474dae3fbc5d84682eb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_position_within_plan_a1594",
                            table="campaigns_position",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
