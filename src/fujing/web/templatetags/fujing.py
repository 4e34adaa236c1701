"""Tags that every page may use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms, template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from fujing.kernel.clock import ZONE
from fujing.kernel.fields import masked as mask
from fujing.kernel.numbers import bare
from fujing.kernel.privacy import Kind, classified
from fujing.kernel.privacy import masked as masked_field
from fujing.law.education import EDUCATION_LABEL
from fujing.law.findings import Outcome
from fujing.law.provisions import cite
from fujing.law.rulebooks.applicant import Applicant
from fujing.recruitment.applications.models import Application
from fujing.registry.states import Category, Sex
from fujing.web.citations import provision_link
from fujing.web.doors import opens

register = template.Library()

COLOURS = {
    "approved": "green",
    "locked": "green",
    "computed": "green",
    "undetermined": "amber",
    "qualified": "green",
    "cleared": "green",
    "hired": "green",
    "hire": "green",
    "passed": "green",
    "published": "green",
    "finished": "gray",
    "refused": "red",
    "rejected": "red",
    "adverse": "red",
    "cancelled": "red",
    "upheld": "red",
    "returned": "amber",
    "draft": "gray",
    "drafted": "gray",
    "withdrawn": "gray",
    "superseded": "gray",
    "out": "gray",
    "dismissed": "gray",
    "declined": "gray",
    "resolved": "green",
    "revoked": "gray",
    "present": "green",
    "misconduct": "red",
    "expected": "gray",
    "failed": "red",
    "absent": "gray",
    "found": "amber",
    "told": "amber",
    "agreed": "green",
    "lapsed": "gray",
    "standing": "green",
    "corrected": "gray",
    "renewed": "gray",
    "mended": "green",
    "valid": "green",
    "suspended": "amber",
    "lost": "red",
    "held": "green",
    "worn": "gray",
}
OUTCOME_COLOURS = {
    Outcome.SATISFIED: "green",
    Outcome.VIOLATED: "red",
    Outcome.UNDETERMINED: "amber",
    Outcome.ADVICE: "blue",
}
GRAVEST = [Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE]
WORDS: dict[Any, str] = {
    True: "是",
    False: "否",
    None: "未知",
    "any": "不限",
    **EDUCATION_LABEL,
    **dict([*Category.choices, *Sex.choices]),
}


@register.filter
def yuan(cents: int) -> str:
    """分 as 元 with thousands separators: 123456 is 1,234.56."""
    return f"{Decimal(cents) / 100:,.2f}"


LAW_STATES = {"carried": "green", "partly": "amber", "open": "red"}


@register.simple_tag
def law_state(state: Any) -> SafeString:
    """How far a provision is carried, as a tag."""
    return format_html('<span class="tag {}">{}</span>', LAW_STATES.get(str(state), "gray"), state.label)


ELIGIBILITY = {
    "eligible": ("green", "可以报"),
    "ineligible": ("red", "不能报"),
    "undetermined": ("amber", "还要看下面几项"),
}


@register.simple_tag
def eligibility(outcome: str) -> SafeString:
    """What a person's own answers mean for a post, as a tag."""
    colour, label = ELIGIBILITY[outcome]
    return format_html('<span class="tag {}">{}</span>', colour, label)


@register.simple_tag
def provision(address: str) -> SafeString:
    """Link to a provision in full Chinese form, its text on hover, focus or tap."""
    return provision_link(address)


@register.simple_tag(takes_context=True)
def open_page(context: Context, name: str, *args: object) -> str:
    """The address of a page of ours if it lets the reader in, else nothing."""
    address = reverse(name, args=args)
    return address if opens(context["actor"], address) else ""


@register.simple_tag
def options(choices: list[tuple[object, str]], chosen: object) -> SafeString:
    """Options of a long select; some two hundred bureaus would take a template loop many milliseconds."""
    rows = ((value, " selected" if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def provisions(addresses: list[str]) -> SafeString:
    """Several provisions, one after the other."""
    return format_html_join("、", "{}", ((provision(address),) for address in addresses))


@register.inclusion_tag("kinds/finding.html")
def finding(found: Any, subject: bool = True) -> dict[str, Any]:
    """A finding as a card in the colour of its outcome, with the facts that decided; `subject` says about what."""
    data = found if isinstance(found, dict) else found.model_dump(mode="json")
    outcome = Outcome(data["outcome"])
    facts = facts_in_words(data.get("facts") or {})
    return {
        "finding": data,
        "facts": facts,
        "label": outcome.label,
        "colour": OUTCOME_COLOURS[outcome],
        "subject": data.get("subject") if subject else "",
    }


@register.inclusion_tag("kinds/findings.html")
def findings(found: Iterable[Any]) -> dict[str, Any]:
    """All findings on one subject: what is open as cards, the gravest first, what is as it should be folded in a list."""
    told = [each if isinstance(each, dict) else each.model_dump(mode="json") for each in found]
    still = [each for each in told if each["outcome"] != Outcome.SATISFIED]
    return {
        "open": sorted(still, key=lambda each: GRAVEST.index(Outcome(each["outcome"]))),
        "satisfied": [
            (each["provision"], each["message"].removeprefix("符合：").removesuffix(f"（{cite(each['provision'])}）"))
            for each in told
            if each["outcome"] == Outcome.SATISFIED
        ],
    }


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, Any]]:
    """The facts that officers have a word for; codes without one stay in the stored finding."""
    known = Applicant.declared()
    shown: list[tuple[str, Any]] = []
    for name, value in facts.items():
        if name not in known or isinstance(value, dict | list):
            continue
        of_applicant = classified()[Application].get(name)
        if of_applicant and of_applicant.kind is Kind.SENSITIVE and value:
            value = mask(str(value), of_applicant.mask)
        elif value is None or isinstance(value, bool | str):
            value = WORDS.get(value, value)
        shown.append((known[name].label, value))
    return shown


@register.simple_tag
def state(row: Any, field: str = "state") -> SafeString:
    """The state of a row as a coloured word."""
    value = getattr(row, field)
    return format_html(
        '<span class="tag {}">{}</span>', COLOURS.get(value, "blue"), getattr(row, f"get_{field}_display")()
    )


@register.inclusion_tag("kinds/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, one column, with an error summary that leads to the fields.

    A form class may say `groups = (("标题", ("field", …)), …)`, `units = {"field": "元"}` and
    `provisions = {"field": ("18.3",)}`; fields outside of every group come last without a heading. The groups that it
    names in `folded` are closed until asked for, unless one of their fields says something or is wrong.
    """
    for bound in form:
        attributes = bound.field.widget.attrs
        described = [f"{bound.auto_id}_help"] if bound.help_text else []
        if bound.errors:
            attributes["aria-invalid"] = "true"
            described.append(f"{bound.auto_id}_errors")
        if described:
            attributes["aria-describedby"] = " ".join(described)
    groups = [(label, [form[name] for name in names]) for label, names in getattr(form, "groups", ())]
    grouped = {bound.name for _, bounds in groups for bound in bounds}
    rest = [bound for bound in form.visible_fields() if bound.name not in grouped]
    return {
        "form": form,
        "groups": [*groups, ("", rest)] if rest else groups,
        "folds": {heading: _fold(bounds) for heading, bounds in groups if heading in getattr(form, "folded", ())},
        "units": getattr(form, "units", {}),
        "cited": getattr(form, "provisions", {}),
    }


def _fold(bounds: list[forms.BoundField]) -> str:
    """Open where one of the fields says something or is wrong, else closed."""
    said = any(bound.errors or bound.value() not in (None, "", [], False) for bound in bounds)
    return "open" if said else "closed"


@register.filter
def of(mapping: dict[str, Any], key: str) -> Any:
    """The mapping's value at a key, or nothing."""
    return mapping.get(key, "")


@register.filter
def marked(text: str, words: list[str]) -> SafeString:
    """The text with the words searched for marked."""
    if not words:
        return format_html("{}", text)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", each) if each in words else each,) for each in pieces)
    )


@register.filter
def money(value: Decimal | None) -> str:
    """Yuan with thousands separators and two decimals."""
    return "" if value is None else f"{value:,.2f}"


@register.filter
def isodate(value: date | datetime | None) -> str:
    """2026-01-22, for a moment the day it was in China."""
    if value is None:
        return ""
    return f"{value.astimezone(ZONE).date() if isinstance(value, datetime) else value}"


@register.filter
def organ_code(value: int | None) -> str:
    """Twelve digits, the division apart from the unit: 510722 000000."""
    digits = "" if value is None else str(value)
    return f"{digits[:6]}\u00a0{digits[6:]}" if digits else ""


@register.filter
def masked(value: Model | str | None, kind: str) -> str:
    """A row's field as its classification masks it; a mere text by the named mask."""
    return masked_field(value, kind) if isinstance(value, Model) else mask(value, kind)


@register.filter
def score(value: Decimal | None) -> str:
    """A score without superfluous zeros."""
    return "" if value is None else bare(value)


@register.filter
def exclusive_end(value: date | None) -> date | None:
    """The last day of a half-open period."""
    return None if value is None else value - timedelta(days=1)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as 2026-01-22, a moment as its day here; cheaper than a formatted date where a list has hundreds."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return "" if not value else value.isoformat()
