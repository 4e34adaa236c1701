"""A check's answer as tables that pages walk through: made once, read again without the roster and without the rules."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from fujing.kernel.exchange import Column
from fujing.law.findings import Outcome
from fujing.law.formats.roster import COLUMNS, Roster
from fujing.law.roster.check import RosterCheck
from fujing.law.roster.reports import file_name
from fujing.law.rulebooks.people import PEOPLE
from fujing.law.rulebooks.people.facts import Auxiliary
from fujing.law.rulebooks.people.organs import OrganFigures

FINDINGS = {
    "row": pl.Int64,
    "provision": pl.String,
    "rule": pl.String,
    "outcome": pl.String,
    "subject": pl.String,
    "message": pl.String,
    "remedy": pl.String,
    "facts": pl.String,
}
SENTENCES = ("message", "facts")
BESIDE = ("organ_code", "name", "unit", "post")
RECURRING = ("provision", "rule", "outcome", "remedy", "organ_code", "unit", "post")
BLOCK = 5_000
"""Findings whose sentences are opened together."""
STANDINGS = {"serving": "在职", "left": "已离职", "excluded": "不属于辅警", "later": "尚未入职"}
"""How a row is judged: one of the people in service, by the rules on leaving, only as not belonging here, not at all."""
COUNTED = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE)
WRITTEN = {column.key: column for column in COLUMNS}
FACTS = {name: fact.label for facts in (Auxiliary, OrganFigures) for name, fact in facts.declared().items()}


@dataclass(frozen=True, slots=True)
class Told:
    """What a check said. `head`: file, day, organs with what is said of each, totals, what isn't covered.

    `people`: every row as the file has it, with `standing` and the number of its findings by outcome. `findings`: one a
    row, as in FORMATS, `facts` as JSON text. `organs`: the sheet 机关 as the file has it.
    """

    head: dict[str, Any]
    people: pl.DataFrame
    findings: pl.DataFrame
    organs: pl.DataFrame | None = None


def told(check: RosterCheck) -> Told:
    """The answer of a check, every sentence made."""
    columns: dict[str, list[Any]] = {name: [] for name in FINDINGS}
    for finding in check.findings():
        for name in FINDINGS:
            columns[name].append(getattr(finding, name))
    columns["facts"] = [json.dumps(facts, ensure_ascii=False, default=str) for facts in columns["facts"]]
    findings = pl.DataFrame(columns, schema=FINDINGS)
    people = _people(check, findings)
    return Told(_head(check, people, findings), people, findings, check.roster.organs)


def _people(check: RosterCheck, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows with how they are judged and how many findings each has."""
    found = check.people
    # Of several that hold a row, the first says how it is judged.
    known = [
        frame.select("row", pl.lit(standing).alias("standing"))
        for frame, standing in ((found.judged, "serving"), (found.left, "left"), (found.recorded, "later"))
    ]
    standings = pl.concat(known).unique("row", keep="first", maintain_order=True)
    counts = findings.group_by("row").agg(
        (pl.col("outcome") == outcome).sum().cast(pl.Int64).alias(outcome) for outcome in COUNTED
    )
    joined = check.roster.people.join(counts, on="row", how="left", maintain_order="left")
    judged = joined.join(standings, on="row", how="left", maintain_order="left")
    return judged.with_columns(
        pl.col("standing").fill_null("excluded"), *(pl.col(outcome).fill_null(0) for outcome in COUNTED)
    )


def _head(check: RosterCheck, people: pl.DataFrame, findings: pl.DataFrame) -> dict[str, Any]:
    of_organs = findings.filter(pl.col("row").is_null()).to_dicts()
    said: dict[str, dict[str, Any]] = {}
    for finding in of_organs:
        said.setdefault(finding["subject"], {})[finding["rule"]] = finding
    outcomes = Counter(findings["outcome"].to_list())
    return {
        "file": file_name(check),
        "as_of": check.as_of.isoformat(),
        "receipt": PEOPLE.version(check.judged[1].parameters),
        "organs": [{**organ, "said": said.get(organ["code"], {})} for organ in check.organs],
        "totals": [(*key, count) for key, count in check.totals.items()],
        "remedies": _remedies(findings),
        "not_covered": check.not_covered,
        "notes": list(check.roster.notes),
        "rows": people.height,
        "standings": dict(people["standing"].value_counts().iter_rows()),
        "outcomes": {outcome: outcomes[outcome] for outcome in Outcome},
        "people": {outcome: int((people[outcome] > 0).sum()) for outcome in COUNTED},
    }


def _remedies(findings: pl.DataFrame) -> dict[str, str]:
    """What is to be done by rule: that of the gravest outcome that it has."""
    gravity = pl.col("outcome").replace_strict({outcome: place for place, outcome in enumerate(COUNTED)})
    told = findings.filter(pl.col("remedy").is_not_null()).with_columns(gravity.alias("gravity"))
    first = told.sort("gravity", maintain_order=True).unique("rule", keep="first", maintain_order=True)
    return dict(first.select("rule", "remedy").iter_rows())


def packed(answer: Told) -> dict[str, bytes]:
    """The parts as bytes: the head without the tables, and what findings are sought by without their sentences.

    Sentences and facts are most of an answer, and a page shows a hundred of them: they lie in parts of BLOCK findings.
    """
    said = answer.findings.select(SENTENCES)
    return {
        "head": json.dumps(answer.head, ensure_ascii=False).encode(),
        "people": arrow(answer.people),
        "index": arrow(_index(answer)),
        "organs": arrow(answer.organs) if answer.organs is not None else b"",
        **{_block(place): arrow(said[place : place + BLOCK]) for place in range(0, said.height, BLOCK)},
    }


def _index(answer: Told) -> pl.DataFrame:
    """The findings without sentences and facts, with what is shown beside them of their row; words that recur are kept once.

    `organ_code` is that of the row, or the organ that the finding is about.
    """
    absent = [pl.lit(None, pl.String).alias(key) for key in BESIDE if key not in answer.people.columns]
    people = answer.people.with_columns(absent).select("row", *BESIDE)
    found = answer.findings.drop(SENTENCES).join(people, on="row", how="left", maintain_order="left")
    of_organ = pl.when(pl.col("row").is_null()).then(pl.col("subject")).otherwise(pl.col("organ_code"))
    recurring = pl.col(*RECURRING).cast(pl.Categorical)
    return found.with_columns(of_organ.alias("organ_code")).with_columns(recurring)


def _block(place: int) -> str:
    """The part that holds the sentence of a finding, by its place among all."""
    return f"sentences-{place // BLOCK}"


def index_of(part: Callable[[str], bytes]) -> pl.DataFrame:
    """The index of the findings, with their `place` among all."""
    return table(part("index")).with_row_index("place").cast({"place": pl.Int64})


def with_sentences(part: Callable[[str], bytes], found: Sequence[dict[str, Any]]) -> None:
    """Give some rows of the index their sentence and facts; only the parts that hold them are opened."""
    blocks: dict[str, pl.DataFrame] = {}
    for finding in found:
        name = _block(finding["place"])
        if name not in blocks:
            blocks[name] = table(part(name))
        finding |= blocks[name].row(finding["place"] % BLOCK, named=True)


def arrow(frame: pl.DataFrame) -> bytes:
    """A table as a part."""
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def table(content: bytes) -> pl.DataFrame:
    """A table of `packed`."""
    return pl.read_ipc(io.BytesIO(content))


def roster_of(part: Callable[[str], bytes]) -> Roster:
    """The roster whose parts these are, as it was read from the file."""
    people = table(part("people")).drop("standing", *COUNTED)
    organs = part("organs")
    return Roster(part("name").decode(), people, table(organs) if organs else None)


def cells_of(person: dict[str, Any]) -> list[tuple[Column, str]]:
    """What the file says of a row, column by column as officers write it; an empty cell is an empty text."""
    return [(column, _written(column, person)) for column in COLUMNS if column.key in person]


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a finding under their Chinese labels; what a statement says stands for its date."""
    shown: dict[str, str] = {}
    for name, value in facts.items():
        label = FACTS.get(name)
        if label and not shown.get(label):
            column = WRITTEN.get(name)
            shown[label] = words_of(column, value) if value is not None else ""
    return [(label, value or "空白") for label, value in shown.items()]


def _written(column: Column, person: dict[str, Any]) -> str:
    value = person[column.key]
    return words_of(column, value) if value is not None else person.get(column.said) or ""


def words_of(column: Column | None, value: Any) -> str:
    """A value that isn't null as officers write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if column and column.choices:
        return next((word for word, meant in column.choices.items() if meant == value), str(value))
    return str(value)
