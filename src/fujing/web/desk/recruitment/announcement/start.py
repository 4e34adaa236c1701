"""A first draft of an announcement on one page, in the usual order of steps; the rest is revised part by part."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.announcement import PRIORITY_GROUPS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.readiness import places_left
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.registry.models import Organ
from fujing.registry.states import Category, Sex
from fujing.web.choices import OneOf
from fujing.web.desk.common import MOST_HEADCOUNT, DateField
from fujing.web.desk.recruitment.announcement.fields import MomentField
from fujing.web.desk.recruitment.announcement.forms import MODES, READINGS
from fujing.web.desk.recruitment.announcement.parts import Part, WordsField, stored
from fujing.web.desk.recruitment.announcement.pieces import next_code
from fujing.web.numbers import NumberField

EDUCATIONS = [(key, label) for key, label in EDUCATION_LABEL.items() if key not in {"primary", "junior_middle"}]
FLOOR_OF = {"civil": "junior_college", "field": "high_school"}
STEPS = (
    "announcement",
    "registration",
    "qualification_review",
    "written",
    "fitness",
    "interview",
    "medical",
    "background",
    "publicity",
    "hire",
)


class AnnouncementForm(forms.Form):
    """Everything of an announcement but its posts."""

    title = forms.CharField(label="标题", max_length=200)
    plan = OneOf(label="用人计划", empty_label="请选择已批准的计划")
    organiser = forms.ChoiceField(label="组织方式", choices=list(MODES.items()))
    provisions = {
        "organiser": ("17.p1",),
        "cutoff": ("18.3",),
        "publicity_checked": ("21.p1",),
        "priority": ("19",),
        "term_months": ("22",),
    }
    groups = (
        ("招聘机关和计划", ("title", "plan", "organiser")),
        ("报名", ("opens", "closes", "retention_months")),
        ("年龄计算", ("cutoff", "age_reading")),
        ("考试", ("written_weight", "written_pass", "interview_weight", "interview_ratio", "priority")),
        ("公示", ("publicity_days", "publicity_unit", "publicity_checked")),
        ("递补和合同", ("reserve_months", "term_months", "probation_months")),
    )
    units = {
        "written_pass": "分",
        "interview_ratio": "比 1",
        "reserve_months": "个月",
        "term_months": "个月",
        "probation_months": "个月",
        "retention_months": "个月",
    }
    cutoff = DateField(label="年龄计算截止日")
    age_reading = forms.ChoiceField(label="年龄读法", choices=list(READINGS.items()))
    opens = MomentField(label="报名开始")
    closes = MomentField(label="报名截止")
    written_weight = NumberField(
        label="笔试权重", min_value=0, max_value=1, initial=Decimal("0.5"), help_text="各环节权重相加为1"
    )
    written_pass = NumberField(label="笔试合格线", min_value=0, max_value=100, required=False)
    interview_weight = NumberField(label="面试权重", min_value=0, max_value=1, initial=Decimal("0.5"))
    interview_ratio = forms.IntegerField(label="进入面试人数与招聘人数之比", min_value=1, max_value=10, initial=3)
    publicity_days = forms.IntegerField(
        label="公示天数",
        min_value=1,
        max_value=366,
        initial=5,
        help_text="办法没有规定天数，由公告写明；5 个工作日只是常见写法",
    )
    publicity_unit = forms.ChoiceField(label="公示按", choices=[("working", "工作日"), ("calendar", "自然日")])
    publicity_checked = forms.BooleanField(
        label="公示天数已与本地规定核对", error_messages={"required": "请核对公示天数后勾选。"}
    )
    reserve_months = forms.IntegerField(label="递补名单有效期", min_value=0, max_value=24, required=False)
    term_months = forms.IntegerField(label="劳动合同期限", min_value=1, max_value=120, initial=36)
    probation_months = forms.IntegerField(
        label="试用期", min_value=0, max_value=12, initial=2, help_text="不得超过《劳动合同法》第十九条的上限"
    )
    retention_months = forms.IntegerField(
        label="报名资料保存期限",
        min_value=1,
        max_value=60,
        initial=12,
        help_text="自招聘结束之日起；期满自动删除，已聘用的转入档案。应为实现招聘目的所必要的最短时间（《个人信息保护法》第十九条）",
    )
    priority = forms.BooleanField(label="同等条件下按第十九条五项优先", required=False, initial=True)


class PositionForm(forms.Form):
    """One post."""

    code = forms.CharField(label="岗位代码", max_length=10)
    name = forms.CharField(label="岗位名称", max_length=80)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    headcount = forms.IntegerField(label="人数", min_value=1, max_value=MOST_HEADCOUNT)
    sex = forms.ChoiceField(label="性别", choices=[("", "不限"), *Sex.choices], required=False)
    sex_reason = forms.CharField(label="限性别的理由", max_length=200, required=False)
    scarce_reason = forms.CharField(
        label="急需理由", max_length=200, required=False, help_text="属于急需专业技术、专门技能岗位时填写"
    )
    age_max = forms.IntegerField(label="年龄上限（周岁）", min_value=18, max_value=60, initial=35)
    education = forms.ChoiceField(label="学历下限", choices=EDUCATIONS)
    height_male = forms.IntegerField(label="男身高下限（厘米）", min_value=140, max_value=200, required=False)
    height_female = forms.IntegerField(label="女身高下限（厘米）", min_value=140, max_value=200, required=False)
    household = WordsField(label="户籍范围", help_text="任一即可，几个之间用顿号")
    certificates = WordsField(label="证书", help_text="全部具备，几个之间用顿号；两个有一个即可的用竖线：甲|乙")


def usual_window(now: datetime) -> tuple[datetime, datetime]:
    """The registration that the form proposes, in office hours: five working days from the first Monday that is at
    least a week ahead, 9:00 to 17:00."""
    monday = now.date() + timedelta(days=7 + (-now.weekday()) % 7)
    return datetime.combine(monday, time(9)), datetime.combine(monday + timedelta(days=4), time(17))


def first_draft(organ: Organ, plan: HeadcountPlan | None, now: datetime) -> tuple[dict[str, Any], list[Part]]:
    """What the form proposes for a bureau, and a row for each post of the plan that has free places."""
    opens, closes = usual_window(now)
    answers = {
        "title": f"{organ.name}{opens.year}年公开招聘警务辅助人员公告",
        "plan": plan and plan.pk,
        "opens": opens,
        "closes": closes,
        "cutoff": opens.date(),
    }
    posts = posts_of_plan(plan, {"positions": []}) if plan else []
    rows = [
        {key: post[key] for key in ("code", "name", "category", "headcount")}
        | {"age_max": 35, "education": post["conditions"]["education"]["min"]}
        for post in posts
    ]
    return answers, rows or [{"code": "01"}]


def posts_of_plan(plan: HeadcountPlan, document: Part) -> list[Part]:
    """A post for each line of the plan with free places that the announcement has no post of yet, by name and
    category; with the lawful limits of its category (18.3, 18.4)."""
    left, there = places_left(Campaign(plan=plan)), {(post["name"], post["category"]) for post in document["positions"]}
    made: list[Part] = []
    for line in plan.lines.order_by("id"):
        if left[line.pk] > 0 and (line.post_name, line.category) not in there:
            code = next_code({"positions": [*document["positions"], *made]})
            made.append(
                {
                    "code": code,
                    "name": line.post_name,
                    "category": line.category,
                    "headcount": left[line.pk],
                    "conditions": {"age": {"min": 18, "max": 35}, "education": {"min": FLOOR_OF[line.category]}},
                }
            )
    return made


Positions = forms.formset_factory(PositionForm, extra=0, max_num=60, can_delete=True)


def document_from(data: dict[str, Any], positions: list[dict[str, Any]]) -> dict[str, Any]:
    """The announcement that the form describes."""
    asked = {
        "fitness": {"gate": {"standard": "police_2011", "need": "all"}},
        "written": {"full": 100, "pass": data["written_pass"], "weight": data["written_weight"]},
        "interview": {
            "full": 100,
            "weight": data["interview_weight"],
            "admit": {"ratio": data["interview_ratio"], "ties": "admit_all"},
        },
        "publicity": {"days": data["publicity_days"], "unit": data["publicity_unit"]},
    }
    document: dict[str, Any] = {
        "title": data["title"],
        "organiser": {"mode": data["organiser"]},
        "age_reading": data["age_reading"],
        "cutoff": stored(data["cutoff"]),
        "registration": {"from": stored(data["opens"]), "to": stored(data["closes"])},
        "positions": [_position(row) for row in positions if row],
        "stages": [{"kind": kind, **_said(asked.get(kind, {}))} for kind in STEPS],
        "contract": {"term_months": data["term_months"], "probation_months": data["probation_months"]},
    }
    if data["priority"]:
        document["priority_groups"] = [[group] for group in PRIORITY_GROUPS]
        document["tie_break"] = ["priority", "written"]
    if data["reserve_months"] is not None:
        document["reserve"] = {"months": data["reserve_months"]}
    return document


def _said(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: stored(value) for key, value in answers.items() if value not in (None, "", [])}


def _position(row: dict[str, Any]) -> dict[str, Any]:
    heights = _said({"male": row["height_male"], "female": row["height_female"]})
    post = _said({key: row[key] for key in ("code", "name", "category", "headcount", "sex", "sex_reason")})
    if row["scarce_reason"]:
        post["scarce"] = {"reason": row["scarce_reason"]}
    asked = {"household": row["household"], "certificates": row["certificates"]}
    conditions = {"age": {"min": 18, "max": row["age_max"]}, "education": {"min": row["education"]}, **_said(asked)}
    return {**post, "conditions": conditions | ({"height_cm": heights} if heights else {})}
