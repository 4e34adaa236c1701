"""The small parts that every rule stands on: periods, ages, parameters, outcomes, numerals, divisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from pydantic import ValidationError

from fujing.law.ages import age_on, birthday, has_reached, reckoned_age
from fujing.law.findings import Finding, Outcome, overall, plain
from fujing.law.jurisdiction import divisions
from fujing.law.parameters import Dated, Parameter, Parameters, Plainly, UnknownParameter, parameter_book
from fujing.law.periods import months_later
from fujing.law.probation import probation_limit
from fujing.law.provisions import UnknownProvision, address_of, chinese_number, cite, measures, provisions_matching


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), 36, date(2029, 3, 31)),
        (date(2026, 5, 6), 0, date(2026, 5, 6)),
        (date(2026, 1, 1), 11, date(2026, 12, 1)),
    ],
)
def test_a_period_ends_on_the_same_day_of_a_later_month_or_on_its_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("term", "limit"), [(1, 0), (2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (120, 6), (None, 6)]
)
def test_probation_limits_follow_the_term_on_both_sides_of_each_step(term: int | None, limit: int) -> None:
    assert probation_limit(Parameters(date(2026, 1, 1)), term) == limit


def test_without_steps_only_the_longest_probation_is_known() -> None:
    assert probation_limit(Parameters(date(2026, 1, 1), {"contract.probation.limits": None}), 6) == 6


def test_a_child_of_the_leap_day_has_its_birthday_on_1_march_of_a_common_year() -> None:
    born = date(2004, 2, 29)
    assert birthday(born, 18) == date(2022, 3, 1)
    assert birthday(born, 20) == date(2024, 2, 29)
    assert (age_on(born, date(2022, 2, 28)), age_on(born, date(2022, 3, 1))) == (17, 18)
    assert (has_reached(born, 18, date(2022, 2, 28)), has_reached(born, 18, date(2022, 3, 1))) == (False, True)


def test_the_birthday_is_the_last_day_of_an_age_only_on_the_inclusive_reading() -> None:
    born = date(1990, 5, 6)
    for day, completed, inclusive in (
        (date(2025, 5, 5), 34, 35),
        (date(2025, 5, 6), 35, 35),
        (date(2025, 5, 7), 35, 36),
        (date(2026, 5, 5), 35, 36),
        (date(2026, 5, 6), 36, 36),
    ):
        assert reckoned_age(born, day, "completed_years") == completed
        assert reckoned_age(born, day, "birthday_inclusive") == inclusive


def dated(*spans: tuple[str, str | None]) -> Parameter:
    return Parameter.model_validate(
        {
            "key": "a",
            "label": "甲",
            "provision": "18.3",
            "source": "四川省人民政府令第345号",
            "last_checked": "2026-01-01",
            "values": [{"value": place, "from": start, "to": end} for place, (start, end) in enumerate(spans)],
        }
    )


def test_a_value_applies_from_its_first_day_until_the_day_before_its_end() -> None:
    value = Dated.model_validate({"value": 1, "from": "2021-03-01", "to": "2022-01-01"})
    days = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [value.applies(day) for day in days] == [False, True, True, False]
    assert Dated.model_validate({"value": 1, "from": "2021-03-01"}).applies(date(2099, 1, 1))


def test_values_may_follow_each_other_and_never_overlap() -> None:
    following = dated(("2022-01-01", None), ("2021-01-01", "2022-01-01"))
    assert following.on(date(2021, 12, 31)) == 1
    assert following.on(date(2022, 1, 1)) == 0
    assert following.on(date(2020, 12, 31)) is None
    for spans in ((("2021-01-01", "2022-01-02"), ("2022-01-01", None)), (("2021-01-01", None), ("2022-01-01", None))):
        with pytest.raises(ValidationError, match="有效期重叠"):
            dated(*spans)


def test_a_what_if_changes_known_parameters_of_one_day_and_nothing_else() -> None:
    day = date(2026, 1, 1)
    usual, changed = Parameters(day), Parameters(day, {"recruitment.age.max": 38})
    assert (usual["recruitment.age.max"], changed["recruitment.age.max"]) == (35, 38)
    assert changed["recruitment.age.min"] == usual["recruitment.age.min"] == 18
    assert usual.key != changed.key != Parameters(date(2026, 1, 2), {"recruitment.age.max": 38}).key
    assert changed.key == Parameters(day, {"recruitment.age.max": 38}).key
    assert list(usual.values) == sorted(parameter_book())
    assert {key for key in usual.values if usual.values[key] != changed.values[key]} == {"recruitment.age.max"}
    for unknown in ({"recruitment.age.most": 38},):
        with pytest.raises(UnknownParameter):
            Parameters(day, unknown)
    with pytest.raises(UnknownParameter):
        usual["recruitment.age.most"]


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ([], "satisfied"),
        (["satisfied"], "satisfied"),
        (["advice"], "satisfied"),
        (["advice", "satisfied", "undetermined"], "undetermined"),
        (["undetermined", "violated", "advice"], "violated"),
    ],
)
def test_a_violation_decides_before_what_is_unknown_and_advice_never(outcomes: list[str], whole: str) -> None:
    assert overall(Finding(provision="18.3", rule="a", outcome=Outcome(each), message="") for each in outcomes) == whole


def test_outcomes_have_the_words_that_officers_use() -> None:
    assert [outcome.label for outcome in Outcome] == ["符合", "不符合", "待核实", "提示"]


def test_a_measure_is_shown_as_it_was_written() -> None:
    assert repr(plain(Decimal("168.000000"))) == "168"
    assert repr(plain(Decimal("4.80"))) == "4.8"
    assert plain("4.80") == "4.80"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (18, "十八"),
        (20, "二十"),
        (21, "二十一"),
        (30, "三十"),
        (99, "九十九"),
    ],
)
def test_numerals_are_written_as_in_statutes(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_addresses_are_cited_in_full() -> None:
    assert [cite(address) for address in ("1", "16.p2", "18.3", "10.10")] == [
        "第一条", "第十六条第二款", "第十八条第（三）项", "第十条第（十）项",
    ]  # fmt: off
    for wrong in ("", "a", "18.", "p2", "18.x", " 18"):
        with pytest.raises(UnknownProvision, match="无法识别的条文编号"):
            cite(wrong)


def test_a_reader_may_write_an_address_in_any_usual_way() -> None:
    assert address_of(" 18.3 ") == address_of("18条3项") == address_of("第18条第（3）项") == ["18.3"]
    assert address_of("第五条第二款") == address_of("5.p2") == ["5.p2"]
    assert address_of("5") == address_of("第五条") == ["5.p1", "5.p2"]
    assert address_of("第十三条")[:2] == ["13", "13.1"]
    for unknown in ("5.p3", "第五条第三款", "第百条", "0", "十八", "第十八条第七项"):
        with pytest.raises(UnknownProvision, match=unknown):
            address_of(unknown)


def test_a_lead_in_introduces_the_items_of_its_own_article() -> None:
    text = measures()
    assert [each.address for each in text.items_of(text["18"])] == [f"18.{item}" for item in range(1, 7)]
    assert text.items_of(text["18.3"]) == text.items_of(text["16.p2"]) == text.items_of(text["1"]) == []
    assert (text["18.3"].article, text["18.3"].item, text["18.3"].paragraph, text["18.3"].chapter) == (18, 3, None, 3)
    assert (text["16.p2"].article, text["16.p2"].paragraph, text["16.p2"].item) == (16, 2, None)
    assert (text["1"].paragraph, text["1"].citation) == (None, "第一条")
    assert (text.effective, len(text.chapters), len(text.provisions)) == (date(2021, 3, 1), 7, 128)
    with pytest.raises(UnknownProvision, match=r"没有编号为 18\.9 的条文"):
        text["18.9"]


def test_provisions_are_found_by_every_word_or_by_their_address() -> None:
    assert [each.address for each in provisions_matching("35周岁 18周岁")] == ["18.3"]
    assert provisions_matching("35周岁 飞船") == []
    assert [each.address for each in provisions_matching("第十八条第三项")] == ["18.3"]
    assert len(provisions_matching("")) == 128


def test_the_province_has_21_cities_and_183_counties_each_below_its_own() -> None:
    found = divisions()
    levels = [division.level for division in found.values()]
    assert [levels.count(level) for level in ("province", "city", "county")] == [1, 21, 183]
    for division in found.values():
        ends = {"province": 2, "city": 4, "county": 6}[division.level]
        assert division.code[:2] == "51"
        assert division.code[ends:] == "0" * (6 - ends)
        if division.parent:
            parent = found[division.parent]
            assert (parent.level, division.level) in (("province", "city"), ("city", "county"))
            shorter = ends - 2
            assert division.code[:shorter] == parent.code[:shorter]
    assert [each.parent for each in found.values() if each.level == "province"] == [""]
    assert next(iter(found)) == "510000"


def test_a_rule_uses_a_value_as_a_literal_of_a_table_or_plainly_and_a_missing_one_is_null() -> None:
    known, missing = (Parameters(date(2026, 1, 1), {"recruitment.age.max": value}) for value in (38, None))
    table = pl.DataFrame({"age": [38]})
    for parameters, value, doubled in ((known, 38, 76), (missing, None, None)):
        literals = [parameters.literal("recruitment.age.max", *more) for more in ((), (lambda age: age * 2,))]
        assert table.select(a=literals[0], b=literals[1]).row(0) == (value, doubled)
        plain = Plainly(parameters)
        assert plain.literal("recruitment.age.max") == value
        assert plain.literal("recruitment.age.max", lambda age: age * 2) == doubled
        assert plain.key == parameters.key
        assert plain["recruitment.age.min"] == 18


def test_an_address_alone_is_that_text_and_an_article_all_of_its_own() -> None:
    assert address_of("13") == ["13"]
    assert address_of("1") == address_of("第一条") == ["1"]
    assert address_of("第十三条") == ["13", *(f"13.{item}" for item in range(1, 9 + 1))]
    assert address_of("第十条第（十）项") == ["10.10"]
    for unknown in ("第一一条", "第一一条第一项", "第零条", "第十八条第（十一）项", "1条2款"):
        with pytest.raises(UnknownProvision) as refused:
            address_of(unknown)
        assert str(refused.value) == (
            f"《四川省公安机关警务辅助人员管理办法》没有“{unknown}”，应为 18.3 或者 第十八条第（三）项 这样的编号"
        )
