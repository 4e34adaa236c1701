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

    dependencies = [
        ("budget", "0001_initial"),
        ("kernel", "0004_history_of_person"),
        ("registry", "0008_no_gap_between_places"),
    ]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="MonthFacts",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("month", models.DateField(verbose_name="月份")),
                        (
                            "night_shifts",
                            models.DecimalField(decimal_places=6, default=0, max_digits=9, verbose_name="夜班"),
                        ),
                        (
                            "duty_days",
                            models.DecimalField(decimal_places=6, default=0, max_digits=9, verbose_name="值班"),
                        ),
                        (
                            "overtime_weekday",
                            models.DecimalField(decimal_places=6, default=0, max_digits=9, verbose_name="平日加班小时"),
                        ),
                        (
                            "overtime_restday",
                            models.DecimalField(
                                decimal_places=6, default=0, max_digits=9, verbose_name="休息日加班小时"
                            ),
                        ),
                        (
                            "overtime_holiday",
                            models.DecimalField(
                                decimal_places=6, default=0, max_digits=9, verbose_name="节假日加班小时"
                            ),
                        ),
                        (
                            "personal_leave_days",
                            models.DecimalField(decimal_places=6, default=0, max_digits=9, verbose_name="事假天数"),
                        ),
                        (
                            "sick_leave_days",
                            models.DecimalField(decimal_places=6, default=0, max_digits=9, verbose_name="病假天数"),
                        ),
                        ("back_pay", models.BigIntegerField(default=0, verbose_name="补发（分）")),
                        ("recovery_due", models.BigIntegerField(default=0, verbose_name="追偿（分）")),
                    ],
                    options={"verbose_name": "薪酬月份事实", "verbose_name_plural": "薪酬月份事实"},
                ),
                migrations.CreateModel(
                    name="PayLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("person_id", models.BigIntegerField(verbose_name="人员")),
                        ("month", models.DateField(verbose_name="所属月份")),
                        (
                            "amounts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="各项（分）"
                            ),
                        ),
                        ("gross", models.BigIntegerField(default=0, verbose_name="应发（分）")),
                        ("contributions", models.BigIntegerField(default=0, verbose_name="个人缴费（分）")),
                        ("employer", models.BigIntegerField(default=0, verbose_name="单位缴费（分）")),
                        ("tax", models.BigIntegerField(default=0, verbose_name="个人所得税（分）")),
                        ("recovery", models.BigIntegerField(default=0, verbose_name="追偿（分）")),
                        ("net", models.BigIntegerField(default=0, verbose_name="实发（分）")),
                        ("cost", models.BigIntegerField(default=0, verbose_name="用人成本（分）")),
                    ],
                    options={"verbose_name": "工资单明细", "verbose_name_plural": "工资单明细"},
                ),
                migrations.CreateModel(
                    name="PayRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("month", models.DateField(verbose_name="月份")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "已核算，待报审"),
                                    ("submitted", "待审批"),
                                    ("approved", "已审批，待发放"),
                                    ("locked", "已发放"),
                                    ("returned", "已退回"),
                                    ("withdrawn", "已作废"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("pays_since", models.DateField(verbose_name="本系统发放自")),
                        ("schemes", models.JSONField(default=dict, verbose_name="各月的方案")),
                        ("facts_until", models.BigIntegerField(verbose_name="事实截至")),
                        (
                            "codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), default=list, size=None, verbose_name="项目"
                            ),
                        ),
                        ("people", models.PositiveIntegerField(default=0, verbose_name="人数")),
                        ("undetermined", models.PositiveIntegerField(default=0, verbose_name="待核实人数")),
                        ("gross", models.BigIntegerField(default=0, verbose_name="应发（分）")),
                        ("contributions", models.BigIntegerField(default=0, verbose_name="个人缴费（分）")),
                        ("employer", models.BigIntegerField(default=0, verbose_name="单位缴费（分）")),
                        ("tax", models.BigIntegerField(default=0, verbose_name="个人所得税（分）")),
                        ("recovery", models.BigIntegerField(default=0, verbose_name="追偿（分）")),
                        ("net", models.BigIntegerField(default=0, verbose_name="实发（分）")),
                        ("cost", models.BigIntegerField(default=0, verbose_name="用人成本（分）")),
                        ("paid", models.BigIntegerField(default=0, verbose_name="发放（分）")),
                        ("owed", models.BigIntegerField(default=0, verbose_name="结转待扣（分）")),
                        ("basis", models.CharField(max_length=64, verbose_name="核算依据摘要")),
                        ("digest", models.CharField(max_length=64, verbose_name="工资单摘要")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="退回或者作废的理由")),
                        ("made_by", models.CharField(max_length=100, verbose_name="核算人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="核算人账号"),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="审批人")),
                        (
                            "decided_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="审批人账号"),
                        ),
                        ("locked_by", models.CharField(blank=True, max_length=100, verbose_name="发放人")),
                        (
                            "locked_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="发放人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="核算时间")),
                        ("locked_on", models.DateField(blank=True, null=True, verbose_name="发放日期")),
                    ],
                    options={"verbose_name": "月度薪酬", "verbose_name_plural": "月度薪酬"},
                ),
                migrations.CreateModel(
                    name="PayScheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("version", models.PositiveIntegerField(verbose_name="第几版")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "已录入，待核准"),
                                    ("approved", "已核准"),
                                    ("refused", "不予核准"),
                                ],
                                default="entered",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="方案（YAML）")),
                        ("effective", models.DateField(verbose_name="施行日期")),
                        ("document_number", models.CharField(max_length=60, verbose_name="文号")),
                        ("document_date", models.DateField(verbose_name="文件日期")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="不予核准的理由")),
                        ("made_by", models.CharField(max_length=100, verbose_name="录入人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="录入人账号"),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="核准人")),
                        (
                            "decided_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="核准人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                    ],
                    options={"verbose_name": "薪酬方案", "verbose_name_plural": "薪酬方案"},
                ),
                migrations.CreateModel(
                    name="PaySlip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("computed", "已核算"), ("undetermined", "待核实")],
                                max_length=12,
                                verbose_name="结论",
                            ),
                        ),
                        (
                            "missing",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), default=list, size=None, verbose_name="缺少"
                            ),
                        ),
                        ("gross", models.BigIntegerField(default=0, verbose_name="应发（分）")),
                        ("contributions", models.BigIntegerField(default=0, verbose_name="个人缴费（分）")),
                        ("employer", models.BigIntegerField(default=0, verbose_name="单位缴费（分）")),
                        ("tax", models.BigIntegerField(default=0, verbose_name="个人所得税（分）")),
                        ("recovery", models.BigIntegerField(default=0, verbose_name="追偿（分）")),
                        ("net", models.BigIntegerField(default=0, verbose_name="实发（分）")),
                        ("cost", models.BigIntegerField(default=0, verbose_name="用人成本（分）")),
                        ("brought", models.BigIntegerField(default=0, verbose_name="上次结转待扣（分）")),
                        ("paid", models.BigIntegerField(default=0, verbose_name="发放（分）")),
                        ("owes", models.BigIntegerField(default=0, verbose_name="结转下次待扣（分）")),
                    ],
                    options={"verbose_name": "工资单", "verbose_name_plural": "工资单"},
                ),
                migrations.CreateModel(
                    name="StandingFacts",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("since", models.DateField(verbose_name="自月份")),
                        ("category", models.CharField(blank=True, max_length=10, verbose_name="类别")),
                        ("tier", models.CharField(blank=True, max_length=40, verbose_name="层级")),
                        ("post_grade", models.CharField(blank=True, max_length=40, verbose_name="岗位等级")),
                        ("hired_on", models.DateField(null=True, verbose_name="入职日期")),
                        ("left_on", models.DateField(null=True, verbose_name="离职日期")),
                        ("appraisal", models.CharField(blank=True, max_length=40, verbose_name="上年度考核")),
                        ("social_base", models.BigIntegerField(null=True, verbose_name="社保基数（分）")),
                        ("housing_base", models.BigIntegerField(null=True, verbose_name="公积金基数（分）")),
                        ("special_deductions", models.BigIntegerField(null=True, verbose_name="专项附加扣除（分）")),
                        ("first_job", models.BooleanField(null=True, verbose_name="首次就业")),
                    ],
                    options={"verbose_name": "薪酬人员事实", "verbose_name_plural": "薪酬人员事实"},
                ),
                migrations.CreateModel(
                    name="FactSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        ("said_by", models.CharField(max_length=100, verbose_name="填报人")),
                        (
                            "said_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="填报人账号"),
                        ),
                        ("known_at", models.DateTimeField(auto_now_add=True, verbose_name="填报时间")),
                    ],
                    options={
                        "verbose_name": "薪酬事实填报",
                        "verbose_name_plural": "薪酬事实填报",
                        "indexes": [models.Index(fields=["organ_code", "id"], name="pay_sheet_organ")],
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="pay_sheet_payroll",
                                using="organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint\n    AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.role IN ('hr_officer', 'finance', 'hr_head', 'organ_leader') AND r.span @> (now() AT TIME ZONE 'Asia/Shanghai')::date)",
                            )
                        ],
                    },
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="factsheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_sheet_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="6555aa6e54af7370cc1f6c19d04365613d8a2abc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_sheet_append_only_05a6e",
                            table="payroll_factsheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factsheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_pay_sheet",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."said_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."said_by_id" IS DISTINCT FROM OLD."said_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."said_by" IS DISTINCT FROM OLD."said_by" OR (false) THEN\n            NEW."said_by_id" := CASE WHEN NEW."said_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."said_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."said_by_id" := OLD."said_by_id";\n        END IF;\nRETURN NEW;',
                            hash="34c964d0bbfd86dc5cda5e8a8d1d41a01bdece4d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_pay_sheet_7b9de",
                            table="payroll_factsheet",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="monthfacts",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddField(
            model_name="monthfacts",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="months",
                to="payroll.factsheet",
                verbose_name="填报",
            ),
        ),
        migrations.AddField(
            model_name="payrun",
            name="insurance_entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget.budgetentry",
                verbose_name="社保支出",
            ),
        ),
        migrations.AddField(
            model_name="payrun",
            name="pay_entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget.budgetentry",
                verbose_name="薪酬支出",
            ),
        ),
        migrations.AddField(
            model_name="payrun",
            name="previous",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payroll.payrun",
                verbose_name="上次发放",
            ),
        ),
        migrations.AddField(
            model_name="payline",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="payroll.payrun",
                verbose_name="月度薪酬",
            ),
        ),
        migrations.AddField(
            model_name="payscheme",
            name="scan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
                verbose_name="扫描件",
            ),
        ),
        migrations.AddField(
            model_name="payrun",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="payroll.payscheme",
                verbose_name="薪酬方案",
            ),
        ),
        migrations.AddField(
            model_name="payslip",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddField(
            model_name="payslip",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slips",
                to="payroll.payrun",
                verbose_name="月度薪酬",
            ),
        ),
        migrations.AddField(
            model_name="payline",
            name="slip",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="payroll.payslip",
                verbose_name="工资单",
            ),
        ),
        migrations.AddField(
            model_name="standingfacts",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddField(
            model_name="standingfacts",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standing",
                to="payroll.factsheet",
                verbose_name="填报",
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="monthfacts",
                    index=models.Index(fields=["organ_code", "month", "person"], name="pay_month_person"),
                ),
                migrations.AddConstraint(
                    model_name="monthfacts",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_month_payroll",
                        using="organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint\n    AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.role IN ('hr_officer', 'finance', 'hr_head', 'organ_leader') AND r.span @> (now() AT TIME ZONE 'Asia/Shanghai')::date)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="monthfacts",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_month_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="monthfacts",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="pay_month_first_of_month",
                        violation_error_code="33",
                        violation_error_message="月份应写作当月一日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="monthfacts",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_month_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="ab02a1b04638f322fa48f45235b2e212e5cd88b3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_month_append_only_6f518",
                            table="payroll_monthfacts",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payscheme",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_scheme_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payscheme",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_scheme_own",
                        using="state = 'approved' AND organ_code = (SELECT p.organ_code FROM registry_person p WHERE p.id = nullif(current_setting('fujing.person', true), '')::bigint)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payscheme",
                    constraint=models.UniqueConstraint(
                        fields=("organ_code", "version"),
                        name="pay_scheme_version_once",
                        violation_error_message="已有同一版的薪酬方案，请重新打开页面。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payscheme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("document_number__regex", "\\S"), ("text__regex", "\\S")),
                        name="pay_scheme_by_document",
                        violation_error_code="33",
                        violation_error_message="薪酬方案应写明文号、文件日期，并附扫描件。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payscheme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "entered"),
                            models.Q(
                                ("decided_by_id__isnull", False),
                                ("made_by_id__isnull", False),
                                models.Q(("decided_by_id", models.F("made_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pay_scheme_approved_by_another",
                        violation_error_code="33",
                        violation_error_message="录入人不能核准自己录入的薪酬方案，应由另一人核准。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payscheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_scheme_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="922768d109af6fc0085e7331f2c8f528b51abd4b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_pay_scheme_history_8da9a",
                            table="payroll_payscheme",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payscheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_pay_scheme",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\n\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state")) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="930371b8bc190fcf054210e65ed17a0c0ba3faff",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_pay_scheme_c62e4",
                            table="payroll_payscheme",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payscheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_scheme_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('entered') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'entered' AND NEW.state = 'approved') OR (OLD.state = 'entered' AND NEW.state = 'refused')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="08c9a53fd9b8d949dddaf1624f75e2919e2989bc",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_pay_scheme_moves_41fd1",
                            table="payroll_payscheme",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payscheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_scheme_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                IF TG_OP = \'DELETE\' OR\n                    (NEW."organ_code", NEW."version", NEW."text", NEW."effective", NEW."document_number", NEW."document_date", NEW."scan_id") IS DISTINCT FROM (OLD."organ_code", OLD."version", OLD."text", OLD."effective", OLD."document_number", OLD."document_date", OLD."scan_id")\n                THEN\n                    RAISE EXCEPTION \'录入的薪酬方案不得改动或者删除，修改应录入新的方案。\'\n                        USING ERRCODE = \'FJ001\', DETAIL = \'33\';\n                END IF;\n                RETURN NEW;\n                ',
                            hash="c7d41fb565a865028685e963650077289f3219ca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_scheme_stays_5859c",
                            table="payroll_payscheme",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_run_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_run_own",
                        using="state = 'locked' AND organ_code = (SELECT p.organ_code FROM registry_person p WHERE p.id = nullif(current_setting('fujing.person', true), '')::bigint)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted", "approved"))),
                        fields=("organ_code",),
                        name="pay_run_one_open",
                        violation_error_code="33",
                        violation_error_message="本机关还有一次核算没有办结，办结或者作废后才能再核算。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "locked")),
                        fields=("organ_code", "month"),
                        name="pay_run_locked_once",
                        violation_error_code="33",
                        violation_error_message="这个月已经发放，差额在下一个月补发或者扣回。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="pay_run_first_of_month",
                        violation_error_code="33",
                        violation_error_message="月份应写作当月一日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cost",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "+", models.F("employer")
                                ),
                            ),
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("gross"), "-", models.F("contributions")
                                        ),
                                        "-",
                                        models.F("tax"),
                                    ),
                                    "-",
                                    models.F("recovery"),
                                ),
                            ),
                        ),
                        name="pay_run_adds_up",
                        violation_error_code="33",
                        violation_error_message="实发应等于应发减去个人缴费、个人所得税和追偿，用人成本应等于应发加上单位缴费。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "locked"]), _negated=True),
                            models.Q(
                                ("decided_by_id__isnull", False),
                                ("made_by_id__isnull", False),
                                models.Q(("decided_by_id", models.F("made_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pay_run_approved_by_another",
                        violation_error_code="33",
                        violation_error_message="核算人不能审批自己的核算，应由另一人审批。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "locked"), _negated=True),
                            models.Q(("locked_by_id__isnull", False), ("locked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="pay_run_locked_by_somebody",
                        violation_error_code="33",
                        violation_error_message="确认发放应写明发放人和日期。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_run_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="2f0bb08c1d84204b40a5e9664b939c967266b825",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_pay_run_history_60437",
                            table="payroll_payrun",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_pay_run",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\n\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state") AND NEW.state IN (\'approved\', \'returned\')) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\n\n        IF NEW."locked_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."locked_by_id" IS DISTINCT FROM OLD."locked_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."locked_by" IS DISTINCT FROM OLD."locked_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state") AND NEW.state = \'locked\') THEN\n            NEW."locked_by_id" := CASE WHEN NEW."locked_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."locked_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."locked_by_id" := OLD."locked_by_id";\n        END IF;\nRETURN NEW;',
                            hash="e4e624bab2c9b6c63619b26dea3ede2bc99067cc",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_pay_run_ef2dc",
                            table="payroll_payrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_run_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'approved' AND NEW.state = 'locked') OR (OLD.state = 'approved' AND NEW.state = 'returned') OR (OLD.state = 'draft' AND NEW.state = 'submitted') OR (OLD.state = 'draft' AND NEW.state = 'withdrawn') OR (OLD.state = 'submitted' AND NEW.state = 'approved') OR (OLD.state = 'submitted' AND NEW.state = 'returned') OR (OLD.state = 'submitted' AND NEW.state = 'withdrawn')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="51e1fb4792c350856e97ca1bf3f698caf6c439ba",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_pay_run_moves_ba39d",
                            table="payroll_payrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_run_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION '薪酬核算不得删除，可以作废。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'locked' THEN\n        RAISE EXCEPTION '已发放的薪酬不得改动，差额在下一个月补发或者扣回。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF TG_OP = 'UPDATE' AND (NEW.organ_code, NEW.month, NEW.pays_since, NEW.scheme_id, NEW.schemes, NEW.facts_until, NEW.previous_id, NEW.codes, NEW.people, NEW.undetermined, NEW.paid, NEW.owed, NEW.basis, NEW.digest, NEW.made_by, NEW.made_by_id, NEW.made_at, NEW.gross, NEW.contributions, NEW.employer, NEW.tax, NEW.recovery, NEW.net, NEW.cost) IS DISTINCT FROM (OLD.organ_code, OLD.month, OLD.pays_since, OLD.scheme_id, OLD.schemes, OLD.facts_until, OLD.previous_id, OLD.codes, OLD.people, OLD.undetermined, OLD.paid, OLD.owed, OLD.basis, OLD.digest, OLD.made_by, OLD.made_by_id, OLD.made_at, OLD.gross, OLD.contributions, OLD.employer, OLD.tax, OLD.recovery, OLD.net, OLD.cost) THEN\n        RAISE EXCEPTION '核算结果不得改动，可以作废后重新核算。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF TG_OP = 'INSERT' AND NEW.month > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '不能核算以后的月份。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF TG_OP = 'INSERT' AND EXISTS (SELECT FROM payroll_payrun r\n        WHERE r.organ_code = NEW.organ_code AND r.state = 'locked' AND r.month >= NEW.month) THEN\n        RAISE EXCEPTION '这个月或者以后的月份已经发放，差额在下一个月补发或者扣回。'\n            USING ERRCODE = 'FJ001', DETAIL = '33';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="58c3c598c53ca032fccd7ea934b9c75012e1810f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_pay_run_stays_2fda2",
                            table="payroll_payrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_run_adds_up",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF OLD.state <> 'draft' OR NEW.state <> 'submitted' THEN\n        RETURN NEW;\n    ELSIF EXISTS (SELECT FROM payroll_payline l CROSS JOIN LATERAL (\n            SELECT coalesce(sum(a.cents) FILTER (WHERE a.code LIKE 'item.%'), 0) AS gross, coalesce(sum(a.cents) FILTER (WHERE a.code LIKE 'person.%'), 0) AS contributions, coalesce(sum(a.cents) FILTER (WHERE a.code LIKE 'employer.%'), 0) AS employer,\n                coalesce(sum(a.cents) FILTER (WHERE a.code LIKE 'tax%'), 0) AS tax, coalesce(sum(a.cents) FILTER (WHERE a.code LIKE 'recovery%'), 0) AS recovery\n            FROM unnest(NEW.codes, l.amounts) AS a (code, cents)) s\n        WHERE l.run_id = NEW.id AND (cardinality(l.amounts) <> cardinality(NEW.codes)\n            OR (l.gross, l.contributions, l.employer, l.tax, l.recovery)\n                IS DISTINCT FROM (s.gross, s.contributions, s.employer, s.tax, s.recovery))) THEN\n        RAISE EXCEPTION '有明细的各项之和与合计不一致，不能报审。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF EXISTS (SELECT FROM (SELECT * FROM payroll_payslip WHERE run_id = NEW.id) s FULL JOIN (\n            SELECT slip_id, sum(gross) AS gross, sum(contributions) AS contributions, sum(employer) AS employer,\n                sum(tax) AS tax, sum(recovery) AS recovery FROM payroll_payline WHERE run_id = NEW.id GROUP BY slip_id) l\n            ON l.slip_id = s.id\n        WHERE (s.gross, s.contributions, s.employer, s.tax, s.recovery) IS DISTINCT FROM\n                (coalesce(l.gross, 0), coalesce(l.contributions, 0), coalesce(l.employer, 0), coalesce(l.tax, 0),\n                coalesce(l.recovery, 0))) THEN\n        RAISE EXCEPTION '有工资单与它的明细之和不一致，不能报审。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    ELSIF (SELECT (count(*), coalesce(sum(gross), 0), coalesce(sum(net), 0), coalesce(sum(cost), 0), coalesce(sum(paid), 0),\n            coalesce(sum(owes), 0)) IS DISTINCT FROM\n            (NEW.people::bigint, NEW.gross::numeric, NEW.net::numeric, NEW.cost::numeric, NEW.paid::numeric,\n            NEW.owed::numeric)\n        FROM payroll_payslip WHERE run_id = NEW.id) THEN\n        RAISE EXCEPTION '合计与各张工资单之和不一致，不能报审。' USING ERRCODE = 'FJ001', DETAIL = '33';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="e04ba954e54cb65c129402a1e9c98e713788dcd3",
                            operation="UPDATE",
                            pgid="pgtrigger_pay_run_adds_up_dde8f",
                            table="payroll_payrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_slip_payroll",
                        using="organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint\n    AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.role IN ('hr_officer', 'finance', 'hr_head', 'organ_leader') AND r.span @> (now() AT TIME ZONE 'Asia/Shanghai')::date)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_slip_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint AND EXISTS (SELECT 1 FROM payroll_payrun r WHERE r.id = run_id AND r.state = 'locked')",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=models.UniqueConstraint(
                        fields=("run", "person"),
                        name="pay_slip_once",
                        violation_error_message="一人一次只有一张工资单。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cost",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "+", models.F("employer")
                                ),
                            ),
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("gross"), "-", models.F("contributions")
                                        ),
                                        "-",
                                        models.F("tax"),
                                    ),
                                    "-",
                                    models.F("recovery"),
                                ),
                            ),
                        ),
                        name="pay_slip_adds_up",
                        violation_error_code="33",
                        violation_error_message="实发应等于应发减去个人缴费、个人所得税和追偿，用人成本应等于应发加上单位缴费。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("brought__gte", 0),
                            ("owes__gte", 0),
                            (
                                "paid",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("owes"), "+", models.F("net")
                                    ),
                                    "-",
                                    models.F("brought"),
                                ),
                            ),
                            ("paid__gte", 0),
                            models.Q(("paid", 0), ("owes", 0), _connector="OR"),
                        ),
                        name="pay_slip_never_below_zero",
                        violation_error_code="33",
                        violation_error_message="发放不能小于零，不足扣回的结转下次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payslip",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missing__len", 0), ("outcome", "computed")),
                            models.Q(("missing__len__gt", 0), ("outcome", "undetermined")),
                            _connector="OR",
                        ),
                        name="pay_slip_says_what_is_missing",
                        violation_error_code="33",
                        violation_error_message="待核实的工资单应写明缺少什么。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payslip",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_slip_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="51f9d0f29523d00ef8e5b132ec794a48e4681998",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_slip_append_only_d267d",
                            table="payroll_payslip",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payslip",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_slip_of_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM 1 FROM payroll_payrun WHERE id IN (SELECT run_id FROM added) FOR SHARE;\n        IF EXISTS (SELECT FROM added a LEFT JOIN payroll_payrun r ON r.id = a.run_id AND r.organ_code = a.organ_code\n            AND r.state = 'draft' LEFT JOIN registry_person other ON other.id = a.person_id AND other.organ_code = a.organ_code WHERE r.id IS NULL OR other.id IS NULL) THEN\n            RAISE EXCEPTION '工资单和明细只随本机关的核算写入，报审后不得增加。' USING ERRCODE = 'FJ001', DETAIL = '33';\n        END IF;\n        RETURN NULL;\n        ",
                            hash="d559e7fa448894b1f20b7429e834abd073a0bc5d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_pay_slip_of_draft_5cee7",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="payroll_payslip",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_line_payroll",
                        using="organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint\n    AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.role IN ('hr_officer', 'finance', 'hr_head', 'organ_leader') AND r.span @> (now() AT TIME ZONE 'Asia/Shanghai')::date)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payline",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_line_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint AND EXISTS (SELECT 1 FROM payroll_payrun r WHERE r.id = run_id AND r.state = 'locked')",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payline",
                    constraint=models.UniqueConstraint(
                        fields=("run", "person_id", "month"),
                        name="pay_line_once",
                        violation_error_message="一张工资单每个所属月份只有一行明细。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="pay_line_first_of_month",
                        violation_error_code="33",
                        violation_error_message="月份应写作当月一日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cost",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "+", models.F("employer")
                                ),
                            ),
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("gross"), "-", models.F("contributions")
                                        ),
                                        "-",
                                        models.F("tax"),
                                    ),
                                    "-",
                                    models.F("recovery"),
                                ),
                            ),
                        ),
                        name="pay_line_adds_up",
                        violation_error_code="33",
                        violation_error_message="实发应等于应发减去个人缴费、个人所得税和追偿，用人成本应等于应发加上单位缴费。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_line_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="9b41184ddee5152a7aa7121f43e590afcc902712",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_line_append_only_5291c",
                            table="payroll_payline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_line_of_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM 1 FROM payroll_payrun WHERE id IN (SELECT run_id FROM added) FOR SHARE;\n        IF EXISTS (SELECT FROM added a LEFT JOIN payroll_payrun r ON r.id = a.run_id AND r.organ_code = a.organ_code\n            AND r.state = 'draft' LEFT JOIN payroll_payslip other ON (other.id, other.run_id, other.person_id) = (a.slip_id, a.run_id, a.person_id) WHERE r.id IS NULL OR other.id IS NULL) THEN\n            RAISE EXCEPTION '工资单和明细只随本机关的核算写入，报审后不得增加。' USING ERRCODE = 'FJ001', DETAIL = '33';\n        END IF;\n        RETURN NULL;\n        ",
                            hash="7c5ac3e6876eec8fa0e725ded7c8b5c93cc48dea",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_pay_line_of_draft_f0332",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="payroll_payline",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="standingfacts",
                    index=models.Index(fields=["organ_code", "person", "since"], name="pay_standing_person"),
                ),
                migrations.AddConstraint(
                    model_name="standingfacts",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="pay_standing_payroll",
                        using="organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = nullif(current_setting('fujing.account', true), '')::bigint\n    AND r.organ_code = nullif(current_setting('fujing.organ', true), '')::bigint AND r.role IN ('hr_officer', 'finance', 'hr_head', 'organ_leader') AND r.span @> (now() AT TIME ZONE 'Asia/Shanghai')::date)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standingfacts",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="pay_standing_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standingfacts",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("since__day", 1)),
                        name="pay_standing_first_of_month",
                        violation_error_code="33",
                        violation_error_message="月份应写作当月一日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standingfacts",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("social_base__isnull", True), ("social_base__gte", 0), _connector="OR"),
                            models.Q(("housing_base__isnull", True), ("housing_base__gte", 0), _connector="OR"),
                            models.Q(
                                ("special_deductions__isnull", True), ("special_deductions__gte", 0), _connector="OR"
                            ),
                        ),
                        name="pay_standing_not_negative",
                        violation_error_code="34",
                        violation_error_message="缴费基数和专项附加扣除不能小于零。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standingfacts",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pay_standing_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="fae48a3ed84354c3143d69a05e0bb0e2e969c5ba",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pay_standing_append_only_f6212",
                            table="payroll_standingfacts",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
