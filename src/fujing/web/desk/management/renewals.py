"""One person's contract at its end: asked, answered, renewed, run on or ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.law.contracts import PROTECTED, severance_on_expiry
from fujing.law.parameters import Parameters
from fujing.management.contracts.models import Renewal
from fujing.management.contracts.policies import can_end_contract, can_sign_contract
from fujing.management.contracts.queries import Last, changes_of, last_contract, open_renewal, renewal_for, renewals_of
from fujing.management.contracts.renewals import (
    expiry_decide,
    renewal_accept,
    renewal_decline,
    renewal_end,
    renewal_extend,
    renewal_offer,
    renewal_sign,
    renewal_withdraw,
)
from fujing.management.contracts.states import OPEN, RENEWAL, RenewalState
from fujing.registry.models import Engagement
from fujing.registry.queries import engagement_for
from fujing.registry.states import ContractKind
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, of_the_organ, perform, take
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import DateField
from fujing.web.desk.management.contracts import SignForm, TermsForm, first_words, next_words, retires
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.requests import Request


class OfferForm(TermsForm):
    field_order = ("kind", "term_months", "fixed_terms", "request")
    needed = frozenset({"term_months", "fixed_terms", "request"})  # by a fixed term
    kind = forms.ChoiceField(label="续订类型", choices=ContractKind.choices, widget=forms.RadioSelect)
    term_months = forms.IntegerField(
        label="续订期限（月）", min_value=1, max_value=120, required=False, help_text="无固定期限不填"
    )
    fixed_terms = forms.IntegerField(
        label="已连续订立固定期限合同次数",
        min_value=1,
        max_value=20,
        required=False,
        help_text="花名册没有记载，请核实后填写",
    )
    request = forms.FileField(
        label="本人书面要求固定期限的材料",
        required=False,
        help_text=f"应订立无固定期限、本人要求固定期限的，必须上传。{PAPER}",
    )


class ExpiryForm(forms.Form):
    """Each situation in which a term runs on, looked at one by one; nothing is chosen beforehand."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in PROTECTED.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=[("no", "已核实，没有"), ("yes", "有")],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
                error_messages={"required": "请核实后选择。"},
            )
        self.fields["reason"] = forms.CharField(
            label="不续订的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
        )


class ExtensionForm(forms.Form):
    ground = forms.ChoiceField(label="情形", choices=list(PROTECTED.items()), widget=forms.RadioSelect)
    until = DateField(label="续延到（含当日）", help_text="情形消失的日期；未消失的，到期前再办理")
    reason = forms.CharField(label="依据", max_length=500, help_text="材料名称和日期，不写病情")


class AcceptForm(forms.Form):
    replied_on = DateField(label="本人答复日期")
    reply = forms.FileField(label="本人书面答复", required=False, help_text=PAPER)


class DeclineForm(forms.Form):
    replied_on = DateField(label="本人答复日期")
    reply = forms.FileField(label="本人书面答复", help_text=PAPER)


def _person(row: Renewal) -> Touched:
    return Touched(f"{row.engagement.person.name}，合同 {row.last_day} 到期。")


def _why_not(actor: Actor, row: Renewal, move: Any) -> str:
    if move.verb == "end" and today() < row.last_day:
        return f"合同 {row.last_day} 到期，到期当日起办理。"
    return ""


def _deed(call: Callable[..., Renewal], form: type[forms.Form] | None = None) -> Deed:
    return Deed(
        lambda actor, row, data: call(actor=actor, renewal=row, **data), (lambda row: form) if form else None, _person
    )


DEEDS = Deeds(
    RENEWAL,
    {
        "accept": _deed(renewal_accept, AcceptForm),
        "decline": _deed(renewal_decline, DeclineForm),
        "sign": _deed(renewal_sign, SignForm),
        "end": _deed(renewal_end),
        "withdraw": _deed(renewal_withdraw),
    },
    whose=of_the_organ,
    why_not=_why_not,
)
PAST = (
    Column("after", "原合同到期", lambda row: row.last_day, "date"),
    Column("state", "结果", "get_state_display"),
    Column("until", "续延到", "extended_until", "date"),
    Column("contract", "续订的合同", lambda row: row.contract and row.contract.number),
    Column("reason", "理由", wrap=True),
    Column("by", "办理人", "decided_by"),
)


CHANGES = (
    Column("effective", "生效", "effective_on", "date"),
    Column("subject", "内容", "get_subject_display"),
    Column("before", "原约定", "before", wrap=True),
    Column("after", "变更后", "after", wrap=True),
    Column("contract", "合同", "contract.number"),
    Column(
        "agreement",
        "协议",
        lambda row: f"{row.agreed_on} 签订",
        link=lambda row: reverse("desk:contract_change_document", args=[row.pk]),
    ),
)


@door(*PERSONNEL)
def renewal(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    engagement = engagement_for(actor, pk)
    person = engagement.person
    row = open_renewal(engagement)
    if "verb" in request.POST:
        if row is None:
            messages.error(request, "这次续订已经办结，请看下面的记录。")
            return redirect("desk:renewal", pk)
        return take(
            request, actor, row, DEEDS, back=reverse("desk:renewal", args=[pk]), subject=f"{person.name}的合同续订"
        )
    last = last_contract(engagement)
    startable = row is None and last is not None and last.after is not None and engagement.span.upper is None
    context = {
        "title": f"{person.name}的劳动合同",
        "engagement": engagement,
        "row": row,
        "facts": _facts(engagement, last),
        "offered": _offered(row) if row else [],
        "may_offer": startable and can_sign_contract(actor, engagement.organ_code),
        "may_decide": startable and can_end_contract(actor, engagement.organ_code),
        **(act_context(actor, row, DEEDS) if row else {"acts_now": [], "acts_not": []}),
        "signed": last.signed if last and engagement.span.upper is None else None,
        "changes": table_of(CHANGES, changes_of(engagement), "合同变更", empty="没有变更过。"),
        "past": table_of(PAST, renewals_of(engagement).exclude(state__in=OPEN), "办理记录", empty="还没有办理过续订。"),
    }
    return render(request, "management/renewal.html", context)


def _facts(engagement: Engagement, last: Last | None) -> list[tuple[str, str]]:
    """What the law looks at, each with where it comes from."""
    if last is None:
        return [("劳动合同", first_words(engagement))]
    ends = last_day(last.after)
    source = last.signed.number if last.signed else "花名册记载"
    said = [
        ("现合同", f"{source}，{dict(ContractKind.choices)[last.kind]}"),
        ("起止", f"{last.starts or '未写明'} 至 {ends or ('无固定期限' if last.kind == 'open_ended' else '未写明')}"),
        ("在本单位工作", f"{last.began} 起"),
        ("法定退休年龄", retires(engagement)),
    ]
    if last.after is None:
        return [*said, ("下次合同", next_words(last))]
    owed = severance_on_expiry(
        Parameters(last.after), last.began, last.after, refused_by_person=False, same_or_better=None
    )
    due = last.due(last.after)
    return [*said, ("下次合同", f"{next_words(last)}：{due.because}"), ("不续订时", owed.because)]


def _offered(row: Renewal) -> list[tuple[str, str]]:
    """What was asked and answered, and what the answer means."""
    said = []
    if row.kind:
        term = f"{row.term_months} 个月" if row.term_months else ""
        said.append(
            (
                "征求续订",
                f"{row.get_kind_display()}{term}，{'维持或者提高' if row.same_or_better else '低于'}原约定条件",
            )
        )
        said.append(("答复期限", f"{row.answer_until}" + ("（已过）" if _overdue(row) else "")))
    if row.replied_on:
        said.append(("本人答复", f"{row.replied_on}"))
    if row.state == RenewalState.ENDING:
        said.append(("理由", row.reason))
    if row.state in (RenewalState.DECLINED, RenewalState.ENDING):
        owed = severance_on_expiry(
            Parameters(row.after),
            row.engagement.span.lower,
            row.after,
            refused_by_person=row.state == RenewalState.DECLINED,
            same_or_better=row.same_or_better,
        )
        said.append(("经济补偿", owed.because))
    return said


def _overdue(row: Renewal) -> bool:
    return row.state == RenewalState.OFFERED and row.answer_until is not None and row.answer_until < today()


def _asked(
    request: Request,
    engagement: Engagement,
    form: forms.Form,
    call: Callable[[dict[str, Any]], Renewal],
    *,
    title: str,
    intro: str,
    submit: str,
    done: str,
) -> HttpResponse:
    """A page with one form that begins something; done, it leads back to the contract."""
    ready = request.method == "POST" and form.is_valid()
    made = perform(request, lambda: call(form.cleaned_data), form) if ready else None
    if made is not None:
        messages.success(request, done)
        return redirect("desk:renewal", engagement.pk)
    back = reverse("desk:renewal", args=[engagement.pk])
    return form_page(request, form, title=title, intro=intro, submit=submit, back=back)


@door(*PERSONNEL)
def offer(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    engagement = engagement_for(actor, pk)
    last = last_contract(engagement)
    due = last.due(last.after) if last and last.after else None
    start = {
        "kind": ContractKind.OPEN_ENDED if due and due.holds else ContractKind.FIXED,
        "term_months": None if due and due.holds else 36,
        "answer_until": today() + timedelta(days=15),
    }
    form = OfferForm(values.sent(request), request.FILES or None, initial=start)
    if last is None or last.fixed_terms is not None:
        del form.fields["fixed_terms"]
    return _asked(
        request,
        engagement,
        form,
        lambda data: renewal_offer(actor=actor, engagement=engagement, **data),
        title=f"征求{engagement.person.name}的续订意见",
        intro=due.because if due else "",
        submit="征求意见",
        done="已登记，等待本人答复。",
    )


@door(*PERSONNEL)
def expiry(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    engagement = engagement_for(actor, pk)
    return _asked(
        request,
        engagement,
        ExpiryForm(values.sent(request)),
        lambda data: expiry_decide(
            actor=actor,
            engagement=engagement,
            reason=data["reason"],
            protected={name: data[name] for name in PROTECTED},
        ),
        title=f"决定不与{engagement.person.name}续订",
        intro=f"有下列情形之一的，合同应当续延至情形消失，不能因期满终止；请逐项核实。{retires(engagement)}",
        submit="决定不续订",
        done="已决定不续订，到期当日起办理终止。",
    )


@door(*PERSONNEL)
def extension(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    engagement = engagement_for(actor, pk)
    return _asked(
        request,
        engagement,
        ExtensionForm(values.sent(request)),
        lambda data: renewal_extend(actor=actor, engagement=engagement, **data),
        title=f"{engagement.person.name}的合同依法续延",
        intro="有下列情形之一的，合同续延至情形消失时终止（劳动合同法第四十五条）",
        submit="办理续延",
        done="已办理续延。",
    )


@door(*PERSONNEL)
def renewal_document(request: Request, pk: int, document: str) -> HttpResponseBase:
    """What the person wrote: `reply` or `request`."""
    row = renewal_for(request.actor, pk)
    found = {"reply": row.reply, "request": row.request}.get(document)
    if found is None:
        raise Http404("没有这份材料")
    return file_response(found)
