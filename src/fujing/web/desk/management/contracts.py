"""合同: which contracts wait for what, signing one, renewing several at once, and the text."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.law.contracts import unsigned
from fujing.law.parameters import Parameters
from fujing.law.retirement import retirement
from fujing.management.contracts.models import Subject
from fujing.management.contracts.papers import change_agreement, labour_contract
from fujing.management.contracts.queries import Last, change_for, contract_rows, last_contracts
from fujing.management.contracts.renewals import MOST, renewals_offer, renewals_sign
from fujing.management.contracts.services import contract_change, contract_sign
from fujing.registry.models import Engagement
from fujing.registry.queries import contract_for, engagement_for
from fujing.registry.roster import DUE, dressed
from fujing.registry.states import ContractKind
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, PERSONNEL
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import DateField
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import Link, address
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

CONDITIONS = [("same", "维持或者提高原约定条件"), ("lower", "低于原约定条件")]


class ContractForm(forms.Form):
    kind = forms.ChoiceField(label="合同类型", choices=ContractKind.choices)
    term_months = forms.IntegerField(
        label="合同期限（月）", min_value=1, max_value=120, required=False, help_text="无固定期限不填"
    )
    probation_months = forms.IntegerField(
        label="试用期（月）",
        min_value=0,
        max_value=12,
        help_text="不足3个月：不得约定；不足1年：1个月；不足3年：2个月；3年以上或无固定期限：6个月",
    )
    signed_on = DateField(label="签订日期")
    starts = DateField(label="合同起始日")
    late_reason = forms.CharField(
        label="逾期签订的原因", max_length=200, required=False, help_text="上岗满一个月后签订时填写"
    )
    needed = frozenset({"term_months", "late_reason"})  # by a fixed term, by a late signature


class TermsForm(forms.Form):
    """On which terms somebody is asked, and until when they answer."""

    same_or_better = forms.TypedChoiceField(
        label="续订条件",
        choices=CONDITIONS,
        coerce=lambda value: value == "same",
        widget=forms.RadioSelect,
        help_text="本人不同意续订时，据此判断是否支付经济补偿",
    )
    answer_until = DateField(label="本人答复期限（含当日）")


class OfferForm(TermsForm):
    """What several are asked at once; who is due an open-ended contract is offered that."""

    field_order = ("term_months",)
    term_months = forms.IntegerField(
        label="续订期限（月）", min_value=1, max_value=120, help_text="应订立无固定期限合同的人不适用"
    )


class SignForm(forms.Form):
    signed_on = DateField(label="签订日期")
    late_reason = forms.CharField(
        label="到期后签订的原因", max_length=200, required=False, help_text="原合同到期以后才签订时填写"
    )
    needed = frozenset({"late_reason"})


class ChangeForm(forms.Form):
    subject = forms.ChoiceField(label="变更的内容", choices=Subject.choices, help_text="期限的变更按续订办理")
    before = forms.CharField(label="原约定", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    after = forms.CharField(label="变更后的约定", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    agreed_on = DateField(label="双方签订日期")
    effective_on = DateField(label="生效日期", help_text="在合同期间以内")
    upload = forms.FileField(label="双方签订的变更协议", help_text=PAPER)


LABELS = {
    "soon": "60 日内期满",
    "ends7": "7 日内",
    "ends30": "8 至 30 日",
    "ends60": "31 至 60 日",
    "lapsed": "已期满仍在职",
    "none": "未签合同",
    "probation_due": "待转正考核",
    "probation_reviewed": "待决定转正",
    "retiring": "将到退休年龄",
    "offered": "待答复",
    "accepted": "待签订",
    "leaving": "待终止",
}
PAGES = {"retiring": "desk:leave", "probation_due": "desk:probation", "probation_reviewed": "desk:probation"}
"""Where a row of a step leads to, other than the person's renewal."""


def retires(engagement: Engagement) -> str:
    """When somebody reaches the statutory retirement age."""
    return retirement(Parameters(today()), engagement.person.birth_date, engagement.person.sex).because


PEOPLE = (
    Column("name", "姓名", "person.name", link=lambda row: row.page),
    Column("unit", "用人单位", "unit_name", empty="未安排"),
    Column("number", "合同", "contract_number", empty="花名册记载"),
    Column("ends", "到期", "ends", "date"),
    Column("next", "下次合同", "next", wrap=True),
)
PROBATION = (*PEOPLE[:3], Column("until", "试用期到", "probation_ends", "date"))
RETIRING = (*PEOPLE[:-1], Column("age", "法定退休年龄", retires, wrap=True))
COLUMNS = {"retiring": RETIRING, "probation_due": PROBATION, "probation_reviewed": PROBATION}
PICKED = (Column("pick", "选择", template="kinds/pick.html", phone="pick"), *PEOPLE)


@door(*PERSONNEL)
def contracts(request: Request) -> HttpResponse:
    """The people of the bureau whose contract waits for the same step, and what may be done with several of them."""
    actor = request.actor
    step = values.choice(request.GET, "step", LABELS, "soon")
    signing = step == "accepted"
    several = signing or step in DUE or step == "lapsed"
    start = {"signed_on": today()} if signing else {"term_months": 36, "answer_until": today() + timedelta(days=15)}
    form = (SignForm if signing else OfferForm)(values.sent(request), initial=start)
    chosen = [number for each in values.several(request.POST, "chosen") if (number := values.number_of(each))]
    if request.method == "POST" and several and form.is_valid():
        act = renewals_sign if signing else renewals_offer
        done = perform(request, lambda: act(actor=actor, engagements=chosen, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已{'签订' if signing else '征求续订意见'} {len(done)} 人。")
            return redirect(request.get_full_path())
    found = contract_rows(actor, step)
    columns = PICKED if several else COLUMNS.get(step, PEOPLE)
    rows = _shown(found, chosen, PAGES.get(step, "desk:renewal"))
    total = found.count()
    context = {
        "title": "劳动合同",
        "form": form if several and (rows or form.is_bound) else None,
        "submit": "与所选的人签订续订合同" if signing else "为所选的人征求续订意见",
        "table": table_of(columns, rows, "合同", empty="现在没有这样的人员。"),
        "rows": rows,
        "summary": f"{LABELS[step]}，共 {total} 人" + (f"，先列出 {MOST} 人" if total > MOST else ""),
        "tabs": [Link(label, address(request, step=key), key == step, None) for key, label in LABELS.items()],
    }
    return render(request, "management/contracts.html", context, status=422 if form.errors else 200)


def _shown(found: QuerySet[Engagement], chosen: list[int], page: str) -> list[Engagement]:
    """The rows as the list shows them: earliest end first, with what the next contract is to be; `page` is where a row
    leads to, a contract that isn't there yet to its signing."""
    rows = list(dressed(found).order_by(F("contract_ends").asc(nulls_first=True), "pk")[:MOST])
    lasts = last_contracts(rows)
    for row in rows:
        last = lasts.get(row.pk)
        row.picked = row.pk in chosen  # type: ignore[attr-defined]
        row.page = reverse(page if last else "desk:contract", args=[row.pk])  # type: ignore[attr-defined]
        row.probation_ends = last.probation_ends if last else None  # type: ignore[attr-defined]
        row.ends = last_day(last.after) if last else None  # type: ignore[attr-defined]
        row.next = next_words(last) if last else first_words(row)  # type: ignore[attr-defined]
    return rows


def first_words(engagement: Engagement) -> str:
    """That the first contract is to be signed, and what is owed by now for having none."""
    return f"首次签订；{unsigned(Parameters(today()), engagement.span.lower, None, today()).because}"


def next_words(last: Last) -> str:
    """What the next contract is to be, in a word; the page of each says why."""
    if last.after is None:
        return "不因期满终止" if last.kind == ContractKind.OPEN_ENDED else "到期日待核实"
    due = last.due(last.after)
    return "待核实" if due.holds is None else "无固定期限" if due.holds else "可以固定期限"


@door(*PERSONNEL)
def contract(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    found = engagement_for(actor, pk)
    start = {
        "kind": "fixed",
        "term_months": 36,
        "probation_months": 2,
        "signed_on": today(),
        "starts": found.span.lower,
    }
    form = ContractForm(values.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = perform(request, lambda: contract_sign(actor=actor, engagement=found, **data), form)
        if made:
            messages.success(request, f"已签订合同 {made.number}。")
            return redirect("desk:person", found.person_id)
    return form_page(
        request,
        form,
        title=f"与{found.person.name}签订劳动合同",
        submit="签订",
        intro=f"上岗日期 {found.span.lower}，应在一个月内签订书面劳动合同。"
        + unsigned(Parameters(today()), found.span.lower, None, today()).because,
        back=reverse("desk:person", args=[found.person_id]),
    )


@door(*PERSONNEL)
def change(request: Request, pk: int) -> HttpResponse:
    """Record what both sides changed in writing."""
    actor = request.actor
    row = contract_for(actor, pk)
    start = {"agreed_on": today(), "effective_on": today()}
    form = ChangeForm(values.sent(request), request.FILES or None, initial=start)
    back = reverse("desk:renewal", args=[row.engagement_id])
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: contract_change(actor=actor, contract=row, **form.cleaned_data), form)
        if made:
            messages.success(request, f"已登记，自 {made.effective_on} 起生效。")
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"变更与{row.engagement.person.name}的劳动合同",
        intro=f"合同 {row.number}；变更应经双方协商一致，采用书面形式（劳动合同法第三十五条）",
        submit="登记变更",
        back=back,
    )


@door(*PERSONNEL)
def change_paper(request: Request, pk: int) -> HttpResponse:
    """The agreement that both sides fill in and sign."""
    return printed(change_agreement(contract_for(request.actor, pk)), paper_kind(request))


@door(*PERSONNEL)
def change_document(request: Request, pk: int) -> HttpResponseBase:
    """The signed agreement of a change."""
    return file_response(change_for(request.actor, pk).agreement)


@door(*HR)
def paper(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    return printed(labour_contract(contract_for(actor, pk)), paper_kind(request))
