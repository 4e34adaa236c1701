"""The exported JSON Schema and the reader agree on what an announcement may say."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fujing.kernel.exchange import Column
from fujing.law.announcements import check_announcement
from fujing.law.formats.announcement import read_announcement
from fujing.law.formats.documents import DocumentError, read_document
from fujing.law.formats.schemas import SCHEMAS, announcement_schema, table_schema
from tests.law.schema_validator import faults
from tests.law.test_headings import HEADINGS

FOLDER = Path(__file__).parent / "announcements"
COMPLETE = Path(__file__).parent / "cases" / "complete_announcement.yaml"
PRINTED = [FOLDER / "documented" / "example.yaml", COMPLETE, *sorted(FOLDER.glob("*.yaml"))]
SCHEMA = announcement_schema()
VALUES: tuple[Any, ...] = (
    None,
    0,
    -1,
    2,
    0.5,
    "",
    "文字",
    "01",
    "60",
    "1/3",
    "2008-01",
    "2026-01-22",
    "veteran",
    ["veteran"],
    [],
    {},
    True,
    "written",
    510722000000,
)
# Agreement between parts, and what only the reader knows: the schema can't say these.
BEYOND = (
    "应各不相同",
    "没有这个",
    "stages 中没有",
    "早于",
    "晚于",
    "高于",
    "不能同时",
    "重复",
    "应为日期",
    "职责编号",
    "应为 priority",
)


def plain(path: Path) -> dict[str, Any]:
    """The document as JSON has it."""
    found: dict[str, Any] = json.loads(json.dumps(read_document(path), default=float))
    return found


def changed(pick: Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with one value, somewhere in it, put in the place of another."""
    document = copy.deepcopy(document)
    holders: list[Any] = [document["announcement"]]
    for holder in holders:
        inside = holder.values() if isinstance(holder, dict) else holder
        holders += [each for each in inside if isinstance(each, dict | list) and each]
    holder = pick.choice(holders)
    key = pick.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[key] = copy.deepcopy(pick.choice(VALUES))
    return document


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_every_printed_announcement_is_valid(path: Path) -> None:
    assert faults(plain(path), SCHEMA, SCHEMA) == []


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_what_is_said_of_it_is_valid(path: Path) -> None:
    findings = check_announcement(read_announcement(path), today=date(2026, 6, 1))
    schema = SCHEMAS["findings"]()
    assert faults([finding.model_dump(mode="json") for finding in findings], schema, schema) == []
    assert faults([{"provision": "18.3"}], schema, schema) != []


def test_the_tables_are_valid_row_by_row() -> None:
    schema = SCHEMAS["applicants"]()
    row = {"id": "A1", "position": "01", "sex": "男", "height_cm": 168, "veteran": "是", "ground_20_1": None}
    assert faults([row], schema, schema) == []
    assert len(faults([row | {"height_cm": 30, "sex": "其他", "age": 18}], schema, schema)) == 3
    scores = SCHEMAS["scores"]()
    for score in ("80.5", 80.5, "缺考"):
        assert faults([{"id": "A1", "stage": "笔试", "score": score, "item": None}], scores, scores) == []
    for wrong in ({"stage": "笔试"}, {"stage": "口试", "score": 80}, {"stage": "笔试", "score": "良好"}):
        assert faults([{"id": "A1"} | wrong], scores, scores) != []


def test_a_roster_is_valid_with_its_statements_and_without_its_organs() -> None:
    schema = SCHEMAS["roster"]()
    person = {
        "name": "王建国",
        "inducted_on": "无",
        "returned_card": "未收回",
        "monthly_pay": 5000,
        "insured_pension": "否",
    }
    organ = {"code": "510722000000", "quota": 10, "income": 47336.5}
    assert faults({"people": [person], "organs": [organ]}, schema, schema) == []
    assert faults({"people": [person]}, schema, schema) == []
    for wrong in ({"hired_on": 20240301}, {"monthly_pay": -1}, {"employment": "劳务派遣"}, {"age": 3}):
        assert faults({"people": [person | wrong]}, schema, schema) != [], wrong
    assert faults({"people": [], "organs": [{"quota": 1}]}, schema, schema) != []


def test_each_kind_of_column_has_its_type_and_bounds() -> None:
    schema = table_schema(
        "表",
        (
            Column("a", "甲", required=True),
            Column("b", "乙", "date", words=("无",)),
            Column("c", "丙", "decimal", low=1, high=2),
            Column("d", "丁", "money"),
            Column("e", "戊", "integer", required=True, low=0, high=9),
            Column("f", "己", "bool"),
            Column("g", "庚", "choice", choices={"男": "male"}),
        ),
    )
    null = {"type": "null"}
    assert schema == {
        "title": "表",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["a", "e"],
            "properties": {
                "a": {"title": "甲", "type": "string"},
                "b": {"title": "乙", "anyOf": [{"type": "string", "format": "date"}, {"enum": ["无"]}, null]},
                "c": {"title": "丙", "anyOf": [{"type": "number", "minimum": 1, "maximum": 2}, null]},
                "d": {"title": "丁", "anyOf": [{"type": "number", "minimum": 0}, null]},
                "e": {"title": "戊", "type": "integer", "minimum": 0, "maximum": 9},
                "f": {"title": "己", "anyOf": [{"enum": ["是", "否"]}, null]},
                "g": {"title": "庚", "anyOf": [{"enum": ["男"]}, null]},
            },
        },
    }


def test_each_schema_is_that_of_its_file() -> None:
    made = {name: schema() for name, schema in SCHEMAS.items()}
    assert {name: each.get("title") for name, each in made.items()} == {
        "announcement": None,
        "applicants": "报名表",
        "scores": "成绩表",
        "roster": "花名册",
        "duties": "派勤表",
        "pay_scheme": None,
        "pay_people": "人员表",
        "pay_months": "月份表",
        "tier_scheme": None,
        "tier_people": "人员表",
        "tier_appraisals": "年度考核表",
        "tier_honours": "表彰奖励表",
        "findings": None,
    }
    assert [made[name]["required"] for name in ("announcement", "pay_scheme", "roster")] == [
        ["announcement"],
        ["pay_scheme"],
        ["people"],
    ]
    roster = made["roster"]
    assert (roster["type"], roster["additionalProperties"]) == ("object", False)
    assert {key: each["title"] for key, each in roster["properties"].items()} == {"people": "花名册", "organs": "机关"}
    score = made["scores"]["items"]["properties"]["score"]
    assert [each.get("type", "enum") for each in score["anyOf"]] == ["number", "string", "enum"]
    assert (score["anyOf"][0]["minimum"], score["anyOf"][0]["exclusiveMaximum"]) == (0, 1_000_000)


def test_the_form_of_a_condition_is_one_word_or_a_list_and_never_an_empty_one() -> None:
    document = plain(PRINTED[0])
    (point,) = document["announcement"]["bonus"]["points"]
    assert point["when"] == "veteran"
    for when, valid in ((["veteran", "skill"], True), ([], False), ("soldier", False)):
        point["when"] = when
        assert (faults(document, SCHEMA, SCHEMA) == []) is valid


@pytest.mark.parametrize("start", range(0, 1500, 500))
def test_schema_and_reader_refuse_the_same(tmp_path: Path, start: int) -> None:
    file, documents = tmp_path / "a.json", [plain(path) for path in PRINTED]
    for seed in range(start, start + 500):
        pick = Random(seed)
        document = changed(pick, pick.choice(documents))
        file.write_text(json.dumps(document), "utf-8")
        refused = faults(document, SCHEMA, SCHEMA)
        try:
            read_announcement(file)
        except DocumentError as error:
            said = [str(fault) for fault in error.faults]
            assert refused or any(words in each for each in said for words in BEYOND), f"{seed}: {said}"
        else:
            assert refused == [], f"seed {seed}"


def bounds(part: Any, where: str, found: dict[str, dict[str, Any]]) -> None:
    """What a field's own declaration says of numbers, lengths and what is meant where it is left out."""
    if isinstance(part, dict):
        kept = ("minimum", "maximum", "minItems", "maxItems", "default")
        said = {key: part[key] for key in kept if part.get(key) not in (None, []) and "exclusiveMaximum" not in part}
        if said:
            found.setdefault(where, {}).update(said)
        for key, each in part.items():
            if key != "default":
                named = key not in ("properties", "anyOf", "items", "$defs", "additionalProperties")
                bounds(each, f"{where}.{key}".strip(".") if named else where, found)
    elif isinstance(part, list):
        for each in part:
            bounds(each, where, found)


def test_the_announcements_own_bounds_and_what_is_meant_where_nothing_is_written() -> None:
    found: dict[str, dict[str, Any]] = {}
    bounds(SCHEMA, "", found)
    age, some = {"minimum": 0, "maximum": 120}, {"minItems": 1}
    sources = ["medical", "background", "publicity", "hire"]
    assert found == {
        "announcement.positions": some,
        "Admit.plus": {"minimum": 0},
        "Admit.ties": {"default": "admit_all"},
        "Age.min": age,
        "Age.max": age,
        "AgeRelaxation.max": age,
        "AgeRelaxation.when": some,
        "Bonus.range": {"minItems": 2, "maxItems": 2},
        "BonusPoint.when": some,
        "Contract.term_months": {"minimum": 1},
        "EducationRelaxation.when": some,
        "Gate.need": {"minimum": 1},
        "Organ.code": {"minimum": 10**11, "maximum": 10**12 - 1},
        "Organ.kind": {"default": "public_security"},
        "Panel.combine": {"default": "mean"},
        "Plan.headcount": {"minimum": 0},
        "Plan.used": {"minimum": 0},
        "Pool.when": some,
        "Position.headcount": {"minimum": 1},
        "Refill.times": {"default": "unlimited", "minimum": 0},
        "Refill.from": {"default": sources},
        "Reserve.months": {"minimum": 0},
        "Rounding.digits": {"default": 2, "minimum": 0, "maximum": 6},
        "Rounding.mode": {"default": "half_up"},
        "Scored.combine": {"default": "mean"},
        "Stage.days": {"minimum": 0},
        "Stage.exempt": some,
    }


def test_a_code_and_one_text_or_several_have_their_shapes() -> None:
    parts = SCHEMA["$defs"]
    code = parts["Organ"]["properties"]["code"]["anyOf"][0]
    assert (code["type"], code["pattern"]) == (["string", "integer"], r"^\d{12}$")
    one = {"type": ["string", "number"], "minLength": 1}
    listed = [
        *(parts["Contacts"]["properties"][key] for key in ("consultation", "supervision")),
        *(SCHEMA["properties"]["announcement"]["properties"][key] for key in ("workplaces", "papers")),
    ]
    for each in listed:
        shape, null = each["anyOf"]
        assert shape["anyOf"] == [one, {"type": "array", "items": one}]
        assert null == {"type": "null"}
    assert parts["Position"]["properties"]["duties"]["anyOf"][0]["items"] == one


def test_beside_an_announcement_notes_may_stand_and_beside_a_scheme_nothing() -> None:
    assert [SCHEMAS[name]().get("additionalProperties") for name in ("announcement", "pay_scheme", "tier_scheme")] == [
        None,
        False,
        False,
    ]
    assert {name: SCHEMAS[name]()["type"] for name in SCHEMAS} == {
        **dict.fromkeys(SCHEMAS, "array"),
        **dict.fromkeys(["announcement", "pay_scheme", "tier_scheme", "roster"], "object"),
    }
    assert SCHEMAS["tier_scheme"]()["required"] == ["tier_scheme"]


def test_every_table_has_the_columns_of_its_reader() -> None:
    assert {
        name: len(SCHEMAS[name]()["items"]["properties"])
        for name in SCHEMAS
        if SCHEMAS[name]()["type"] == "array" and name != "findings"
    } == {
        "applicants": len(HEADINGS["报名表"][0]),
        "scores": 5,
        "duties": 14,
        "pay_people": 12,
        "pay_months": 11,
        "tier_people": 12,
        "tier_appraisals": 3,
        "tier_honours": 3,
    }
    stage = SCHEMAS["scores"]()["items"]["properties"]["stage"]
    assert (len(stage["enum"]), stage["enum"][0], stage["enum"][10]) == (20, "资格审查", "qualification_review")
    word = SCHEMAS["scores"]()["items"]["properties"]["score"]["anyOf"][2]
    assert word == {"enum": ["违纪", "放弃", "缺考", "不合格", "合格"]}
