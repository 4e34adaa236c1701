"""The form by which leave is asked for, on the phone and at the desk."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from fujing.kernel.clock import ZONE
from fujing.law.leave.kinds import KINDS
from fujing.law.leave.others import Event
from fujing.safeguards.leave.services import Asked
from fujing.web.form_pages import PAPER

UNKNOWN = [("", "不填"), ("yes", "是"), ("no", "否")]
EVENTS = "；".join(f"{kind.label}填{kind.event}" for kind in KINDS.values() if kind.event)


def _day(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"invalid": "请填写有效日期。"}, **options)


def _yes_or_no(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=UNKNOWN, required=False, coerce=lambda value: value == "yes", empty_value=None
    )


class LeaveForm(forms.Form):
    """What is asked for: by days and halves, or by hours of one day."""

    kind = forms.ChoiceField(label="假期", choices=[(key, kind.label) for key, kind in KINDS.items()])
    first = _day("第一天")
    from_part = forms.ChoiceField(label="从", choices=[("am", "上午起"), ("pm", "下午起")], required=False)
    until = _day("最后一天（含当日）")
    until_part = forms.ChoiceField(label="到", choices=[("pm", "下午止"), ("am", "中午止")], required=False)
    hour_from = forms.TimeField(
        label="按小时请，从",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text="只有病假、事假可以按小时请，第一天和最后一天填同一天",
    )
    hour_until = forms.TimeField(label="按小时请，到", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    event_on = _day("有关日期", required=False, help_text=EVENTS)
    difficult = _yes_or_no("难产（产假）")
    babies = forms.IntegerField(label="生育几个婴儿（产假）", min_value=1, max_value=9, required=False)
    checkup = _yes_or_no("参加婚前医学检查（婚假）")
    reason = forms.CharField(
        label="事由",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="加密保存；年休假可以不写",
    )
    upload = forms.FileField(label="材料", required=False, help_text=f"医疗证明、结婚证、出生证明等。{PAPER}")
    needed = frozenset({"event_on", "reason"})  # by some of the kinds
    provisions = {"kind": ("36",)}

    def asked(self) -> Asked:
        """What the form says, as the service takes it."""
        data = self.cleaned_data
        begins = _moment(data["first"], time(12) if data["from_part"] == "pm" else time())
        after = data["until"] if data["until_part"] == "am" else data["until"] + timedelta(days=1)
        ends = _moment(after, time(12) if data["until_part"] == "am" else time())
        if data["hour_from"] and data["hour_until"]:
            begins, ends = _moment(data["first"], data["hour_from"]), _moment(data["until"], data["hour_until"])
        event = Event(data["event_on"], data["difficult"], data["babies"], data["checkup"])
        return Asked(data["kind"], begins, ends, event, data["reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("hour_from")) != bool(data.get("hour_until")):
            self.add_error("hour_until", "按小时请的，起止时间都要填。")
        elif data.get("hour_from") and data.get("first") != data.get("until"):
            self.add_error("until", "按小时请的，第一天和最后一天填同一天。")
        last = data.get("until")
        if last is not None and last.year > 9000:
            self.add_error("until", "请填写有效日期。")
        return data


def _moment(day: Any, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZONE)
