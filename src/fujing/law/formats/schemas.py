"""The public formats as JSON Schema, made from what reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fujing.kernel.exchange import Column
from fujing.law.findings import Finding
from fujing.law.formats import applicants, duties, pay, roster, scores, tier_scheme, tiers
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.pay_scheme import ROOT, Scheme

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "decimal": {"type": "number"},
    "money": {"type": "number", "minimum": 0},
    "integer": {"type": "integer"},
    "bool": {"enum": ["是", "否"]},
}


def announcement_schema() -> dict[str, Any]:
    """The file: an `announcement`, and beside it notes that are ignored."""
    model = Announcement.model_json_schema()
    definitions = model.pop("$defs")
    for part in (model, *definitions.values()):
        _may_be_null(part)
    return {"type": "object", "required": ["announcement"], "properties": {"announcement": model}, "$defs": definitions}


def pay_scheme_schema() -> dict[str, Any]:
    """The file: a `pay_scheme` and nothing beside it."""
    model = Scheme.model_json_schema()
    definitions = model.pop("$defs")
    for part in (model, *definitions.values()):
        _may_be_null(part)
    kinds = model["properties"]["items"]["items"]
    kinds.pop("discriminator")
    kinds["anyOf"] = kinds.pop("oneOf")
    properties = {ROOT: model}
    return {
        "type": "object",
        "required": [ROOT],
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def tier_scheme_schema() -> dict[str, Any]:
    """The file: a `tier_scheme` and nothing beside it."""
    model = tier_scheme.TierScheme.model_json_schema()
    definitions = model.pop("$defs")
    for part in (model, *definitions.values()):
        _may_be_null(part)
    return {
        "type": "object",
        "required": [tier_scheme.ROOT],
        "additionalProperties": False,
        "properties": {tier_scheme.ROOT: model},
        "$defs": definitions,
    }


def findings_schema() -> dict[str, Any]:
    """Findings as the documents of the commands list them."""
    model = Finding.model_json_schema()
    # References are resolved from the top of the document, so the definitions stand there.
    return {"type": "array", "$defs": model.pop("$defs"), "items": model}


def _may_be_null(part: dict[str, Any]) -> None:
    """Every key that may be left out may be null, which says the same."""
    for key, shape in part.get("properties", {}).items():
        if key not in part.get("required", ()) and {"type": "null"} not in shape.get("anyOf", ()):
            part["properties"][key] = {"anyOf": [shape, {"type": "null"}]}


def table_schema(title: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    """A table as an array of rows by English key; `title` of each is the header that officers write."""
    return {
        "title": title,
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [column.key for column in columns if column.required],
            "properties": {column.key: _cell(column) for column in columns},
        },
    }


def scores_schema() -> dict[str, Any]:
    """The score sheet; a stage by its name or kind, a score as a number or one of the words."""
    schema = table_schema("成绩表", tuple(scores.COLUMNS))
    cells = schema["items"]["properties"]
    cells["stage"]["enum"] = [*scores.STAGE_NAMES, *scores.STAGE_NAMES.values()]
    number = {"type": "string", "pattern": scores.NUMBER}
    marks = [{"type": "number", "minimum": 0, "exclusiveMaximum": 10**6}, number, {"enum": list(scores.WORDS)}]
    cells["score"] = {"title": scores.LABELS["score"], "anyOf": marks}
    return schema


def roster_schema() -> dict[str, Any]:
    """The workbook: people, and beside them the sheet 机关, which may be absent."""
    return {
        "title": "花名册",
        "type": "object",
        "additionalProperties": False,
        "required": ["people"],
        "properties": {
            "people": table_schema("花名册", roster.COLUMNS),
            "organs": table_schema(roster.ORGAN_SHEET, roster.ORGAN_COLUMNS),
        },
    }


def _cell(column: Column) -> dict[str, Any]:
    cell = {"enum": list(column.choices)} if column.kind == "choice" else TYPES[column.kind]
    bounds = {"minimum": column.low, "maximum": column.high} if column.low is not None else {}
    if column.required:
        return {**cell, **bounds, "title": column.label}
    words = [{"enum": list(column.words)}] if column.words else []
    return {"title": column.label, "anyOf": [{**cell, **bounds}, *words, {"type": "null"}]}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "announcement": announcement_schema,
    "applicants": lambda: table_schema("报名表", applicants.COLUMNS),
    "scores": scores_schema,
    "roster": roster_schema,
    "duties": lambda: table_schema("派勤表", duties.COLUMNS),
    "pay_scheme": pay_scheme_schema,
    "pay_people": lambda: table_schema("人员表", pay.PEOPLE_COLUMNS),
    "pay_months": lambda: table_schema("月份表", pay.MONTHS_COLUMNS),
    "tier_scheme": tier_scheme_schema,
    "tier_people": lambda: table_schema("人员表", tiers.PEOPLE_COLUMNS),
    "tier_appraisals": lambda: table_schema("年度考核表", tiers.APPRAISALS_COLUMNS),
    "tier_honours": lambda: table_schema("表彰奖励表", tiers.HONOURS_COLUMNS),
    "findings": findings_schema,
}
"""By the name that `fujing schema` takes; a format's reader adds its own."""
