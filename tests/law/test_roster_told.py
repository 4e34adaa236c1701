"""A check's answer as pages read it: head, rows and findings of a small roster, whole; and packed and read again.

Row 2 has no tier, an empty pension cell and a card that ends in ten days; row 3 no pension and no induction date; row 4
has left and nothing says what was given back; row 5 is a village guard; row 6 joins in March.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.roster import read_roster
from fujing.law.roster import check_roster
from fujing.law.roster.told import (
    BLOCK,
    FINDINGS,
    Told,
    cells_of,
    facts_in_words,
    index_of,
    packed,
    roster_of,
    table,
    told,
    with_sentences,
)
from tests.law.roster_tools import DAY, id_number, person, written
from tests.law.test_roster_reports import BASE, FIRST, ORGAN

NUMBERS = {row: id_number("1996-01-01", row) for row in (3, 4, 5, 6)}
CODE = "510722000000"
ASK_AGAIN = "补充材料后重新核对"


def someone(row: int, **changed: str) -> dict[str, str | None]:
    return person(BASE, {"公民身份号码": NUMBERS[row], "工作证号": f"C{row}", **changed})


@pytest.fixture
def answer(tmp_path: Path) -> Told:
    people = [
        person(BASE, {"层级": "无", "养老": "null", "工作证有效期": "2026-02-01"}),
        someone(3, 岗前培训日期="null", 养老="否"),
        someone(4, 离职日期="2026-01-10"),
        someone(5, 岗位="护村队"),
        someone(6, 入职日期="2026-03-01"),
    ]
    return told(check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN])), DAY))


def test_the_head_counts_rows_people_and_findings(answer: Told) -> None:
    head = dict(answer.head)
    (organ,) = head.pop("organs")
    assert head.pop("receipt").startswith("sichuan-345.people@")
    assert head == {
        "file": "册.xlsx",
        "as_of": "2026-01-22",
        "totals": [
            ("3.p3", "roster.excluded", "violated", 1),
            ("23.p1", "roster.tier", "violated", 1),
            ("24", "roster.induction", "undetermined", 1),
            ("26", "roster.card", "advice", 1),
            ("34", "roster.insurance_pension", "violated", 1),
            ("34", "roster.insurance_pension", "undetermined", 1),
            ("26", "roster.exit_card", "undetermined", 1),
            ("26", "roster.exit_uniform", "undetermined", 1),
            ("26", "roster.exit_insignia", "undetermined", 1),
            ("6.p1", "roster.quota", "satisfied", 1),
            ("16.p3", "roster.plan", "satisfied", 1),
            ("33", "roster.pay_floor", "satisfied", 1),
        ],
        "remedies": {
            "roster.tier": "按层级方案评定层级",
            "roster.insurance_pension": "为其办理养老保险并补缴",
            "roster.excluded": "从警务辅助人员花名册中移出，不占用人额度",
            "roster.induction": ASK_AGAIN,
            "roster.exit_card": ASK_AGAIN,
            "roster.exit_uniform": ASK_AGAIN,
            "roster.exit_insignia": ASK_AGAIN,
            "roster.card": "到期前换发工作证",
        },
        "not_covered": [],
        "notes": [],
        "rows": 5,
        "standings": {"serving": 2, "left": 1, "excluded": 1, "later": 1},
        "outcomes": {"satisfied": 3, "violated": 3, "undetermined": 5, "advice": 1},
        "people": {"violated": 3, "undetermined": 3, "advice": 1},
    }
    said = organ.pop("said")
    assert organ == {"code": CODE, "name": "三台县公安局", "in_service": 2, "quota": 10}
    assert {rule: (each["outcome"], each["message"]) for rule, each in said.items()} == {
        "roster.quota": ("satisfied", "符合：在职2人，用人额度10人（第六条第一款）"),
        "roster.plan": ("satisfied", "符合：2021-03-01以来直接聘用3人，批准计划数10人（第十六条第三款）"),
        "roster.pay_floor": (
            "satisfied",
            "符合：人均一年60,000.00元，上年度城镇居民人均可支配收入47,336.00元（四川省统计局2025年公报）（第三十三条）",
        ),
    }


def test_every_row_says_how_it_is_judged_and_what_is_found(answer: Told) -> None:
    assert answer.people.select("row", "standing", "violated", "undetermined", "advice").rows() == [
        (2, "serving", 1, 1, 1),
        (3, "serving", 1, 1, 0),
        (4, "left", 0, 3, 0),
        (5, "excluded", 1, 0, 0),
        (6, "later", 0, 0, 0),
    ]


def test_findings_stand_in_the_order_of_the_rows_then_the_organs(answer: Told) -> None:
    assert answer.findings.schema == FINDINGS
    heads = answer.findings.select("row", "provision", "rule", "outcome", "subject", "remedy").rows()
    assert heads[:9] == [
        (2, "23.p1", "roster.tier", "violated", FIRST, "按层级方案评定层级"),
        (2, "26", "roster.card", "advice", FIRST, "到期前换发工作证"),
        (2, "34", "roster.insurance_pension", "undetermined", FIRST, ASK_AGAIN),
        (3, "24", "roster.induction", "undetermined", NUMBERS[3], ASK_AGAIN),
        (3, "34", "roster.insurance_pension", "violated", NUMBERS[3], "为其办理养老保险并补缴"),
        (4, "26", "roster.exit_card", "undetermined", NUMBERS[4], ASK_AGAIN),
        (4, "26", "roster.exit_uniform", "undetermined", NUMBERS[4], ASK_AGAIN),
        (4, "26", "roster.exit_insignia", "undetermined", NUMBERS[4], ASK_AGAIN),
        (5, "3.p3", "roster.excluded", "violated", NUMBERS[5], "从警务辅助人员花名册中移出，不占用人额度"),
    ]
    assert [each[:5] for each in heads[9:]] == [
        (None, "6.p1", "roster.quota", "satisfied", CODE),
        (None, "16.p3", "roster.plan", "satisfied", CODE),
        (None, "33", "roster.pay_floor", "satisfied", CODE),
    ]
    tier = answer.findings.row(0, named=True)
    assert tier["message"] == "没有评定层级，试用期已于2024-08-31届满（第二十三条第一款）"
    assert tier["facts"] == '{"tier": "无", "probation_to": "2024-08-31"}'


def test_what_is_packed_is_read_again(answer: Told) -> None:
    parts = packed(answer)
    assert list(parts) == ["head", "people", "index", "organs", "sentences-0"]
    assert json.loads(parts["head"]) == json.loads(json.dumps(answer.head))
    assert "三台县公安局".encode() in parts["head"]
    assert table(parts["people"]).equals(answer.people)
    found = index_of(parts.__getitem__).to_dicts()
    with_sentences(parts.__getitem__, found)
    assert [{name: each[name] for name in FINDINGS} for each in found] == answer.findings.to_dicts()
    assert [each["place"] for each in found] == list(range(answer.findings.height))
    (organ,) = {each["organ_code"] for each in found if each["row"] is None}
    assert organ == CODE
    assert {each["name"] for each in found if each["row"] == 2} == {"王建国"}
    assert answer.organs is not None
    assert table(parts["organs"]).equals(answer.organs)
    assert packed(replace(answer, organs=None))["organs"] == b""


def test_only_the_sentences_of_a_page_are_opened(answer: Told) -> None:
    many = replace(answer, findings=pl.concat([answer.findings] * 1000))
    parts, opened = packed(many), []

    def part(name: str) -> bytes:
        opened.append(name)
        return parts[name]

    index, whole = index_of(part), many.findings.to_dicts()
    for first, blocks in ((0, ["sentences-0"]), (BLOCK - 50, ["sentences-0", "sentences-1"])):
        opened.clear()
        page = index[first : first + 100].to_dicts()
        with_sentences(part, page)
        assert [each["message"] for each in page] == [each["message"] for each in whole[first : first + 100]]
        assert opened == blocks


def test_a_row_is_shown_as_officers_wrote_it(answer: Told) -> None:
    first, _, gone, *_ = answer.people.to_dicts()
    cells = {column.label: text for column, text in cells_of(first)}
    assert list(cells)[:4] == ["姓名", "公民身份号码", "类别", "管理机关代码"]
    shown = ("姓名", "类别", "入职日期", "合同次数", "月应发工资", "养老", "医疗", "资质证书", "离职日期", "证件收回")
    assert [cells[label] for label in shown] == [
        "王建国", "勤务", "2024-03-01", "1", "5,000.00", "", "是", "无", "", "",
    ]  # fmt: skip
    assert {column.label: text for column, text in cells_of(gone)}["离职日期"] == "2026-01-10"
    assert [text for _, text in cells_of({"inducted_on": None, "inducted_on_said": "无"})] == ["无"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"insured_pension": False}, [("养老", "否")]),
        ({"insured_pension": True}, [("养老", "是")]),
        ({"insured_pension": None}, [("养老", "空白")]),
        ({"inducted_on": None, "inducted_on_said": "无"}, [("岗前培训日期", "无")]),
        ({"monthly_pay": Decimal(12345)}, [("月应发工资", "12,345.00")]),
        ({"employment": "purchased"}, [("用工方式", "购买服务")]),
        ({"employment": "另类"}, [("用工方式", "另类")]),
        ({"inducted_on": date(2024, 2, 20), "inducted_on_said": None}, [("岗前培训日期", "2024-02-20")]),
        ({"education": "bachelor"}, [("学历", "本科")]),
        ({"quota": 10}, [("用人额度", "10")]),
        ({"nobody_knows": 1, "tier": "无"}, [("层级", "无")]),
        ({}, []),
    ],
)
def test_facts_are_told_under_the_words_of_the_file(facts: dict[str, Any], words: list[tuple[str, str]]) -> None:
    assert facts_in_words(facts) == words


def test_the_roster_is_read_again_from_its_parts(tmp_path: Path) -> None:
    roster = read_roster(written(tmp_path / "册.xlsx", [person(BASE, {}), someone(3)], [ORGAN]))
    parts = packed(told(check_roster(roster, DAY))) | {"name": "册.xlsx".encode()}
    again = roster_of(parts.__getitem__)
    assert again.people.equals(roster.people)
    assert roster.organs is not None
    assert again.organs is not None
    assert again.organs.equals(roster.organs)
    assert again.file == "册.xlsx"


def test_a_roster_of_few_columns_and_without_organs_is_told_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "册.csv"
    path.write_text("公民身份号码,层级,养老\n" + f"{FIRST},无,\n{NUMBERS[3]},三级,否\n", "utf-8")
    roster = read_roster(path)
    answer = told(check_roster(roster, DAY))
    parts = packed(answer) | {"name": "册.csv".encode()}
    assert answer.head["organs"] == []
    found = index_of(parts.__getitem__)
    assert found.select("row", "rule", "outcome", "organ_code", "name", "unit", "post").rows() == [
        (2, "roster.tier", "violated", None, None, None, None),
        (2, "roster.insurance_pension", "undetermined", None, None, None, None),
        (3, "roster.insurance_pension", "violated", None, None, None, None),
    ]
    assert answer.head["remedies"]["roster.insurance_pension"] == "为其办理养老保险并补缴"
    again = roster_of(parts.__getitem__)
    assert (again.file, again.organs) == ("册.csv", None)
    assert again.people.equals(roster.people)


def test_words_that_recur_are_kept_once_and_a_place_is_a_number_like_a_row(answer: Told) -> None:
    index = index_of(packed(answer).__getitem__)
    recurring = {"provision", "rule", "outcome", "remedy", "organ_code", "unit", "post"}
    assert {name for name, kind in index.schema.items() if kind == pl.Categorical} == recurring
    assert (index.schema["place"], index.columns[0]) == (pl.Int64, "place")
    assert not {"message", "facts"} & set(index.columns)


def test_the_size_of_a_part_never_changes_because_parts_are_kept() -> None:
    assert BLOCK == 5_000
