"""The forms of protection cases at the desk."""

from __future__ import annotations

from typing import Any

from django import forms

from fujing.kernel.calendar import TermUnit
from fujing.kernel.clock import today
from fujing.management.protection.models import Clarification, ProtectionCase
from fujing.management.protection.queries import contested, staff_of
from fujing.management.protection.states import SCOPE_CHOICES, Finding, Form, MeasureKind, Outcome, ReferredTo, Step
from fujing.web.choices import OneOf, among
from fujing.web.desk.common import DateField
from fujing.web.form_pages import PAPER


class StaffChoice(OneOf):
    """An officer by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class DecisionChoice(OneOf):
    """A decision by its day and what it was."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.decided_at:%Y-%m-%d} {obj.kind}：{obj.outcome}（{obj.decided_by}）"


ACCUSED = "被指认是本机关人员的，选他；他此后看不到也不能办理这件案件"


def accept_form(row: ProtectionCase) -> type[forms.Form]:
    """Whom it is about, and where somebody was held accountable by which decision."""

    class AcceptForm(forms.Form):
        accused = StaffChoice(label="涉及的本机关人员", required=False, help_text=ACCUSED)

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            among(self, accused=staff_of(row.organ_code))

    class AccountabilityForm(AcceptForm):
        decision = DecisionChoice(
            label="追究的决定", required=False, help_text="本系统作出的，选决定；作出决定的人不能办理、决定这件案件"
        )

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            among(self, decision=contested(row))

    return AccountabilityForm if row.kind == "accountability" else AcceptForm


class AccusedForm(forms.Form):
    accused = StaffChoice(label="涉及的本机关人员", help_text=f"{ACCUSED}；登记后不能改")


class ConcludeForm(forms.Form):
    finding = forms.ChoiceField(label="结论", choices=Finding.choices, widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label="查明的事实和办理情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}), help_text="本人看得到"
    )
    without_why = forms.CharField(
        label="没有采取措施、没有移送的理由",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="措施、移送和结果都登记了的不填；澄清和纠正不能用理由代替",
    )


class EvidenceForm(forms.Form):
    upload = forms.FileField(label="材料", help_text=PAPER)
    note = forms.CharField(label="说明", max_length=200, required=False)


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label="措施", choices=MeasureKind.choices)
    taken_on = DateField(label="日期")
    handler = forms.CharField(label="办理人", max_length=60)
    note = forms.CharField(
        label="内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="本人看得到"
    )


class ReferralForm(forms.Form):
    to_whom = forms.ChoiceField(
        label="移送处理", choices=ReferredTo.choices, help_text="阻碍人、侵害人，或者诬告、造谣的人"
    )
    body = forms.CharField(label="接收单位", max_length=100)
    referred_on = DateField(label="移送日期")
    receipt = forms.CharField(label="回执、受案文号", max_length=60)
    handler = forms.CharField(label="移送人", max_length=60)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label="处理结果", choices=Outcome.choices)
    outcome_on = DateField(label="结果日期")
    outcome_text = forms.CharField(
        label="结果说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="本人看得到"
    )


class CorrectionForm(forms.Form):
    corrected_on = DateField(label="纠正日期")
    by = forms.CharField(label="作出纠正的部门", max_length=100)
    number = forms.CharField(label="纠正文号", max_length=60)
    text = forms.CharField(
        label="纠正的内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="撤销、变更了什么"
    )


class ScopeField(forms.TypedChoiceField):
    """How far it becomes known."""

    def __init__(self, most: int = SCOPE_CHOICES[-1][0], **options: Any) -> None:
        choices = [each for each in SCOPE_CHOICES if each[0] <= most]
        super().__init__(choices=choices, coerce=int, **options)


class ProposeForm(forms.Form):
    form = forms.ChoiceField(label="澄清的形式", choices=Form.choices)
    scope = ScopeField(label="公开的范围", help_text="本人同意的范围可以更窄，不能更宽")
    text = forms.CharField(
        label="澄清的内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="按这段文字公开；送本人表示意见以后不能改",
    )


def publish_form(row: Clarification) -> type[forms.Form]:
    """How far it went, no further than the person agreed."""

    class PublishForm(forms.Form):
        published_scope = ScopeField(row.agreed_scope or 0, label="公开的范围", help_text="不能宽于本人同意的范围")
        published_on = DateField(label="公开日期")
        published_where = forms.CharField(label="在哪里公开", max_length=200)

    return PublishForm


class PaperForm(forms.Form):
    consented_on = DateField(label="本人表示意见的日期")
    upload = forms.FileField(label="本人签名的书面意见", help_text=PAPER)


def agree_form(row: Clarification) -> type[forms.Form]:
    """What the person agreed to on paper."""

    class AgreeForm(PaperForm):
        agreed_scope = ScopeField(row.scope, label="本人同意的范围")

    return AgreeForm


class TermForm(forms.Form):
    step = forms.ChoiceField(label="步骤", choices=Step.choices)
    days = forms.IntegerField(label="期限", min_value=1, max_value=365)
    unit = forms.ChoiceField(label="单位", choices=TermUnit.choices)
    starts = DateField(label="起用日期", help_text="从这天起提出、受理的案件按此计算；以前的不变")
    basis = forms.CharField(label="依据", max_length=100, help_text="规定期限的文件和条款")


def first_day() -> dict[str, Any]:
    """Dates are mostly of today."""
    return {name: today() for name in ("taken_on", "referred_on", "outcome_on", "corrected_on", "starts")}
