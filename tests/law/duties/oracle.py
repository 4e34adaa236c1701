"""The page's table once more, slowly and from its words alone: rows of text in, findings out.

Shares nothing with the rules but the answers for a few texts, which the lexicon's own tests cover.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, str]
ITEMS = {"9": 4, "10": 10, "11": 4}
OUTSIDE = ("治安联防", "治安志愿者", "护村队", "护校队", "群防群治", "膳食", "食堂", "炊事", "保洁", "后勤服务人员")
TEXTS = {
    "协助民警巡逻": None,
    "": None,
    "疏导交通": None,
    "路口现场开具罚单": ("13.6", "violated"),
    "佩枪巡逻": ("13.8", "violated"),
    "独立办理治安案件": ("13.3", "violated"),
    "协助民警巡逻，开具罚单": ("13.6", "undetermined"),
    "处理永兴超市纠纷": None,
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def check_digit_right(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return "10X98765432"[total % 11] == number[17]


def serving(person: Row, on: date) -> bool:
    hired, left = person["入职日期"], person["离职日期"]
    return (not hired or day(hired) <= on) and (not left or day(left) > on)


def whom(order: Row, roster: list[Row]) -> Row | None:
    number = order["公民身份号码"]
    if not number or not check_digit_right(number):
        return None
    rows = [person for person in roster if person["公民身份号码"] == number]
    for person in rows:
        if serving(person, day(order["日期"])):
            return person
    return rows[-1] if rows else None


def is_outside(person: Row) -> bool:
    return any(word in person[key] for word in OUTSIDE for key in ("岗位", "类别", "用人单位"))


def minutes(order: Row) -> tuple[datetime, datetime]:
    start, end = (datetime.fromisoformat(f"{order['日期']} {order[key]}") for key in ("起", "止"))
    return (start, end + timedelta(days=1)) if order["止"] < order["起"] else (start, end)


def article(order: Row) -> str:
    head = order["事项"].split(".")[0]
    return head if head in ITEMS else ""


def in_catalogue(item: str) -> bool:
    return any(item == f"{head}.{number}" for head, last in ITEMS.items() for number in range(1, last + 1))


def none(text: str) -> bool:
    return text in ("", "无")


def certificates(person: Row) -> list[tuple[str, date | None]] | None:
    cell = person["资质证书"]
    if not cell:
        return None
    if cell == "无":
        return []
    parts = [part.split(":") for part in cell.split("；")]
    return [(part[0], day(part[1]) if len(part) > 1 else None) for part in parts]


def findings(plan: list[Row], absences: list[Row], roster: list[Row], most_led: int) -> set[tuple[int, str, str, str]]:
    """(row, rule, provision, outcome); the first order is in row 2."""
    found: set[tuple[int, str, str, str]] = set()
    people = [whom(order, roster) for order in plan]
    counted = [person is None or not is_outside(person) for person in people]
    for place, order in enumerate(plan):
        person, row = people[place], place + 2
        say = lambda rule, provision, outcome, row=row: found.add((row, f"duty.{rule}", provision, outcome))  # noqa: E731
        if person is not None and is_outside(person):
            say("excluded", "3.p3", "violated")
            continue
        if person is None or not serving(person, day(order["日期"])):
            say("person", "5.p1", "violated")
        _order(order, person, say)
        if person is not None:
            _person(order, person, say)
        _absent(order, absences, say)
        _others(place, plan, counted, most_led, say)
    return found


def _order(order: Row, person: Row | None, say: Any) -> None:
    item, head, text = order["事项"], article(order), order["内容"]
    if not item:
        say("item", "4", "undetermined")
    elif not in_catalogue(item):
        own = {"文职": "9", "勤务": "10"}.get(person["类别"] if person else "", "4")
        say("item", head or own, "violated")
    elif item in ("9.4", "10.10", "11.4") and none(order["法律依据"]):
        say("item", head, "violated")
    if none(order["指挥民警"]):
        say("commander", head if head in ("9", "10") else "4", "violated")
    civil = person is not None and person["类别"] == "文职"
    if order["约束性警械"] == "是" and (civil or none(order["紧急情形"]) or none(order["指挥民警"])):
        say("restraint", "27.p2", "violated")
    if TEXTS[text]:
        say("prohibited", *TEXTS[text])
    if order["驾驶车船"] == "是" and person is None and none(order["指挥民警"]):
        say("driving", "27.p1", "violated")


def _person(order: Row, person: Row, say: Any) -> None:
    on, head = day(order["日期"]), article(order)
    if head:
        if person["类别"] not in ("文职", "勤务"):
            say("category", head, "undetermined")
        elif (person["类别"] == "文职") != (head == "9"):
            say("category", head, "violated")
    trained = person["岗前培训日期"]
    if trained == "无" or (trained and day(trained) > on):
        say("induction", "24", "violated")
    elif not trained:
        say("induction", "24", "undetermined")
    until = person["工作证有效期"]
    if person["工作证号"] == "无" or (until and day(until) < on):
        say("card", "26", "violated")
    elif not person["工作证号"] or not until:
        say("card", "26", "undetermined")
    held = certificates(person)
    _needs(order, held, on, say)
    if order["驾驶车船"] == "是":
        licences = [until for name, until in held or [] if "驾驶证" in name]
        if none(order["指挥民警"]):
            say("driving", "27.p1", "violated")
        elif held is None:
            say("driving", "27.p1", "undetermined")
        elif not any(each is not None and each >= on for each in licences):
            say("driving", "27.p1", "undetermined" if None in licences else "violated")


def _needs(order: Row, held: list[tuple[str, date | None]] | None, on: date, say: Any) -> None:
    if none(order["所需资质"]):
        return
    if held is None:
        say("qualification", "12", "undetermined")
        return
    outcomes = []
    for needed in order["所需资质"].split("；"):
        mine = [until for name, until in held if name == needed]
        if any(until is not None and until >= on for until in mine):
            continue
        outcomes.append("undetermined" if None in mine else "violated")
    if outcomes:
        say("qualification", "12", max(outcomes))


def _absent(order: Row, absences: list[Row], say: Any) -> None:
    start, end = minutes(order)
    days = {start.date()}
    if end > start:
        days.add((end - timedelta(minutes=1)).date())
    mine = [each for each in absences if each["公民身份号码"] == order["公民身份号码"] and order["公民身份号码"]]
    if any(
        each["情形"] in ("请假", "停职") and any(day(each["起"]) <= on <= day(each["止"]) for on in days)
        for each in mine
    ):
        say("leave", "36", "violated")
    if any(
        each["情形"] == "回避" and (each["事由"] in order["内容"] or each["事由"] in order["地点"]) for each in mine
    ):
        say("recusal", "30", "violated")


def _others(place: int, plan: list[Row], counted: list[bool], most_led: int, say: Any) -> None:
    order = plan[place]
    start, end = minutes(order)
    others = [(other, minutes(other)) for at, other in enumerate(plan) if at != place and counted[at]]
    if order["公民身份号码"] and any(
        other["公民身份号码"] == order["公民身份号码"] and max(start, span[0]) < min(end, span[1])
        for other, span in others
    ):
        say("overlap", "4", "violated")
    if article(order) != "10" or none(order["指挥民警"]):
        return
    together = [(order, (start, end))] + [
        (other, span) for other, span in others if article(other) == "10" and other["指挥民警"] == order["指挥民警"]
    ]
    moment = start
    while moment < end:
        there = {
            id(other) if not other["公民身份号码"] else other["公民身份号码"]
            for other, span in together
            if span[0] <= moment < span[1]
        }
        if len(there) > most_led:
            say("led", "10", "violated")
            return
        moment += timedelta(minutes=30)
