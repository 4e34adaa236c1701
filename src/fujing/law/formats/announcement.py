"""The recruitment announcement (招聘公告) as a file, documented in FORMATS ("announcement")."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator

from fujing.law.formats.consistency import contradictions
from fujing.law.formats.documents import DocumentError, Fault, read_document
from fujing.law.formats.faults import explain
from fujing.law.formats.values import Amount, Code, Day, DayOrWords, FirstDay, LastDay, Moment, Positive, Text, Weight
from fujing.law.provisions import measures

Sex = Literal["male", "female"]
Category = Literal["civil", "field"]
Education = Literal["junior_middle", "high_school", "junior_college", "bachelor", "master", "doctor"]
Condition = Literal["veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill"]
StageKind = Literal[
    "announcement",
    "registration",
    "qualification_review",
    "written",
    "fitness",
    "interview",
    "skills",
    "psychological",
    "medical",
    "background",
    "publicity",
    "hire",
]
STAGE_KINDS: tuple[str, ...] = get_args(StageKind)
EDUCATIONS: tuple[str, ...] = get_args(Education)
PRIORITY_GROUPS = ("martyr_kin", "veteran", "bravery", "police_school", "skill")
ADDRESS = re.compile(r"^\d+\.\d+$")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


ONE_CONDITION = {"type": "string", "enum": list(get_args(Condition))}
Conditions = Annotated[
    tuple[Condition, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [ONE_CONDITION, {"type": "array", "items": ONE_CONDITION, "minItems": 1}]}),
]

Years = Annotated[int, Field(ge=0, le=120)]


class Part(BaseModel):
    """A part of the announcement: unknown keys are refused, values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_sequences(cls, data: Any) -> Any:
        """Strict tuples refuse lists, which is all that YAML and JSON have; null says that a key isn't stated."""
        if not isinstance(data, dict):
            return data
        optional = {
            name for key, field in cls.model_fields.items() if not field.is_required() for name in (key, field.alias)
        }
        stated = ((key, value) for key, value in data.items() if value is not None or key not in optional)
        return {key: _tuples(value) if isinstance(value, list) else value for key, value in stated}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


OrganCode = Annotated[
    Code,
    Field(pattern=r"^\d{12}$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{12}$", "minimum": 10**11, "maximum": 10**12 - 1}),
]


class Organ(Part):
    """招聘机关."""

    code: OrganCode | None = Field(None, description="机关代码，12位数字（GA/T 380）")
    name: Text = Field(description="机关名称")
    province: Text | None = Field(None, description="所在省；写了而不是四川的，不适用办法")
    kind: Text = Field(
        "public_security",
        description="public_security 公安机关，judicial_administration 参照执行的司法行政机关；其他机关不适用办法",
    )
    level: Literal["province", "city", "county", "internal", "dispatched"] = Field(
        description="省、市（州）、县（市、区）、内设机构、派出机构"
    )


class Organiser(Part):
    """组织实施方式（第十七条）."""

    mode: Literal["alone", "joint_hrss", "entrusted"] = Field(description="单独组织、与人社部门共同组织、委托组织")
    partner: Text | None = Field(None, alias="with", description="共同组织或者受委托的单位名称")
    signs: Literal["organ", "entrusted"] | None = Field(None, description="与聘用人员签订劳动合同的一方")


class Plan(Part):
    """用人计划（第十六条）."""

    number: Text | None = Field(None, description="批准文号")
    headcount: Annotated[int, Field(ge=0)] | None = Field(None, description="批准的用人计划数，人")
    used: Annotated[int, Field(ge=0)] | None = Field(None, description="同一计划此前的公告已用人数，人")
    approved: bool | None = Field(None, description="是否已经批准")
    approved_by: Text | None = Field(None, description="公告所印的批准单位")


class Registration(Part):
    """报名时间."""

    start: Moment | None = Field(None, alias="from", description="报名开始，含")
    end: Moment | None = Field(None, alias="to", description="报名截止，含")

    @model_validator(mode="after")
    def _in_order(self) -> Registration:
        if self.start and self.end and self.start.date() > self.end.date():
            raise ValueError("报名截止早于报名开始")
        return self


class Consent(Part):
    """人力资源社会保障部门同意简化程序的文件."""

    by: Text | None = Field(None, description="同意的部门")
    number: Text | None = Field(None, description="文号")
    date: Day | None = Field(None, description="日期")


class Simplified(Part):
    """简化招聘程序（第二十一条第二款）."""

    consent: Consent | None = Field(None, description="同级人力资源社会保障部门的同意")
    dropped: tuple[StageKind, ...] = Field((), description="简化掉的环节")


class Scarce(Part):
    """急需的专业技术、专门技能岗位."""

    reason: Text | None = Field(None, description="急需的理由")


class AgeRelaxation(Part):
    """对部分人员放宽的年龄上限."""

    max: Years = Field(description="放宽后的年龄上限，周岁")
    when: Conditions = Field(description="适用人员")


class Window(Part):
    """公告所印的出生日期范围."""

    start: FirstDay | None = Field(None, alias="from", description="最早出生日，含；只写月份的从月初起")
    end: LastDay | None = Field(None, alias="to", description="最晚出生日，含；只写月份的到月末止")

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.start and self.end and self.start > self.end:
            raise ValueError("出生日期范围的起日晚于止日")
        return self


class Age(Part):
    """年龄条件（第十八条第（三）项）."""

    min: Years | None = Field(None, description="年龄下限，周岁")
    max: Years | None = Field(None, description="年龄上限，周岁")
    relax: tuple[AgeRelaxation, ...] = Field((), description="放宽")
    window: Window | None = Field(None, description="公告所印的出生日期范围")

    @model_validator(mode="after")
    def _in_order(self) -> Age:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("年龄下限高于年龄上限")
        return self


class EducationRelaxation(Part):
    """对部分人员放宽的学历下限."""

    min: Education = Field(description="放宽后的学历下限")
    when: Conditions = Field(description="适用人员")


class EducationFloor(Part):
    """学历条件（第十八条第（四）项）."""

    min: Education | None = Field(None, description="学历下限")
    relax: tuple[EducationRelaxation, ...] = Field((), description="放宽")


class BySex(Part):
    """男女分列的数值."""

    male: Positive | None = Field(None, description="男")
    female: Positive | None = Field(None, description="女")


class BodyMass(Part):
    """体重指数范围."""

    min: Positive | None = Field(None, description="下限，含")
    max: Positive | None = Field(None, description="上限，含")

    @model_validator(mode="after")
    def _in_order(self) -> BodyMass:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("体重指数下限高于上限")
        return self


class PositionConditions(Part):
    """岗位条件，只可严于办法；未写的依照办法."""

    age: Age | None = Field(None, description="年龄")
    education: EducationFloor | None = Field(None, description="学历")
    height_cm: Positive | BySex | None = Field(None, description="身高下限，厘米；一个数为男女相同")
    naked_vision: Positive | None = Field(None, description="裸眼视力下限")
    corrected_vision: Positive | None = Field(None, description="矫正视力下限")
    bmi: BodyMass | None = Field(None, description="体重指数（体重公斤数除以身高米数的平方）范围，含两端")
    household: tuple[Text, ...] = Field((), description="户籍范围，任一即可")
    certificates: tuple[Text, ...] = Field((), description="证书，全部具备；甲|乙为任一")
    majors: tuple[Text, ...] = Field((), description="专业，任一即可")

    @property
    def heights(self) -> BySex | None:
        """The lowest heights of men and women; one number is for both."""
        height = self.height_cm
        if height is None or isinstance(height, BySex):
            return height
        return BySex.model_validate({"male": height, "female": height})


def _duty(value: Any) -> Any:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and ADDRESS.match(value):
        known = measures().provisions
        if value not in known or value.split(".")[0] not in ("9", "10", "11", "13"):
            raise ValueError("应为第九条至第十一条的职责编号（如 9.1、10.3），或者职责文字")
    return value


Duty = Annotated[Text, BeforeValidator(_duty), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]


class Pool(Part):
    """定向招聘：岗位只面向所列人员."""

    when: Conditions = Field(description="面向的人员")
    reason: Text | None = Field(None, description="定向的理由")


class Position(Part):
    """招聘岗位."""

    code: Code = Field(description="岗位代码，公告内不重复")
    name: Text = Field(description="岗位名称")
    category: Category = Field(description="civil 文职，field 勤务")
    duties: tuple[Duty, ...] = Field((), description="职责：目录编号（如 10.3）或者公告原文")
    headcount: Annotated[int, Field(ge=1)] = Field(description="招聘人数")
    sex: Sex | None = Field(None, description="限招性别")
    sex_reason: Text | None = Field(None, description="限招性别的理由")
    scarce: Scarce | None = Field(None, description="急需的专业技术、专门技能岗位")
    pool: Pool | None = Field(None, description="定向招聘")
    basis: Text | None = Field(
        None, description="第九条第（四）项、第十条第（十）项、第十一条第（四）项工作所依据的国家规定"
    )
    conditions: PositionConditions = Field(
        default_factory=lambda: PositionConditions.model_validate({}), description="岗位条件"
    )


class Paper(Part):
    """笔试科目."""

    name: Text = Field(description="科目名称")
    weight: Weight = Field(description="在本环节成绩中的权重，数字或者 1/3 这样的分数")
    full: Positive | None = Field(None, description="满分")


class Item(Part):
    """只测一种性别的项目."""

    name: Text = Field(description="项目名称")
    sex: Sex | None = Field(None, description="测哪一种性别，未写即都测")


Items = tuple[Text | Item, ...]


def items_of(items: Items, sex: str | None = None) -> list[str]:
    """The names of items, all of them or those that are asked of one sex."""
    asked = (item for item in items if sex is None or isinstance(item, str) or item.sex in (None, sex))
    return list(dict.fromkeys(item if isinstance(item, str) else item.name for item in asked))


class Gate(Part):
    """只分合格与不合格的测试."""

    standard: Text | None = Field(None, description="标准")
    need: Literal["all"] | Annotated[int, Field(ge=1)] | None = Field(None, description="须合格的项目数")
    items: Items = Field((), description="项目，可以写明性别；写了标准的，只测其中所列各项")
    item_floor: Amount | None = Field(None, description="单项最低分")


class Scored(Part):
    """计分的体能测试."""

    items: Items = Field((), description="项目，可以写明性别")
    combine: Literal["mean", "sum"] = Field("mean", description="各项合成：平均或者相加")
    item_floor: Amount | None = Field(None, description="单项最低分，低于它即不合格")


class Panel(Part):
    """面试评委组."""

    combine: Literal["mean", "sum"] = Field("mean", description="评委分合成：平均或者相加")
    drop: Literal["extremes"] | None = Field(None, description="extremes：三名以上评委时去掉一个最高分和一个最低分")


class ByCategory(Part):
    """按类别分列的合格线."""

    civil: Amount | None = Field(None, description="文职")
    field: Amount | None = Field(None, description="勤务")


class Admit(Part):
    """进入本环节的人数."""

    ratio: Positive = Field(description="与招聘人数之比")
    plus: Annotated[int, Field(ge=0)] | None = Field(None, description="按比例之外另加的人数")
    bound: Literal["at_most", "exact", "at_least"] | None = Field(None, description="比例的性质，仅作记录")
    ties: Literal["admit_all", "tie_break"] = Field("admit_all", description="末位同分：一并进入，或者先按同分排序规则")


class Stage(Part):
    """招聘环节."""

    kind: StageKind = Field(description="环节")
    name: Text | None = Field(None, description="公告所用名称")
    date: Day | None = Field(None, description="日期")
    full: Positive | None = Field(None, description="满分")
    pass_line: Amount | ByCategory | None = Field(None, alias="pass", description="合格线，一个数或者按类别")
    weight: Weight | None = Field(None, description="在总成绩中的权重，数字或者 1/3 这样的分数；未写即不计入")
    papers: tuple[Paper, ...] = Field((), description="笔试科目")
    panel: Panel | None = Field(None, description="面试评委组")
    gate: bool | Gate | None = Field(None, description="只分合格与不合格")
    scored: Scored | None = Field(None, description="计分的测试")
    admit: Admit | None = Field(None, description="进入本环节的人数")
    positions: tuple[Code, ...] | None = Field(None, description="适用岗位，未写即全部")
    exempt: Conditions | None = Field(None, description="免考人员，视为通过，权重按比例移到其他环节")
    pass_if_uncontested: Amount | None = Field(None, description="进入本环节的人数不多于招聘人数时的合格线")
    only_for: Literal["ties"] | None = Field(None, alias="for", description="ties：末位同分人员的加试，只定先后")
    days: Annotated[int, Field(ge=0)] | None = Field(None, description="公示天数；体检环节为申请复检的天数")
    unit: Literal["working", "calendar"] | None = Field(None, description="工作日或者自然日")

    @property
    def is_gate(self) -> bool:
        return self.gate is True or isinstance(self.gate, Gate)

    @model_validator(mode="after")
    def _one_way_of_scoring(self) -> Stage:
        if self.is_gate and (self.scored or self.weight):
            raise ValueError("只分合格与不合格的环节（gate）不能同时计分（scored、weight）")
        if self.only_for and (self.is_gate or self.weight or self.admit or self.exempt or self.pass_line is not None):
            raise ValueError("加试（for: ties）只定同分人员的先后，不能有 gate、weight、pass、admit、exempt")
        if self.pass_if_uncontested is not None and self.is_gate:
            raise ValueError("只分合格与不合格的环节（gate）没有合格线（pass_if_uncontested）")
        names = [paper.name for paper in self.papers]
        if len(names) != len(set(names)):
            raise ValueError("科目名称（papers）重复")
        return self


class PositionScores(Part):
    """某一岗位（或者岗位与性别）的权重和合格线."""

    weights: dict[StageKind, Weight] = Field(default_factory=dict, description="各环节权重")
    pass_lines: dict[StageKind, Amount] = Field(default_factory=dict, alias="pass", description="各环节合格线")


class BonusPoint(Part):
    """一项加分."""

    when: Conditions = Field(description="适用人员")
    add: Positive = Field(description="加分")


class Bonus(Part):
    """加分."""

    points: tuple[BonusPoint, ...] = Field((), description="加分项，符合的相加")
    column: bool | None = Field(None, description="true：另加报名表“加分”一列所填")
    range: Annotated[tuple[Amount, ...], Field(min_length=2, max_length=2)] | None = Field(
        None, description="“加分”一列的下限和上限，含"
    )
    cap: Amount | None = Field(None, description="加分上限")
    on: Literal["written", "total"] | None = Field(None, description="加在笔试成绩或者总成绩上")

    @model_validator(mode="before")
    @classmethod
    def _on_as_other_tools_save_it(cls, data: Any) -> Any:
        """YAML 1.1 takes the key `on` for a truth value, so a file saved again by such a tool has `true` in its place."""
        if not isinstance(data, dict) or "on" in data:
            return data
        return {"on" if key in (True, "true") else key: value for key, value in data.items()}

    @model_validator(mode="after")
    def _range_in_order(self) -> Bonus:
        if self.range and self.range[0] > self.range[1]:
            raise ValueError("加分范围（range）的下限高于上限")
        if self.range and not self.column:
            raise ValueError("加分范围（range）只用于报名表的“加分”一列（column: true）")
        return self


class Rounding(Part):
    """取整."""

    digits: Annotated[int, Field(ge=0, le=6)] = Field(2, description="小数位数")
    mode: Literal["half_up", "half_even", "half_down", "up", "down"] = Field(
        "half_up", description="四舍五入、四舍六入五成双、五舍六入、进一、舍去"
    )


class Opening(Part):
    """开考比例."""

    ratio: Positive = Field(description="报名人数与招聘人数之比")
    if_short: Literal["cut_posts", "open_if_competitive", "cancel"] = Field(
        description="不足时核减名额、人数多于名额仍开考、取消"
    )


class Reserve(Part):
    """递补人员名单."""

    months: Annotated[int, Field(ge=0)] | None = Field(None, description="有效月数")


class Refill(Part):
    """递补."""

    times: Literal["unlimited"] | Annotated[int, Field(ge=0)] = Field(
        "unlimited", description="递补的轮数，0 为空缺不补，unlimited 为不限"
    )
    sources: tuple[Literal["medical", "background", "publicity", "hire"], ...] = Field(
        ("medical", "background", "publicity", "hire"),
        alias="from",
        description="在哪些环节空出的名额可以递补，未写即全部",
    )


class Contract(Part):
    """劳动合同（第二十二条）."""

    term_months: Annotated[int, Field(ge=1)] | None = Field(None, description="合同期限，月")
    probation_months: Amount | None = Field(None, description="合同内约定的试用期，月")
    signed_after: Literal["trial"] | None = Field(None, description="trial：试用后才签合同")
    trial_months: Amount | None = Field(None, description="签合同前的试用，月")


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list | tuple | dict | bool) else (value,)


ONE_TEXT = {"type": ["string", "number"], "minLength": 1}
Listed = Annotated[
    tuple[Code, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [ONE_TEXT, {"type": "array", "items": ONE_TEXT}]}),
]


class Contacts(Part):
    """联系方式，供咨询和社会监督."""

    consultation: Listed = Field((), description="咨询电话，一个或者几个")
    supervision: Listed = Field((), description="监督电话，一个或者几个")
    hours: Text | None = Field(None, description="接听时间")


class Announcement(Part):
    """公开招聘警务辅助人员公告."""

    title: Text = Field(description="标题")
    organ: Organ = Field(description="招聘机关")
    organiser: Organiser | None = Field(None, description="组织实施方式")
    plan: Plan | None = Field(None, description="用人计划")
    cutoff: Literal["registration_day"] | Day | None = Field(None, description="年龄计算截止日")
    age_reading: Literal["completed_years", "birthday_inclusive"] | None = Field(
        None, description="年龄读法：周岁，或者生日当日为限"
    )
    registration: Registration | None = Field(None, description="报名时间")
    simplified: Simplified | None = Field(None, description="简化程序")
    positions: Annotated[tuple[Position, ...], Field(min_length=1)] = Field(description="岗位")
    extra_disqualifiers: tuple[Text, ...] = Field((), description="办法以外的不得报考情形")
    stages: tuple[Stage, ...] | None = Field(None, description="招聘环节，依次")
    scores_by_position: dict[Code, PositionScores] = Field(
        default_factory=dict, description="按岗位（02）或者岗位与性别（02:female）另定的权重和合格线"
    )
    bonus: Bonus | None = Field(None, description="加分")
    rounding: Rounding = Field(
        default_factory=lambda: Rounding.model_validate({}), description="取整，未写即两位小数四舍五入"
    )
    opening: Opening | None = Field(None, description="开考比例")
    total_pass: Amount | None = Field(None, description="总成绩合格线")
    tie_break: tuple[Text, ...] = Field(
        (), description="同分排序：priority、unrounded（取整前的总成绩）、education、环节、paper:科目、item:项目"
    )
    priority_groups: tuple[tuple[Text, ...], ...] | None = Field(
        None, description="同等条件下优先的人员，逐组（第十九条）"
    )
    reserve: Reserve | None = Field(None, description="递补名单")
    refill: Refill | None = Field(None, description="体检、考察、公示空出名额的递补，未写即依次递补到满额")
    contract: Contract | None = Field(None, description="劳动合同")
    pay: Text | None = Field(None, description="工资福利待遇，照公告所印")
    workplaces: Listed = Field((), description="工作地点，一处或者几处")
    contacts: Contacts | None = Field(None, description="咨询和监督的联系方式")
    papers: Listed = Field((), description="报名时提交的材料")
    exam_day: DayOrWords | None = Field(None, description="考试日期，未定的照公告所印")

    def position(self, code: str) -> Position:
        """The post with this code; KeyError if there is none."""
        return next(post for post in self.positions if post.code == code)

    @property
    def announced_on(self) -> date | None:
        """The day the announcement was made public, if its stages print it."""
        return next((stage.date for stage in self.stages or () if stage.kind == "announcement"), None)


def read_announcement(path: Path | str) -> Announcement:
    """Read and validate an announcement; notes beside `announcement` are ignored.

    Raises DocumentError with every fault of the file.
    """
    path = Path(path)
    document = read_document(path)
    if "announcement" not in document:
        raise DocumentError([Fault(str(path), "announcement", "", "缺少，最外层应有 announcement")])
    raw = document["announcement"]
    faults: list[Fault] = []
    announcement: Announcement | None = None
    try:
        announcement = Announcement.model_validate(raw)
    except ValidationError as error:
        faults += explain(error, file=str(path), root="announcement")
    faults += [Fault(str(path), *fault) for fault in contradictions(raw)]
    if faults or announcement is None:
        raise DocumentError(faults)
    return announcement
