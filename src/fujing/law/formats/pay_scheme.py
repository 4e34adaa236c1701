"""A pay scheme (薪酬方案) as dated data, documented in formats/pay: no formula is code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema, model_validator

from fujing.law.formats.announcement import OrganCode, Part
from fujing.law.formats.documents import DocumentError, Fault, read_document
from fujing.law.formats.faults import explain
from fujing.law.formats.values import Amount, Code, Day, MonthStart, Text, parse_number

ROOT = "pay_scheme"
OWN_ITEMS = {"personal_leave": "事假扣款", "sick_leave": "病假扣款", "back_pay": "补发（扣回）"}
"""Items that every slip may have beside the scheme's, by code."""
Rate = Annotated[
    Any,
    BeforeValidator(parse_number),
    Field(ge=0, le=1),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]


class Item(Part):
    """What all kinds of item share. `prorate`: by the days in service; `hourly`: counts for the hourly wage."""

    code: Code
    name: Text
    prorate: bool = False
    hourly: bool = False


class Fixed(Item):
    kind: Literal["fixed"]
    amount: Amount


class ByTable(Item):
    kind: Literal["table"]
    by: Literal["tier", "post_grade", "category"]
    table: Annotated[dict[Code, Amount], Field(min_length=1)]


class Seniority(Item):
    """An amount for each completed year of service."""

    kind: Literal["seniority"]
    amount: Amount
    cap_years: Annotated[int, Field(ge=0, le=99)] | None = None


class Appraisal(Item):
    """An amount times the factor of last year's appraisal (Article 25)."""

    kind: Literal["appraisal"]
    amount: Amount
    factors: Annotated[dict[Code, Amount], Field(min_length=1)]


class Unit(Item):
    """An amount for each shift or duty day."""

    kind: Literal["unit"]
    of: Literal["night_shifts", "duty_days"]
    amount: Amount


class Overtime(Item):
    """By the hourly wage of the items marked `hourly`."""

    kind: Literal["overtime"]


class Once(Item):
    """In one month, for who is in service on its last day."""

    kind: Literal["once"]
    month: Annotated[int, Field(ge=1, le=12)]
    amount: Amount


AnyItem = Annotated[Fixed | ByTable | Seniority | Appraisal | Unit | Overtime | Once, Field(discriminator="kind")]


class Absence(Part):
    """`sick_rate`: the share of a day's pay that is kept on sick leave."""

    sick_rate: Rate


class ContributionValues(Part):
    """What applies from a month on: bounds of the base (元 a month), shares of employer and person."""

    start: MonthStart = Field(alias="from")
    floor: Amount | None = None
    ceiling: Amount | None = None
    employer: Rate
    person: Rate

    @model_validator(mode="after")
    def _floor_below_ceiling(self) -> Self:
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError("下限高于上限")
        return self


class Contribution(Part):
    """A social insurance or the housing fund (Article 34)."""

    code: Code
    name: Text
    base: Literal["social", "housing"]
    month_rule: Literal["any_day", "joined_by_15"]
    round: Literal["cent", "yuan"] = "cent"
    values: Annotated[tuple[ContributionValues, ...], Field(min_length=1)]

    def on(self, month: date) -> ContributionValues | None:
        """What applies in a month; None before the first."""
        begun = [each for each in self.values if each.start <= month]
        return max(begun, key=lambda each: each.start) if begun else None


class Floor(Part):
    """Last year's urban disposable income per person of the same locality, 元 (Article 33)."""

    income: Amount | None = None
    year: int | None = None
    locality: Text | None = None
    source: Text | None = None


class Scheme(Part):
    """One organ's pay scheme."""

    organ: OrganCode
    effective: Day
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1)]
    absence: Absence
    contributions: tuple[Contribution, ...] = ()
    minimum_wage: Amount
    floor: Floor | None = None


def read_scheme(path: Path | str, year: int | None = None) -> Scheme:
    """Read and validate a scheme, and whether it is in force in all of the year.

    Raises DocumentError with every fault of the file by path.
    """
    path = Path(path)
    document = read_document(path, root=ROOT, what="薪酬方案")
    faults = [Fault(str(path), key, "", f"没有这个键，最外层应只有 {ROOT}") for key in document if key != ROOT]
    if ROOT not in document:
        raise DocumentError([*faults, Fault(str(path), ROOT, "", f"缺少，最外层应有 {ROOT}")])
    scheme = None
    try:
        scheme = Scheme.model_validate(document[ROOT])
    except ValidationError as error:
        faults += explain(error, file=str(path), root=ROOT, kinds=("items",))
    if scheme is not None:
        faults += [Fault(str(path), f"{ROOT}.{place}", value, said) for place, value, said in _odd(scheme)]
        if year is not None and scheme.effective > date(year, 1, 1):
            said = f"方案自这一天起施行，不能核算{year}年全年"
            faults.append(Fault(str(path), f"{ROOT}.effective", scheme.effective.isoformat(), said))
    if faults or scheme is None:
        raise DocumentError(faults)
    return scheme


def _odd(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    """What contradicts something else in the scheme: path, value, what is wrong."""
    for section, parts in (("items", scheme.items), ("contributions", scheme.contributions)):
        counted = Counter(part.code for part in parts)
        for place, part in enumerate(parts):
            if counted[part.code] > 1:
                yield f"{section}[{place}].code", part.code, "重复，每项应不同"
            elif section == "items" and part.code in OWN_ITEMS:
                yield f"{section}[{place}].code", part.code, "是系统自己的项目，请另取一个"
    for place, item in enumerate(scheme.items):
        if item.kind == "overtime" and item.hourly:
            yield f"items[{place}].hourly", "true", "加班工资不能计入小时工资"
    for place, contribution in enumerate(scheme.contributions):
        starts = [each.start for each in contribution.values]
        if len(set(starts)) < len(starts):
            yield f"contributions[{place}].values", "", "同一月份起的数值重复"
