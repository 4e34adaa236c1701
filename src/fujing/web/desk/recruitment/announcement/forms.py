"""The parts of an announcement as forms: basics, a post, scoring, terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS
from fujing.law.announcements.wording import ROUNDINGS, SHORT
from fujing.law.formats.applicants import CONDITIONS, EDUCATION_LABEL
from fujing.law.formats.consistency import SCORED_KINDS
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.registry.states import Category, Sex
from fujing.web.desk.common import DateField
from fujing.web.desk.recruitment.announcement.parts import (
    Part,
    PartForm,
    Rows,
    SeveralField,
    WordsField,
    choices,
    put,
    stored,
)
from fujing.web.desk.recruitment.announcement.stages import ByPost

READINGS = {
    "completed_years": "按周岁：35周岁到36周岁生日前一日",
    "birthday_inclusive": "按生日：35周岁生日当日为最后一日",
}
MODES = {
    "alone": "按批准的用人计划单独组织",
    "joint_hrss": "与同级人社部门共同组织，发布前须其同意",
    "entrusted": "委托机构办理，保存后登记委托文件",
}
EDUCATIONS = {key: label for key, label in EDUCATION_LABEL.items() if key != "primary"}
BONUS_ON = {"written": "笔试成绩", "total": "总成绩"}
PAPER = "科目："


class MomentField(forms.DateTimeField):
    """A day and a time with the browser's own picker; a file may leave out the time, which is midnight then."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """As the picker takes it: it shows nothing of a bare day, or of a blank between day and time."""
        try:
            return stored(datetime.fromisoformat(value)) if isinstance(value, str) else value
        except ValueError:
            return value

    def to_python(self, value: Any) -> Any:
        moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class BasicsForm(PartForm):
    """Who recruits under which plan, when, and by which day ages are reckoned."""

    title = forms.CharField(label="标题", max_length=200)
    plan = forms.ModelChoiceField(
        label="用人计划", queryset=HeadcountPlan.objects.none(), empty_label="请选择已批准的计划"
    )
    organiser = forms.ChoiceField(label="组织方式", choices=choices(MODES), required=False)
    partner = forms.CharField(label="共同组织或者受委托的单位", max_length=200, required=False)
    signs = forms.ChoiceField(
        label="与聘用人员签合同的一方",
        choices=choices({"organ": "招聘机关", "entrusted": "受委托机构"}),
        required=False,
    )
    opens = MomentField(label="报名开始", required=False)
    closes = MomentField(label="报名截止", required=False, help_text="含当时")
    rolling = forms.BooleanField(label="年龄计算到各人报名当日", required=False)
    cutoff = DateField(label="年龄计算截止日", required=False, help_text="全体报名人同一天；按报名当日计算的不填")
    age_reading = forms.ChoiceField(label="年龄读法", choices=choices(READINGS), required=False)
    retention_months = forms.IntegerField(
        label="报名资料保存期限",
        min_value=1,
        max_value=60,
        help_text="自招聘结束之日起；期满自动删除，已聘用的转入档案（《个人信息保护法》第十九条）",
    )
    groups = (
        ("招聘机关和计划", ("title", "plan", "organiser", "partner", "signs")),
        ("报名", ("opens", "closes", "retention_months")),
        ("年龄计算", ("rolling", "cutoff", "age_reading")),
    )
    units = {"retention_months": "个月"}
    provisions = {"organiser": ("17.p1",), "plan": ("16.p3",), "cutoff": ("18.3",), "signs": ("22",)}
    paths = {
        "title": "title",
        "organiser": "organiser.mode",
        "partner": "organiser.with",
        "signs": "organiser.signs",
        "opens": "registration.from",
        "closes": "registration.to",
        "age_reading": "age_reading",
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        cutoff = part.get("cutoff")
        rolling = cutoff == "registration_day"
        return super().initial_of(part) | {"rolling": rolling, "cutoff": None if rolling else cutoff}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("rolling") and data.get("cutoff"):
            self.add_error("cutoff", "已选按报名当日计算，请不要再填截止日。")
        if (data.get("partner") or data.get("signs")) and not data.get("organiser"):
            self.add_error("organiser", "请选择组织方式。")
        if data.get("organiser") == "alone" and data.get("partner"):
            self.add_error("partner", "单独组织的不写这一项。")
        if data.get("organiser") in {"alone", "joint_hrss"} and data.get("signs") == "entrusted":
            self.add_error("signs", "没有委托机构，合同由招聘机关签。")
        if data.get("opens") and data.get("closes") and data["opens"] >= data["closes"]:
            self.add_error("closes", "报名截止应晚于报名开始。")
        return data

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        put(made, "cutoff", "registration_day" if self.cleaned_data["rolling"] else stored(self.cleaned_data["cutoff"]))
        return made


class PostForm(PartForm):
    """One post and whom it asks for."""

    code = forms.CharField(label="岗位代码", max_length=20)
    name = forms.CharField(label="岗位名称", max_length=80)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    headcount = forms.IntegerField(label="招聘人数", min_value=1)
    duties = WordsField(label="职责", lines=True, help_text="一行一项；写目录编号（如 10.3）或者公告原文")
    sex = forms.ChoiceField(label="性别", choices=choices(dict(Sex.choices), "不限"), required=False)
    sex_reason = forms.CharField(label="限性别的理由", max_length=500, required=False)
    scarce_reason = forms.CharField(
        label="急需理由", max_length=500, required=False, help_text="属于急需专业技术、专门技能岗位时填写"
    )
    age_min = forms.IntegerField(label="年龄下限", min_value=0, max_value=120, required=False)
    age_max = forms.IntegerField(label="年龄上限", min_value=0, max_value=120, required=False)
    window_from = DateField(label="所印最早出生日", required=False, help_text="公告印有出生日期范围时填写，含当日")
    window_to = DateField(label="所印最晚出生日", required=False)
    education = forms.ChoiceField(label="学历下限", choices=choices(EDUCATIONS, "依照办法"), required=False)
    majors = WordsField(label="专业", help_text="任一即可，几个之间用顿号")
    height_male = forms.DecimalField(label="男身高下限", min_value=1, required=False)
    height_female = forms.DecimalField(label="女身高下限", min_value=1, required=False)
    vision = forms.DecimalField(label="裸眼视力下限", min_value=0, required=False)
    household = WordsField(label="户籍范围", help_text="任一即可，几个之间用顿号")
    certificates = WordsField(label="证书", help_text="全部具备，几个之间用顿号；两个有一个即可的用竖线：甲|乙")
    groups = (
        ("岗位", ("code", "name", "category", "headcount", "duties", "scarce_reason")),
        ("性别", ("sex", "sex_reason")),
        ("年龄", ("age_min", "age_max", "window_from", "window_to")),
        ("学历和专业", ("education", "majors")),
        ("身体条件", ("height_male", "height_female", "vision")),
        ("其他条件", ("household", "certificates")),
    )
    units = {"headcount": "人", "age_min": "周岁", "age_max": "周岁", "height_male": "厘米", "height_female": "厘米"}
    provisions = {
        "age_max": ("18.3",),
        "education": ("18.4",),
        "height_male": ("18.5",),
        "sex_reason": ("18.6",),
        "scarce_reason": ("18.3",),
        "duties": ("9",),
    }
    paths = {
        "code": "code",
        "name": "name",
        "category": "category",
        "headcount": "headcount",
        "duties": "duties",
        "sex": "sex",
        "sex_reason": "sex_reason",
        "scarce_reason": "scarce.reason",
        "age_min": "conditions.age.min",
        "age_max": "conditions.age.max",
        "window_from": "conditions.age.window.from",
        "window_to": "conditions.age.window.to",
        "education": "conditions.education.min",
        "majors": "conditions.majors",
        "height_male": "conditions.height_cm.male",
        "height_female": "conditions.height_cm.female",
        "vision": "conditions.naked_vision",
        "household": "conditions.household",
        "certificates": "conditions.certificates",
    }


class AgeRelaxation(PartForm):
    when = SeveralField(label="适用人员", choices=list(CONDITIONS.items()))
    max = forms.IntegerField(label="年龄上限", min_value=0, max_value=120)
    paths = {"when": "when", "max": "max"}
    units = {"max": "周岁"}


class EducationRelaxation(PartForm):
    when = SeveralField(label="适用人员", choices=list(CONDITIONS.items()))
    min = forms.ChoiceField(label="学历下限", choices=choices(EDUCATIONS, "请选择"))
    paths = {"when": "when", "min": "min"}


def post_rows(part: Part, posted: Any) -> list[Rows]:
    """Relaxations of a post."""
    return [
        Rows("对部分人员放宽年龄", AgeRelaxation, "conditions.age.relax", part, posted),
        Rows("对部分人员放宽学历", EducationRelaxation, "conditions.education.relax", part, posted),
    ]


class OrderField(WordsField):
    """同分排序 in words: 优先人员, a scored stage, or 科目：name."""

    words = {"优先人员": "priority", **{LABELS[kind]: kind for kind in SCORED_KINDS}}

    def prepare_value(self, value: Any) -> Any:
        said = {key: word for word, key in self.words.items()}
        if isinstance(value, list | tuple):
            value = [said.get(key, re.sub("^paper:", PAPER, key)) for key in value]
        return super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except forms.ValidationError:
            return True

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [self._key(word) for word in super().to_python(value)]

    def _key(self, word: str) -> str:
        if word.startswith(PAPER):
            return f"paper:{word.removeprefix(PAPER)}"
        if word not in self.words:
            raise forms.ValidationError(f"“{word}”不能排先后，应为{'、'.join(self.words)}或者“{PAPER}科目名称”。")
        return self.words[word]


class GroupsField(forms.CharField):
    """Article 19's people in words: groups in order with ；, those of one group with 、; where a name has such a sign of
    its own, one group a line with | between its people."""

    words = {label: key for key, label in CONDITIONS.items()}
    signs = re.compile("[、，,；;]")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        groups = [[CONDITIONS.get(key, key) for key in group] for group in value]
        plain = not any(self.signs.search(name) for group in groups for name in group)
        between, inside = ("；", "、") if plain else ("\n", "|")
        return between.join(inside.join(group) for group in groups)

    def to_python(self, value: Any) -> list[list[str]]:  # type: ignore[override]
        text = str(value or "")
        ways = (r"\n", r"[|｜]") if re.search(r"[\n|｜]", text) else ("[；;]", "[、，,]")
        groups = [re.split(ways[1], group) for group in re.split(ways[0], text)]
        named = [[self.words.get(word.strip(), word.strip()) for word in group if word.strip()] for group in groups]
        return [group for group in named if group]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != self.to_python(data)


class ScoringForm(PartForm):
    """How scores become an order."""

    opening_ratio = forms.DecimalField(
        label="开考比例", min_value=0, required=False, help_text="报名人数与招聘人数之比"
    )
    if_short = forms.ChoiceField(label="不足开考比例的", choices=choices(SHORT), required=False)
    digits = forms.IntegerField(label="成绩保留小数", min_value=0, max_value=6, required=False)
    mode = forms.ChoiceField(label="取整", choices=choices(ROUNDINGS), required=False)
    bonus_on = forms.ChoiceField(label="加分加在", choices=choices(BONUS_ON), required=False)
    bonus_cap = forms.DecimalField(label="加分上限", min_value=0, required=False)
    tie_break = OrderField(
        label="同分排序", help_text=f"依次写：优先人员、笔试、面试、{PAPER}公安基础；仍相同的另定先后"
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
    )
    units = {"opening_ratio": "比 1", "digits": "位", "bonus_cap": "分"}
    provisions = {"priority_groups": ("19",), "tie_break": ("19",), "bonus_on": ("19",)}
    paths = {
        "opening_ratio": "opening.ratio",
        "if_short": "opening.if_short",
        "digits": "rounding.digits",
        "mode": "rounding.mode",
        "bonus_on": "bonus.on",
        "bonus_cap": "bonus.cap",
        "tie_break": "tie_break",
        "priority_groups": "priority_groups",
    }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("opening_ratio") is None) != (not data.get("if_short")):
            self.add_error("if_short", "开考比例和不足时怎么办应一并填写。")
        return data


class BonusPoint(PartForm):
    when = SeveralField(label="适用人员", choices=list(CONDITIONS.items()))
    add = forms.DecimalField(label="加分", min_value=0)
    paths = {"when": "when", "add": "add"}
    units = {"add": "分"}


def scoring_rows(part: Part, posted: Any) -> list[Rows]:
    """What is added to a score, and the posts that weigh it otherwise."""
    return [Rows("加分项", BonusPoint, "bonus.points", part, posted), ByPost(part, posted)]


class TermsForm(PartForm):
    """What comes after the ranking, and who may not apply."""

    reserve_months = forms.IntegerField(
        label="递补名单有效期", min_value=0, required=False, help_text="不写的没有递补名单"
    )
    term_months = forms.IntegerField(label="劳动合同期限", min_value=1, required=False)
    probation_months = forms.DecimalField(
        label="试用期", min_value=0, required=False, help_text="包含在合同期限内，不得超过《劳动合同法》第十九条的上限"
    )
    trial = forms.BooleanField(label="先试用后签合同", required=False)
    trial_months = forms.DecimalField(label="签合同前的试用", min_value=0, required=False)
    extra_disqualifiers = WordsField(
        label="办法以外不得报考的情形", lines=True, help_text="一行一项；第二十条所列情形不必重写"
    )
    groups = (
        ("递补", ("reserve_months",)),
        ("劳动合同", ("term_months", "probation_months", "trial", "trial_months")),
        ("不得报考", ("extra_disqualifiers",)),
    )
    units = dict.fromkeys(("reserve_months", "term_months", "probation_months", "trial_months"), "个月")
    provisions = {"term_months": ("22",), "extra_disqualifiers": ("20",)}
    paths = {
        "reserve_months": "reserve.months",
        "term_months": "contract.term_months",
        "probation_months": "contract.probation_months",
        "trial_months": "contract.trial_months",
        "extra_disqualifiers": "extra_disqualifiers",
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        return super().initial_of(part) | {"trial": (part.get("contract") or {}).get("signed_after") == "trial"}

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        put(made, "contract.signed_after", "trial" if self.cleaned_data["trial"] else None)
        return made
