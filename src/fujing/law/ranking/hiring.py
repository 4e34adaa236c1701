"""From ranking to hire list: who takes up a place, who drops out, who comes from the reserve (递补), step by step.

Until the list is confirmed (公示期满) the next in order takes a place that falls free, as FORMATS has it. After
that a place is refilled only from the reserve that the announcement keeps, and only while it is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.periods import months_later
from fujing.law.provisions import cite
from fujing.law.ranking.explanation import GROUNDS, explain_line
from fujing.law.ranking.posts import PostRanking
from fujing.law.ranking.refilling import places_of

GAVE_UP = "放弃"


@dataclass(frozen=True, slots=True)
class Dropout:
    """Somebody lost or gave up a place: at which stage (a kind), 不合格 or 放弃, and on which day."""

    subject: str
    stage: str
    word: str
    on: date


@dataclass(slots=True)
class Place:
    """One ranked candidate on the way to being hired.

    `status`: `hire`, `reserve`, `out`, `tie` (equals for the last place) or `choose` (placed on several posts).
    `ranked` explains the line of the ranking when asked: of a long list few lines are ever read. `said` is what
    happened to it since.
    """

    subject: str
    rank: int
    status: str
    ranked: Callable[[], Finding]
    said: list[Finding] = field(default_factory=list)
    replaces: str | None = None

    @property
    def steps(self) -> list[Finding]:
        """From the ranking to where the candidate stands now."""
        return [self.ranked(), *self.said]


@dataclass(slots=True)
class HireList:
    """One post's list in order of rank; `vacant` places could not be filled. Reserve until that day, inclusive."""

    position: str
    headcount: int
    places: list[Place] = field(default_factory=list)
    vacant: int = 0
    reserve_until: date | None = None

    def with_status(self, status: str) -> list[str]:
        """Who has a status, in order."""
        return [place.subject for place in self.places if place.status == status]

    def reserve_places(self) -> dict[str, int]:
        """The place of each in the reserve, from 1."""
        return {subject: place for place, subject in enumerate(self.with_status("reserve"), start=1)}


def hire_lists(
    announcement: Announcement,
    rankings: Sequence[PostRanking],
    dropouts: Sequence[Dropout] = (),
    *,
    confirmed_on: date,
    people: Mapping[str, str] | None = None,
) -> list[HireList]:
    """The hire list of each post. `confirmed_on` is the day on which publicity ended without objection.

    `people` maps each applicant's number to whose it is (公民身份号码): one person placed on several posts has to
    choose, because everybody has one employer and one post (5.p1). Their other places then come as `放弃`.
    """
    lists = [_List(announcement, ranking, dropouts, confirmed_on).made() for ranking in rankings]
    _several_posts(lists, people or {})
    return lists


class _List:
    """One post's places while dropouts are gone through in order of their days."""

    def __init__(
        self, announcement: Announcement, ranking: PostRanking, dropouts: Sequence[Dropout], confirmed_on: date
    ) -> None:
        self.announcement, self.ranking, self.confirmed_on = announcement, ranking, confirmed_on
        ranked = [(line.rank, line) for line in ranking.ranking if line.rank is not None]
        self.lines = {line.subject: line for _, line in ranked}
        mine = sorted((each for each in dropouts if each.subject in self.lines), key=lambda each: each.on)
        self.early = [each for each in mine if each.on <= confirmed_on]
        self.late = [each for each in mine if each.on > confirmed_on]
        reserve = announcement.reserve
        months = reserve.months if reserve else None
        self.until = None if months is None else months_later(confirmed_on, months)
        self.list = HireList(ranking.position, ranking.headcount, reserve_until=self.until)
        self.slots = places_of(announcement, ranking.headcount)
        self.lost_at = {line.subject: line.stage for _, line in ranked}
        self.undecided = 0
        """Places for which equals wait."""
        self.places = {
            line.subject: Place(line.subject, rank, "reserve", partial(explain_line, announcement, ranking, line))
            for rank, line in ranked
        }
        self.list.places = list(self.places.values())

    def made(self) -> HireList:
        if not self.ranking.opened:
            return self.list
        self._fill(self._drop_before_confirmation())
        for dropout in self.late:
            self._drop_after_confirmation(dropout)
        for place in self.list.places:
            if place.status == "reserve" and not self.announcement.reserve:
                place.status = "out"
        self.list.vacant = self.list.headcount - len(self.list.with_status("hire"))
        return self.list

    def _drop_before_confirmation(self) -> list[str]:
        """Who is out before the list stands: by the score sheet, then by dropouts."""
        freed = []
        for place in self.list.places:
            if self.lines[place.subject].stage:
                place.status = "out"
                freed.append(place.subject)
        for dropout in self.early:
            place = self.places[dropout.subject]
            if place.status != "out":
                self._drop(place, dropout)
                self.lost_at[dropout.subject] = dropout.stage
                freed.append(dropout.subject)
        return sorted(freed, key=lambda subject: self.places[subject].rank)

    def _fill(self, freed: Sequence[str]) -> None:
        """Give the free places to the next in order; equals who don't all fit stay undecided and stop it."""
        replaced: Iterator[str] = iter(freed)
        for _, group in groupby(self.list.places, key=lambda place: place.rank):
            members = list(group)
            waiting = [place for place in members if place.status in ("reserve", "tie")]
            # Whoever is out since the list was confirmed gave up a place or none; it is counted where that happened.
            fallen = [
                at for place in members if place.status == "out" and (at := self.lost_at.pop(place.subject, None))
            ]
            free = self.slots.reachable
            if not free or not (waiting or fallen):
                continue
            if self.slots.give(len(waiting), fallen):
                for place in waiting:
                    self._hire(place, next(replaced, None) if place.rank > self.list.headcount else None)
                continue
            self.undecided = free
            for place in waiting:
                place.status = "tie"
                self._say(
                    place,
                    "19",
                    Outcome.UNDETERMINED,
                    f"{len(waiting)}人各项同分，余{free}个名额，须另定先后",
                    {"places": free, "equals": [each.subject for each in waiting]},
                )
            return

    def _hire(self, place: Place, replaces: str | None) -> None:
        place.status, place.replaces = "hire", replaces
        whom = f"递补{replaces}，" if replaces else ""
        self._say(
            place,
            "21.p1",
            Outcome.SATISFIED,
            f"{whom}列入聘用名单",
            {"rank": place.rank, "replaces": replaces, "confirmed_on": self.confirmed_on},
        )

    def _drop(self, place: Place, dropout: Dropout) -> None:
        place.status = "out"
        provision = "21.p1" if dropout.word == GAVE_UP else GROUNDS.get(dropout.stage, "21.p1")
        self._say(
            place,
            provision,
            Outcome.VIOLATED,
            f"{dropout.on}{STAGE_LABELS[dropout.stage]}{dropout.word}",
            {"stage": dropout.stage, "word": dropout.word, "date": dropout.on},
        )

    def _drop_after_confirmation(self, dropout: Dropout) -> None:
        place = self.places[dropout.subject]
        before = place.status
        if before == "out":
            return
        self._drop(place, dropout)
        if before == "tie":
            self.slots.free, self.undecided = self.undecided, 0
            self._fill([])
        if before != "hire":
            return
        facts = {"date": dropout.on, "reserve_until": self.until}
        if not self.announcement.reserve:
            self._say(place, "21.p1", Outcome.ADVICE, "公告没有递补名单，名额空缺", facts)
        elif self.until is None:
            self._say(place, "21.p1", Outcome.UNDETERMINED, "公告没有写递补名单有效期，能否递补待核实", facts)
        elif dropout.on > self.until:
            said = f"递补名单有效期至{self.until}，{dropout.on}已过，名额空缺"
            self._say(place, "21.p1", Outcome.ADVICE, said, facts)
        else:
            self._refill(place, dropout, facts)

    def _refill(self, place: Place, dropout: Dropout, facts: Mapping[str, object]) -> None:
        """The next in the reserve takes the place, if the announcement lets others move up there and once more."""
        if not self.slots.lose(dropout.stage):
            self._say(place, "21.p1", Outcome.ADVICE, "公告规定不再递补，名额空缺", facts)
            return
        # Equals are still being decided: the place is one more for them.
        self.slots.free, self.undecided = self.slots.free + self.undecided, 0
        self._fill([dropout.subject])
        if self.slots.reachable and not self.list.with_status("tie"):
            self._say(place, "21.p1", Outcome.ADVICE, "递补名单已无人，名额空缺", facts)

    def _say(self, place: Place, provision: str, outcome: Outcome, message: str, facts: Mapping[str, object]) -> None:
        place.said.append(
            Finding(
                provision=provision,
                rule="hiring.place",
                outcome=outcome,
                subject=place.subject,
                message=f"{message}（{cite(provision)}）",
                facts={"position": self.list.position, **facts},
            )
        )


def _several_posts(lists: Sequence[HireList], people: Mapping[str, str]) -> None:
    """Whoever is to be hired on more than one post chooses; nobody's choice is guessed."""
    held: dict[str, list[tuple[HireList, Place]]] = {}
    for made in lists:
        for place in made.places:
            if place.status == "hire" and place.subject in people:
                held.setdefault(people[place.subject], []).append((made, place))
    for places in held.values():
        posts = "、".join(made.position for made, _ in places)
        for made, place in places if len(places) > 1 else ():
            place.status = "choose"
            made.vacant += 1
            place.said.append(
                Finding(
                    provision="5.p1",
                    rule="hiring.one_post",
                    outcome=Outcome.UNDETERMINED,
                    subject=place.subject,
                    message=f"同一人在岗位{posts}都拟聘用，只能选定一个（{cite('5.p1')}）",
                    facts={"positions": [each.position for each, _ in places]},
                    remedy="由本人书面选定，其余岗位按放弃递补",
                )
            )
