"""The command over files, the service and the database of 2,000 generated orders: the same findings, the same refusals."""

from __future__ import annotations

import random
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from fujing.duties.orders.frame import judged
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.kernel.actor import acting
from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import Refusal, speaking
from fujing.law.duties import check_plan
from fujing.law.duties.people import people_of
from fujing.law.formats.duties import COLUMNS, read_plan
from fujing.law.formats.roster import read_roster
from fujing.registry.models import Engagement
from fujing.registry.roster import reading
from tests import factories
from tests.duties.made import MONDAY, Unit, at, somebody, unit
from tests.factories import SANTAI
from tests.law.duties.test_duty_oracle import PEOPLE_HEADERS, Row, number, orders, people, written

pytestmark = pytest.mark.django_db
HELD = {"duty.person", "duty.item", "duty.commander", "duty.category", "duty.restraint"}
"""Rules that the database holds as well, when an order is given."""
PIECES = 4


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def recorded(made: Unit, rows: list[Row]) -> dict[str, Engagement]:
    """The roster's people as a database has them."""
    found = {}
    for place, row in enumerate(rows):
        trained, until = row["岗前培训日期"], row["工作证有效期"]
        said: dict[str, Any] = {
            "inducted_on": None if trained == "无" else day(trained),
            "inducted_on_said": "无" if trained == "无" else "",
            "card_number": row["工作证号"],
            "card_valid_to": day(until),
            "qualifications": row["资质证书"],
            "post": row["岗位"],
            "unit": row["用人单位"],
        }
        category = {"文职": "civil", "勤务": "field"}.get(row["类别"], "")
        made_ = somebody(made, f"人{place}", category=category, since=day(row["入职日期"]) or date(2021, 1, 1), **said)
        if left := day(row["离职日期"]):
            with acting(factories.PROVINCIAL):
                Engagement.objects.filter(pk=made_.pk).update(span=DateRange(made_.span.lower, left))
        found[row["公民身份号码"]] = made_
    return found


def stored(made: Unit, rows: list[Row], whom: dict[str, Engagement]) -> list[DutyOrder]:
    """The plan's rows as drafts of one person each, in their order."""
    other = factories.account(SANTAI, "police_officer", name="李警官")
    officers = {"张警官": made.officer, "李警官": other}
    found = []
    for row in rows:
        begins, ends = (
            datetime.fromisoformat(f"{row['日期']} {row[key]}").replace(tzinfo=ZONE) for key in ("起", "止")
        )
        commander = officers.get(row["指挥民警"])
        order = DutyOrder(
            organ_code=SANTAI,
            unit=made.unit,
            span=DateTimeTZRange(begins, ends + timedelta(days=1) if ends < begins else ends),
            item=row["事项"],
            mode={"9": "directed", "11": "organ"}.get(row["事项"].partition(".")[0], "led"),
            part="assist",
            text=row["内容"],
            place=row["地点"],
            commander=commander,
            commander_name=commander.name if commander else "",
            basis=row["法律依据"],
            needs=[each for each in row["所需资质"].split("；") if each not in ("", "无")],
            restraint=row["约束性警械"] == "是",
            emergency=row["紧急情形"],
            made_by="赵所长",
        )
        found.append(order)
    found = DutyOrder.objects.bulk_create(found)
    DutyAssignment.objects.bulk_create(
        DutyAssignment(
            organ_code=SANTAI,
            order=order,
            engagement=whom[row["公民身份号码"]],
            person_id=whom[row["公民身份号码"]].person_id,
            span=order.span,
            drives=row["驾驶车船"] == "是",
        )
        for order, row in zip(found, rows, strict=True)
    )
    return found


@pytest.mark.parametrize("seed", range(PIECES))
def test_generated_orders_are_judged_alike_from_files_and_in_the_database(seed: int, tmp_path: Path) -> None:
    """500 orders each; a person stands once in the roster and by a valid number, as the database demands."""
    chance = random.Random(900 + seed)
    roster = [{**row, "公民身份号码": number(place)} for place, row in enumerate(people(chance), start=1)]
    for row in roster:
        row["类别"] = row["类别"] if row["类别"] in ("文职", "勤务") else ""
        if row["离职日期"] and row["离职日期"] <= row["入职日期"]:
            row["离职日期"] = ""
    numbers = {row["公民身份号码"] for row in roster}
    plan = [row for row in orders(chance, 900) if row["公民身份号码"] in numbers and row["起"] != row["止"]][:500]
    assert len(plan) == 500
    for place, row in enumerate(plan):
        row["序号"] = str(place)
    plan_file = written(tmp_path / "排班.xlsx", 派勤=(tuple(column.label for column in COLUMNS), plan))
    roster_file = written(tmp_path / "花名册.xlsx", 花名册=(PEOPLE_HEADERS, roster))
    by_file = check_plan(read_plan(plan_file), people_of(read_roster(roster_file)), most_led=5)
    expected = {(int(each.subject or 0), each.rule, each.provision, each.outcome) for each in by_file.findings}
    made = unit()
    with acting(factories.PROVINCIAL):
        whom = recorded(made, roster)
        stored_ = stored(made, plan, whom)
        places = {order.pk: place for place, order in enumerate(stored_)}
        told = judged(stored_)
    ours = {
        (places[pk], each.rule, each.provision, each.outcome)
        for pk, findings in told.of_order.items()
        for each in findings
        if each.rule not in ("duty.mode", "duty.part")
    }
    assert ours - expected == set()
    assert expected - ours == set()
    held = {(place, rule) for place, rule, *_ in ours if rule in HELD}
    excluded = {place for place, rule, *_ in ours if rule == "duty.excluded"}
    assert _refused_by_database(made, stored_) - excluded == {place for place, _ in held} - excluded


def _refused_by_database(made: Unit, orders_: list[DutyOrder]) -> set[int]:
    """The places of the orders that the database doesn't let be given."""
    found = set()
    with acting(made.leader), reading(made.leader):
        for place, order in enumerate(orders_):
            try:
                with speaking(), transaction.atomic():
                    DutyOrder.objects.filter(pk=order.pk).update(state="ordered", given_by="赵所长")
                    transaction.set_rollback(True)
            except Refusal:
                found.add(place)
    return found


def test_the_gates_of_a_week_of_three_hundred_people_take_little_time() -> None:
    """2,100 shifts: a person a day."""
    made = unit()
    with acting(factories.PROVINCIAL):
        everybody = [somebody(made, f"人{each}") for each in range(300)]
        orders_ = DutyOrder.objects.bulk_create(
            DutyOrder(
                organ_code=SANTAI,
                unit=made.unit,
                span=DateTimeTZRange(at(8, MONDAY + timedelta(day)), at(16, MONDAY + timedelta(day))),
                item="11.2",
                mode="organ",
                part="perform",
                text="疏导交通",
                commander=made.officer,
                commander_name=made.officer.name,
                made_by="赵所长",
            )
            for day in range(7)
        )
        DutyAssignment.objects.bulk_create(
            DutyAssignment(organ_code=SANTAI, order=order, engagement=each, person_id=each.person_id, span=order.span)
            for order in orders_
            for each in everybody
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE registry_engagement, registry_rosterrecord")
        judged(orders_[:1])
        times = []
        for _ in range(3):
            began = time.perf_counter()
            told = judged(orders_)
            times.append(time.perf_counter() - began)
    assert told.of_order == {}

    assert min(times) < 1.5
