"""Facts that come late: any interleaving of facts and runs pays what one computation with all of them gives."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.pay_scheme import Scheme, read_scheme
from fujing.law.pay import compute, document
from fujing.law.pay.late import SUMS, amounts, codes_of, differences, files_told, people_told, sums_of
from tests.law.pay import generated, told
from tests.law.pay.generated import YEAR
from tests.law.pay.oracle import Year
from tests.law.pay.tools import written

SIZE, SEEDS = 25, range(20)
"""Five hundred years of one person each: twenty sequences of runs, in each of them twenty-five people's own facts."""


def scheme_of(folder: Any, random: Random) -> Scheme:
    written(folder, generated.scheme(random), [], [])
    return read_scheme(folder / "scheme.yaml", YEAR)


class Books:
    """What is told by and by, and every line that was ever paid: of whom, of which month, how much of each code."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.standings: list[tuple[date, dict[str, Any]]] = []
        self.months: list[tuple[int, dict[str, Any]]] = []
        self.lines: list[tuple[int, pl.DataFrame]] = []

    def known(self, month: int) -> list[pl.DataFrame]:
        """Every month's amounts by what is told now."""
        files = files_told(*told.frames(self.standings, self.months), YEAR)
        run = compute(self.scheme, files, YEAR, month)
        return [amounts(each, files.people["id"]) for each in run.months]

    def paid(self, month: int) -> pl.DataFrame:
        found = [lines for of, lines in self.lines if of == month]
        return pl.concat(found).group_by("id").sum() if found else pl.DataFrame(schema={"id": pl.String})

    def run(self, month: int) -> None:
        """The month's run: whatever differs in any month so far."""
        for of, known in enumerate(self.known(month), start=1):
            lines = differences(known, self.paid(of))
            if not lines.is_empty():
                self.lines.append((of, lines))


@pytest.mark.parametrize("seed", SEEDS)
def test_confluence_any_order_of_facts_and_runs_sums_to_one_clean_computation(tmp_path: Any, seed: int) -> None:
    random = Random(seed)
    books = Books(scheme_of(tmp_path, random))
    waiting: list[tuple[float, int, Any]] = []
    for person in generated.people(random, SIZE):
        # Each person's own facts keep their order; between people, and with the runs, they come as they come.
        said = [*told.standing(random, person), *told.rows(random, person)]
        moments = sorted(random.random() * 13 for _ in said)
        moments[0] = 0.0
        waiting += [(moment, place, each) for place, (moment, each) in enumerate(zip(moments, said, strict=True))]
    runs = sorted(random.sample(range(1, 12), random.randint(2, 8)))
    for month in runs:
        for event in sorted((each for each in waiting if each[0] <= month), key=lambda each: each[:2]):
            waiting.remove(event)
            since, what = event[2]
            (books.standings if isinstance(since, date) else books.months).append((since, what))
        books.run(month)
    for event in sorted(waiting, key=lambda each: each[:2]):
        since, what = event[2]
        (books.standings if isinstance(since, date) else books.months).append((since, what))
    books.run(12)
    late = 0
    for month, clean in enumerate(books.known(12), start=1):
        paid = {row["id"]: row for row in books.paid(month).to_dicts()}
        for row in clean.drop("served").to_dicts():
            got = paid.get(row["id"], {})
            assert {code: got.get(code, 0) for code in row} == row | {"id": got.get("id", 0)}
        late += sum(1 for of, _ in books.lines if of == month) > 1
    assert late, "nothing came late"


@pytest.mark.parametrize("seed", range(4))
def test_people_who_change_from_a_month_on_are_reckoned_as_the_oracle_reckons_them(tmp_path: Any, seed: int) -> None:
    random = Random(seed)
    scheme = generated.scheme(random)
    written(tmp_path, scheme, [], [])
    books = Books(read_scheme(tmp_path / "scheme.yaml", YEAR))
    people, expected = generated.people(random, SIZE), []
    for person in people:
        year = Year(scheme, person, generated.months(random, person), YEAR)
        said = [(since, what) for since, what in told.standing(random, person) if what["left_on"] == person["left_on"]]
        books.standings += said
        books.months += told.with_id(person, year.rows)
        for month in range(1, 13):
            begun = [(since, place) for place, (since, _) in enumerate(said) if since <= told.first(month)]
            year.p = said[max(begun)[1]][1]
            expected += [year.slip(month)]
    files = files_told(*told.frames(books.standings, books.months), YEAR)
    found = {(slip["subject"], slip["month"]): slip for slip in document.slips(compute(books.scheme, files, YEAR))}
    assert found == {(slip["subject"], slip["month"]): slip for slip in expected if slip}


def test_a_scheme_that_follows_another_pays_from_its_month_on(tmp_path: Any) -> None:
    random = Random(7)
    before = scheme_of(tmp_path, random)
    after = before.model_copy(update={"items": (before.items[0].model_copy(update={"amount": 1000}),)})
    person = {**generated.person(random, "P1"), "hired_on": date(2020, 1, 1), "left_on": None, "tier": "七"}
    person |= {"post_grade": "一线", "appraisal": "称职", "social_base": "5000", "housing_base": "5000"}
    files = files_told(*told.frames([(told.first(1), person)], []), YEAR)
    run = compute(before, files, YEAR, 7, schemes={told.first(6): after})
    alone = compute(before, files, YEAR, 5)
    slips = list(document.slips(run))
    assert slips[:5] == list(document.slips(alone))
    assert [each["gross"] for each in slips[5:]] == ["1000.00", "1000.00"]
    assert [each.scheme is after for each in run.months] == [False] * 5 + [True] * 2


def test_who_is_not_known_any_more_keeps_what_was_paid_and_who_never_served_gives_it_back() -> None:
    known = pl.DataFrame({"id": ["left", "same"], "served": [False, True], "item.base": [0, 500], "tax": [0, 5]})
    paid = pl.DataFrame({"id": ["left", "same", "unknown"], "item.base": [300, 500, 700], "item.old": [7, 0, 0]})
    found = differences(known, paid)
    assert {row["id"]: (row["item.base"], row["item.old"], row["tax"]) for row in found.to_dicts()} == {
        "left": (-300, -7, 0),
        "same": (0, 0, 5),
    }


def test_the_sums_of_a_line_are_those_of_a_slip(tmp_path: Any) -> None:
    random = Random(3)
    books = Books(scheme_of(tmp_path, random))
    for person in generated.people(random, SIZE):
        books.standings.append((told.first(1), person))
        books.months += told.with_id(person, generated.months(random, person))
    files = files_told(*told.frames(books.standings, books.months), YEAR)
    run = compute(books.scheme, files, YEAR, 3)
    lines = amounts(run.months[2], files.people["id"]).select("id", *sums_of(codes_of(books.scheme)))
    found = {row["id"]: row for row in lines.to_dicts()}
    slips = [slip for slip in document.slips(run) if slip["month"] == f"{YEAR}-03" and slip["outcome"] == "computed"]
    assert slips
    for slip in slips:
        parts = {key: sum(cents(each[key]) for each in slip["contributions"]) for key in ("person", "employer")}
        expected = {key: cents(slip[key]) for key in ("gross", "tax", "recovery", "net", "cost")}
        expected |= {"contributions": parts["person"], "employer": parts["employer"]}
        assert {key: found[slip["subject"]][key] for key in SUMS} == expected


def cents(yuan: str) -> int:
    return int(yuan.replace(".", ""))


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([(1, "七")], ["七", "七", "七"]),
        ([(1, "七"), (2, "六")], ["七", "六", "六"]),
        ([(2, "六"), (1, "七")], ["七", "六", "六"]),  # an earlier month that is said later changes that month alone
        (
            [(2, "六"), (2, "五")],
            ["五", "五", "五"],
        ),  # before the first, what was first said; of one month what was last
        ([(3, "五"), (2, "六")], ["六", "六", "五"]),
    ],
)
def test_what_was_said_of_the_latest_month_holds(said: list[tuple[int, str]], holds: list[str]) -> None:
    person = {"id": "P1", "tier": ""}
    frame, _ = told.frames([(told.first(month), {**person, "tier": tier}) for month, tier in said], [])
    assert [people_told(frame, told.first(month))["tier"][0] for month in (1, 2, 3)] == holds
