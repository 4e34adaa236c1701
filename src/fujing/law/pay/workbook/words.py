"""What the headings of a pay workbook mean, by the names that bureaus give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

IDENTITY = {
    "serial": "序号 序 行号 no no. №",
    "name": "姓名 名字 人员姓名 职工姓名 队员姓名 辅警姓名 员工姓名",
    "id_number": "公民身份号码 身份证号 身份证号码 居民身份证号 居民身份证号码 身份证 证件号码 证件号",
    "code": "人员编号 编号 工号 警号 辅警编号 辅警号 职工编号 员工编号 工作证号",
    "month": "月份 工资月份 所属月份 年月 所属期 工资所属期",
    "text": "部门 单位 所属单位 用人单位 工作单位 科室 所属部门 派出所 中队 大队 岗位 职务 职级 岗位名称 类别 人员类别 层级 等级 "
    "岗位类别 岗位等级 学历 性别 联系电话 电话 手机号 签名 签字 签收 签章 领款人 领款人签字 领款人签章 开户行 开户银行 备注 说明 用工性质",
}
NAMED = {word: role for role, words in IDENTITY.items() for word in words.split()}
KINDS = {
    "pension": "养老",
    "medical": "医疗|医保",
    "unemployment": "失业",
    "injury": "工伤",
    "maternity": "生育",
    "housing": "公积金",
    "annuity": "年金",
}
"""Contributions by code; `social`: several of them in one sum; `extra`: others (大病, 补充医疗, 意外)."""
KIND_LABELS = {
    "pension": "养老保险",
    "medical": "医疗保险",
    "unemployment": "失业保险",
    "injury": "工伤保险",
    "maternity": "生育保险",
    "housing": "住房公积金",
    "annuity": "年金",
    "social": "社会保险",
}
EARNED = (
    "工资|津贴|补贴|补助|奖|绩效|加班|补发|夜班|值班|值勤|执勤|岗贴|工龄|高温|防暑|取暖|降温|伙食|餐补|交通|通讯|职务|层级|等级|"
    "岗位|基本|考核|慰问|福利|薪"
)
PATTERNS: tuple[tuple[str, str], ...] = (
    ("account", r"账号|帐号|卡号|银行卡|银行账户"),
    ("hired_on", r"(入职|到岗|上岗|入队|参加工作)(日期|时间)?$"),
    ("left_on", r"(离职|离队|辞职)(日期|时间)?$"),
    ("paid_on", r"(发放|发薪|支付)(日期|时间)$"),
    ("base", r"基数"),
    (
        "ignored",
        r"累计|减除费用|起征点|免征额|费用扣除|应纳税|应税|计税|比例|费率|税率|系数|速算|用人成本|人工成本|总成本",
    ),
    ("special", r"专项附加|附加扣除"),
    ("days_due", r"应出勤|应勤|标准天数|当月天数|月工作日"),
    ("absence_days", r"(事假|病假|旷工|缺勤|请假|年休假?).*(天|日数)"),
    ("days", r"实出勤|实际出勤|出勤天数|^出勤$|上班天数|考勤天数|实勤|计薪天数"),
    ("count", r"小时|时数|次数|班次|天数|个数|数量|人数|班数|工时"),
    ("net", r"^(本月|当月)?(实发|实领|实付|应领|到手|税后)"),
    (
        "deductions",
        r"^((本月)?(应扣|扣款|扣除|代扣|扣发|代扣代缴)(款|项|工资)?(合计|小计|总计|总额)|应扣款|合计扣款|扣款)$",
    ),
    (
        "gross",
        r"^(本月|当月)?(应发|应付)(工资|薪酬|金额|数)?(合计|小计|总计|总额)?$|^(工资|薪酬)(合计|总额|总计|小计)$|^税前工资$|^合计应发$",
    ),
    ("tax", r"个税|所得税|[代应]扣税|税款|税额|税金"),
)
TABLED = tuple((role, re.compile(pattern)) for role, pattern in PATTERNS)
CONTRIBUTED = re.compile("|".join(KINDS.values()) + "|社保|社会保险|[三四五]险|保险|大病|大额|意外")
LUMPED = re.compile(r"社保|社会保险|^保险")
GIVEN = re.compile(r"津贴|补贴|补助|奖")
SUMMED = re.compile(r"合计|小计|总计|总额")
ABSENT = re.compile(r"(事假|病假|休假|请假|缺勤|旷工|考勤|迟到|早退).*[扣减]|[扣减].*(假|勤|旷工|迟到|早退)")
LEAVE = re.compile(r"^(事假|病假|旷工|缺勤|请假)$")
DEDUCTED = re.compile(r"扣|工会|党费|团费|房租|水电|借款|罚|赔偿|追偿|互助|伙食费|餐费|代缴|物业|水费|电费")
EARNING = re.compile(EARNED)
OF_EMPLOYER = re.compile(r"单位|企业|公司|财政")
OF_PERSON = re.compile(r"个人|代扣|本人")
PARTS = ("单位", "个人", "单位部分", "个人部分", "单位缴纳", "个人缴纳", "单位应缴", "个人应缴")
"""Below a heading that names the contribution."""
OWN_PART = re.compile(r"个人(应?缴|部分|承担|负担)")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
UNIT = re.compile(r"[(（](单位[:：])?(元|元/月|人民币)[)）]")
SECTIONS = (
    ("employer", re.compile(r"单位|企业|财政")),
    ("deductions", re.compile(r"扣|代缴|个人|社保|保险|五险")),
    ("attendance", re.compile(r"考勤|出勤")),
    ("earnings", re.compile(r"应发|收入|工资|津|薪|应付")),
)
ALLOWANCES = re.compile(r"加班|夜班|中班|高温|低温|防暑|降温|井下|有毒")
"""Not part of what is compared with the minimum wage."""
BONUS = re.compile(r"年终|一次性奖|全年一次")
CORRECTS = re.compile(r"补|调整|扣回|退")
"""May be below zero."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its place from 0, its title as people read it, and what it means.

    `code`: which contribution or base; `side`: `person` or `employer`; `rate`: as the heading prints it; `section`: of
    the merged heading above.
    """

    place: int
    title: str
    role: str
    code: str = ""
    side: str = ""
    rate: Fraction | None = None
    section: str = ""


def plain(text: object) -> str:
    """Without full-width forms, spaces and 元."""
    return _plain("" if text is None else str(text))


@lru_cache(maxsize=100_000)
def _plain(said: str) -> str:
    return UNIT.sub("", "".join(unicodedata.normalize("NFKC", said).split())).lower()


def heading(place: int, texts: Sequence[str]) -> Heading:
    """What a column means by the texts above it, outermost first."""
    if not texts:
        return Heading(place, "", "blank")
    *groups, leaf = texts
    above = "".join(groups)
    section = next((name for name, pattern in SECTIONS if above and pattern.search(above)), "")
    whole = above + leaf
    title = "·".join(texts)
    percent = PERCENT.search(leaf) or PERCENT.search(above)
    rate = Fraction(percent[1]) / 100 if percent else None
    word = PERCENT.sub("", leaf).replace("()", "").strip("(:")
    role, code, side = _meaning(word, section, whole)
    return Heading(place, title, role, code, side, rate, section)


def _meaning(word: str, section: str, whole: str) -> tuple[str, str, str]:
    if word in PARTS and CONTRIBUTED.search(whole):
        return _contribution(whole, section, whole)
    if word in NAMED:
        role = NAMED[word]
        return ("earning" if role == "text" and section == "earnings" else role), "", ""
    for role, pattern in TABLED:
        if pattern.search(word):
            if role == "base":
                return role, kind(word) or kind(whole) or "social", ""
            return role, "", ""
    if SUMMED.fullmatch(word) or (SUMMED.search(word) and not CONTRIBUTED.search(whole)):
        return _sum(section, whole)
    if CONTRIBUTED.search(word) and not GIVEN.search(word):
        return _contribution(word, section, whole)
    if ABSENT.search(word):
        return "absence", "", ""
    if LEAVE.match(word):
        return {"attendance": "absence_days", "deductions": "absence"}.get(section, "leave"), "", ""
    if DEDUCTED.search(word) and not GIVEN.search(word):
        return "deduction", "", ""
    if EARNING.search(word) or section == "earnings":
        return "earning", "", ""
    return ("deduction" if section == "deductions" else "unknown"), "", ""


def _sum(section: str, whole: str) -> tuple[str, str, str]:
    if section == "employer" or OF_EMPLOYER.search(whole):
        return "contribution_total", "", "employer"
    if section == "deductions":
        if CONTRIBUTED.search(whole) or OWN_PART.search(whole):
            return "contribution_total", "", "person"
        return "deductions", "", ""
    return ("gross" if section == "earnings" else "sum"), "", ""


def _contribution(word: str, section: str, whole: str) -> tuple[str, str, str]:
    side = "person"
    if section == "employer" or (OF_EMPLOYER.search(whole) and not OF_PERSON.search(whole)):
        side = "employer"
    if SUMMED.search(word) or re.search(r"[五三四]险", word):
        return "contribution_total", "", side
    return "contribution", kind(word) or ("social" if LUMPED.search(word) else "extra"), side


def kind(word: str) -> str:
    """Which contribution a word names."""
    if re.search("大病|大额|补充", word):
        return "extra"
    return next((code for code, pattern in KINDS.items() if re.search(pattern, word)), "")
