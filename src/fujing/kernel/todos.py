"""What waits for somebody, as a fact of a section: no page's words and no addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujing.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Todo:
    """So many of one kind wait; `subject` is the row that its page is opened for.

    `what` is to be done, about which `matter` of which `county` (empty for the actor's own), `total` says how much that
    is. `due` is the last day, inclusive; what has none is ordered by `since`. `campaign` is the recruitment, if it is one's.
    """

    kind: str
    count: int
    what: str
    subject: int = 0
    county: str = ""
    matter: str = ""
    total: str = ""
    provision: str = ""
    since: date | None = None
    due: date | None = None
    campaign: int | None = None

    @property
    def words(self) -> str:
        """County, matter, what is to be done and how much it is, in one line."""
        about = " ".join(filter(None, (self.county, self.matter)))
        return "：".join(filter(None, (about, self.what))) + (f"，{self.total}" if self.total else "")

    @property
    def late(self) -> int:
        """Days past the deadline, 0 before and on it."""
        return max(0, (today() - self.due).days) if self.due else 0

    @property
    def order(self) -> tuple[date, str]:
        """Oldest deadline first; what only waits counts from the day it began."""
        return (self.due or self.since or date.max, self.words)


MOST = 20
"""Single matters of one kind that are named; the list behind them has the rest."""
