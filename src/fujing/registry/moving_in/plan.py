"""What importing a roster would do, and nothing written: whose rows are new, changed, the same, refused, and who is gone.

Everything is told from the file and from what stands in the registry at this moment, so that the page and the act say
the same or the act is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import CharField, F, Func, Max, Q, Value

from fujing.kernel import cipher
from fujing.kernel.actor import Actor
from fujing.kernel.bulk import frame_of
from fujing.kernel.digests import sm3
from fujing.kernel.exchange import DECIMAL
from fujing.kernel.refusals import Refusal
from fujing.law.formats.documents import Fault
from fujing.law.formats.roster import COLUMNS, LABELS, ORGAN_COLUMNS, Roster
from fujing.registry.models import Engagement, Person
from fujing.registry.models.imports import FIGURES
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.engaging import engaged
from fujing.registry.moving_in.queries import last_imports, standing_imports, standing_records
from fujing.registry.moving_in.refusals import NEEDED, born, bureaus_named, refused_organs, refused_rows

KINDS = {"date": pl.Date, "integer": pl.Int64, "money": DECIMAL, "bool": pl.Boolean}
TYPES = dict.fromkeys(FACTS, pl.String) | {column.key: KINDS[column.kind] for column in COLUMNS if column.kind in KINDS}
"""The type of each fact, whether it comes from a file or from a record."""
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Plan:
    """`people`: the accepted rows. Each has the facts, `bureau`, `index` (of the number, in hex), `period`, `how`, the ids
    of `person`, `record` and `engagement` as far as they are there, `lower` and `upper` of a new engagement, and
    `<fact>_was` beside each fact. `figures`: lines of the sheet 机关 that say something new. `gone`: people of these
    bureaus in service here, and not in the file. `bureaus`: code of each, and the columns known of it from now on.
    """

    file: str
    digest: str
    as_of: date
    people: pl.DataFrame
    figures: pl.DataFrame
    gone: pl.DataFrame
    refused: list[Fault]
    bureaus: list[int]
    columns: list[str]
    organ_columns: list[str]

    def count(self, how: str) -> int:
        """How many rows are new, changed or the same."""
        return int((self.people["how"] == how).sum())

    @property
    def writes(self) -> bool:
        """Whether there is anything to do."""
        return self.count(NEW) + self.count(CHANGED) + self.figures.height > 0

    @property
    def token(self) -> str:
        """Stands for exactly this file and these changes: what an officer has seen is what is done, or it is refused."""
        rows = self.people.select("row", "how", "person", "record", "engagement").write_csv()
        figures = self.figures.drop("row", strict=False).write_csv()
        return sm3(f"{self.digest}|{self.as_of}|{rows}|{figures}".encode()).hex()


def plan_of(actor: Actor, roster: Roster, digest: str, as_of: date) -> Plan:
    """What importing would do. Refuses a file without the columns of identity, or older than the last one imported."""
    read = roster.people
    if lacking := [LABELS[key] for key in NEEDED if key not in read.columns]:
        raise Refusal(f"花名册没有下列各列，不能导入：{'、'.join(lacking)}。")
    named = bureaus_named(read["organ_code"], actor.territory)
    people = read.with_columns(born(read)).join(
        named.rename({"said": "organ_code"}), on="organ_code", how="left", maintain_order="left"
    )
    refused = refused_rows(roster.file, people, as_of)
    accepted = people.filter(~pl.col("row").is_in(list({row for row, _ in refused})))
    figures, odd = _figures(actor, roster)
    bureaus = sorted({*accepted["bureau"].to_list(), *figures["bureau"].to_list()})
    _not_older(bureaus, as_of)
    known = _with_registry(accepted, bureaus)
    known, wrong = engaged(actor, roster.file, known, as_of)
    faults = [fault for _, fault in sorted([*refused, *wrong], key=lambda each: each[0])]
    columns = [key for key in roster.people.columns if key in TYPES or key == "id_number"]
    organ_columns = [each.key for each in ORGAN_COLUMNS if each.key in figures.columns]
    return Plan(
        roster.file,
        digest,
        as_of,
        known,
        _saying_something_new(figures, organ_columns),
        _gone(bureaus, people, as_of),
        faults + odd,
        bureaus,
        columns,
        organ_columns,
    )


def _not_older(bureaus: list[int], as_of: date) -> None:
    last = standing_imports(bureaus).aggregate(last=Max("as_of"))["last"]
    if last and as_of < last:
        raise Refusal(
            f"已导入过 {last} 的花名册，不能再导入更早（{as_of}）的。", errors={"as_of": [f"应不早于 {last}"]}
        )


def hex_of(column: str) -> Func:
    """A digest as text."""
    return Func(F(column), Value("hex"), function="encode", output_field=CharField())


def _with_registry(accepted: pl.DataFrame, bureaus: list[int]) -> pl.DataFrame:
    """The rows beside the people and records that they are of; what the file has no column for is carried over."""
    index = pl.Series("index", [cipher.blind(number).hex() for number in accepted["id_number"].to_list()], pl.String)
    hired = pl.col("hired_on") if "hired_on" in accepted.columns else pl.lit(None, pl.Date)
    period = hired.fill_null(date.max).rank("ordinal").over("bureau", "index") - 1
    rows = accepted.with_columns(index).with_columns(period.cast(pl.Int64).alias("period"))
    people = frame_of(
        Person.objects.filter(organ_code__in=bureaus),
        {
            "person": ("pk", pl.Int64),
            "bureau": ("organ_code", pl.Int64),
            "index": (hex_of("id_index"), pl.String),
            "name_known": ("name", pl.String),
            "person_import": ("recorded_in", pl.Int64),
        },
    )
    records = frame_of(
        standing_records().filter(organ_code__in=bureaus),
        {
            "record": ("pk", pl.Int64),
            "person": ("person_id", pl.Int64),
            "engagement": ("engagement_id", pl.Int64),
            "period": ("period", pl.Int64),
            **{f"{name}_was": (kept, TYPES[name]) for name, kept in FACTS.items()},
        },
    )
    rows = rows.join(people, on=["bureau", "index"], how="left", maintain_order="left")
    rows = rows.join(records, on=["person", "period"], how="left", maintain_order="left")
    told = [name for name in FACTS if name in rows.columns]
    rows = rows.with_columns(pl.col(f"{name}_was").alias(name) for name in FACTS if name not in told)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_was")) for name in told)
    how = (
        pl.when(pl.col("record").is_null())
        .then(pl.lit(NEW))
        .when(differs)
        .then(pl.lit(CHANGED))
        .otherwise(pl.lit(SAME))
    )
    return rows.with_columns(how.alias("how"))


def _figures(actor: Actor, roster: Roster) -> tuple[pl.DataFrame, list[Fault]]:
    """The lines of the sheet 机关 that are of bureaus of the territory, and those that aren't."""
    if roster.organs is None:
        return pl.DataFrame(schema={"row": pl.Int64, "bureau": pl.Int64}), []
    named = bureaus_named(roster.organs["code"], actor.territory)
    lines = roster.organs.join(named.rename({"said": "code"}), on="code", how="left", maintain_order="left")
    refused = list(refused_organs(roster.file, lines))
    taken = lines.filter(~pl.col("row").is_in([row for row, _ in refused]))
    return taken, [fault for _, fault in refused]


def _saying_something_new(figures: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Without the lines that repeat what the last import of the bureau says."""
    told = [(name, kept) for name, kept in FIGURES.items() if name in columns]
    last = last_imports(figures["bureau"].to_list())
    fresh = [
        row["bureau"]
        for row in figures.iter_rows(named=True)
        if (known := last.get(row["bureau"])) is None
        or any((row[name] or None) != (getattr(known, kept) or None) for name, kept in told)
    ]
    return figures.filter(pl.col("bureau").is_in(fresh))


def _gone(bureaus: list[int], people: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """People in service by the registry or by a record, of whom the file has no row at all."""
    numbers = people.filter(pl.col("born").is_not_null())["id_number"].unique().to_list()
    mentioned = pl.Series([cipher.blind(number).hex() for number in numbers], dtype=pl.String)
    serving = Engagement.objects.filter(organ_code__in=bureaus, span__endswith__isnull=True)
    recorded = (
        standing_records()
        .filter(organ_code__in=bureaus, engagement=None)
        .filter(Q(left_on=None) | Q(left_on__gt=as_of))
    )
    here = Person.objects.filter(organ_code__in=bureaus).filter(
        Q(pk__in=serving.values("person")) | Q(pk__in=recorded.values("person"))
    )
    found = frame_of(
        here,
        {
            "person": ("pk", pl.Int64),
            "bureau": ("organ_code", pl.Int64),
            "name": ("name", pl.String),
            "index": (hex_of("id_index"), pl.String),
        },
    )
    return found.filter(~pl.col("index").is_in(mentioned.implode())).sort("bureau", "name")
