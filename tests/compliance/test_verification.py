"""Verifications: a finding keeps its identity, changed facts open it again, and nothing undetermined becomes a pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from fujing.compliance.verification.identity import about_key, facts_key
from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.queries import chain_of, noted, standing_in, verifications_for
from fujing.compliance.verification.services import (
    Found,
    Subject,
    verification_correct,
    verification_mend,
    verification_note,
    verification_withdraw,
)
from fujing.compliance.verification.states import VERIFICATION, VERIFIERS, VerificationState
from fujing.compliance.verification.todos import verification_todos
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.findings import Outcome
from fujing.registry.states import OFFICER_ROLES
from tests.compliance import made
from tests.compliance.made import COUNTY, OTHER
from tests.factories import MIANYANG, SANTAI, territorial

pytestmark = pytest.mark.django_db
NUMBER = "510722199506150018"
TIER = Subject(
    SANTAI,
    NUMBER,
    "张一",
    "roster.tier",
    "23.p1",
    Outcome.UNDETERMINED,
    "层级空白，待核实（第二十三条第一款）",
    {"tier": None, "probation_to": None},
    date(2026, 1, 22),
)
SEEN = Found("层级评定表第3页", date(2026, 1, 20), "true", "二级辅警，2025年评定")
UNTRUE = replace(SEEN, result="untrue", reason="没有评定过")


@pytest.fixture(autouse=True)
def organs(db: None) -> None:
    made.bureaus()


def note(of: Subject = TIER, found: Found = SEEN, actor: Actor = COUNTY) -> FindingVerification:
    with acting(actor):
        return verification_note(actor=actor, of=of, found=found)


def beside(of: Subject, actor: Actor = COUNTY) -> Any:
    """What stands beside a finding, told by another file on another day."""
    with acting(actor, read_only=True):
        found = standing_in([of.organ_code]).get(about_key(of.rule, of.subject))
        return noted(found, facts_key(of.rule, of.facts, of.day)) if found else None


def stored(**changes: Any) -> None:
    """Write past the service."""
    with acting(COUNTY), speaking(), transaction.atomic():
        FindingVerification.objects.update(**changes)


def test_a_note_is_shown_with_name_and_day_whatever_the_row_and_the_sentence() -> None:
    note()
    again = replace(TIER, message="换了说法", name="张一（三大队）", day=date(2027, 3, 1))
    assert beside(again).words == f"属实，{COUNTY.name} 2026-01-20"
    assert beside(replace(TIER, facts=TIER.facts | {"same_card_rows": "7"})).holds
    assert beside(replace(TIER, subject="510722199506150026")) is None
    assert beside(replace(TIER, rule="roster.unit")) is None


def test_a_changed_fact_opens_the_finding_again_and_the_old_note_stays() -> None:
    first = note()
    changed = replace(TIER, facts={"tier": None, "probation_to": date(2026, 3, 1)})
    assert (beside(changed).holds, beside(changed).words) == (
        False,
        f"事实已变更（原核实属实，{COUNTY.name} 2026-01-20）",
    )
    second = note(changed, UNTRUE)
    with acting(COUNTY):
        first.refresh_from_db()
        assert (first.state, second.replaces, [each.pk for each in chain_of(second)]) == (
            "renewed",
            first,
            [second.pk, first.pk],
        )
    assert (beside(changed).result.label, beside(TIER).holds) == ("不属实", False)


@pytest.mark.parametrize(
    ("rule", "holds"), [("roster.annual_training", False), ("roster.appraisal", False), ("roster.tier", True)]
)
def test_what_is_owed_each_year_is_verified_for_that_year(rule: str, holds: bool) -> None:
    note(replace(TIER, rule=rule))
    assert beside(replace(TIER, rule=rule, day=date(2026, 12, 31))).holds
    assert beside(replace(TIER, rule=rule, day=date(2027, 1, 1))).holds is holds


def written(**changes: Any) -> None:
    """A row past the service."""
    facts = {
        "organ_code": SANTAI,
        "subject": NUMBER,
        "name": "张一",
        "rule": "roster.tier",
        "provision": "23.p1",
        "outcome": "undetermined",
        "message": "层级空白",
        "about": b"1",
        "facts": b"1",
        "result": "true",
        "source": "评定表",
        "checked_on": today(),
        "reason": "已评定",
        "noted_by": COUNTY.name,
        "noted_on": today(),
    }
    with acting(COUNTY), speaking(), transaction.atomic():
        FindingVerification(**facts | changes).save()


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.UNDETERMINED])
def test_only_what_is_undetermined_is_verified_and_the_database_holds_it(outcome: Outcome) -> None:
    written()
    with pytest.raises(Refusal, match="只有待核实的结论可以核实"):
        note(replace(TIER, outcome=outcome))
    with pytest.raises(Refusal, match="核实不能改变结论"):
        written(outcome=outcome, about=b"2")


def test_a_row_without_a_valid_number_is_no_identity() -> None:
    with pytest.raises(Refusal, match="认不出是同一人"):
        note(replace(TIER, subject="行7"))


def test_the_same_facts_are_verified_once_and_then_corrected() -> None:
    first = note()
    with pytest.raises(Refusal, match="已经核实，可以更正"):
        note(found=UNTRUE)
    with acting(COUNTY):
        second = verification_correct(actor=COUNTY, verification=first, found=UNTRUE, why="看错了表")
        first.refresh_from_db()
    assert (first.state, first.closed_by, first.closed_why) == ("corrected", COUNTY.name, "看错了表")
    assert (second.replaces, second.message, beside(TIER).result.label) == (first, first.message, "不属实")
    with acting(COUNTY), pytest.raises(Refusal, match="不能办理此步骤"):
        verification_correct(actor=COUNTY, verification=first, found=SEEN, why="再改")


def test_who_noted_and_who_ended_is_the_account_and_all_of_it_is_in_the_history() -> None:
    officer = replace(COUNTY, account_id=41)
    row = note(actor=officer)
    with acting(officer):
        verification_withdraw(actor=officer, verification=row, reason="核实的不是此人")
        row.refresh_from_db()
        history = HistoryEntry.objects.filter(tracked=FindingVerification._meta.db_table, row_id=row.pk)
        assert [(each.operation, each.actor) for each in history.order_by("pk")] == [
            ("insert", COUNTY.name),
            ("update", COUNTY.name),
        ]
    assert (row.noted_by_id, row.closed_by_id, row.closed_why) == (41, 41, "核实的不是此人")
    assert beside(TIER) is None
    forged = replace(officer, account_id=42)
    with acting(forged), pytest.raises(Refusal, match="只能是当前登录的账号"), speaking(), transaction.atomic():
        FindingVerification.objects.update(closed_by="别人", closed_by_id=7)


def test_what_is_not_so_waits_until_it_is_mended() -> None:
    row = note(found=UNTRUE)

    def waiting(actor: Actor) -> list[int]:
        with acting(actor, read_only=True):
            return [todo.count for todo in verification_todos(actor)]

    assert (waiting(COUNTY), waiting(OTHER), waiting(territorial(SANTAI, "finance"))) == ([1], [0], [])
    with acting(COUNTY):
        verification_mend(actor=COUNTY, verification=row, reason="已评定为二级")
    assert waiting(COUNTY) == [0]
    # Mended, and the check still finds it: it is open, not passed.
    assert beside(TIER) is None
    true = note(replace(TIER, rule="roster.unit"))
    with acting(COUNTY), pytest.raises(Refusal, match="不属实的才需要整改"):
        verification_mend(actor=COUNTY, verification=true, reason="无")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source": "  "}, "应写明依据"),
        ({"reason": ""}, "应写明依据"),
        ({"result": "maybe"}, "应为属实或者不属实"),
        ({"checked_on": today() + timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_a_note_says_how_and_when(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError):
        note(found=replace(SEEN, **changes))
    with pytest.raises(Refusal, match=says):
        written(**changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "改过的"}, "不得改动"),
        ({"result": "untrue"}, "不得改动"),
        ({"facts": b"other"}, "不得改动"),
        ({"state": "withdrawn"}, "应写明何人、何时、何故"),
        ({"closed_why": "只有事由"}, "应写明何人、何时、何故"),
        ({"state": "mended", "closed_by": "人", "closed_on": today(), "closed_why": "改了"}, "不属实的才需要整改"),
    ],
)
def test_what_was_noted_stays_as_it_was_in_the_database(changes: dict[str, Any], says: str) -> None:
    note()
    with pytest.raises(Refusal, match=says):
        stored(**changes)


def test_it_is_never_deleted_and_stands_once_however_it_is_written() -> None:
    row = note()
    with acting(COUNTY), pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
        row.delete()
    row.pk, row._state.adding = None, True
    with acting(COUNTY), pytest.raises(Refusal, match="刚由他人核实"), speaking(), transaction.atomic():
        row.save()


def test_neither_number_nor_identity_lies_readable_in_the_table() -> None:
    row = note()
    with acting(COUNTY):
        plain = FindingVerification.objects.extra(select={"raw": "verification_findingverification::text"}).get(
            pk=row.pk
        )
    assert (NUMBER in plain.raw, NUMBER.encode().hex() in plain.raw) == (False, False)
    assert row.subject == NUMBER


@pytest.mark.parametrize(("role", "state"), [*product(OFFICER_ROLES, VerificationState)])
def test_the_whole_table(role: str, state: VerificationState) -> None:
    actor = territorial(SANTAI, str(role))
    for verb in {move.verb for move in VERIFICATION.transitions}:
        lawful = role in VERIFIERS and state is VerificationState.STANDING
        if lawful:
            assert VERIFICATION.check(actor, state, verb).source == state
        else:
            with pytest.raises((Refusal, NotAllowed)):
                VERIFICATION.check(actor, state, verb)


def test_nobody_verifies_for_another_territory_and_the_city_reads_its_countys() -> None:
    note()
    with pytest.raises(NotAllowed, match="辖区内"):
        note(replace(TIER, rule="roster.unit"), actor=OTHER)
    with pytest.raises(NotAllowed):
        note(replace(TIER, rule="roster.unit"), actor=territorial(SANTAI, "finance"))
    city = territorial(MIANYANG, "hr_officer")
    for actor, count in ((COUNTY, 1), (city, 1), (OTHER, 0)):
        with acting(actor, read_only=True):
            assert verifications_for(actor).count() == count
