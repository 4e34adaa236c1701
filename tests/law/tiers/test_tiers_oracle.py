"""300 random schemes: everybody at once and the slow oracle find the same, batch after batch."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest

from fujing.law.tiers import evaluate, forecast
from fujing.law.tiers.batch import Status
from fujing.law.tiers.check import unsaid
from tests.law.tiers import generated
from tests.law.tiers.oracle import Oracle
from tests.law.tiers.tools import files_of, found, scheme_of

SCHEMES = int(os.environ.get("FUJING_ORACLE_SCHEMES", "300"))
AT_ONCE = 20
LATER = (date(2026, 7, 1), date(2027, 7, 1), date(2028, 1, 1))


@pytest.mark.parametrize("start", range(0, SCHEMES, AT_ONCE))
def test_a_random_scheme_and_the_oracle_agree(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + AT_ONCE):
        random = Random(seed)
        scheme = generated.scheme(random)
        people, grades, honours = generated.people(random, scheme, 16, random.choice((0, 0.1, 0.3)))
        quota, assumed = random.choice((None, 6, 15, 40)), random.choice((None, "称职", "优秀"))
        oracle = Oracle(scheme, people, grades, honours, quota, assumed)
        run = forecast(
            scheme_of(tmp_path, scheme),
            files_of(tmp_path, people, grades, honours),
            [generated.DAY, random.choice(LATER)],
            [] if quota is None else [(date(2020, 1, 1), quota)],
            assumed,
        )
        for batch in run.batches:
            expected, told = oracle.batch(batch.day), found(batch)
            for subject, (status, to) in expected.items():
                assert told[subject][0] == status, f"{seed} {batch.day} {subject}: {told[subject]} for {status, to}"
                if to != "?" and status in ("promoted", "entry", "demoted", "no_place", "unsettled", "choose"):
                    assert told[subject][1] == to, f"{seed} {batch.day} {subject}"


def test_the_random_schemes_meet_every_status_and_readings_that_differ(tmp_path: Path) -> None:
    met: dict[str, int] = {}
    silent = 0
    for seed in range(40):
        random = Random(seed)
        scheme = generated.scheme(random)
        people, grades, honours = generated.people(random, scheme, 40, 0.1)
        read = scheme_of(tmp_path, scheme)
        silent += any(True for version in read.versions for _ in unsaid(version))
        batch = evaluate(read, files_of(tmp_path, people, grades, honours), generated.DAY, [(date(2020, 1, 1), 20)])
        for status, number in batch.counts().items():
            met[status] = met.get(status, 0) + number
    assert set(met) == {str(each) for each in Status if each is not Status.AWAY}
    assert min(met.values()) >= 5, met
    assert 10 <= silent <= 40
