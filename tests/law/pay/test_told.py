"""How an explained number reads: brackets only where they are needed, no digit lost, and the tree as JSON."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from fujing.law.pay.told import Told, printed

TWO, THREE, FIVE = (Told(Fraction(each), name=f"第{each}") for each in (2, 3, 5))
FIGURE = replace(TWO + THREE, figure="gross")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("5", "5"),
        ("-5", "-5"),
        ("1200", "1200"),
        ("1/2", "0.5"),
        ("-1/2", "-0.5"),
        ("1/5", "0.2"),
        ("1/20", "0.05"),
        ("1/25", "0.04"),
        ("1/8", "0.125"),
        ("7/40", "0.175"),
        ("2175/100", "21.75"),
        ("-15632/100", "-156.32"),
        ("1/3", "1/3"),
        ("1/6", "1/6"),
        ("-13600/87", "-13600/87"),
        ("1/1000000", "0.000001"),
    ],
)
def test_a_number_is_printed_without_loss(value: str, text: str) -> None:
    assert printed(Fraction(value)) == text
    assert Fraction(text) == Fraction(value)


@pytest.mark.parametrize(
    ("number", "formula"),
    [
        (TWO, "2"),
        (TWO + THREE + FIVE, "2 + 3 + 5"),
        (TWO + (THREE + FIVE), "2 + 3 + 5"),
        (TWO + (THREE - FIVE), "2 + 3 - 5"),
        (TWO - THREE - FIVE, "2 - 3 - 5"),
        (TWO - (THREE - FIVE), "2 - (3 - 5)"),
        (TWO - (THREE + FIVE), "2 - (3 + 5)"),
        (TWO - THREE * FIVE, "2 - 3 × 5"),
        ((TWO + THREE) * FIVE, "(2 + 3) × 5"),
        ((TWO - THREE) * FIVE, "(2 - 3) × 5"),
        (FIVE * (TWO + THREE), "5 × (2 + 3)"),
        (TWO * (THREE * FIVE), "2 × 3 × 5"),
        (TWO * (THREE / FIVE), "2 × 3 ÷ 5"),
        ((TWO + THREE) / FIVE, "(2 + 3) ÷ 5"),
        (TWO / THREE / FIVE, "2 ÷ 3 ÷ 5"),
        (TWO / (THREE * FIVE), "2 ÷ (3 × 5)"),
        (TWO / (THREE / FIVE), "2 ÷ (3 ÷ 5)"),
        (TWO / (THREE - FIVE), "2 ÷ (3 - 5)"),
        (-TWO, "-2"),
        (-(TWO + THREE), "-(2 + 3)"),
        (-(TWO * THREE), "-2 × 3"),
        (TWO.at_least(THREE), "（2，不低于 3）"),
        ((TWO + THREE).at_most(FIVE) * TWO, "（2 + 3，不高于 5） × 2"),
        ((TWO / THREE).rounded(Fraction(1, 100)), "2 ÷ 3"),
        (FIGURE, "5"),
        (FIGURE * FIGURE - FIGURE, "5 × 5 - 5"),
        (TWO.where(True), "2"),
        (TWO.where(False), "0"),
    ],
)
def test_a_formula_reads_as_it_was_reckoned(number: Told, formula: str) -> None:
    assert number.formula() == formula


def test_a_bare_number_is_told_by_its_value_alone() -> None:
    assert Told(Fraction(3)).document() == {"value": "3"}
    assert Told(Fraction(3)).formula() == "3"


def test_rounding_reads_like_the_sum_inside_it() -> None:
    """A rounded sum that is multiplied keeps its brackets."""
    assert ((TWO + THREE).rounded(Fraction(1)) * FIVE).formula() == "(2 + 3) × 5"
    assert (FIVE - (TWO - THREE).rounded(Fraction(1))).formula() == "5 - (2 - 3)"


def test_a_tree_names_figures_and_gives_everything_else_in_full() -> None:
    tree = ((FIGURE - Told(Fraction(1, 3), name="基数", source="人员表", provision="34")) * TWO).rounded(
        Fraction(1, 100)
    )
    assert tree.document() == {
        "value": "9.33",
        "op": "round",
        "unit": "0.01",
        "of": [
            {
                "op": "multiply",
                "of": [
                    {
                        "op": "subtract",
                        "of": [
                            {"ref": "gross"},
                            {"value": "1/3", "name": "基数", "source": "人员表", "provision": "34"},
                        ],
                    },
                    {"value": "2", "name": "第2"},
                ],
            }
        ],
    }
    assert TWO.where(False).document() == {"value": "0", "name": "不计"}
    assert (-TWO).document() == {"value": "-2", "op": "negate", "of": [{"value": "2", "name": "第2"}]}


@pytest.mark.parametrize(
    ("income", "rate", "said", "quick"), [(100, "0.03", "累计不超过100元的一级", "0"), (101, "0.1", "最高一级", "7")]
)
def test_the_bracket_of_a_tax_is_named(income: int, rate: str, said: str, quick: str) -> None:
    taxed = Told(Fraction(income), name="所得").taxed(((100, 3, 0), (None, 10, 7)))
    assert taxed.document()["of"] == [
        {
            "op": "multiply",
            "of": [{"value": str(income), "name": "所得"}, {"value": rate, "name": f"预扣率（{said}）"}],
        },
        {"value": quick, "name": "速算扣除数"},
    ]
