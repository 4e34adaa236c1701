"""14 rules of Articles 18 and 20 over 1,000,000 generated applicants: ours, OpenFisca and plain SQL in one run.

Ours is three-valued (unknown is never fine) and can explain; the peers give a mask only, with unknown as fine.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from fujing.law.education import LEVELS
from fujing.law.formats.announcement import Announcement
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening.person import screen_person
from fujing.law.screening.posts import post_facts
from fujing.law.screening.screen import applicant_facts

PEOPLE = 1_000_000
RUNS = 5
ONE_PERSON = 0.001
"""Seconds within which one person is explained."""
CUTOFF = date(2026, 1, 22)
RANKS = {level: rank for rank, level in enumerate(LEVELS)}
FIELD, CIVIL = RANKS["high_school"], RANKS["junior_college"]
RULES = [
    "recruitment.nationality",
    "recruitment.conduct",
    "recruitment.age",
    "recruitment.education",
    "recruitment.medical",
    *(f"background.ground_{number}" for number in range(1, 10)),
]
ANNOUNCEMENT = Announcement.model_validate(
    {
        "title": "基准",
        "organ": {"code": "510722000000", "name": "三台县公安局", "level": "county"},
        "cutoff": "2026-01-22",
        "age_reading": "completed_years",
        "positions": [
            {"code": "01", "name": "勤务", "category": "field", "headcount": 60, "conditions": {}},
            {"code": "02", "name": "文职", "category": "civil", "headcount": 20, "conditions": {}},
        ],
    }
)


def people(count: int, seed: int = 345) -> pl.DataFrame:
    """Applicants of whom most meet everything and some facts are unknown."""
    rng = np.random.default_rng(seed)
    born = np.datetime64("1984-01-01") + rng.integers(0, 25 * 365, count).astype("timedelta64[D]")
    grounds = {f"ground_20_{n}": _sometimes(rng, count, 0.004, 0.03) for n in range(1, 10)}
    return pl.DataFrame(
        {
            "id": np.arange(count),
            "position": rng.choice(["01", "02"], count, p=[0.8, 0.2]),
            "nationality": rng.choice(["中国", "CN", "越南"], count, p=[0.6, 0.395, 0.005]),
            "birth_date": born,
            "education": rng.choice(LEVELS[1:], count, p=[0.05, 0.4, 0.3, 0.2, 0.04, 0.01]),
            "conduct": rng.random(count) < 0.99,
            "medical": rng.random(count) < 0.95,
            "scarce_skill": _sometimes(rng, count, 0.02, 0.1),
            **grounds,
        }
    ).with_columns(pl.col("birth_date").cast(pl.Date))


def _sometimes(rng: np.random.Generator, count: int, true: float, unknown: float) -> pl.Series:
    drawn = rng.random(count)
    return (
        pl.Series(np.where(drawn < true, 1, 0))
        .cast(pl.Boolean)
        .zip_with(pl.Series(drawn < 1 - unknown), pl.Series([None], dtype=pl.Boolean).extend_constant(None, count - 1))
    )


def median(work: Callable[[], object]) -> float:
    """Median seconds of RUNS runs after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        gc.collect()
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def openfisca(frame: pl.DataFrame, *, prepared: bool = False) -> Callable[[], object]:
    """The same 14 rules as OpenFisca variables over NumPy arrays; unknown counts as fine there.

    `prepared`: the arrays are made beforehand, so that only its rules are counted.
    """
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="people", label="applicant", is_person=True)
    system = TaxBenefitSystem([person])
    month, eternity = periods.DateUnit.MONTH, periods.DateUnit.ETERNITY

    def declare(name: str, kind: type, formula: Callable | None = None) -> None:
        body = {
            "value_type": kind,
            "entity": person,
            "label": name,
            "definition_period": eternity if formula is None else month,
        }
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    def inputs() -> dict[str, np.ndarray]:
        """The applicants' table as the arrays that OpenFisca takes."""
        return {
            "chinese": frame["nationality"].is_in(["中国", "CN"]).to_numpy(),
            "conduct_pass": frame["conduct"].to_numpy(),
            "medical_pass": frame["medical"].to_numpy(),
            "born": frame["birth_date"].to_physical().to_numpy().astype(np.int32),
            "rank": frame["education"].replace_strict(RANKS).to_numpy().astype(np.int32),
            "civil": (frame["position"] == "02").to_numpy(),
            **{f"ground_{n}": frame[f"ground_20_{n}"].fill_null(False).to_numpy() for n in range(1, 10)},
        }

    ready = inputs()
    for name, values in ready.items():
        declare(name, int if values.dtype == np.int32 else bool)
    limits = [int(np.datetime64(day).astype("datetime64[D]").astype(int)) for day in ("1990-01-22", "2008-01-22")]
    declare("r1", bool, lambda p, period: p("chinese", period))
    declare("r2", bool, lambda p, period: p("conduct_pass", period))
    declare("r3", bool, lambda p, period: (p("born", period) > limits[0]) * (p("born", period) <= limits[1]))
    declare("r4", bool, lambda p, period: p("rank", period) >= np.where(p("civil", period), CIVIL, FIELD))
    declare("r5", bool, lambda p, period: p("medical_pass", period))

    def without(ground: str) -> Callable:
        return lambda p, period: np.logical_not(p(ground, period))

    for n in range(1, 10):
        declare(f"r{n + 5}", bool, without(f"ground_{n}"))

    def mask(p: Callable, period: object) -> np.ndarray:
        total = np.zeros(len(frame), dtype=np.int32)
        for bit in range(14):
            total += np.logical_not(p(f"r{bit + 1}", period)).astype(np.int32) << bit
        return total

    declare("mask", int, mask)

    def run() -> object:
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(system, count=len(frame))
        for name, values in (ready if prepared else inputs()).items():
            simulation.set_input(name, "ETERNITY", values)
        return simulation.calculate("mask", "2026-01")

    return run


SQL = """
SELECT count(*) FILTER (WHERE mask > 0) FROM (SELECT
  (nationality NOT IN ('中国', 'CN'))::int | (NOT conduct)::int << 1
  | (NOT (born > date '1990-01-22' AND born <= date '2008-01-22'))::int << 2
  | (rank < CASE WHEN position = '02' THEN {civil} ELSE {field} END)::int << 3 | (NOT medical)::int << 4
  | {grounds} AS mask FROM applicant) judged
"""


def plain_sql(frame: pl.DataFrame) -> Callable[[], object]:
    """The same rules in the embedded PostgreSQL, in place."""
    import tempfile

    import psycopg

    from fujing.kernel.postgres import server

    folder = Path(tempfile.mkdtemp())
    connection = psycopg.connect(host=server.embedded_host(folder), user="postgres", dbname="postgres", autocommit=True)
    grounds = [f"g{n}" for n in range(1, 10)]
    connection.execute(
        "CREATE TABLE applicant (nationality text, conduct boolean, medical boolean, born date, rank int, position text,"
        + ", ".join(f"{ground} boolean" for ground in grounds)
        + ")"
    )
    rows = frame.select(
        "nationality",
        "conduct",
        "medical",
        "birth_date",
        pl.col("education").replace_strict(RANKS),
        "position",
        *(f"ground_20_{n}" for n in range(1, 10)),
    )
    with connection.cursor().copy("COPY applicant FROM STDIN (FORMAT csv)") as copy:
        copy.write(rows.write_csv(include_header=False))
    connection.execute("ANALYZE applicant")
    query = SQL.format(
        civil=CIVIL,
        field=FIELD,
        grounds=" | ".join(f"(coalesce({g}, false))::int << {n + 5}" for n, g in enumerate(grounds)),
    )

    def run() -> object:
        return connection.execute(query).fetchone()

    run.stop = lambda: (connection.close(), server.embedded_stop(folder))  # type: ignore[attr-defined]
    return run


def main() -> int:
    applicants = people(PEOPLE)
    book = replace(RECRUITMENT, rules=tuple(rule for rule in RECRUITMENT.rules if rule.id in RULES))
    assert len(book.rules) == 14
    parameters = book.parameters(CUTOFF)
    posts = {post.code: post_facts(post) for post in ANNOUNCEMENT.positions}
    frame = applicant_facts(ANNOUNCEMENT, applicants, posts)
    masks = book.evaluate(frame, parameters).masks
    rules_alone = median(lambda: book.evaluate(frame, parameters).masks)
    ours = median(lambda: book.evaluate(applicant_facts(ANNOUNCEMENT, applicants, posts), parameters).masks)
    peer, peer_alone = openfisca(applicants), median(openfisca(applicants, prepared=True))
    sql = plain_sql(applicants)
    times = {"OpenFisca": median(peer), "PostgreSQL": median(sql)}
    sql.stop()  # type: ignore[attr-defined]
    print(f"{PEOPLE:,} applicants, 14 rules, median of {RUNS} runs, {os.cpu_count()} cores")
    print("from the applicants' table to the masks:")
    print(f"fujing (three-valued)            {ours:.3f} s")
    for name, seconds in times.items():
        print(f"{name:<32} {seconds:.3f} s   {seconds / ours:.1f} × ours")
    print("the rules alone, the inputs prepared beforehand:")
    print(f"fujing (three-valued)            {rules_alone:.3f} s")
    print(f"{'OpenFisca':<32} {peer_alone:.3f} s   {peer_alone / rules_alone:.1f} × ours")
    violated, undetermined = ((masks[name] > 0).sum() for name in ("violated", "undetermined"))
    print(f"violated {violated:,}, undetermined {undetermined:,}")
    row = posts[applicants["position"][0]].said | frame.row(0, named=True)
    person = applicants.row(0, named=True)
    one = median(lambda: book.explain(row, parameters))
    every = median(lambda: RECRUITMENT.explain(row, parameters))
    whole = median(lambda: screen_person(ANNOUNCEMENT, person, today=CUTOFF, all=True))
    print(f"one person explained: {one * 1000:.2f} ms (14 rules), {every * 1000:.2f} ms (all that apply)")
    print(f"from the application to every sentence, the post's facts included: {whole * 1000:.2f} ms")
    return int(ours > times["OpenFisca"] or rules_alone > peer_alone or max(one, every, whole) > ONE_PERSON)


if __name__ == "__main__":
    sys.exit(main())
