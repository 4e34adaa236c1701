"""What a slip says: each figure explained, what differs from the month before, and what looks odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fujing.law.formats.pay import LABELS
from fujing.law.formats.pay_scheme import OWN_ITEMS, Scheme
from fujing.law.pay import FloorCheck, check_floor
from fujing.law.pay.explanation import explained, sources_of
from fujing.law.pay.late import EMPLOYER, ITEM, PERSON, RECOVERY, TAX
from fujing.safeguards.payroll.models import PayLine, PayRun, PaySlip
from fujing.safeguards.payroll.queries import files_until, kept_schemes, read_text, reckoned, reckoned_again

MANY = 30
"""Percent by which what is paid changes before it is called odd."""


def names_of(scheme: Scheme) -> dict[str, str]:
    """Each code of a line in the words of the scheme."""
    items = {ITEM + item.code: item.name for item in scheme.items} | {
        ITEM + key: name for key, name in OWN_ITEMS.items()
    }
    person = {PERSON + each.code: f"{each.name}（个人）" for each in scheme.contributions}
    employer = {EMPLOYER + each.code: f"{each.name}（单位）" for each in scheme.contributions}
    return items | person | employer | {TAX: "个人所得税", RECOVERY: "追偿"}


def names_in(run: PayRun) -> dict[str, str]:
    """The same of a run."""
    return names_of(read_text(run.scheme.text))


def missing_in_words(slip: PaySlip, scheme: Scheme) -> str:
    """What a slip lacks."""
    known = LABELS | {each.code: f"{each.name}当月的费率" for each in scheme.contributions}
    return "、".join(known.get(key, key) for key in slip.missing)


@dataclass(frozen=True, slots=True)
class Explained:
    """One figure: how it came about, what it rests on, the provision."""

    name: str
    amount: str
    formula: str
    sources: str
    provision: str


def explanation_of(slip: PaySlip, month: date) -> tuple[list[Explained], bool]:
    """Every figure of one month of a slip, reckoned again from what the run knew; and whether it is what is stored."""
    run = slip.run
    again = reckoned_again(run, slip.person_id, month)
    if not again.people or not again.months[-1].month.served[0]:
        return [], True
    said = explained(again, 0, month.month)
    steps = {each["code"]: each["tree"] for each in said["figures"] if "amount" not in each}
    shown = [
        Explained(each["name"], each["amount"], each["formula"], sources_of(each["tree"], steps), each["provision"])
        for each in said["figures"]
        if "amount" in each
    ]
    net = next((each["amount"] for each in said["figures"] if each["code"] == "net"), None)
    if month != run.month or net is None:
        return shown, True
    line = PayLine.objects.filter(run=run, person_id=slip.person_id, month=month).first()
    return shown, line is not None and round(float(net) * 100) == line.net


def amounts_by_name(line: PayLine, run: PayRun, names: dict[str, str]) -> list[tuple[str, int]]:
    """A line's amounts that aren't 0, 分."""
    pairs = zip(run.codes, line.amounts, strict=True)
    return [(names.get(code, code.partition(".")[2] or code), amount) for code, amount in pairs if amount]


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody's slip beside that of the run before: by how much, 分, and why."""

    change: int
    reasons: str
    odd: str


def compared(run: PayRun, slips: Iterable[PaySlip]) -> dict[int, Compared]:
    """Each slip beside the person's last one, by person."""
    slips = list(slips)
    people = [each.person_id for each in slips]
    names, before = names_in(run), run.previous
    now = _lines(run, people)
    then = _lines(before, people) if before else {}
    paid = dict(PaySlip.objects.filter(run=before, person_id__in=people).values_list("person_id", "paid"))
    return {each.person_id: _compared(each, run, before, now, then, paid, names) for each in slips}


def _lines(run: PayRun, people: list[int]) -> dict[int, dict[date, dict[str, int]]]:
    found: dict[int, dict[date, dict[str, int]]] = {}
    for line in PayLine.objects.filter(run=run, person_id__in=people):
        amounts = dict(zip(run.codes, line.amounts, strict=True))
        found.setdefault(line.person_id, {})[line.month] = amounts
    return found


def _compared(
    slip: PaySlip, run: PayRun, before: PayRun | None, now: Any, then: Any, paid: dict[int, int], names: dict[str, str]
) -> Compared:
    mine = now.get(slip.person_id, {})
    open_month = mine.get(run.month, {})
    earlier = then.get(slip.person_id, {}).get(before.month, {}) if before else {}
    reasons = [f"{month:%Y年%m月}的差额" for month in sorted(mine) if month != run.month]
    if slip.outcome == "undetermined":
        reasons.append("本月待核实")
    elif before and not earlier:
        reasons.append("上月没有工资单")
    elif before and not open_month:
        reasons.append("本月不在职")
    else:
        codes = [code for code in dict.fromkeys([*open_month, *earlier]) if not code.startswith(EMPLOYER)]
        changed = {code: open_month.get(code, 0) - earlier.get(code, 0) for code in codes if before}
        reasons += [f"{names.get(code, code)}{amount / 100:+,.2f}" for code, amount in changed.items() if amount]
    if slip.brought:
        reasons.append("扣回上次结转")
    last = paid.get(slip.person_id)
    odd = []
    if slip.outcome == "undetermined":
        odd.append("待核实，本月没有发放")
    if slip.owes:
        odd.append("不足扣回，结转下次；与本人书面约定")
    if last and abs(slip.paid - last) * 100 > last * MANY:
        odd.append(f"比上次变动超过{MANY}%")
    return Compared(slip.paid - (last or 0), "；".join(reasons), "；".join(odd))


def floor_of(run: PayRun) -> FloorCheck:
    """Article 33 over the year so far, by what the run knew: the figure, its year and source stand in the scheme."""
    year = run.month.year
    files = files_until(run.organ_code, year, run.facts_until)
    return check_floor(reckoned(files, kept_schemes(run, year), year, run.month.month))
