"""What follows when the term of a labour contract ends: Labour Contract Law 14, 44 to 47."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from fujing.law.contracts import UNSIGNED, Unsigned, open_ended_due, severance_months, severance_on_expiry, unsigned
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later, term_expression
from fujing.law.probation import by_probation_limit

LAW = Parameters(date(2026, 11, 27))
BEFORE = Parameters(date(2007, 12, 31))


@pytest.mark.parametrize(
    ("began", "fixed_terms", "starts", "due", "because"),
    [
        ("2024-01-01", 1, "2027-01-01", False, "连续订立固定期限合同1次，工作未满10年，可以续订固定期限"),
        ("2021-01-01", 2, "2027-01-01", True, "已连续订立2次固定期限合同（劳动合同法第十四条第二款第（三）项）"),
        ("2018-01-01", 3, "2027-01-01", True, "已连续订立3次固定期限合同（劳动合同法第十四条第二款第（三）项）"),
        (
            "2017-01-01",
            1,
            "2027-01-01",
            True,
            "2017-01-01起在本单位工作，到2027-01-01连续满10年（劳动合同法第十四条第二款第（一）项）",
        ),
        ("2017-01-02", 1, "2027-01-01", False, "连续订立固定期限合同1次，工作未满10年，可以续订固定期限"),
        ("2017-01-02", None, "2027-01-01", None, "已连续订立几次固定期限合同没有记载，是否应为无固定期限待核实"),
        (
            "2017-01-01",
            None,
            "2027-01-01",
            True,
            "2017-01-01起在本单位工作，到2027-01-01连续满10年（劳动合同法第十四条第二款第（一）项）",
        ),
    ],
)
def test_when_the_next_contract_is_to_be_open_ended(
    began: str, fixed_terms: int | None, starts: str, due: bool | None, because: str
) -> None:
    said = open_ended_due(LAW, date.fromisoformat(began), fixed_terms, date.fromisoformat(starts))
    assert (said.holds, said.because) == (due, because)


@pytest.mark.parametrize("key", ["contract.open_ended.years", "contract.open_ended.after"])
def test_one_unknown_figure_leaves_it_unknown_whether_it_is_to_be_open_ended(key: str) -> None:
    day = date(2026, 11, 27)
    said = open_ended_due(Parameters(day, {key: None}), date(2001, 1, 1), 5, day)
    assert (said.holds, said.because) == (None, f"没有登记{day}适用的规定，是否应为无固定期限待核实")


@pytest.mark.parametrize("key", ["contract.severance.half_below", "contract.severance.since"])
def test_one_unknown_figure_leaves_severance_unknown(key: str) -> None:
    day = date(2026, 11, 27)
    assert severance_months(Parameters(day, {key: None}), date(2020, 1, 1), day) is None


def test_before_the_labour_contract_law_nothing_is_known() -> None:
    day = date(2007, 12, 31)
    assert open_ended_due(BEFORE, day, 2, day).holds is None
    owed = severance_on_expiry(BEFORE, day, day, refused_by_person=False, same_or_better=None)
    assert (owed.months, owed.because) == (None, "没有登记2007-12-31适用的规定，经济补偿待核实")


@pytest.mark.parametrize(
    ("began", "after", "months", "long"),
    [
        ("2024-01-01", "2026-01-01", "2", "2年0个月"),
        ("2024-01-01", "2026-01-02", "2.5", "2年0个月零几天"),
        ("2024-01-01", "2026-06-30", "2.5", "2年5个月零几天"),
        ("2024-01-01", "2026-07-01", "3", "2年6个月"),
        ("2024-01-01", "2026-12-31", "3", "2年11个月零几天"),
        ("2025-12-31", "2026-01-01", "0.5", "0年0个月零几天"),
        ("2024-08-31", "2026-02-28", "2", "1年6个月"),
        ("2006-05-01", "2010-01-01", "2", "2年0个月"),
    ],
)
def test_what_a_term_that_is_not_renewed_owes(began: str, after: str, months: str, long: str) -> None:
    owed = severance_on_expiry(
        LAW, date.fromisoformat(began), date.fromisoformat(after), refused_by_person=False, same_or_better=None
    )
    assert owed.months == Decimal(months)
    assert owed.because.startswith("单位不续订，")
    assert f"共{long}，经济补偿{months}个月工资" in owed.because


def test_a_better_offer_that_nobody_refused_changes_nothing() -> None:
    owed = severance_on_expiry(LAW, date(2024, 1, 1), date(2026, 2, 1), refused_by_person=False, same_or_better=True)
    assert (owed.months, owed.because) == (
        Decimal("2.5"),
        "单位不续订，2024-01-01至2026-01-31共2年1个月，经济补偿2.5个月工资（劳动合同法第四十七条第一款）",
    )


def test_service_before_the_law_is_not_counted_and_the_words_say_from_when() -> None:
    assert severance_months(LAW, date(2006, 5, 1), date(2009, 1, 1)) == (Decimal(1), "2008-01-01至2008-12-31共1年0个月")


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2024-03-01", "2027-02-28", 36),
        ("2024-03-01", "2027-02-27", 35),
        ("2024-08-31", "2025-02-27", 6),
        ("2024-08-31", "2025-02-26", 5),
        ("2024-08-31", "2025-03-30", 7),
        ("2024-08-31", "2025-03-29", 6),
        ("2024-12-15", "2025-01-14", 1),
        ("2024-12-15", "2025-01-13", 0),
        ("2024-02-29", "2024-03-28", 1),
        ("2024-01-01", "2024-12-31", 12),
    ],
)
def test_a_term_has_whole_months_with_both_days_inside(first: str, last: str, months: int) -> None:
    days = pl.DataFrame({"first": [date.fromisoformat(first)], "last": [date.fromisoformat(last)]})
    assert days.select(term_expression(pl.col("first"), pl.col("last"))).item() == months
    assert months_later(date.fromisoformat(first), months) <= date.fromisoformat(last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("term", "limit"), [(0, 0), (2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (120, 6), (None, 6)]
)
def test_a_column_of_terms_has_the_limits_of_each(term: int | None, limit: int) -> None:
    column = pl.DataFrame({"term": [term]}, schema={"term": pl.Int64})
    assert column.select(by_probation_limit(LAW, pl.col("term"), pl.lit)).item() == limit


@pytest.mark.parametrize(
    ("same_or_better", "months", "because"),
    [
        (
            True,
            "0",
            "单位维持或者提高约定条件续订，本人不同意，不支付经济补偿"
            "（劳动合同法第四十四条第（一）项、第四十六条第（五）项）",
        ),
        (
            False,
            "2",
            "本人不同意降低条件的续订，2024-01-01至2025-12-31共2年0个月，经济补偿2个月工资（劳动合同法第四十七条第一款）",
        ),
    ],
)
def test_who_refused_and_on_which_terms(same_or_better: bool, months: str, because: str) -> None:
    owed = severance_on_expiry(
        LAW, date(2024, 1, 1), date(2026, 1, 1), refused_by_person=True, same_or_better=same_or_better
    )
    assert (owed.months, owed.because) == (Decimal(months), because)


@pytest.mark.parametrize(
    ("began", "signed_on", "day", "first", "last", "because"),
    [
        ("2026-01-15", "2026-02-14", "2026-11-27", None, None, "2026-02-15前订立书面劳动合同，不涉及二倍工资"),
        ("2026-01-15", "2026-02-15", "2026-11-27", None, None, "2026-02-15前订立书面劳动合同，不涉及二倍工资"),
        ("2026-01-15", None, "2026-02-14", None, None, "2026-02-15前订立书面劳动合同，不涉及二倍工资"),
        (
            "2026-01-15",
            None,
            "2026-02-15",
            "2026-02-15",
            "2026-02-15",
            f"2026-02-15至2026-02-15应每月支付二倍工资（{UNSIGNED}）",
        ),
        (
            "2026-01-15",
            "2026-02-16",
            "2026-11-27",
            "2026-02-15",
            "2026-02-15",
            f"2026-02-15至2026-02-15应每月支付二倍工资（{UNSIGNED}）",
        ),
        (
            "2025-11-28",
            None,
            "2026-11-27",
            "2025-12-28",
            "2026-11-27",
            f"2025-12-28至2026-11-27应每月支付二倍工资（{UNSIGNED}）",
        ),
        (
            "2025-11-27",
            None,
            "2026-11-27",
            "2025-12-27",
            "2026-11-26",
            f"2025-12-27至2026-11-26应每月支付二倍工资；2026-11-27起视为已订立无固定期限合同（{UNSIGNED}）",
        ),
        (
            "2024-01-01",
            "2026-06-01",
            "2026-11-27",
            "2024-02-01",
            "2024-12-31",
            f"2024-02-01至2024-12-31应每月支付二倍工资（{UNSIGNED}）",
        ),
    ],
)
def test_what_is_owed_for_work_without_a_written_contract(
    began: str, signed_on: str | None, day: str, first: str | None, last: str | None, because: str
) -> None:
    days = [date.fromisoformat(each) if each else None for each in (signed_on, first, last)]
    found = unsigned(LAW, date.fromisoformat(began), days[0], date.fromisoformat(day))
    assert found == Unsigned(days[1], days[2], because)


@pytest.mark.parametrize("key", ["contract.signing.months", "contract.unsigned.months"])
def test_one_unknown_figure_leaves_the_double_pay_unknown(key: str) -> None:
    day = date(2026, 11, 27)
    found = unsigned(Parameters(day, {key: None}), date(2020, 1, 1), None, day)
    assert found == Unsigned(None, None, "没有登记2026-11-27适用的规定，二倍工资待核实", known=False)
