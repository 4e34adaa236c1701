"""A whole plan: every order by every rule, and what the files don't cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fujing.law.duties.moments import crowded, overlapping
from fujing.law.duties.orders import Absence, Order, Plan
from fujing.law.duties.people import People
from fujing.law.duties.rules import EXCLUDED, RULES, Rule
from fujing.law.duties.told import Case, Told
from fujing.law.findings import Outcome, RowFinding
from fujing.law.prohibitions import Lexicon, lexicon, screened
from fujing.law.provisions import cite


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """The answer to `fujing duty check`. `counts`: violated findings by provision."""

    orders: int
    findings: tuple[RowFinding, ...]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(each.provision for each in self.findings if each.outcome is Outcome.VIOLATED))


def check_plan(plan: Plan, people: People, *, most_led: int, words: Lexicon | None = None) -> PlanCheck:
    """All findings of a plan, in the order of its rows and of the rules.

    `most_led`: how many people one officer may lead at a moment (人, inclusive). Excluded people (第三条第三款) get that
    one finding and count nowhere.
    """
    sent = {order.row: people.find(order.id_number, order.day) for order in plan.orders}
    counted = [order for order in plan.orders if (someone := sent[order.row]) is None or someone.excluded is None]
    overlaps, crowds = overlapping(counted), crowded(counted, most_led)
    absences: dict[str | None, list[Absence]] = defaultdict(list)
    for absence in plan.absences or ():
        absences[absence.id_number].append(absence)
    # A shift of many people has one text.
    read = cache(lambda text: screened(text, words or lexicon()).passages)
    findings = [
        finding
        for order in plan.orders
        for finding in _findings(
            Case(
                order=order,
                person=sent[order.row],
                passages=read(order.text) if order.text else (),
                absences=tuple(absences[order.id_number]) if order.id_number else (),
                overlaps=overlaps.get(order.row, ()),
                crowd=crowds.get(order.row),
                most_led=most_led,
                source=people.source,
                columns=plan.columns,
                roster_columns=people.columns,
            )
        )
    ]
    return PlanCheck(len(plan.orders), tuple(findings))


def _findings(case: Case) -> Iterator[RowFinding]:
    if case.person is not None and (told := EXCLUDED.judge(case)):
        yield _finding(EXCLUDED, case.order, told)
        return
    for rule in RULES:
        if rule.asked(case) and (told := rule.judge(case)):
            yield _finding(rule, case.order, told)


def _finding(rule: Rule, order: Order, told: Told) -> RowFinding:
    citation = cite(told.provision)
    return RowFinding(
        provision=told.provision,
        rule=rule.id,
        outcome=told.outcome,
        subject=order.subject,
        row=order.row,
        message=told.message if citation in told.message else f"{told.message}（{citation}）",
        facts=told.facts,
        remedy=told.remedy,
    )
