"""A slow second opinion on rosters: plain Python, one row at a time, written from formats/roster alone.

It takes cells as they stand (text, or None for an empty one) and knows nothing of the product's reader or rules.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

Row = dict[str, str | None]
Found = set[tuple[str, str, str]]
"""Rule, outcome, and what it is about: `行N` or an organ's code."""

START = date(2021, 3, 1)
LEVEL = {"小学": 0, "初中": 1, "高中": 2, "中专": 2, "职高": 2, "技校": 2, "大专": 3, "本科": 4, "硕士": 5, "博士": 6}
WORDS = ["治安联防", "治安志愿者", "护村队", "护校队", "群防群治", "膳食", "食堂", "炊事", "保洁", "后勤服务人员"]


def day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell and cell[0].isdigit() else None


def plus_months(start: date, months: int) -> date:
    month = start.month + months
    year = start.year + (month - 1) // 12
    month = (month - 1) % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def birth(number: str | None) -> date | None:
    """The birth date of a valid number."""
    if not number or len(number) != 18 or not number[:17].isdigit():
        return None
    total = sum(int(number[17 - place]) * pow(2, place, 11) for place in range(1, 18))
    if "10X98765432"[total % 11] != number[17]:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class Roster:
    """`rows`: cells by header, `divisions`: six-digit codes that exist, `organs`: the sheet 机关 by code or None."""

    def __init__(self, rows: list[Row], organs: dict[str, Row] | None, today: date, divisions: set[str]) -> None:
        self.rows, self.organs, self.today, self.divisions = rows, organs, today, divisions
        self.found: Found = set()

    def judge(self) -> Found:
        members = []
        for number, row in enumerate(self.rows, 2):
            row = row | {"行": f"行{number}"}
            if self.excluded(row):
                if self.serving(row):
                    self.say(row, "excluded", "violated")
            else:
                members.append(row)
        serving = [row for row in members if self.serving(row)]
        for row in serving:
            self.person(row, serving)
        for row in members:
            gone = day(row["离职日期"])
            if gone and gone <= self.today:
                for rule, column in (("card", "证件收回"), ("uniform", "服装收回"), ("insignia", "标识收回")):
                    if row[column] == "未收回":
                        self.say(row, f"exit_{rule}", "violated")
                    elif row[column] is None:
                        self.say(row, f"exit_{rule}", "undetermined")
        codes = {row["管理机关代码"] for row in members} | set(self.organs or {})
        for code in codes - {None}:
            self.organ(str(code), members, serving)
        return self.found

    def say(self, row: Row, rule: str, outcome: str) -> None:
        self.found.add((f"roster.{rule}", outcome, str(row["行"])))

    def excluded(self, row: Row) -> bool:
        said = [row[column] or "" for column in ("岗位", "类别", "用人单位")]
        return any(word in text for word in WORDS for text in said)

    def serving(self, row: Row) -> bool:
        joined, gone = day(row["入职日期"]), day(row["离职日期"])
        return (joined is None or joined <= self.today) and (gone is None or gone > self.today)

    def person(self, row: Row, serving: list[Row]) -> None:
        self.standing(row, serving)
        self.joining(row)
        self.contracts(row)
        self.training(row)
        self.card(row, serving)
        self.safeguards(row)

    def standing(self, row: Row, serving: list[Row]) -> None:
        if row["类别"] is None:
            self.say(row, "category", "undetermined")
        elif row["类别"] not in ("文职", "勤务"):
            self.say(row, "category", "violated")
        code = row["管理机关代码"]
        if code is None:
            self.say(row, "organ", "undetermined")
        else:
            if not code.startswith("51"):
                self.say(row, "jurisdiction", "violated")
            elif code[:6] not in self.divisions:
                self.say(row, "jurisdiction", "undetermined")
            if code[-6:] != "000000":
                self.say(row, "organ", "violated")
        number = row["公民身份号码"]
        if number is not None and sum(other["公民身份号码"] == number for other in serving) > 1:
            self.say(row, "identity", "violated")
        elif birth(number) is None:
            self.say(row, "identity", "undetermined")
        if row["用人单位"] is None:
            self.say(row, "unit", "undetermined")

    def starred(self, row: Row, rule: str, outcome: str) -> None:
        joined = day(row["入职日期"])
        if joined is None:
            self.say(row, rule, "undetermined")
        elif joined >= START:
            self.say(row, rule, outcome)

    def joining(self, row: Row) -> None:
        joined, born = day(row["入职日期"]), birth(row["公民身份号码"])
        if joined is None or born is None:
            self.starred(row, "age", "undetermined")
        elif years(born, joined) < 18:
            self.starred(row, "age", "violated")
        elif years(born, joined) >= 36:
            self.starred(row, "age", "undetermined")
        level = LEVEL.get(row["学历"] or "")
        if level is None:
            self.starred(row, "education", "undetermined")
        elif level < 2 or (row["类别"] == "文职" and level < 3):
            self.starred(row, "education", "violated")
        if row["用工方式"] is None:
            self.say(row, "purchased", "undetermined")
        elif row["用工方式"] == "购买服务":
            if joined is None:
                self.say(row, "purchased", "undetermined")
            elif joined >= START:
                self.say(row, "purchased", "violated")

    def contracts(self, row: Row) -> None:
        joined, kind = day(row["入职日期"]), row["合同类型"]
        start, end = day(row["合同起始"]), day(row["合同终止"])
        times = int(row["合同次数"]) if row["合同次数"] else None
        due = plus_months(joined, 1) if joined else None
        if kind == "未签":
            if due is None:
                self.say(row, "contract", "undetermined")
            else:
                self.say(row, "contract", "violated" if self.today > due else "advice")
        elif times == 1 and joined and due and joined >= START and start and start > due:
            self.say(row, "contract", "violated")
        elif kind is None or start is None or (times == 1 and joined is None):
            self.say(row, "contract", "undetermined")
        soon = end is not None and self.today <= end <= self.today + timedelta(days=60)
        if kind == "固定期限":
            if end is None:
                self.say(row, "contract_current", "undetermined")
            elif end < self.today:
                self.say(row, "contract_current", "violated")
            elif soon:
                self.say(row, "contract_current", "advice")
            if times is not None and times >= 3:
                self.say(row, "open_ended", "undetermined")
            elif times == 2 and soon:
                self.say(row, "open_ended", "advice")
        self.probation(row, times)
        trial = day(row["试用期终止"])
        if row["层级"] is None:
            self.say(row, "tier", "undetermined")
        elif row["层级"] == "无" and not (trial and trial >= self.today):
            self.say(row, "tier", "violated")

    def probation(self, row: Row, times: int | None) -> None:
        trial, start, end = day(row["试用期终止"]), day(row["合同起始"]), day(row["合同终止"])
        if trial is None or start is None:
            return
        limit = 6
        if row["合同类型"] == "固定期限" and end:
            term = 0
            while plus_months(start, term + 1) - timedelta(days=1) <= end:
                term += 1
            limit = 0 if term < 3 else 1 if term < 12 else 2 if term < 36 else 6
        if trial > plus_months(start, limit) - timedelta(days=1) or (
            times is not None and times >= 2 and trial >= start
        ):
            self.starred(row, "probation", "violated")

    def training(self, row: Row) -> None:
        joined, last_year = day(row["入职日期"]), self.today.year - 1
        induction = row["岗前培训日期"]
        if induction is None:
            self.starred(row, "induction", "undetermined")
        elif induction == "无":
            self.starred(row, "induction", "violated")
        elif joined and day(induction) > joined:  # type: ignore[operator]
            self.starred(row, "induction", "advice")
        columns = {
            "education_political": "政治教育",
            "education_discipline": "纪律教育",
            "education_integrity": "廉洁教育",
            "education_secrecy": "保密教育",
            "annual_training": "年度培训日期",
        }
        for rule, column in columns.items():
            cell, held = row[column], day(row[column])
            before = joined is not None and joined < date(last_year, 1, 1)
            if cell is None:
                self.say(row, rule, "undetermined")
            elif cell == "无" or (held and held.year < last_year):
                if joined is None:
                    self.say(row, rule, "undetermined")
                elif before:
                    self.say(row, rule, "violated")
                elif cell == "无":
                    self.say(row, rule, "advice")
            elif held and held.year == last_year:
                self.say(row, rule, "advice")
        result = row["上年度考核"]
        if result is None:
            self.say(row, "appraisal", "undetermined")
        elif result == "未考核":
            if joined is None:
                self.say(row, "appraisal", "undetermined")
            elif joined <= date(last_year, 1, 1):
                self.say(row, "appraisal", "violated")
        elif result in ("不称职", "不合格", "不胜任", "基本称职", "基本合格"):
            self.say(row, "appraisal", "advice")

    def card(self, row: Row, serving: list[Row]) -> None:
        number, until = row["工作证号"], day(row["工作证有效期"])
        shared = number not in (None, "无") and sum(other["工作证号"] == number for other in serving) > 1
        if number == "无" or (until and until < self.today) or shared:
            self.say(row, "card", "violated")
        elif number is None or until is None:
            self.say(row, "card", "undetermined")
        elif until <= self.today + timedelta(days=30):
            self.say(row, "card", "advice")
        held = [part.split(":") for part in (row["资质证书"] or "").split("；") if part not in ("", "无")]
        ends = [day(part[1]) if len(part) == 2 else None for part in held]
        if None in ends:
            self.say(row, "qualification", "undetermined")
        elif any(end < self.today for end in ends if end):
            self.say(row, "qualification", "advice")

    def safeguards(self, row: Row) -> None:
        insured = {"pension": "养老", "medical": "医疗", "unemployment": "失业", "injury": "工伤", "housing": "公积金"}
        for rule, column in insured.items():
            if row[column] != "是":
                self.say(row, f"insurance_{rule}", "undetermined" if row[column] is None else "violated")
        if row["意外险"] is None or (row["意外险"] == "否" and row["类别"] == "勤务"):
            self.say(row, "insurance_accident", "undetermined")
        figures = (self.organs or {}).get(str(row["管理机关代码"]), {})
        income = figures.get("上年度城镇居民人均可支配收入")
        if income and row["月应发工资"] and Decimal(row["月应发工资"]) * 12 < Decimal(income):
            self.say(row, "pay_person", "advice")

    def organ(self, code: str, members: list[Row], serving: list[Row]) -> None:
        figures = (self.organs or {}).get(code, {})
        mine = [row for row in serving if row["管理机关代码"] == code]
        hired = [
            row
            for row in members
            if row["管理机关代码"] == code
            and row["用工方式"] == "直接聘用"
            and row["入职日期"]
            and START <= date.fromisoformat(row["入职日期"]) <= self.today
        ]
        self.compare(code, "quota", len(mine), figures.get("用人额度"))
        self.compare(code, "plan", len(hired), figures.get("批准计划数"))
        income, pay = figures.get("上年度城镇居民人均可支配收入"), [row["月应发工资"] for row in mine]
        if not income or not figures.get("收入口径来源") or None in pay or not pay:
            outcome = "undetermined"
        else:
            total = sum(Decimal(each) for each in pay if each)
            outcome = "violated" if total * 12 < Decimal(income) * len(pay) else "satisfied"
        self.found.add(("roster.pay_floor", outcome, code))

    def compare(self, code: str, rule: str, count: int, most: str | None) -> None:
        outcome = "undetermined" if most is None else "violated" if count > int(most) else "satisfied"
        self.found.add((f"roster.{rule}", outcome, code))
