"""The engine: Kleene logic, exceptions, validity, parameters and the receipt of a decision."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from fujing.law.engine import (
    ConflictingExceptions,
    Exceptional,
    Fact,
    Facts,
    Judgement,
    OutsideValidity,
    RuleBook,
    choose,
    except_where,
    rule,
)
from fujing.law.findings import Outcome
from fujing.law.parameters import Parameter, Parameters, UnknownParameter, parameter_book
from fujing.law.rulebooks.recruitment import RECRUITMENT

DAY = date(2026, 1, 22)


class Person(Facts):
    age = Fact("年龄", pl.Int32)
    scarce = Fact("急需", pl.Boolean)
    hero = Fact("功臣", pl.Boolean)


@rule("18.3", id="age", remedy="不予录取", matter="age", shows=("age", "scarce"))
def age(a: Any, p: Parameters) -> Judgement:
    """不超过35周岁。"""
    exceptions = [Exceptional("18.3", a.scarce, 40), Exceptional("19.2", a.hero, 38)]
    return except_where(p.literal("recruitment.age.max"), exceptions, lambda limit: a.age <= limit)


BOOK = RuleBook("试用", Person, (age,), date(2021, 3, 1), date(2030, 1, 1))


def outcome(**facts: Any) -> bool | None:
    frame = pl.DataFrame([facts], schema=Person.schema())
    return BOOK.evaluate(frame, BOOK.parameters(DAY)).outcomes["age"][0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"age": 35, "scarce": False, "hero": False}, True),
        ({"age": 36, "scarce": False, "hero": False}, False),
        ({"age": 40, "scarce": True, "hero": False}, True),
        ({"age": 38, "scarce": False, "hero": True}, True),
        ({"age": 36, "scarce": None, "hero": False}, None),
        ({"age": 41, "scarce": None, "hero": None}, False),
        ({"age": 35, "scarce": None, "hero": None}, True),
        ({"age": None, "scarce": True, "hero": False}, None),
    ],
)
def test_an_exception_stands_in_place_of_the_base_where_it_applies(facts: Any, expected: bool | None) -> None:
    assert outcome(**facts) is expected


def test_two_exceptions_that_apply_and_disagree_are_an_error_with_both_citations() -> None:
    with pytest.raises(ConflictingExceptions, match=r"第十八条第（三）项、第十九条第（二）项"):
        outcome(age=30, scarce=True, hero=True)


def test_the_order_of_exceptions_means_nothing() -> None:
    frame = pl.DataFrame({"a": [36, 39, 41], "x": [True, False, None], "y": [False, True, False]})
    one = Exceptional("18.3", pl.col("x"), pl.lit(40))
    two = Exceptional("19.2", pl.col("y"), pl.lit(38))
    judged = [
        frame.select(except_where(pl.lit(35), order, lambda limit: pl.col("a") <= limit).outcome).to_series().to_list()
        for order in ([one, two], [two, one])
    ]
    assert judged[0] == judged[1] == [True, False, False]


@pytest.mark.parametrize("condition", [True, False, None])
@pytest.mark.parametrize("then", [True, False, None])
@pytest.mark.parametrize("otherwise", [True, False, None])
def test_choice_is_undecided_only_if_it_matters(condition: Any, then: Any, otherwise: Any) -> None:
    chosen = pl.select(choose(*(pl.lit(value, pl.Boolean) for value in (condition, then, otherwise)))).item()
    expected = then if condition else otherwise
    assert chosen is (expected if condition is not None else (then if then is otherwise else None))


@pytest.mark.parametrize("day", [date(2021, 2, 28), date(2030, 1, 1)])
def test_a_book_outside_its_validity_refuses(day: date) -> None:
    with pytest.raises(OutsideValidity, match=rf"^规则册 试用 自2021-03-01至2030-01-01前有效，{day}不在其内$"):
        BOOK.parameters(day)
    assert [BOOK.parameters(inside).day for inside in (date(2021, 3, 1), date(2029, 12, 31))]


def test_a_book_without_an_end_says_so_of_the_day_before_its_beginning() -> None:
    with pytest.raises(OutsideValidity, match=r"^规则册 试用 自2021-03-01起有效，2021-02-28不在其内$"):
        replace(BOOK, valid_to=None).parameters(date(2021, 2, 28))


@pytest.mark.parametrize(
    ("outcome", "said", "remedy"),
    [
        (Outcome.SATISFIED, "符合：不超过35周岁", None),
        (Outcome.VIOLATED, "缺急需，待核实", "不予录取"),
        (Outcome.ADVICE, "缺急需，待核实", "不予录取"),
        (Outcome.UNDETERMINED, "缺急需，待核实", "补充材料后重新核对"),
    ],
)
def test_a_rule_without_sentences_says_its_provision_or_what_is_lacking(
    outcome: Outcome, said: str, remedy: str | None
) -> None:
    told = age.told(outcome, {"age": 36}, Person, Parameters(DAY), "A1")
    assert told == {
        "provision": "18.3",
        "rule": "age",
        "outcome": outcome,
        "subject": "A1",
        "message": f"{said}（第十八条第（三）项）",
        "facts": {"age": 36, "scarce": None},
        "remedy": remedy,
    }


def test_a_rule_whose_column_is_not_there_is_not_asked_and_has_no_bit() -> None:
    two = replace(BOOK, rules=(age, replace(age, id="hero", matter="hero"), replace(age, id="both", needs=("hero",))))
    frame = pl.DataFrame({"age": [35, 36]}, schema={"age": pl.Int32})
    judged = two.evaluate(frame, two.parameters(DAY))
    assert [each.id for each in judged.rules] == judged.outcomes.columns == ["age"]
    assert judged.outcomes["age"].to_list() == [True, None]
    assert judged.masks.to_dict(as_series=False) == {"violated": [0, 0], "undetermined": [0, 1]}
    assert judged.rule_book == {"id": "试用", "hash": two.version(Parameters(DAY)), "as_of": "2026-01-22"}
    assert two.judge({"age": 36}, two.parameters(DAY)) == {"age": None}
    assert [each.id for each in two.asked(["age", "hero"])] == ["age", "hero", "both"]


def test_a_rules_bit_is_its_place_in_the_book_also_beyond_the_first_bytes() -> None:
    many = replace(BOOK, rules=tuple(replace(age, id=f"age{place}") for place in range(32)))
    rows = [{"age": 34, "scarce": False, "hero": False}, {"age": 41, "scarce": False, "hero": False}, {}]
    masks = many.evaluate(pl.DataFrame(rows, schema=Person.schema()), many.parameters(DAY)).masks
    assert masks.rows() == [(0, 0), (2**32 - 1, 0), (0, 2**32 - 1)]
    assert masks.dtypes == [pl.UInt32, pl.UInt32]


def test_a_missing_parameter_leaves_undetermined_what_needs_it() -> None:
    changed = BOOK.parameters(DAY, {"recruitment.age.max": None})
    frame = pl.DataFrame([{"age": 20, "scarce": False, "hero": False}], schema=Person.schema())
    assert BOOK.evaluate(frame, changed).outcomes["age"][0] is None


def test_no_rule_of_the_measures_passes_without_its_parameter() -> None:
    row = {
        "birth_date": date(1999, 1, 1),
        "cutoff": DAY,
        "age_reading": "completed_years",
        "education": "doctor",
        "post_category": "civil",
        "post_scarce": True,
        "scarce_skill": True,
        "post_age_scarce": 40,
        "post_age_max": 40,
        "post_age_min": 18,
        "age_limit": 40,
        "age_limit_possible": 40,
        "education_floor": 0,
        "education_floor_possible": 0,
    }
    keys = [key for key in parameter_book() if key.startswith(("recruitment.age", "recruitment.education"))]
    missing = RECRUITMENT.parameters(DAY, dict.fromkeys(keys))
    known = {each.rule: each.outcome for each in RECRUITMENT.explain(row, RECRUITMENT.parameters(DAY))}
    unknown = {each.rule: each.outcome for each in RECRUITMENT.explain(row, missing)}
    for name in ("recruitment.age", "recruitment.education"):
        assert (known[name], unknown[name]) == (Outcome.SATISFIED, Outcome.UNDETERMINED)


def test_a_parameter_applies_from_its_first_day_until_the_day_before_its_end() -> None:
    parameter = Parameter.model_validate(
        {
            "key": "k",
            "label": "数",
            "provision": "18.3",
            "source": "某文",
            "last_checked": DAY,
            "values": [{"value": 1, "from": "2021-03-01", "to": "2022-01-01"}, {"value": 2, "from": "2022-01-01"}],
        }
    )
    days = [date(2021, 2, 28), date(2021, 3, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [parameter.on(day) for day in days] == [None, 1, 1, 2]


def test_overlapping_values_and_unknown_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="有效期重叠"):
        Parameter.model_validate(
            {
                "key": "k",
                "label": "数",
                "provision": "18.3",
                "source": "某文",
                "last_checked": DAY,
                "values": [{"value": 1, "from": "2021-03-01"}, {"value": 2, "from": "2022-01-01"}],
            }
        )
    with pytest.raises(UnknownParameter):
        Parameters(DAY, {"recruitment.age.maximum": 38})


def test_every_parameter_is_cited_and_publicity_days_stay_undefined() -> None:
    book = parameter_book()
    assert all(each.source and each.provision for each in book.values())
    assert Parameters(DAY)["recruitment.publicity.days"] is None
    assert Parameters(DAY)["contract.probation.max"] == 6


def test_the_hash_changes_with_a_rule_or_a_number_and_with_nothing_else() -> None:
    assert BOOK.version(Parameters(DAY)) == BOOK.version(Parameters(date(2026, 6, 1)))
    assert BOOK.version(Parameters(DAY)) != BOOK.version(Parameters(DAY, {"recruitment.age.max": 36}))
    assert RECRUITMENT.version(Parameters(DAY)) != BOOK.version(Parameters(DAY))
    fewer = replace(BOOK, rules=())
    assert fewer.version(Parameters(DAY)) != BOOK.version(Parameters(DAY))
    assert re.fullmatch(f"{BOOK.id}@[0-9a-f]{{16}}", BOOK.version(Parameters(DAY)))


def test_a_rule_book_has_a_bit_for_each_rule_and_no_name_twice() -> None:
    many = tuple(replace(age, id=f"age{number}") for number in range(33))
    assert len(RuleBook("满的", Person, many[:32], date(2021, 3, 1)).rules) == 32
    for rules in (many, (age, age)):
        with pytest.raises(ValueError, match="规则册 试用 的规则名重复，或者超过32条"):
            RuleBook("试用", Person, rules, date(2021, 3, 1))


def test_a_rule_without_the_words_of_its_provision_is_refused() -> None:
    with pytest.raises(ValueError, match="规则 wordless 没有写条文"):
        rule("18.3", id="wordless", remedy="", matter="age")(lambda a, p: a.age <= 35)
