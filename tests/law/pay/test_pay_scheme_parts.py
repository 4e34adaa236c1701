"""Parts of a pay scheme that contradict each other, and values that change during a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.documents import DocumentError
from fujing.law.formats.pay_scheme import read_scheme
from tests.law.pay.test_pay_bounds import SCHEME
from tests.law.pay.tools import written

VALUES = {"from": "2026-01", "employer": 0.16, "person": 0.08}
PENSION: dict[str, Any] = {
    "code": "pension", "name": "养老保险", "base": "social", "month_rule": "any_day", "values": [VALUES],
}  # fmt: skip
BASE = SCHEME["items"][0]


def faults(folder: Path, **changed: Any) -> list[str]:
    written(folder, SCHEME | changed, [], [])
    try:
        read_scheme(folder / "scheme.yaml", 2026)
    except DocumentError as error:
        return [str(fault).replace(f"{folder}/scheme.yaml：pay_scheme.", "") for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": [BASE, BASE | {"code": "tier"}]}, []),
        (
            {"items": [BASE, BASE]},
            ["items[0].code 的值是“base”，重复，每项应不同", "items[1].code 的值是“base”，重复，每项应不同"],
        ),
        *(
            ({"items": [BASE, BASE | {"code": code}]}, [f"items[1].code 的值是“{code}”，是系统自己的项目，请另取一个"])
            for code in ("personal_leave", "sick_leave", "back_pay")
        ),
        ({"contributions": [PENSION | {"code": "back_pay"}]}, []),
        ({"contributions": [PENSION, PENSION | {"code": "medical"}]}, []),
        (
            {"contributions": [PENSION, PENSION]},
            [
                "contributions[0].code 的值是“pension”，重复，每项应不同",
                "contributions[1].code 的值是“pension”，重复，每项应不同",
            ],
        ),
        ({"items": [{"code": "overtime", "name": "加班", "kind": "overtime"}]}, []),
        (
            {"items": [{"code": "overtime", "name": "加班", "kind": "overtime", "hourly": True}]},
            ["items[0].hourly 的值是“true”，加班工资不能计入小时工资"],
        ),
        ({"contributions": [PENSION | {"values": [VALUES, VALUES | {"from": "2026-07"}]}]}, []),
        ({"contributions": [PENSION | {"values": [VALUES, VALUES]}]}, ["contributions[0].values 同一月份起的数值重复"]),
        ({"contributions": [PENSION | {"values": [VALUES | {"floor": 5, "ceiling": 5}]}]}, []),
        (
            {"contributions": [PENSION | {"values": [VALUES | {"floor": 5.01, "ceiling": 5}]}]},
            ["contributions[0].values[0] 下限高于上限"],
        ),
        ({"contributions": [PENSION | {"values": [VALUES | {"floor": 5}]}]}, []),
        ({"contributions": [PENSION | {"values": [VALUES | {"ceiling": 5}]}]}, []),
    ],
)
def test_what_contradicts_another_part_is_told(tmp_path: Path, changed: dict[str, Any], said: list[str]) -> None:
    assert faults(tmp_path, **changed) == said


def test_what_applies_in_a_month_is_the_last_that_has_begun_in_whatever_order_it_is_written(tmp_path: Path) -> None:
    values = [VALUES | {"from": start, "person": rate} for start, rate in (("2026-07", 0.09), ("2026-03", 0.08))]
    written(tmp_path, SCHEME | {"contributions": [PENSION | {"values": values}]}, [], [])
    (contribution,) = read_scheme(tmp_path / "scheme.yaml", 2026).contributions
    found = [contribution.on(date(2026, month, 1)) for month in (2, 3, 6, 7, 12)]
    assert [None if each is None else str(each.person) for each in found] == [None, "0.08", "0.08", "0.09", "0.09"]
    assert contribution.round == "cent"


def test_a_scheme_of_any_year_is_read_without_one(tmp_path: Path) -> None:
    written(tmp_path, SCHEME | {"effective": "2026-05-01"}, [], [])
    scheme = read_scheme(tmp_path / "scheme.yaml")
    assert (scheme.effective, scheme.contributions, scheme.floor) == (date(2026, 5, 1), (), None)
    assert (scheme.items[0].prorate, scheme.items[0].hourly) == (False, False)
