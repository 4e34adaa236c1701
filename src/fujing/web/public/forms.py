"""Forms of the public site, for phones first."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from fujing.kernel.numbers import bare
from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.applicants import CONDITIONS
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import STATED
from fujing.recruitment.campaigns.models import Position
from fujing.web.choices import OneOf, among
from fujing.web.form_pages import PAPER
from fujing.web.numbers import NumberField
from fujing.web.passwords import NewPasswordForm
from fujing.web.values import phone_of

EDUCATIONS = [("", "请选择"), *((key, label) for key, label in EDUCATION_LABEL.items() if key != "primary")]
YES_NO = [("", "请选择"), ("true", "是"), ("false", "否")]
ATTACHMENTS = [(f"file_{kind}", kind, label) for kind, label in Attachment.Kind.choices]
HELP_OF = {
    "file_photo": "JPG 或 PNG，不超过 10 MB；印在准考证上",
    "file_identity": f"有照片和姓名的一面。{PAPER}",
    "file_id_back": f"有国徽和有效期限的一面。{PAPER}",
    "file_diploma": PAPER,
    "file_certificate": f"{PAPER}；退役证、荣誉证书、资格证等，几份合成一份 PDF",
}
PICTURES = "image/jpeg,image/png"
ACCEPT_OF = {field: PICTURES if field == "file_photo" else f"{PICTURES},application/pdf" for field in HELP_OF}
FACTS = (*STATED, *CONDITIONS)
GROUPS = (
    ("报考岗位", ("position",)),
    ("学历", ("education", "major")),
    (
        "岗位条件",
        (
            *("household", "height_cm", "weight_kg", "naked_vision", "corrected_vision"),
            *("certificates", "scarce_skill"),
        ),
    ),
    ("同等条件优先的情形（第十九条）", ("veteran", "martyr_kin", "bravery", "police_school", "skill")),
    ("材料", tuple(field for field, _, _ in ATTACHMENTS)),
)


class SignUpForm(NewPasswordForm):
    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="公民身份号码", max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label="手机号",
        max_length=11,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="用作登录账号",
    )
    agree = forms.BooleanField(label="我已阅读并同意下面的个人信息说明")
    field_order = ("name", "id_number", "phone", "password", "agree")

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])


def _vision(label: str, help_text: str) -> NumberField:
    return NumberField(
        label=label, min_value=3, max_value=6, max_digits=3, decimal_places=1, required=False, help_text=help_text
    )


def yes_no(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, required=False, empty_value=None, coerce=lambda value: value == "true"
    )


class BodyForm(forms.Form):
    """Household and body as a post may ask for them, in the application and in 能不能报 alike."""

    household = forms.CharField(
        label="户籍所在地", max_length=100, required=False, help_text="写到县（市、区），如四川省绵阳市三台县"
    )
    height_cm = NumberField(
        label="身高（厘米）", min_value=100, max_value=230, max_digits=5, decimal_places=1, required=False
    )
    weight_kg = NumberField(
        label="体重（公斤）", min_value=20, max_value=300, max_digits=4, decimal_places=1, required=False
    )
    naked_vision = _vision("裸眼视力", "五分记录，如 4.8")
    corrected_vision = _vision("矫正视力", "戴镜后的视力，五分记录，如 5.0")


class ApplicationForm(BodyForm):
    """The applicant's facts; identity comes from the account."""

    position = OneOf(label="报考岗位", empty_label=None)
    education = forms.ChoiceField(label="学历", choices=EDUCATIONS, required=False)
    major = forms.CharField(label="专业", max_length=60, required=False)
    certificates = forms.CharField(label="证书", max_length=300, required=False, help_text="多个用分号隔开，没有填“无”")
    veteran = yes_no("是否退役士兵")
    martyr_kin = yes_no("是否烈士或因公牺牲民警的配偶、子女")
    bravery = yes_no("是否见义勇为积极分子或先进个人")
    police_school = yes_no("是否警察类或政法类院校毕业")
    skill = yes_no("是否具有岗位所需专业资质或专门技能")
    scarce_skill = yes_no("是否属于急需的专业技术、专门技能人员")

    field_order = ("position", "education", "major")
    kept = False
    # Handing in without the education is refused; without these papers the review may return the application.
    needed = ("education", "file_photo", "file_identity", "file_id_back", "file_diploma")
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(
        self, *args: Any, posts: QuerySet[Position], asked: set[str], only: Collection[str] = (), **kwargs: Any
    ) -> None:
        """`only`: what a return asks for; nothing else is open then."""
        super().__init__(*args, **kwargs)
        among(self, position=posts)
        for field, kind, label in ATTACHMENTS:
            self.fields[field] = forms.FileField(
                label=label,
                required=False,
                help_text=HELP_OF[field],
                widget=forms.FileInput(attrs={"accept": ACCEPT_OF[field], "data-kind": kind}),
            )
        closed = [name for name in FACTS if name not in asked]
        if only:
            closed += ["position", *(field for field, kind, _ in ATTACHMENTS if kind not in only)]
        for name in closed:
            del self.fields[name]
        self.groups = tuple(
            (heading, names)
            for heading, all_names in GROUPS
            if (names := tuple(name for name in all_names if name in self.fields))
        )

    @staticmethod
    def initial_of(application: Application) -> dict[str, Any]:
        """What was saved, as the form shows it."""
        facts: dict[str, Any] = {name: getattr(application, name) for name in FACTS}
        for name in CONDITIONS:
            value = getattr(application, name)
            facts[name] = "" if value is None else ("true" if value else "false")
        return {**facts, "position": application.position_id}

    def facts(self) -> dict[str, Any]:
        """The facts to save: what was asked and understood; a refused field takes nothing else with it."""
        return {name: value for name, value in self.cleaned_data.items() if name in FACTS}


def answers_of(application: Application, asked: set[str]) -> list[tuple[str, str]]:
    """What was stated, in words, in the order of the form; what is not stated says so."""
    fields, words = ApplicationForm.base_fields, dict(EDUCATIONS)
    told = {True: "是", False: "否", None: "没有填写", "": "没有填写"}
    rows = []
    for name in [name for name in fields if name in FACTS and name in asked]:
        value = getattr(application, name)
        value = bare(value) if isinstance(value, Decimal) else value
        said = words.get(value, value) if name == "education" and value else told.get(value, value)
        rows.append((str(fields[name].label), str(said)))
    return rows


class ObjectionForm(forms.Form):
    about = forms.ChoiceField(label="所涉人员")
    text = forms.CharField(label="异议内容", widget=forms.Textarea(attrs={"rows": 5}))
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="可以匿名；留下联系方式便于核实"
    )


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label="回执码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="12位字母和数字；报名、异议和辞职的回执码都可以查",
    )

    def clean_receipt(self) -> str:
        """As it was issued, however it was copied: without spaces and hyphens, in capitals."""
        return re.sub(r"[\s-]", "", self.cleaned_data["receipt"]).upper()


class AnswerForm(forms.Form):
    """One text of the applicant's own; a page may have several, told apart by `key`."""

    text = forms.CharField(label="陈述内容", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, key: str, label: str = "陈述内容") -> None:
        super().__init__(data, auto_id=f"{key}_%s")
        self.fields["text"].label = label
