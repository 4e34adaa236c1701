"""Who may be given a work card, and when a card makes its bearer an auxiliary on duty (Article 26)."""

from __future__ import annotations

from datetime import date

from fujing.law.contracts import Said
from fujing.law.provisions import measures

LONGEST_YEARS = 10
"""A card is made for so many years at most; the Measures set no term, this is the system's own bound."""


def card_due(
    *, category: str, purchased: bool | None, began: date | None, ended: date | None, day: date, excluded: str = ""
) -> Said:
    """Whether somebody is given a work card on a day: in service, of a known category, and an auxiliary at all.

    `ended` is the day after the last one in service, None while it goes on; `purchased`: used through a purchased
    service, None where that isn't known. `excluded` are the words by which a roster says that they are none (3.p3).
    """
    if excluded:
        return Said(False, f"花名册写有“{excluded}”，不属于警务辅助人员（第三条第三款）")
    if began is None:
        return Said(None, "入职日期没有登记，是否在职待核实（第二十六条）")
    if day < began:
        return Said(False, f"{began}才入职，现在不能制发工作证（第二十六条）")
    if ended is not None and day >= ended:
        return Said(False, "已不在职，不能制发工作证（第二十六条）")
    if category not in ("civil", "field"):
        return Said(None, "没有登记为文职或者勤务，类别待核实（第三条第二款）")
    effective = measures().effective
    if purchased is None:
        return Said(None, "是否以购买服务方式使用没有登记，待核实（第四十五条第二款）")
    if purchased and began >= effective:
        return Said(False, f"{effective}以后以购买服务方式使用的人员，不能配发工作证（第四十五条第二款）")
    return Said(True, "在职的警务辅助人员，应当配发工作证（第二十六条）")
