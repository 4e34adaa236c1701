"""A post of an announcement as a form, with the relaxations of its ages and education."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.applicants import CONDITIONS
from fujing.registry.states import Category, Sex
from fujing.web.desk.common import MOST_HEADCOUNT
from fujing.web.desk.recruitment.announcement.fields import DayOrMonthField
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

EDUCATIONS = {key: label for key, label in EDUCATION_LABEL.items() if key != "primary"}


class PostForm(PartForm):
    """One post and whom it asks for."""

    code = forms.CharField(label="岗位代码", max_length=20)
    name = forms.CharField(label="岗位名称", max_length=80)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    headcount = forms.IntegerField(label="招聘人数", min_value=1, max_value=MOST_HEADCOUNT)
    duties = WordsField(label="职责", lines=True, help_text="一行一项；写目录编号（如 10.3）或者公告原文")
    sex = forms.ChoiceField(label="性别", choices=choices(dict(Sex.choices), "不限"), required=False)
    sex_reason = forms.CharField(label="限性别的理由", max_length=500, required=False)
    scarce_reason = forms.CharField(
        label="急需理由", max_length=500, required=False, help_text="属于急需专业技术、专门技能岗位时填写"
    )
    age_min = forms.IntegerField(label="年龄下限", min_value=0, max_value=120, required=False)
    age_max = forms.IntegerField(label="年龄上限", min_value=0, max_value=120, required=False)
    window_from = DayOrMonthField(
        label="所印最早出生日", required=False, help_text="公告印有出生日期范围时填写，含当日；只印月份的从月初起"
    )
    window_to = DayOrMonthField(
        label="所印最晚出生日", last=True, required=False, help_text="含当日；只印月份的到月末止"
    )
    education = forms.ChoiceField(label="学历下限", choices=choices(EDUCATIONS, "依照办法"), required=False)
    majors = WordsField(label="专业", help_text="任一即可，几个之间用顿号")
    height = NumberField(label="身高下限", min_value=1, max_value=300, required=False, help_text="男女相同的写在这里")
    height_male = NumberField(label="男身高下限", min_value=1, max_value=300, required=False)
    height_female = NumberField(label="女身高下限", min_value=1, max_value=300, required=False)
    vision = NumberField(label="裸眼视力下限", min_value=0, max_value=10, required=False)
    corrected = NumberField(label="矫正视力下限", min_value=0, max_value=10, required=False)
    bmi_min = NumberField(
        label="体重指数下限",
        min_value=1,
        max_value=100,
        required=False,
        help_text="体重公斤数除以身高米数的平方，含本数",
    )
    bmi_max = NumberField(label="体重指数上限", min_value=1, max_value=100, required=False, help_text="含本数")
    basis = forms.CharField(
        label="工作依据",
        max_length=500,
        required=False,
        help_text="职责写了“国家规定的其他工作”一类（9.4、10.10、11.4）的，写明依据的国家规定",
    )
    pool = SeveralField(
        label="只面向", choices=list(CONDITIONS.items()), required=False, help_text="定向招聘的岗位才选，其他人员不能报"
    )
    pool_reason = forms.CharField(label="定向的理由", max_length=500, required=False)
    household = WordsField(label="户籍范围", help_text="任一即可，几个之间用顿号")
    certificates = WordsField(label="证书", help_text="全部具备，几个之间用顿号；两个有一个即可的用竖线：甲|乙")
    groups = (
        ("岗位", ("code", "name", "category", "headcount", "duties", "scarce_reason")),
        ("性别", ("sex", "sex_reason")),
        ("年龄", ("age_min", "age_max")),
        ("学历和专业", ("education", "majors")),
        ("身体条件", ("height", "height_male", "height_female", "vision")),
        ("其他条件", ("household", "certificates")),
        ("所印的出生日期范围", ("window_from", "window_to")),
        ("矫正视力、体重指数", ("corrected", "bmi_min", "bmi_max")),
        ("定向招聘", ("pool", "pool_reason")),
        ("其他工作的依据", ("basis",)),
    )
    folded = ("所印的出生日期范围", "矫正视力、体重指数", "定向招聘", "其他工作的依据")
    units = {
        "headcount": "人",
        "age_min": "周岁",
        "age_max": "周岁",
        "height": "厘米",
        "height_male": "厘米",
        "height_female": "厘米",
        "bmi_min": "公斤/米²",
        "bmi_max": "公斤/米²",
    }
    provisions = {
        "age_max": ("18.3",),
        "education": ("18.4",),
        "height": ("18.5",),
        "bmi_min": ("18.5",),
        "sex_reason": ("18.6",),
        "scarce_reason": ("18.3",),
        "duties": ("9",),
        "pool": ("18.6",),
        "basis": ("9.4", "10.10"),
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
        "vision": "conditions.naked_vision",
        "corrected": "conditions.corrected_vision",
        "bmi_min": "conditions.bmi.min",
        "bmi_max": "conditions.bmi.max",
        "pool": "pool.when",
        "pool_reason": "pool.reason",
        "basis": "basis",
        "household": "conditions.household",
        "certificates": "conditions.certificates",
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        height = get(part, "conditions.height_cm")
        by_sex = height if isinstance(height, Mapping) else {}
        return super().initial_of(part) | {
            "height": None if by_sex else height or None,
            "height_male": by_sex.get("male"),
            "height_female": by_sex.get("female"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("height") is not None and (data.get("height_male") or data.get("height_female")):
            self.add_error("height", "身高写一个数，或者按男女分写，不要都写。")
        if data.get("pool_reason") and not data.get("pool"):
            self.add_error("pool", "请选择面向哪些人员。")
        low, high = data.get("bmi_min"), data.get("bmi_max")
        if low is not None and high is not None and low > high:
            self.add_error("bmi_max", "体重指数上限低于下限。")
        return data

    def written_into(self, part: Part) -> Part:
        made = super().written_into(part)
        if {"height", "height_male", "height_female"}.intersection(self.changed_data):
            by_sex = {sex: stored(self.cleaned_data[f"height_{sex}"]) for sex in ("male", "female")}
            asked = {sex: height for sex, height in by_sex.items() if height is not None}
            put(made, "conditions.height_cm", asked or stored(self.cleaned_data["height"]))
        return made


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
