"""Words of the registry: levels, kinds, roles. The Chinese labels are what officers read."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class OrganKind(TextChoices):
    PUBLIC_SECURITY = "public_security", "公安机关"
    DEPARTMENT = "department", "内设机构"
    STATION = "station", "派出机构"
    PARTNER = "partner", "职能部门"
    JUDICIAL = "judicial", "司法行政机关"


class Level(TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "市（州）级"
    COUNTY = "county", "县（市、区）级"


class PartnerKind(TextChoices):
    ESTABLISHMENT = "establishment", "机构编制"
    FINANCE = "finance", "财政"
    HRSS = "hrss", "人力资源社会保障"
    VETERANS = "veterans", "退役军人事务"
    GOVERNMENT = "government", "政府办公室"


class Category(TextChoices):
    CIVIL = "civil", "文职"
    FIELD = "field", "勤务"


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Source(TextChoices):
    """How somebody came to serve (Articles 16 and 45.p2)."""

    RECRUITED = "recruited", "公开招聘"
    BEFORE_MEASURES = "before_measures", "办法实施前在岗"
    PURCHASED = "purchased", "购买服务转入"
    SERVICE = "service", "购买服务"
    ROSTER = "roster", "花名册登记"


class ContractKind(TextChoices):
    FIXED = "fixed", "固定期限"
    OPEN_ENDED = "open_ended", "无固定期限"


class Role(TextChoices):
    HR_OFFICER = "hr_officer", "经办"
    HR_HEAD = "hr_head", "人事负责人"
    ORGAN_LEADER = "organ_leader", "机关负责人"
    UNIT_LEADER = "unit_leader", "单位负责人"
    POLICE_OFFICER = "police_officer", "民警"
    FINANCE = "finance", "财务"
    SUPPLY = "supply", "装备保障"
    TRAINING = "training", "教育训练"
    DISCIPLINE = "discipline", "纪检督察"
    AUDITOR = "auditor", "审计"
    PARTNER_ESTABLISHMENT = "partner_establishment", "机构编制部门"
    PARTNER_FINANCE = "partner_finance", "财政部门"
    PARTNER_HRSS = "partner_hrss", "人社部门"
    PARTNER_VETERANS = "partner_veterans", "退役军人事务部门"
    PARTNER_GOVERNMENT = "partner_government", "政府办公室"
    AUXILIARY = "auxiliary", "辅警"
    APPLICANT = "applicant", "报名人"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


RESPONSIBLE = (Role.POLICE_OFFICER,)
"""Who may be responsible for auxiliaries (5.p1)."""
PARTNER_ROLES = frozenset(
    {
        Role.PARTNER_ESTABLISHMENT,
        Role.PARTNER_FINANCE,
        Role.PARTNER_HRSS,
        Role.PARTNER_VETERANS,
        Role.PARTNER_GOVERNMENT,
    }
)
# 三员分立: no account may hold more than one of these, and none of them together with a business role.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# Who works at the desk with people's data; partners, administrators and applicants do not.
OFFICER_ROLES = frozenset(set(Role) - PARTNER_ROLES - ADMINISTRATORS - {Role.AUXILIARY, Role.APPLICANT})


class ImportState(TextChoices):
    IMPORTED = "imported", "已导入"
    TAKEN_BACK = "taken_back", "已撤回"


ROSTER_IMPORT = TransitionTable(
    "roster_import",
    ImportState,
    [ImportState.IMPORTED],
    [
        Transition(
            ImportState.IMPORTED,
            "take_back",
            ImportState.TAKEN_BACK,
            (Role.HR_OFFICER, Role.HR_HEAD),
            "5.p1",
            "撤回导入",
            follows="由这次导入新增的人员和用工删除，被它更新的记载恢复原样，变更留痕保留。",
            undo="可以重新上传同一份花名册再导入。",
            reason=True,
            second_look=True,
        )
    ],
)
