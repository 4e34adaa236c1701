import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.receipts
import fujing.kernel.territory
import fujing.registry.names


class Migration(migrations.Migration):
    initial = True

    dependencies = [("campaigns", "0001_initial"), ("kernel", "0001_initial")]

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="ScreeningResult",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "run", "application", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("first", models.BigIntegerField(verbose_name="最小报名序号")),
                        ("last", models.BigIntegerField(verbose_name="最大报名序号")),
                        ("violated", models.PositiveIntegerField(verbose_name="不符合（位）")),
                        ("undetermined", models.PositiveIntegerField(verbose_name="待核实（位）")),
                    ],
                    options={"verbose_name": "核对结果", "verbose_name_plural": "核对结果", "managed": False},
                ),
                migrations.CreateModel(
                    name="Application",
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
                            "receipt",
                            models.CharField(
                                default=fujing.kernel.receipts.receipt,
                                max_length=12,
                                unique=True,
                                verbose_name="回执码",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "未提交"),
                                    ("submitted", "待资格审查"),
                                    ("returned", "退回补充"),
                                    ("qualified", "资格审查合格"),
                                    ("rejected", "资格审查不合格"),
                                    ("withdrawn", "已放弃"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("pinyin", fujing.registry.names.PinyinField(source="name", verbose_name="拼音")),
                        (
                            "initials",
                            fujing.registry.names.PinyinField(initials=True, source="name", verbose_name="首字母"),
                        ),
                        ("id_number", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="公民身份号码")),
                        ("id_index", fujing.kernel.fields.BlindIndexField(max_length=32, source="id_number")),
                        (
                            "id_tail_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="application.id_tail",
                                last=4,
                                max_length=32,
                                null=True,
                                source="id_number",
                                verbose_name="身份号码后四位索引",
                            ),
                        ),
                        ("phone", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="手机号")),
                        (
                            "phone_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="application.phone",
                                max_length=32,
                                null=True,
                                source="phone",
                                verbose_name="手机号索引",
                            ),
                        ),
                        (
                            "sex",
                            models.CharField(
                                choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"
                            ),
                        ),
                        ("birth_date", models.DateField(verbose_name="出生日期")),
                        (
                            "verified_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="身份号码核验时间"),
                        ),
                        ("nationality", models.CharField(default="中国", max_length=30, verbose_name="国籍")),
                        ("education", models.CharField(blank=True, max_length=20, verbose_name="学历")),
                        ("major", models.CharField(blank=True, max_length=60, verbose_name="专业")),
                        ("household", models.CharField(blank=True, max_length=100, verbose_name="户籍")),
                        (
                            "height_cm",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="身高（厘米）"
                            ),
                        ),
                        (
                            "naked_vision",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="裸眼视力"
                            ),
                        ),
                        (
                            "corrected_vision",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="矫正视力"
                            ),
                        ),
                        (
                            "weight_kg",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="体重（公斤）"
                            ),
                        ),
                        ("certificates", models.CharField(blank=True, max_length=300, verbose_name="证书")),
                        ("veteran", models.BooleanField(blank=True, null=True, verbose_name="退役士兵")),
                        (
                            "martyr_kin",
                            models.BooleanField(blank=True, null=True, verbose_name="烈士或因公牺牲民警配偶子女"),
                        ),
                        (
                            "bravery",
                            models.BooleanField(blank=True, null=True, verbose_name="见义勇为积极分子或先进个人"),
                        ),
                        (
                            "police_school",
                            models.BooleanField(blank=True, null=True, verbose_name="警察类或政法类院校毕业"),
                        ),
                        (
                            "skill",
                            models.BooleanField(blank=True, null=True, verbose_name="具有岗位所需专业资质或专门技能"),
                        ),
                        (
                            "scarce_skill",
                            models.BooleanField(blank=True, null=True, verbose_name="属于急需专业技术、专门技能人员"),
                        ),
                        (
                            "bonus_points",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="核定的加分"
                            ),
                        ),
                        ("bonus_proof", models.CharField(blank=True, max_length=300, verbose_name="加分依据")),
                        ("bonus_by", models.CharField(blank=True, max_length=100, verbose_name="加分核定人")),
                        (
                            "bonus_by_id",
                            models.BigIntegerField(
                                blank=True, editable=False, null=True, verbose_name="加分核定人账号"
                            ),
                        ),
                        ("violated", models.PositiveIntegerField(default=0, verbose_name="不符合（位）")),
                        ("undetermined", models.PositiveIntegerField(default=0, verbose_name="待核实（位）")),
                        ("rule_book", models.CharField(blank=True, max_length=80, verbose_name="规则版本")),
                        ("inputs_digest", models.CharField(blank=True, max_length=64, verbose_name="核对所据摘要")),
                        ("screened_at", models.DateTimeField(blank=True, null=True, verbose_name="核对时间")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="最近提交时间")),
                        ("reviewed_by", models.CharField(blank=True, max_length=100, verbose_name="审查人")),
                        (
                            "reviewed_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="审查人账号"),
                        ),
                        ("review_note", models.TextField(blank=True, verbose_name="审查意见")),
                        (
                            "missing",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="需补充",
                            ),
                        ),
                        ("complete_until", models.DateField(blank=True, null=True, verbose_name="补充截止")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="放弃日期")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="个人信息删除时间")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                        (
                            "position",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="campaigns.position",
                                verbose_name="报考岗位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "报名", "verbose_name_plural": "报名"},
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("photo", "近期免冠照片"),
                                    ("identity", "身份证人像面"),
                                    ("id_back", "身份证国徽面"),
                                    ("diploma", "学历证书"),
                                    ("certificate", "其他证书"),
                                ],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="kernel.storedfile", verbose_name="文件"
                            ),
                        ),
                    ],
                    options={"verbose_name": "报名材料", "verbose_name_plural": "报名材料"},
                ),
                migrations.CreateModel(
                    name="OwnCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("account_id", models.BigIntegerField(verbose_name="报名账号")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "本人信息副本", "verbose_name_plural": "本人信息副本"},
                ),
                migrations.CreateModel(
                    name="ScreeningRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("started_at", models.DateTimeField(verbose_name="开始时间")),
                        ("made_by", models.CharField(max_length=100, verbose_name="办理人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="办理人账号"),
                        ),
                        ("rule_book", models.CharField(max_length=80, verbose_name="规则版本")),
                        ("inputs_digest", models.CharField(max_length=64, verbose_name="核对所据摘要")),
                        ("eligible", models.PositiveIntegerField(verbose_name="符合")),
                        ("undetermined", models.PositiveIntegerField(verbose_name="待核实")),
                        ("ineligible", models.PositiveIntegerField(verbose_name="不符合")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screenings",
                                to="campaigns.campaign",
                                verbose_name="招聘项目",
                            ),
                        ),
                    ],
                    options={"verbose_name": "批量核对", "verbose_name_plural": "批量核对"},
                ),
                migrations.CreateModel(
                    name="ScreeningBlock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="招聘机关")),
                        ("first", models.BigIntegerField(verbose_name="最小报名序号")),
                        ("last", models.BigIntegerField(verbose_name="最大报名序号")),
                        (
                            "applications",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="报名"
                            ),
                        ),
                        (
                            "violated",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveIntegerField(), size=None, verbose_name="不符合（位）"
                            ),
                        ),
                        (
                            "undetermined",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveIntegerField(), size=None, verbose_name="待核实（位）"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blocks",
                                to="applications.screeningrun",
                                verbose_name="批量核对",
                            ),
                        ),
                    ],
                    options={"verbose_name": "核对结果分块", "verbose_name_plural": "核对结果分块"},
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="applications.application",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={"verbose_name": "待核实条件的核实", "verbose_name_plural": "待核实条件的核实"},
                ),
            ]
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["campaign", "state", "submitted_at"], name="application_queue"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["campaign", "submitted_at", "id"], name="application_in_order"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["id_tail_index", "campaign"], name="application_id_tail"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["phone_index", "campaign"], name="application_phone"),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="application_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="application_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "account_id"),
                        name="application_once",
                        violation_error_message="同一公告只能报名一次，您已报名。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "id_index"),
                        name="application_once_by_number",
                        violation_error_message="该公民身份号码已报名本公告。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("submitted_at__isnull", False), models.Q(("education", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="application_submitted_complete",
                        violation_error_message="提交前应填写学历等必填项。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(
                                ("bonus_proof", ""),
                                ("certificates", ""),
                                ("household", ""),
                                ("initials", ""),
                                ("major", ""),
                                ("name", ""),
                                ("pinyin", ""),
                            ),
                            _connector="OR",
                        ),
                        name="application_erased_is_empty",
                        violation_error_message="已删除个人信息的报名不应再有个人信息。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["qualified", "rejected", "returned"]), _negated=True),
                            models.Q(("reviewed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_reviewed_by_somebody",
                        violation_error_message="审查结论应注明审查人。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bonus_points__isnull", True), ("bonus_proof", "")),
                            models.Q(
                                ("bonus_points__gte", 0),
                                ("bonus_points__lte", 100),
                                models.Q(("bonus_proof", ""), _negated=True),
                                models.Q(("bonus_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="application_bonus_proven",
                        violation_error_code="19",
                        violation_error_message="核定的加分应在0至100分之间，并写明依据和核定人（第十九条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("weight_kg__isnull", True),
                                models.Q(("weight_kg__gte", 20), ("weight_kg__lte", 300)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("corrected_vision__isnull", True),
                                models.Q(("corrected_vision__gte", 0), ("corrected_vision__lte", 6)),
                                _connector="OR",
                            ),
                        ),
                        name="application_body_plausible",
                        violation_error_message="体重应在20至300公斤之间，矫正视力应在0至6之间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["rejected", "returned"]), _negated=True),
                            models.Q(("review_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_no_without_reason",
                        violation_error_message="不合格或退回应写明理由。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(models.Q(("missing", []), _negated=True), ("complete_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_returned_says_what",
                        violation_error_message="退回补充应写明缺少什么、何时截止。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="application",
                    trigger=pgtrigger.compiler.Trigger(
                        name="application_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="c000b7d678059c173db91e22dafcb4978c133ba7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_application_history_4cd68",
                            table="applications_application",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="application",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_application",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."reviewed_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."reviewed_by_id" IS DISTINCT FROM OLD."reviewed_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."reviewed_by" IS DISTINCT FROM OLD."reviewed_by" OR (NEW.state <> OLD.state AND NEW.state IN (\'qualified\', \'rejected\', \'returned\')) THEN\n            NEW."reviewed_by_id" := CASE WHEN NEW."reviewed_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."reviewed_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."reviewed_by_id" := OLD."reviewed_by_id";\n        END IF;\n\n        IF NEW."bonus_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."bonus_by_id" IS DISTINCT FROM OLD."bonus_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."bonus_by" IS DISTINCT FROM OLD."bonus_by" OR ((NEW."bonus_points") IS DISTINCT FROM (OLD."bonus_points")) THEN\n            NEW."bonus_by_id" := CASE WHEN NEW."bonus_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."bonus_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."bonus_by_id" := OLD."bonus_by_id";\n        END IF;\nRETURN NEW;',
                            hash="4c7b0cff54a9a6d97e08ed73243d6b3e5e0946fd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_application_9e237",
                            table="applications_application",
                            when="BEFORE",
                        ),
                    ),
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
                        name="application_hired_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'withdrawn')",
                            func="\n                IF EXISTS (SELECT 1 FROM hiring_hire h WHERE h.application_id = NEW.id AND h.state = 'hired') THEN\n                    RAISE EXCEPTION '已经聘用，不能再放弃报名；不愿继续工作的按离职办理（第二十二条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '22';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="25a00a9066d0008cb3e56d5c9a5c6c1ceb8cf76d",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_application_hired_stays_fcafe",
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
                            func="\n                IF EXISTS (SELECT FROM exams_seat s WHERE s.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM selection_stagescore s WHERE s.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM selection_candidate c WHERE c.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM medical_medicalexam m WHERE m.application_id = NEW.id)\n                    OR EXISTS (SELECT FROM background_backgroundcheck b WHERE b.application_id = NEW.id) THEN\n                    RAISE EXCEPTION '已有准考证、成绩、排名、体检或者考察，不能再更正审查结论（第十八条）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '18';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="4ab4a87f2fe19feae6886edcf34b415a30e2359f",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="application",
                    trigger=pgtrigger.compiler.Trigger(
                        name="application_identity_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."id_index" IS DISTINCT FROM (NEW."id_index") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."verified_at" IS DISTINCT FROM (NEW."verified_at"))',
                            func="IF current_setting('fujing.erasing', true) = 'on'\n    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN NEW; END IF; RAISE EXCEPTION '身份信息已按公民身份号码核验，不能修改。' USING ERRCODE = 'FJ001';",
                            hash="1bcd3162ec54f54787280d2c43bcfa01764a7b57",
                            operation="UPDATE",
                            pgid="pgtrigger_application_identity_stays_5fbcd",
                            table="applications_application",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="attachment_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="attachment_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attachment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="attachment_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="5b38bc47b4ea1bb21683a028ca0332b02b867b9d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_attachment_history_e7392",
                            table="applications_attachment",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="owncopy",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="own_copy_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="owncopy",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="own_copy_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="owncopy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="own_copy_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="44fcf19cd48c533c507fb321fc3a342fcfbfed53",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_own_copy_append_only_9d720",
                            table="applications_owncopy",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="screeningrun",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="screening_run_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="screeningrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="screening_run_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="12735722f857dd956f6ecb899d535745cea8093d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_screening_run_append_only_b07ab",
                            table="applications_screeningrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="screeningrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_screening_run",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\nRETURN NEW;',
                            hash="8942ac40cb9b39ae79356ba90c0b26f01d017196",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_screening_run_0fed4",
                            table="applications_screeningrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="screeningblock",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="screening_block_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="screeningblock",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("undetermined__len", models.F("applications__len")),
                            ("violated__len", models.F("applications__len")),
                        ),
                        name="screening_block_side_by_side",
                        violation_error_message="核对结果应与报名一一对应。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="screeningblock",
                    trigger=pgtrigger.compiler.Trigger(
                        name="screening_block_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="1fc7c6ee20ee6724f3721b83f2af6d25f47646bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_screening_block_append_only_465a5",
                            table="applications_screeningblock",
                            when="BEFORE",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="verification",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_verification",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."by_id" IS DISTINCT FROM OLD."by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."by" IS DISTINCT FROM OLD."by" OR (false) THEN\n            NEW."by_id" := CASE WHEN NEW."by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."by_id" := OLD."by_id";\n        END IF;\nRETURN NEW;',
                            hash="bcf8b9355174352626159b3c067ce7dbdfd014cb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_verification_38298",
                            table="applications_verification",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
