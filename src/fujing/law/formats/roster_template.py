"""The empty roster: drop-downs, a note on each column and the provision behind it, and the sheet of organs."""

from __future__ import annotations

from fujing.kernel.exchange import Column
from fujing.kernel.templates import Asked, Blank, template
from fujing.law.appraisal.grades import USUAL
from fujing.law.catalogue import LABELS as CATEGORY
from fujing.law.formats.roster import COLUMNS, EDUCATIONS, INSURANCE, NONE, ORGAN_COLUMNS, ORGAN_SHEET
from fujing.law.provisions import cite

SHEET = "花名册"
NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "name": ("按身份证填写", ()),
    "id_number": ("18位，按文本填写，末位X大小写都可以；一人只占一行", ("5.p1", "18.3")),
    "category": ("文职或者勤务；群防群治和膳食、保洁等后勤人员不列入", ("3.p2", "3.p3")),
    "organ_code": ("订立劳动合同的公安机关，十二位代码，如 510722000000；不填派出所、大队", ("2", "17.p2")),
    "unit": ("实际使用的部门或者派出所", ("5.p1",)),
    "post": ("岗位名称", ("3.p3",)),
    "education": ("最高学历；中专、职高、技校与高中同一层次，文职应为大专以上", ("18.4",)),
    "employment": ("直接聘用或者购买服务；购买服务应始于2021年3月1日以前", ("45.p2",)),
    "hired_on": ("到本单位用工的第一天，如 2024-03-01", ("18.3", "22")),
    "contract_kind": ("还没有签的选 未签", ("22", "39")),
    "contract_from": ("现合同的第一天", ("22", "39")),
    "contract_to": ("现合同的最后一天（含当天）；无固定期限的不填", ("39",)),
    "contract_count": ("现合同是第几次，第一次填1", ("22", "39")),
    "probation_to": ("试用期的最后一天；没有约定的不填", ("22",)),
    "tier": (f"现层级；没有评定的填 {NONE}", ("23.p1",)),
    "monthly_pay": ("每月应发，元；不含单位缴纳的五险一金", ("33",)),
    **{f"insured_{key}": (f"本月是否办理并缴纳{label}", ("34",)) for key, label in INSURANCE.items()},
    "inducted_on": (f"岗前培训合格的日期；没有的填 {NONE}", ("24",)),
    **{f"educated_{key}": (f"最近一次{label}的日期；从没有的填 {NONE}", ("24",)) for key, label in EDUCATIONS.items()},
    "trained_on": (f"最近一次年度培训的日期；从没有的填 {NONE}", ("24",)),
    "appraisal": ("上年度考核结果；没有考核的填 未考核", ("25",)),
    "card_number": (f"一人一号；没有配发的填 {NONE}", ("26",)),
    "card_valid_to": ("最后一个有效日", ("26",)),
    "qualifications": (f"名称:有效期，几种用分号隔开，如 机动车驾驶证C1:2028-05-01；没有的填 {NONE}", ("12",)),
    "left_on": ("离职的日期；在职的不填", ("26",)),
    "returned_card": ("离职人员填收回日期，没有收回的填 未收回；在职的不填", ("26",)),
    "returned_uniform": ("离职人员填收回日期，没有收回的填 未收回；在职的不填", ("26",)),
    "returned_insignia": ("离职人员填收回日期，没有收回的填 未收回；在职的不填", ("26",)),
}
ORGAN_NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "code": ("花名册中每个管理机关一行，十二位代码", ("2",)),
    "name": ("机关全称", ()),
    "quota": ("现行用人额度，人", ("6.p1",)),
    "planned": ("2021年3月1日以来各次批准的用人计划名额合计，人", ("16.p3",)),
    "income": ("上年度本地数字，元", ("33",)),
    "income_source": ("上列数字的出处，如统计公报的名称和年份；不写的待核实", ("33",)),
}
WORDS = {
    "category": tuple(CATEGORY.values()),
    "tier": (NONE,),
    "appraisal": (*USUAL, "未考核"),
    "returned_card": ("未收回",),
    "returned_uniform": ("未收回",),
    "returned_insignia": ("未收回",),
}


def roster_template() -> bytes:
    """An .xlsx with 花名册, 机关 and 说明, ready to be filled in and checked."""
    people = [_asked(column, NOTES) for column in COLUMNS]
    organs = [_asked(column, ORGAN_NOTES) for column in ORGAN_COLUMNS]
    return template([Blank(SHEET, people), Blank(ORGAN_SHEET, organs)], title="花名册怎样填写")


def _asked(column: Column, notes: dict[str, tuple[str, tuple[str, ...]]]) -> Asked:
    note, provisions = notes[column.key]
    return Asked(column, note, "、".join(cite(each) for each in provisions), WORDS.get(column.key, ()))
