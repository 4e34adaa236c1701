import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [("kernel", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="HeadcountPlan",
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
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        (
                            "level",
                            models.CharField(
                                choices=[("province", "省级"), ("city", "市（州）级"), ("county", "县（市、区）级")],
                                max_length=10,
                                verbose_name="级别",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                        ("reason", models.TextField(verbose_name="理由")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "起草"),
                                    ("consent", "待上一级公安机关同意"),
                                    ("establishment", "待机构编制部门审核"),
                                    ("finance", "待财政部门审核"),
                                    ("government", "待本级人民政府批准"),
                                    ("approved", "已批准"),
                                    ("returned", "退回修改"),
                                    ("refused", "不同意"),
                                    ("withdrawn", "已撤回"),
                                    ("superseded", "已由新版本替代"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="批准文号")),
                        ("proposed_by", models.CharField(max_length=100, verbose_name="拟定人")),
                        ("proposed_by_id", models.BigIntegerField(verbose_name="拟定账号")),
                        ("consented_on", models.DateField(blank=True, null=True, verbose_name="上级同意日期")),
                        ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="编制审核日期")),
                        ("funded_on", models.DateField(blank=True, null=True, verbose_name="财政审核日期")),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="plans.headcountplan",
                                verbose_name="前一版本",
                            ),
                        ),
                    ],
                    options={"verbose_name": "用人计划", "verbose_name_plural": "用人计划"},
                ),
                migrations.CreateModel(
                    name="PlanLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("post_name", models.CharField(max_length=80, verbose_name="岗位")),
                        (
                            "category",
                            models.CharField(
                                choices=[("civil", "文职"), ("field", "勤务")], max_length=5, verbose_name="类别"
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="人数")),
                        ("reason", models.CharField(max_length=300, verbose_name="用人理由")),
                        (
                            "yearly_cost",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="年度经费（元）"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="plans.headcountplan",
                                verbose_name="用人计划",
                            ),
                        ),
                    ],
                    options={"verbose_name": "计划岗位", "verbose_name_plural": "计划岗位"},
                ),
                migrations.CreateModel(
                    name="PlanRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("facts", models.JSONField(default=dict, verbose_name="报送内容")),
                        ("digest", models.CharField(max_length=64, verbose_name="报送内容摘要")),
                        ("round", models.PositiveSmallIntegerField(verbose_name="第几次报送")),
                        ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="报送时间")),
                        ("sent_by", models.CharField(max_length=100, verbose_name="报送人")),
                        ("sent_by_id", models.BigIntegerField(verbose_name="报送账号")),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="plans.headcountplan",
                                verbose_name="用人计划",
                            ),
                        ),
                    ],
                    options={"verbose_name": "用人计划报批件", "verbose_name_plural": "用人计划报批件"},
                ),
                migrations.CreateModel(
                    name="PlanTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="第几次报送")),
                        ("assigned_organ", models.BigIntegerField(verbose_name="办理机关")),
                        ("assigned_name", models.CharField(max_length=100, verbose_name="办理机关名称")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待办理"),
                                    ("passed", "同意"),
                                    ("returned", "退回修改"),
                                    ("refused", "不同意"),
                                    ("lapsed", "未办理"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="送办时间")),
                        ("opinion", models.TextField(blank=True, verbose_name="意见")),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="办理人")),
                        ("decided_by_id", models.BigIntegerField(blank=True, null=True, verbose_name="办理账号")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="办理时间")),
                        ("on_behalf", models.BooleanField(default=False, verbose_name="代录纸质意见")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("document_date", models.DateField(blank=True, null=True, verbose_name="文件日期")),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("draft", "起草"),
                                    ("consent", "待上一级公安机关同意"),
                                    ("establishment", "待机构编制部门审核"),
                                    ("finance", "待财政部门审核"),
                                    ("government", "待本级人民政府批准"),
                                    ("approved", "已批准"),
                                    ("returned", "退回修改"),
                                    ("refused", "不同意"),
                                    ("withdrawn", "已撤回"),
                                    ("superseded", "已由新版本替代"),
                                ],
                                max_length=20,
                                verbose_name="环节",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="plans.headcountplan",
                                verbose_name="用人计划",
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
                    options={"verbose_name": "计划审批", "verbose_name_plural": "计划审批"},
                ),
                migrations.CreateModel(
                    name="Slot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("announced", models.BigIntegerField(blank=True, null=True, verbose_name="招聘岗位编号")),
                        (
                            "engagement",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="registry.engagement",
                                verbose_name="用工",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to="plans.planline",
                                verbose_name="计划岗位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "计划名额", "verbose_name_plural": "计划名额"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="headcountplan",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="plan_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="headcountplan",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="plan_asked",
                        using="EXISTS (SELECT 1 FROM plans_plantask task WHERE task.plan_id = plans_headcountplan.id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="headcountplan",
                    constraint=models.UniqueConstraint(
                        fields=("organ_code", "year", "version"),
                        name="plan_version_once",
                        violation_error_message="本年度该版本的用人计划已存在。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="headcountplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "consent", "returned", "refused", "withdrawn"]),
                            ("level", "province"),
                            ("consented_on__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_consented_first",
                        violation_error_code="16.p2",
                        violation_error_message="市（州）、县（市、区）用人计划应先报上一级公安机关同意（第十六条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="headcountplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "superseded"]), _negated=True),
                            models.Q(
                                ("approved_on__isnull", False),
                                ("funded_on__isnull", False),
                                ("reviewed_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_approved_after_reviews",
                        violation_error_code="16.p1 16.p2",
                        violation_error_message="用人计划批准前应经机构编制和财政部门审核，并有批准文号（第十六条）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headcountplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="32a8973d5f8e5338452e63e4c054b9d1ec28b470",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_plan_history_22293",
                            table="plans_headcountplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headcountplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_plan",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."proposed_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."proposed_by_id" IS DISTINCT FROM OLD."proposed_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."proposed_by" IS DISTINCT FROM OLD."proposed_by" OR (false) THEN\n            NEW."proposed_by_id" := CASE WHEN NEW."proposed_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."proposed_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."proposed_by_id" := OLD."proposed_by_id";\n        END IF;\nRETURN NEW;',
                            hash="baaca02803668ba08dceaca60bc024c6b9b16e6d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_plan_754db",
                            table="plans_headcountplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headcountplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'approved' AND NEW.state = 'superseded') OR (OLD.state = 'consent' AND NEW.state = 'establishment') OR (OLD.state = 'consent' AND NEW.state = 'refused') OR (OLD.state = 'consent' AND NEW.state = 'returned') OR (OLD.state = 'consent' AND NEW.state = 'withdrawn') OR (OLD.state = 'draft' AND NEW.state = 'consent') OR (OLD.state = 'draft' AND NEW.state = 'establishment') OR (OLD.state = 'draft' AND NEW.state = 'withdrawn') OR (OLD.state = 'establishment' AND NEW.state = 'finance') OR (OLD.state = 'establishment' AND NEW.state = 'refused') OR (OLD.state = 'establishment' AND NEW.state = 'returned') OR (OLD.state = 'establishment' AND NEW.state = 'withdrawn') OR (OLD.state = 'finance' AND NEW.state = 'government') OR (OLD.state = 'finance' AND NEW.state = 'refused') OR (OLD.state = 'finance' AND NEW.state = 'returned') OR (OLD.state = 'finance' AND NEW.state = 'withdrawn') OR (OLD.state = 'government' AND NEW.state = 'approved') OR (OLD.state = 'government' AND NEW.state = 'refused') OR (OLD.state = 'government' AND NEW.state = 'returned') OR (OLD.state = 'government' AND NEW.state = 'withdrawn') OR (OLD.state = 'returned' AND NEW.state = 'draft') OR (OLD.state = 'returned' AND NEW.state = 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state = 'draft')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="f495a55c4f26be59575b415abd645b61cf7512d1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_moves_3f079",
                            table="plans_headcountplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headcountplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_authors_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT NEW.authors @> ARRAY[NEW.proposed_by_id] OR TG_OP = 'UPDATE' AND NOT NEW.authors @> OLD.authors THEN\n            RAISE EXCEPTION '写入过计划内容的账号应全部保留。' USING ERRCODE = 'FJ001', DETAIL = '16.p2';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="e157ac3814369e80369b166eac9a010a23a46391",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_authors_stay_269a6",
                            table="plans_headcountplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="headcountplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_only_by_answer",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF OLD.state IN ('consent', 'establishment', 'finance', 'government') AND NEW.state NOT IN (OLD.state, 'withdrawn') AND NOT EXISTS (\n            SELECT FROM plans_plantask a WHERE a.plan_id = NEW.id AND a.step = OLD.state\n            AND a.round = (SELECT max(round) FROM plans_plantask WHERE plan_id = NEW.id)\n            AND a.state = CASE WHEN NEW.state IN ('returned', 'refused') THEN NEW.state ELSE 'passed' END) THEN\n            RAISE EXCEPTION '办理机关作出意见后才能进入下一环节（第八条第二款）。'\n                USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="35d6a82d8c04a1c37e48564a75807fa8d442304c",
                            operation="UPDATE",
                            pgid="pgtrigger_plan_only_by_answer_d9b42",
                            table="plans_headcountplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="plan_line_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="plan_line_asked",
                        using="EXISTS (SELECT 1 FROM plans_plantask task WHERE task.plan_id = plans_planline.plan_id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)),
                        name="plan_line_some",
                        violation_error_message="计划人数应为正整数。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planline",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "post_name", "category"),
                        name="plan_line_once",
                        violation_error_message="同一计划内岗位重复。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_line_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="876fd566dd2c92d628320d1c3bf74a3c8a2eecc0",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_plan_line_history_afbf2",
                            table="plans_planline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_line_only_in_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM plans_headcountplan plan\n                    WHERE plan.id IN (NEW.plan_id, OLD.plan_id) AND plan.state <> 'draft') THEN\n                    RAISE EXCEPTION '计划报送后，岗位和人数不得更改（第十六条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '16.p2';\n                END IF;\n                RETURN coalesce(NEW, OLD);\n                ",
                            hash="28c235c256f86c49b29e0f50a56c57d4494c876f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_plan_line_only_in_draft_f268c",
                            table="plans_planline",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planrequest",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="plan_request_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planrequest",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="plan_request_asked",
                        using="EXISTS (SELECT 1 FROM plans_plantask task WHERE task.plan_id = plans_planrequest.plan_id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planrequest",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "round"),
                        name="plan_request_once",
                        violation_error_message="本次报送的报批件已生成。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_request_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="857c86645bc1b607f694e3cbc82a529f384108eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_plan_request_append_only_a1007",
                            table="plans_planrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_plan_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."sent_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."sent_by_id" IS DISTINCT FROM OLD."sent_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."sent_by" IS DISTINCT FROM OLD."sent_by" OR (false) THEN\n            NEW."sent_by_id" := CASE WHEN NEW."sent_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."sent_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."sent_by_id" := OLD."sent_by_id";\n        END IF;\nRETURN NEW;',
                            hash="dd354e0702aab1d82351570ed4a287cb529a305e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_plan_request_daab4",
                            table="plans_planrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="plan_task_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="plan_task_mine",
                        using="assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND asked_at IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "round", "step"),
                        name="plan_task_once",
                        violation_error_message="该环节已送办。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
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
                        name="plan_task_decided_by_somebody",
                        violation_error_message="意见应注明办理人和时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "lapsed"]), ("asked_at__isnull", False), _connector="OR"
                        ),
                        name="plan_task_asked_first",
                        violation_error_message="尚未轮到的环节不能作出意见。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
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
                        name="plan_task_paper_has_document",
                        violation_error_code="8.p2",
                        violation_error_message="代录纸质意见应有文号、文件日期和扫描件（第八条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plantask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "refused"]), _negated=True),
                            ("opinion__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="plan_task_no_without_reason",
                        violation_error_message="退回或不同意应写明理由。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_task_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="0695019d09accc4b5a16c3b13d42a80a9fd30913",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_plan_task_history_ee125",
                            table="plans_plantask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_plan_task",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."decided_at") IS DISTINCT FROM (OLD."decided_at")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="6b7d510b7cc1b29465f7643b97eef018c85ebaca",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_plan_task_5d028",
                            table="plans_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_task_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('waiting') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'lapsed') OR (OLD.state = 'waiting' AND NEW.state = 'passed') OR (OLD.state = 'waiting' AND NEW.state = 'refused') OR (OLD.state = 'waiting' AND NEW.state = 'returned')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="63c10124df60cc1a56a56afe3f0944b570a01d26",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_task_moves_67add",
                            table="plans_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_task_not_by_author",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."decided_by_id" IS NOT NULL)',
                            func="\n            IF NEW.decided_by_id = ANY ((SELECT plan.authors FROM plans_headcountplan plan WHERE plan.id = NEW.plan_id)::bigint[]) THEN\n                RAISE EXCEPTION '拟定、修改或送办过本计划的人不能审批本计划，也不能代录意见。' USING ERRCODE = 'FJ001', DETAIL = '16.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="594c11c71ff881a7ec9140827ae8536fd9fcef85",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_task_not_by_author_7ad88",
                            table="plans_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_task_paper_of_the_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."document_date" IS NOT NULL)',
                            func="\n            IF NEW.document_date > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n                RAISE EXCEPTION '文件日期不能晚于今天（第八条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="00d91382c255911fb3af130d03ec6daf0c219d61",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_task_paper_of_the_past_a23f0",
                            table="plans_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plantask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_task_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' THEN\n                RAISE EXCEPTION '意见一经作出，不得更改（第八条第二款）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            ELSIF (NEW.round, NEW.assigned_organ, NEW.assigned_name, NEW.plan_id, NEW.step) IS DISTINCT FROM (OLD.round, OLD.assigned_organ, OLD.assigned_name, OLD.plan_id, OLD.step) OR OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at\n            THEN\n                RAISE EXCEPTION '送办的事项、机关和时间不得更改（第八条第二款）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="51ea0d4c1a03a1421d43b78adef5d4119a23592b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_plan_task_stays_50997",
                            table="plans_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="slot",
                    index=models.Index(
                        condition=models.Q(("engagement__isnull", True)), fields=["line"], name="slot_free"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="slot_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="slot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="slot_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="d1743dda8d45de3fefc8edcb41afff2e0162e918",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_slot_history_bf170",
                            table="plans_slot",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="slot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="slot_within_line",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE allowed integer;",
                            func="\n                SELECT line.count INTO allowed FROM plans_planline line\n                    JOIN plans_headcountplan plan ON plan.id = line.plan_id AND plan.state = 'approved'\n                    WHERE line.id = NEW.line_id FOR UPDATE OF line;\n                IF (SELECT count(*) FROM plans_slot WHERE line_id = NEW.line_id AND id <> NEW.id)\n                    >= coalesce(allowed, 0) THEN\n                    RAISE EXCEPTION '名额不得超过批准的计划人数 % 人（第十六条第三款）。', coalesce(allowed, 0)\n                        USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="5d12aeee67d5854f3a6923aa32ddb642976318a5",
                            operation='INSERT OR UPDATE OF "line_id"',
                            pgid="pgtrigger_slot_within_line_a9a8c",
                            table="plans_slot",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="slot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="slot_taken_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."engagement_id" IS NOT NULL)',
                            func="\n                RAISE EXCEPTION '名额已使用，不得改作他用（第十六条第三款）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n                ",
                            hash="9a8f187177bf6996340dd02cfb12ed3bbb7441f8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_slot_taken_stays_01eb4",
                            table="plans_slot",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="slot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="slot_fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."engagement_id" IS NOT NULL)',
                            func="\n                IF NOT EXISTS (SELECT 1 FROM registry_engagement engagement, plans_planline line\n                    WHERE engagement.id = NEW.engagement_id AND line.id = NEW.line_id\n                    AND engagement.organ_code = line.organ_code AND engagement.category = line.category) THEN\n                    RAISE EXCEPTION '所聘人员的管理机关和类别应与计划名额一致（第十六条第三款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '16.p3';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="1fa1c52940c7e39f22f50c868d869fb83d3cd2ea",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_slot_fits_46804",
                            table="plans_slot",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
