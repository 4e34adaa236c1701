"""考核 (Article 25): exact totals, grades by bounds, places of the best, who takes part, what follows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fujing.law.appraisal.grades import BEST, KNOWN, POOR, UNFIT, follows
from fujing.law.appraisal.proposing import Entry, may_have, places, propose
from fujing.law.appraisal.scheme import HEADINGS, Grade, Scheme, faults, usual
from fujing.law.appraisal.taking_part import Served, takes_part
from fujing.law.contracts import Said
from fujing.law.formats.roster_template import WORDS as ROSTER_WORDS
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
LAW = Parameters(date(2026, 11, 27))
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "appraisal.yaml").read_text("utf-8"))
SCHEME = usual(LAW).model_copy(
    update={"share": 15, "base": "graded", "months": 6, "absent_days": 60, "probation": False}
)


def scheme(**changes: Any) -> Scheme:
    return SCHEME.model_copy(update=changes)


def shared(case: dict[str, Any]) -> Scheme:
    """The scheme with a case's share."""
    return scheme(share=case["share"], base=None if case["share"] is None else case.get("base", "graded"))


def points(said: list[Any] | None) -> dict[str, Decimal | None] | None:
    if said is None:
        return None
    return {key: None if each is None else Decimal(each) for key, each in zip(HEADINGS, said, strict=True)}


def exact(said: object) -> Decimal | None:
    return None if said is None else Decimal(str(said))


@pytest.mark.parametrize("case", CASES["totals"], ids=lambda case: case["case"])
def test_points_are_weighted_exactly_and_nothing_comes_of_a_missing_score(case: dict[str, Any]) -> None:
    total = SCHEME.total(points(case["officer"]), points(case["unit"]))
    assert total == exact(case["total"])
    found = propose(scheme(share=100), [Entry("甲", total, True)])["甲"]
    assert (found.grade, found.undecided) == (case["grade"], total is None)


@pytest.mark.parametrize("case", CASES["places"], ids=lambda case: f"{case['base']}×{case['share']}%")
def test_places_are_the_share_rounded_down(case: dict[str, Any]) -> None:
    assert scheme(share=case["share"]).places(case["base"]) == case["most"]


@pytest.mark.parametrize("case", CASES["proposals"], ids=lambda case: case["case"])
def test_grades_of_a_round_are_as_the_table_says_in_whatever_order_people_come(case: dict[str, Any]) -> None:
    entries = [Entry(name, exact(total), due) for name, (total, due) in case["entries"].items()]
    for order in permutations(entries):
        found = propose(shared(case), order)
        assert {name: each.grade for name, each in found.items()} == case["grades"]
        assert {name for name, each in found.items() if each.undecided} == set(case.get("undecided", ()))
        assert all(each.because for each in found.values())


@pytest.mark.parametrize("case", CASES["taking_part"], ids=lambda case: case["case"])
def test_who_takes_part_is_as_the_table_says(case: dict[str, Any]) -> None:
    served = Served(case["began"], case.get("left"), Said(case["probation"], "试用期"), case["absent"])
    by = scheme(**{case["without"]: None}) if "without" in case else SCHEME
    said = takes_part(by, served, FIRST, LAST)
    assert said.holds is case["due"]
    assert said.because


SCORE = st.decimals(0, 100, places=2)
FOUR = st.lists(SCORE, min_size=4, max_size=4)


@given(officer=FOUR, unit=FOUR, left_out=st.integers(0, 7))
def test_a_blanked_score_is_never_a_grade(officer: list[Any], unit: list[Any], left_out: int) -> None:
    both = [*officer, *unit]
    both[left_out] = None
    assert SCHEME.total(points(both[:4]), points(both[4:])) is None


@given(officer=FOUR, unit=FOUR)
def test_a_total_lies_between_the_lowest_and_the_highest_score(officer: list[Any], unit: list[Any]) -> None:
    total = SCHEME.total(points(officer), points(unit))
    assert total is not None
    assert min(*officer, *unit) <= total <= max(*officer, *unit)
    assert total == round(total, 6)


TOTALS = st.one_of(st.none(), st.integers(0, 100).map(Decimal))
ROUND = st.lists(st.tuples(TOTALS, st.sampled_from([True, False, None])), max_size=12)


@given(said=ROUND, share=st.integers(0, 100), base=st.sampled_from(["graded", "due"]))
def test_the_best_are_never_more_than_their_places_and_never_below_who_isnt(
    said: list[Any], share: int, base: str
) -> None:
    by = scheme(share=share, base=base)
    entries = [Entry(number, *each) for number, each in enumerate(said)]
    found = propose(by, entries)
    assert found.keys() == {each.key for each in entries}
    best = [each for each in entries if found[each.key].grade == "优秀"]
    most = places(by, entries).most
    assert most is not None
    assert len(best) <= most
    for each in entries:
        grade = found[each.key].grade
        assert (grade is None) >= (each.due is not True or each.total is None)
        assert grade is None or may_have(by, each.total or Decimal(0), grade)
        if grade == "合格" and each.total is not None:
            assert all(other.total > each.total for other in best if other.total is not None)


@given(said=ROUND, share=st.integers(0, 100))
def test_who_is_unknown_never_makes_a_place_more(said: list[Any], share: int) -> None:
    entries = [Entry(number, *each) for number, each in enumerate(said)]
    for base in ("graded", "due"):
        by = scheme(share=share, base=base)
        most = places(by, entries).most or 0
        for at, each in enumerate(entries):
            fewer = [*entries[:at], Entry(each.key, each.total, None), *entries[at + 1 :]]
            assert (places(by, fewer).most or 0) <= most


def test_several_best_grades_share_their_places() -> None:
    grades = (Grade(name="特别优秀", at_least=Decimal(95), limited=True), *SCHEME.grades)
    by = scheme(grades=grades, share=50)
    totals = {"甲": 97, "乙": 96, "丙": 92, "丁": 91}
    found = propose(by, [Entry(name, Decimal(total), True) for name, total in totals.items()])
    assert [each.grade for each in found.values()] == ["特别优秀", "特别优秀", "合格", "合格"]
    assert places(by, []).because == "参加考核并确定等次的人数0人，特别优秀、优秀不超过50%，0×50%取整为0人"


def test_nobody_may_have_a_better_grade_than_the_points_give() -> None:
    assert [
        grade for grade in ("优秀", "合格", "基本合格", "不合格") if may_have(SCHEME, Decimal("89.999999"), grade)
    ] == ["合格", "基本合格", "不合格"]
    assert not may_have(SCHEME, Decimal(100), "良好")


FAULTY: dict[str, tuple[dict[str, Any], str]] = {
    "一项没有权重": ({"weights": {"duty": 50, "performance": 50, "conduct": 0, "education": 0}}, "weights"),
    "少一项": ({"weights": {"duty": 50, "performance": 30, "conduct": 20}}, "weights"),
    "多一项": ({"weights": {**SCHEME.weights, "height": 0}}, "weights"),
    "合计不是一百": ({"weights": {"duty": 30, "performance": 30, "conduct": 20, "education": 21}}, "weights"),
    "民警比重过百": ({"officer_share": 101}, "officer_share"),
    "只有一个等次": ({"grades": (Grade(name="合格", at_least=Decimal(0)),)}, "grades"),
    "等次重名": (
        {"grades": (Grade(name="合格", at_least=Decimal(60)), Grade(name="合格", at_least=Decimal(0)))},
        "grades",
    ),
    "分数线没有从高到低": (
        {"grades": (Grade(name="合格", at_least=Decimal(0)), Grade(name="优秀", at_least=Decimal(60)))},
        "grades",
    ),
    "最低等次不从零分起": (
        {"grades": (Grade(name="优秀", at_least=Decimal(60)), Grade(name="合格", at_least=Decimal(1)))},
        "grades",
    ),
    "人人都限": (
        {
            "grades": (
                Grade(name="优秀", at_least=Decimal(60), limited=True),
                Grade(name="合格", at_least=Decimal(0), limited=True),
            )
        },
        "grades",
    ),
    "限的不是最高等次": (
        {
            "grades": (
                Grade(name="优秀", at_least=Decimal(90)),
                Grade(name="合格", at_least=Decimal(60), limited=True),
                Grade(name="不合格", at_least=Decimal(0)),
            )
        },
        "grades",
    ),
    "比例过百": ({"share": 101}, "share"),
    "有比例没有基数": ({"base": None}, "base"),
    "有基数没有比例": ({"share": None}, "base"),
    "十三个月": ({"months": 13}, "months"),
    "缺勤三百六十七日": ({"absent_days": 367}, "absent_days"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_scheme_that_cant_be_gone_by_says_where(name: str) -> None:
    changes, field = FAULTY[name]
    assert {at for at, _ in faults(scheme(**changes))} == {field}


@pytest.mark.parametrize("bounds", [{"share": 100, "months": 12, "absent_days": 366, "publicity_days": 60}])
def test_the_largest_values_of_a_scheme_are_still_inside_of_its_bounds(bounds: dict[str, int]) -> None:
    assert list(faults(scheme(**bounds))) == []
    for key, most in bounds.items():
        assert [at for at, _ in faults(scheme(**{key: most + 1}))] == [key]


def test_the_usual_scheme_has_no_fault_and_says_nothing_that_nobody_entered() -> None:
    made = usual(LAW)
    assert list(faults(made)) == list(faults(SCHEME)) == []
    unsaid = ("share", "base", "months", "absent_days", "probation", "publicity_days", "reconsider_days")
    assert [getattr(made, key) for key in unsaid] == [None] * len(unsaid)
    assert Scheme.model_validate_json(made.model_dump_json()) == made


def test_its_grades_are_the_rosters() -> None:
    assert tuple(grade.name for grade in SCHEME.grades) == tuple(
        word for word in ROSTER_WORDS["appraisal"] if word != "未考核"
    )


def test_what_follows_is_said_with_provisions_of_the_measures_and_never_of_an_unknown_grade() -> None:
    known = measures().provisions
    for grade in KNOWN:
        for annual in (True, False):
            found = follows(grade, annual=annual)
            assert {each.provision for each in found} <= known.keys()
            assert {"23.p1", "33", "39"} <= {each.provision for each in found}
            assert ("32.2" in {each.provision for each in found}) is (grade in POOR)
            assert ("38" in {each.provision for each in found}) is (grade in BEST and annual)
    assert [each.sure for each in follows("优良", annual=True)] == [False]
    assert [each.sure for each in follows("", annual=True)] == [False]


@pytest.mark.parametrize("grade", POOR)
def test_one_poor_appraisal_is_never_a_ground_by_itself(grade: str) -> None:
    (found,) = (each for each in follows(grade, annual=True) if each.provision == "32.2")
    assert "培训或者调整工作岗位" in found.words
    assert found.sure is (grade in UNFIT)
