"""The people of a territory as the rule book of a roster reads them: what is recorded, and what was done here since.

The same frame as from a file (`law/formats/roster`), so that `fujing checkup` answers as `fujing roster check` does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
from django.db.models import F, QuerySet

from fujing.general.quota.queries import accounts_below
from fujing.kernel.bulk import frame_of
from fujing.kernel.exchange import DECIMAL
from fujing.law.formats.roster import COLUMNS, NONE, Roster
from fujing.management.appraisal.queries import last_years_results
from fujing.management.outfit.models import Card
from fujing.management.outfit.states import HELD, CardState
from fujing.recruitment.plans.queries import places_approved
from fujing.registry.models import Assignment, Contract, Engagement, Person, RosterImport, RosterRecord
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.plan import TYPES
from fujing.registry.moving_in.queries import standing_records
from fujing.registry.queries import names_of
from fujing.registry.states import Category, ImportState, Source

DAY = timedelta(days=1)
KNOWN_HERE = [
    "name",
    "id_number",
    "category",
    "organ_code",
    "unit",
    "post",
    "education",
    "employment",
    "hired_on",
    "contract_kind",
    "contract_from",
    "contract_to",
    "contract_count",
    "probation_to",
    "left_on",
]
"""What the registry knows of people whom it hired itself."""
CATEGORIES = {str(each.value): each.label for each in Category}
KINDS = {"fixed": "fixed", "open_ended": "open"}


def recorded_roster(lo: int, hi: int) -> Roster:
    """Everybody of the organs from `lo` to `hi`, both inclusive, serving or gone; read within somebody's territory.

    A column is covered where some roster had it, or the registry itself knows it. `row` numbers the people; they stand
    by organ and then as in the file that they came from.
    """
    within: dict[str, Any] = {"organ_code__range": (lo, hi)}
    imports = list(RosterImport.objects.filter(state=ImportState.IMPORTED, **within).order_by("pk"))
    records = _records(standing_records().filter(**within))
    hired = _hired(Engagement.objects.filter(records__isnull=True, **within))
    people = pl.concat([records, hired], how="diagonal")
    people = _with_cards(_with_contracts(_with_places(people, within), within), within)
    people = _with_appraisals(people, within)
    people = people.join(_people(within), on="person", how="left", maintain_order="left").sort(
        "bureau", "roster_import", "sheet_row", "person", nulls_last=True
    )
    covered = {key for each in imports for key in each.columns}
    if hired.height or not imports:
        covered |= {*KNOWN_HERE}
    if people["card_number"].count():
        covered |= {"card_number", "card_valid_to"}
    if people["appraisal"].count():
        covered.add("appraisal")
    columns = [column for column in COLUMNS if column.key in covered]
    kept = [name for each in columns for name in ((each.key, each.said) if each.words else (each.key,))]
    rows = pl.int_range(2, people.height + 2, dtype=pl.Int64).alias("row")
    return Roster("系统登记", people.select(rows, *kept), _organs(lo, hi, imports))


def _records(rows: QuerySet[RosterRecord]) -> pl.DataFrame:
    """As recorded; whoever left by an act of the system left, whatever the file says."""
    found = frame_of(
        rows,
        {
            "person": ("person_id", pl.Int64),
            "bureau": ("organ_code", pl.Int64),
            "roster_import": ("roster_import_id", pl.Int64),
            "sheet_row": ("row", pl.Int64),
            "engagement": ("engagement_id", pl.Int64),
            "exit_kind": (F("engagement__exit_kind"), pl.String),
            "ended": ("engagement__span__endswith", pl.Date),
            **{name: (kept, TYPES[name]) for name, kept in FACTS.items()},
        },
    )
    left = pl.when(pl.col("exit_kind").is_not_null()).then(pl.col("ended")).otherwise(pl.col("left_on"))
    return found.with_columns(left.alias("left_on")).drop("exit_kind", "ended")


def _hired(rows: QuerySet[Engagement]) -> pl.DataFrame:
    """People without a record: what the registry knows of them."""
    found = frame_of(
        rows,
        {
            "person": ("person_id", pl.Int64),
            "bureau": ("organ_code", pl.Int64),
            "engagement": ("pk", pl.Int64),
            "name": ("person__name", pl.String),
            "category": ("category", pl.String),
            "education": ("person__education", pl.String),
            "employment": ("source", pl.String),
            "hired_on": ("span__startswith", pl.Date),
            "left_on": ("span__endswith", pl.Date),
        },
    )
    service = pl.when(pl.col("employment") == Source.SERVICE).then(pl.lit("purchased")).otherwise(pl.lit("direct"))
    return found.with_columns(
        service.alias("employment"),
        pl.col("category").replace(CATEGORIES),
        pl.col("bureau").cast(pl.String).alias("organ_code"),
    )


def _with_places(people: pl.DataFrame, within: dict[str, Any]) -> pl.DataFrame:
    """Where somebody was placed here stands for what a roster says."""
    places = frame_of(
        Assignment.objects.filter(span__endswith__isnull=True, **within),
        {
            "engagement": ("engagement_id", pl.Int64),
            "here_unit": ("unit__name", pl.String),
            "here_post": ("post__name", pl.String),
        },
    )
    joined = people.join(places, on="engagement", how="left", maintain_order="left")
    for key in ("unit", "post"):
        joined = joined.with_columns(pl.coalesce(f"here_{key}", key).alias(key))
    return joined.drop("here_unit", "here_post")


def _with_contracts(people: pl.DataFrame, within: dict[str, Any]) -> pl.DataFrame:
    """The last contract that was signed here stands for the one that a roster tells of; its days are inclusive there."""
    signed = frame_of(
        Contract.objects.filter(**within),
        {
            "engagement": ("engagement_id", pl.Int64),
            "here_kind": ("kind", pl.String),
            "here_count": ("sequence", pl.Int64),
            "here_from": ("span__startswith", pl.Date),
            "here_to": ("span__endswith", pl.Date),
            "here_probation": ("probation_until", pl.Date),
        },
    )
    last = signed.sort("here_from").unique("engagement", keep="last", maintain_order=True)
    joined = people.join(last, on="engagement", how="left", maintain_order="left")
    here = pl.col("here_kind").is_not_null()
    told = {
        "contract_kind": pl.col("here_kind").replace(KINDS),
        "contract_from": pl.col("here_from"),
        "contract_to": pl.col("here_to") - DAY,
        "contract_count": pl.col("here_count"),
        "probation_to": pl.col("here_probation") - DAY,
    }
    said = [name for name in joined.columns if name in {f"{key}_said" for key in told}]
    return joined.with_columns(
        *(pl.when(here).then(value).otherwise(pl.col(key)).alias(key) for key, value in told.items()),
        *(pl.when(~here).then(pl.col(name)).alias(name) for name in said),
    )


def _with_cards(people: pl.DataFrame, within: dict[str, Any]) -> pl.DataFrame:
    """The work card that was made here stands for the one of which a roster tells; 无 where it was lost or handed in."""
    cards = frame_of(
        Card.objects.filter(**within).exclude(state=CardState.REQUESTED),
        {
            "engagement": ("engagement_id", pl.Int64),
            "here_card": ("number", pl.String),
            "here_state": ("state", pl.String),
            "here_until": ("span__endswith", pl.Date),
        },
    )
    held = pl.col("here_state").is_in(list(map(str, HELD)))
    last = cards.sort(held, "here_until", "here_card").unique("engagement", keep="last", maintain_order=True)
    missing = {"card_number": pl.String, "card_valid_to": pl.Date, "card_valid_to_said": pl.String}
    people = people.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in missing.items() if name not in people.columns
    )
    joined = people.join(last, on="engagement", how="left", maintain_order="left")
    here = pl.col("here_card").is_not_null()
    return joined.with_columns(
        pl.when(held)
        .then(pl.col("here_card"))
        .when(here)
        .then(pl.lit(NONE))
        .otherwise("card_number")
        .alias("card_number"),
        pl.when(held).then(pl.col("here_until") - DAY).when(~here).then(pl.col("card_valid_to")).alias("card_valid_to"),
        pl.when(~here).then(pl.col("card_valid_to_said")).alias("card_valid_to_said"),
    ).drop("here_card", "here_state", "here_until")


def _with_appraisals(people: pl.DataFrame, within: dict[str, Any]) -> pl.DataFrame:
    """The final grade of last year's appraisal here stands for what a roster says."""
    graded = frame_of(
        last_years_results().filter(**within),
        {"engagement": ("engagement_id", pl.Int64), "here_appraisal": ("result", pl.String)},
    )
    joined = people.join(graded, on="engagement", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("here_appraisal", "appraisal").alias("appraisal")).drop("here_appraisal")


def _people(within: dict[str, Any]) -> pl.DataFrame:
    """Citizen numbers, deciphered: a check-up names people by them, as the command over a file does."""
    rows = Person.objects.filter(**within).values_list("pk", "id_number")
    return pl.DataFrame(list(rows), schema={"person": pl.Int64, "id_number": pl.String}, orient="row")


def _organs(lo: int, hi: int, imports: list[RosterImport]) -> pl.DataFrame | None:
    """Figures of the organs: quota and plans as given here, else as a roster's sheet 机关 says."""
    told = {each.organ_code: each for each in imports if each.organ_columns}
    quota = {each.organ_code: each.kept for each in accounts_below(lo, hi) if each.granted}
    planned = places_approved(lo, hi)
    codes = sorted({*told, *quota, *planned})
    if not codes:
        return None
    names = names_of(codes)
    covered = {key for each in told.values() for key in each.organ_columns}
    covered |= {"code", "name"} | ({"quota"} if quota else set()) | ({"planned"} if planned else set())
    rows = [
        {
            "row": place,
            "code": str(code),
            "name": names.get(code),
            "quota": quota.get(code, getattr(told.get(code), "quota", None)),
            "planned": planned.get(code, getattr(told.get(code), "planned", None)),
            "income": getattr(told.get(code), "income", None),
            "income_source": getattr(told.get(code), "income_source", None) or None,
        }
        for place, code in enumerate(codes, start=2)
    ]
    schema: dict[str, Any] = {
        "row": pl.Int64,
        "code": pl.String,
        "name": pl.String,
        "quota": pl.Int64,
        "planned": pl.Int64,
        "income": DECIMAL,
        "income_source": pl.String,
    }
    figures = pl.DataFrame(rows, schema=schema, orient="row")
    return figures.select("row", *(name for name in schema if name in covered))
