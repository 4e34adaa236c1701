"""The steps of a recruitment: their order, what each is asked about, and how a post may differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS, NEVER_DROPPED
from fujing.law.announcements.wording import COMBINE
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.stages import STAGE_KINDS
from fujing.web.desk.common import MOST_HEADCOUNT, DateField
from fujing.web.desk.recruitment.announcement.fields import ItemsField, PointsField, WeightField
from fujing.web.desk.recruitment.announcement.live import PAPERS
from fujing.web.desk.recruitment.announcement.parts import (
    Part,
    PartForm,
    Rows,
    SeveralField,
    WordsField,
    choices,
    get,
    put,
    stored,
)
from fujing.web.numbers import NumberField

ITEMS_HELP = "几个之间用顿号；只测一种性别的前面写“男：”“女：”"
TIES = {"admit_all": "末位同分一并进入", "tie_break": "末位同分先按同分排序"}
BOUNDS = {"at_most": "不超过", "exact": "等于", "at_least": "不低于"}
UNITS = {"working": "工作日", "calendar": "自然日"}
GATE = "只分合格与不合格"
USUAL = {
    "written": {"计分", "进入人数"},
    "fitness": {"计分", GATE, "分项计分", "进入人数"},
    "interview": {"计分", "评委", "进入人数"},
    "skills": {"计分", "评委", GATE, "分项计分", "进入人数"},
    "psychological": {"计分", GATE, "进入人数"},
    "medical": {"进入人数", "期限"},
    "background": {"进入人数"},
    "publicity": {"期限"},
}
"""What is asked about each kind of step; what a file says beyond it is asked too."""


def inserted(stages: list[Part], kind: str) -> list[Part]:
    """With a step more, behind the last of those that usually come before it; one of the same kind is followed too."""
    before = STAGE_KINDS[: STAGE_KINDS.index(kind) + 1]
    place = max((index + 1 for index, stage in enumerate(stages) if stage["kind"] in before), default=0)
    return [*stages[:place], {"kind": kind}, *stages[place:]]


def moved(stages: list[Part], index: int, by: int) -> list[Part]:
    """With one step earlier (-1) or later (1); at the end of the list nothing moves."""
    to = index + by
    if not (0 <= index < len(stages) and 0 <= to < len(stages)):
        return stages
    order = list(stages)
    order[index], order[to] = order[to], order[index]
    return order


def simplified(document: Part, dropped: list[str]) -> None:
    """Leave out the dropped steps (21.p2); one that no longer is dropped returns to its usual place."""
    stages = list(document.get("stages") or [])
    for kind in get(document, "simplified.dropped") or []:
        if kind not in dropped and kind not in {stage["kind"] for stage in stages}:
            stages = inserted(stages, kind)
    document["stages"] = [stage for stage in stages if stage["kind"] not in dropped]
    put(document, "simplified", {"dropped": dropped} if dropped else None)


class SimplifiedForm(forms.Form):
    """简化程序: which steps a scarce post does without. What a file dropped otherwise stays to be seen."""

    dropped = SeveralField(
        label="简化掉的环节",
        required=False,
        help_text="只用于写明急需理由的岗位，发布前须同级人社部门同意；公告、资格审查、考察、公示不能省",
        choices=[(kind, LABELS[kind]) for kind in STAGE_KINDS if kind not in {*NEVER_DROPPED, "registration", "hire"}],
    )
    provisions = {"dropped": ("21.p2",)}

    def __init__(self, *args: Any, document: Mapping[str, Any], **options: Any) -> None:
        dropped = get(document, "simplified.dropped") or []
        super().__init__(*args, **options | {"initial": {"dropped": dropped}})
        offered = self.fields["dropped"].choices  # type: ignore[attr-defined]
        more = [(kind, LABELS[kind]) for kind in dropped if kind not in dict(offered)]
        self.fields["dropped"].choices = [*offered, *more]  # type: ignore[attr-defined]


class StageForm(PartForm):
    """One step; only what concerns its kind is asked."""

    name = forms.CharField(label="公告所用名称", max_length=80, required=False)
    date = DateField(label="日期", required=False)
    positions = WordsField(label="适用岗位", help_text="岗位代码，几个之间用顿号；不写的用于全部岗位")
    full = PointsField(label="满分")
    pass_line = PointsField(label="合格线", help_text="文职、勤务相同的写在这里")
    pass_civil = PointsField(label="文职合格线")
    pass_field = PointsField(label="勤务合格线")
    weight = WeightField(label="在总成绩中的权重", required=False, help_text="如 0.5、50% 或者 1/3；不写的不计入总成绩")
    uncontested = PointsField(label="人数不足时的合格线", help_text="进入本环节的人数不多于招聘人数时，改用这条合格线")
    exempt = SeveralField(
        label="免考人员",
        choices=list(CONDITIONS.items()),
        required=False,
        help_text="视为通过，本环节的权重按比例移到其他环节",
    )
    only_for_ties = forms.BooleanField(
        label="只由末位同分人员参加的加试", required=False, help_text="只定先后，不计入总成绩"
    )
    combine = forms.ChoiceField(label="评委分", choices=choices(COMBINE), required=False)
    drop = forms.BooleanField(label="三名以上评委时去掉一个最高分和一个最低分", required=False)
    gate = forms.BooleanField(label="只分合格与不合格，不计分", required=False)
    standard = forms.CharField(
        label="标准",
        max_length=80,
        required=False,
        help_text="2011年人民警察录用体能标准写 police_2011，由系统按性别、年龄判断",
    )
    need = forms.RegexField(
        label="须合格的项目数", regex="^(全部|[1-9][0-9]{0,2})$", required=False, help_text="写“全部”或者数目"
    )
    gate_items = ItemsField(label="测试项目", help_text=ITEMS_HELP)
    gate_floor = PointsField(label="单项最低分")
    items = ItemsField(label="计分项目", help_text=ITEMS_HELP)
    item_combine = forms.ChoiceField(label="各项成绩", choices=choices(COMBINE), required=False)
    item_floor = PointsField(label="单项最低分", help_text="任一项低于它的不合格")
    ratio = NumberField(
        label="进入本环节的人数", min_value=0, max_value=1000, required=False, help_text="招聘人数的几倍"
    )
    plus = forms.IntegerField(
        label="另加人数", min_value=0, max_value=MOST_HEADCOUNT, required=False, help_text="按倍数之外再加几人"
    )
    bound = forms.ChoiceField(label="倍数是", choices=choices(BOUNDS), required=False)
    ties = forms.ChoiceField(label="末位同分", choices=choices(TIES), required=False)
    days = forms.IntegerField(
        label="天数", min_value=1, max_value=366, required=False, help_text="办法没有规定天数，由公告写明"
    )
    unit = forms.ChoiceField(label="按", choices=choices(UNITS), required=False)

    every = {
        "环节": ("name", "date", "positions"),
        "计分": ("full", "pass_line", "pass_civil", "pass_field", "weight"),
        "评委": ("combine", "drop"),
        GATE: ("gate", "standard", "need", "gate_items", "gate_floor"),
        "分项计分": ("items", "item_combine", "item_floor"),
        "进入人数": ("ratio", "plus", "bound", "ties"),
        "期限": ("days", "unit"),
        "免考和人数不足": ("exempt", "uncontested"),
        "加试": ("only_for_ties",),
    }
    units = {
        "full": "分",
        "pass_line": "分",
        "pass_civil": "分",
        "pass_field": "分",
        "gate_floor": "分",
        "item_floor": "分",
        "ratio": "倍",
        "plus": "人",
        "uncontested": "分",
    }
    provisions = {"weight": ("21.p1",), "days": ("21.p1",)}
    paths = {
        "name": "name",
        "date": "date",
        "positions": "positions",
        "full": "full",
        "weight": "weight",
        "combine": "panel.combine",
        "drop": "panel.drop",
        "items": "scored.items",
        "item_combine": "scored.combine",
        "item_floor": "scored.item_floor",
        "ratio": "admit.ratio",
        "plus": "admit.plus",
        "exempt": "exempt",
        "uncontested": "pass_if_uncontested",
        "bound": "admit.bound",
        "ties": "admit.ties",
        "days": "days",
        "unit": "unit",
    }
    OF_GATE = {"standard": "standard", "need": "need", "gate_items": "items", "gate_floor": "item_floor"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        usual = self.usual(self.initial["kind"])
        asked = {
            heading: names
            for heading, names in self.every.items()
            if heading in usual or any(self.initial.get(name) not in (None, "", [], False) for name in names)
        }
        self.groups = tuple(asked.items())
        shown = {name for names in asked.values() for name in names}
        self.fields = {name: field for name, field in self.fields.items() if name in shown}

    def usual(self, kind: str) -> set[str]:
        """The headings that are asked about a step of this kind even where it says nothing of them."""
        return {"环节"} | USUAL.get(kind, set())

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        line, gate = part.get("pass"), part.get("gate")
        by_category = line if isinstance(line, Mapping) else {}
        detail = gate if isinstance(gate, Mapping) else {}
        return super().initial_of(part) | {
            "kind": part["kind"],
            "drop": get(part, "panel.drop") == "extremes",
            "only_for_ties": part.get("for") == "ties",
            "gate": bool(gate) or gate == {},
            "pass_line": None if by_category else line,
            "pass_civil": by_category.get("civil"),
            "pass_field": by_category.get("field"),
            **{name: detail.get(key) for name, key in cls.OF_GATE.items()},
            "need": "全部" if detail.get("need") == "all" else detail.get("need"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data

        def said(*names: str) -> bool:
            return any(data.get(name) not in (None, "", [], False) for name in names)

        if said("pass_line") and said("pass_civil", "pass_field"):
            self.add_error("pass_line", "合格线写一个数，或者按文职、勤务分写，不要都写。")
        if said(*self.OF_GATE) and not said("gate"):
            self.add_error("gate", "填了标准或者项目，请勾选这一项；计分的写在“分项计分”。")
        if said("gate") and said("weight", "items", "item_combine", "item_floor"):
            self.add_error("gate", "只分合格与不合格的环节不能同时计分。")
        if said("gate") and said("uncontested"):
            self.add_error("uncontested", "只分合格与不合格的环节没有合格线。")
        scoring = ("gate", "weight", "pass_line", "pass_civil", "pass_field", "ratio", "exempt")
        if said("only_for_ties") and said(*scoring):
            self.add_error("only_for_ties", "加试只定先后，不能再写合格、权重、合格线、进入人数、免考。")
        if said("bound", "ties", "plus") and not said("ratio"):
            self.add_error("ratio", "请填写招聘人数的几倍。")
        if said("drop") and not said("combine"):
            self.add_error("combine", "请选择评委分平均还是相加。")
        return data

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        data = {name: stored(value) for name, value in self.cleaned_data.items()}
        if "drop" in data:
            put(made, "panel.drop", "extremes" if data["drop"] else None)
        if "only_for_ties" in data:
            put(made, "for", "ties" if data["only_for_ties"] else None)
        if "pass_line" in data:
            lines = {"civil": data["pass_civil"], "field": data["pass_field"]}
            by_category = {key: line for key, line in lines.items() if line is not None}
            put(made, "pass", by_category or data["pass_line"])
        if "gate" in data:
            need = data["need"]
            data["need"] = "all" if need == "全部" else int(need) if need else None
            detail: Part = {}
            for name, key in self.OF_GATE.items():
                put(detail, key, data[name])
            # A gate of which a file says nothing is written {} or true.
            said: Part | bool = {} if part.get("gate") == {} else True
            put(made, "gate", (detail or said) if data["gate"] else None)
        return made


class EveryStageForm(StageForm):
    """One step with everything that the format knows of steps."""

    def usual(self, kind: str) -> set[str]:
        return set(self.every)


class PaperForm(PartForm):
    """笔试科目."""

    name = forms.CharField(label="科目", max_length=80)
    weight = WeightField(label="在本环节的权重", help_text="如 0.5、50% 或者 1/3")
    full = PointsField(label="满分")
    paths = {"name": "name", "weight": "weight", "full": "full"}


def stage_rows(part: Part, posted: Any, *, everything: bool = False) -> list[Rows]:
    """Papers of a written exam, and of any other step that has some."""
    asked = everything or part["kind"] == "written" or part.get("papers")
    if not asked:
        return []
    papers = Rows("科目", PaperForm, "papers", part, posted)
    papers.sum = PAPERS
    return [papers]
