"""Pay against the local minimum wage, and the whole of it against Article 33's income of the same locality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from fujing.law.pay.workbook.cells import Odd, decimal, rounded, said
from fujing.law.pay.workbook.figures import Figures
from fujing.law.pay.workbook.months import Month
from fujing.law.pay.workbook.months_of import hired, left
from fujing.law.pay.workbook.tables import PayTable, Row, by_month
from fujing.law.pay.workbook.telling import Findings, cited
from fujing.law.pay.workbook.words import ALLOWANCES


def check_minimum(found: Findings, tables: Sequence[PayTable], figures: Figures) -> None:
    """Each whole month against the minimum wage, without what the rules leave out of the comparison."""
    lowest = figures.minimum_wage
    if lowest is None:
        found.undetermined(
            "pay.minimum_wage", "没有给出当地月最低工资标准，是否低于标准没有核对", remedy="写明数字及其文号后再核对"
        )
        return
    for table in tables:
        at = table.one("gross")
        if at is None:
            continue
        out = [each for each in table.of("earning") if ALLOWANCES.search(each.title)]
        for row in table.people:
            gross = row.amounts.get(at.place)
            if isinstance(gross, Odd) or gross is None:
                continue
            left_out = sum(row.known(each.place) or 0 for each in out)
            compared = gross - left_out
            if compared >= lowest:
                continue
            without = (
                f"（不计加班工资和特殊条件津贴{said(left_out)}元，{cited('pay.minimum.excluded')}）" if left_out else ""
            )
            message = f"应发{said(gross)}元，与最低工资比较的是{said(compared)}元{without}，低于月最低工资{said(lowest)}元（{figures.cited}）"
            whole = _whole(table, row)
            if whole:
                found.violated(
                    "pay.minimum_wage",
                    message,
                    table,
                    row,
                    at,
                    remedy=f"补足{said(lowest - compared)}元",
                    right=decimal(lowest),
                )
            elif whole is None:
                found.undetermined(
                    "pay.minimum_wage",
                    f"{message}；没有出勤天数，是否整月在岗不知道",
                    table,
                    row,
                    at,
                    remedy="写明出勤、请假天数和入职日期；整月在岗的补足",
                )


def _whole(table: PayTable, row: Row) -> bool | None:
    """Worked the whole month; None where the sheet doesn't tell."""
    if row.month and (hired(table, row) == row.month or left(table, row) == row.month):
        return False
    absent = [row.known(each.place) for each in table.of("absence_days")]
    if any(absent):
        return False
    days, due = table.one("days"), table.one("days_due")
    if days and due and (least := row.known(due.place)):
        return (row.known(days.place) or 0) >= least
    if absent and None not in absent:
        return True
    taken = [row.known(each.place) for each in table.of("absence")]
    return False if any(taken) else None


def check_income(found: Findings, tables: Sequence[PayTable], figures: Figures) -> None:
    """Article 33: twelve times the gross of all people and months, by person and month, against last year's income."""
    income = figures.income
    rows = [(*each, each[2].amounts.get(at.place)) for each in by_month(tables) if (at := each[1].one("gross"))]
    lacks = []
    if income is None:
        lacks.append("缺少上一年度本地城镇居民人均可支配收入")
    else:
        lacks += [] if income.source else ["收入数字没有写明来源"]
        lacks += [] if income.locality else ["收入数字没有写明是哪个地方的"]
    years = {month.year for month, *_ in rows}
    if len(years) != 1 or None in years:
        lacks.append("不知道工资是哪一年的" if not years or None in years else "工资表跨年，应分年核对")
    elif income:
        (year,) = years
        assert year is not None
        if income.year is None:
            lacks.append("收入数字没有写明年度")
        elif income.year != year - 1:
            lacks.append(f"收入数字是{income.year}年的，应为{year - 1}年")
    paid = [(month, table, row, gross) for month, table, row, gross in rows if isinstance(gross, int)]
    if len(paid) < len(rows):
        lacks.append(f"有{len(rows) - len(paid)}处应发没有数额")
    if not rows:
        lacks.append("没有找到应发合计")
    if lacks or income is None:
        found.undetermined("pay.floor", "总体薪酬标准：" + "，".join(lacks), remedy="写明数字、年度、地方和来源再核对")
        return
    everything, sure = _averages(paid)
    facts = {"annualised": decimal(everything), "income": decimal(income.amount)}
    heads = len({row.key for _, _, row, _ in rows})
    message = (
        f"{heads}人{len(rows)}个人月，人均年应发{said(everything)}元，{income.locality}{income.year}年城镇居民人均可支配收入"
        f"{said(income.amount)}元（{income.source}）"
    )
    if everything >= income.amount:
        found.satisfied("pay.floor", f"{message}，不低于这一标准", **facts)
    elif sure is not None and sure < income.amount:
        found.violated(
            "pay.floor",
            f"{message}，低于这一标准",
            remedy=f"人均每年还差{said(income.amount - everything)}元，调整薪酬标准",
            **facts,
        )
    else:
        found.undetermined(
            "pay.floor", f"{message}；其中有中途入职、离职或者缺勤的，折算成整月后是否达到，缺少在职天数", **facts
        )


def _averages(rows: list[tuple[Month, PayTable, Row, int]]) -> tuple[int, int | None]:
    """A year's gross by all person-months, and by those that are surely whole; a part of a month makes the first too low.

    Surely whole: neither somebody's first nor last month, unless that is the workbook's own.
    """
    of: dict[str, list[Month]] = defaultdict(list)
    for month, _, row, _ in rows:
        of[row.key].append(month)
    months = sorted({month for month, *_ in rows})
    total = whole = count = 0
    for month, table, row, gross in rows:
        total += gross
        own = of[row.key]
        partly = (month == min(own) != months[0]) or (month == max(own) != months[-1])
        partly = partly or hired(table, row) == month or left(table, row) == month
        if not partly:
            whole, count = whole + gross, count + 1
    sure = rounded(Fraction(12 * whole, count)) if count else None
    return rounded(Fraction(12 * total, len(rows))), sure
