import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.territory


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_receipts")]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                ("rule", models.CharField(max_length=60, verbose_name="规则")),
                ("provision", models.CharField(max_length=12, verbose_name="条文")),
                ("bit", models.PositiveIntegerField(verbose_name="核对位")),
                ("rule_book", models.CharField(max_length=80, verbose_name="规则版本")),
                ("source", models.CharField(max_length=100, verbose_name="来源")),
                ("seen", models.CharField(max_length=500, verbose_name="看到的内容")),
                ("by_id", models.BigIntegerField(verbose_name="核实账号")),
                ("by", models.CharField(max_length=100, verbose_name="核实人")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="核实时间")),
            ],
            options={"verbose_name": "待核实条件的核实", "verbose_name_plural": "待核实条件的核实"},
        ),
        pgtrigger.migrations.RemoveTrigger(model_name="application", name="application_moves"),
        migrations.AddField(
            model_name="application",
            name="handed_in_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="最近提交时间"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('draft') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'submitted') OR (OLD.state = 'qualified' AND NEW.state = 'submitted') OR (OLD.state = 'qualified' AND NEW.state = 'withdrawn') OR (OLD.state = 'rejected' AND NEW.state = 'submitted') OR (OLD.state = 'returned' AND NEW.state = 'rejected') OR (OLD.state = 'returned' AND NEW.state = 'submitted') OR (OLD.state = 'returned' AND NEW.state = 'withdrawn') OR (OLD.state = 'submitted' AND NEW.state = 'draft') OR (OLD.state = 'submitted' AND NEW.state = 'qualified') OR (OLD.state = 'submitted' AND NEW.state = 'rejected') OR (OLD.state = 'submitted' AND NEW.state = 'returned') OR (OLD.state = 'submitted' AND NEW.state = 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state = 'draft')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                    hash="32f8170401064d0da390fcbb9a5e624144db3f13",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_application_moves_59aad",
                    table="applications_application",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_doubts_verified",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'qualified' AND NOT (OLD.\"state\" = 'qualified'))",
                    func="\n                IF NEW.undetermined & ~coalesce((\n                    SELECT bit_or(v.bit) FROM applications_verification v WHERE v.application_id = NEW.id\n                    AND v.rule_book = NEW.rule_book AND v.at >= coalesce(NEW.handed_in_at, NEW.submitted_at)), 0) <> 0 THEN\n                    RAISE EXCEPTION '还有待核实的条件，逐项核实后才能审查合格（第十八条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '18';\n                END IF;\n                RETURN NEW;\n                ",
                    hash="cb9130346b61c697b7322cd434f24f361782fea5",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_application_doubts_verified_3740f",
                    table="applications_application",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_verdict_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'submitted' AND OLD.\"state\" IN ('qualified', 'rejected'))",
                    func="\n                IF EXISTS (SELECT FROM exams_seat s WHERE s.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM selection_stagescore s WHERE s.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM selection_candidate c WHERE c.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM medical_medicalexam m WHERE m.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM applications_backgroundcheck b WHERE b.application_id = NEW.id) THEN\n                    RAISE EXCEPTION '已有准考证、成绩、排名、体检或者考察，不能再更正审查结论（第十八条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '18';\n                END IF;\n                RETURN NEW;\n                ",
                    hash="ad05441f35392d20a84fa27df33353c4292da46a",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_application_verdict_stands_8088e",
                    table="applications_application",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_taken_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'draft' AND OLD.\"state\" = 'submitted')",
                    func="\n                IF OLD.reviewed_by <> '' THEN\n                    RAISE EXCEPTION '资格审查已经开始，不能撤回修改（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                    hash="d01c9adffdbe65c07f8dd3ed36381c05aa681174",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_application_taken_back_ffa53",
                    table="applications_application",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verifications",
                to="applications.application",
                verbose_name="报名",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=fujing.kernel.territory.RowPolicy(
                command="ALL",
                name="verification_territory",
                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seen__regex", "\\S"), ("source__regex", "\\S"), models.Q(("by", ""), _negated=True)
                ),
                name="verification_says_what_and_where",
                violation_error_code="18",
                violation_error_message="核实应写明来源、看到的内容和核实人（第十八条）。",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("bit__gt", 0)),
                name="verification_of_one_condition",
                violation_error_code="18",
                violation_error_message="核实应对应一项条件（第十八条）。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verification",
            trigger=pgtrigger.compiler.Trigger(
                name="verification_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;\nRAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                    hash="2c5d198afa4c9bd0fe3c560aaf62a4b0c4d94d9c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_verification_append_only_3d626",
                    table="applications_verification",
                    when="BEFORE",
                ),
            ),
        ),
    ]
