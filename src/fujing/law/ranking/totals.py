"""Weights, running sums and totals of one post, in exact integers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import lcm
from sys import maxsize

from fujing.kernel.numbers import bare
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.fitness import better_when_lower
from fujing.law.formats.posts import Position
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.stages import ByCategory, Stage
from fujing.law.formats.values import SCALE
from fujing.law.ranking.candidates import Candidate
from fujing.law.ranking.rounding import divide
from fujing.law.ranking.scoring import whole

SEXES = (None, "male", "female")
Number = int | Fraction
Key = Callable[[Candidate], tuple[Number, ...]]


class Totals:
    """One post's arithmetic. Sums are in 10⁻⁶ point times 10⁻⁶ of a weight, divided by `under`."""

    def __init__(self, announcement: Announcement, post: Position, stages: Sequence[Stage]) -> None:
        self.announcement, self.post = announcement, post
        self.digits, self.mode = announcement.rounding.digits, announcement.rounding.mode
        self.unit = 10 ** (SCALE - self.digits)
        stated = [self._stated(stage, sex) for stage in stages for sex in SEXES]
        self.under = lcm(*((weight * 10**SCALE).denominator for weight in stated))
        self._by = 10 ** (SCALE + SCALE - self.digits) * self.under
        self.spares = any(stage.exempt for stage in stages)
        bonus = announcement.bonus
        self.bonus_on = bonus.on if bonus else None

    def weights(self, stage: Stage) -> dict[str | None, int]:
        """A stage's weight for each sex."""
        return {sex: int(self._stated(stage, sex) * 10**SCALE * self.under) for sex in SEXES}

    def _stated(self, stage: Stage, sex: str | None) -> Fraction:
        for key in (f"{self.post.code}:{sex}", self.post.code):
            scores = self.announcement.scores_by_position.get(key)
            if scores and stage.kind in scores.weights:
                return Fraction(scores.weights[stage.kind])
        return Fraction(stage.weight or 0)

    def pass_line(self, stage: Stage, sex: str | None, *, contested: bool) -> Decimal | None:
        """The line of a stage; where no more entered than the headcount, the higher one for that."""
        line = self._stated_line(stage, sex)
        if contested or stage.pass_if_uncontested is None:
            return line
        return stage.pass_if_uncontested if line is None else max(line, stage.pass_if_uncontested)

    def _stated_line(self, stage: Stage, sex: str | None) -> Decimal | None:
        for key in (f"{self.post.code}:{sex}", self.post.code):
            scores = self.announcement.scores_by_position.get(key)
            if scores and stage.kind in scores.pass_lines:
                return scores.pass_lines[stage.kind]
        line = stage.pass_line
        if isinstance(line, ByCategory):
            return line.civil if self.post.category == "civil" else line.field
        return line

    def exact(self, person: Candidate) -> Number:
        """The total before it is rounded, bonus included."""
        added = person.bonus * 10**SCALE * self.under if self.bonus_on == "total" else 0
        return (person.running if self.spares else person.sum) + added

    def total(self, person: Candidate) -> int:
        """In units of the last digit."""
        return self._rounded(self.exact(person))

    def without_bonus(self, person: Candidate) -> int:
        """What a line on the total is compared with: a bonus never repairs a failed line."""
        return self._rounded(replace(person, sum=person.sum - self._in_written(person)).running)

    def _in_written(self, person: Candidate) -> int:
        """What the bonus on the written score adds to the sum."""
        if self.bonus_on != "written" or "written" not in person.points:
            return 0
        stage = next(stage for stage in self.announcement.stages or () if self._is_the_written(stage))
        return person.bonus * self.weights(stage)[person.sex]

    def _is_the_written(self, stage: Stage) -> bool:
        return stage.kind == "written" and (stage.positions is None or self.post.code in stage.positions)

    def _rounded(self, exact: Number) -> int:
        return divide(exact.numerator, self._by * exact.denominator, self.mode)

    def key(self, *, tie_break: bool, final: bool = False) -> Key:
        """Ascending: the best first. The total is rounded at the end only, so admissions compare exact sums."""
        leading: Callable[[Candidate], Number] = self.total
        if not final:
            leading = (lambda person: person.running) if self.spares else (lambda person: person.sum)
        ties = [self._tie(name) for name in self.announcement.tie_break] if tie_break else []

        def key(person: Candidate) -> tuple[Number, ...]:
            return (-leading(person), *[tie(person) for tie in ties])

        return key

    def _tie(self, name: str) -> Callable[[Candidate], Number]:
        """One tie-break, the best lowest. Who has no such score comes after everyone who has."""
        if name == "priority":
            return lambda person: person.group
        if name == "unrounded":
            return lambda person: -self.exact(person)
        if name == "education":
            return lambda person: -person.level
        if name.startswith("item:") and better_when_lower(self.announcement, name.removeprefix("item:")):
            return lambda person: person.points.get(name, maxsize)
        return lambda person: -person.points.get(name, -maxsize)

    def printed(self, points: int) -> str:
        """Units of the last digit as a score sheet prints them."""
        if not self.digits:
            return str(points)
        whole_points, rest = divmod(points, 10**self.digits)
        return f"{whole_points}.{rest:0{self.digits}d}"

    def printed_sum(self, total: Number) -> str:
        """An unrounded sum, with at least the decimals of the rounding; an endless one to twelve."""
        exact = Fraction(total, self.under)
        text = bare(Decimal(divide(exact.numerator, exact.denominator, "half_up")).scaleb(-2 * SCALE))
        rest = text.partition(".")[2]
        return f"{Decimal(text):.{max(self.digits, len(rest))}f}"

    def printed_score(self, points: int) -> str:
        """10⁻⁶ points of one stage, which are whole units of the last digit unless a bonus has more."""
        if points % self.unit == 0:
            return self.printed(points // self.unit)
        return bare(Decimal(points).scaleb(-SCALE))

    def standing(self, person: Candidate, counted: Sequence[Stage]) -> str:
        """What somebody has so far, each score as it was printed, and the weighted sum where several stages count:
        it is what was compared, also of who is spared all but one of them."""
        taken = [stage for stage in counted if stage.kind in person.points]
        if not taken:
            return "没有计分的成绩"
        scores = "、".join(f"{STAGE_LABELS[s.kind]}{self._score(person, s.kind)}" for s in taken)
        return scores if len(counted) == 1 else f"{scores}，按权重合计{self.printed_sum(person.running)}"

    def _score(self, person: Candidate, kind: str) -> str:
        points = person.points[kind]
        if kind != "written" or self.bonus_on != "written" or not person.bonus:
            return self.printed_score(points)
        return f"{self.printed_score(points - person.bonus)}（加分{self.printed_score(person.bonus)}）"

    def reached(self, person: Candidate, counted: Sequence[Stage]) -> str:
        """The same as one number: the only score that counts, or the weighted sum of several."""
        if len(counted) == 1:
            return self.printed_score(person.points[counted[0].kind])
        return self.printed_sum(person.running)


def scaled_line(line: Decimal | None) -> int | None:
    """A pass line in 10⁻⁶ point."""
    return None if line is None else whole(line)
