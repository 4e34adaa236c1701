"""The rules of Articles 18 and 20. Each reads facts of the applicant and demands of the post."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fujing.law.ages import at_most
from fujing.law.announcements.births import birthday
from fujing.law.engine import Exempt, Row, RuleBook, excepted
from fujing.law.formats.applicants import CONDITIONS, EDUCATION_LABEL, EDUCATION_RANK, LABELS
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures

BOOK = RuleBook(
    "sichuan-345/recruitment",
    date(2021, 3, 1),
    labels={
        **LABELS,
        "cutoff": "年龄计算截止日",
        "chinese": "国籍",
        "education_rank": "学历",
        "post_is_civil": "岗位类别",
        "sex_known": "性别",
        "id_number_valid": "公民身份号码",
        "household_ok": "可以判断的户籍",
        "certificates_ok": "可以判断的证书",
        "major_ok": "可以判断的专业",
        "post_category": "岗位类别",
        "age_reading": "公告的年龄读法",
    },
)


def age_on(birth: date, on: date) -> int:
    """Completed years on a day."""
    return on.year - birth.year - (birthday(birth, on.year - birth.year) > on)


def _rank(name: str | None) -> pl.Expr:
    return pl.lit(None if name is None else EDUCATION_RANK[name], pl.Int32)


def _years(value: int | None) -> pl.Expr:
    return pl.lit(value, pl.Int32)


def _education(rank: int | None) -> str:
    return next((EDUCATION_LABEL[key] for key, value in EDUCATION_RANK.items() if value == rank), "")


@BOOK.rule(
    "18.1",
    id="recruitment.nationality",
    remedy="提交中华人民共和国国籍证明",
    violated=lambda row: f"国籍为{row['nationality']}，不具有中华人民共和国国籍",
)
def nationality(a: Any, p: Parameters) -> pl.Expr:
    """具有中华人民共和国国籍。"""
    return a.chinese


@BOOK.rule(
    "18.2",
    id="recruitment.conduct",
    remedy="由考察人员说明依据，当事人可以陈述",
    violated=lambda row: "品行考察不合格",
    unknown=lambda row: "品行考察尚无结论，待核实",
)
def conduct(a: Any, p: Parameters) -> pl.Expr:
    """拥护中国共产党的领导和中华人民共和国宪法，遵守法律、法规，品行端正。"""
    return a.conduct_passed


def _age_violated(row: Row) -> str:
    birth, cutoff = row["birth_date"], row["cutoff"]
    age = age_on(birth, cutoff)
    if age < 18:
        return f"截至{cutoff}为{age}周岁，未满18周岁"
    limits = [35]
    if row.get("post_scarce"):
        limits.append(row.get("post_age_max") or 0)
        if row.get("scarce_skill"):
            limits.append(row.get("age_relaxed_scarce_skill") or 0)
    limit = max(limits)
    if age == limit:
        return f"{birth}出生，{limit}周岁生日为{birthday(birth, limit)}，截至{cutoff}已过公告所定的生日当日，超过{limit}周岁上限"
    return f"截至{cutoff}已满{age}周岁，超过{limit}周岁上限"


def _age_unknown(row: Row) -> str:
    if row.get("cutoff") is None:
        missing = (
            "报名日期" if row.get("registered_on") is None and "registered_on" in row else "年龄计算截止日"
        )
        return f"缺少{missing}，无法计算年龄，待核实"
    if row.get("birth_date") is None:
        return "缺少出生日期，待核实"
    if row.get("age_reading") is None and row.get("scarce_skill") is not None:
        return f"截至{row['cutoff']}为{age_on(row['birth_date'], row['cutoff'])}周岁，公告未写年龄按周岁还是按生日当日计算，待核实"
    return f"截至{row['cutoff']}为{age_on(row['birth_date'], row['cutoff'])}周岁，是否属于放宽年龄的急需专业技术、专门技能人员待核实"


@BOOK.rule(
    "18.3",
    id="recruitment.age",
    remedy="改报放宽年龄的急需岗位",
    violated=_age_violated,
    unknown=_age_unknown,
    satisfied=lambda row: (
        f"截至{row['cutoff']}为{age_on(row['birth_date'], row['cutoff'])}周岁，在年龄范围内"
    ),
    shown=("birth_date", "cutoff", "age_reading", "scarce_skill"),
)
def age(a: Any, p: Parameters) -> pl.Expr:
    """年满18周岁、不超过35周岁，急需的专业技术、专门技能人员可以适当放宽年龄限制。"""
    limit = _years(p["recruitment.age.max"])
    general = pl.when(a.post_scarce).then(pl.max_horizontal(limit, a.post_age_max)).otherwise(limit)
    relaxed = pl.max_horizontal(general, a.age_relaxed_scarce_skill)
    within = excepted(
        lambda years: at_most(a, years),
        general,
        Exempt("18.3", a.post_scarce & a.scarce_skill & a.age_relaxed_scarce_skill.is_not_null(), relaxed),
    )
    return within & (a.age >= _years(p["recruitment.age.min"]))


def _education_violated(row: Row) -> str:
    kind, floor = ("文职", "大专") if row["post_category"] == "civil" else ("勤务", "高中")
    return f"学历为{EDUCATION_LABEL[row['education']]}，{kind}岗位要求{floor}以上"


@BOOK.rule(
    "18.4",
    id="recruitment.education",
    remedy="改报学历要求相符的岗位",
    violated=_education_violated,
    shown=("education", "post_category"),
)
def education(a: Any, p: Parameters) -> pl.Expr:
    """具有高中以上文化程度，其中文职警务辅助人员应当具有大专以上文化程度。"""
    civil, field = _rank(p["recruitment.education.civil"]), _rank(p["recruitment.education.field"])
    floor = pl.when(a.post_is_civil).then(civil).otherwise(field)
    return a.education_rank >= floor


def _result(name: str, provision: str, id: str, text: str) -> None:
    """A medical or psychological examination: its conclusion is a finding of those who examined."""

    def expression(a: Any, p: Parameters) -> pl.Expr:
        return getattr(a, f"{name}_passed")

    expression.__doc__ = text
    BOOK.rule(
        provision,
        id=id,
        remedy="可按公告申请复检",
        violated=lambda row: f"{LABELS[name]}不合格",
        unknown=lambda row: f"{LABELS[name]}尚无结论，待核实",
    )(expression)


_result("medical", "18.5", "recruitment.medical", "具有符合岗位要求的身体条件。")
_result("psychological", "18.5", "recruitment.psychological", "具有符合岗位要求的心理素质。")

GROUND_NAMES = {number: measures()[f"20.{number}"].text.rstrip("；。") for number in range(1, 10)}


def _ground(number: int) -> None:
    """One of the nine grounds: found, checked and absent, or not checked yet. Never a computed opinion."""
    name = f"ground_20_{number}"

    def expression(a: Any, p: Parameters) -> pl.Expr:
        return ~getattr(a, name)

    expression.__doc__ = GROUND_NAMES[number]
    BOOK.rule(
        f"20.{number}",
        id=f"recruitment.{name}",
        remedy="考察人员应当告知当事人并听取陈述",
        violated=lambda row: f"考察认定存在“{GROUND_NAMES[number]}”情形",
        unknown=lambda row: f"“{GROUND_NAMES[number]}”情形尚未考察，待核实",
    )(expression)


for _number in range(1, 10):
    _ground(_number)


def _documents_unknown(row: Row) -> str:
    if row.get("id_number") is None:
        return "缺少公民身份号码，待核实"
    if row.get("id_number_valid") is False:
        return "材料不一致，待核实：公民身份号码校验不通过"
    if row.get("id_birth_matches") is False:
        return "材料不一致，待核实：公民身份号码与出生日期不符"
    if row.get("id_sex_matches") is False:
        return "材料不一致，待核实：公民身份号码与性别不符"
    return "材料待核实：出生日期或性别未填，无法与公民身份号码核对"


@BOOK.rule(
    "20.8",
    id="recruitment.documents",
    remedy="核对身份证原件",
    violated=lambda row: "材料不一致",
    unknown=_documents_unknown,
    shown=("birth_date", "sex"),
)
def documents(a: Any, p: Parameters) -> pl.Expr:
    """提供虚假个人证明资料的，不得招聘：号码与所填不一致是待核实的线索，不是结论。"""
    consistent = a.id_number_valid & a.id_birth_matches & a.id_sex_matches
    return pl.when(consistent).then(True)


def _relaxed(a: Any, kind: str, met: Any) -> pl.Expr:
    """Whether any relaxation of the announcement opens the demand to the applicant."""
    opened = pl.lit(False)
    for name in CONDITIONS:
        limit = getattr(a, f"{kind}_relaxed_{name}")
        opened = opened | (limit.is_not_null() & getattr(a, name) & met(limit).fill_null(True))
    return opened


def _post_age_violated(row: Row) -> str:
    years = age_on(row["birth_date"], row["cutoff"])
    low, high = row.get("post_age_min"), row.get("post_age_max")
    if low is not None and years < low:
        return f"截至{row['cutoff']}为{years}周岁，未满岗位要求的{low}周岁"
    return f"截至{row['cutoff']}为{years}周岁，超过岗位要求的{high}周岁上限"


@BOOK.rule(
    "18.6",
    id="recruitment.post_age",
    remedy="改报年龄要求相符的岗位",
    violated=_post_age_violated,
    unknown=lambda row: "缺少判断岗位年龄条件所需的出生日期、截止日或放宽条件，待核实",
    shown=("birth_date", "cutoff", "post_age_min", "post_age_max"),
)
def post_age(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定更严的年龄。"""
    stricter = a.post_age_max < pl.lit(p["recruitment.age.max"])
    within = at_most(a, a.post_age_max)
    opened = _relaxed(a, "age", lambda limit: at_most(a, limit))
    old_enough = a.post_age_min.is_null() | (a.age >= a.post_age_min)
    return (~stricter.fill_null(False) | within | opened) & old_enough


@BOOK.rule(
    "18.6",
    id="recruitment.post_education",
    remedy="改报学历要求相符的岗位",
    violated=lambda row: (
        f"学历为{EDUCATION_LABEL[row['education']]}，岗位要求{_education(row['post_education'])}以上"
    ),
    unknown=lambda row: "缺少判断岗位学历条件所需的学历或放宽条件，待核实",
    shown=("education",),
)
def post_education(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定更高的学历。"""
    civil, field = _rank(p["recruitment.education.civil"]), _rank(p["recruitment.education.field"])
    stricter = a.post_education > pl.when(a.post_is_civil).then(civil).otherwise(field)
    opened = _relaxed(a, "education", lambda floor: a.education_rank >= floor)
    return ~stricter.fill_null(False) | (a.education_rank >= a.post_education) | opened


@BOOK.rule(
    "18.6",
    id="recruitment.post_sex",
    remedy="改报性别要求相符的岗位",
    violated=lambda row: f"岗位限{'男' if row['post_sex'] == 'male' else '女'}性",
    shown=("sex", "post_sex"),
)
def post_sex(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定性别。"""
    return a.post_sex.is_null() | (a.sex == a.post_sex)


@BOOK.rule(
    "18.6",
    id="recruitment.post_household",
    remedy="改报户籍要求相符的岗位",
    violated=lambda row: f"户籍{row['household']}不在岗位要求的范围",
    unknown=lambda row: (
        f"户籍{row['household']}无法判断是否在岗位要求的范围，待核实"
        if row.get("household")
        else "缺少户籍，待核实"
    ),
    shown=("household",),
)
def post_household(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定户籍。"""
    return a.household_ok


@BOOK.rule(
    "18.6",
    id="recruitment.post_major",
    remedy="改报专业要求相符的岗位",
    violated=lambda row: f"专业{row['major']}不在岗位要求的范围",
    unknown=lambda row: (
        f"专业{row['major']}是否属于岗位要求的专业类别待核实" if row.get("major") else "缺少专业，待核实"
    ),
    shown=("major",),
)
def post_major(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定专业。"""
    return a.major_ok


@BOOK.rule(
    "18.6",
    id="recruitment.post_certificates",
    remedy="取得岗位要求的证书，或改报其他岗位",
    violated=lambda row: f"所填证书（{row['certificates']}）不具备岗位要求的全部证书",
    unknown=lambda row: (
        f"所填证书（{row['certificates']}）是否符合岗位要求待核实"
        if row.get("certificates")
        else "未填证书，待核实"
    ),
    shown=("certificates",),
)
def post_certificates(a: Any, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件：公告所定证书。"""
    return a.certificates_ok


def _height_violated(row: Row) -> str:
    return f"身高{row['height_cm']:g}厘米，岗位要求{row[_height_column(row)]:g}厘米以上"


def _height_column(row: Row) -> str:
    return "post_height_female" if row.get("sex") == "female" else "post_height_male"


@BOOK.rule(
    "18.5",
    id="recruitment.height",
    remedy="以体检测量为准",
    violated=_height_violated,
    unknown=lambda row: "缺少身高或性别，待核实",
    shown=("height_cm", "sex"),
)
def height(a: Any, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件：身高。"""
    male = a.post_height_male.is_null() | (a.height_cm >= a.post_height_male)
    female = a.post_height_female.is_null() | (a.height_cm >= a.post_height_female)
    one_answer = pl.when(male.eq_missing(female)).then(male)
    return (
        pl.when(a.sex_known == "male")
        .then(male)
        .when(a.sex_known == "female")
        .then(female)
        .otherwise(one_answer)
    )


@BOOK.rule(
    "18.5",
    id="recruitment.vision",
    remedy="以体检测量为准",
    violated=lambda row: f"裸眼视力{row['naked_vision']:g}，岗位要求{row['post_vision']:g}以上",
    unknown=lambda row: "缺少裸眼视力，待核实",
    shown=("naked_vision", "post_vision"),
)
def vision(a: Any, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件：裸眼视力。"""
    return a.post_vision.is_null() | (a.naked_vision >= a.post_vision)
