"""The database pays what `fujing pay compute` pays, in any order of facts and runs, whoever is killed meanwhile (33)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.law.formats.pay_scheme import Scheme
from fujing.law.pay import compute, document
from fujing.law.pay.late import amounts, files_told
from fujing.registry.models import Engagement, Person
from fujing.safeguards.payroll.models import PayLine, PayRun, PaySlip
from fujing.safeguards.payroll.queries import read_text
from fujing.safeguards.payroll.services import run_withdraw
from tests import factories
from tests.factories import SANTAI
from tests.law.pay import generated, told
from tests.safeguards.payrolls import YEAR, Payroll, first, payroll

PEOPLE, SEEDS = 8, range(4)
MONEY = ("social_base", "housing_base", "special_deductions", "back_pay", "recovery_due")


class Books:
    """A bureau with generated people; what is said is said to the database and kept here for the clean computation."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        scheme = generated.scheme(self.random) | {"organ": str(SANTAI)}
        self.text = generated.scheme_file(scheme)
        self.made: Payroll = payroll(people=0, text=self.text)
        self.standings: list[tuple[date, dict[str, Any]]] = []
        self.months: list[tuple[int, dict[str, Any]]] = []
        self.waiting: list[tuple[float, int, int, Any]] = []
        factories.quota(SANTAI, 50)
        for number in range(PEOPLE):
            self._person(number)

    @property
    def scheme(self) -> Scheme:
        return read_text(self.text)

    def _person(self, number: int) -> None:
        person = {**generated.person(self.random, f"P{number}"), "left_on": None}
        person["hired_on"] = person["hired_on"] or date(2022, 5, 1)
        with acting(factories.PROVINCIAL):
            who = factories.person(SANTAI, name=f"辅警{number}")
            made = factories.engagement(who)
            Engagement.objects.filter(pk=made.pk).update(span=DateRange(person["hired_on"], None))
        person["id"] = who.pk
        said = [each for each in told.standing(self.random, person) if each[1]["left_on"] is None]
        events = [*said, *told.rows(self.random, person)]
        moments = sorted(self.random.random() * 11 for _ in events)
        moments[0] = 0.0
        self.waiting += [
            (moment, who.pk, place, each) for place, (moment, each) in enumerate(zip(moments, events, strict=True))
        ]

    def tell(self, until: float) -> None:
        for event in sorted((each for each in self.waiting if each[0] <= until), key=lambda each: each[:3]):
            self.waiting.remove(event)
            when, said = event[3]
            person = Person(pk=event[1])
            row = {key: value for key, value in said.items() if key not in ("id", "name", "category")}
            exact = {key: Decimal(value) if key in MONEY and value is not None else value for key, value in row.items()}
            if isinstance(when, date):
                self.standings.append((when, {**said, "category": "勤务"}))
                self.made.say(person, when.month, **exact)
            else:
                self.months.append((when, said))
                self.made.brought(person, when, **exact)

    def clean(self, through: int) -> dict[tuple[int, int], dict[str, int]]:
        """Every month of everybody in one computation from all that was said."""
        frames = [_numbered(each) for each in told.frames(*self._texts())]
        files = files_told(*frames, YEAR)
        run = compute(self.scheme, files, YEAR, through)
        found = {}
        for number, each in enumerate(run.months, start=1):
            for row in amounts(each, files.people["id"]).drop("served").to_dicts():
                person = row.pop("id")
                found[person, number] = {code: amount for code, amount in row.items() if amount}
        return found

    def _texts(self) -> Any:
        standings = [(since, {**said, "id": str(said["id"])}) for since, said in self.standings]
        return standings, [(month, {**row, "id": str(row["id"])}) for month, row in self.months]

    def paid(self) -> dict[tuple[int, int], dict[str, int]]:
        """What all runs together paid of each month."""
        found: dict[tuple[int, int], Counter[str]] = {}
        with acting(self.made.clerk):
            for line in PayLine.objects.filter(run__state="locked").select_related("run"):
                mine = found.setdefault((line.person_id, line.month.month), Counter())
                for code, amount in zip(line.run.codes, line.amounts, strict=True):
                    mine[code] += amount
        return {key: {code: amount for code, amount in each.items() if amount} for key, each in found.items()}


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("id").cast(pl.Int64))


def check(books: Books, through: int) -> None:
    paid, clean = books.paid(), books.clean(through)
    for key, amount in clean.items():
        assert paid.get(key, {}) == amount, key
    with acting(books.made.clerk):
        last = PayRun.objects.filter(state="locked").latest("month")
        owed = sum(each.owes for each in PaySlip.objects.filter(run=last))
        slips = PaySlip.objects.filter(run__state="locked")
        assert sum(each.paid for each in slips) - owed == sum(each.net for each in slips)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_confluence_in_the_database_sums_to_one_clean_computation(seed: int) -> None:
    books = Books(seed)
    # The first month is always paid: before it, nothing is.
    for month in sorted({1, *books.random.sample(range(2, 11), 4)}):
        books.tell(month)
        if books.random.random() < 0.3:
            run = books.made.submitted(month)
            with acting(books.made.clerk):
                run_withdraw(actor=books.made.clerk, run=run, reason="重算")
        books.made.locked(month)
    books.tell(99)
    books.made.locked(11)
    check(books, 11)


@pytest.mark.django_db
def test_the_database_pays_to_the_cent_what_pay_compute_prints() -> None:
    books = Books(99)
    books.tell(99)
    run = books.made.draft(6)
    frames = [_numbered(each) for each in told.frames(*books._texts())]
    slips = document.slips(compute(books.scheme, files_told(*frames, YEAR), YEAR, 6))
    expected = {slip["subject"]: slip for slip in slips if slip["month"] == f"{YEAR}-06"}
    with acting(books.made.clerk):
        found = {each.person_id: each for each in PaySlip.objects.filter(run=run)}
    assert set(found) == set(expected)
    for person, slip in expected.items():
        assert found[person].outcome == slip["outcome"]
        if slip["outcome"] == "computed":
            assert [found[person].gross, found[person].tax, found[person].net, found[person].cost] == [
                int(slip[key].replace(".", "")) for key in ("gross", "tax", "net", "cost")
            ]


@pytest.mark.race
def test_confluence_whoever_is_killed_while_a_run_is_made_leaves_nothing_half_done(committed: None) -> None:
    books = Books(7)
    books.tell(1)
    books.made.locked(1)
    for month, patience in ((2, 0.0), (3, 0.15), (4, 0.4)):
        books.tell(month)
        _killed(books.made, month, patience)
        with acting(books.made.clerk):
            for run in PayRun.objects.filter(state="draft"):
                assert PaySlip.objects.filter(run=run).count() == run.people
                run_withdraw(actor=books.made.clerk, run=run, reason="中断后重算")
        books.made.locked(month)
    books.tell(99)
    books.made.locked(5)
    check(books, 5)


def _killed(made: Payroll, month: int, patience: float) -> None:
    """A process of its own that makes the month's run and is killed after a while, at whatever it does."""
    settings = connection.settings_dict
    environment = os.environ | {
        "FUJING_KILL_NAME": str(settings["NAME"]),
        "FUJING_KILL_ACCOUNT": str(made.clerk.account_id),
        "FUJING_KILL_MONTH": first(month).isoformat(),
    }
    command = [sys.executable, "-m", "tests.safeguards.killed"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "begins"
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
