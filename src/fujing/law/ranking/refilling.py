"""Places and who fills them: the best first, then those who move up (递补) as often as the announcement allows.

The best *headcount* are the first round. Whoever of them fails or gives up where the announcement lets others move up
leaves a place to the next round; elsewhere the place stays empty. Equals at the last place don't hold it before their
order is decided, so one of them who fails leaves it to the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from fujing.law.formats.announcement import Announcement

FINALS = ("medical", "background", "publicity", "hire")


@dataclass(slots=True)
class Places:
    """`free` places of this round, `lost` ones for the next, and how many more rounds there may be (None: any)."""

    free: int
    rounds: int | None
    sources: frozenset[str]
    lost: int = 0

    @property
    def reachable(self) -> int:
        """The places that can still be given."""
        return self.free + (self.lost if self._may_go_on else 0)

    @property
    def _may_go_on(self) -> bool:
        return self.rounds is None or self.rounds > 0

    def give(self, fit: int, fallen: list[str]) -> bool:
        """Give a group of equals their places: `fit` who stay, and the stages at which the others fell.

        False, and nobody gets one, if those who stay are more than the places: their order has to be decided.
        """
        if fit > self.reachable:
            self.free = self.lost = 0
            return False
        if fit > self.free:
            self.free, self.lost = self.free + self.lost, 0
            self._next_round()
        self.free -= fit
        held = min(len(fallen), self.free)
        self.free -= held
        self.lost += min(held, sum(stage in self.sources for stage in fallen))
        if not self.free and self.lost and self._may_go_on:
            self.free, self.lost = self.lost, 0
            self._next_round()
        return True

    def lose(self, stage: str) -> bool:
        """Somebody who held a place is out at that stage after the places were given: one more round, if any."""
        if stage not in self.sources or not self._may_go_on:
            return False
        self.free += 1
        self._next_round()
        return True

    def _next_round(self) -> None:
        if self.rounds is not None:
            self.rounds -= 1


def places_of(announcement: Announcement, headcount: int) -> Places:
    """All places of a post, with the announcement's rule; without one, others move up until the places are filled."""
    refill = announcement.refill
    if refill is None:
        return Places(headcount, None, frozenset(FINALS))
    return Places(headcount, None if refill.times == "unlimited" else refill.times, frozenset(refill.sources))
