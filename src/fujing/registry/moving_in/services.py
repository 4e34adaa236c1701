"""The only writer of imported rosters: all of it in one transaction, or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from fujing.kernel import cipher
from fujing.kernel.actor import Actor
from fujing.kernel.bulk import insert_frame, new_ids
from fujing.kernel.fields import kept_columns
from fujing.kernel.locks import locked
from fujing.kernel.refusals import Refusal
from fujing.law.citizen_numbers import is_male
from fujing.law.formats.roster import Roster
from fujing.registry.models import Engagement, Organ, Person, RosterImport, RosterRecord, bureau_of
from fujing.registry.models.imports import FIGURES
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.engaging import category_of, follow, source_of
from fujing.registry.moving_in.plan import CHANGED, NEW, SAME, Plan, plan_of
from fujing.registry.moving_in.policies import check_move_in
from fujing.registry.moving_in.queries import last_imports
from fujing.registry.states import Sex


def roster_import(*, actor: Actor, roster: Roster, digest: str, as_of: date, seen: str) -> list[RosterImport]:
    """Import a roster; gives one import a bureau, none where there is nothing to do.

    `digest`: SM3 of the file in hexadecimal; `seen`: the token of the plan that the officer was shown. Refuses when
    what would be done isn't that any more; then nothing is written.
    """
    check_move_in(actor)
    lo, hi = actor.territory
    codes = [bureau_of(int(code)) for code in roster.people["organ_code"].drop_nulls().unique().to_list()]
    # Two officers with the same file meet here; the second then finds nothing to do.
    locked(Organ.objects.filter(pk__in=[code for code in codes if lo <= code <= hi]))
    plan = plan_of(actor, roster, digest, as_of)
    if not plan.writes:
        return []
    if plan.token != seen:
        raise Refusal("预览之后文件或者登记情况有变动，没有导入。请重新查看预览再确认。")
    imports = _imports(actor, plan)
    rows = plan.people.filter(pl.col("how") != SAME)
    for each in imports:
        _write(each, rows.filter(pl.col("bureau") == each.organ_code), as_of)
    return imports


def _imports(actor: Actor, plan: Plan) -> list[RosterImport]:
    """One for each bureau of which the file says anything new; columns and figures that it lacks are carried over."""
    last = last_imports(plan.bureaus)
    figures = {row["bureau"]: row for row in plan.figures.iter_rows(named=True)}
    counted = plan.people.group_by("bureau").agg((pl.col("how") == how).sum().alias(how) for how in (NEW, CHANGED))
    counts = {bureau: (new, changed) for bureau, new, changed in counted.iter_rows()}
    made = []
    for code in plan.bureaus:
        new, changed = counts.get(code, (0, 0))
        if not (new or changed or code in figures):
            continue
        before, line = last.get(code), figures.get(code, {})
        each = RosterImport(
            organ_code=code,
            file_name=Path(plan.file).name[:200],
            digest=plan.digest,
            as_of=plan.as_of,
            columns=_with(plan.columns, before.columns if before else []),
            organ_columns=_with(plan.organ_columns if line else [], before.organ_columns if before else []),
            created=new,
            changed=changed,
            made_by=actor.name,
            request_id=actor.request_id,
        )
        for name, kept in FIGURES.items():
            said = line[name] if name in line else getattr(before, kept, None)
            setattr(each, kept, "" if said is None and kept in ("organ_name", "income_source") else said)
        each.save()
        made.append(each)
    return made


def _with(names: list[str], others: list[str]) -> list[str]:
    return [*names, *(name for name in others if name not in names)]


def _write(made: RosterImport, rows: pl.DataFrame, as_of: date) -> None:
    """The people, engagements and records of one bureau."""
    rows = _people(made, rows)
    rows = _engagements(made, rows)
    superseded = rows["record"].drop_nulls().to_list()
    RosterRecord.objects.filter(pk__in=superseded).update(superseded_by=made)
    kept = {name: pl.col(name).alias(column) for name, column in FACTS.items()}
    insert_frame(
        RosterRecord,
        rows.select(
            "row",
            "period",
            pl.lit(made.organ_code).alias("organ_code"),
            pl.lit(made.pk).alias("roster_import_id"),
            pl.col("person").alias("person_id"),
            pl.col("engagement").alias("engagement_id"),
            *kept.values(),
        ),
    )
    follow(rows.filter(pl.col("how") == CHANGED)["person"].to_list())


def _people(made: RosterImport, rows: pl.DataFrame) -> pl.DataFrame:
    """Whoever has no file here gets one; several rows of one person share it."""
    fresh = rows.filter(pl.col("person").is_null()).unique("index", keep="last", maintain_order=True)
    if fresh.is_empty():
        return rows
    fresh = fresh.with_columns(new_ids(Person, fresh.height).alias("person"))
    insert_frame(
        Person, pl.DataFrame([_person(made, row) for row in fresh.iter_rows(named=True)], infer_schema_length=None)
    )
    known = fresh.select("index", pl.col("person").alias("made"))
    joined = rows.join(known, on="index", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("person", "made").alias("person")).drop("made")


def _person(made: RosterImport, row: dict[str, Any]) -> dict[str, Any]:
    number = row["id_number"]
    kept = kept_columns(Person, name=row["name"], id_number=number)
    return {
        "id": row["person"],
        "organ_code": made.organ_code,
        "name": row["name"],
        "sex": Sex.MALE if is_male(number) else Sex.FEMALE,
        "birth_date": row["born"],
        "id_number": _bytes(cipher.encrypt(number)),
        **{name: _bytes(value) if isinstance(value, bytes) else value for name, value in kept.items()},
        "education": row["education"] or "",
        "major": "",
        "household": "",
        "recorded_in_id": made.pk,
    }


def _bytes(value: bytes) -> str:
    """As PostgreSQL reads bytes from text."""
    return rf"\x{value.hex()}"


def _engagements(made: RosterImport, rows: pl.DataFrame) -> pl.DataFrame:
    """Whoever has a first day and no engagement yet gets one."""
    fresh = rows.filter(pl.col("engagement").is_null() & pl.col("lower").is_not_null())
    if fresh.is_empty():
        return rows
    fresh = fresh.with_columns(new_ids(Engagement, fresh.height).alias("made"))
    written = [
        {
            "id": row["made"],
            "organ_code": made.organ_code,
            "person_id": row["person"],
            "identity_key": cipher.key_of(bytes.fromhex(row["index"])),
            "category": category_of(row["category"]),
            "source": source_of(row["employment"], row["hired_on"]),
            "span": f"[{row['lower']},{row['upper'] or ''})",
            "exit_kind": "",
            "exit_note": "",
            "recorded_in_id": made.pk,
        }
        for row in fresh.iter_rows(named=True)
    ]
    insert_frame(Engagement, pl.DataFrame(written, infer_schema_length=None))
    joined = rows.join(fresh.select("row", "made"), on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("engagement", "made").alias("engagement")).drop("made")
