"""Formulas of a pay workbook: what each comes to, and which stored results are told as stale or overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner

from fujing.cli import app
from fujing.kernel.excel import Book
from fujing.law.pay.workbook.formulas import Unknown, compiled, relative, value

CELLS = {
    (0, 0): 10,
    (0, 1): 2.5,
    (0, 2): None,
    (0, 3): "字",
    (1, 0): 4,
    (1, 1): -1,
    (1, 2): 0,
    (1, 3): "",
    (1, 4): True,
    (2, 0): None,
    (2, 1): None,
    (0, 26): 7,
}
"""A1 10, B1 2.5, C1 empty, D1 text; A2 4, B2 -1, C2 0, D2 empty text, E2 TRUE; A3 and B3 empty; AA1 7."""


def comes_to(formula: str) -> Any:
    def look(sheet: str, row: int, place: int) -> Any:
        return {"": CELLS.get((row, place)), "别的": 99, "别 的": 98}[sheet]

    return value(relative(formula, 5, 5), 5, 5, look)


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("A1", 10),
        ("=+A1", 10),
        ("AA1", 7),
        ("A1+B1", 12.5),
        ("=A1-B1*2", 5),
        ("A1-B1-A2", 3.5),
        ("A1/B1/A2", 1),
        ("A1/A2*B1", 6.25),
        ("(A1-B1)*2%", 0.15),
        ("IF(TRUE,1,2)+1", 2),
        ("A1-(B1-A2)", 11.5),
        ("--A1", 10),
        ("+A1", 10),
        ("1*+A1", 10),
        ("2*-A1%", -0.2),
        ("-B2+-A2", -3),
        ("1.5e1+.5", 15.5),
        ("C1+1", 1),
        ("D2+1", 1),
        ("E2+1", 2),
        ("$A$1*A2", 40),
        ("A$1*$A2", 40),
        ("别的!A1", 99),
        ("'别 的'!A1+1", 99),
        ("SUM(别的!A1:B2)", 396),
        ("-A1^2", None),
        ("A1/C1", None),
        ("A1/C2", None),
        ("A1+D1", None),
        ("A1&B1", None),
        ("A1:B1+1", None),
        ("VLOOKUP(A1,B:C,2,0)", None),
        ("SUM(A1:B2", None),
        ("SUM(A1 B1)", None),
        ("A1:", None),
        ("SUM(A1:", None),
        ("SUM(A1:2)", None),
        ("(A1", None),
        ("A1)", None),
        ("A1 B1", None),
        ("A1+", None),
        ("名称*2", None),
        ("", None),
    ],
)
def test_arithmetic_comes_to_what_a_table_program_makes_of_it(formula: str, right: float | None) -> None:
    judge(formula, right)


def judge(formula: str, right: Any) -> None:
    """`right` is None where the formula can't be told."""
    if right is None:
        with pytest.raises(Unknown):
            comes_to(formula)
    else:
        found = comes_to(formula)
        assert found == pytest.approx(right)
        assert isinstance(found, bool) == isinstance(right, bool)


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        *((f"A1{sign}{number}", right) for sign, rights in {">": (True, False, False), "<": (False, False, True), ">=": (True, True, False), "<=": (False, True, True), "=": (False, True, False), "<>": (True, False, True)}.items() for number, right in zip(("9.99", "10", "10.01"), rights, strict=True)),
        ('D1="字"', True),
        ('D1="自"', False),
        ('D1<>"字"', False),
        ('D1<>"自"', True),
        ('"a"="A"', True),
        ('C1=""', True),
        ('D2=""', True),
        ('""=C1', True),
        ('C1<>""', False),
        ('C2=""', False),
        ('A1<>""', True),
        ('A1="10"', False),
        ("C1=0", True),
        ("C1<>0", False),
        ("D1=0", False),
        ("D1>5", None),
        ('A1>="字"', None),
        ("A1:B1=10", None),
        ('A1:B1=""', None),
        ("TRUE=E2", True),
        ("FALSE=E2", False),
    ],
)  # fmt: skip
def test_a_comparison_is_true_on_its_side_of_the_bound(formula: str, right: bool | None) -> None:
    judge(formula, right)


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("SUM(A1:D1)", 12.5),
        ("SUM(A1,B1,-C1)", 12.5),
        ("SUM(A1:B2)", 15.5),
        ("SUM(B2:A1)", 15.5),
        ("SUM($B$2:A1)", 15.5),
        ("SUM(A1:E2)", 15.5),
        ("SUM(A1:A2,B2)", 13),
        ("SUM(A3:B3)", 0),
        ("SUM(A1,D1)", None),
        ("MAX(A1:E2)", 10),
        ("MAX(A1-20,0)", 0),
        ("MAX(C1,-5)", -5),
        ("MAX(D2,-5)", -5),
        ("MAX(B2,)", 0),
        ("MAX(A3:B3)", 0),
        ("MAX(D1)", None),
        ("MIN(A1:B2)", -1),
        ("MIN(C1,A1)", 10),
        ("MIN(A1,)", 0),
        ("MIN(A3:B3)", 0),
        ("AVERAGE(A1:C1)", 6.25),
        ("AVERAGE(A1,C1)", 10),
        ("AVERAGE(A3:B3)", None),
        ("PRODUCT(A1:B1,A2)", 100),
        ("PRODUCT(A1,C1)", 10),
        ("PRODUCT(A1,C2)", 0),
        ("PRODUCT(A3:B3)", 0),
        ("SUBTOTAL(9,A1:A2)", 14),
        ("SUBTOTAL(109,A1:A2,B1)", 16.5),
        ("SUBTOTAL(1,A1:A2)", None),
        ("ABS(B2)", 1),
        ("ABS(A1)", 10),
        ("ABS(C1)", 0),
        ("ABS(D1)", None),
        ("INT(B1)", 2),
        ("INT(-B1)", -3),
        ("INT(A1)", 10),
        ("N(A1)", 10),
        ("N(D1)", 0),
        ("N(C1)", 0),
        ("AND(A1>5,B1>2)", True),
        ("AND(A1>5,B1>3)", False),
        ("AND(A1>5,OR(B1>3,A2=4))", True),
        ("AND(A1,C1)", True),
        ("AND(A1,C2)", False),
        ("AND(A1:B1)", True),
        ("AND(A2:C2)", False),
        ("AND(A1:D1)", True),
        ("AND(A3:B3)", None),
        ("AND(A1,D1)", None),
        ("AND(A1>5,)", False),
        ("OR(A1>10,B1>2)", True),
        ("OR(A1>10,B1>3)", False),
        ("OR(C1,C2)", False),
        ("OR(A2:C2)", True),
        ("OR(C2:D2)", False),
        ("OR(A3:B3)", None),
        ("OR(D1,TRUE)", None),
        ("IF(A1>5,B1,0)", 2.5),
        ("IF(A1<=5,B1,A2)", 4),
        ('IF(D1="字",1,2)', 1),
        ('IF(C1="",1,2)', 1),
        ("IF(C1,1,2)", 2),
        ("IF(A1,1,2)", 1),
        ("IF(D1,1,2)", None),
        ("IF(A1:B1,1,2)", None),
        ("IF(AND(A1>5,A2<=4),ROUND(A1*B1/3,1),0)", 8.3),
        ("IF(A1>5,IF(A2>4,1,2),3)", 2),
        ("IF(A1>10,1,)", 0),
        ("IF(A1>=10,,1)", 0),
        ("IF(A1>5,A1/1,A1/C2)", 10),
        ("IF(A1>10,1)", False),
        ("IF(A1)", None),
        ("SUMIF(A1,B1)", None),
        ("SUMIF()", None),
        ("IF(A1,1,2,3)", None),
    ],
)  # fmt: skip
def test_a_function_comes_to_what_a_table_program_makes_of_it(formula: str, right: Any) -> None:
    judge(formula, right)


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("ROUND", [3, 2.5, 1250, 1300, -3, -1300, 1.01, 0, 2]),
        ("ROUNDUP", [3, 2.5, 1250, 1300, -3, -1300, 1.01, 0, 3]),
        ("ROUNDDOWN", [2, 2.5, 1250, 1200, -2, -1200, 1, 0, 2]),
    ],
)
def test_a_number_is_cut_away_from_zero_or_towards_it(name: str, rights: list[float]) -> None:
    """At half a unit, with digits behind the point, without any, and before it; 1.005 isn't a little less."""
    given = ["2.5,0", "2.5,1", "1250,0", "1250,-2", "-2.5,0", "-1250,-2", "1.005,2", "C1,2", "2.4,"]
    assert [comes_to(f"{name}({each})") for each in given] == pytest.approx(rights)
    assert comes_to(f"{name}(2.5)") == rights[0]
    with pytest.raises(Unknown):
        comes_to(f"{name}(D1,2)")
    with pytest.raises(Unknown):
        comes_to(f"{name}(A1,D1)")


def test_what_is_whole_but_for_the_reckoning_of_fractions_is_not_cut() -> None:
    """0.1 × 3 is a little more than 0.3 in a computer, and 1.1 × 1.1 more than 1.21; 4.35 × 100 is a little less than 435."""
    assert comes_to("ROUNDUP(0.1*3,1)") == 0.3
    assert comes_to("ROUNDUP(1.1*1.1,2)") == 1.21
    assert comes_to("ROUNDDOWN(4.35,2)") == 4.35


@pytest.mark.parametrize(("last", "told"), [(200_000, True), (200_001, False)])
def test_a_range_is_reckoned_up_to_two_hundred_thousand_cells(last: int, told: bool) -> None:
    judge(f"SUM(A1:A{last})", 14 if told else None)
    judge(f"SUM(A1:B{last // 2})" if told else f"SUM(A1:B{last // 2 + 1})", 15.5 if told else None)


@pytest.mark.parametrize("formula", ["", ")", "*", "(A1 B1", "(A1", "A1)", "SUM(A1", "SUM(A1 B1)", "IF(A1)", "IF(A1,1,2,3)", "SUMIF(A1)", "A1&B1"])  # fmt: skip
def test_what_the_language_does_not_know_is_known_before_it_is_reckoned(formula: str) -> None:
    with pytest.raises(Unknown):
        compiled(relative(formula, 5, 5))


def test_a_formula_filled_downwards_is_one_formula() -> None:
    assert relative("SUM(A3:$C3)*$B$1", 2, 4) == relative("SUM(A9:$C9)*$B$1", 8, 4)
    assert relative("A3", 2, 4) != relative("A3", 3, 4)
    assert relative("$A1+$B$2", 0, 3) == relative("$A1+$B$2", 0, 4)
    assert relative("A1", 0, 3) != relative("A1", 0, 4)
    assert relative('IF(A1="B2",1,0)', 0, 1) == 'IF({|0|-1}="B2",1,0)'


def test_formulas_are_read_from_the_sheet_and_blank_styled_cells_between_them_shift_nothing(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("表")
    edge = book.add_format({"border": 1})
    page.write_blank(0, 0, None, edge)
    page.write_formula(0, 1, '=IF(C1<5,"a&b",1)', edge, 1)
    page.write_number(0, 2, 7)
    book.close()
    grid = Book(path.read_bytes()).grid("表")
    assert grid.formulas == {(0, 1): 'IF(C1<5,"a&b",1)'}
    assert grid.uncomputed == []
    assert grid.rows[0][1:] == [1, 7]


HEADINGS = ["姓名", "基本工资", "绩效工资", "应发合计", "工会费", "实发工资"]


def findings(folder: Path, *rows: list[Any], other: list[list[Any]] | None = None) -> list[str]:
    """What is said of the formulas of a sheet whose people begin in row 2. A formula: its text and its stored result."""
    path = folder / "工资表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheets = {"2026年1月": [HEADINGS, *rows]} | ({"标准": other} if other else {})
    for name, lines in sheets.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    page.write_formula(row, place, cell[0], None, cell[1])
                elif cell is not None:
                    page.write(row, place, cell)
    book.close()
    result = CliRunner().invoke(app, ["pay", "check", str(path), "--json"])
    assert result.exit_code in (0, 1), result.output
    told = [each for each in json.loads(result.stdout)["findings"] if each["rule"].startswith("pay.formula")]
    return [f"{each['cell']} {each['rule'].removeprefix('pay.formula.')} {each['outcome']}" for each in told]


def person(row: int, gross: Any = "", net: Any = "", performance: Any = 200) -> list[Any]:
    """A row whose gross and net are formulas; a number or a formula in their place if one is given."""
    name = "王" + "甲乙丙丁戊己庚辛壬癸"[row - 2]
    gross = (f"=B{row}+C{row}", 3200) if gross == "" else gross
    net = (f"=D{row}-E{row}", 3190) if net == "" else net
    return [name, 3000, performance, gross, 10, net]


def test_results_that_agree_are_silent(tmp_path: Path) -> None:
    assert findings(tmp_path, *(person(row) for row in range(2, 6))) == []


@pytest.mark.parametrize(
    ("stored", "told"),
    [(3200.004, False), (3199.996, False), (3200.005, True), (3199.995, True), (3100, True), (0, True)],
)
def test_a_result_that_is_half_a_fen_off_is_stale(tmp_path: Path, stored: float, told: bool) -> None:
    found = findings(tmp_path, person(2, gross=("=B2+C2", stored), net=("=D2-E2", stored - 10)), person(3))
    assert found == ["D2 stale violated"] * told


def test_a_stale_row_of_sums_is_told(tmp_path: Path) -> None:
    sums: list[Any] = ["合计", 6000, 400, ("=SUM(D2:D3)", 6300), 20, ("=SUM(F2:F3)", 6380)]
    assert findings(tmp_path, person(2), person(3), sums) == ["D4 stale violated"]


def test_an_empty_result_counts_as_zero(tmp_path: Path) -> None:
    for bound, told in ((5000, []), (2000, ["D2 stale violated"])):
        formula = f'=IF(B2>{bound},1,"")'
        assert findings(tmp_path, person(2, gross=(formula, " "), net=-10), person(3)) == told


def test_a_formula_that_was_never_computed_is_open_and_not_stale(tmp_path: Path) -> None:
    """Told once, at the first one; of words beside the people nothing is said."""
    rows = [person(2), person(3, gross=("=B3+C3", ""), net=3190), person(4, gross=("=B4+C4", ""), net=3190)]
    assert findings(tmp_path, *rows) == ["D3 uncomputed undetermined"]
    assert findings(tmp_path, person(2), person(3), ["注：", None, None, ("=B2", "")]) == []


@pytest.mark.parametrize("formula", ["=VLOOKUP(B2,B:C,2,0)", "=没有!A1+B2", '=IF(B2>1,"字",0)', "=B2>1"])
def test_formulas_beyond_the_language_are_open_once_for_a_column(tmp_path: Path, formula: str) -> None:
    """Two of them: the results are there, and nobody knows whether they are stale."""
    rows = (person(2, gross=(formula, 3200)), person(3, gross=(formula, 3200)), person(4))
    assert findings(tmp_path, *rows) == ["D1 stale undetermined"]


def test_a_formula_looks_into_the_other_sheet(tmp_path: Path) -> None:
    rows = [person(row, gross=(f"=标准!B1+C{row}", 3200)) for row in (2, 3)]
    assert findings(tmp_path, *rows, other=[["标准", 3000]]) == []
    assert findings(tmp_path, *rows, other=[["标准", 3100]]) == ["D2 stale violated", "D3 stale violated"]


def test_a_formula_that_looks_beyond_the_last_row_finds_nothing_there(tmp_path: Path) -> None:
    assert findings(tmp_path, person(2, gross=("=B2+C2+Z99", 3200)), person(3)) == []


def test_text_in_the_place_of_a_result_is_told_as_text_only(tmp_path: Path) -> None:
    assert findings(tmp_path, person(2, gross=("=B2+C2", "三千二"), net=3190), person(3)) == []


@pytest.mark.parametrize(
    ("stored", "told"), [(3200, "advice"), (3200.004, "advice"), (3200.005, "violated"), (3300, "violated")]
)
def test_a_number_written_over_a_formula_is_told_whether_it_agrees_or_not(
    tmp_path: Path, stored: float, told: str
) -> None:
    rows = [person(row) for row in range(2, 6)]
    assert findings(tmp_path, *rows, person(6, gross=stored, net=("=D6-E6", stored - 10))) == [f"D6 overwritten {told}"]


@pytest.mark.parametrize(
    ("formulas", "numbers", "told"), [(2, 1, False), (3, 1, True), (3, 2, False), (4, 2, True), (4, 3, False)]
)
def test_a_column_is_one_of_formulas_from_three_and_two_thirds_of_its_people_on(
    tmp_path: Path, formulas: int, numbers: int, told: bool
) -> None:
    rows = [person(row, **({} if row < 2 + formulas else {"gross": 3200})) for row in range(2, 2 + formulas + numbers)]
    at = range(2 + formulas, 2 + formulas + numbers)
    assert findings(tmp_path, *rows) == [f"D{row} overwritten advice" for row in at] * told


def test_a_number_over_a_formula_that_cannot_be_reckoned_there_is_open(tmp_path: Path) -> None:
    rows = [person(row) for row in range(2, 6)]
    assert findings(tmp_path, *rows, person(6, gross=3200, performance="待定")) == ["D6 overwritten undetermined"]


def test_an_empty_cell_among_formulas_is_not_a_number_over_one(tmp_path: Path) -> None:
    rows = [person(row) for row in range(2, 6)]
    assert findings(tmp_path, *rows, person(6, gross=None, net=("=D6-E6", -10))) == []
