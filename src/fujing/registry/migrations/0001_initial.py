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
import fujing.registry.names


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        fujing.kernel.operations.Together(
            operations=[
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
                                blank=True,
                                choices=[("civil", "文职"), ("field", "勤务")],
                                max_length=5,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("recruited", "公开招聘"),
                                    ("before_measures", "办法实施前在岗"),
                                    ("purchased", "购买服务转入"),
                                    ("service", "购买服务"),
                                    ("roster", "花名册登记"),
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
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("pinyin", fujing.registry.names.PinyinField(source="name", verbose_name="拼音")),
                        (
                            "initials",
                            fujing.registry.names.PinyinField(initials=True, source="name", verbose_name="首字母"),
                        ),
                        (
                            "sex",
                            models.CharField(
                                choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"
                            ),
                        ),
                        ("birth_date", models.DateField(verbose_name="出生日期")),
                        ("id_number", fujing.kernel.fields.EncryptedField(editable=True, verbose_name="公民身份号码")),
                        ("id_index", fujing.kernel.fields.BlindIndexField(max_length=32, source="id_number")),
                        (
                            "id_tail_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="person.id_tail",
                                last=4,
                                max_length=32,
                                source="id_number",
                                verbose_name="身份号码后四位索引",
                            ),
                        ),
                        (
                            "phone",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="手机号"
                            ),
                        ),
                        (
                            "phone_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="person.phone",
                                max_length=32,
                                null=True,
                                source="phone",
                                verbose_name="手机号索引",
                            ),
                        ),
                        ("education", models.CharField(blank=True, max_length=20, verbose_name="学历")),
                        ("major", models.CharField(blank=True, max_length=60, verbose_name="专业")),
                        ("household", models.CharField(blank=True, max_length=100, verbose_name="户籍")),
                        ("veteran", models.BooleanField(null=True, verbose_name="退役士兵")),
                    ],
                    options={"verbose_name": "人员", "verbose_name_plural": "人员"},
                ),
                migrations.CreateModel(
                    name="RosterRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("row", models.PositiveIntegerField(verbose_name="行")),
                        ("period", models.PositiveSmallIntegerField(verbose_name="第几段")),
                        ("name", models.TextField(blank=True, verbose_name="姓名")),
                        ("category", models.TextField(blank=True, verbose_name="类别")),
                        ("organ_said", models.TextField(blank=True, verbose_name="管理机关代码")),
                        ("unit", models.TextField(blank=True, verbose_name="用人单位")),
                        ("post", models.TextField(blank=True, verbose_name="岗位")),
                        ("education", models.TextField(blank=True, verbose_name="学历")),
                        ("employment", models.TextField(blank=True, verbose_name="用工方式")),
                        ("hired_on", models.DateField(null=True, verbose_name="入职日期")),
                        ("contract_kind", models.TextField(blank=True, verbose_name="合同类型")),
                        ("contract_from", models.DateField(null=True, verbose_name="合同起始")),
                        (
                            "contract_from_said",
                            models.CharField(blank=True, max_length=10, verbose_name="合同起始（原文）"),
                        ),
                        ("contract_to", models.DateField(null=True, verbose_name="合同终止")),
                        (
                            "contract_to_said",
                            models.CharField(blank=True, max_length=10, verbose_name="合同终止（原文）"),
                        ),
                        ("contract_count", models.PositiveSmallIntegerField(null=True, verbose_name="合同次数")),
                        (
                            "contract_count_said",
                            models.CharField(blank=True, max_length=10, verbose_name="合同次数（原文）"),
                        ),
                        ("probation_to", models.DateField(null=True, verbose_name="试用期终止")),
                        (
                            "probation_to_said",
                            models.CharField(blank=True, max_length=10, verbose_name="试用期终止（原文）"),
                        ),
                        ("tier", models.TextField(blank=True, verbose_name="层级")),
                        (
                            "monthly_pay",
                            models.DecimalField(decimal_places=6, max_digits=18, null=True, verbose_name="月应发工资"),
                        ),
                        ("insured_pension", models.BooleanField(null=True, verbose_name="养老")),
                        ("insured_medical", models.BooleanField(null=True, verbose_name="医疗")),
                        ("insured_unemployment", models.BooleanField(null=True, verbose_name="失业")),
                        ("insured_injury", models.BooleanField(null=True, verbose_name="工伤")),
                        ("insured_housing", models.BooleanField(null=True, verbose_name="公积金")),
                        ("insured_accident", models.BooleanField(null=True, verbose_name="意外险")),
                        ("inducted_on", models.DateField(null=True, verbose_name="岗前培训日期")),
                        (
                            "inducted_on_said",
                            models.CharField(blank=True, max_length=10, verbose_name="岗前培训日期（原文）"),
                        ),
                        ("educated_political", models.DateField(null=True, verbose_name="政治教育")),
                        (
                            "educated_political_said",
                            models.CharField(blank=True, max_length=10, verbose_name="政治教育（原文）"),
                        ),
                        ("educated_discipline", models.DateField(null=True, verbose_name="纪律教育")),
                        (
                            "educated_discipline_said",
                            models.CharField(blank=True, max_length=10, verbose_name="纪律教育（原文）"),
                        ),
                        ("educated_integrity", models.DateField(null=True, verbose_name="廉洁教育")),
                        (
                            "educated_integrity_said",
                            models.CharField(blank=True, max_length=10, verbose_name="廉洁教育（原文）"),
                        ),
                        ("educated_secrecy", models.DateField(null=True, verbose_name="保密教育")),
                        (
                            "educated_secrecy_said",
                            models.CharField(blank=True, max_length=10, verbose_name="保密教育（原文）"),
                        ),
                        ("trained_on", models.DateField(null=True, verbose_name="年度培训日期")),
                        (
                            "trained_on_said",
                            models.CharField(blank=True, max_length=10, verbose_name="年度培训日期（原文）"),
                        ),
                        ("appraisal", models.TextField(blank=True, verbose_name="上年度考核")),
                        ("card_number", models.TextField(blank=True, verbose_name="工作证号")),
                        ("card_valid_to", models.DateField(null=True, verbose_name="工作证有效期")),
                        (
                            "card_valid_to_said",
                            models.CharField(blank=True, max_length=10, verbose_name="工作证有效期（原文）"),
                        ),
                        ("qualifications", models.TextField(blank=True, verbose_name="资质证书")),
                        ("left_on", models.DateField(null=True, verbose_name="离职日期")),
                        ("left_on_said", models.CharField(blank=True, max_length=10, verbose_name="离职日期（原文）")),
                        ("returned_card", models.DateField(null=True, verbose_name="证件收回")),
                        (
                            "returned_card_said",
                            models.CharField(blank=True, max_length=10, verbose_name="证件收回（原文）"),
                        ),
                        ("returned_uniform", models.DateField(null=True, verbose_name="服装收回")),
                        (
                            "returned_uniform_said",
                            models.CharField(blank=True, max_length=10, verbose_name="服装收回（原文）"),
                        ),
                        ("returned_insignia", models.DateField(null=True, verbose_name="标识收回")),
                        (
                            "returned_insignia_said",
                            models.CharField(blank=True, max_length=10, verbose_name="标识收回（原文）"),
                        ),
                    ],
                    options={"verbose_name": "花名册记载", "verbose_name_plural": "花名册记载"},
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
                        ("pinyin", fujing.registry.names.PinyinField(source="name", verbose_name="拼音")),
                        (
                            "initials",
                            fujing.registry.names.PinyinField(initials=True, source="name", verbose_name="首字母"),
                        ),
                        ("organ_code", models.BigIntegerField(blank=True, null=True, verbose_name="所属机关")),
                        ("person_id", models.BigIntegerField(blank=True, null=True, verbose_name="本人档案")),
                        (
                            "phone",
                            fujing.kernel.fields.EncryptedField(
                                blank=True, editable=True, null=True, verbose_name="手机号"
                            ),
                        ),
                        (
                            "phone_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="account.phone",
                                max_length=32,
                                null=True,
                                source="phone",
                                verbose_name="手机号索引",
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
                        (
                            "id_tail_index",
                            fujing.kernel.fields.BlindIndexField(
                                context="account.id_tail",
                                last=4,
                                max_length=32,
                                null=True,
                                source="id_number",
                                verbose_name="身份号码后四位索引",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="registry.organ",
                                verbose_name="所属单位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "账号", "verbose_name_plural": "账号"},
                ),
            ]
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
        fujing.kernel.operations.Together(
            operations=[
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
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="registry.organ",
                                verbose_name="用人单位",
                            ),
                        ),
                    ],
                    options={"verbose_name": "岗位", "verbose_name_plural": "岗位"},
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
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="registry.post", verbose_name="岗位"
                            ),
                        ),
                    ],
                    options={"verbose_name": "岗位安排", "verbose_name_plural": "岗位安排"},
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
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={"verbose_name": "角色", "verbose_name_plural": "角色"},
                ),
                migrations.CreateModel(
                    name="RosterImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organ_code", models.BigIntegerField(verbose_name="管理机关")),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                        ("as_of", models.DateField(verbose_name="基准日")),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), size=None, verbose_name="列"
                            ),
                        ),
                        (
                            "organ_columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                default=list,
                                size=None,
                                verbose_name="机关表的列",
                            ),
                        ),
                        ("organ_name", models.TextField(blank=True, verbose_name="机关表的名称")),
                        ("quota", models.PositiveIntegerField(null=True, verbose_name="用人额度")),
                        ("planned", models.PositiveIntegerField(null=True, verbose_name="批准计划数")),
                        (
                            "income",
                            models.DecimalField(
                                decimal_places=6, max_digits=18, null=True, verbose_name="上年度城镇居民人均可支配收入"
                            ),
                        ),
                        ("income_source", models.TextField(blank=True, verbose_name="收入口径来源")),
                        ("created", models.PositiveIntegerField(default=0, verbose_name="新增人数")),
                        ("changed", models.PositiveIntegerField(default=0, verbose_name="更新人数")),
                        (
                            "state",
                            models.CharField(
                                choices=[("imported", "已导入"), ("taken_back", "已撤回")],
                                default="imported",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="撤回事由")),
                        ("made_by", models.CharField(max_length=100, verbose_name="导入人")),
                        (
                            "made_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="导入人账号"),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="导入时间")),
                        ("taken_back_by", models.CharField(blank=True, max_length=100, verbose_name="撤回人")),
                        (
                            "taken_back_by_id",
                            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="撤回人账号"),
                        ),
                        ("request_id", models.CharField(max_length=64, verbose_name="请求")),
                    ],
                    options={
                        "verbose_name": "花名册导入",
                        "verbose_name_plural": "花名册导入",
                        "indexes": [models.Index(fields=["organ_code", "-id"], name="roster_import_organ")],
                        "constraints": [
                            fujing.kernel.territory.RowPolicy(
                                command="ALL",
                                name="roster_import_territory",
                                using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), ("state", "imported"), ("taken_back_by", "")),
                                    models.Q(
                                        ("state", "taken_back"),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("taken_back_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="roster_import_taken_back_says_why",
                                violation_error_message="撤回导入应写明撤回人和事由。",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="person",
            name="recorded_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="registry.rosterimport",
                verbose_name="导入",
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="recorded_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="engagements",
                to="registry.rosterimport",
                verbose_name="导入",
            ),
        ),
        fujing.kernel.operations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterimport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="roster_import_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="a0be4cedbf57c238d9ce6a1e30579be12509f7ac",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_roster_import_history_4a746",
                            table="registry_rosterimport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterimport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="roster_import_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state NOT IN ('imported') THEN\n                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.state USING ERRCODE = 'FJ001';\n                END IF;\n            ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state = 'imported' AND NEW.state = 'taken_back')) THEN\n                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.state, NEW.state USING ERRCODE = 'FJ001';\n            END IF;\n            RETURN NEW;\n            ",
                            hash="f1c824b923e384ec0940ef4315617125b67f7c8d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_roster_import_moves_3b8c0",
                            table="registry_rosterimport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterimport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_roster_import",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n        IF NEW."made_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."made_by_id" IS DISTINCT FROM OLD."made_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."made_by" IS DISTINCT FROM OLD."made_by" OR (false) THEN\n            NEW."made_by_id" := CASE WHEN NEW."made_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."made_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."made_by_id" := OLD."made_by_id";\n        END IF;\n\n        IF NEW."taken_back_by_id" <> coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, 0)\n            AND (TG_OP = \'INSERT\' OR NEW."taken_back_by_id" IS DISTINCT FROM OLD."taken_back_by_id") THEN\n            RAISE EXCEPTION \'办理账号只能是当前登录的账号。\' USING ERRCODE = \'FJ001\';\n        ELSIF TG_OP = \'INSERT\' OR NEW."taken_back_by" IS DISTINCT FROM OLD."taken_back_by" OR ((NEW."reason") IS DISTINCT FROM (OLD."reason")) THEN\n            NEW."taken_back_by_id" := CASE WHEN NEW."taken_back_by" <> \'\' THEN coalesce(nullif(current_setting(\'fujing.account\', true), \'\')::bigint, CASE NEW."taken_back_by_id" WHEN 0 THEN 0 END) END;\n        ELSE\n            NEW."taken_back_by_id" := OLD."taken_back_by_id";\n        END IF;\nRETURN NEW;',
                            hash="c75191756c0e26415d775b81735abe0661189673",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_account_roster_import_72cdf",
                            table="registry_rosterimport",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="rosterrecord",
            name="engagement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="registry.engagement",
                verbose_name="用工",
            ),
        ),
        migrations.AddField(
            model_name="rosterrecord",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="registry.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="rosterrecord",
            name="roster_import",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="registry.rosterimport",
                verbose_name="导入",
            ),
        ),
        migrations.AddField(
            model_name="rosterrecord",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded",
                to="registry.rosterimport",
                verbose_name="被其更新",
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
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["organ_code", "name"], name="person_name")
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["organ_code", "pinyin"], name="person_pinyin")
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["organ_code", "initials"], name="person_initials")
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["pinyin", "id"], name="person_by_pinyin")
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["birth_date", "id"], name="person_by_birth")
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["education", "id"], name="person_by_education")
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(fields=["id_tail_index", "organ_code"], name="person_id_tail"),
                ),
                migrations.AddIndex(
                    model_name="person", index=models.Index(fields=["phone_index", "organ_code"], name="person_phone")
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="person_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="person_own",
                        using="id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.UniqueConstraint(
                        fields=("organ_code", "id_index"),
                        name="person_once_in_organ",
                        violation_error_message="该公民身份号码在本机关已有档案。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="person_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="1387a8aae94a850257a611281bc501d7c938e25d",
                            operation="UPDATE",
                            pgid="pgtrigger_person_history_2dc66",
                            table="registry_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="person_insert_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'insert', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="33c32f2baa52600d57126cb5b05e5b3132da3061",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_person_insert_history_f108f",
                            referencing="REFERENCING NEW TABLE AS moved ",
                            table="registry_person",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="person_delete_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'delete', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="ab0d70ec6ebae927cc844b9619db2a0367febd21",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_person_delete_history_71af8",
                            referencing="REFERENCING OLD TABLE AS moved ",
                            table="registry_person",
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
                            models.Q(("exit_kind", ""), ("recorded_in__isnull", False)),
                            _connector="OR",
                        ),
                        name="engagement_exit_is_told",
                        violation_error_message="离职应注明离职情形，在职不填。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="engagement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["civil", "field"]),
                            models.Q(("category", ""), ("recorded_in__isnull", False)),
                            _connector="OR",
                        ),
                        name="engagement_category_known",
                        violation_error_code="3.p2",
                        violation_error_message="人员应为文职或勤务之一。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="engagement_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="a90a1a794c5bd05ee2b04c43e2da5212dc1b1c6a",
                            operation="UPDATE",
                            pgid="pgtrigger_engagement_history_e62a0",
                            table="registry_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="engagement_insert_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'insert', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="f17b2cce658f086415f9a02ee509b097649c95bd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_engagement_insert_history_cd432",
                            referencing="REFERENCING NEW TABLE AS moved ",
                            table="registry_engagement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="engagement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="engagement_delete_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'delete', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="e6eeeeedfb91f682638a066dbb2a710259626827",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_engagement_delete_history_056e7",
                            referencing="REFERENCING OLD TABLE AS moved ",
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
                migrations.AddIndex(
                    model_name="rosterrecord",
                    index=models.Index(fields=["roster_import", "row"], name="roster_record_row"),
                ),
                migrations.AddConstraint(
                    model_name="rosterrecord",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="ALL",
                        name="roster_record_territory",
                        using="organ_code BETWEEN nullif(current_setting('fujing.lo', true), '')::bigint AND nullif(current_setting('fujing.hi', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterrecord",
                    constraint=fujing.kernel.territory.RowPolicy(
                        command="SELECT",
                        name="roster_record_own",
                        using="person_id = nullif(current_setting('fujing.person', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterrecord",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("superseded_by__isnull", True)),
                        fields=("person", "period"),
                        name="roster_record_stands_once",
                        violation_error_message="此人的花名册记载刚被更新，请重新预览。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="roster_record_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record(\n            TG_TABLE_NAME::text, lower(TG_OP),\n            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,\n            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);\n        RETURN NULL;\n        ",
                            hash="a8e3263055092a1b4daf8b3d9a81584cb4fdeba5",
                            operation="UPDATE",
                            pgid="pgtrigger_roster_record_history_bd030",
                            table="registry_rosterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="roster_record_insert_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'insert', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="7ca1f6ff243886b4dcd502701549659000666fe2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_roster_record_insert_history_01450",
                            referencing="REFERENCING NEW TABLE AS moved ",
                            table="registry_rosterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rosterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="roster_record_delete_history",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM kernel_record_all(TG_TABLE_NAME::text, 'delete', (SELECT array_agg(to_jsonb(moved)) FROM moved));\n        RETURN NULL;\n        ",
                            hash="fc0c62825f2e319ccea77736e94736c719d9de14",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_roster_record_delete_history_6ee85",
                            referencing="REFERENCING OLD TABLE AS moved ",
                            table="registry_rosterrecord",
                            when="AFTER",
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
