import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.territory


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budget", "0001_initial"),
        ("kernel", "0003_alter_reading_kind"),
        ("registry", "0007_database_objects"),
    ]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Commendation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("person_id", models.BigIntegerField(editable=False, verbose_name="人员")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "已申报，待核对"),
                                    ("checked", "已核对，待公示"),
                                    ("publicised", "公示中，期满待决定"),
                                    ("awarded", "已表彰"),
                                    ("refused", "不予表彰"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("title", models.CharField(max_length=60, verbose_name="表彰名称")),
                        ("deed", models.CharField(max_length=1000, verbose_name="事迹")),
                        ("achieved_on", models.DateField(verbose_name="事迹日期")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="奖金（元）",
                            ),
                        ),
                        ("publicised_from", models.DateField(blank=True, null=True, verbose_name="公示起")),
                        ("publicised_until", models.DateField(blank=True, null=True, verbose_name="公示止（含当日）")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="决定文号")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="撤回或者不予表彰的理由")),
                        ("made_by", models.CharField(max_length=100, verbose_name="申报人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="申报人账号"),
                        ),
                        ("checked_by", models.CharField(blank=True, max_length=100, verbose_name="核对人")),
                        (
                            "checked_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="核对人账号"),
                        ),
                        ("decided_by", models.CharField(blank=True, max_length=100, verbose_name="决定人")),
                        (
                            "decided_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="决定人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="申报时间")),
                        (
                            "commitment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="budget.budgetentry",
                                verbose_name="预留的奖励经费",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commendations",
                                to="registry.engagement",
                                verbose_name="用工",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                                verbose_name="事迹材料",
                            ),
                        ),
                    ],
                    options={"verbose_name": "表彰奖励", "verbose_name_plural": "表彰奖励"},
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
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("text", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="异议内容")),
                        ("upheld", models.BooleanField(blank=True, null=True, verbose_name="异议成立")),
                        ("answer", models.CharField(blank=True, max_length=500, verbose_name="调查和答复")),
                        ("recorded_by", models.CharField(max_length=100, verbose_name="登记人")),
                        (
                            "recorded_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="登记人账号"),
                        ),
                        ("answered_by", models.CharField(blank=True, max_length=100, verbose_name="答复人")),
                        (
                            "answered_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="答复人账号"),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                        (
                            "commendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="commendation.commendation",
                                verbose_name="表彰奖励",
                            ),
                        ),
                    ],
                    options={"verbose_name": "表彰异议", "verbose_name_plural": "表彰异议"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="commendation",
                    index=models.Index(fields=["organ_code", "state"], name="commendation_waiting"),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="commendation_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="commendation_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("deed__regex", "\\S"), ("title__regex", "\\S")),
                        name="commendation_deed_told",
                        violation_error_code="29",
                        violation_error_message="应写明表彰名称和事迹。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                        name="commendation_amount_positive",
                        violation_error_code="29",
                        violation_error_message="奖金应大于零；没有奖金的不填。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["checked", "publicised", "awarded"]), _negated=True),
                            models.Q(
                                models.Q(("checked_by", ""), _negated=True),
                                ("checked_by_id__isnull", False),
                                ("made_by_id__isnull", False),
                                models.Q(("checked_by_id", models.F("made_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="commendation_checked_by_another",
                        violation_error_code="29",
                        violation_error_message="申报人不能核对自己申报的表彰，应由另一人核对。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("publicised", "awarded")), _negated=True),
                            models.Q(
                                ("publicised_from__isnull", False),
                                ("publicised_until__gt", models.F("publicised_from")),
                                ("publicised_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="commendation_publicised",
                        violation_error_code="29",
                        violation_error_message="应写明公示的起止日期，至少两日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "awarded"), _negated=True),
                            models.Q(
                                ("decided_by_id__isnull", False),
                                ("decided_on__isnull", False),
                                ("document_number__regex", "\\S"),
                                models.Q(("decided_by_id", models.F("made_by_id")), _negated=True),
                                models.Q(
                                    models.Q(("amount__isnull", True), ("commitment__isnull", True)),
                                    models.Q(("amount__gt", 0), ("commitment__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="commendation_awarded_by_decision",
                        violation_error_code="29",
                        violation_error_message="决定表彰应有文号和日期，由申报人以外的人决定；有奖金的应从奖励经费中预留。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="1aba78932a97c9cd74cf291aadecf2948f0e33cb",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_commendation_history_e2e24",
                            table="commendation_commendation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_commendation",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\n\n        IF NEW."checked_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."checked_by_id" IS DISTINCT FROM OLD."checked_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."checked_by" IS DISTINCT FROM OLD."checked_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state") AND NEW.state = \'checked\') THEN\n            NEW."checked_by_id" := CASE WHEN NEW."checked_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."checked_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."checked_by_id" := OLD."checked_by_id";\n        END IF;\n\n        IF NEW."decided_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR ((NEW."state") IS DISTINCT FROM (OLD."state") AND NEW.state IN (\'awarded\', \'refused\')) THEN\n            NEW."decided_by_id" := CASE WHEN NEW."decided_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."decided_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."decided_by_id" := OLD."decided_by_id";\n        END IF;\nRETURN NEW;',
                            hash="3896085c31dade7ace22dd80b895b4eb8a131eb4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_commendation_92703",
                            table="commendation_commendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('proposed') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'checked' AND NEW.state = 'publicised') OR (OLD.state = 'checked' AND NEW.state = 'refused') OR (OLD.state = 'checked' AND NEW.state = 'withdrawn') OR (OLD.state = 'proposed' AND NEW.state = 'checked') OR (OLD.state = 'proposed' AND NEW.state = 'withdrawn') OR (OLD.state = 'publicised' AND NEW.state = 'awarded') OR (OLD.state = 'publicised' AND NEW.state = 'refused') OR (OLD.state = 'publicised' AND NEW.state = 'withdrawn')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="1686202886572896d67fcd6f2de99e9ecfc21f61",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_commendation_moves_b9890",
                            table="commendation_commendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION '表彰申报不得删除，可以撤回。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF NEW.achieved_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '事迹日期不能晚于今天。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF TG_OP = 'UPDATE' AND (NEW.organ_code, NEW.engagement_id, NEW.person_id, NEW.title, NEW.deed, NEW.achieved_on, NEW.evidence_id, NEW.amount, NEW.made_by, NEW.made_by_id)\n        IS DISTINCT FROM (OLD.organ_code, OLD.engagement_id, OLD.person_id, OLD.title, OLD.deed, OLD.achieved_on, OLD.evidence_id, OLD.amount, OLD.made_by, OLD.made_by_id) THEN\n        RAISE EXCEPTION '申报的事迹、材料和金额不得改动，可以撤回后重新申报。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF TG_OP = 'UPDATE' AND OLD.publicised_until IS NOT NULL AND (NEW.publicised_from, NEW.publicised_until)\n        IS DISTINCT FROM (OLD.publicised_from, OLD.publicised_until) THEN\n        RAISE EXCEPTION '公示期不得改动。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="7dc39c6796d6fa196cbb9042f75a9869b0e460be",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_commendation_stays_02171",
                            table="commendation_commendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_after_publicity",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE open_ones integer; upheld_ones integer;",
                            func="\n    IF NEW.state <> 'awarded' OR OLD.state = 'awarded' THEN\n        RETURN NEW;\n    END IF;\n    SELECT count(*) FILTER (WHERE upheld IS NULL), count(*) FILTER (WHERE upheld) INTO open_ones, upheld_ones\n        FROM commendation_objection WHERE commendation_id = NEW.id;\n    IF NEW.publicised_until >= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN\n        RAISE EXCEPTION '公示到%届满，届满以后才能决定。', NEW.publicised_until USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF open_ones > 0 THEN\n        RAISE EXCEPTION '还有%件异议没有答复，不能决定表彰。', open_ones USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF upheld_ones > 0 THEN\n        RAISE EXCEPTION '有%件异议成立，不能决定表彰。', upheld_ones USING ERRCODE = 'FJ001', DETAIL = '29';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="99b57616ef612fcf0df1805a3848edd3ea8efd0f",
                            operation="UPDATE",
                            pgid="pgtrigger_commendation_after_publicity_47fb1",
                            table="commendation_commendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="objection",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="commendation_objection_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="objection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_by", ""), ("upheld__isnull", True)),
                            models.Q(
                                ("answer__regex", "\\S"),
                                ("upheld__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="commendation_objection_answered",
                        violation_error_code="29",
                        violation_error_message="答复异议应写明是否成立、调查情况和答复人。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_objection_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="cd7acd10c8815c68d8fb261984e6a7662a22978e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_commendation_objection_history_74910",
                            table="commendation_objection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_commendation_objection",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."recorded_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."recorded_by_id" IS DISTINCT FROM OLD."recorded_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."recorded_by" IS DISTINCT FROM OLD."recorded_by" OR (false) THEN\n            NEW."recorded_by_id" := CASE WHEN NEW."recorded_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."recorded_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."recorded_by_id" := OLD."recorded_by_id";\n        END IF;\n\n        IF NEW."answered_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."answered_by_id" IS DISTINCT FROM OLD."answered_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."answered_by" IS DISTINCT FROM OLD."answered_by" OR ((NEW."upheld") IS DISTINCT FROM (OLD."upheld")) THEN\n            NEW."answered_by_id" := CASE WHEN NEW."answered_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."answered_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."answered_by_id" := OLD."answered_by_id";\n        END IF;\nRETURN NEW;',
                            hash="f3e3e0cd178221b221399a9e4c10614a0b6614d9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_commendation_objection_3b1eb",
                            table="commendation_objection",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="commendation_objection_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE standing record;",
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION '异议不得删除。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    END IF;\n    SELECT state, publicised_from, publicised_until INTO standing FROM commendation_commendation\n        WHERE id = NEW.commendation_id FOR SHARE;\n    IF standing.state IS DISTINCT FROM 'publicised' THEN\n        RAISE EXCEPTION '异议在公示以后、决定以前登记和答复。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF TG_OP = 'INSERT' AND (NEW.received_on > (now() AT TIME ZONE 'Asia/Shanghai')::date\n        OR NOT NEW.received_on BETWEEN standing.publicised_from AND standing.publicised_until) THEN\n        RAISE EXCEPTION '收到异议的日期应在公示期内，不晚于今天。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    ELSIF TG_OP = 'UPDATE' AND (OLD.upheld IS NOT NULL OR\n        (NEW.organ_code, NEW.commendation_id, NEW.received_on, NEW.text, NEW.recorded_by, NEW.recorded_by_id)\n        IS DISTINCT FROM\n        (OLD.organ_code, OLD.commendation_id, OLD.received_on, OLD.text, OLD.recorded_by, OLD.recorded_by_id)) THEN\n        RAISE EXCEPTION '登记的异议和答复不得改动。' USING ERRCODE = 'FJ001', DETAIL = '29';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="66ff469beca82158fbae3b07548480306b17b7ca",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_commendation_objection_stays_6c79b",
                            table="commendation_objection",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
