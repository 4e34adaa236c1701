"""Pay reckoned again, slowly and by itself: one person, one month, fractions, straight from the page's sentences.

It shares nothing with `fujing.law`: it reads plain dictionaries as a test writes them.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

F = Fraction
Row = dict[str, Any]
COLUMNS = ["tier", "post_grade", "hired_on", "appraisal", "social_base", "housing_base"]
BANDS = [("36000", 3, 0), ("144000", 10, 2520), ("300000", 20, 16920), ("420000", 25, 31920), ("660000", 30, 52920), ("960000", 35, 85920)]  # fmt: skip


CENT = F(1, 100)


def half_away(x: F, unit: F = CENT) -> F:
    return floor(x / unit + F(1, 2)) * unit if x >= 0 else -half_away(-x, unit)


def say(x: F) -> str:
    whole = half_away(x) * 100
    assert whole.denominator == 1
    n = abs(whole.numerator)
    return ("-" if whole < 0 else "") + f"{n // 100}.{n % 100:02}"


def in_service(person: Row, day: date) -> bool:
    return (person["hired_on"] is None or person["hired_on"] <= day) and (
        person["left_on"] is None or day < person["left_on"]
    )


class Year:
    """One person's year."""

    def __init__(self, scheme: Row, person: Row, rows: dict[int, Row], year: int) -> None:
        self.s, self.p, self.rows, self.year = scheme, person, rows, year
        self.gross = self.paid = self.special = self.tax = self.carried = F(0)
        self.count = 0
        self.missing: set[str] = set()
        self.shares = F(0)

    def slips(self, through: int) -> list[Row]:
        return [slip for month in range(1, through + 1) if (slip := self.slip(month))]

    def slip(self, month: int) -> Row | None:
        first = date(self.year, month, 1)
        length = monthrange(self.year, month)[1]
        served = [each for n in range(length) if in_service(self.p, each := first + timedelta(n))]
        if not served:
            return None
        head = {"subject": self.p["id"], "month": f"{self.year}-{month:02}"}
        counted = [c for c in self.s["contributions"] if self.counts(c, first)]
        self.missing |= self.lacking(counted, first)
        if self.missing:
            known = [key for key in COLUMNS if key in self.missing]
            return {**head, "outcome": "undetermined", "missing": known}
        row = {key: F(value) for key, value in self.rows.get(month, {}).items()}
        share = F(len(served), length)
        self.shares += share
        full = {i["code"]: self.full(i, row, first, length) for i in self.s["items"] if i["kind"] != "overtime"}
        hourly = sum((full[i["code"]] for i in self.s["items"] if i.get("hourly")), F(0)) / F("21.75") / 8
        times = [("overtime_weekday", F(3, 2)), ("overtime_restday", F(2)), ("overtime_holiday", F(3))]
        for i in self.s["items"]:
            if i["kind"] == "overtime":
                full[i["code"]] = hourly * sum(row.get(key, F(0)) * by for key, by in times)
        items = [[i["code"], half_away(full[i["code"]] * (share if i.get("prorate") else 1))] for i in self.s["items"]]
        prorated = [i["code"] for i in self.s["items"] if i.get("prorate")]
        daily = sum((full[code] for code in prorated), F(0)) / F("21.75")
        room = sum((amount for code, amount in items if code in prorated), F(0))
        personal = half_away(row.get("personal_leave_days", F(0)) * daily)
        sick = half_away(row.get("sick_leave_days", F(0)) * daily * (1 - F(self.s["absence"]["sick_rate"])))
        if personal + sick > room:
            sick = max(F(0), room - personal)
            personal = min(personal, room)
        own = [["personal_leave", -personal], ["sick_leave", -sick], ["back_pay", row.get("back_pay", F(0))]]
        items += [each for each in own if each[1] != 0]
        gross = sum((amount for _, amount in items), F(0))
        parts = [self.contribute(c, first) for c in counted]
        person = sum((part["person"] for part in parts), F(0))
        employer = sum((part["employer"] for part in parts), F(0))
        self.count += 1
        self.gross += gross
        self.paid += person
        self.special += F(self.p["special_deductions"] or 0)
        n = month if self.p["first_job"] else self.count
        taxable = max(F(0), self.gross - 5000 * n - self.paid - self.special)
        tax = max(F(0), half_away(self.due(taxable)) - self.tax)
        self.tax += tax
        due = row.get("recovery_due", F(0)) + self.carried
        taken = max(F(0), min(due, half_away(gross / 5), gross - person - tax - F(self.s["minimum_wage"])))
        self.carried = due - taken
        figures = {"taxable": taxable, "tax": tax, "recovery": taken, "carried": self.carried}
        figures |= {"net": gross - person - tax - taken, "cost": gross + employer}
        return {
            **head,
            "outcome": "computed",
            "items": [{"code": code, "amount": say(amount)} for code, amount in items],
            "gross": say(gross),
            "contributions": [{key: v if key == "code" else say(v) for key, v in part.items()} for part in parts],
            **{key: say(value) for key, value in figures.items()},
        }

    def lacking(self, counted: list[Row], first: date) -> set[str]:
        found = {"hired_on"} if self.p["hired_on"] is None else set()
        for i in self.s["items"]:
            if i["kind"] == "table" and self.p[i["by"]] not in i["table"]:
                found.add(i["by"])
            if i["kind"] == "appraisal" and self.p["appraisal"] not in i["factors"]:
                found.add("appraisal")
        needed = self.s["contributions"] if self.p["hired_on"] is None else counted
        return found | {f"{c['base']}_base" for c in needed if self.p[f"{c['base']}_base"] is None}

    def full(self, i: Row, row: dict[str, F], first: date, length: int) -> F:
        if i["kind"] == "table":
            return F(i["table"][self.p[i["by"]]])
        amount = F(i["amount"])
        if i["kind"] == "seniority":
            hired = self.p["hired_on"]
            years = 0
            while (first.year - hired.year > years) and (
                (hired.month, hired.day) <= (first.month, first.day) or first.year - hired.year > years + 1
            ):
                years += 1
            return amount * min(years, i["cap_years"])
        if i["kind"] == "appraisal":
            return amount * F(i["factors"][self.p["appraisal"]])
        if i["kind"] == "unit":
            return amount * row.get(i["of"], F(0))
        if i["kind"] == "once":
            there = i["month"] == first.month and in_service(self.p, first.replace(day=length))
            return amount if there else F(0)
        return amount

    def counts(self, c: Row, first: date) -> bool:
        if c["month_rule"] == "any_day":
            return True
        hired, left, fifteenth = self.p["hired_on"], self.p["left_on"], first.replace(day=15)
        return hired is not None and hired <= fifteenth and not (left is not None and left <= fifteenth)

    def contribute(self, c: Row, first: date) -> Row:
        month = f"{first:%Y-%m}"
        values = [v for v in c["values"] if v["from"] <= month][-1]
        base = min(max(F(self.p[f"{c['base']}_base"]), F(values["floor"])), F(values["ceiling"]))
        unit = F(1) if c.get("round") == "yuan" else F(1, 100)
        parts = {part: half_away(base * F(values[part]), unit) for part in ("person", "employer")}
        return {"code": c["code"], "base": base, **parts}

    @staticmethod
    def due(taxable: F) -> F:
        for upper, percent, quick in BANDS:
            if taxable <= F(upper):
                return taxable * percent / 100 - quick
        return taxable * 45 / 100 - 181920
