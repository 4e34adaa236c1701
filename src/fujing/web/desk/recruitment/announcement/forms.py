"""The basics of an announcement as a form: who recruits under which plan, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fujing.web.choices import OneOf, Suggesting
from fujing.web.desk.common import DateField
from fujing.web.desk.recruitment.announcement.fields import MomentField
from fujing.web.desk.recruitment.announcement.parts import Part, PartForm, choices, put, stored

READINGS = {
    "completed_years": "按周岁：35周岁到36周岁生日前一日",
    "birthday_inclusive": "按生日：35周岁生日当日为最后一日",
}
MODES = {
    "alone": "按批准的用人计划单独组织",
    "joint_hrss": "与同级人社部门共同组织，发布前须其同意",
    "entrusted": "委托机构办理，保存后登记委托文件",
}


class BasicsForm(PartForm):
    """Who recruits under which plan, when, and by which day ages are reckoned."""

    title = forms.CharField(label="标题", max_length=200)
    plan = OneOf(label="用人计划", empty_label="请选择已批准的计划")
    organiser = forms.ChoiceField(label="组织方式", choices=choices(MODES), required=False)
    partner = forms.CharField(label="共同组织或者受委托的单位", max_length=200, required=False, widget=Suggesting)
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
