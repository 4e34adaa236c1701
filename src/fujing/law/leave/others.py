"""The other kinds: the medical period, marriage, birth and care, bereavement, and what no law grants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fujing.law.leave.annual import SINCE, Worked
from fujing.law.leave.entitled import Entitled
from fujing.law.leave.kinds import KINDS
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later

UNSAID = "本地规定的天数和文件"


@dataclass(frozen=True, slots=True)
class Event:
    """What a leave hangs on: its day, and what changes its days; None where it isn't known.

    `difficult`: a difficult birth. `babies`: how many. `checkup`: whether both had the check-up before marrying.
    """

    day: date | None = None
    difficult: bool | None = None
    babies: int | None = None
    checkup: bool | None = None


def of_event(p: Parameters, kind: str, event: Event) -> Entitled:
    """The days of a kind for one event, in days of its measure; of childcare for one calendar year."""
    if kind == "maternity":
        return _maternity(p, event)
    if kind == "marriage":
        return _marriage(p, event)
    if kind == "bereavement":
        return _bereavement(p)
    if kind == "childcare":
        return _childcare(p, event)
    days = p[f"leave.{kind}.days"] if kind in ("spouse", "parents") else None
    if days is None:
        return _unsaid(kind, p.day)
    return _said(kind, Decimal(days), f"{days}天")


def medical_period(p: Parameters, worked: Worked, day: date) -> Entitled:
    """Months within which somebody who is ill is not to be dismissed, by all work and by work with this bureau."""
    table, age = p["leave.medical.months"], p["leave.working_age"]
    if table is None or age is None:
        return _unsaid("sick", p.day)
    if worked.hired is None:
        months = [Decimal(row[2]) for row in table]
        return Entitled(min(months), max(months), "入职日期空白，医疗期待核实", ("入职日期",))
    if worked.since is not None:
        starts = [min(worked.since, worked.hired)]
    else:
        earliest = months_later(worked.born, 12 * age) if worked.born is not None else date.min
        starts = [min(earliest, worked.hired), worked.hired]
    here = _years(worked.hired, day)
    found = {_months(table, _years(each, day), here) for each in starts}
    said = f"{worked.hired}入职，到{day}在本单位满{here}年"
    if worked.since is not None:
        said += f"，累计工作满{_years(starts[0], day)}年"
    return Entitled(min(found), max(found), f"{said}（{KINDS['sick'].statute}）", (SINCE,) if len(found) > 1 else ())


def _years(starts: date, day: date) -> int:
    return day.year - starts.year - ((day.month, day.day) < (starts.month, starts.day))


def _months(table: list[list[int]], total: int, here: int) -> Decimal:
    """The last row that both numbers of years reach."""
    return Decimal(max(months for least, here_least, months in table if total >= least and here >= here_least))


def _maternity(p: Parameters, event: Event) -> Entitled:
    base, local = p["leave.maternity.days"], p["leave.maternity.local_days"]
    difficult, each = p["leave.maternity.difficult_days"], p["leave.maternity.each_more"]
    if base is None or local is None or difficult is None or each is None:
        return Entitled(Decimal(base or 0), None, f"没有登记{p.day}适用的产假天数", (UNSAID,))
    least = most = Decimal(base + local)
    said, needs = f"{base}天，省增加{local}天", []
    if event.difficult is None:
        most += difficult
        needs.append("是否难产")
    elif event.difficult:
        least, most, said = least + difficult, most + difficult, f"{said}，难产增加{difficult}天"
    if event.babies is None:
        needs.append("生育几个婴儿")
        return Entitled(least, None, f"产假{said}（{KINDS['maternity'].statute}）", tuple(needs))
    if event.babies > 1:
        more = each * (event.babies - 1)
        least, most, said = least + more, most + more, f"{said}，多胞胎增加{more}天"
    return Entitled(least, most, f"产假{said}（{KINDS['maternity'].statute}）", tuple(needs))


def _marriage(p: Parameters, event: Event) -> Entitled:
    least, base, checkup = p["leave.marriage.least"], p["leave.marriage.days"], p["leave.marriage.checkup"]
    if base is None or checkup is None:
        return Entitled(Decimal(least or 0), None, f"没有确认{p.day}适用的婚假天数", (UNSAID,))
    said = f"婚假{base}天，参加婚前医学检查增加{checkup}天（{KINDS['marriage'].statute}）"
    if event.checkup is None:
        return Entitled(Decimal(base), Decimal(base + checkup), said, ("是否参加婚前医学检查",))
    days = Decimal(base + checkup * event.checkup)
    return Entitled(days, days, said)


def _bereavement(p: Parameters) -> Entitled:
    days = p["leave.bereavement.days"]
    if days is None:
        return _unsaid("bereavement", p.day)
    fewest, most = days
    return Entitled(
        Decimal(fewest),
        Decimal(most),
        f"丧假{fewest}至{most}天，由单位按情况批准（{KINDS['bereavement'].statute}）",
        ("批准的天数",),
    )


def _childcare(p: Parameters, event: Event) -> Entitled:
    days, age = p["leave.childcare.days"], p["leave.childcare.age"]
    if days is None or age is None:
        return _unsaid("childcare", p.day)
    if event.day is None:
        return Entitled(Decimal(0), Decimal(days), "子女出生日期空白，育儿假待核实", ("子女出生日期",))
    until = months_later(event.day, 12 * age)
    if p.day >= until or p.day < event.day:
        return Entitled(
            Decimal(0),
            Decimal(0),
            f"子女{event.day}出生，{until}满{age}周岁，不在期限内（{KINDS['childcare'].statute}）",
        )
    return _said("childcare", Decimal(days), f"子女{event.day}出生，{until}满{age}周岁以前每年{days}天")


def _said(kind: str, days: Decimal, words: str) -> Entitled:
    return Entitled(days, days, f"{KINDS[kind].label}{words}（{KINDS[kind].statute}）")


def _unsaid(kind: str, day: date) -> Entitled:
    return Entitled(Decimal(0), None, f"没有登记{day}适用的{KINDS[kind].label}天数", (UNSAID,))
