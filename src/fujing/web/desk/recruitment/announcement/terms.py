"""What comes after the ranking, and what else an announcement prints, as forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS
from fujing.web.desk.recruitment.announcement.parts import Part, PartForm, SeveralField, WordsField, get, put
from fujing.web.numbers import NumberField

REFILLED = ("medical", "background", "publicity", "hire")
UNLIMITED = "不限"


class TermsForm(PartForm):
    """What comes after the ranking, and who may not apply."""

    reserve_months = forms.IntegerField(
        label="递补名单有效期", min_value=0, max_value=120, required=False, help_text="不写的没有递补名单"
    )
    refill_times = forms.RegexField(
        label="递补轮数",
        regex=r"^(不限|0|[1-9][0-9]{0,2})$",
        required=False,
        help_text="写数目或者“不限”；0 为空缺不递补；不写的依次递补到满额",
        error_messages={"invalid": "请填数目或者“不限”。"},
    )
    refill_from = SeveralField(
        label="哪些环节空出的可以递补",
        choices=[(kind, LABELS[kind]) for kind in REFILLED],
        required=False,
        help_text="不选的各环节都可以",
    )
    term_months = forms.IntegerField(label="劳动合同期限", min_value=1, max_value=600, required=False)
    probation_months = NumberField(
        label="试用期",
        min_value=0,
        max_value=120,
        required=False,
        help_text="包含在合同期限内，不得超过《劳动合同法》第十九条的上限",
    )
    trial = forms.BooleanField(label="先试用后签合同", required=False)
    trial_months = NumberField(label="签合同前的试用", min_value=0, max_value=120, required=False)
    extra_disqualifiers = WordsField(
        label="办法以外不得报考的情形", lines=True, help_text="一行一项；第二十条所列情形不必重写"
    )
    groups = (
        ("递补", ("reserve_months",)),
        ("递补的轮数和环节", ("refill_times", "refill_from")),
        ("劳动合同", ("term_months", "probation_months", "trial", "trial_months")),
        ("不得报考", ("extra_disqualifiers",)),
    )
    folded = ("递补的轮数和环节",)
    units = dict.fromkeys(("reserve_months", "term_months", "probation_months", "trial_months"), "个月") | {
        "refill_times": "轮"
    }
    provisions = {"term_months": ("22",), "extra_disqualifiers": ("20",)}
    paths = {
        "reserve_months": "reserve.months",
        "refill_from": "refill.from",
        "term_months": "contract.term_months",
        "probation_months": "contract.probation_months",
        "trial_months": "contract.trial_months",
        "extra_disqualifiers": "extra_disqualifiers",
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        times = get(part, "refill.times")
        return super().initial_of(part) | {
            "trial": get(part, "contract.signed_after") == "trial",
            "refill_times": UNLIMITED if times == "unlimited" else times,
        }

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        put(made, "contract.signed_after", "trial" if self.cleaned_data["trial"] else None)
        if "refill_times" in self.changed_data:
            times = self.cleaned_data["refill_times"]
            put(made, "refill.times", "unlimited" if times == UNLIMITED else int(times) if times else None)
        return made


class PrintedForm(PartForm):
    """What applicants and the public read in it: pay, places, whom to ask and whom to tell, what to bring."""

    pay = forms.CharField(
        label="工资福利待遇",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照公告所印",
    )
    workplaces = WordsField(label="工作地点", lines=True, help_text="一行一处")
    exam_day = forms.CharField(
        label="考试日期", max_length=80, required=False, help_text="如 2026-02-07；没有定的照公告写，如“另行通知”"
    )
    papers = WordsField(label="报名时提交的材料", lines=True, help_text="一行一项")
    consultation = WordsField(label="咨询电话", help_text="几个之间用顿号")
    supervision = WordsField(label="监督电话", help_text="几个之间用顿号")
    hours = forms.CharField(label="接听时间", max_length=80, required=False, help_text="如“工作日 9:00 至 17:00”")
    groups = (
        ("待遇和地点", ("pay", "workplaces")),
        ("报名和考试", ("papers", "exam_day")),
        ("咨询和监督", ("consultation", "supervision", "hours")),
    )
    provisions = {"pay": ("21.p1",), "consultation": ("21.p1",), "supervision": ("21.p1",)}
    paths = {
        "pay": "pay",
        "workplaces": "workplaces",
        "exam_day": "exam_day",
        "papers": "papers",
        "consultation": "contacts.consultation",
        "supervision": "contacts.supervision",
        "hours": "contacts.hours",
    }
