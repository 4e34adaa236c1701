"""Every duty rule as a table: one thing changed on an order that is as it should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.duties import Absence, Order, Plan, check_plan
from fujing.law.duties.check import PlanCheck
from fujing.law.duties.orders import said_none
from fujing.law.duties.people import Auxiliary, People
from fujing.law.formats.duties import COLUMNS
from fujing.law.formats.roster import COLUMNS as ROSTER_COLUMNS
from fujing.law.roster.certificates import Certificate

NUMBER = "510722199001010014"
ALL = frozenset(column.key for column in COLUMNS)
ROSTER = frozenset(column.key for column in ROSTER_COLUMNS)
CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
ORDER = Order(
    row=2,
    subject="1",
    id_number=NUMBER,
    day=date(2026, 3, 2),
    start=time(8),
    end=time(12),
    item="10.3",
    text="协助民警巡逻",
    place="潼川镇",
    commander="张警官",
)
PERSON = Auxiliary(
    id_number=NUMBER,
    category="field",
    hired=date(2022, 3, 1),
    induction=date(2022, 3, 1),
    card="SC0001",
    card_until=date(2027, 12, 31),
    certificates=(Certificate("机动车驾驶证C1", date(2028, 1, 1)), Certificate("急救证", date(2027, 1, 1))),
)


def judged(
    *orders: Order, person: Auxiliary = PERSON, absences: tuple[Absence, ...] = (), without: Any = (), most: int = 5
) -> PlanCheck:
    plan = Plan(orders or (ORDER,), ALL - set(without), absences)
    return check_plan(plan, People({person.id_number: (person,)}, ROSTER - set(without)), most_led=most)


def told(check: PlanCheck) -> list[str]:
    return [f"{each.rule} {each.provision} {each.outcome}" for each in check.findings]


def a_time(written: str) -> Any:
    return written if written == "24:00" else time.fromisoformat(written)


def certificates(listed: list[str] | None) -> Any:
    if listed is None:
        return None
    split = [each.partition(" ")[::2] for each in listed]
    return tuple(Certificate(name, date.fromisoformat(until) if until else None) for name, until in split)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_order_is_judged_as_the_table_says(case: dict[str, Any]) -> None:
    order, person = dict(case.get("order", {})), dict(case.get("person", {}))
    for key in ("start", "end"):
        if key in order:
            order[key] = a_time(order[key])
    if order.get("id_number"):
        order["id_number"] = str(order["id_number"])
    if "needs" in order:
        order["needs"] = tuple(order["needs"])
    if "certificates" in person:
        person["certificates"] = certificates(person["certificates"])
    absence = [Absence(**{"id_number": NUMBER, "kind": None, **case["absence"]})] if "absence" in case else []
    check = judged(
        replace(ORDER, **order),
        person=replace(PERSON, **person),
        absences=tuple(absence),
        without=case.get("without", ()),
    )
    assert told(check) == case["found"]
    assert check.orders == 1
    assert sum(check.counts.values()) == sum(each.outcome == "violated" for each in check.findings)
    assert all(each.subject == "1" and each.row == 2 and each.remedy for each in check.findings)


def at(row: int, start: str, end: str, **changed: Any) -> Order:
    return replace(ORDER, row=row, subject=str(row), start=a_time(start), end=a_time(end), **changed)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (("08:00", "12:00"), ("12:00", "18:00"), False),
        (("08:00", "12:00"), ("11:59", "18:00"), True),
        (("08:00", "18:00"), ("10:00", "11:00"), True),
        (("08:00", "12:00"), ("08:00", "12:00"), True),
        (("20:00", "06:00"), ("05:00", "07:00"), False),
        (("08:00", "12:00"), ("10:00", "10:00"), False),
    ],
)
def test_touching_is_not_overlapping(first: tuple[str, str], second: tuple[str, str], overlap: bool) -> None:
    check = judged(at(2, *first), at(3, *second))
    found = [(each.row, each.provision) for each in check.findings if each.rule == "duty.overlap"]
    assert found == ([(2, "4"), (3, "4")] if overlap else [])


@pytest.mark.parametrize(("start", "overlap"), [("05:59", True), ("06:00", False)])
def test_a_night_reaches_into_the_next_day(start: str, overlap: bool) -> None:
    check = judged(at(2, "20:00", "06:00"), at(3, start, "12:00", day=date(2026, 3, 3)))
    assert any(each.rule == "duty.overlap" for each in check.findings) is overlap


def test_another_persons_order_overlaps_nothing() -> None:
    check = judged(at(2, "08:00", "12:00"), at(3, "08:00", "12:00", id_number="510722199001010022"))
    assert [each.rule for each in check.findings] == ["duty.person"]


def squad(size: int, **changed: Any) -> list[Order]:
    """So many different people on one piece of work."""
    return [at(row, "08:00", "12:00", **{"id_number": f"nobody {row}", **changed}) for row in range(2, 2 + size)]


def crowded_rows(orders: list[Order], most: int = 5) -> list[int | None]:
    return [each.row for each in judged(*orders, most=most).findings if each.rule == "duty.led"]


def test_one_officer_leads_five_and_no_more() -> None:
    assert crowded_rows(squad(5)) == []
    assert crowded_rows(squad(6)) == [2, 3, 4, 5, 6, 7]
    assert crowded_rows(squad(3), most=2) == [2, 3, 4]


def test_only_article_ten_under_one_officer_at_one_moment_counts() -> None:
    five = squad(5)
    assert crowded_rows([*five, at(9, "08:00", "12:00", item="11.1", id_number="a")]) == []
    assert crowded_rows([*five, at(9, "08:00", "12:00", commander="李警官", id_number="a")]) == []
    assert crowded_rows([*five, at(9, "12:00", "14:00", id_number="a")]) == []
    assert crowded_rows([*five, at(9, "11:59", "14:00", id_number="a")]) == [2, 3, 4, 5, 6, 9]
    assert crowded_rows([*five, at(9, "08:00", "12:00", id_number="nobody 2")]) == []
    assert crowded_rows([*five, at(9, "08:00", "12:00", id_number=None)]) == [2, 3, 4, 5, 6, 9]


def test_one_who_came_and_went_before_it_was_too_many_is_not_named() -> None:
    early = at(9, "06:00", "08:00", id_number="a")
    assert crowded_rows([early, *squad(6)]) == [2, 3, 4, 5, 6, 7]


def test_excluded_people_count_nowhere() -> None:
    excluded = replace(PERSON, excluded="护村队")
    check = judged(at(2, "08:00", "12:00"), at(3, "08:00", "12:00"), *squad(5)[0:0], person=excluded)
    assert told(check) == ["duty.excluded 3.p3 violated"] * 2
    assert crowded_rows([at(9, "08:00", "12:00"), *squad(5)]) == [9, 2, 3, 4, 5, 6]
    plan = [at(9, "08:00", "12:00"), *squad(5)]
    assert [each.rule for each in judged(*plan, person=excluded).findings if each.rule == "duty.led"] == []


def test_of_two_rows_of_one_person_the_one_in_service_is_meant() -> None:
    gone = replace(PERSON, left=date(2025, 1, 1), induction="无")
    people = People({NUMBER: (gone, PERSON)}, ROSTER)
    assert check_plan(Plan((ORDER,), ALL), people, most_led=5).findings == ()


def test_a_finding_says_what_is_wrong_and_cites() -> None:
    (finding,) = judged(replace(ORDER, text="现场开具罚单")).findings
    assert "开具罚单" in finding.message
    assert "第十三条第（六）项" in finding.message
    assert finding.facts["words"] == "开具罚单"


@pytest.mark.parametrize(
    ("day", "start", "end", "span", "days"),
    [
        ("2026-03-02", "08:00", "12:00", ("2026-03-02T08:00", "2026-03-02T12:00"), ["2026-03-02"]),
        ("2026-03-02", "20:00", "04:00", ("2026-03-02T20:00", "2026-03-03T04:00"), ["2026-03-02", "2026-03-03"]),
        ("2026-03-02", "20:00", "00:00", ("2026-03-02T20:00", "2026-03-03T00:00"), ["2026-03-02"]),
        ("2026-03-02", "20:00", "24:00", ("2026-03-02T20:00", "2026-03-03T00:00"), ["2026-03-02"]),
        ("2026-03-02", "00:00", "24:00", ("2026-03-02T00:00", "2026-03-03T00:00"), ["2026-03-02"]),
        ("2026-03-02", "08:00", "08:00", ("2026-03-02T08:00", "2026-03-02T08:00"), ["2026-03-02"]),
        ("2026-03-02", None, "12:00", None, ["2026-03-02"]),
        ("2026-03-02", "08:00", None, None, ["2026-03-02"]),
        (None, "08:00", "12:00", None, []),
    ],
)
def test_an_order_touches_its_day_and_the_next_only_beyond_midnight(
    day: str | None, start: str | None, end: str | None, span: tuple[str, str] | None, days: list[str]
) -> None:
    order = replace(
        ORDER,
        day=date.fromisoformat(day) if day else None,
        start=a_time(start) if start else None,
        end=a_time(end) if end else None,
    )
    assert order.span == (span and tuple(map(datetime.fromisoformat, span)))
    assert order.days == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "before", "after"),
    [
        (3, 5, True, True, False, False),
        (3, None, None, None, False, None),
        (None, 5, None, None, None, False),
        (None, None, None, None, None, None),
    ],
)
def test_an_absence_covers_its_days_and_an_unknown_end_leaves_that_open(
    start: int | None, end: int | None, first: Any, last: Any, before: Any, after: Any
) -> None:
    absence = Absence(
        NUMBER, "leave", date(2026, 3, start) if start else None, date(2026, 3, end) if end else None, None
    )
    found = [absence.covers((date(2026, 3, day),)) for day in (3, 5, 2, 6)]
    assert found == [first, last, before, after]
    assert absence.covers((date(2026, 3, 2), date(2026, 3, 3))) is first
    assert absence.covers(()) is None


def test_the_first_forbidden_work_is_told_and_each_other_beside_it() -> None:
    findings = judged(replace(ORDER, text="佩枪巡逻，讯问犯罪嫌疑人，现场开具罚单")).findings
    (found,) = (each for each in findings if each.rule == "duty.prohibited")
    assert found.message == (
        "内容写有“开具罚单”，属于第十三条第（六）项不得从事的工作："
        "处罚、许可、强制等决定由公安机关作出，辅警只能协助办理手续；没有写明由民警进行；"
        "“佩枪”涉及第十三条第（八）项；“讯问”涉及第十三条第（九）项"
    )
    assert found.facts["others"] == {"13.8": "佩枪", "13.9": "讯问"}


@pytest.mark.parametrize(
    ("item", "article"),
    [
        ("9.1", "9"),
        ("10.10", "10"),
        ("11.99", "11"),
        ("10", "10"),
        ("12.1", None),
        ("1.10", None),
        ("巡逻", None),
        ("", None),
        (None, None),
    ],
)
def test_an_item_names_its_article_whether_or_not_that_has_it(item: str | None, article: str | None) -> None:
    assert replace(ORDER, item=item).article == article


@pytest.mark.parametrize(
    ("written", "none"), [(None, True), ("", True), (" ", True), ("无", True), (" 无 ", True), ("张无", False)]
)
def test_nothing_there_and_said_to_be_nothing_are_nobody(written: str | None, none: bool) -> None:
    assert said_none(written) is none
    assert replace(ORDER, commander=written).led_by == (None if none else written)


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("duty.person", "id_number"),
        ("duty.item", "item"),
        ("duty.category", "item"),
        ("duty.category", "category"),
        ("duty.commander", "commander"),
        ("duty.led", "commander"),
        ("duty.led", "item"),
        ("duty.induction", "inducted_on"),
        ("duty.qualification", "needs"),
        ("duty.qualification", "qualifications"),
        ("duty.driving", "drives"),
        ("duty.restraint", "restraint"),
        ("duty.prohibited", "text"),
    ],
)
def test_a_rule_is_asked_only_where_the_files_have_its_columns(rule: str, column: str) -> None:
    """Six orders that break every rule between them."""
    broken = {
        "duty.person": {"id_number": None},
        "duty.item": {"item": "巡逻"},
        "duty.category": {"item": "9.1"},
        "duty.commander": {"commander": None},
        "duty.qualification": {"needs": ("潜水证",)},
        "duty.driving": {"drives": True},
        "duty.restraint": {"restraint": True},
        "duty.prohibited": {"text": "现场开具罚单"},
    }
    person = replace(PERSON, induction="无", certificates=())
    orders = [at(row, "08:00", "12:00", id_number=f"nobody {row}") for row in range(10, 16)]
    orders += [replace(ORDER, row=2, **broken.get(rule, {}))]
    assert rule in {each.rule for each in judged(*orders, person=person).findings}
    assert rule not in {each.rule for each in judged(*orders, person=person, without=[column]).findings}
