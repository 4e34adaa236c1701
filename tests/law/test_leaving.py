"""How employment ends before its term: evidence, days, help with another job, and what it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.contracts import PROTECTED
from fujing.law.leaving.days import Service, certificate_until, earliest_last_day, in_probation, notice, placement_due
from fujing.law.leaving.owed import exposure, severance, severance_due
from fujing.law.leaving.ways import HEARD, LATER, PIECES, UNION, WAYS, By, Proof, Step, exit_kind, kinds_of, lacking
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures

DAY = date(2026, 11, 27)
LAW = Parameters(DAY)
NONE_YET = Parameters(date(2007, 12, 31))
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "leaving.yaml").read_text("utf-8"))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_evidence_of_each_ground_is_lacking_as_the_table_says(case: dict[str, Any]) -> None:
    proofs = [Proof(kind, day) for kind, day in case["there"].items() if day]
    missing = lacking(case["way"], proofs, step=Step.CHECK, placement=case.get("placement"))
    assert [need.label for need in missing] == case["lacks"]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_whole_without_evidence_and_each_piece_has_its_words(way: str) -> None:
    found = WAYS[way]
    before = [need for need in found.needs if need.step is Step.CHECK]
    assert lacking(way, [], step=Step.CHECK, placement=None) == before != []
    assert {kind for need in found.needs for kind in need.kinds} <= PIECES.keys()
    assert found.provision in measures().provisions
    assert LATER.isdisjoint(kinds_of(way, later=False))


def test_every_piece_is_asked_for_by_some_way_and_every_way_asks_for_known_ones() -> None:
    asked = {kind for way in WAYS for later in (False, True) for kind in kinds_of(way, later=later)}
    assert asked == PIECES.keys()
    assert asked & LATER == LATER


def test_only_what_was_looked_into_or_offered_may_be_written_without_a_paper() -> None:
    written = {kind for kind, piece in PIECES.items() if piece.without_paper}
    assert written == {"placement_offered", "placement_answered", *(f"none_{key}" for key in PROTECTED)}


def test_the_six_grounds_of_article_32_are_there_and_only_they_are_the_bureaus() -> None:
    own = {found.provision for found in WAYS.values() if found.by is By.BUREAU}
    assert own == {f"32.{item}" for item in range(1, 7)}
    assert not [way for way, found in WAYS.items() if found.by is not By.BUREAU and found.provision != "39"]


def test_protections_block_incompetence_illness_and_change_but_none_of_labour_contract_law_39() -> None:
    blocked = {way for way, found in WAYS.items() if found.protected}
    assert blocked == {"incompetent", "illness", "change", "statute"}
    for _way, found in WAYS.items():
        looked_at = {kind for need in found.needs for kind in need.kinds if kind.startswith("none_")}
        assert looked_at == ({f"none_{key}" for key in PROTECTED} if found.protected else set())


def test_the_union_is_told_before_every_ending_by_the_bureau_and_before_no_other() -> None:
    for found in WAYS.values():
        assert (set(UNION) <= set(found.needs)) is (found.by is By.BUREAU)


def test_nobody_is_barred_from_being_hired_again_unheard() -> None:
    for found in WAYS.values():
        assert (found.mark is not False) <= (HEARD in found.needs)
    assert {way for way, found in WAYS.items() if found.mark} == {"breach", "absent"}
    assert exit_kind("absent", True) == "left_without_leave"
    assert exit_kind("breach", True) == "dismissed"
    assert exit_kind("dereliction", False) == "dereliction"


@pytest.mark.parametrize(
    ("signed", "until", "day", "holds"),
    [
        (True, "2026-12-01", "2026-11-30", True),
        (True, "2026-12-01", "2026-12-01", False),
        (True, None, "2026-11-30", False),
        (False, None, "2027-03-31", None),
        (False, None, "2027-04-01", False),
    ],
)
def test_probation_lasts_through_its_last_day(signed: bool, until: str | None, day: str, holds: bool | None) -> None:
    service = Service(date(2026, 10, 1), signed, on(until) if until else None)
    assert in_probation(LAW, service, on(day)).holds is holds


@pytest.mark.parametrize(
    ("way", "service", "paid", "days"),
    [
        ("resigned", Service(date(2020, 1, 1), True, None), False, 30),
        ("resigned", Service(date(2026, 10, 1), True, date(2026, 12, 1)), False, 3),
        ("resigned", Service(date(2026, 10, 1), True, DAY), False, 30),
        ("resigned", Service(date(2026, 10, 1), False, None), False, None),
        ("resigned", Service(date(2020, 1, 1), False, None), True, 30),
        ("incompetent", Service(date(2020, 1, 1), True, None), False, 30),
        ("incompetent", Service(date(2020, 1, 1), True, None), True, 0),
        ("breach", Service(date(2020, 1, 1), True, None), False, 0),
        ("resigned_fault", Service(date(2020, 1, 1), True, None), False, 0),
    ],
)
def test_how_many_days_of_notice(way: str, service: Service, paid: bool, days: int | None) -> None:
    assert notice(LAW, way, service, DAY, paid_instead=paid).days == days


def test_thirty_days_after_the_notice_is_the_first_last_day() -> None:
    assert earliest_last_day(date(2026, 11, 1), 30) == date(2026, 12, 1)
    assert certificate_until(LAW, date(2026, 11, 30)) == date(2026, 12, 15)


def test_before_the_labour_contract_law_nothing_is_known() -> None:
    service = Service(date(2000, 1, 1), True, None)
    assert notice(NONE_YET, "resigned", service, DAY).days is None
    assert certificate_until(NONE_YET, DAY) is None
    assert severance(NONE_YET, "incompetent", service.began, DAY).months is None
    assert exposure(NONE_YET, service.began, DAY).months is None


def years(number: int) -> Parameters:
    return Parameters(DAY, {"leaving.placement.years": number})


@pytest.mark.parametrize(
    ("p", "way", "reason", "due"),
    [
        (LAW, "illness", None, None),
        (LAW, "incompetent", False, False),
        (LAW, "breach", None, False),
        (years(10), "illness", None, True),
        (years(11), "illness", None, False),
        (years(10), "incompetent", True, True),
        (years(10), "incompetent", None, None),
        (years(10), "agreed", True, True),
        (years(10), "change", None, False),
    ],
)
def test_help_with_another_job_is_asked_for_unless_it_is_known_not_to_be_due(
    p: Parameters, way: str, reason: bool | None, due: bool | None
) -> None:
    service = Service(date(2016, 11, 27), True, None)
    assert placement_due(p, way, service, DAY, reason).holds is due


@pytest.mark.parametrize(
    ("way", "by_bureau", "due"),
    [
        ("agreed", True, True),
        ("agreed", False, False),
        ("agreed", None, None),
        ("resigned", None, False),
        ("resigned_fault", None, True),
        ("probation", None, False),
        ("incompetent", None, True),
        ("breach", None, False),
        ("convicted", None, False),
        ("illness", None, True),
        ("change", None, True),
        ("statute", None, None),
        ("died", None, False),
        ("retired", None, False),
    ],
)
def test_what_owes_severance(way: str, by_bureau: bool | None, due: bool | None) -> None:
    said = severance_due(way, by_bureau)
    assert said.holds is due
    assert "劳动合同法第四十六条" in said.because


def local(amount: int | None) -> Parameters:
    return Parameters(DAY, {"leaving.severance.local_average": amount})


@pytest.mark.parametrize(
    ("began", "last", "average", "around", "months", "amount"),
    [
        ("2024-01-01", "2025-12-31", "4000", 6000, "2", "8000"),
        ("2024-01-01", "2026-01-01", "4000", 6000, "2.5", "10000"),
        ("2024-01-01", "2026-06-29", "4000", 6000, "2.5", "10000"),
        ("2024-01-01", "2026-06-30", "4000", 6000, "3", "12000"),
        ("2010-01-01", "2026-12-31", "18000", 6000, "17", "306000"),
        ("2010-01-01", "2026-12-31", "18001", 6000, "12", "216000"),
        ("2020-01-01", "2025-12-31", "18001", 6000, "6", "108000"),
        ("2014-01-01", "2025-12-31", None, None, "12", None),
        ("2014-01-01", "2026-01-01", None, None, None, None),
        ("2014-01-01", "2026-01-01", "4000", None, None, None),
        ("2020-01-01", "2025-12-31", "4000", None, "6", None),
        ("2020-01-01", "2025-12-31", None, 6000, "6", None),
    ],
)
def test_months_and_amount_of_severance_on_both_sides_of_the_half_year_and_the_cap(
    began: str, last: str, average: str | None, around: int | None, months: str | None, amount: str | None
) -> None:
    pay = Decimal(average) if average else None
    owed = severance(local(around), "incompetent", on(began), on(last), average=pay)
    assert owed.months == (Decimal(months) if months else None)
    assert owed.amount == (Decimal(amount) if amount else None)
    risk = exposure(local(around), on(began), on(last), average=pay)
    assert risk.months == (2 * Decimal(months) if months else None)
    assert risk.amount == (2 * Decimal(amount) if amount else None)
    assert "劳动合同法第八十七条" in risk.because


@pytest.mark.parametrize(
    "key", ["leaving.severance.cap_years", "leaving.severance.cap_times", "contract.severance.since"]
)
def test_one_unknown_figure_leaves_what_is_owed_unknown(key: str) -> None:
    owed = severance(Parameters(DAY, {key: None}), "incompetent", on("2020-01-01"), DAY, average=Decimal(5000))
    assert (owed.months, owed.amount) == (None, None)
    assert owed.because.endswith(f"没有登记{DAY}适用的规定，经济补偿待核实")


def test_nothing_is_owed_for_a_breach_and_the_sentence_says_why() -> None:
    owed = severance(LAW, "breach", date(2020, 1, 1), DAY)
    assert (owed.months, owed.amount) == (0, 0)
    assert owed.because == "违法违纪或者严重违反规章制度（劳动合同法第四十六条），不支付经济补偿"
