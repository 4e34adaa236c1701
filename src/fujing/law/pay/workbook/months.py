"""The month that a sheet's name, a title or a cell means."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

CHINESE = {
    word: number
    for number, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|[-./]\d|年度|(?:0[1-9]|1[0-2])(?!\d)|$)")
FULL = re.compile(r"(?<!\d)(20\d{2})(?:年|[-./])\s*(1[0-2]|0?[1-9])(?:月|(?![\d年]))")
COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)")
ALONE = re.compile(r"(?<![\d\-至到~])(1[0-2]|0?[1-9])月(?!\d*日)(?![\-至到~])")
WORDED = re.compile(r"(?<![至到十])(十[一二]?|[一二三四五六七八九])月(?!份?[至到])")
SPAN = re.compile(r"\d+月?\s*[-至到~]\s*\d+\s*月")


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A month; `year` is None where nobody says it."""

    year: int | None
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.year else f"{self.month}月"

    def __lt__(self, other: Month) -> bool:
        return (self.year or 0, self.month) < (other.year or 0, other.month)

    @property
    def first(self) -> date | None:
        return date(self.year, self.month, 1) if self.year else None

    @property
    def days(self) -> int:
        """Days of the month; of a February of an unknown year, the most that it may have."""
        return monthrange(self.year or 2024, self.month)[1]

    def after(self) -> Month:
        return Month((self.year + 1 if self.year else None) if self.month == 12 else self.year, self.month % 12 + 1)


def in_force(month: Month | None) -> date:
    """The day whose figures count for a month; without a year the day on which the Measures came into force."""
    return (month and month.first) or date(2021, 3, 1)


def month_of(text: str) -> Month | None:
    """The month that a text names, if it names one."""
    said = "".join(unicodedata.normalize("NFKC", text).split())
    if SPAN.search(said):
        return None
    if full := FULL.search(said) or COMPACT.search(said):
        return Month(int(full[1]), int(full[2]))
    if alone := ALONE.search(said):
        return Month(year_of(said), int(alone[1]))
    if worded := WORDED.search(said):
        return Month(year_of(said), CHINESE[worded[1]])
    return Month(None, int(said)) if re.fullmatch(r"1[0-2]|[1-9]", said) else None


def year_of(text: str) -> int | None:
    """The year that a text names."""
    found = YEAR.search("".join(unicodedata.normalize("NFKC", text).split()))
    return int(found[1]) if found else None
