"""What a finding is, over files, days and rows: its rule and whom it is about; and on which facts it rests.

Neither the row, nor the sentence, nor the order of a file is part of it. Both keys are keyed digests: a stored note
tells nobody without the key whom it is about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from fujing.kernel import cipher
from fujing.kernel.digests import sm3
from fujing.law.findings import Outcome
from fujing.law.rulebooks.people.upkeep import YEARLY

BY_ROW = "行"
"""How a subject begins that has no valid citizen number: only a row of one file."""


def is_known(subject: str) -> bool:
    """Whether a subject is the same in another file: a citizen number or an organ's code, not a row."""
    return not subject.startswith(BY_ROW)


def about_key(rule: str, subject: str) -> bytes:
    """The finding's identity."""
    return cipher.blind(f"{rule}|{subject}", "verification.about")


def facts_key(rule: str, facts: Mapping[str, Any], day: date) -> bytes:
    """The facts on which it rests, other rows of the file left out; of what is owed each year, the year as well."""
    shown = {name: str(value) for name, value in facts.items() if value is not None and not name.endswith("_rows")}
    year = day.year if rule in YEARLY else None
    told = json.dumps([rule, year, shown], ensure_ascii=False, sort_keys=True)
    return cipher.blind(sm3(told.encode()).hex(), "verification.facts")


KEYS = {"place": pl.Int64, "about": pl.Binary, "facts": pl.Binary}


def keys_of(findings: pl.DataFrame, day: date) -> pl.DataFrame:
    """Both keys of each finding of a check (`law/roster/told`) that can be verified, by its place among them."""
    asked = findings.with_row_index("place").filter(pl.col("outcome") == Outcome.UNDETERMINED)
    known = asked.filter(~pl.col("subject").str.starts_with(BY_ROW)).select("place", "rule", "subject", "facts")
    rows = [
        (place, about_key(rule, subject), facts_key(rule, json.loads(facts), day))
        for place, rule, subject, facts in known.iter_rows()
    ]
    return pl.DataFrame(rows, schema=KEYS, orient="row")
