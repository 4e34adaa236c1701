"""What the desk's pages share: permission at the door, form fields, timelines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.db.models import Model

from fujing.compliance.guidance.states import GUIDANCE
from fujing.compliance.rectification.states import NOTICE
from fujing.compliance.verification.states import VERIFICATION
from fujing.duties.orders.states import DUTY_ORDER
from fujing.general.budget.states import BUDGET
from fujing.kernel.actor import Actor
from fujing.kernel.models import HistoryEntry
from fujing.kernel.privacy import Kind, held
from fujing.kernel.timeline import course_of
from fujing.kernel.transitions import Transition, TransitionTable
from fujing.law.provisions import UnknownProvision, address_of, cite, measures
from fujing.management.appraisal.states import ASKED, ROUND, SHEET
from fujing.management.commendation.states import COMMENDATION
from fujing.management.complaints.states import SUGGESTION
from fujing.management.contracts.states import PROBATION, RENEWAL
from fujing.management.corrections.states import CORRECTION
from fujing.management.discipline.states import HEARING as DISCIPLINE_HEARING
from fujing.management.discipline.states import MATTER, SCHEME
from fujing.management.leaving.states import DEPARTURE, HEARING, RESIGNATION
from fujing.management.outfit.states import CARD, HOLDING
from fujing.management.protection.states import CLARIFICATION, PROTECTION
from fujing.management.tiers.states import BATCH
from fujing.management.tiers.states import SCHEME as TIER_SCHEME
from fujing.management.training.states import COURSE
from fujing.recruitment.applications.states import APPLICATION
from fujing.recruitment.background.states import CHECK
from fujing.recruitment.campaigns.states import CAMPAIGN, CONSENT
from fujing.recruitment.exams.states import ATTENDANCE, SITTING
from fujing.recruitment.hiring.states import HIRE
from fujing.recruitment.medical.states import MEDICAL
from fujing.recruitment.plans.states import PLAN
from fujing.recruitment.selection.states import OBJECTION, SCORE_CHECK
from fujing.registry.queries import names_of
from fujing.safeguards.leave.states import LEAVE
from fujing.safeguards.payroll.states import RUN as PAY_RUN
from fujing.safeguards.payroll.states import SCHEME as PAY_SCHEME
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.choices import OneOf
from fujing.web.columns import Column
from fujing.web.requests import Request
from fujing.web.templatetags.fujing import COLOURS

T = TypeVar("T")


def state_column(label: str = "状态", field: str = "state") -> Column:
    """The state of a row as a coloured word."""
    return Column(
        field,
        label,
        lambda row: getattr(row, f"get_{field}_display")(),
        colour=lambda row: COLOURS.get(getattr(row, field), "blue"),
    )


def names_organs(**attributes: str) -> Callable[[list[Any]], None]:
    """What gives rows the names of organs in one query: `names_organs(organ_name="organ_code")`."""

    def dress(rows: list[Any]) -> None:
        codes = {getattr(row, code) for row in rows for code in attributes.values()}
        names = names_of(codes) if codes else {}
        for row in rows:
            for name, code in attributes.items():
                setattr(row, name, names.get(getattr(row, code), ""))

    return dress


MOST_HEADCOUNT = 100_000
"""Far more people than one plan or post ever has."""
FIRST_YEAR, LAST_YEAR = measures().effective.year, 2100


class DateField(forms.DateField):
    """A date with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("error_messages", {"invalid": "请填写有效日期，如 2026-01-22。"})
        super().__init__(**options)


class ReadingForm(forms.Form):
    """Why something sensitive is opened."""

    reason = forms.CharField(label="查阅事由", max_length=200)


def read_for_a_reason(request: Request, opening: Callable[[str], T]) -> tuple[str, ReadingForm, T | None]:
    """Which button of a page that opens something was pressed, its form, and what was opened for the reason given."""
    act = values.words(request.POST, "act")
    form = ReadingForm(request.POST if act else None)
    opened = perform(request, lambda: opening(form.cleaned_data["reason"]), form) if act and form.is_valid() else None
    return act, form, opened


def of_own_bureau(actor: Actor, row: Any, move: Transition) -> str:
    """Why somebody of another bureau doesn't act on a person; empty for those of the own one."""
    return "" if actor.organ_code == row.organ_code else "由管理此人的公安机关办理。"


class PostChoice(OneOf):
    """A post with its unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.unit.short_name} · {obj.name}"


class ProvisionsField(forms.CharField):
    """Provisions as officers cite them (第五条第一款) or by address (5.p1), several with 、 between them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "如 第五条第一款，几条之间用顿号")
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(cite, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        words = [word for word in re.split(r"[、，,；;\s]+", super().to_python(value) or "") if word]
        found: list[str] = []
        wrong = []
        for word in words:
            try:
                found += address_of(word)
            except UnknownProvision as unknown:
                wrong.append(forms.ValidationError(f"{unknown}。"))
        if wrong:
            raise forms.ValidationError(wrong)
        return list(dict.fromkeys(found))


OPERATIONS = {"insert": "新增", "update": "修改", "delete": "删除"}


def timeline_of(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """Changes and decisions of several rows, newest first, in two queries; of sensitive fields not even that they changed."""
    rows = list(rows)
    kinds = {row._meta.db_table: type(row) for row in rows}
    changes, decisions = course_of(rows)
    entries: list[dict[str, Any]] = []
    for change in changes:
        text = _told(change, kinds[change.tracked])
        entries.append({"at": change.at, "text": text, "by": change.actor, "provisions": []})
    for decision in decisions:
        text = f"{decision.kind}：{decision.message}"
        entries.append(
            {"at": decision.decided_at, "text": text, "by": decision.decided_by, "provisions": decision.provisions}
        )
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def moved(change: HistoryEntry, kind: type[Model]) -> tuple[str, str]:
    """A change of state by its table: what was done, and from where to where; nothing where the state stayed."""
    before, after = change.before or {}, change.after or {}
    if change.operation == "update":
        for name, table in TABLES.get(kind._meta.label, {}).items():
            if name in after and (verb := table.told(str(before.get(name)), str(after[name]))):
                return verb, f"{table.label(str(before[name]))} → {table.label(str(after[name]))}"
    return "", ""


def _told(change: HistoryEntry, kind: type[Model]) -> str:
    """A change in words: a change of state in those of the kind's table, anything else by the fields that changed."""
    text = f"{OPERATIONS[change.operation]}{kind._meta.verbose_name}"
    if change.operation != "update":
        return text
    verb, way = moved(change, kind)
    if verb:
        return f"{verb}：{way}"
    labels = {
        field.attname: str(field.verbose_name)
        for field in kind._meta.concrete_fields
        if held(kind, field.name).kind is not Kind.SENSITIVE
    }
    changed = [labels[name] for name in change.after or {} if name in labels]
    return text + (f"：{'、'.join(changed)}" if changed else "")


TABLES: dict[str, dict[str, TransitionTable]] = {
    "campaigns.Campaign": {"state": CAMPAIGN},
    "campaigns.Consent": {"state": CONSENT},
    "applications.Application": {"state": APPLICATION},
    "background.BackgroundCheck": {"state": CHECK},
    "exams.Sitting": {"state": SITTING},
    "exams.Seat": {"attendance": ATTENDANCE},
    "medical.MedicalExam": {"state": MEDICAL},
    "selection.Objection": {"state": OBJECTION},
    "selection.ScoreCheck": {"state": SCORE_CHECK},
    "hiring.Hire": {"state": HIRE},
    "rectification.Notice": {"state": NOTICE},
    "guidance.Guidance": {"state": GUIDANCE},
    "verification.FindingVerification": {"state": VERIFICATION},
    "plans.HeadcountPlan": {"state": PLAN},
    "budget.Budget": {"state": BUDGET},
    "orders.DutyOrder": {"state": DUTY_ORDER},
    "appraisal.Round": {"state": ROUND},
    "appraisal.Sheet": {"state": SHEET},
    "appraisal.Reconsideration": {"state": ASKED},
    "tiers.Scheme": {"state": TIER_SCHEME},
    "tiers.Batch": {"state": BATCH},
    "contracts.Renewal": {"state": RENEWAL},
    "contracts.ProbationReview": {"state": PROBATION},
    "training.Course": {"state": COURSE},
    "corrections.Correction": {"state": CORRECTION},
    "discipline.Matter": {"state": MATTER},
    "discipline.Scheme": {"state": SCHEME},
    "discipline.Hearing": {"state": DISCIPLINE_HEARING},
    "leaving.Departure": {"state": DEPARTURE},
    "leaving.Hearing": {"state": HEARING},
    "leaving.Resignation": {"state": RESIGNATION},
    "outfit.Card": {"state": CARD},
    "outfit.Holding": {"state": HOLDING},
    "commendation.Commendation": {"state": COMMENDATION},
    "complaints.Suggestion": {"state": SUGGESTION},
    "protection.ProtectionCase": {"state": PROTECTION},
    "protection.Clarification": {"state": CLARIFICATION},
    "leave.LeaveRequest": {"state": LEAVE},
    "payroll.PayRun": {"state": PAY_RUN},
    "payroll.PayScheme": {"state": PAY_SCHEME},
}
"""Which table tells the changes of which field."""
