import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import fujing.kernel.operations
import fujing.kernel.territory
import fujing.recruitment.exams.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_initial"),
        ("campaigns", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("name", models.CharField(max_length=40, verbose_name="考场")),
                        ("capacity", models.PositiveIntegerField(verbose_name="座位数")),
                    ],
                    options={"verbose_name": "考场", "verbose_name_plural": "考场"},
                ),
                migrations.CreateModel(
                    name="Sitting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("stage", models.CharField(max_length=20, verbose_name="环节")),
                        ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                        ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                        ("place", models.CharField(max_length=200, verbose_name="地点")),
                        ("bring", models.CharField(blank=True, max_length=300, verbose_name="携带物品")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("arranged", "编排中"),
                                    ("released", "准考证已发放"),
                                    ("held", "已考"),
                                    ("closed", "已归档"),
                                ],
                                default="arranged",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "seed",
                            models.CharField(
                                default=fujing.recruitment.exams.models.seed,
                                editable=False,
                                max_length=32,
                                verbose_name="编排种子",
                            ),
                        ),
                        ("made_by", models.CharField(max_length=100, verbose_name="编排人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="编排人账号"),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "考试安排", "verbose_name_plural": "考试安排"},
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        ("number", models.PositiveIntegerField(verbose_name="座位号")),
                        ("ticket", models.CharField(max_length=16, verbose_name="准考证号")),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    ("expected", "未登记"),
                                    ("present", "到场"),
                                    ("absent", "缺考"),
                                    ("misconduct", "违纪"),
                                ],
                                default="expected",
                                max_length=10,
                                verbose_name="到考情况",
                            ),
                        ),
                        ("happened", models.TextField(blank=True, verbose_name="违纪经过")),
                        ("first_invigilator", models.CharField(blank=True, max_length=60, verbose_name="监考人一")),
                        ("second_invigilator", models.CharField(blank=True, max_length=60, verbose_name="监考人二")),
                        ("marked_by", models.CharField(blank=True, max_length=100, verbose_name="登记人")),
                        (
                            "marked_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="登记人账号"),
                        ),
                        ("marked_at", models.DateTimeField(blank=True, null=True, verbose_name="登记时间")),
                        ("statement", models.TextField(blank=True, verbose_name="本人陈述")),
                        ("stated_at", models.DateTimeField(blank=True, null=True, verbose_name="陈述时间")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="exams.room",
                                verbose_name="考场",
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="exams.sitting",
                                verbose_name="考试安排",
                            ),
                        ),
                    ],
                    options={"verbose_name": "座位", "verbose_name_plural": "座位"},
                ),
            ]
        ),
        migrations.AddField(
            model_name="room",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rooms",
                to="exams.sitting",
                verbose_name="考试安排",
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Invigilator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("name", models.CharField(max_length=60, verbose_name="监考人")),
                        ("named_by", models.CharField(max_length=100, verbose_name="指定人")),
                        (
                            "named_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="指定人账号"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="监考账号",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invigilators",
                                to="exams.room",
                                verbose_name="考场",
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invigilators",
                                to="exams.sitting",
                                verbose_name="考试安排",
                            ),
                        ),
                    ],
                    options={"verbose_name": "监考人", "verbose_name_plural": "监考人"},
                ),
                migrations.CreateModel(
                    name="Elimination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        ("stage", models.CharField(max_length=20, verbose_name="止于环节")),
                        ("why", models.CharField(max_length=300, verbose_name="理由")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eliminations",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eliminations",
                                to="exams.sitting",
                                verbose_name="考试安排",
                            ),
                        ),
                    ],
                    options={"verbose_name": "未入围", "verbose_name_plural": "未入围"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="sitting_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT", name="sitting_public", using="state <> 'arranged'"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "stage"),
                        name="sitting_once",
                        violation_error_message="这个环节已有考试安排。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="sitting_in_order",
                        violation_error_message="结束时间应晚于开始时间。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sitting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sitting_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="41476db1bbe2381e8325f870dd9ae72fb1a247b2",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_sitting_history_03ad6",
                            table="exams_sitting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sitting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_sitting",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="569ea9040df294048ed8400eac8967b487749af8",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_sitting_bc944",
                            table="exams_sitting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sitting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sitting_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('arranged') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'arranged' AND NEW.state = 'released') OR (OLD.state = 'held' AND NEW.state = 'closed') OR (OLD.state = 'released' AND NEW.state = 'held')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="dd9b6717525fafbf5546f7c436e955b3cba33d99",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_sitting_moves_58e3f",
                            table="exams_sitting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sitting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sitting_seed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."seed" IS DISTINCT FROM (NEW."seed"))',
                            func="RAISE EXCEPTION '编排种子不能更改。' USING ERRCODE = 'FJ001';",
                            hash="73298c48bc1fae8c9f3d8cbef6bd80000929e959",
                            operation="UPDATE",
                            pgid="pgtrigger_sitting_seed_stays_ca0d5",
                            table="exams_sitting",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="seat_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="seat_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint AND EXISTS (SELECT 1 FROM exams_sitting t WHERE t.id = exams_seat.sitting_id AND t.state <> 'arranged')",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "application"),
                        name="seat_once",
                        violation_error_message="同一人在一场考试中只有一个座位。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.UniqueConstraint(
                        fields=("room", "number"), name="seat_of_one", violation_error_message="一个座位只能安排一人。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "ticket"), name="ticket_once", violation_error_message="准考证号重复。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)),
                        name="seat_number_from_one",
                        violation_error_message="座位号从1开始。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("attendance", "expected"),
                            models.Q(models.Q(("marked_by", ""), _negated=True), ("marked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="mark_has_its_author",
                        violation_error_message="登记到考情况应有登记人和时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attendance", "misconduct"), _negated=True),
                            models.Q(
                                models.Q(("happened", ""), _negated=True),
                                models.Q(("first_invigilator", ""), _negated=True),
                                models.Q(("second_invigilator", ""), _negated=True),
                                models.Q(("first_invigilator", models.F("second_invigilator")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="misconduct_witnessed",
                        violation_error_message="登记违纪应写明经过和两名监考人。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("statement", ""), ("stated_at__isnull", False), _connector="OR"),
                        name="statement_has_its_time",
                        violation_error_message="本人陈述应有时间。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seat_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="e205f1bdc3e9dc63a050ba1837aa673ae3cf13c8",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_seat_history_1764b",
                            table="exams_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_seat",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."marked_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."marked_by_id" IS DISTINCT FROM OLD."marked_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."marked_by" IS DISTINCT FROM OLD."marked_by" OR ((NEW."attendance", NEW."marked_at") IS DISTINCT FROM (OLD."attendance", OLD."marked_at")) THEN\n            NEW."marked_by_id" := CASE WHEN NEW."marked_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."marked_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."marked_by_id" := OLD."marked_by_id";\n        END IF;\nRETURN NEW;',
                            hash="ca6b6e20d788a58779f6874a2668aa009846312a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_seat_ac079",
                            table="exams_seat",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="attendance_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.attendance NOT IN ('expected') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.attendance USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.attendance IS DISTINCT FROM OLD.attendance AND NOT ((OLD.attendance = 'absent' AND NEW.attendance = 'misconduct') OR (OLD.attendance = 'absent' AND NEW.attendance = 'present') OR (OLD.attendance = 'expected' AND NEW.attendance = 'absent') OR (OLD.attendance = 'expected' AND NEW.attendance = 'misconduct') OR (OLD.attendance = 'expected' AND NEW.attendance = 'present') OR (OLD.attendance = 'misconduct' AND NEW.attendance = 'absent') OR (OLD.attendance = 'misconduct' AND NEW.attendance = 'present') OR (OLD.attendance = 'present' AND NEW.attendance = 'absent') OR (OLD.attendance = 'present' AND NEW.attendance = 'misconduct')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.attendance, NEW.attendance USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="e0eb3d931883ccd56706d20f263af7f6ed788127",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_attendance_moves_15562",
                            table="exams_seat",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="attendance_in_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."attendance" IS DISTINCT FROM (NEW."attendance"))',
                            func="\n                PERFORM 1 FROM exams_sitting t WHERE t.id = NEW.sitting_id AND t.state IN ('released', 'held') FOR SHARE;\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION '准考证发放后、归档前才能登记到考情况（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                IF OLD.attendance <> 'expected' AND NOT (OLD.attendance = 'present' AND NEW.attendance = 'misconduct')\n                    AND coalesce(current_setting('fujing.reason', true), '') = '' THEN\n                    RAISE EXCEPTION '更正到考情况应写明理由（第二十一条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '21.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="c92b6ec0976ca33a49670681e4d50cfc6f1f0a82",
                            operation='UPDATE OF "attendance"',
                            pgid="pgtrigger_attendance_in_time_2b1e9",
                            table="exams_seat",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seat_fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM 1 FROM exams_sitting t WHERE t.id = NEW.sitting_id AND t.state = 'arranged' FOR SHARE;\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION '准考证发放后不能调整座位。' USING ERRCODE = 'FJ001';\n                END IF;\n                PERFORM 1 FROM exams_room r WHERE r.id = NEW.room_id AND r.sitting_id = NEW.sitting_id\n                    AND NEW.number <= r.capacity FOR SHARE;\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION '座位号超出考场座位数。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="896df5b827886a87240c8aad91f51044021604de",
                            operation='INSERT OR UPDATE OF "sitting_id", "room_id", "application_id", "number", "ticket"',
                            pgid="pgtrigger_seat_fits_35605",
                            table="exams_seat",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seat_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM exams_sitting t WHERE t.id = OLD.sitting_id AND t.state <> 'arranged') THEN\n                    RAISE EXCEPTION '准考证发放后不能调整座位。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN OLD;\n                ",
                            hash="d67043c335318919d69911719261e97fca1dfcb2",
                            operation="DELETE",
                            pgid="pgtrigger_seat_stays_4cbaa",
                            table="exams_seat",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="room",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="room_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="room",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="room_own",
                        using="EXISTS (SELECT 1 FROM exams_seat s WHERE s.room_id = exams_room.id AND s.account_id = nullif(current_setting('fujing.account', true), '')::bigint)",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="room",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "name"), name="room_once", violation_error_message="考场名称重复。"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="room",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("capacity__gt", 0)),
                        name="room_has_places",
                        violation_error_message="考场至少有一个座位。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="room",
                    trigger=pgtrigger.compiler.Trigger(
                        name="room_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="8e5aa494b2fd0a0a781cd2cc03065298306bc5d7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_room_history_e6117",
                            table="exams_room",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="room",
                    trigger=pgtrigger.compiler.Trigger(
                        name="room_keeps_its_places",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM exams_seat s WHERE s.room_id = NEW.id\n                    AND (s.number > NEW.capacity OR s.sitting_id <> NEW.sitting_id)) THEN\n                    RAISE EXCEPTION '考场座位数不能少于已编排的座位。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b3ab19fb4264095bd776ad3db4b7b6441e6c61ba",
                            operation="UPDATE",
                            pgid="pgtrigger_room_keeps_its_places_d24da",
                            table="exams_room",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invigilator",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="invigilator_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invigilator",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="invigilator_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invigilator",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "account"),
                        name="invigilator_once",
                        violation_error_message="此人已是这场考试的监考人。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invigilator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invigilator_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="7fdf635dc5a97b7a335be79011d57e297f4dd728",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_invigilator_history_ed22c",
                            table="exams_invigilator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invigilator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_invigilator",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."named_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."named_by_id" IS DISTINCT FROM OLD."named_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."named_by" IS DISTINCT FROM OLD."named_by" OR ((NEW."room_id", NEW."name") IS DISTINCT FROM (OLD."room_id", OLD."name")) THEN\n            NEW."named_by_id" := CASE WHEN NEW."named_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."named_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."named_by_id" := OLD."named_by_id";\n        END IF;\nRETURN NEW;',
                            hash="2d3d220ebe1e2f09d26a83a0471107d0b0e4be38",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_invigilator_4c6a1",
                            table="exams_invigilator",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invigilator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invigilator_before_the_end",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM 1 FROM exams_sitting t WHERE t.id = coalesce(NEW.sitting_id, OLD.sitting_id)\n                    AND t.state IN ('arranged', 'released') FOR SHARE;\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION '考试结束后不能改变监考人。' USING ERRCODE = 'FJ001';\n                END IF;\n                IF TG_OP <> 'DELETE' AND NEW.room_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exams_room r\n                    WHERE r.id = NEW.room_id AND r.sitting_id = NEW.sitting_id) THEN\n                    RAISE EXCEPTION '监考的考场不属于这场考试。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN coalesce(NEW, OLD);\n                ",
                            hash="e48547b5f9ac64d781f7cc0b1505d7c682dada0a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_invigilator_before_the_end_12a77",
                            table="exams_invigilator",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="elimination",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="elimination_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="elimination",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="elimination_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="elimination",
                    constraint=models.UniqueConstraint(
                        fields=("application",),
                        name="elimination_once",
                        violation_error_message="未入围的结果已经告知本人。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="elimination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="elimination_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="1b0c32d00d9caeb1d4184a8d30cfe64c23a1d252",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_elimination_append_only_293c4",
                            table="exams_elimination",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
