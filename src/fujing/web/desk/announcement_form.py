"""The announcement as a form, and back: what the form doesn't ask stays as it is in the document."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django import forms

from fujing.law.announcements.procedure import LABELS
from fujing.law.formats.applicants import EDUCATION_LABEL
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.registry.states import Category, Sex
from fujing.web.desk.common import DateField

EDUCATIONS = [
    (key, label) for key, label in EDUCATION_LABEL.items() if key not in {"primary", "junior_middle"}
]
STAGES = [
    {"kind": "announcement"}, {"kind": "registration"}, {"kind": "qualification_review"},
    {"kind": "written"}, {"kind": "fitness"}, {"kind": "interview"}, {"kind": "medical"}, {"kind": "background"},
    {"kind": "publicity"}, {"kind": "hire"},
]  # fmt: skip


DROPPABLE = [(kind, LABELS[kind]) for kind in ("written", "fitness", "interview", "medical")]
"""What a simplified procedure may leave out (21.p2); the rest of the steps stay in any case."""


def _moment(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


class AnnouncementForm(forms.Form):
    """Everything of an announcement but its posts."""

    title = forms.CharField(label="标题", max_length=200)
    plan = forms.ModelChoiceField(
        label="用人计划", queryset=HeadcountPlan.objects.none(), empty_label="请选择已批准的计划"
    )
    organiser = forms.ChoiceField(
        label="组织方式",
        choices=[
            ("alone", "按批准的用人计划单独组织"), ("joint_hrss", "与同级人社部门共同组织，发布前须其同意"),
            ("entrusted", "委托机构办理，保存后登记委托文件"),
        ],
    )  # fmt: skip
    dropped = forms.MultipleChoiceField(
        label="简化掉的环节", choices=DROPPABLE, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="只用于写明急需理由的岗位，发布前须同级人社部门同意；公告、资格审查、考察、公示不能省",
    )  # fmt: skip
    provisions = {"organiser": ("17.p1",), "dropped": ("21.p2",)}
    cutoff = DateField(label="年龄计算截止日")
    age_reading = forms.ChoiceField(
        label="年龄读法",
        choices=[
            ("completed_years", "按周岁：35周岁到36周岁生日前一日"),
            ("birthday_inclusive", "按生日：35周岁生日当日为最后一日"),
        ],
    )
    opens = _moment("报名开始")
    closes = _moment("报名截止")
    written_weight = forms.DecimalField(
        label="笔试权重",
        min_value=0,
        max_value=1,
        initial=Decimal("0.5"),
        help_text="各环节权重相加为1；简化掉的环节不计",
    )
    written_pass = forms.DecimalField(label="笔试合格线（分）", min_value=0, max_value=100, required=False)
    interview_weight = forms.DecimalField(label="面试权重", min_value=0, max_value=1, initial=Decimal("0.5"))
    interview_ratio = forms.IntegerField(
        label="进入面试人数与招聘人数之比", min_value=1, max_value=10, initial=3
    )
    publicity_days = forms.IntegerField(
        label="公示天数", min_value=1, max_value=60, help_text="办法没有规定天数，由公告写明"
    )
    publicity_unit = forms.ChoiceField(
        label="公示按", choices=[("working", "工作日"), ("calendar", "自然日")]
    )
    reserve_months = forms.IntegerField(
        label="递补名单有效期（月）", min_value=0, max_value=24, required=False
    )
    term_months = forms.IntegerField(label="劳动合同期限（月）", min_value=1, max_value=120, initial=36)
    probation_months = forms.IntegerField(
        label="试用期（月）",
        min_value=0,
        max_value=12,
        initial=2,
        help_text="不得超过《劳动合同法》第十九条的上限",
    )
    retention_months = forms.IntegerField(
        label="报名资料保存期限（月）", min_value=1, max_value=60, initial=12,
        help_text="自招聘结束之日起；期满自动删除，已聘用的转入档案。应为实现招聘目的所必要的最短时间（《个人信息保护法》第十九条）",
    )  # fmt: skip
    priority = forms.BooleanField(label="同等条件下按第十九条五项优先", required=False, initial=True)


class PositionForm(forms.Form):
    """One post."""

    code = forms.CharField(label="岗位代码", max_length=10)
    name = forms.CharField(label="岗位名称", max_length=80)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    headcount = forms.IntegerField(label="人数", min_value=1)
    sex = forms.ChoiceField(label="性别", choices=[("", "不限"), *Sex.choices], required=False)
    sex_reason = forms.CharField(label="限性别的理由", max_length=200, required=False)
    scarce_reason = forms.CharField(
        label="急需理由", max_length=200, required=False, help_text="属于急需专业技术、专门技能岗位时填写"
    )
    age_max = forms.IntegerField(label="年龄上限（周岁）", min_value=18, max_value=60, initial=35)
    education = forms.ChoiceField(label="学历下限", choices=EDUCATIONS)
    height_male = forms.IntegerField(label="男身高下限（厘米）", min_value=140, max_value=200, required=False)
    height_female = forms.IntegerField(
        label="女身高下限（厘米）", min_value=140, max_value=200, required=False
    )
    household = forms.CharField(label="户籍范围", max_length=200, required=False, help_text="多个用顿号隔开")
    certificates = forms.CharField(
        label="证书", max_length=200, required=False, help_text="多个用顿号隔开，任一用竖线隔开"
    )


Positions = forms.formset_factory(PositionForm, extra=0, min_num=1, validate_min=True, max_num=40)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("、") if part.strip()]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def document_from(
    data: dict[str, Any], positions: list[dict[str, Any]], before: dict[str, Any]
) -> dict[str, Any]:
    """The document that the form describes; keys and stages that it doesn't ask about are kept from `before`."""
    document = json.loads(json.dumps(before))
    stages = {stage["kind"]: stage for stage in document.get("stages") or []}
    was_dropped = (document.get("simplified") or {}).get("dropped", [])
    order = [stage["kind"] for stage in document.get("stages") or STAGES]
    order = _order(order, was_dropped, data["dropped"])
    made = {kind: stages.get(kind, {"kind": kind}) for kind in order}
    if "fitness" in made:
        made["fitness"].setdefault("gate", {"standard": "police_2011", "need": "all"})
    if "written" in made:
        made["written"].update(weight=_number(data["written_weight"]), full=made["written"].get("full", 100))
        if data["written_pass"] is not None:
            made["written"]["pass"] = _number(data["written_pass"])
    if "interview" in made:
        made["interview"].update(
            weight=_number(data["interview_weight"]), full=made["interview"].get("full", 100),
            admit={"ratio": data["interview_ratio"], "ties": "admit_all"},
        )  # fmt: skip
    if "publicity" in made:
        made["publicity"].update(days=data["publicity_days"], unit=data["publicity_unit"])
    document.update(
        title=data["title"],
        cutoff=data["cutoff"].isoformat(),
        age_reading=data["age_reading"],
        registration={
            "from": data["opens"].strftime("%Y-%m-%dT%H:%M"),
            "to": data["closes"].strftime("%Y-%m-%dT%H:%M"),
        },
        stages=[made[kind] for kind in order],
        positions=[_position(row, before) for row in positions if row],
        contract={"term_months": data["term_months"], "probation_months": data["probation_months"]},
    )
    organiser = document.get("organiser") or {}
    if organiser.get("mode") != data["organiser"]:
        document["organiser"] = {"mode": data["organiser"]}
    document["simplified"] = {"dropped": data["dropped"]} if data["dropped"] else None
    if data["priority"]:
        document.setdefault(
            "priority_groups", [["martyr_kin"], ["veteran"], ["bravery"], ["police_school"], ["skill"]]
        )
        document.setdefault("tie_break", ["priority", "written"])
    if data["reserve_months"] is not None:
        document["reserve"] = {"months": data["reserve_months"]}
    return document


def _order(kinds: list[str], before: list[str], dropped: list[str]) -> list[str]:
    """The steps without the dropped ones; a step that was dropped `before` and no longer is returns to its place."""
    usual = [str(stage["kind"]) for stage in STAGES]
    for kind in (kind for kind in usual if kind in before and kind not in kinds):
        earlier = [kinds.index(known) for known in usual[: usual.index(kind)] if known in kinds]
        kinds.insert(max(earlier, default=-1) + 1, kind)
    return [kind for kind in kinds if kind not in dropped]


def _position(row: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    old: dict[str, Any] = next(
        (post for post in before.get("positions", []) if post["code"] == row["code"]), {}
    )
    conditions = dict(old.get("conditions", {}))
    age = {
        key: value for key, value in conditions.get("age", {}).items() if key not in {"min", "max", "window"}
    }
    conditions["age"] = {"min": 18, "max": row["age_max"], **age}
    conditions["education"] = {**conditions.get("education", {}), "min": row["education"]}
    heights = {"male": row["height_male"], "female": row["height_female"]}
    for key, value in (
        ("height_cm", {sex: value for sex, value in heights.items() if value}),
        ("household", _split(row["household"])),
        ("certificates", _split(row["certificates"])),
    ):
        conditions.pop(key, None)
        if value:
            conditions[key] = value
    post = {
        **old,
        "code": row["code"],
        "name": row["name"],
        "category": row["category"],
        "headcount": row["headcount"],
    }
    post.update(sex=row["sex"] or None, conditions=conditions)
    post["sex_reason"] = row["sex_reason"] or None
    post["scarce"] = {"reason": row["scarce_reason"]} if row["scarce_reason"] else None
    return post


def form_from(document: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Initial values of the form and of its posts from a document."""
    stages = {stage["kind"]: stage for stage in document.get("stages") or []}
    window, contract = document.get("registration") or {}, document.get("contract") or {}
    start = {
        "title": document.get("title"), "cutoff": document.get("cutoff"), "age_reading": document.get("age_reading"),
        "organiser": (document.get("organiser") or {}).get("mode", "alone"),
        "dropped": (document.get("simplified") or {}).get("dropped", []),
        "opens": window.get("from"), "closes": window.get("to"),
        "written_weight": stages.get("written", {}).get("weight"), "written_pass": stages.get("written", {}).get("pass"),
        "interview_weight": stages.get("interview", {}).get("weight"),
        "interview_ratio": (stages.get("interview", {}).get("admit") or {}).get("ratio"),
        "publicity_days": stages.get("publicity", {}).get("days"), "publicity_unit": stages.get("publicity", {}).get("unit"),
        "reserve_months": (document.get("reserve") or {}).get("months"), "term_months": contract.get("term_months"),
        "probation_months": contract.get("probation_months"), "priority": bool(document.get("priority_groups")),
    }  # fmt: skip
    rows = []
    for post in document.get("positions", []):
        conditions = post.get("conditions") or {}
        height = conditions.get("height_cm") or {}
        rows.append(
            {
                "code": post["code"], "name": post["name"], "category": post["category"], "headcount": post["headcount"],
                "sex": post.get("sex") or "", "sex_reason": post.get("sex_reason") or "",
                "scarce_reason": (post.get("scarce") or {}).get("reason", ""),
                "age_max": (conditions.get("age") or {}).get("max", 35),
                "education": (conditions.get("education") or {}).get("min", "high_school"),
                "height_male": height.get("male"), "height_female": height.get("female"),
                "household": "、".join(conditions.get("household") or []),
                "certificates": "、".join(conditions.get("certificates") or []),
            }
        )  # fmt: skip
    return start, rows
