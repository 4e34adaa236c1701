import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import fujing.kernel.fields
import fujing.kernel.operations
import fujing.kernel.territory
import fujing.registry.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        fujing.kernel.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=60, verbose_name="账号")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("organ_code", models.BigIntegerField(blank=True, null=True, verbose_name="所属机关")),
                        ("person_id", models.BigIntegerField(blank=True, null=True, verbose_name="本人档案")),
                        (
                            "phone",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="手机号"
                            ),
                        ),
                        (
                            "id_number",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="公民身份号码"
                            ),
                        ),
                        (
                            "id_index",
                            fujing.kernel.fields.BlindIndexField(max_length=32, null=True, source="id_number"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                    ],
                    options={"verbose_name": "账号", "verbose_name_plural": "账号"},
                ),
                migrations.CreateModel(
                    name="Engagement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("identity_key", models.BigIntegerField(editable=False, verbose_name="身份键")),
                        (
                            "category",
                            models.CharField(
                                choices=[("civil", "文职"), ("field", "勤务")], max_length=5, verbose_name="类别"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("recruited", "公开招聘"),
                                    ("before_measures", "办法实施前在岗"),
                                    ("purchased", "购买服务转入"),
                                ],
                                max_length=20,
                                verbose_name="来源",
                            ),
                        ),
                        ("span", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="在职期间")),
                        ("exit_kind", models.CharField(blank=True, max_length=30, verbose_name="离职情形")),
                        ("exit_note", models.CharField(blank=True, max_length=300, verbose_name="离职说明")),
                    ],
                    options={"verbose_name": "用工", "verbose_name_plural": "用工"},
                ),
                migrations.CreateModel(
                    name="PersonalRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("field", models.CharField(max_length=20, verbose_name="项目")),
                        ("reader", models.BigIntegerField(verbose_name="查阅账号")),
                        ("reader_name", models.CharField(max_length=60, verbose_name="查阅人")),
                        ("reason", models.CharField(max_length=200, verbose_name="事由")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                    ],
                    options={"verbose_name": "个人信息查阅", "verbose_name_plural": "个人信息查阅"},
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("name", models.CharField(max_length=80, verbose_name="岗位名称")),
                        (
                            "category",
                            models.CharField(
                                choices=[("civil", "文职"), ("field", "勤务")], max_length=5, verbose_name="类别"
                            ),
                        ),
                        (
                            "duties",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="工作事项",
                            ),
                        ),
                        ("scarce_reason", models.CharField(blank=True, max_length=200, verbose_name="急需理由")),
                    ],
                    options={"verbose_name": "岗位", "verbose_name_plural": "岗位"},
                ),
                migrations.CreateModel(
                    name="RoleAssignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(blank=True, null=True, verbose_name="机关")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("hr_officer", "经办"),
                                    ("hr_head", "人事负责人"),
                                    ("organ_leader", "机关负责人"),
                                    ("unit_leader", "单位负责人"),
                                    ("police_officer", "民警"),
                                    ("finance", "财务"),
                                    ("supply", "装备保障"),
                                    ("training", "教育训练"),
                                    ("discipline", "纪检督察"),
                                    ("auditor", "审计"),
                                    ("partner_establishment", "机构编制部门"),
                                    ("partner_finance", "财政部门"),
                                    ("partner_hrss", "人社部门"),
                                    ("partner_veterans", "退役军人事务部门"),
                                    ("partner_government", "政府办公室"),
                                    ("auxiliary", "辅警"),
                                    ("applicant", "报名人"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("audit_admin", "审计管理员"),
                                ],
                                max_length=30,
                                verbose_name="角色",
                            ),
                        ),
                        ("span", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="任职期间")),
                    ],
                    options={"verbose_name": "角色", "verbose_name_plural": "角色"},
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(blank=True, null=True, verbose_name="所属机关")),
                        ("page", models.CharField(max_length=40, verbose_name="列表")),
                        ("name", models.CharField(max_length=40, verbose_name="名称")),
                        ("query", models.CharField(blank=True, max_length=1000, verbose_name="筛选")),
                    ],
                    options={"verbose_name": "常用视图", "verbose_name_plural": "常用视图"},
                ),
                migrations.CreateModel(
                    name="Contract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="签订机关")),
                        ("person_id", models.BigIntegerField(editable=False, verbose_name="人员")),
                        ("number", models.CharField(max_length=40, unique=True, verbose_name="合同编号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("fixed", "固定期限"), ("open_ended", "无固定期限")],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(verbose_name="第几次")),
                        ("signed_on", models.DateField(verbose_name="签订日期")),
                        ("signer", models.CharField(max_length=100, verbose_name="签订方")),
                        ("span", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="合同期间")),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="期限（月）"),
                        ),
                        ("probation_months", models.PositiveSmallIntegerField(default=0, verbose_name="试用期（月）")),
                        ("probation_until", models.DateField(blank=True, null=True, verbose_name="试用期终止")),
                        (
                            "engagement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="registry.engagement",
                                verbose_name="用工",
                            ),
                        ),
                    ],
                    options={"verbose_name": "劳动合同", "verbose_name_plural": "劳动合同"},
                ),
                migrations.CreateModel(
                    name="Organ",
                    fields=[
                        ("code", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="机构代码")),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        ("short_name", models.CharField(max_length=50, verbose_name="简称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("public_security", "公安机关"),
                                    ("department", "内设机构"),
                                    ("station", "派出机构"),
                                    ("partner", "职能部门"),
                                    ("judicial", "司法行政机关"),
                                ],
                                max_length=20,
                                verbose_name="性质",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("province", "省级"), ("city", "市（州）级"), ("county", "县（市、区）级")],
                                max_length=10,
                                verbose_name="层级",
                            ),
                        ),
                        (
                            "partner_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("establishment", "机构编制"),
                                    ("finance", "财政"),
                                    ("hrss", "人力资源社会保障"),
                                    ("veterans", "退役军人事务"),
                                    ("government", "政府办公室"),
                                ],
                                max_length=20,
                                verbose_name="部门职能",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="registry.organ",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={"verbose_name": "机构", "verbose_name_plural": "机构"},
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("person_id", models.BigIntegerField(editable=False, verbose_name="人员")),
                        ("span", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="期间")),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="责任民警",
                            ),
                        ),
                        (
                            "engagement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="registry.engagement",
                                verbose_name="用工",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="registry.organ",
                                verbose_name="用人单位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "岗位安排", "verbose_name_plural": "岗位安排"},
                ),
            ]
        ),
        migrations.AddField(
            model_name="account",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.organ",
                verbose_name="所属单位",
            ),
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("pinyin", models.CharField(editable=False, max_length=200, verbose_name="拼音")),
                ("initials", models.CharField(editable=False, max_length=30, verbose_name="首字母")),
                (
                    "sex",
                    models.CharField(choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"),
                ),
                ("birth_date", models.DateField(verbose_name="出生日期")),
                ("id_number", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="公民身份号码")),
                ("id_index", fujing.kernel.fields.BlindIndexField(max_length=32, source="id_number")),
                (
                    "phone",
                    fujing.kernel.fields.EncryptedField(blank=True, editable=True, null=True, verbose_name="手机号"),
                ),
                ("education", models.CharField(max_length=20, verbose_name="学历")),
                ("major", models.CharField(blank=True, max_length=60, verbose_name="专业")),
                ("household", models.CharField(blank=True, max_length=100, verbose_name="户籍")),
                ("veteran", models.BooleanField(null=True, verbose_name="退役士兵")),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "indexes": [
                    models.Index(fields=["organ_code", "name"], name="person_name"),
                    models.Index(fields=["organ_code", "pinyin"], name="person_pinyin"),
                    models.Index(fields=["organ_code", "initials"], name="person_initials"),
                    models.Index(fields=["pinyin", "id"], name="person_by_pinyin"),
                    models.Index(fields=["birth_date", "id"], name="person_by_birth"),
                    models.Index(fields=["education", "id"], name="person_by_education"),
                ],
                "constraints": [
                    fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="person_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                    fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="person_own",
                        using="id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                    models.UniqueConstraint(
                        fields=("organ_code", "id_index"),
                        name="person_once_in_organ",
                        violation_error_message="该公民身份号码在本机关已有档案。",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="engagement",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="engagements",
                to="registry.person",
                verbose_name="人员",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_history",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                    hash="0ed3b51404f6fea1064920ecb279624b6449e699",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_person_history_2dc66",
                    table="registry_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="personalread",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="registry.organ",
                verbose_name="用人单位",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="registry.post", verbose_name="岗位"
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="roles",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="views",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="contract_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="contract_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[(fujing.registry.models.people.Same("engagement_id"), "&&"), ("span", "&&")],
                        name="contract_one_at_a_time",
                        violation_error_code="39",
                        violation_error_message="同一期间只能有一份劳动合同（第三十九条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("probation_months__gt", 0)),
                        fields=("engagement",),
                        name="contract_one_probation",
                        violation_error_code="22",
                        violation_error_message="同一用人单位与同一劳动者只能约定一次试用期（第二十二条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("probation_months", 0),
                            models.Q(("probation_months__lte", 1), ("term_months__gte", 3), ("term_months__lt", 12)),
                            models.Q(("probation_months__lte", 2), ("term_months__gte", 12), ("term_months__lt", 36)),
                            models.Q(("probation_months__lte", 6), ("term_months__gte", 36)),
                            models.Q(("kind", "open_ended"), ("probation_months__lte", 6)),
                            _connector="OR",
                        ),
                        name="contract_probation_within_law",
                        violation_error_code="22",
                        violation_error_message="试用期超过《劳动合同法》第十九条的上限（第二十二条）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "fixed"), ("term_months__isnull", False)),
                            models.Q(("kind", "open_ended"), ("term_months__isnull", True)),
                            _connector="OR",
                        ),
                        name="contract_term_by_kind",
                        violation_error_code="39",
                        violation_error_message="固定期限合同应写明期限，无固定期限合同不写。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="contract_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="8dcbecf5e6f2c5ed3b040c8a7102598cb4eedda5",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_contract_history_d5620",
                            table="registry_contract",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organ",
                    constraint=fujing.kernel.territory.RowPolicy(command="SELECT", name="organ_public", using="true"),
                ),
                migrations.AddConstraint(
                    model_name="organ",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="organ_territory",
                        using="code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organ",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="organ_administered",
                        using="code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organ",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("code__gte", 100000000000), ("code__lt", 1000000000000)),
                        name="organ_code_twelve_digits",
                        violation_error_message="机构代码应为十二位数字。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organ",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind", "partner"), ("partner_kind", ""), _connector="XOR"),
                        name="organ_partner_has_kind",
                        violation_error_message="职能部门应注明职能，其他机构不填。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organ",
                    trigger=pgtrigger.compiler.Trigger(
                        name="organ_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="de6b0b76be153aba04a9000ddd4864ac8bacc640",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_organ_history_7d2d1",
                            table="registry_organ",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="account_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.UniqueConstraint(
                        fields=("username",),
                        name="account_name_once",
                        violation_error_message="该账号或手机号已注册，请直接登录。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=models.UniqueConstraint(
                        fields=("id_index",),
                        name="account_number_once",
                        violation_error_message="该公民身份号码已注册，请直接登录。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="account_administered",
                        using="organ_code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="account_self",
                        using="id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="account",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="account_login",
                        using="username = nullif(current_setting('fujing.login', true), '')",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="c5274a57f97cf37962dce2e6963dbb072547795b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_account_history_3cede",
                            table="registry_account",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="engagement",
                    index=models.Index(fields=["organ_code", "category"], name="engagement_organ"),
                ),
                migrations.AddIndex(
                    model_name="engagement",
                    index=models.Index(
                        django.contrib.postgres.fields.ranges.RangeStartsWith("span"),
                        models.F("id"),
                        condition=models.Q(("span__endswith__isnull", True)),
                        name="engagement_since",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="engagement",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="engagement_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="engagement",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="engagement_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="engagement",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[(fujing.registry.models.people.Same("identity_key"), "&&"), ("span", "&&")],
                        name="engagement_one_organ_at_a_time",
                        violation_error_code="5.p1",
                        violation_error_message="此人该期间已由一个公安机关管理，不能重复聘用（第五条第一款）。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="engagement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exit_kind", ""), ("span__endswith__isnull", True)),
                            models.Q(("span__endswith__isnull", False), models.Q(("exit_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="engagement_exit_is_told",
                        violation_error_message="离职应注明离职情形，在职不填。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="engagement_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="c4275cfb5ae6ebb275faf3122df62eae14da27e7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_engagement_history_e62a0",
                            table="registry_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="engagement_covers_assignments",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."span" IS DISTINCT FROM (NEW."span"))',
                            func="\n                IF EXISTS (SELECT 1 FROM registry_assignment\n                    WHERE engagement_id = NEW.id AND NOT span <@ NEW.span) THEN\n                    RAISE EXCEPTION '岗位安排超出在职期间，应先结束岗位安排（第五条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '5.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="fa229c43f3c6c15247d455c95bdbdf2072f5f42f",
                            operation="UPDATE",
                            pgid="pgtrigger_engagement_covers_assignments_edc36",
                            table="registry_engagement",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="personalread",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="personal_read_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="personalread",
                    trigger=pgtrigger.compiler.Trigger(
                        name="personal_read_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '该记录只能新增，不能修改或删除。' USING ERRCODE = 'FJ001';",
                            hash="4d28cb7cda7845aeef0294cd30edb7e10301ca38",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_personal_read_append_only_97178",
                            table="registry_personalread",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="post_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.UniqueConstraint(
                        fields=("unit", "name"),
                        name="post_name_in_unit",
                        violation_error_message="该单位已有同名岗位。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("category__in", ["civil", "field"])),
                        name="post_category_known",
                        violation_error_code="3.p2",
                        violation_error_message="岗位应为文职或勤务之一。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="post",
                    trigger=pgtrigger.compiler.Trigger(
                        name="post_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="43e8b78db80a9fc92898a819c3abac3b3718b874",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_post_history_6d332",
                            table="registry_post",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="assignment", index=models.Index(fields=["unit"], name="assignment_unit")
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="assignment_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="assignment_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[(fujing.registry.models.people.Same("engagement_id"), "&&"), ("span", "&&")],
                        name="assignment_one_at_a_time",
                        violation_error_code="5.p1",
                        violation_error_message="同一时间只能有一个用人单位和岗位（第五条第一款）。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="assignment_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="2874b94b4f58f9dbd679e69f45c6f2157647e047",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_assignment_history_15e7e",
                            table="registry_assignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="assignment_category",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF (SELECT category FROM registry_post WHERE id = NEW.post_id)\n                   IS DISTINCT FROM (SELECT category FROM registry_engagement WHERE id = NEW.engagement_id) THEN\n                    RAISE EXCEPTION '人员类别应与岗位类别一致（第三条第二款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '3.p2';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b2fa0a4e18530971ac1f8a024b75ece8ab58530f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_assignment_category_40e33",
                            table="registry_assignment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="assignment_within_engagement",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NOT EXISTS (SELECT 1 FROM registry_engagement\n                    WHERE id = NEW.engagement_id AND NEW.span <@ span) THEN\n                    RAISE EXCEPTION '岗位安排应在用工的在职期间之内（第五条第一款）。'\n                        USING ERRCODE = 'FJ001', DETAIL = '5.p1';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="aac6ac378224201947a7577167d294566971daca",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_assignment_within_engagement_861f1",
                            table="registry_assignment",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roleassignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="role_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roleassignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="role_administered",
                        using="organ_code BETWEEN nullif(current_setting('fujing.admin_lo', true), '')::bigint AND nullif(current_setting('fujing.admin_hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roleassignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="role_self",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roleassignment",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="INSERT",
                        name="role_applicant",
                        using="role = 'applicant' AND account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roleassignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="role_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="01411f867e731604fb23fb24fcdd68ed1ef08f31",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_role_history_9700c",
                            table="registry_roleassignment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roleassignment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="role_separation",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT 1 FROM registry_roleassignment other\n                    WHERE other.account_id = NEW.account_id AND other.id IS DISTINCT FROM NEW.id\n                      AND other.span && NEW.span AND other.role <> NEW.role\n                      AND (other.role = ANY (ARRAY['audit_admin', 'security_admin', 'system_admin'])\n                        OR NEW.role = ANY (ARRAY['audit_admin', 'security_admin', 'system_admin']))) THEN\n                    RAISE EXCEPTION '系统、安全、审计管理员应三员分立，且不得兼任业务角色。' USING ERRCODE = 'FJ001';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="04361239c2f3b565802932eabd8432c22289e461",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_role_separation_e5d54",
                            table="registry_roleassignment",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="saved_view_own",
                        using="account_id = nullif(current_setting('fujing.account', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        fields=("account", "page", "name"),
                        name="saved_view_name_once",
                        violation_error_message="已有同名的视图。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="saved_view_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="aab4ea83af467a9e6505dd89fc32e0924f4a5fd7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_saved_view_history_0017d",
                            table="registry_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
