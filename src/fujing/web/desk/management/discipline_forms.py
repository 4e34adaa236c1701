"""The forms of 违反义务的处理: what each step asks."""

from __future__ import annotations

from typing import Any

from django import forms

from fujing.law.discipline.cases import DUTIES, Means, Suspects
from fujing.law.provisions import cite
from fujing.management.discipline.models import Matter
from fujing.management.discipline.queries import measures_on
from fujing.management.discipline.services import WAYS
from fujing.web.choices import OneOf
from fujing.web.desk.common import DateField
from fujing.web.form_pages import PAPER

WORDS = forms.Textarea(attrs={"rows": 6})


class FindForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=60, help_text="本机关在职的警务辅助人员")
    tail = forms.CharField(
        label="公民身份号码后四位", max_length=4, required=False, help_text="有同名的填写", widget=forms.TextInput
    )


class ProofForm(forms.Form):
    title = forms.CharField(label="材料名称", max_length=60, help_text="例如：监控记录")
    dated = DateField(label="材料日期")
    upload = forms.FileField(label="证据材料", help_text=PAPER)


class RecordForm(ProofForm):
    groups = (("事实", ("duty", "happened_on", "facts")), ("证据", ("title", "dated", "upload")))
    duty = forms.ChoiceField(
        label="违反的义务", choices=[(key, f"{cite(key)} {words}") for key, words in DUTIES.items()]
    )
    happened_on = DateField(label="事实发生日期", help_text="持续几日的，填最后一日")
    facts = forms.CharField(
        label="事实",
        max_length=5000,
        widget=WORDS,
        help_text="时间、地点、经过和后果，只写查到的；本人将看到全文，加密保存",
    )


class InviteForm(forms.Form):
    told_on = DateField(label="告知日期", help_text="告知书交到本人的日期")
    answer_until = DateField(label="陈述期限（含当日）")
    upload = forms.FileField(label="本人签收的告知书", help_text=PAPER)


class StateForm(forms.Form):
    answered_on = DateField(label="陈述日期")
    answer = forms.CharField(
        label="本人的陈述", max_length=8000, widget=WORDS, help_text="照原话填写，不改写、不概括；加密保存"
    )
    upload = forms.FileField(label="本人签名的陈述", help_text=PAPER)


class DeclineForm(forms.Form):
    answered_on = DateField(label="记录日期")
    answer = forms.CharField(
        label="不作陈述的经过", max_length=2000, widget=WORDS, help_text="写明时间、在场人和本人的表示，或者期限已满"
    )
    upload = forms.FileField(label="两人签名的记录", help_text=PAPER)


class ProposeForm(forms.Form):
    means = forms.ChoiceField(
        label="处理意见", choices=[(each.value, each.label) for each in Means], widget=forms.RadioSelect
    )
    measure = OneOf(label="处理种类", required=False, help_text="只列事实发生时施行、已经核对的处理规定")
    opinion = forms.CharField(
        label="理由", max_length=5000, widget=WORDS, help_text="采纳或者不采纳本人陈述的理由；加密保存"
    )
    governed = forms.TypedChoiceField(
        label="法律、法规对这项责任是否另有规定",
        choices=[("yes", "另有规定"), ("no", "没有")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    statute = forms.CharField(
        label="适用的法律、法规条文", max_length=200, required=False, help_text="写到部、条、款、项"
    )
    suspects = forms.ChoiceField(
        label="是否涉嫌违反治安管理或者犯罪",
        choices=[(each.value, each.label) for each in Suspects],
        widget=forms.RadioSelect,
        help_text="涉嫌的，移送有权机关并登记回执以后才能决定",
    )
    # By one of the choices.
    needed = frozenset({"measure", "statute"})
    provisions = {"governed": ("40",), "suspects": ("43",), "means": ("43",)}


def propose_form(row: Matter) -> type[forms.Form]:
    """With the measures that may be chosen for what happened then."""

    class Form(ProposeForm):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            measure = self.fields["measure"]
            assert isinstance(measure, OneOf)
            measure.queryset = measures_on(row.organ_code, row.happened_on)

    return Form


class ReferForm(forms.Form):
    kind = forms.ChoiceField(
        label="移送的情形",
        choices=[(each.value, each.label) for each in Suspects if each is not Suspects.NONE],
        widget=forms.RadioSelect,
    )
    authority = forms.CharField(label="移送的机关", max_length=100, help_text="写全称，例如：三台县公安局治安管理大队")
    sent_on = DateField(label="移送日期")
    upload = forms.FileField(label="对方的回执", help_text=PAPER)


class DecideForm(forms.Form):
    document_number = forms.CharField(label="决定文号", max_length=60)


class ReceiveForm(forms.Form):
    asked_on = DateField(label="申请日期")
    text = forms.CharField(label="申请复核的理由", max_length=5000, widget=WORDS, help_text="照原文填写；加密保存")
    upload = forms.FileField(label="本人签名的申请", help_text=PAPER)


class AnswerForm(forms.Form):
    answer = forms.CharField(label="答复的理由", max_length=5000, widget=WORDS, help_text="本人将看到全文")


class DismissForm(forms.Form):
    way = forms.ChoiceField(
        label="解除的情形",
        choices=[("breach", "违法违纪或者严重违反规章制度"), ("dereliction", "严重失职造成重大损害或者不良影响")],
        widget=forms.RadioSelect,
    )
    last_day = DateField(label="拟定的最后工作日（含当日）")
    damage = forms.CharField(label="损害的金额或者不良影响", max_length=300, required=False, help_text="严重失职的写明")
    needed = frozenset({"damage"})
    provisions = {"way": tuple(WAYS.values())}
