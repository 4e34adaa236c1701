"""The steps of a recruitment: their order, what each is asked about, and how a post may differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS, NEVER_DROPPED
from fujing.law.announcements.wording import COMBINE
from fujing.law.formats.announcement import STAGE_KINDS
from fujing.law.formats.consistency import SCORED_KINDS
from fujing.registry.states import Sex
from fujing.web.desk.common import DateField
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
    full = forms.DecimalField(label="满分", min_value=0, required=False)
    pass_line = forms.DecimalField(label="合格线", min_value=0, required=False, help_text="文职、勤务相同的写在这里")
    pass_civil = forms.DecimalField(label="文职合格线", min_value=0, required=False)
    pass_field = forms.DecimalField(label="勤务合格线", min_value=0, required=False)
    weight = forms.DecimalField(
        label="在总成绩中的权重", min_value=0, required=False, help_text="如 0.5；不写的不计入总成绩"
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
    gate_items = WordsField(label="测试项目", help_text="几个之间用顿号")
    gate_floor = forms.DecimalField(label="单项最低分", min_value=0, required=False)
    items = WordsField(label="计分项目", help_text="几个之间用顿号")
    item_combine = forms.ChoiceField(label="各项成绩", choices=choices(COMBINE), required=False)
    item_floor = forms.DecimalField(label="单项最低分", min_value=0, required=False, help_text="任一项低于它的不合格")
    ratio = forms.DecimalField(label="进入本环节的人数", min_value=0, required=False, help_text="招聘人数的几倍")
    bound = forms.ChoiceField(label="倍数是", choices=choices(BOUNDS), required=False)
    ties = forms.ChoiceField(label="末位同分", choices=choices(TIES), required=False)
    days = forms.IntegerField(label="天数", min_value=1, required=False, help_text="办法没有规定天数，由公告写明")
    unit = forms.ChoiceField(label="按", choices=choices(UNITS), required=False)

    every = {
        "环节": ("name", "date", "positions"),
        "计分": ("full", "pass_line", "pass_civil", "pass_field", "weight"),
        "评委": ("combine", "drop"),
        GATE: ("gate", "standard", "need", "gate_items", "gate_floor"),
        "分项计分": ("items", "item_combine", "item_floor"),
        "进入人数": ("ratio", "bound", "ties"),
        "期限": ("days", "unit"),
    }
    units = {
        "full": "分",
        "pass_line": "分",
        "pass_civil": "分",
        "pass_field": "分",
        "gate_floor": "分",
        "item_floor": "分",
        "ratio": "倍",
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
        if said("bound", "ties") and not said("ratio"):
            self.add_error("ratio", "请填写招聘人数的几倍。")
        if said("drop") and not said("combine"):
            self.add_error("combine", "请选择评委分平均还是相加。")
        return data

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        data = {name: stored(value) for name, value in self.cleaned_data.items()}
        if "drop" in data:
            put(made, "panel.drop", "extremes" if data["drop"] else None)
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
    weight = forms.DecimalField(label="在本环节的权重", min_value=0)
    full = forms.DecimalField(label="满分", min_value=0, required=False)
    paths = {"name": "name", "weight": "weight", "full": "full"}


def stage_rows(part: Part, posted: Any, *, everything: bool = False) -> list[Rows]:
    """Papers of a written exam, and of any other step that has some."""
    asked = everything or part["kind"] == "written" or part.get("papers")
    return [Rows("科目", PaperForm, "papers", part, posted)] if asked else []


class PostScores(PartForm):
    """Weights and pass lines of one post, or of one sex on a post."""

    position = forms.CharField(label="岗位代码", max_length=10)
    sex = forms.ChoiceField(label="性别", choices=choices(dict(Sex.choices), "不分"), required=False)
    paths = {
        "position": "position",
        "sex": "sex",
        **{f"weight_{kind}": f"weights.{kind}" for kind in STAGE_KINDS},
        **{f"pass_{kind}": f"pass.{kind}" for kind in STAGE_KINDS},
    }

    def __init__(self, *args: Any, kinds: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in (("weight", "权重"), ("pass", "合格线")):
            for kind in kinds:
                field = forms.DecimalField(label=f"{LABELS[kind]}{label}", min_value=0, required=False)
                self.fields[f"{name}_{kind}"] = field


class ByPost(Rows):
    """`scores_by_position`, which the document keys by post, or by post and sex."""

    def __init__(self, document: Mapping[str, Any], posted: Any) -> None:
        rows = []
        for key, scores in (document.get("scores_by_position") or {}).items():
            position, _, sex = key.partition(":")
            rows.append({"position": position, "sex": sex, **scores})
        asked = {stage["kind"] for stage in document.get("stages") or ()}.intersection(SCORED_KINDS)
        asked |= {kind for row in rows for kind in (*row.get("weights", {}), *row.get("pass", {}))}
        kinds = [kind for kind in STAGE_KINDS if kind in asked]
        super().__init__(
            "个别岗位另定的权重和合格线", PostScores, "by_position", {"by_position": rows}, posted, kinds=kinds
        )

    def write(self, part: Part) -> None:
        made = {}
        for row, known in self.kept():
            scores = row.written_into(known)
            position, sex = scores.pop("position"), scores.pop("sex", "")
            made[f"{position}:{sex}" if sex else position] = scores
        put(part, "scores_by_position", made)
