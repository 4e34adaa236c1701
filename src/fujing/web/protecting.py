"""What is asked of whoever says that somebody was harmed or wrongly accused: alike on the phone and at the desk."""

from __future__ import annotations

from typing import Any

from django import forms

from fujing.kernel.clock import today
from fujing.management.protection.queries import duties_of
from fujing.management.protection.services import Told
from fujing.management.protection.states import KIND_CHOICES, Harmed
from fujing.web.choices import OneOf, among
from fujing.web.form_pages import PAPER


class DutyChoice(OneOf):
    """A duty order by its time and what it was."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.begins:%Y-%m-%d %H:%M} {obj.place or obj.text}"


class ToldForm(forms.Form):
    """What happened, when, where, on which duty, and what came of it."""

    kind = forms.ChoiceField(label="类别", choices=KIND_CHOICES, widget=forms.RadioSelect)
    happened_on = forms.DateField(label="发生日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    happened_at = forms.CharField(label="时间", max_length=40, required=False, help_text="例如：晚上九点左右")
    place = forms.CharField(label="地点", max_length=100)
    order = DutyChoice(label="当时的派勤", required=False, help_text="系统里有派勤的，选派勤；没有的，写下面两项")
    duty = forms.CharField(label="正在履行的职责", max_length=200, required=False)
    commander = forms.CharField(label="指挥民警", max_length=60, required=False)
    told = forms.CharField(
        label="经过", max_length=3000, widget=forms.Textarea(attrs={"rows": 6}), help_text="加密保存，只有办理人能看"
    )
    against = forms.CharField(label="对方是谁", max_length=300, required=False, help_text="知道多少写多少，加密保存")
    harmed = forms.MultipleChoiceField(
        label="受到损害的", choices=Harmed.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    damage = forms.CharField(
        label="损害情况",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="本人、家属受了什么伤，财物损失多少；加密保存",
    )
    upload = forms.FileField(label="材料", required=False, help_text=f"照片、截图、病历等，{PAPER}；以后还可以补充")
    provisions = {"kind": ("28.p1", "28.p2", "44")}

    def __init__(self, person_id: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"happened_on": today()}} | options)
        among(self, order=duties_of(person_id))

    @property
    def said(self) -> Told:
        """What was said, for the service."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "upload"})
