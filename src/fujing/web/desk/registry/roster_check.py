"""花名册核对: an officer uploads the Excel roster and reads what the rules say of it. Nothing of it enters the registry.

The file and the answer lie sealed for an hour at most; only the browser that sent them holds the key.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import IO, Any

import polars as pl
import structlog
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.cache import cache_control

from fujing.compliance.oversight.checkup import recorded_roster
from fujing.compliance.verification.identity import keys_of
from fujing.compliance.verification.states import Result
from fujing.kernel import sealed_uploads
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.fields import masked
from fujing.kernel.files import check_size
from fujing.kernel.readings import register_checked
from fujing.kernel.refusals import Refusal
from fujing.kernel.sealed_uploads import Gone, SealedUpload
from fujing.kernel.sheets import Source
from fujing.law.findings import Outcome
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.roster import read_roster
from fujing.law.formats.roster_template import roster_template
from fujing.law.provisions import cite, measures
from fujing.law.roster import RosterCheck, check_roster
from fujing.law.roster.reports import OF_ORGANS, Report, write
from fujing.law.roster.reports.annotated import AnnotatedCopy
from fujing.law.roster.reports.document import JsonDocument
from fujing.law.roster.reports.html import HtmlReport
from fujing.law.roster.reports.workbook import WorkbookReport
from fujing.law.roster.told import COUNTED, arrow, facts_in_words, packed, roster_of, told
from fujing.law.rulebooks.people.titles import TITLES
from fujing.registry.models import Organ
from fujing.registry.queries import bureaus_between, people_between
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.registry.notes import CHANGED, NONE, STANDING, findings_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.requests import Request
from fujing.web.sealed import MOST, drop, hand_over, taken
from fujing.web.sheets import EXCEL, download
from fujing.web.templatetags.fujing import OUTCOME_COLOURS
from fujing.web.values import number_of

SHOWN_FAULTS = 1_000
"""Faults on the page; who has more mends a column, not a cell, and uploads again."""
UNTITLED = "花名册.xlsx"
REGISTERED = "系统登记"
MOST_REGISTERED = 20_000
"""People whose record one check deciphers while somebody waits; the command has no such bound."""
log = structlog.get_logger("fujing.roster_check")
View = Callable[..., HttpResponse]


class UploadForm(forms.Form):
    file = forms.FileField(
        label="花名册",
        help_text=f"Excel（.xlsx）或 CSV，不超过 {MOST // 1024 // 1024} MB；列的顺序不限，没有的列不核对",
    )
    as_of = forms.DateField(
        label="基准日",
        initial=today,
        help_text="按这一天是否在职、是否到期核对",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day < measures().effective:
            raise forms.ValidationError(f"本办法自 {measures().effective} 施行，基准日应为这一天以后。")
        return day


FAULTS = (
    Column("path", "位置", empty="整个文件"),
    Column("value", "现为", wrap=True),
    Column("expected", "怎样改", wrap=True),
)


def of_upload(view: View) -> View:
    """A page on the officer's own upload: its head as JSON is at hand, or the page says that there is none (404)."""

    @door(*PERSONNEL)
    @wraps(view)
    @cache_control(no_store=True, private=True)
    def found(request: Request, *args: Any, **named: Any) -> HttpResponse:
        actor = request.actor
        try:
            sealed = taken(request, actor)
            return view(request, sealed, json.loads(sealed.part("head")), *args, **named)
        except Gone:
            return render(request, "registry/roster_check_gone.html", status=404)

    return found


@door(*PERSONNEL)
@cache_control(no_store=True, private=True)
def upload(request: Request) -> HttpResponse:
    actor = request.actor
    form = UploadForm(values.sent(request), request.FILES or None)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            sealed = perform(request, lambda: _checked(actor, **form.cleaned_data), form, writes=False)
        except DocumentError as error:
            faults = error.faults
        else:
            if sealed is not None:
                return hand_over(redirect("desk:roster_check_report"), sealed)
    context = {
        "form": form,
        "faults": table_of(FAULTS, faults[:SHOWN_FAULTS], "读不出来的单元格") if faults else None,
        "shown": SHOWN_FAULTS,
        "more": max(0, len(faults) - SHOWN_FAULTS),
        "count": len(faults),
        "until": _until(request, actor),
    }
    return render(request, "registry/roster_check.html", context, status=422 if form.errors or faults else 200)


def _until(request: Request, actor: Actor) -> str:
    """Until when the last upload is at hand; empty without one."""
    try:
        return f"{localtime(taken(request, actor).until):%H:%M}"
    except Gone:
        return ""


def _checked(actor: Actor, file: UploadedFile, as_of: date) -> SealedUpload:
    """Read, judge and seal. Raises DocumentError with every fault of the file; refuses one that is too big."""
    check_size(file, MOST)
    name, content = Path(file.name or UNTITLED).name, file.read()
    return _sealed(actor, check_roster(read_roster(Source(name, content)), as_of), name, content)


def _sealed(actor: Actor, check: RosterCheck, name: str, content: bytes) -> SealedUpload:
    answer = told(check)
    keys = arrow(keys_of(answer.findings, check.as_of))
    parts = {"name": name.encode(), "file": content, "keys": keys, **packed(answer)}
    sealed = sealed_uploads.seal(actor.account_id or 0, parts)
    log.info("roster checked", rows=answer.people.height, organs=len(check.organs))
    return sealed


class RegisteredForm(forms.Form):
    organ = OneOf(label="机关", empty_label=None, help_text="含所属的公安机关")
    as_of = UploadForm.base_fields["as_of"]
    clean_as_of = UploadForm.clean_as_of


@door(*PERSONNEL)
@cache_control(no_store=True, private=True)
def registered(request: Request) -> HttpResponse:
    """The same check over the people of the registry; the answer is kept as an upload's is."""
    actor = request.actor
    form = RegisteredForm(values.sent(request), initial={"organ": actor.organ_code})
    among(form, organ=bureaus_between(*actor.territory))
    if request.method == "POST" and form.is_valid():
        sealed = perform(request, lambda: _recorded(actor, **form.cleaned_data), form)
        if sealed is not None:
            return hand_over(redirect("desk:roster_check_report"), sealed)
    context = {"title": "登记核对", "form": form, "submit": "核对", "back": "", "intro": ""}
    return form_response(request, "registry/roster_check_registered.html", context)


def _recorded(actor: Actor, organ: Organ, as_of: date) -> SealedUpload:
    """Judge what the registry holds and seal the answer; that everybody's number was read is kept."""
    people = people_between(*organ.territory)
    if people > MOST_REGISTERED:
        raise Refusal(f"{organ.name}及所属机关登记{people:,}人，一次最多核对{MOST_REGISTERED:,}人，请逐个机关核对。")
    register_checked(actor=actor, organ_code=organ.code, people=people)
    return _sealed(actor, check_roster(recorded_roster(*organ.territory), as_of), REGISTERED, b"")


def is_registered(sealed: SealedUpload) -> bool:
    """Whether the answer is about the registry and not about a file."""
    return not sealed.part("file")


@door(*PERSONNEL)
def template(request: Request) -> HttpResponse:
    """The empty roster with its drop-downs."""
    return download(roster_template(), UNTITLED, EXCEL)


@door(*PERSONNEL)
def remove(request: Request) -> HttpResponse:
    """Remove the upload at once."""
    actor = request.actor
    if request.method != "POST":
        raise Http404("没有这个页面")
    return drop(redirect("desk:roster_check"), actor)


def found_at(**narrowed: str) -> str:
    """The list of findings, narrowed."""
    return _at("findings", narrowed)


def people_at(**narrowed: str) -> str:
    """The list of people, narrowed."""
    return _at("people", narrowed)


def _at(page: str, narrowed: dict[str, str]) -> str:
    query = "&".join(f"{name}={value}" for name, value in narrowed.items())
    return reverse(f"desk:roster_check_{page}") + (f"?{query}" if query else "")


def _of_rule(row: dict[str, Any]) -> dict[str, str]:
    return {"article": row["provision"].partition(".")[0], "rule": row["rule"]}


def _found(outcome: Outcome) -> Column:
    """How many findings of an outcome a rule has, leading to them."""

    def at(row: dict[str, Any]) -> str:
        return found_at(**_of_rule(row), outcome=outcome) if row.get(outcome) else ""

    return Column(str(outcome), outcome.label, lambda row: row.get(outcome), "integer", link=at)


RULES = (
    Column(
        "citation",
        "条文",
        lambda row: row["citation"],
        link=lambda row: reverse("law:provision", args=[row["provision"]]),
    ),
    Column("title", "事项", lambda row: row["title"], link=lambda row: found_at(**_of_rule(row))),
    *map(_found, COUNTED),
    Column("remedy", "怎么办", lambda row: row["remedy"], wrap=True),
)


@of_upload
def report(request: Request, sealed: SealedUpload, head: dict[str, Any]) -> HttpResponse:
    context = {
        "title": "登记核对结果" if is_registered(sealed) else "花名册核对结果",
        "summary": f"{head['file']}，{head['rows']:,} 行，基准日 {head['as_of']}",
        "until": f"{localtime(sealed.until):%H:%M}",
        "outside": _outside(request.actor, head),
        "filters": (),
        "note": "",
        "export_url": "",
        "picture": None,
        "numbers": _numbers(head) + _verified(sealed),
        "organs": table_of(ORGANS, head["organs"], "机关", empty="花名册没有机关代码，机关未核对。"),
        "table": table_of(RULES, _by_rule(head), "各条结论", empty="没有不符合、待核实和提示。"),
        "head": head,
        "registered": is_registered(sealed),
    }
    return render(request, "registry/roster_check_report.html", context)


def _outside(actor: Actor, head: dict[str, Any]) -> list[str]:
    """Organs of the file that aren't in the officer's territory. They are shown: the file is the officer's own."""
    return [
        organ["name"] or organ["code"] for organ in head["organs"] if not actor.covers(number_of(organ["code"]) or 0)
    ]


def _numbers(head: dict[str, Any]) -> list[dict[str, Any]]:
    serving = head["standings"].get("serving", 0)
    numbers = [
        {
            "label": "在职人数",
            "value": f"{serving:,}",
            "note": f"{len(head['organs'])} 个机关",
            "url": people_at(standing="serving"),
            "alert": False,
        }
    ]
    for outcome in COUNTED:
        count = head["outcomes"][outcome]
        numbers.append(
            {
                "label": outcome.label,
                "value": f"{count:,}",
                "note": f"项，涉及 {head['people'][outcome]:,} 人",
                "url": found_at(outcome=outcome) if count else "",
                "alert": outcome is Outcome.VIOLATED and count > 0,
            }
        )
    return numbers


def _verified(sealed: SealedUpload) -> list[dict[str, Any]]:
    """How many of what is undetermined somebody verified, and how many of these are open again."""
    told = findings_of(sealed)
    return [
        {
            "label": STANDING[how],
            "value": f"{count:,}",
            "note": "项待核实",
            "url": found_at(outcome=Outcome.UNDETERMINED, noted=how),
            "alert": how in (CHANGED, Result.UNTRUE),
        }
        for how in STANDING
        if how != NONE and (count := told.filter(pl.col("noted") == how).height)
    ]


def _outcome(rule: str) -> Column:
    """How an organ stands with one rule, leading to the sentence."""

    def said(organ: dict[str, Any]) -> Outcome | None:
        return Outcome(organ["said"][rule]["outcome"]) if rule in organ["said"] else None

    def label(organ: dict[str, Any]) -> str:
        outcome = said(organ)
        return outcome.label if outcome else "未核对"

    def colour(organ: dict[str, Any]) -> str:
        outcome = said(organ)
        return OUTCOME_COLOURS[outcome] if outcome else "gray"

    return Column(rule, TITLES[rule], label, colour=colour)


def _open(organ: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said of an organ that isn't as it should be."""
    return [said for said in organ["said"].values() if said["outcome"] != Outcome.SATISFIED]


ORGANS = (
    Column("name", "机关", lambda organ: organ["name"] or organ["code"]),
    Column(
        "in_service",
        "在职人数",
        lambda organ: organ["in_service"],
        "integer",
        link=lambda organ: people_at(organ=organ["code"], standing="serving") if organ["in_service"] else "",
    ),
    Column("quota", "核定", lambda organ: organ["quota"], "integer", unit="人"),
    *map(_outcome, OF_ORGANS),
    Column("told", "说明", lambda organ: "；".join(brief(said) for said in _open(organ)), wrap=True),
    Column(
        "remedy", "怎么办", lambda organ: "；".join(dict.fromkeys(said["remedy"] for said in _open(organ))), wrap=True
    ),
)


def brief(finding: dict[str, Any]) -> str:
    """The sentence without the citation, where that has a place of its own."""
    message: str = finding["message"]
    return message.removesuffix(f"（{cite(finding['provision'])}）")


def _by_rule(head: dict[str, Any]) -> list[dict[str, Any]]:
    """One row a rule that found something, in the order of the text."""
    places = {address: place for place, address in enumerate(measures().provisions)}
    rows: dict[str, dict[str, Any]] = {}
    for provision, rule, outcome, count in head["totals"]:
        if outcome in COUNTED:
            row = {"provision": provision, "citation": cite(provision), "rule": rule, "title": TITLES[rule]}
            rows.setdefault(rule, {**row, "remedy": head["remedies"].get(rule, "")})[outcome] = count
    return sorted(rows.values(), key=lambda row: places[row["provision"]])


EXPORTS: dict[str, tuple[str, str, str, Callable[[RosterCheck, IO[bytes], bytes], Report]]] = {
    "html": ("花名册核对报告", "html", "text/html", lambda check, target, _: HtmlReport(check, target)),
    "xlsx": ("花名册逐行结论", "xlsx", EXCEL, lambda check, target, _: WorkbookReport(check, target)),
    "annotated": ("花名册标注副本", "xlsx", EXCEL, AnnotatedCopy),
    "json": (
        "花名册核对结果",
        "json",
        "application/json",
        lambda check, target, _: JsonDocument(check, io.TextIOWrapper(target, "utf-8", write_through=True)),
    ),
}


@of_upload
def export(request: Request, sealed: SealedUpload, head: dict[str, Any], kind: str) -> HttpResponse:
    """The same files as the command writes, from the same roster on the same day."""
    if kind not in EXPORTS:
        raise Http404("没有这种文件")
    name, suffix, content_type, made = EXPORTS[kind]
    content = sealed.part("file")
    if not content and kind == "annotated":
        raise Http404("没有上传的文件")
    roster = read_roster(Source(sealed.part("name").decode(), content)) if content else roster_of(sealed.part)
    check = check_roster(roster, date.fromisoformat(head["as_of"]))
    target = io.BytesIO()
    written = made(check, target, content)
    write(check, [written])
    return download(target.getvalue(), f"{name}.{suffix}", content_type)


def card_of(finding: dict[str, Any]) -> dict[str, Any]:
    """What kinds/finding.html shows."""
    outcome = Outcome(finding["outcome"])
    facts = facts_in_words(json.loads(finding["facts"]))
    return {
        "finding": finding,
        "subject": TITLES[finding["rule"]],
        "label": outcome.label,
        "colour": OUTCOME_COLOURS[outcome],
        "facts": [
            (label, masked(text, "id_number") if label == "公民身份号码" and len(text) >= 15 else text)
            for label, text in facts
        ],
    }
