"""The form in which a report is written, for the public site and for an officer who types what somebody says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from fujing.law.complaints.readers import ABOUT
from fujing.management.complaints.models import Report
from fujing.management.complaints.receipts import Story
from fujing.registry.divisions import PROVINCE
from fujing.registry.models import Organ, territory_of
from fujing.registry.queries import bureaus_between, unit_named
from fujing.web.choices import OneOf, among
from fujing.web.values import phone_of


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,application/pdf"}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(each, initial) for each in data or []]


class BureauChoice(OneOf):
    def label_from_instance(self, obj: Organ) -> str:
        return str(obj.name)


class ReportForm(forms.Form):
    """What somebody reports."""

    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("反映什么", ("kind", "organ", "about", "accused", "unit_name")),
        ("经过", ("happened", "text", "uploads")),
        ("您的姓名和电话（可以不填）", ("name", "phone")),
    )
    kind = forms.ChoiceField(label="类别", choices=Report.Kind.choices)
    organ = BureauChoice(label="被反映的人或者单位属于哪个公安机关")
    about = forms.ChoiceField(label="反映的是", choices=list(ABOUT.items()))
    accused = forms.CharField(
        label="被反映人的姓名", max_length=100, required=False, help_text="不知道的不填；几个人之间用顿号"
    )
    unit_name = forms.CharField(label="所在的派出所、大队", max_length=60, required=False, help_text="例如：城关派出所")
    happened = forms.CharField(label="时间和地点", max_length=200, required=False)
    text = forms.CharField(label="经过", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    uploads = FilesField(
        label="照片、截图或者 PDF", required=False, help_text="最多 3 个，拍摄地点、时间、机型等附带信息会去掉"
    )
    name = forms.CharField(
        label="姓名",
        max_length=60,
        required=False,
        help_text="单独封存，两名办理人都写明理由才能开启",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="电话",
        max_length=11,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        among(self, organ=bureaus_between(*territory_of(PROVINCE)))

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("phone") and not data.get("name"):
            self.add_error("name", "填了电话的，请同时填写姓名；都不填的，凭回执码联系。")
        return data

    def story(self) -> Story:
        """What was filled in."""
        data = {name: each for name, each in self.cleaned_data.items() if name not in ("uploads", "organ", "channel")}
        organ: Organ = self.cleaned_data["organ"]
        unit = unit_named(organ.code, data["unit_name"]) if data["unit_name"] else None
        return Story(organ=organ.code, unit=unit.code if unit else None, **data)
