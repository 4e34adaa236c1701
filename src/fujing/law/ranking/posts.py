"""One post from opening to hiring."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from itertools import groupby
from math import ceil, floor, inf
from typing import Any

import polars as pl

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.stages import Stage
from fujing.law.ranking.candidates import Candidate
from fujing.law.ranking.refilling import FINALS, places_of
from fujing.law.ranking.scoring import Result, Results, parts_of
from fujing.law.ranking.totals import Totals, scaled_line

__all__ = ["FINALS", "Course", "Placing", "PostRanking", "StageCount", "rank_post"]

BEFORE = ("announcement", "registration")
PRINTED = {"subject": pl.String, "total": pl.String, "rank": pl.Int64, "status": pl.String, "why": pl.String}
"""What of a `Placing` stands in the document."""


@dataclass(slots=True)
class StageCount:
    """How many entered and passed a stage, and what the last one admitted had: the score as printed, or the exact
    weighted sum where several scores count by then.

    `cut` is null where the stage has no admission or nobody was left out.
    """

    kind: str
    entered: int
    passed: int
    cut: str | None = None


@dataclass(slots=True)
class Placing:
    """One line of the ranking; `total` and `rank` are null for who didn't get through all exams, `rank` also for who
    is below the line on the total or has another post.

    `stage` is the kind of the stage that one failed, gave up or wasn't admitted to.
    """

    subject: str
    total: str | None
    rank: int | None
    status: str
    why: str
    stage: str | None = None


@dataclass(slots=True)
class PostRanking:
    """A post's ranking as documented; `headcount` is what remains after the opening ratio."""

    position: str
    headcount: int
    opened: bool
    stages: list[StageCount]
    ranking: list[Placing]
    people: dict[str, Candidate] = field(default_factory=dict, repr=False, compare=False)
    """What each candidate scored, for explanations."""

    def document(self) -> dict[str, Any]:
        """The post in the JSON document; ten times faster than `asdict` for a large post."""
        ranking = [{name: getattr(placing, name) for name in PRINTED} for placing in self.ranking]
        return self._head() | {"ranking": ranking}

    def json(self) -> str:
        """`document` as text; by columns, since 200,000 dictionaries would take four times as long."""
        columns = {name: [getattr(placing, name) for placing in self.ranking] for name in PRINTED}
        ranking = pl.DataFrame(columns, schema=PRINTED).write_json()
        return f'{json.dumps(self._head(), ensure_ascii=False)[:-1]}, "ranking": {ranking}}}'

    def _head(self) -> dict[str, Any]:
        stages = [asdict(stage) for stage in self.stages]
        return {"position": self.position, "headcount": self.headcount, "opened": self.opened, "stages": stages}


Finals = Sequence[tuple[str, dict[str, Result]]]
Groups = list[tuple[int, list[Candidate]]]


def rank_post(announcement: Announcement, post: Position, people: list[Candidate], results: Results) -> PostRanking:
    """Opening, stages in order, final order, substitutions."""
    return Course(announcement, post, people, results).run()


class Course:
    """The numbers of one post while its stages are gone through."""

    def __init__(self, announcement: Announcement, post: Position, people: list[Candidate], results: Results) -> None:
        self.announcement, self.post, self.people, self.results = announcement, post, people, results
        stages = [
            (place, stage)
            for place, stage in enumerate(announcement.stages or ())
            if (stage.positions is None or post.code in stage.positions) and stage.kind not in BEFORE
        ]
        self.exams = [each for each in stages if each[1].kind not in FINALS and not each[1].only_for]
        self.finals: Finals = [(stage.kind, results.get(place, {})) for place, stage in stages if stage.kind in FINALS]
        self.deciding = next(((place, stage) for place, stage in stages if stage.only_for), None)
        self.totals = Totals(announcement, post, [stage for _, stage in self.exams])
        self.headcount, self.closed = _opening(announcement, post, len(people))
        self.counts: list[StageCount] = []
        self.counted: list[Stage] = []
        self.alive = people
        self.elsewhere: dict[str, str] = {}
        """Who takes a place on another post, and the sentence that says so."""

    def run(self) -> PostRanking:
        """The post's ranking as far as this post alone decides it."""
        if self.closed:
            ranking = [Placing(person.id, None, None, "out", self.closed) for person in self.people]
            return self._ranking(ranking, self.counts, opened=False)
        for place, stage in self.exams:
            self.alive = self._stage(place, stage, self.alive)
        return self.finish()

    def finish(self) -> PostRanking:
        """Order and places of those who passed all exams; may be asked again once `elsewhere` has grown."""
        counts = list(self.counts)
        below = self._below_the_total()
        fallen = {person.id for person in below}
        kept = [person for person in self.alive if person.id not in self.elsewhere and person.id not in fallen]
        placed = self._place(self._order(kept), counts)
        line = self.announcement.total_pass
        for person in below:
            total = self.totals.printed(self.totals.total(person))
            plain = self.totals.printed(self.totals.without_bonus(person))
            said = f"总成绩{plain}，低于总成绩合格线{line}"
            placed.append(Placing(person.id, total, None, "out", said + ("（不计加分）" if plain != total else "")))
        for person in self.alive:
            if person.id in self.elsewhere and person.id not in fallen:
                total = self.totals.printed(self.totals.total(person))
                placed.append(Placing(person.id, total, None, "out", self.elsewhere[person.id]))
        out = [Placing(person.id, None, None, "out", person.why, person.stage) for person in self.people if person.why]
        return self._ranking(placed + out, counts, opened=True)

    def _ranking(self, ranking: list[Placing], counts: list[StageCount], *, opened: bool) -> PostRanking:
        people = {person.id: person for person in self.people}
        return PostRanking(self.post.code, self.headcount, opened, counts, ranking, people)

    def _below_the_total(self) -> list[Candidate]:
        line = self.announcement.total_pass
        if line is None:
            return []
        needed = Fraction(line) * 10**self.totals.digits
        return [person for person in self.alive if self.totals.without_bonus(person) < needed]

    def _stage(self, place: int, stage: Stage, alive: list[Candidate]) -> list[Candidate]:
        entered, cut = self._admit(stage, alive)
        results = self.results.get(place)
        if results is not None:
            self._take(stage, entered, results)
        passed = [person for person in entered if person.why is None]
        self.counts.append(StageCount(stage.kind, len(entered), len(passed), cut))
        return passed

    def _take(self, stage: Stage, entered: list[Candidate], results: dict[str, Result]) -> None:
        """Everybody's result at a stage: failures, points and parts."""
        label, kind = STAGE_LABELS[stage.kind], stage.kind
        silent = kind == "qualification_review"
        weights = self.totals.weights(stage)
        judge = self._judge(stage, weights, contested=len(entered) > self.headcount)
        parts = [key for key, _ in parts_of(self.announcement, stage)]
        if any(weights.values()):
            self.counted.append(stage)
        for person in entered:
            if person.exempt:
                person.weights += weights[person.sex]
                if kind in person.exempt:
                    person.spared += weights[person.sex]
                    continue
            result = results.get(person.id)
            if result is not None:
                points, failure, by_part = result
                person.why = failure or judge(person, points)
                for part, mark in zip(parts, by_part, strict=True):
                    if mark is not None:
                        person.points.setdefault(part, mark)
            elif not silent:
                person.why = f"{label}缺考"
            if person.why:
                person.stage = kind

    def _judge(
        self, stage: Stage, weights: dict[str | None, int], *, contested: bool
    ) -> Callable[[Candidate, int | None], str | None]:
        """Check the pass line, then add bonus and weighted points; the answer is why one falls out."""
        label, unit = STAGE_LABELS[stage.kind], self.totals.unit
        on_written = stage.kind == "written" and self.totals.bonus_on == "written"
        lines = {sex: self.totals.pass_line(stage, sex, contested=contested) for sex in weights}
        scaled_lines = {sex: scaled_line(line) for sex, line in lines.items()}

        def judge(person: Candidate, points: int | None) -> str | None:
            if points is None:
                return None
            line = scaled_lines[person.sex]
            if line is not None and points * unit < line:
                return f"{label}{self.totals.printed(points)}，低于合格线{lines[person.sex]}"
            exact = points * unit + (person.bonus if on_written else 0)
            person.points[stage.kind] = exact
            person.sum += exact * weights[person.sex]
            return None

        return judge

    def _admit(self, stage: Stage, alive: list[Candidate]) -> tuple[list[Candidate], str | None]:
        """The best ⌈ratio × headcount⌉ and `plus` more; those equal to the last one follow as `ties` says.

        Who is exempt from all that counts so far has no score to compare and goes in beside them.
        """
        if stage.admit is None:
            return alive, None
        places = ceil(Fraction(stage.admit.ratio) * self.headcount) + (stage.admit.plus or 0)
        key = self.totals.key(tie_break=stage.admit.ties == "tie_break")
        keyed = [(key(person), person) for person in alive if not person.uncompared]
        admitted = sorted(own for own, _ in keyed)[:places]
        left = [person for own, person in keyed if own > admitted[-1]]
        if not left:
            return alive, None
        cut = self.totals.reached(next(person for own, person in keyed if own == admitted[-1]), self.counted)
        rule = f"未进入{STAGE_LABELS[stage.kind]}（取{places}名，末位{cut}）"
        kinds = [each.kind for each in self.counted]
        # Many share their scores, and printing them costs more than finding them.
        said: dict[tuple[int | None, ...], str] = {}
        for person in left:
            scores = (person.sum, *[person.points.get(kind) for kind in kinds])
            if scores not in said or person.spared:
                said[scores] = f"{self.totals.standing(person, self.counted)}，{rule}"
            person.why, person.stage = said[scores], stage.kind
        return [person for person in alive if person.why is None], cut

    def _order(self, people: list[Candidate]) -> Groups:
        """Candidates equal in everything together, with their rank."""
        key = self.totals.key(tie_break=True, final=True)
        keyed = sorted(((key(person), person) for person in people), key=lambda pair: (pair[0], pair[1].id))
        groups: Groups = []
        rank = 1
        for _, equal in groupby(keyed, key=lambda pair: pair[0]):
            members = [person for _, person in equal]
            groups.append((rank, members))
            rank += len(members)
        return groups

    def _place(self, ordered: Groups, counts: list[StageCount]) -> list[Placing]:
        """Who gets a place, in order; each group of equals as a whole."""
        places, reached, placings = places_of(self.announcement, self.headcount), [], []
        given = 0
        waiting = list(reversed(ordered))
        while waiting:
            rank, members = waiting.pop()
            fallen = {person.id: failed for person in members if (failed := _failure(person, self.finals))}
            fit = len(members) - len(fallen)
            may = places.reachable
            last = rank <= self.headcount < rank + len(members) - 1
            if (last or fit > may > 0) and (split := self._decided(rank, members, counts)):
                waiting += reversed(split)
                continue
            if may:
                reached += members
                hired = places.give(fit, [stage for stage, _ in fallen.values()])
                given += fit if hired else may
            status, why = self._status(rank, fit, may, given)
            for person in members:
                total = self.totals.printed(self.totals.total(person))
                at, reason = fallen.get(person.id, (None, why))
                placings.append(Placing(person.id, total, rank, "out" if at else status, reason, at))
        for kind, results in self.finals:
            passed = [person for person in reached if not _failure(person, [(kind, results)])]
            counts.append(StageCount(kind, len(reached), len(passed)))
            reached = passed
        return placings

    def _decided(self, rank: int, members: list[Candidate], counts: list[StageCount]) -> Groups:
        """Equals in the order of the test that was held for them (加试); empty if it doesn't part them.

        It orders and counts nothing: who has no points there comes last.
        """
        if self.deciding is None:
            return []
        place, stage = self.deciding
        results = self.results.get(place, {})
        points = {each.id: mark for each in members if (mark := _points(results.get(each.id))) is not None}

        def order(person: Candidate) -> float:
            return -points.get(person.id, -inf)

        if len(set(map(order, members))) == 1:
            return []
        counts.append(StageCount(stage.kind, len(members), len(points)))
        parted: Groups = []
        for _, equal in groupby(sorted(members, key=order), order):
            same = list(equal)
            parted.append((rank, same))
            rank += len(same)
        return parted

    def _status(self, rank: int, fit: int, may: int, given: int) -> tuple[str, str]:
        if fit <= may:
            # A place in the order, no more: whether it ends in being hired is said where it is decided (hiring.py).
            return "hire", f"第{rank}名，{'递补进入招聘名额' if rank > self.headcount else '在招聘名额内'}"
        if may:
            return "tie", f"第{rank}名，{fit}人各项同分，余{may}个名额，须另定先后"
        full = "名额已满" if given >= self.headcount else "公告所定的递补已用完"
        if self.announcement.reserve:
            return "reserve", f"第{rank}名，{full}，列入递补名单"
        return "out", f"第{rank}名，{full}"


def _points(result: Result | None) -> int | None:
    return result[0] if result and result[1] is None else None


def _failure(person: Candidate, finals: Finals) -> tuple[str, str] | None:
    """Where and why a candidate failed after the exams; a stage without a row is passed."""
    return next(
        ((kind, result[1]) for kind, results in finals if (result := results.get(person.id)) and result[1]), None
    )


def _opening(announcement: Announcement, post: Position, applied: int) -> tuple[int, str]:
    """Remaining headcount, and why the post is closed if it is."""
    opening, headcount = announcement.opening, post.headcount
    if opening is None or applied >= Fraction(opening.ratio) * headcount:
        return headcount, ""
    short = f"报名{applied}人，不足招聘{headcount}人的{opening.ratio}倍"
    if opening.if_short == "cut_posts":
        left = floor(applied / Fraction(opening.ratio))
        return left, "" if left else f"{short}，名额核减为0，岗位取消"
    if opening.if_short == "open_if_competitive" and applied > headcount:
        return headcount, ""
    return headcount, f"{short}，岗位取消"
