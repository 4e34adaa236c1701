"""The oversight desk: figures equal to the lists behind them, gaps of 5.p1 day by day, posts and people of Article 7."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from fujing.compliance.oversight.figures import oversight_of
from fujing.compliance.oversight.gaps import WITHOUT, interrupted, service_counts
from fujing.compliance.oversight.usage import lines_of, suggestions, units_of
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.services import Line, plan_draft, plan_submit
from fujing.registry.models import Assignment, Contract, Engagement
from fujing.web.desk.compliance.oversight import LISTED
from tests import factories
from tests.clients import client_with
from tests.compliance import made
from tests.compliance.test_compliance_pages import page
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, territorial

pytestmark = pytest.mark.django_db
FIRST = date(2021, 3, 1)
MOST = 16


@pytest.fixture(autouse=True)
def organs(db: None) -> None:
    made.bureaus()


def serving(code: int = SANTAI, *periods: tuple[date, date | None, bool], contract: bool = False) -> Engagement:
    """Somebody in service since 2021 with assignments (first day, day after the last, has an officer)."""
    with acting(factories.PROVINCIAL):
        engagement = factories.engagement(factories.person(code))
        unit = factories.unit(code)
        post = factories.Post.objects.filter(unit=unit).first() or factories.post(unit.code)
        officer = factories.account(code, "police_officer")
        for starts, ends, led in periods:
            Assignment.objects.create(
                organ_code=code,
                engagement=engagement,
                person_id=engagement.person_id,
                unit=unit,
                post=post,
                officer=officer if led else None,
                span=DateRange(starts, ends),
            )
        if contract:
            Contract.objects.create(
                organ_code=code,
                engagement=engagement,
                person_id=engagement.person_id,
                number=f"{code}-{engagement.pk}",
                kind="open_ended",
                sequence=1,
                signed_on=FIRST,
                signer="三台县公安局",
                span=DateRange(FIRST, None),
            )
    return engagement


def figures(code: int, of: int, **options: bool) -> dict[str, int]:
    with acting(territorial(code)):
        return next(row.figures for row in oversight_of(code, today(), **options) if row.organ.code == of)


def test_missing_contract_unit_and_officer_are_counted_for_today() -> None:
    factories.quota(SANTAI, 5)
    serving(SANTAI, (FIRST, None, True), contract=True)
    serving(SANTAI, (FIRST, None, False), contract=True)
    serving(SANTAI)
    found = figures(MIANYANG, SANTAI)
    assert {name: found[name] for name in WITHOUT} == {"contract": 1, "unit": 1, "officer": 2}
    assert (found["quota"], found["serving"], found["free"]) == (5, 3, 2)


@pytest.mark.parametrize(("ends", "missing"), [(-1, 1), (0, 1), (1, 0)])
def test_an_assignment_ends_before_its_last_named_day(ends: int, missing: int) -> None:
    factories.quota(SANTAI, 1)
    serving(SANTAI, (FIRST, today() + timedelta(days=ends), True))
    with acting(territorial(SANTAI)):
        assert WITHOUT["unit"](SANTAI, SANTAI + 999999, today()).count() == missing
        assert WITHOUT["officer"](SANTAI, SANTAI + 999999, today()).count() == missing


def test_a_gap_of_one_day_between_two_assignments_is_found_and_none_is_not() -> None:
    factories.quota(SANTAI, 3)
    change = date(2024, 5, 1)
    serving(SANTAI, (FIRST, change, True), (change, None, True))
    gap = serving(SANTAI, (FIRST, change, True), (change + timedelta(days=1), None, True))
    unled = serving(
        SANTAI,
        (FIRST, change, True),
        (change, change + timedelta(days=3), False),
        (change + timedelta(days=3), None, True),
    )
    with acting(territorial(SANTAI)):
        found = {each.engagement_id: each for each in interrupted(SANTAI, SANTAI + 999999, today(), limit=10)}
        assert service_counts(SANTAI, SANTAI + 999999, today())["interrupted"] == {SANTAI: 2}
    assert set(found) == {gap.pk, unled.pk}
    assert found[gap.pk].without_unit == found[gap.pk].without_officer == [(change, change)]
    assert (found[unled.pk].without_unit, found[unled.pk].days) == ([], 3)
    # Only rows that are older than the refusal of such a gap at commit have one: this one is never committed.
    with acting(replace(territorial(SANTAI), reason="不提交")):
        Assignment.objects.filter(engagement=gap).delete()


def test_days_before_the_measures_are_no_gap() -> None:
    factories.quota(SANTAI, 1)
    engagement = serving(SANTAI, (FIRST, None, True))
    assert engagement.span.lower < FIRST
    with acting(territorial(SANTAI)):
        assert service_counts(SANTAI, SANTAI + 999999, today())["interrupted"] == {}


def test_a_citys_row_sums_its_counties_and_every_bureau_can_stand_alone() -> None:
    factories.quota(SANTAI, 2)
    factories.quota(YANTING, 3)
    serving(SANTAI)
    serving(YANTING)
    city = figures(PROVINCE, MIANYANG)
    assert (city["quota"], city["serving"], city["unit"]) == (5, 2, 2)
    assert figures(PROVINCE, MIANYANG, every=True)["serving"] == 0
    assert figures(PROVINCE, YANTING, every=True)["serving"] == 1


def test_who_needs_attention_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made.overdue(monkeypatch, 2)
    factories.quota(YANTING, 1)
    serving(YANTING)
    with acting(territorial(MIANYANG)):
        order = [row.organ.code for row in oversight_of(MIANYANG, today())]
    assert order == [SANTAI, YANTING, MIANYANG]


def test_a_waiting_plan_says_for_how_long() -> None:
    plan = waiting_plan()
    with acting(territorial(MIANYANG)):
        (row,) = [row for row in oversight_of(MIANYANG, today() + timedelta(days=9)) if row.organ.code == SANTAI]
    assert (row.figures["plans"], row.figures["waited"]) == (1, 9)
    text = page(client_with(MIANYANG, "hr_head"), f"/desk/oversight/{SANTAI}/plans/")
    assert f"/desk/plans/{plan.pk}/" in text
    assert "已等待（日）" in text
    assert re.search(r"<td[^>]*>\s*0\s*</td>", text)


def waiting_plan() -> HeadcountPlan:
    factories.quota(SANTAI, 5)
    with acting(factories.PROVINCIAL):
        for kind in ("establishment", "finance", "government"):
            factories.partner(SANTAI, kind)
    proposer = replace(territorial(SANTAI), account_id=10**6)
    with acting(proposer):
        lines = [Line("执勤", "field", 2, "巡逻")]
        return plan_submit(actor=proposer, plan=plan_draft(actor=proposer, year=2026, reason="警力不足", lines=lines))


def test_each_number_equals_the_list_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made.overdue(monkeypatch, 2)
    made.sent(number="绵公督〔2026〕9号")
    factories.approved_plan(SANTAI, 3)
    factories.quota(SANTAI, 60)
    for _ in range(52):
        serving(SANTAI)
    serving(SANTAI, (FIRST, None, True), contract=True)
    client = client_with(PROVINCE, "hr_head")
    with acting(factories.PROVINCIAL):
        (row,) = [row for row in oversight_of(PROVINCE, today()) if row.organ.code == MIANYANG]
    seen = 0
    for name in LISTED:
        url = f"/desk/oversight/{MIANYANG}/{name}/"
        text = page(client, url)
        total = int(re.search(r"共 (\d+) ", text)[1])  # type: ignore[index]
        assert total == row.figures[name], name
        lines = text.count("data-row")
        while following := re.search(r'href="(\?[^"]*)" rel="next"', text):
            text = page(client, url + following[1].replace("&amp;", "&"))
            lines += text.count("data-row")
        assert lines == (1 if name == "hiring" else total), name
        seen += total > 0
    assert seen >= 7


def test_a_county_sees_its_own_row_and_no_other() -> None:
    county = client_with(SANTAI, "hr_head")
    assert "盐亭县公安局" not in page(county, "/desk/oversight/")
    for path in (f"{YANTING}/", f"{YANTING}/usage/", f"{YANTING}/unit/", f"{MIANYANG}/"):
        assert county.get(f"/desk/oversight/{path}").status_code == 404
    assert county.get(f"/desk/oversight/{SANTAI}/nonsense/").status_code == 404


def test_filters_and_sorting_are_links() -> None:
    factories.quota(YANTING, 1)
    serving(YANTING)
    city = client_with(MIANYANG, "hr_head")
    text = page(city, "/desk/oversight/?need=unit")
    assert "盐亭县公安局" in text
    assert "三台县公安局" not in text
    ordered = page(city, "/desk/oversight/?sort=-serving")
    assert ordered.index("盐亭县公安局") < ordered.index("三台县公安局")


@pytest.mark.parametrize("path", ["", "?view=every", f"{SANTAI}/unit/", f"{SANTAI}/interrupted/", f"{SANTAI}/usage/"])
def test_pages_cost_the_same_however_many_organs_there_are(path: str) -> None:
    factories.quota(SANTAI, 9)
    serving(SANTAI)
    client = client_with(PROVINCE, "hr_head")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, f"/desk/oversight/{path}")
        return sum(query["sql"].startswith(("SELECT", "\nSELECT")) for query in queries)

    few = cost()
    with acting(factories.PROVINCIAL):
        for number in (1, 3, 4, 5, 6, 8):
            factories.bureau(PROVINCE + number * 10**8)
    serving(SANTAI)
    assert cost() == few
    assert few <= MOST + 4


def test_the_bureaus_home_names_people_without_unit_or_officer() -> None:
    factories.quota(SANTAI, 2)
    serving(SANTAI, (FIRST, None, False), contract=True)
    home = page(client_with(SANTAI, "hr_officer"), "/desk/")
    assert "在职人员没有责任民警" in home
    assert "在职人员没有用人单位" not in home
    assert "在职人员没有责任民警" not in page(client_with(YANTING, "hr_officer"), "/desk/")


def test_units_show_posts_people_and_what_the_plans_gave() -> None:
    factories.quota(SANTAI, 3)
    serving(SANTAI, (FIRST, None, True))
    with acting(factories.PROVINCIAL):
        empty = factories.unit(SANTAI, 2, "西城派出所")
        factories.post(empty.code, "窗口", "civil")
        factories.post(factories.unit(SANTAI).code, "内勤", "civil")
    with acting(territorial(SANTAI)):
        first, second = units_of(SANTAI, today())
        said = suggestions([first, second], [])
    assert (first.unit, first.posts, first.people, first.empty_posts) == (
        empty,
        {"civil": 1, "field": 0},
        {"civil": 0, "field": 0},
        1,
    )
    assert (second.posts, second.people, second.empty_posts) == ({"civil": 1, "field": 1}, {"civil": 0, "field": 1}, 1)
    assert [found.message for found in said] == [
        "设岗位 1 个，现在无人在岗。",
        "设岗位 2 个，其中 1 个无人在岗，在岗 1 人。",
    ]
    assert {(found.outcome, found.provision) for found in said} == {("advice", "7")}


@pytest.mark.parametrize(("days", "said"), [(179, False), (180, True)])
def test_places_free_for_long_after_approval_are_suggested_with_their_dates(days: int, said: bool) -> None:
    plan = factories.approved_plan(SANTAI, 3)
    with acting(factories.PROVINCIAL):
        HeadcountPlan.objects.filter(pk=plan.pk).update(approved_on=today() - timedelta(days=days))
    with acting(territorial(SANTAI)):
        lines = lines_of(SANTAI, SANTAI + 999999, today())
        found = suggestions([], lines)
    assert [(use.free, use.taken, use.days) for use in lines] == [(3, 0, days)]
    assert bool(found) is said
    if said:
        assert f"批准后已 {days} 天，仍空缺 3 个名额" in found[0].message
        assert "提示" in page(client_with(SANTAI, "hr_head"), f"/desk/oversight/{SANTAI}/usage/")
