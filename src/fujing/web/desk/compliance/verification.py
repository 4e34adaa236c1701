"""核实记录: what officers verified about undetermined findings, and how each note went on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.policies import can_mend
from fujing.compliance.verification.queries import chain_of, person_of, verification_for, verifications_for
from fujing.compliance.verification.services import verification_correct, verification_mend, verification_withdraw
from fujing.compliance.verification.states import VERIFICATION, Result, VerificationState
from fujing.kernel.actor import Actor
from fujing.kernel.privacy import masked
from fujing.kernel.transitions import Transition
from fujing.law.provisions import cite
from fujing.law.rulebooks.people.titles import TITLES
from fujing.registry.queries import names_of
from fujing.web import values
from fujing.web.acts import Deed, Deeds, act_context, take
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column
from fujing.web.desk.common import names_organs, state_column, timeline_of
from fujing.web.desk.registry.verifying import FoundForm
from fujing.web.doors import door
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request

RESULT_COLOURS = {Result.TRUE: "green", Result.UNTRUE: "red"}


def _colour(row: FindingVerification) -> str:
    return RESULT_COLOURS[Result(row.result)]


COLUMNS = (
    Column("name", "姓名或者机关", link=lambda row: reverse("desk:verification", args=[row.pk])),
    Column("organ", "管理机关", "organ_name", wrap=True),
    Column("citation", "条文", lambda row: cite(row.provision)),
    Column("rule", "事项", lambda row: TITLES[row.rule]),
    Column("result", "核实结果", "get_result_display", colour=_colour),
    Column("source", "核实依据", wrap=True),
    Column("checked_on", "核实日期", kind="date", sort="-checked_on"),
    Column("noted_by", "核实人"),
    state_column(),
)


@door(*PERSONNEL)
def listing(request: Request) -> HttpResponse:
    rows = verifications_for(request.actor)
    state = values.choice(request.GET, "state", VerificationState.values)
    result = values.choice(request.GET, "result", Result.values)
    if state:
        rows = rows.filter(state=state)
    if result:
        rows = rows.filter(result=result)
    filters = [
        ("状态", filter_links(request, "state", VerificationState.choices)),
        ("结果", filter_links(request, "result", Result.choices)),
    ]
    dress = names_organs(organ_name="organ_code")
    empty = "还没有核实过。核对花名册或者登记以后，从待核实的结论进入。"
    context = list_of(request, COLUMNS, rows, "核实记录", dress=dress, filters=filters, empty=empty)
    context |= {"summary": f"共 {rows.count()} 条，新的在前。核实不改变核对结论。"}
    return list_response(request, context)


class CorrectForm(FoundForm):
    why = forms.CharField(label="更正事由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _correcting(row: FindingVerification) -> type[forms.Form]:
    """The form with what was noted, to be changed."""

    class Filled(CorrectForm):
        def __init__(self, *args: Any, **options: Any) -> None:
            kept = {name: getattr(row, name) for name in ("result", "source", "checked_on", "reason")}
            super().__init__(*args, **options | {"initial": kept | (options.get("initial") or {})})

    return Filled


def _why_not(actor: Actor, row: FindingVerification, move: Transition) -> str:
    return "核实为不属实的才需要整改。" if move.verb == "mend" and not can_mend(row) else ""


DEEDS = Deeds(
    VERIFICATION,
    {
        "correct": Deed(
            lambda actor, row, data: verification_correct(
                actor=actor, verification=row, found=FoundForm.of(data), why=data["why"]
            ),
            form=_correcting,
            then=lambda made: reverse("desk:verification", args=[made.pk]),
        ),
        "mend": Deed(lambda actor, row, data: verification_mend(actor=actor, verification=row, reason=data["reason"])),
        "withdraw": Deed(
            lambda actor, row, data: verification_withdraw(actor=actor, verification=row, reason=data["reason"])
        ),
    },
    elsewhere={"renew": "事实变更以后，从新的核对结果里重新核实。"},
    why_not=_why_not,
)


@door(*PERSONNEL)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = verification_for(actor, pk)
    back = reverse("desk:verification", args=[pk])
    if request.method == "POST":
        return take(request, actor, row, DEEDS, back=back, subject=str(row))
    chain = chain_of(row)
    person = person_of(row)
    context = {
        "title": row.name,
        "row": row,
        "state_of": row,
        "subject": TITLES[row.rule],
        "number": masked(row, "subject") if row.subject != str(row.organ_code) else "",
        "person": reverse("desk:person", args=[person.pk]) if person else "",
        "facts": [
            ("管理机关", names_of([row.organ_code]).get(row.organ_code, str(row.organ_code))),
            ("核实人", row.noted_by),
            ("核实日期", row.checked_on),
        ],
        "colour": _colour(row),
        "chain": [each for each in chain if each.pk != row.pk],
        "tabs": [],
        "timeline": timeline_of(chain),
    }
    return render(request, "compliance/verification/detail.html", context | act_context(actor, row, DEEDS))
