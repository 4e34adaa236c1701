"""Correct months of invented people, reckoned slowly with decimals and by nothing of the product.

`overrides` puts a figure in the place of the right one; what follows from it in the same month, and in the tax of the
later ones, is reckoned from the wrong figure, as a bureau's own sheet would.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

YEAR = 2026
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES, GIVEN = (
    "张李王刘陈杨赵黄周吴徐孙马朱胡林郭何高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文斌云兰波",
)
BANDS = ((36000, 3, 0), (144000, 10, 2520), (300000, 20, 16920), (420000, 25, 31920), (660000, 30, 52920))
PERSON = {"pension": "0.08", "medical": "0.02", "unemployment": "0.004", "housing": "0.08"}
EMPLOYER = {
    "e_pension": "0.16",
    "e_medical": "0.065",
    "e_unemployment": "0.006",
    "e_injury": "0.004",
    "e_housing": "0.08",
}
EARNED = ("base_pay", "post_pay", "seniority", "performance", "night", "overtime")
ABSENT = ("personal_cut", "sick_cut")
Slip = dict[str, Any]
Overrides = dict[tuple[int, int, str], Any]


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass
class Person:
    name: str
    number: str
    unit: str
    account: str
    hired_on: date
    social_base: Decimal
    housing_base: Decimal
    special: Decimal
    post_pay: Decimal
    facts: dict[int, dict[str, Decimal]] = field(default_factory=dict)


def citizen_number(born: date, place: int) -> str:
    first = f"510722{born:%Y%m%d}{place % 1000:03}"
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def people(random: Random, count: int, months: int) -> list[Person]:
    made = []
    for place in range(count):
        born = date(1985 + random.randrange(18), random.randrange(1, 13), random.randrange(1, 29))
        rich = random.random() < 0.4
        one = Person(
            name=SURNAMES[place % len(SURNAMES)] + GIVEN[place // 20 % 30] + random.choice(GIVEN),
            number=citizen_number(born, place),
            unit=["巡警大队", "交警大队", "城关派出所"][place * 3 // count],
            account=f"6217{random.randrange(10**14, 10**15)}",
            hired_on=date(random.randrange(2016, 2025), random.randrange(1, 13), random.randrange(1, 28)),
            social_base=cents(Decimal(random.randrange(424680, 1200000)) / 100),
            housing_base=Decimal(random.randrange(2100, 12000)),
            special=Decimal(random.choice([0, 0, 1000, 2000, 3500])) if rich else Decimal(0),
            post_pay=Decimal(random.choice([6000, 7500, 12000] if rich else [600, 400])),
        )
        for month in range(1, months + 1):
            absent = random.random() < 0.2
            one.facts[month] = {
                "performance": Decimal(random.choice(["800", "960", "640.5"])),
                "shifts": Decimal(random.randrange(6)),
                "overtime": cents(Decimal(random.choice([0, 0, random.randrange(5000, 60000)])) / 100),
                "personal_days": Decimal(random.choice(["0.5", "1", "2"])) if absent else Decimal(0),
                "sick_days": Decimal(random.choice(["0", "1.5", "3"])) if absent else Decimal(0),
            }
        made.append(one)
    return made


def slips(
    persons: list[Person], months: int, overrides: Overrides, *, absence_in_gross: bool
) -> dict[tuple[int, int], Slip]:
    """By place of the person and month."""
    return {
        (place, month): slip
        for place, one in enumerate(persons)
        for month, slip in _year(place, one, months, overrides, absence_in_gross).items()
    }


def _year(place: int, one: Person, months: int, overrides: Overrides, absence_in_gross: bool) -> dict[int, Slip]:
    paid: dict[int, Slip] = {}
    gross = deducted = special = withheld = Decimal(0)
    for month in range(1, months + 1):
        slip: Slip = {}

        def put(key: str, value: Any, slip: Slip = slip, month: int = month) -> Any:
            slip[key] = overrides.get((place, month, key), value)
            return slip[key] if isinstance(slip[key], Decimal) else Decimal(0)

        facts = one.facts[month]
        first, last = date(YEAR, month, 1), date(YEAR, month, monthrange(YEAR, month)[1])
        years = first.year - one.hired_on.year - ((first.month, first.day) < (one.hired_on.month, one.hired_on.day))
        for key, value in (("name", one.name), ("number", one.number), ("unit", one.unit), ("account", one.account), ("hired_on", one.hired_on), ("paid_on", last), ("month", f"{YEAR}-{month:02}")):  # fmt: skip
            slip[key] = overrides.get((place, month, key), value)
        put("days_due", Decimal(22))
        put("personal_days", facts["personal_days"])
        put("sick_days", facts["sick_days"])
        put("days", Decimal(22) - facts["personal_days"] - facts["sick_days"])
        base, post = put("base_pay", Decimal(1800)), put("post_pay", one.post_pay)
        put("seniority", Decimal(50 * years))
        put("performance", facts["performance"])
        put("night", 30 * facts["shifts"])
        put("overtime", facts["overtime"])
        daily = (base + post) / Decimal("21.75")
        put("personal_cut", cents(daily * facts["personal_days"]))
        put("sick_cut", cents(daily * facts["sick_days"] * Decimal("0.4")))
        absent = sum((slip[key] for key in ABSENT if isinstance(slip[key], Decimal)), Decimal(0))
        earned = sum((slip[key] for key in EARNED if isinstance(slip[key], Decimal)), Decimal(0))
        own_gross = put("gross", earned - absent if absence_in_gross else earned)
        pay = own_gross if absence_in_gross else own_gross - absent
        social, housing = put("social_base", one.social_base), put("housing_base", one.housing_base)
        own = Decimal(0)
        for key, rate in PERSON.items():
            own += put(key, cents((housing if key == "housing" else social) * Decimal(rate)))
        theirs = Decimal(0)
        for key, rate in EMPLOYER.items():
            theirs += put(key, cents((housing if key == "e_housing" else social) * Decimal(rate)))
        put("e_total", theirs)
        put("social_sum", own - (slip["housing"] if isinstance(slip["housing"], Decimal) else 0))
        gross, deducted, special = gross + pay, deducted + own, special + put("special", one.special)
        due = taxed(max(Decimal(0), gross - 5000 * month - deducted - special))
        tax = put("tax", max(Decimal(0), due - withheld))
        withheld += tax
        other = put("union", Decimal(10))
        deductions = put("deductions", own + tax + other + (0 if absence_in_gross else absent))
        put("net", own_gross - deductions)
        paid[month] = slip
    return paid


def taxed(taxable: Decimal) -> Decimal:
    for upper, percent, quick in BANDS:
        if taxable <= upper:
            return cents(taxable * percent / 100 - quick)
    raise AssertionError(taxable)
