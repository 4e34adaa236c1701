"""One post from opening to hiring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Any

from fujing.law.formats.announcement import Announcement, ByCategory, Position, Stage
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.values import SCALE
from fujing.law.ranking.candidates import Candidate
from fujing.law.ranking.rounding import divide
from fujing.law.ranking.scoring import Result, Results, whole

FINALS = ("medical", "background", "publicity", "hire")
BEFORE = ("announcement", "registration")


@dataclass(slots=True)
class StageCount:
    """How many entered and passed a stage, and the exact running total of the last one admitted.

    `cut` is null where the stage has no admission or nobody was left out.
    """

    kind: str
    entered: int
    passed: int
    cut: str | None = None


@dataclass(slots=True)
class Placing:
    """One line of the ranking; `total` and `rank` are null for who didn't get through all exams.

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
        return {
            "position": self.position,
            "headcount": self.headcount,
            "opened": self.opened,
            "stages": [asdict(stage) for stage in self.stages],
            "ranking": [
                {"subject": p.subject, "total": p.total, "rank": p.rank, "status": p.status, "why": p.why}
                for p in self.ranking
            ],
        }


Finals = Sequence[tuple[str, dict[str, Result]]]
Key = Callable[[Candidate], tuple[int, ...]]


def rank_post(announcement: Announcement, post: Position, people: list[Candidate], results: Results) -> PostRanking:
    """Opening, stages in order, final order, substitutions."""
    return _Course(announcement, post, people, results).run()


class _Course:
    """The numbers of one post while its stages are gone through."""

    def __init__(self, announcement: Announcement, post: Position, people: list[Candidate], results: Results) -> None:
        self.announcement, self.post, self.people, self.results = announcement, post, people, results
        self.digits, self.mode = announcement.rounding.digits, announcement.rounding.mode
        self.stages = [
            (place, stage)
            for place, stage in enumerate(announcement.stages or ())
            if (stage.positions is None or post.code in stage.positions) and stage.kind not in BEFORE
        ]
        self.headcount, self.closed = _opening(announcement, post, len(people))
        self.counts: list[StageCount] = []

    def run(self) -> PostRanking:
        if self.closed:
            ranking = [Placing(person.id, None, None, "out", self.closed) for person in self.people]
            return self._ranking(ranking, opened=False)
        alive = self.people
        for place, stage in self.stages:
            if stage.kind not in FINALS:
                alive = self._stage(place, stage, alive)
        ordered = self._order(alive)
        placed = self._place(ordered)
        out = [Placing(person.id, None, None, "out", person.why, person.stage) for person in self.people if person.why]
        return self._ranking(placed + out, opened=True)

    def _ranking(self, ranking: list[Placing], *, opened: bool) -> PostRanking:
        people = {person.id: person for person in self.people}
        return PostRanking(self.post.code, self.headcount, opened, self.counts, ranking, people)

    def _stage(self, place: int, stage: Stage, alive: list[Candidate]) -> list[Candidate]:
        entered, cut = self._admit(stage, alive)
        results = self.results.get(place)
        if results is not None:
            label = STAGE_LABELS[stage.kind]
            silent = stage.kind == "qualification_review"
            judge = self._judge(stage)
            papers = [f"paper:{paper.name}" for paper in stage.papers]
            for person in entered:
                result = results.get(person.id)
                if result is not None:
                    points, failure, by_paper = result
                    person.why = failure or judge(person, points)
                    for paper, mark in zip(papers, by_paper, strict=True):
                        person.points[paper] = mark or 0
                elif not silent:
                    person.why = f"{label}缺考"
                if person.why:
                    person.stage = stage.kind
        passed = [person for person in entered if person.why is None]
        self.counts.append(StageCount(stage.kind, len(entered), len(passed), cut))
        return passed

    def _judge(self, stage: Stage) -> Callable[[Candidate, int | None], str | None]:
        """Check the pass line, then add bonus and weighted points; the answer is why one falls out."""
        label, unit = STAGE_LABELS[stage.kind], 10 ** (SCALE - self.digits)
        bonus = self.announcement.bonus
        on_written = stage.kind == "written" and bonus is not None and bonus.on == "written"
        sexes = (None, "male", "female")
        weights = {sex: whole(self._weight(stage, sex)) for sex in sexes}
        lines = {sex: self._pass_line(stage, sex) for sex in sexes}
        scaled_lines = {sex: None if line is None else whole(line) for sex, line in lines.items()}

        def judge(person: Candidate, points: int | None) -> str | None:
            if points is None:
                return None
            line = scaled_lines[person.sex]
            if line is not None and points * unit < line:
                return f"{label}{self._printed(points)}，低于合格线{lines[person.sex]}"
            exact = points * unit + (person.bonus if on_written else 0)
            person.points[stage.kind] = exact
            person.sum += exact * weights[person.sex]
            return None

        return judge

    def _weight(self, stage: Stage, sex: str | None) -> Decimal | Fraction:
        for key in (f"{self.post.code}:{sex}", self.post.code):
            scores = self.announcement.scores_by_position.get(key)
            if scores and stage.kind in scores.weights:
                return scores.weights[stage.kind]
        return stage.weight or Decimal(0)

    def _pass_line(self, stage: Stage, sex: str | None) -> Decimal | None:
        for key in (f"{self.post.code}:{sex}", self.post.code):
            scores = self.announcement.scores_by_position.get(key)
            if scores and stage.kind in scores.pass_lines:
                return scores.pass_lines[stage.kind]
        line = stage.pass_line
        if isinstance(line, ByCategory):
            return line.civil if self.post.category == "civil" else line.field
        return line

    def _admit(self, stage: Stage, alive: list[Candidate]) -> tuple[list[Candidate], str | None]:
        """The best ⌈ratio × headcount⌉; those equal to the last one follow as `ties` says."""
        if stage.admit is None:
            return alive, None
        places = ceil(Fraction(stage.admit.ratio) * self.headcount)
        if len(alive) <= places:
            return alive, None
        key = self._key(tie_break=stage.admit.ties == "tie_break")
        keys = [key(person) for person in alive]
        last = sorted(keys)[places - 1]
        entered = [person for person, own in zip(alive, keys, strict=True) if own <= last]
        if len(entered) == len(alive):
            return alive, None
        cut = self._exact(-last[0])
        rule = f"未进入{STAGE_LABELS[stage.kind]}（取{places}名，末位{cut}）"
        # Many share a sum, and printing one costs more than finding it.
        short = {-own[0] for own in keys if own > last}
        reasons = {total: f"成绩{self._exact(total)}，{rule}" for total in short}
        for person, own in zip(alive, keys, strict=True):
            if own > last:
                person.why, person.stage = reasons[-own[0]], stage.kind
        return entered, cut

    def _total(self, person: Candidate) -> int:
        bonus = self.announcement.bonus
        added = person.bonus * 10**SCALE if bonus and bonus.on == "total" else 0
        return divide(person.sum + added, 10 ** (SCALE + SCALE - self.digits), self.mode)

    def _key(self, *, tie_break: bool, final: bool = False) -> Key:
        """Ascending: the best first. The total is rounded at the end only, so admissions compare exact sums."""
        total = self._total if final else (lambda person: person.sum)
        ties = self.announcement.tie_break if tie_break else ()

        def key(person: Candidate) -> tuple[int, ...]:
            points = person.points
            return (-total(person), *(person.group if t == "priority" else -points.get(t, -1) for t in ties))

        return key

    def _printed(self, points: int) -> str:
        if not self.digits:
            return str(points)
        whole_points, rest = divmod(points, 10**self.digits)
        return f"{whole_points}.{rest:0{self.digits}d}"

    def _exact(self, total: int) -> str:
        """An unrounded sum, with at least the decimals of the rounding."""
        text = f"{Decimal(total).scaleb(-2 * SCALE):.{2 * SCALE}f}"
        rest = text.rstrip("0").partition(".")[2]
        return f"{Decimal(text):.{max(self.digits, len(rest))}f}"

    def _order(self, people: list[Candidate]) -> list[tuple[int, list[Candidate]]]:
        """Candidates equal in everything together, with their rank."""
        key = self._key(tie_break=True, final=True)
        keyed = sorted(((key(person), person) for person in people), key=lambda pair: (pair[0], pair[1].id))
        groups, rank = [], 1
        for _, equal in groupby(keyed, key=lambda pair: pair[0]):
            members = [person for _, person in equal]
            groups.append((rank, members))
            rank += len(members)
        return groups

    def _place(self, ordered: Sequence[tuple[int, list[Candidate]]]) -> list[Placing]:
        finals = [(stage.kind, self.results.get(place, {})) for place, stage in self.stages if stage.kind in FINALS]
        free, reached, placings = self.headcount, [], []
        for rank, members in ordered:
            fallen = {person.id: failed for person in members if (failed := _failure(person, finals))}
            fit = [person for person in members if person.id not in fallen]
            if free:
                reached += members
            status, why = self._status(rank, len(fit), free)
            for person in members:
                total = self._printed(self._total(person))
                at, reason = fallen.get(person.id, (None, why))
                placings.append(Placing(person.id, total, rank, "out" if at else status, reason, at))
            free = max(0, free - len(fit))
        self._count_finals(finals, reached)
        return placings

    def _status(self, rank: int, fit: int, free: int) -> tuple[str, str]:
        if fit <= free and free:
            return "hire", f"第{rank}名，{'递补录用' if rank > self.headcount else '录用'}"
        if free:
            return "tie", f"第{rank}名，{fit}人各项同分，余{free}个名额，须另定先后"
        if self.announcement.reserve:
            return "reserve", f"第{rank}名，名额已满，列入递补名单"
        return "out", f"第{rank}名，名额已满"

    def _count_finals(self, finals: Finals, reached: list[Candidate]) -> None:
        for kind, results in finals:
            passed = [person for person in reached if not _failure(person, [(kind, results)])]
            self.counts.append(StageCount(kind, len(reached), len(passed)))
            reached = passed


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
