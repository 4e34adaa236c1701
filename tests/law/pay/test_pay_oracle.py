"""Generated people: the columns, the slow oracle and whoever reads only the printed trees agree to the cent.

200 people × 12 months in the suite; FUJING_ORACLE_PEOPLE=2000 for all of them.
"""

from __future__ import annotations

import json
import os
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fujing.law.pay import Run, check_floor, compute, document
from fujing.law.pay.explanation import explained
from tests.law.pay import generated
from tests.law.pay.oracle import Year, half_away, say
from tests.law.pay.tools import read, written

SIZE = 50
PEOPLE = int(os.environ.get("FUJING_ORACLE_PEOPLE", "200"))
SEEDS = range(PEOPLE // SIZE)


def made(folder: Path, seed: int) -> tuple[Run, list[Year]]:
    random = Random(seed)
    scheme, people = generated.scheme(random), generated.people(random, SIZE)
    rows = {person["id"]: generated.months(random, person) for person in people}
    listed = [
        {"id": subject, "month": f"{generated.YEAR}-{month:02}", **row}
        for subject, months in rows.items()
        for month, row in months.items()
    ]
    random.shuffle(listed)
    run = compute(*read(written(folder, scheme, people, listed)), generated.YEAR)
    return run, [Year(scheme, person, rows[person["id"]], generated.YEAR) for person in people]


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_at_once_and_the_oracle_agree_to_the_cent(tmp_path: Path, seed: int) -> None:
    run, years = made(tmp_path, seed)
    expected = [slip for year in years for slip in year.slips(12)]
    assert list(document.slips(run)) == expected
    computed = [slip for slip in expected if slip["outcome"] == "computed"]
    for key, total in document.totals(run).items():
        assert total == say(sum((Fraction(slip[key]) for slip in computed), Fraction(0)))
    still_open = len(computed) < len(expected)
    assert (document.floor(check_floor(run))["annualised"] is None) == still_open


def test_half_days_and_rates_of_six_decimals_stay_exact(tmp_path: Path) -> None:
    random = Random(36)
    scheme, person = (
        generated.scheme(random),
        dict(generated.person(random, "P1"), hired_on=date(2015, 3, 1), left_on=None),
    )
    person |= {"tier": "七", "post_grade": "一线", "appraisal": "称职", "social_base": "5000", "housing_base": "5000"}
    scheme["items"][0]["amount"], scheme["absence"] = "43210.1234", {"sick_rate": "0.666667"}
    rows = {3: {"sick_leave_days": "12.5", "overtime_weekday": "7.5"}, 4: {"sick_leave_days": "31"}}
    listed = [{"id": "P1", "month": f"{generated.YEAR}-{month:02}", **row} for month, row in rows.items()]
    run = compute(*read(written(tmp_path, scheme, [person], listed)), generated.YEAR)
    assert list(document.slips(run)) == Year(scheme, person, rows, generated.YEAR).slips(12)


def test_the_generated_people_meet_every_outcome_and_rule(tmp_path: Path) -> None:
    met: set[str] = set()
    for seed in range(4):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for slip in document.slips(made(folder, seed)[0]):
            met |= set(slip.get("missing", ())) | {slip["outcome"]}
            met |= {key for key in ("tax", "recovery", "carried") if slip.get(key, "0.00") != "0.00"}
            met |= {each["code"] for each in slip.get("items", ()) if each["amount"] != "0.00"}
            met |= {"below zero"} if slip.get("net", "").startswith("-") else set()
    assert met >= {"computed", "undetermined", "hired_on", "social_base", "tax", "recovery", "carried", "below zero"}
    assert met >= {"personal_leave", "sick_leave", "back_pay", "overtime", "night", "duty", "year_end", "seniority"}


def test_the_floor_is_twelve_times_gross_over_shares(tmp_path: Path) -> None:
    random = Random(345)
    scheme, people = generated.scheme(random), generated.people(random, 80)
    scheme["floor"]["income"] = "1"
    sure = [person for person in people if all(person[key] for key in ("tier", "post_grade", "hired_on", "appraisal", "social_base", "housing_base"))]  # fmt: skip
    years = [Year(scheme, person, {}, generated.YEAR) for person in sure]
    gross = sum((Fraction(slip["gross"]) for year in years for slip in year.slips(7)), Fraction(0))
    annualised = 12 * gross / sum(year.shares for year in years)
    judged = document.floor(check_floor(compute(*read(written(tmp_path, scheme, sure, [])), generated.YEAR, 7)))
    assert judged == {"annualised": say(annualised), "income": "1.00", "outcome": "satisfied"}


def reckoned(node: dict[str, Any], figures: dict[str, Fraction]) -> Fraction:
    """A printed tree, by what it prints and nothing else."""
    if "ref" in node:
        return figures[node["ref"]]
    if "op" not in node:
        return Fraction(node["value"])
    of = [reckoned(each, figures) for each in node["of"]]
    match node["op"]:
        case "add":
            return of[0] + of[1]
        case "subtract":
            return of[0] - of[1]
        case "multiply":
            return of[0] * of[1]
        case "divide":
            return of[0] / of[1]
        case "negate":
            return -of[0]
        case "max":
            return max(of)
        case "min":
            return min(of)
        case "round":
            return half_away(of[0], Fraction(node["unit"]))
    raise AssertionError(node["op"])


def figures_of(slip: dict[str, Any]) -> dict[str, str]:
    """Every amount of a slip, by the code under which it is explained."""
    found = {each["code"]: each["amount"] for each in slip["items"]}
    for each in slip["contributions"]:
        found |= {f"{each['code']}.{part}": each[part] for part in ("base", "person", "employer")}
    return found | {key: slip[key] for key in ("gross", "taxable", "tax", "recovery", "carried", "net", "cost")}


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_has_only_the_printed_trees_reckons_every_cent_again(tmp_path: Path, seed: int) -> None:
    run, _ = made(tmp_path, seed)
    rows = {subject: row for row, subject in enumerate(run.people)}
    for slip in document.slips(run):
        text = json.dumps(explained(run, rows[slip["subject"]], int(slip["month"][5:])), ensure_ascii=False)
        assert len(text.encode()) < 20_000
        told = json.loads(text)
        assert (told["outcome"], told.get("missing")) == (slip["outcome"], slip.get("missing"))
        figures: dict[str, Fraction] = {}
        for each in told["figures"]:
            figures[each["code"]] = reckoned(each["tree"], figures)
            assert Fraction(each["tree"]["value"]) == figures[each["code"]]
            assert each["provision"]
        if slip["outcome"] == "computed":
            amounts = figures_of(slip)
            assert {code: say(figures[code]) for code in amounts} == amounts
