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

    dependencies = [("kernel", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="BudgetEntry",
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
                                    ("allot", "下达"),
                                    ("commit", "承付"),
                                    ("release", "撤销承付"),
                                    ("spend", "支出"),
                                    ("refund", "冲回"),
                                ],
                                max_length=8,
                                verbose_name="事项",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="金额（元）")),
                        ("document_number", models.CharField(max_length=60, verbose_name="文号或凭证")),
                        ("document_date", models.DateField(verbose_name="日期")),
                        ("reason", models.CharField(max_length=300, verbose_name="事由")),
                        ("subject_table", models.CharField(blank=True, max_length=63, verbose_name="所付事项")),
                        ("subject_id", models.BigIntegerField(blank=True, null=True, verbose_name="所付事项编号")),
                        ("made_by", models.CharField(max_length=100, verbose_name="办理人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="办理时间")),
                    ],
                    options={"verbose_name": "预算台账", "verbose_name_plural": "预算台账"},
                ),
                migrations.CreateModel(
                    name="BudgetLine",
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
                                    ("pay", "薪酬"),
                                    ("commendation", "奖励"),
                                    ("insurance", "社保"),
                                    ("equipment", "装备"),
                                    ("uniform", "服装"),
                                    ("training", "训练"),
                                ],
                                max_length=14,
                                verbose_name="项目",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="预算（元）")),
                    ],
                    options={"verbose_name": "预算项目", "verbose_name_plural": "预算项目"},
                ),
                migrations.CreateModel(
                    name="BudgetRequest",
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
                    ],
                    options={"verbose_name": "经费预算报送件", "verbose_name_plural": "经费预算报送件"},
                ),
                migrations.CreateModel(
                    name="BudgetTask",
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
                    ],
                    options={"verbose_name": "预算审核", "verbose_name_plural": "预算审核"},
                ),
                migrations.CreateModel(
                    name="Budget",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                        ("reason", models.TextField(verbose_name="说明")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "编制"),
                                    ("finance", "待财政部门审核"),
                                    ("issued", "已下达"),
                                    ("returned", "退回修改"),
                                    ("withdrawn", "已撤回"),
                                    ("superseded", "已调整"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("proposed_by", models.CharField(max_length=100, verbose_name="编制人")),
                        ("proposed_by_id", models.BigIntegerField(verbose_name="编制账号")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="下达文号")),
                        ("document_date", models.DateField(blank=True, null=True, verbose_name="下达日期")),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="budget.budget",
                                verbose_name="前一版本",
                            ),
                        ),
                    ],
                    options={"verbose_name": "经费预算", "verbose_name_plural": "经费预算"},
                ),
                migrations.CreateModel(
                    name="BudgetAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="机关")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pay", "薪酬"),
                                    ("commendation", "奖励"),
                                    ("insurance", "社保"),
                                    ("equipment", "装备"),
                                    ("uniform", "服装"),
                                    ("training", "训练"),
                                ],
                                max_length=14,
                                verbose_name="项目",
                            ),
                        ),
                        (
                            "budgeted",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="预算（元）"),
                        ),
                        (
                            "committed",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="承付（元）"),
                        ),
                        (
                            "spent",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="支出（元）"),
                        ),
                    ],
                    options={
                        "verbose_name": "预算执行",
                        "verbose_name_plural": "预算执行",
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="budget_account_territory",
                                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                            ),
                            models.UniqueConstraint(
                                fields=("organ_code", "year", "kind"),
                                name="budget_account_once",
                                violation_error_message="该年度该项目已有账户。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("pay", "insurance")),
                                    (
                                        "budgeted__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("committed"), "+", models.F("spent")
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="budget_not_overspent",
                                violation_error_code="8.p1",
                                violation_error_message="超出预算：承付与支出之和不得超过该项目预算（第八条第一款）。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budgeted__gte", 0), ("committed__gte", 0), ("spent__gte", 0)),
                                name="budget_account_not_negative",
                                violation_error_message="预算、承付和支出不得为负数。",
                            ),
                        ],
                    },
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_account_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="03b3b2f9ed68ff37478595e82d8bfecee94720af",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_account_history_b904c",
                            table="budget_budgetaccount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_account_by_ledger",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'INSERT' AND (NEW.budgeted, NEW.committed, NEW.spent) = (0, 0, 0)\n                    OR TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN\n                    RETURN NEW;\n                END IF;\n                RAISE EXCEPTION '预算执行只随台账变动，不能直接改动。' USING ERRCODE = 'FJ001', DETAIL = '8.p1';\n                ",
                            hash="03320a01f7e2270620c2d48031ddd2fe3e20cae9",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_account_by_ledger_5328b",
                            table="budget_budgetaccount",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="budgetentry",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="budget.budgetaccount",
                verbose_name="预算项目",
            ),
        ),
        migrations.AddField(
            model_name="budgetentry",
            name="against",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="budget.budgetentry",
                verbose_name="所依据的台账",
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="budget",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="budget.budget",
                verbose_name="经费预算",
            ),
        ),
        migrations.AddField(
            model_name="budgetrequest",
            name="budget",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="budget.budget",
                verbose_name="经费预算",
            ),
        ),
        migrations.AddField(
            model_name="budgettask",
            name="budget",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="budget.budget",
                verbose_name="经费预算",
            ),
        ),
        migrations.AddField(
            model_name="budgettask",
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
                migrations.AddConstraint(
                    model_name="budget",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="budget_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budget",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="budget_asked",
                        using="EXISTS (SELECT 1 FROM budget_budgettask task WHERE task.budget_id = budget_budget.id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budget",
                    constraint=models.UniqueConstraint(
                        fields=("organ_code", "year", "version"),
                        name="budget_version_once",
                        violation_error_message="本年度该版本的经费预算已存在。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budget",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "issued")),
                        fields=("organ_code", "year"),
                        name="budget_one_in_force",
                        violation_error_message="一个年度只能有一份执行中的经费预算。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issued", "superseded"]), _negated=True),
                            models.Q(
                                models.Q(("document_number", ""), _negated=True), ("document_date__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="budget_issued_with_document",
                        violation_error_code="8.p1",
                        violation_error_message="下达预算应写明文号和日期（第八条第一款）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="080bdf2b7a8625c0ac9181aecd6462965982fa17",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_history_43ecd",
                            table="budget_budget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_budget",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."proposed_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."proposed_by_id" IS DISTINCT FROM OLD."proposed_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."proposed_by" IS DISTINCT FROM OLD."proposed_by" OR (false) THEN\n            NEW."proposed_by_id" := CASE WHEN NEW."proposed_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."proposed_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."proposed_by_id" := OLD."proposed_by_id";\n        END IF;\nRETURN NEW;',
                            hash="caa8fd75ddc8e76c6803f3bac349b3a9826375f2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_budget_17af6",
                            table="budget_budget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'finance') OR (OLD.state = 'draft' AND NEW.state = 'withdrawn') OR (OLD.state = 'finance' AND NEW.state = 'issued') OR (OLD.state = 'finance' AND NEW.state = 'returned') OR (OLD.state = 'finance' AND NEW.state = 'withdrawn') OR (OLD.state = 'issued' AND NEW.state = 'superseded') OR (OLD.state = 'returned' AND NEW.state = 'draft') OR (OLD.state = 'returned' AND NEW.state = 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state = 'draft')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="200887583c1b876c5bf6df90eba363596de408fa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_moves_31e04",
                            table="budget_budget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_authors_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NOT NEW.authors @> ARRAY[NEW.proposed_by_id] OR TG_OP = 'UPDATE' AND NOT NEW.authors @> OLD.authors THEN\n            RAISE EXCEPTION '写入过预算内容的账号应全部保留。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="b68121e4a23b15ea995bddd8cefadd4f6669239d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_authors_stay_1df27",
                            table="budget_budget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_only_by_answer",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF OLD.state IN ('finance') AND NEW.state NOT IN (OLD.state, 'withdrawn') AND NOT EXISTS (\n            SELECT FROM budget_budgettask a WHERE a.budget_id = NEW.id\n            AND a.round = (SELECT max(round) FROM budget_budgettask WHERE budget_id = NEW.id)\n            AND a.state = CASE WHEN NEW.state IN ('returned', 'refused') THEN NEW.state ELSE 'passed' END) THEN\n            RAISE EXCEPTION '办理机关作出意见后才能进入下一环节（第八条第二款）。'\n                USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="7ecca337d9716bd624712484077cd7988573aa2f",
                            operation="UPDATE",
                            pgid="pgtrigger_budget_only_by_answer_8484c",
                            table="budget_budget",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="budgetentry",
                    index=models.Index(fields=["account", "document_date"], name="budget_entry_day"),
                ),
                migrations.AddConstraint(
                    model_name="budgetentry",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="budget_entry_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0),
                            models.Q(("kind", "allot"), models.Q(("amount", 0), _negated=True)),
                            _connector="OR",
                        ),
                        name="budget_entry_positive",
                        violation_error_message="金额应大于零；只有调整下达可以为负数。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("against__isnull", True), ("kind__in", ["allot", "commit"])),
                            models.Q(("against__isnull", False), ("kind__in", ["release", "refund"])),
                            ("kind", "spend"),
                            _connector="OR",
                        ),
                        name="budget_entry_follows",
                        violation_error_message="撤销承付和冲回应注明所依据的台账。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_entry_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="90570db452af119875166cfc712534e6f3e1718c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_budget_entry_append_only_e1636",
                            table="budget_budgetentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_budget_entry",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="ff805a08056ac1d985e196a419b7aca3f9454fc1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_budget_entry_028af",
                            table="budget_budgetentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_entry_in_its_year",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"kind\" = 'allot'))",
                            declare="DECLARE of_year integer;",
                            func="\n                SELECT year INTO of_year FROM budget_budgetaccount WHERE id = NEW.account_id;\n                IF extract(year FROM NEW.document_date) IS DISTINCT FROM of_year THEN\n                    RAISE EXCEPTION '凭证日期 % 不在 % 年度，不能记入该年度预算（第八条第一款）。',\n                        NEW.document_date, of_year USING ERRCODE = 'FJ001', DETAIL = '8.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="a4a9e79ad4a7281bc8841dfb29818773f04b476a",
                            operation="INSERT",
                            pgid="pgtrigger_budget_entry_in_its_year_66ec7",
                            table="budget_budgetentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_entry_counts",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE before_it budget_budgetentry%ROWTYPE; used numeric;",
                            func="\n                -- The update waits for whoever books on the same account; the sum after it sees what they booked.\n                UPDATE budget_budgetaccount SET\n                    budgeted = budgeted + CASE WHEN NEW.kind = 'allot' THEN NEW.amount ELSE 0 END,\n                    committed = committed + CASE WHEN NEW.kind = 'commit' THEN NEW.amount\n                        WHEN NEW.kind = 'release' OR NEW.kind = 'spend' AND NEW.against_id IS NOT NULL THEN -NEW.amount\n                        ELSE 0 END,\n                    spent = spent + CASE NEW.kind WHEN 'spend' THEN NEW.amount WHEN 'refund' THEN -NEW.amount ELSE 0 END\n                    WHERE id = NEW.account_id AND organ_code = NEW.organ_code;\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION '台账应记入本机关的预算项目。' USING ERRCODE = 'FJ001', DETAIL = '8.p1';\n                END IF;\n                IF NEW.against_id IS NOT NULL THEN\n                    SELECT * INTO before_it FROM budget_budgetentry WHERE id = NEW.against_id;\n                    SELECT sum(amount) INTO used FROM budget_budgetentry WHERE against_id = NEW.against_id;\n                    IF before_it.account_id IS DISTINCT FROM NEW.account_id\n                        OR before_it.kind <> (CASE NEW.kind WHEN 'refund' THEN 'spend' ELSE 'commit' END)\n                        OR used > before_it.amount THEN\n                        RAISE EXCEPTION '不得超过所依据台账的余额。' USING ERRCODE = 'FJ001', DETAIL = '8.p1';\n                    END IF;\n                END IF;\n                RETURN NEW;\n                ",
                            hash="a27d08d9e970af8856cef68de8105be60f4f0c6e",
                            operation="INSERT",
                            pgid="pgtrigger_budget_entry_counts_f7f64",
                            table="budget_budgetentry",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="budget_line_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="budget_line_asked",
                        using="EXISTS (SELECT 1 FROM budget_budgettask task WHERE task.budget_id = budget_budgetline.budget_id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetline",
                    constraint=models.UniqueConstraint(
                        fields=("budget", "kind"), name="budget_line_once", violation_error_message="每个项目只填一行。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="budget_line_not_negative",
                        violation_error_message="预算金额不得为负数。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_line_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="ed543393a816dc2b1a35d22e138370fc9ed72b21",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_line_history_b45b8",
                            table="budget_budgetline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_line_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM budget_budget b WHERE b.id = COALESCE(NEW.budget_id, OLD.budget_id)\n                    AND b.state <> 'draft') THEN\n                    RAISE EXCEPTION '预算报出后不得改动，调整应编制新版本（第八条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '8.p1';\n                END IF;\n                RETURN COALESCE(NEW, OLD);\n                ",
                            hash="c2fc0d7b296985fc0f0f32000c1f04dd18b96495",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_line_stays_06da0",
                            table="budget_budgetline",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetrequest",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="budget_request_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetrequest",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="budget_request_asked",
                        using="EXISTS (SELECT 1 FROM budget_budgettask task WHERE task.budget_id = budget_budgetrequest.budget_id AND task.assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND task.asked_at IS NOT NULL)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgetrequest",
                    constraint=models.UniqueConstraint(
                        fields=("budget", "round"),
                        name="budget_request_once",
                        violation_error_message="本次报送的报送件已生成。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_request_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="bf2f770e2d823e7efd66e45dde42597ed77cd127",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_budget_request_append_only_33d73",
                            table="budget_budgetrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_budget_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."sent_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."sent_by_id" IS DISTINCT FROM OLD."sent_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."sent_by" IS DISTINCT FROM OLD."sent_by" OR (false) THEN\n            NEW."sent_by_id" := CASE WHEN NEW."sent_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."sent_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."sent_by_id" := OLD."sent_by_id";\n        END IF;\nRETURN NEW;',
                            hash="03a4ce86e7ceab83037583b3ebf46036b2894659",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_budget_request_bf9d9",
                            table="budget_budgetrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="budget_task_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="budget_task_mine",
                        using="assigned_organ = nullif(current_setting('fujing.organ', true), '')::bigint AND asked_at IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
                    constraint=models.UniqueConstraint(
                        fields=("budget", "round"), name="budget_task_once", violation_error_message="本次报送已送办。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
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
                        name="budget_task_decided_by_somebody",
                        violation_error_message="意见应注明办理人和时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "lapsed"]), ("asked_at__isnull", False), _connector="OR"
                        ),
                        name="budget_task_asked_first",
                        violation_error_message="尚未轮到的环节不能作出意见。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
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
                        name="budget_task_paper_has_document",
                        violation_error_code="8.p2",
                        violation_error_message="代录纸质意见应有文号、文件日期和扫描件（第八条第二款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="budgettask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "refused"]), _negated=True),
                            ("opinion__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="budget_task_no_without_reason",
                        violation_error_message="退回或不同意应写明理由。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_task_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="8bd3b4d757c6636e6b6877e37eba08f8c4d44499",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_budget_task_history_16645",
                            table="budget_budgettask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_budget_task",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."decided_at") IS DISTINCT FROM (OLD."decided_at")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="a205fe40b4ba5d3a829cd6d4ea9dbca4602adf59",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_budget_task_7255c",
                            table="budget_budgettask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_task_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('waiting') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'lapsed') OR (OLD.state = 'waiting' AND NEW.state = 'passed') OR (OLD.state = 'waiting' AND NEW.state = 'refused') OR (OLD.state = 'waiting' AND NEW.state = 'returned')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="f9acd387873a8c444653642e50de762b281eb894",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_task_moves_ffd69",
                            table="budget_budgettask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_task_not_by_author",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."decided_by_id" IS NOT NULL)',
                            func="\n            IF NEW.decided_by_id = ANY ((SELECT b.authors FROM budget_budget b WHERE b.id = NEW.budget_id)::bigint[]) THEN\n                RAISE EXCEPTION '拟定、修改或送办过本预算的人不能审批本预算，也不能代录意见。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="ebc650469358ee370e448f7c2cc230f0142ac187",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_task_not_by_author_225a6",
                            table="budget_budgettask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_task_paper_of_the_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."document_date" IS NOT NULL)',
                            func="\n            IF NEW.document_date > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n                RAISE EXCEPTION '文件日期不能晚于今天（第八条第二款）。' USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="ec4b3af1580a6b870092d0d72329287cb5fa4e65",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_task_paper_of_the_past_308f8",
                            table="budget_budgettask",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgettask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_task_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' THEN\n                RAISE EXCEPTION '意见一经作出，不得更改（第八条第二款）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            ELSIF (NEW.round, NEW.assigned_organ, NEW.assigned_name, NEW.budget_id) IS DISTINCT FROM (OLD.round, OLD.assigned_organ, OLD.assigned_name, OLD.budget_id) OR OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at\n            THEN\n                RAISE EXCEPTION '送办的事项、机关和时间不得更改（第八条第二款）。'\n                    USING ERRCODE = 'FJ001', DETAIL = '8.p2';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="12fdad2a6afdb48d2198aab75ba925de3820bec1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_budget_task_stays_10bdb",
                            table="budget_budgettask",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
