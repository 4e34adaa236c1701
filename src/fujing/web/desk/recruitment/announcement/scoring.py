"""How scores become an order: opening, rounding, equals, bonus points, and posts that weigh otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS
from fujing.law.announcements.wording import ROUNDINGS, SHORT
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.consistency import SCORED_KINDS
from fujing.law.formats.stages import STAGE_KINDS
from fujing.registry.states import Sex
from fujing.web.desk.recruitment.announcement.fields import GroupsField, OrderField, PointsField, WeightField
from fujing.web.desk.recruitment.announcement.live import Sum
from fujing.web.desk.recruitment.announcement.parts import Part, PartForm, Rows, SeveralField, choices, get, put, stored
from fujing.web.numbers import NumberField

BONUS_ON = {"written": "笔试成绩", "total": "总成绩"}


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

    def __init__(self, *args: Any, kinds: Sequence[str], usual: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sum = Sum("这个岗位的权重", f'[name^="{self.prefix}-weight_"]')
        for name, label in (("weight", "权重"), ("pass", "合格线")):
            for kind in kinds:
                said = f"{LABELS[kind]}{label}"
                if name == "pass":
                    self.fields[f"pass_{kind}"] = NumberField(label=said, min_value=0, required=False)
                    continue
                # What is left empty weighs as the step does for every post.
                self.fields[f"weight_{kind}"] = field = WeightField(label=said, required=False)
                field.widget.attrs["data-usual"] = str(usual.get(kind, ""))


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
        usual = {stage["kind"]: stage["weight"] for stage in document.get("stages") or () if stage.get("weight")}
        super().__init__(
            "个别岗位另定的权重和合格线",
            PostScores,
            "by_position",
            {"by_position": rows},
            posted,
            kinds=kinds,
            usual=usual,
        )

    def write(self, part: Part) -> None:
        made = {}
        for row, known in self.kept():
            scores = row.written_into(known)
            position, sex = scores.pop("position"), scores.pop("sex", "")
            made[f"{position}:{sex}" if sex else position] = scores
        put(part, "scores_by_position", made)


class ScoringForm(PartForm):
    """How scores become an order."""

    opening_ratio = NumberField(
        label="开考比例", min_value=0, max_value=1000, required=False, help_text="报名人数与招聘人数之比"
    )
    if_short = forms.ChoiceField(label="不足开考比例的", choices=choices(SHORT), required=False)
    digits = forms.IntegerField(label="成绩保留小数", min_value=0, max_value=6, required=False)
    mode = forms.ChoiceField(label="取整", choices=choices(ROUNDINGS), required=False)
    bonus_on = forms.ChoiceField(label="加分加在", choices=choices(BONUS_ON), required=False)
    bonus_cap = NumberField(label="加分上限", min_value=0, max_value=1000, required=False)
    total_pass = PointsField(label="总成绩合格线", help_text="总成绩低于它的不再进入后面的环节")
    bonus_column = forms.BooleanField(
        label="另有逐人核定的加分", required=False, help_text="由资格审查凭证明逐人填写，与上面按身份的加分相加"
    )
    bonus_low = NumberField(label="核定的加分最低", min_value=0, max_value=1000, required=False)
    bonus_high = NumberField(label="核定的加分最高", min_value=0, max_value=1000, required=False, help_text="含本数")
    tie_break = OrderField(
        label="同分排序",
        help_text="依次写，如：优先人员、笔试、面试、科目：公安基础、项目：1000米跑、学历、取整前的总成绩；仍相同的另定先后",
    )
    priority_groups = GroupsField(
        label="优先人员",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="同等条件下优先：组与组之间用分号、按先后；同一组之内用顿号、不分先后。不写的依照第十九条",
    )
    groups = (
        ("开考", ("opening_ratio", "if_short")),
        ("取整", ("digits", "mode")),
        ("同分", ("priority_groups", "tie_break")),
        ("加分", ("bonus_on", "bonus_cap")),
        ("总成绩合格线", ("total_pass",)),
        ("逐人核定的加分", ("bonus_column", "bonus_low", "bonus_high")),
    )
    folded = ("总成绩合格线", "逐人核定的加分")
    units = {"opening_ratio": "比 1", "digits": "位"} | dict.fromkeys(
        ("bonus_cap", "total_pass", "bonus_low", "bonus_high"), "分"
    )
    provisions = {"priority_groups": ("19",), "tie_break": ("19",), "bonus_on": ("19",)}
    paths = {
        "opening_ratio": "opening.ratio",
        "if_short": "opening.if_short",
        "digits": "rounding.digits",
        "mode": "rounding.mode",
        "bonus_on": "bonus.on",
        "bonus_cap": "bonus.cap",
        "bonus_column": "bonus.column",
        "total_pass": "total_pass",
        "tie_break": "tie_break",
        "priority_groups": "priority_groups",
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        low, high = get(part, "bonus.range") or (None, None)
        return super().initial_of(part) | {"bonus_low": low, "bonus_high": high}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("bonus_low"), data.get("bonus_high")
        if (low is None) != (high is None):
            self.add_error("bonus_high" if high is None else "bonus_low", "最低和最高应一并填写。")
        elif low is not None and high is not None and low > high:
            self.add_error("bonus_high", "核定的加分最高低于最低。")
        if (low is not None or high is not None) and not data.get("bonus_column"):
            self.add_error("bonus_column", "填了核定的加分范围，请勾选这一项。")
        if (data.get("opening_ratio") is None) != (not data.get("if_short")):
            self.add_error("if_short", "开考比例和不足时怎么办应一并填写。")
        return data

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        if {"bonus_low", "bonus_high"}.intersection(self.changed_data):
            ends = [stored(self.cleaned_data[name]) for name in ("bonus_low", "bonus_high")]
            put(made, "bonus.range", None if ends[0] is None else ends)
        return made


class BonusPoint(PartForm):
    when = SeveralField(label="适用人员", choices=list(CONDITIONS.items()))
    add = NumberField(label="加分", min_value=0, max_value=1000)
    paths = {"when": "when", "add": "add"}
    units = {"add": "分"}


def scoring_rows(part: Part, posted: Any) -> list[Rows]:
    """What is added to a score, and the posts that weigh it otherwise."""
    return [Rows("加分项", BonusPoint, "bonus.points", part, posted), ByPost(part, posted)]
