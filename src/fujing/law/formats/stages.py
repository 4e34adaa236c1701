"""The steps of an announcement: what is examined, how it counts, and who goes on."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from fujing.law.formats.part import Conditions, Part, Sex
from fujing.law.formats.values import Amount, Code, Day, Positive, Text, Weight

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
