"""One post's arithmetic by itself: weights, lines, bonus, ties and how sums are printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.ranking.candidates import Candidate
from fujing.law.ranking.totals import Totals, scaled_line

POINT = 10**6


def totals(post: str = "01", **stated: Any) -> Totals:
    plain = {"name": "执勤", "headcount": 1}
    raw: dict[str, Any] = {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "positions": [plain | {"code": "01", "category": "field"}, plain | {"code": "02", "category": "civil"}],
        "stages": [
            {"kind": "announcement"},
            {"kind": "written", "weight": Decimal("0.5")},
            {"kind": "interview", "weight": Decimal("0.5")},
        ],
    }
    announcement = Announcement.model_validate(raw | stated)
    stages = [stage for stage in announcement.stages or () if stage.positions is None or post in stage.positions]
    return Totals(announcement, announcement.position(post), stages)


def person(sex: str | None = None, bonus: int = 0, **points: int) -> Candidate:
    return Candidate("甲", sex, 0, bonus * POINT, {kind: value * POINT for kind, value in points.items()})


def test_a_weight_is_the_sexs_own_then_the_posts_then_the_stages() -> None:
    own = {"02": {"weights": {"written": Decimal("0.6")}}, "02:female": {"weights": {"written": Decimal("0.7")}}}
    for post, expected in (("01", [0.5, 0.5, 0.5]), ("02", [0.6, 0.6, 0.7])):
        made = totals(post, scores_by_position=own)
        _, written, interview = made.announcement.stages or ()
        weights = made.weights(written)
        assert [weights[sex] / POINT / made.under for sex in (None, "male", "female")] == expected
        assert set(made.weights(interview).values()) == {POINT // 2 * made.under}


def test_what_has_no_weight_counts_nothing_and_a_third_needs_a_common_denominator() -> None:
    made = totals(stages=[{"kind": "written", "weight": "1/3"}, {"kind": "skills"}])
    written, skills = made.announcement.stages or ()
    assert made.under == 3
    assert made.weights(skills) == {None: 0, "male": 0, "female": 0}
    assert made.weights(written)[None] == POINT
    assert totals(stages=[]).under == 1


@pytest.mark.parametrize(
    ("post", "stage", "contested", "line"),
    [
        ("01", {"pass": 60}, True, 60),
        ("01", {"pass": 60}, False, 60),
        ("01", {"pass": 60, "pass_if_uncontested": 70}, True, 60),
        ("01", {"pass": 60, "pass_if_uncontested": 70}, False, 70),
        ("01", {"pass": 60, "pass_if_uncontested": 50}, False, 60),
        ("01", {"pass_if_uncontested": 70}, False, 70),
        ("01", {"pass_if_uncontested": 70}, True, None),
        ("01", {"pass": {"civil": 65, "field": 55}}, True, 55),
        ("02", {"pass": {"civil": 65, "field": 55}}, True, 65),
        ("02", {"pass": {"field": 55}}, True, None),
    ],
)
def test_which_line_holds(post: str, stage: dict[str, Any], contested: bool, line: int | None) -> None:
    made = totals(post, stages=[{"kind": "written", "weight": 1} | stage])
    (written,) = made.announcement.stages or ()
    assert made.pass_line(written, None, contested=contested) == line
    assert scaled_line(None if line is None else Decimal(line)) == (None if line is None else line * POINT)


def test_a_line_is_the_sexs_own_then_the_posts() -> None:
    own = {"01": {"pass": {"written": 50}}, "01:male": {"pass": {"written": 55}}}
    made = totals(scores_by_position=own)
    _, written, interview = made.announcement.stages or ()
    assert [made.pass_line(written, sex, contested=True) for sex in (None, "female", "male")] == [50, 50, 55]
    assert made.pass_line(interview, "male", contested=True) is None


@pytest.mark.parametrize(("post", "plain"), [("01", 3000), ("02", 4800)])
def test_the_bonus_on_the_written_score_is_taken_out_with_the_posts_own_weight(post: str, plain: int) -> None:
    stages = [
        {"kind": "announcement"},
        {"kind": "written", "weight": Decimal("0.5"), "positions": ["01"]},
        {"kind": "written", "weight": Decimal("0.8"), "positions": ["02"]},
    ]
    bonus = {"points": [{"when": "veteran", "add": 5}], "on": "written"}
    made = totals(post, stages=stages, bonus=bonus)
    _, first, second = made.announcement.stages or ()
    weight = made.weights(first if post == "01" else second)
    one = person(bonus=5, written=65)
    one.sum = one.points["written"] * weight[None]
    assert made.without_bonus(one) == plain
    assert made.total(one) == plain + 5 * weight[None] * 100 // POINT // made.under
    spared = person(bonus=5)
    assert (made.without_bonus(spared), made.total(spared)) == (0, 0)


def test_a_bonus_on_the_total_is_added_once() -> None:
    made = totals(bonus={"points": [{"when": "veteran", "add": 5}], "on": "total"})
    one = person(bonus=5, written=60)
    one.sum = 60 * POINT * POINT // 2
    assert (made.total(one), made.without_bonus(one)) == (3500, 3000)
    other = totals()
    assert (other.total(one), other.without_bonus(one)) == (3000, 3000)


def test_whoever_has_no_such_score_comes_after_everyone_who_has() -> None:
    made = totals(tie_break=["written", "item:跳远"])
    key = made.key(tie_break=True)
    none, zero, ten = person(), person(written=0), person(written=10)
    assert sorted([none, zero, ten], key=key) == [ten, zero, none]
    item = person(written=0)
    item.points["item:跳远"] = 0
    assert sorted([zero, item], key=key) == [item, zero]
    assert made.key(tie_break=False)(none) == (0,)


@pytest.mark.parametrize(
    ("digits", "points", "printed"),
    [(0, 75, "75"), (1, 755, "75.5"), (2, 7505, "75.05"), (2, 5, "0.05"), (3, 75005, "75.005")],
)
def test_units_are_printed_with_their_decimals(digits: int, points: int, printed: str) -> None:
    made = totals(rounding={"digits": digits})
    assert made.printed(points) == printed
    assert made.printed_score(points * made.unit) == printed


def test_sums_are_printed_exactly_and_endless_ones_to_twelve_places() -> None:
    made = totals()
    assert made.printed_sum(75 * POINT * POINT * made.under) == "75.00"
    assert made.printed_sum(Fraction(POINT * POINT * made.under, 8)) == "0.125"
    assert made.printed_sum(Fraction(2 * POINT * POINT * made.under, 3)) == "0.666666666667"
    assert made.printed_score(62_555_000) == "62.555"


def test_a_standing_names_what_was_taken_and_the_sum_of_several() -> None:
    made = totals(bonus={"points": [{"when": "veteran", "add": 5}], "on": "written"})
    _, written, interview = made.announcement.stages or ()
    one = person(bonus=5, written=65, interview=70)
    one.sum = 135 * POINT * POINT // 2
    assert made.standing(one, [written]) == "笔试60.00（加分5.00）"
    assert made.standing(one, [written, interview]) == "笔试60.00（加分5.00）、面试70.00，按权重合计67.50"
    assert made.standing(person(interview=70), [interview]) == "面试70.00"
    assert made.standing(person(), [written]) == "没有计分的成绩"
    assert (made.reached(one, [interview]), made.reached(one, [written, interview])) == ("70.00", "67.50")


def test_a_spared_weight_moves_to_what_was_taken() -> None:
    one = person()
    one.sum, one.weights, one.spared = 30, 100, 40
    assert (one.running, one.uncompared) == (Fraction(3000, 60), False)
    one.spared = 0
    assert (one.running, one.uncompared) == (30, False)
    one.spared = 100
    assert (one.running, one.uncompared) == (30, True)
    one.spared = one.weights = 0
    assert one.uncompared is False
