"""`KEY=VALUE` as values of parameters: every fault at once, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import yaml

from fujing.law.education import EDUCATION_LABEL, LEVELS
from fujing.law.parameters import Parameters, parameter_book


class BadSettings(ValueError):
    """What is wrong with the values that were put in place; `faults` holds every reason."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value of a parameter looks like; `read` gives None for what isn't one."""

    expected: str
    read: Callable[[Any], Any]


def _whole(low: int, high: int, unit: str) -> Shape:
    def read(value: Any) -> int | None:
        return value if type(value) is int and low <= value <= high else None

    return Shape(f"应为{low}至{high}的整数（{unit}）", read)


def _both_sexes(value: Any) -> dict[str, int] | None:
    ages = AGE.read
    if (
        not isinstance(value, dict)
        or set(value) != {"male", "female"}
        or any(ages(age) is None for age in value.values())
    ):
        return None
    return value


def _probation(value: Any) -> list[list[int]] | None:
    """Pairs of whole months, the first of each rising, the second never falling."""
    pairs = value if isinstance(value, list) and value else None
    if pairs is None or any(not isinstance(pair, list) or len(pair) != 2 for pair in pairs):
        return None
    if any(MONTHS.read(month) is None for pair in pairs for month in pair):
        return None
    rising = all(one[0] < other[0] and one[1] <= other[1] for one, other in pairwise(pairs))
    return pairs if rising else None


AGE, DAYS, MONTHS = _whole(1, 120, "周岁"), _whole(0, 3660, "日"), _whole(0, 600, "月")
LEVEL = Shape(
    f"应为 {'、'.join(f'{key}（{label}）' for key, label in EDUCATION_LABEL.items())} 之一",
    lambda value: value if value in LEVELS else None,
)
SHAPES: Mapping[str, Shape] = {
    "recruitment.age.min": AGE,
    "recruitment.age.max": AGE,
    "recruitment.age.relaxed_advice": AGE,
    "recruitment.age.retirement": Shape("应为两个年龄，如 {male: 60, female: 55}", _both_sexes),
    "recruitment.cutoff.months": MONTHS,
    "recruitment.education.min": LEVEL,
    "recruitment.education.civil_min": LEVEL,
    "contract.signing.months": MONTHS,
    "contract.probation.limits": Shape(
        "应为由小到大的若干对月数，如 [[3, 0], [12, 1], [36, 2]]：合同不满几个月的，试用期最长几个月", _probation
    ),
    "contract.probation.max": MONTHS,
    "contract.open_ended.after": _whole(1, 50, "次"),
    "contract.expiry.notice_days": DAYS,
    "card.expiry.notice_days": DAYS,
}
"""The parameters that the rules on people, organs, announcements and applications read."""
EXAMPLE = "recruitment.age.max=38"


def read_settings(said: Iterable[str], day: date) -> dict[str, Any]:
    """The values to put in place. Raises BadSettings with every fault."""
    faults: list[str] = []
    values: dict[str, Any] = {}
    for setting in said:
        key, equals, written = (part.strip() for part in setting.partition("="))
        if not key or not equals:
            faults.append(f"“{setting}”应写成 标准名=值，如 {EXAMPLE}")
        elif key in values:
            faults.append(f"{key} 写了几次，只能写一次")
        elif fault := _fault_of_key(key):
            faults.append(fault)
        else:
            values[key] = _value(key, written)
            if values[key] is None:
                faults.append(f"{key} 的值是“{written}”，{SHAPES[key].expected}")
    if not faults and not values:
        faults.append(f"没有写改动哪项标准，应写成 标准名=值，如 {EXAMPLE}；{_possible()}")
    faults += _out_of_order(values, day) if not faults else []
    if faults:
        raise BadSettings(faults)
    return values


def _fault_of_key(key: str) -> str | None:
    if key in SHAPES:
        return None
    if key in parameter_book():
        label = parameter_book()[key].label
        return f"{key}（{label}）不用于核对人员、公告和报名，不能推演；{_possible()}"
    return f"没有标准“{key}”，{_possible()}"


def _value(key: str, written: str) -> Any:
    try:
        return SHAPES[key].read(yaml.safe_load(written))
    except (yaml.YAMLError, ValueError, TypeError):
        return None


def _out_of_order(values: Mapping[str, Any], day: date) -> list[str]:
    """Lower limits above their upper ones, the rest of that day's law taken along."""
    law, named = Parameters(day, values), {key: parameter_book()[key].label for key in SHAPES}
    faults = []
    lower, upper = "recruitment.age.min", "recruitment.age.max"
    low, high = law[lower], law[upper]
    if low is not None and high is not None and low > high:
        faults.append(f"{named[lower]}为{low}，大于{named[upper]}的{high}")
    everybody, civilians = "recruitment.education.min", "recruitment.education.civil_min"
    least, civil = law[everybody], law[civilians]
    if least is not None and civil is not None and LEVELS.index(least) > LEVELS.index(civil):
        faults.append(f"{named[everybody]}为{EDUCATION_LABEL[least]}，高于{named[civilians]}的{EDUCATION_LABEL[civil]}")
    return faults


def _possible() -> str:
    return "可以推演：" + "、".join(f"{key}（{parameter_book()[key].label}）" for key in SHAPES)
