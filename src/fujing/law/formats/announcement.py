"""The recruitment announcement (招聘公告) as a file, documented in FORMATS ("announcement")."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema, model_validator

from fujing.law.formats.consistency import contradictions
from fujing.law.formats.documents import DocumentError, Fault, read_document
from fujing.law.formats.faults import explain
from fujing.law.formats.part import Part
from fujing.law.formats.posts import Position
from fujing.law.formats.stages import Bonus, Opening, PositionScores, Refill, Reserve, Rounding, Stage, StageKind
from fujing.law.formats.values import Amount, Code, Day, DayOrWords, Moment, Text

PRIORITY_GROUPS = ("martyr_kin", "veteran", "bravery", "police_school", "skill")


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
        return {post.code: post for post in self.positions}[code]

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
