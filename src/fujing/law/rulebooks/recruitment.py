"""Who may be recruited for a post: Article 18 and Article 20, one rule a matter."""

from __future__ import annotations

import polars as pl

from fujing.law.engine import Exceptional, Judgement, Row, RuleBook, choose, except_where, one_of, rule, when
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures
from fujing.law.rulebooks import sentences
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE, Applicant, floor
from fujing.law.rulebooks.background import GROUND_RULES, identity

NOT_ADMITTED = "资格审查不予通过"


@rule("46", id="recruitment.in_force", remedy="按当时的规定判断", matter="event_date")
def in_force(a: Applicant, p: Parameters) -> pl.Expr:
    """本办法自2021年3月1日起施行。"""
    return when(a.event_date < measures().effective).then(None).otherwise(True)


@in_force.satisfaction
def _(row: Row, p: Parameters) -> str:
    return f"报名日期为{row['event_date']}，本办法自{measures().effective}施行"


@in_force.missing
def _(row: Row, p: Parameters) -> str:
    return f"报名日期为{row['event_date']}，早于本办法施行日{measures().effective}，应按当时的规定判断"


@rule("18.1", id="recruitment.nationality", remedy=NOT_ADMITTED, matter="nationality")
def nationality(a: Applicant, p: Parameters) -> pl.Expr:
    """具有中华人民共和国国籍；"""
    chinese = one_of(a.nationality, "中国", "CN", "中华人民共和国")
    # 港澳台居民的国籍凭证件核实。
    unclear = one_of(a.nationality, "中国香港", "中国澳门", "中国台湾")
    return when(~unclear).then(chinese)


@nationality.satisfaction
def _(row: Row, p: Parameters) -> str:
    return "国籍为中国"


@nationality.missing
def _(row: Row, p: Parameters) -> str:
    if row["nationality"] is None:
        return "缺国籍，待核实"
    return f"国籍为{row['nationality']}，应以证件核实，待核实"


@nationality.violation
def _(row: Row, p: Parameters) -> str:
    return f"国籍为{row['nationality']}，不具有中华人民共和国国籍"


@rule("18.2", id="recruitment.conduct", remedy=NOT_ADMITTED, matter="conduct")
def conduct(a: Applicant, p: Parameters) -> pl.Expr:
    """拥护中国共产党的领导和中华人民共和国宪法，遵守法律、法规，品行端正；"""
    return a.conduct


@conduct.satisfaction
def _(row: Row, p: Parameters) -> str:
    return "品行考察合格"


@conduct.violation
def _(row: Row, p: Parameters) -> str:
    return "品行考察不合格"


@rule(
    "18.3",
    id="recruitment.age",
    remedy="资格审查不予通过；确属急需技能人员的，改报放宽年龄的急需岗位",
    matter="birth_date",
    shows=("birth_date", "cutoff"),
)
def age(a: Applicant, p: Parameters) -> Judgement:
    """年满18周岁、不超过35周岁，急需的专业技术、专门技能人员可以适当放宽年龄限制；

    The Measures' limit holds unless the post is scarce: then what it states stands in its place, for a scarce
    skill or, stated for everybody, for all. The announcement's own narrower limits are `post_age`.
    """
    return lawful_age(a, p) & (a.age >= p.literal("recruitment.age.min"))


def lawful_age(a: Applicant, p: Parameters) -> Judgement:
    """Not beyond the Measures' upper limit."""
    raised = (a.post_age_max > p.literal("recruitment.age.max")) & (a.post_age_max < ALLOWED_EVERYONE)
    relaxed = a.post_scarce & (a.post_age_scarce > 0) & (a.scarce_skill | raised)
    return except_where(p.literal("recruitment.age.max"), [Exceptional("18.3", relaxed, a.post_age_scarce)], a.within)


age.satisfaction(sentences.age_satisfied)
age.violation(sentences.age_violated)
age.missing(sentences.age_undetermined)
age.remedied(sentences.age_remedy)


@rule(
    "18.6",
    id="recruitment.post_age",
    remedy="不符合公告所定的年龄，资格审查不予通过",
    matter="birth_date",
    shows=("birth_date", "cutoff"),
)
def post_age(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。

    The announcement's own limits, which may be narrower than the Measures'. Whoever is outside the Measures' own, or
    whose age can't be told, is a matter of 18.3.
    """
    stated = a.within(a.age_limit, a.age_limit_possible) & (a.age >= a.post_age_min)
    lawful = age.judgement(a, p).outcome
    return when(lawful).then(stated).otherwise(when(lawful.is_null() & ~stated).then(False).otherwise(True))


post_age.satisfaction(sentences.post_age_satisfied)
post_age.violation(sentences.post_age_violated)
post_age.missing(sentences.post_age_undetermined)


@rule(
    "18.6",
    id="recruitment.birth_window",
    remedy="核对公告所印出生日期范围",
    matter="birth_date",
    shows=("birth_date", "post_window_from", "post_window_to"),
)
def birth_window(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。

    A printed window narrower than the announcement's own ages contradicts them: people decide.
    """
    outside = (a.birth_date < a.post_window_from) | (a.birth_date > a.post_window_to)
    decided_by_ages = ~a.within(a.post_age_max) | (a.age < a.post_age_min)
    return when(outside & ~decided_by_ages.fill_null(True)).then(None).otherwise(True)


@birth_window.satisfaction
def _(row: Row, p: Parameters) -> str:
    if row["post_window_from"] is None and row["post_window_to"] is None:
        return "公告没有另印出生日期范围"
    return f"出生日期为{row['birth_date']}，与公告所印出生日期范围没有出入"


@birth_window.missing
def _(row: Row, p: Parameters) -> str:
    window = f"{row['post_window_from'] or ''}至{row['post_window_to'] or ''}"
    return f"出生日期{row['birth_date']}符合年龄条件，而在公告所印范围{window}之外，待核实"


@rule(
    "18.4",
    id="recruitment.education",
    remedy="不符合学历条件，资格审查不予通过",
    matter="education",
    shows=("education", "post_category"),
)
def education(a: Applicant, p: Parameters) -> Judgement:
    """具有高中以上文化程度及履行岗位职责所需的工作能力，其中文职警务辅助人员应当具有大专以上文化程度及履行岗位职责所需的专业资质或专门技能；"""
    lawful = except_where(
        floor(p, "recruitment.education.min"),
        [Exceptional("18.4", a.post_category == "civil", floor(p, "recruitment.education.civil_min"))],
        a.reaches,
    )
    return lawful & a.reaches(a.education_floor, a.education_floor_possible)


education.satisfaction(sentences.education_satisfied)
education.violation(sentences.education_violated)
education.missing(sentences.education_undetermined)


@rule("18.5", id="recruitment.medical", remedy=NOT_ADMITTED, matter="medical")
def medical(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；"""
    return a.medical


@medical.satisfaction
def _(row: Row, p: Parameters) -> str:
    return "体检合格"


@medical.violation
def _(row: Row, p: Parameters) -> str:
    return "体检不合格"


@rule("18.5", id="recruitment.psychological", remedy=NOT_ADMITTED, matter="psychological")
def psychological(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；"""
    return a.psychological


@psychological.satisfaction
def _(row: Row, p: Parameters) -> str:
    return "心理测试合格"


@psychological.violation
def _(row: Row, p: Parameters) -> str:
    return "心理测试不合格"


@rule("18.5", id="recruitment.height", remedy=NOT_ADMITTED, matter="height_cm", shows=("height_cm", "sex"))
def height(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；"""

    def tall_enough(limit: pl.Expr) -> pl.Expr:
        return (limit == 0) | (a.height_cm >= limit)

    return choose(a.sex == "male", tall_enough(a.post_height_male), tall_enough(a.post_height_female))


@height.satisfaction
def _(row: Row, p: Parameters) -> str:
    male, female = row["post_height_male"], row["post_height_female"]
    asked = {"male": male, "female": female}.get(row.get("sex") or "", max(male, female))
    if not asked:
        return "岗位对身高没有要求"
    return f"身高{sentences.number(row['height_cm'])}厘米，岗位要求{sentences.number(asked)}厘米以上"


@height.violation
def _(row: Row, p: Parameters) -> str:
    asked = row["post_height_male" if row.get("sex") == "male" else "post_height_female"]
    lowest = asked if row.get("sex") else min(row["post_height_male"], row["post_height_female"])
    return f"身高{sentences.number(row['height_cm'])}厘米，低于岗位要求的{sentences.number(lowest)}厘米"


@rule("18.5", id="recruitment.vision", remedy=NOT_ADMITTED, matter="naked_vision")
def vision(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；"""
    reached = when(_same_notation(a.naked_vision, a.post_vision)).then(a.naked_vision >= a.post_vision)
    return (a.post_vision == 0) | reached


@vision.satisfaction
def _(row: Row, p: Parameters) -> str:
    if not row["post_vision"]:
        return "岗位对裸眼视力没有要求"
    return f"裸眼视力{sentences.number(row['naked_vision'])}，岗位要求{sentences.number(row['post_vision'])}以上"


@vision.violation
def _(row: Row, p: Parameters) -> str:
    return f"裸眼视力{sentences.number(row['naked_vision'])}，低于岗位要求的{sentences.number(row['post_vision'])}"


@vision.missing
def _(row: Row, p: Parameters) -> str:
    if row["naked_vision"] is None:
        return "缺裸眼视力，待核实"
    mine, asked = sentences.number(row["naked_vision"]), sentences.number(row["post_vision"])
    return f"裸眼视力{mine}与岗位要求的{asked}记录方法不同（五分记录、小数记录），待核实"


@rule("18.6", id="recruitment.sex", remedy=NOT_ADMITTED, matter="sex", shows=("sex", "post_sex"))
def sex(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。"""
    return (a.post_sex == "any") | (a.sex == a.post_sex)


@sex.satisfaction
def _(row: Row, p: Parameters) -> str:
    if row["post_sex"] == "any":
        return "岗位不限性别"
    return f"性别为{sentences.SEX[row['sex']]}，岗位限{sentences.SEX[row['post_sex']]}性"


@sex.violation
def _(row: Row, p: Parameters) -> str:
    return f"性别为{sentences.SEX[row['sex']]}，岗位限{sentences.SEX[row['post_sex']]}性"


@rule("18.6", id="recruitment.household", remedy=NOT_ADMITTED, matter="household")
def household(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。"""
    return a.household_met


household.satisfaction(sentences.met("户籍", "household", "post_households"))


@household.violation
def _(row: Row, p: Parameters) -> str:
    return f"户籍为{row['household']}，不在岗位要求的{row['post_households']}"


@household.missing
def _(row: Row, p: Parameters) -> str:
    if row["household"] is None:
        return f"缺户籍，岗位要求{row['post_households']}，待核实"
    return f"户籍“{row['household']}”看不出是否在岗位要求的{row['post_households']}，待核实"


@rule("18.6", id="recruitment.certificates", remedy=NOT_ADMITTED, matter="certificates")
def certificates(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。"""
    return a.certificates_met


certificates.satisfaction(sentences.met("证书", "certificates", "post_certificates"))


@certificates.violation
def _(row: Row, p: Parameters) -> str:
    return f"持有证书：{row['certificates']}，不具备岗位要求的{row['post_certificates']}"


@certificates.missing
def _(row: Row, p: Parameters) -> str:
    if row["certificates"] is None:
        return f"缺证书，岗位要求{row['post_certificates']}，待核实"
    return f"证书“{row['certificates']}”看不出是否具备岗位要求的{row['post_certificates']}，待核实"


@rule("18.6", id="recruitment.major", remedy=NOT_ADMITTED, matter="major")
def major(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。"""
    return a.major_met


major.satisfaction(sentences.met("专业", "major", "post_majors"))


@major.violation
def _(row: Row, p: Parameters) -> str:
    return f"专业为{row['major']}，不在岗位要求的{row['post_majors']}"


@major.missing
def _(row: Row, p: Parameters) -> str:
    if row["major"] is None:
        return f"缺专业，岗位要求{row['post_majors']}，待核实"
    return f"专业“{row['major']}”看不出是否属于岗位要求的{row['post_majors']}，待核实"


def _same_notation(mine: pl.Expr, asked: pl.Expr) -> pl.Expr:
    """五分记录（4.8）与小数记录（0.6）不能直接比较。"""
    return (mine >= 3) == (asked >= 3)


@rule("18.5", id="recruitment.corrected_vision", remedy=NOT_ADMITTED, matter="corrected_vision")
def corrected_vision(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；"""
    asked = a.post_corrected_vision
    reached = when(_same_notation(a.corrected_vision, asked)).then(a.corrected_vision >= asked)
    return (asked == 0) | reached


@corrected_vision.satisfaction
def _(row: Row, p: Parameters) -> str:
    if not row["post_corrected_vision"]:
        return "岗位对矫正视力没有要求"
    mine, asked = sentences.number(row["corrected_vision"]), sentences.number(row["post_corrected_vision"])
    return f"矫正视力{mine}，岗位要求{asked}以上"


@corrected_vision.violation
def _(row: Row, p: Parameters) -> str:
    mine, asked = sentences.number(row["corrected_vision"]), sentences.number(row["post_corrected_vision"])
    return f"矫正视力{mine}，低于岗位要求的{asked}"


@corrected_vision.missing
def _(row: Row, p: Parameters) -> str:
    if row["corrected_vision"] is None:
        return "缺矫正视力，待核实"
    mine, asked = sentences.number(row["corrected_vision"]), sentences.number(row["post_corrected_vision"])
    return f"矫正视力{mine}与岗位要求的{asked}记录方法不同（五分记录、小数记录），待核实"


@rule("18.5", id="recruitment.bmi", remedy=NOT_ADMITTED, matter="weight_kg", shows=("weight_kg", "height_cm"))
def bmi(a: Applicant, p: Parameters) -> pl.Expr:
    """具有符合岗位要求的身体条件、心理素质；

    Weight in kilograms by the square of the height in metres, inside the post's limits, both inclusive; compared
    without dividing, so that a limit that is just met is met.
    """
    height = a.height_cm.cast(pl.Float64)
    square, weight = height * height, (a.weight_kg.cast(pl.Float64) * 10_000).round(6)
    least, most = a.post_bmi_min.cast(pl.Float64), a.post_bmi_max.cast(pl.Float64)
    return ((least == 0) | (weight >= (least * square).round(6))) & ((most == 0) | (weight <= (most * square).round(6)))


@bmi.satisfaction
def _(row: Row, p: Parameters) -> str:
    if not row["post_bmi_min"] and not row["post_bmi_max"]:
        return "岗位对体重指数没有要求"
    return f"体重指数{sentences.body_mass(row)}，岗位要求{sentences.body_mass_asked(row)}"


@bmi.violation
def _(row: Row, p: Parameters) -> str:
    return f"体重指数{sentences.body_mass(row)}，岗位要求{sentences.body_mass_asked(row)}"


@rule("18.6", id="recruitment.pool", remedy="改报不限人员范围的岗位", matter="pool_met", shows=("pool_met",))
def pool(a: Applicant, p: Parameters) -> pl.Expr:
    """符合招聘岗位需要的其他资格条件。"""
    return a.pool_met


@pool.satisfaction
def _(row: Row, p: Parameters) -> str:
    return f"属于岗位面向的人员（{row['post_pool']}）" if row["post_pool"] else "岗位不限人员范围"


@pool.violation
def _(row: Row, p: Parameters) -> str:
    return f"岗位只面向{row['post_pool']}，不在其内"


@pool.missing
def _(row: Row, p: Parameters) -> str:
    return f"岗位只面向{row['post_pool']}，缺这一项，待核实"


ARTICLE_18 = (
    nationality,
    conduct,
    age,
    birth_window,
    education,
    medical,
    psychological,
    height,
    vision,
    sex,
    household,
    certificates,
    major,
)

RECRUITMENT = RuleBook(
    id="sichuan-345/recruitment",
    facts=Applicant,
    rules=(in_force, *ARTICLE_18, *GROUND_RULES, identity, post_age, corrected_vision, bmi, pool),
    valid_from=measures().effective,
)
