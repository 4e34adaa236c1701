"""Whether the weights of each post add up (第二十一条第一款: 公开、公平、公正)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from fujing.kernel.numbers import bare
from fujing.law.announcements.steps import LABELS, stages_of
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.values import Weight
from fujing.law.provisions import cite

SEX = {"male": "男", "female": "女"}


def weights(announcement: Announcement) -> Iterator[Finding]:
    """成绩按权重相加的，权重之和为1；直接相加的，每项都是1."""
    for post in announcement.positions:
        for sex in _sexes(announcement, post):
            stated = stage_weights(announcement, post, sex)
            if stated and not adds_up(stated.values()):
                who = f"（{SEX[sex]}）" if sex else ""
                listed = "、".join(f"{LABELS[kind]}{printed(weight)}" for kind, weight in stated.items())
                sentence = f"{who}各环节权重{listed}，合计{printed(sum(stated.values(), Fraction(0)))}"
                yield _finding(post.code, sentence, {kind: str(value) for kind, value in stated.items()})
    for stage in announcement.stages or ():
        papers = {paper.name: Fraction(paper.weight) for paper in stage.papers}
        if papers and not adds_up(papers.values()):
            listed = "、".join(f"{name}{printed(weight)}" for name, weight in papers.items())
            sentence = f"{stage.name or LABELS[stage.kind]}各科目权重{listed}，合计{printed(sum(papers.values(), Fraction(0)))}"
            yield _finding(None, sentence, {name: str(value) for name, value in papers.items()})


def stage_weights(announcement: Announcement, post: Position, sex: str | None) -> dict[str, Fraction]:
    """The weights that count for a post and sex, by stage kind: its own, else the stage's. Zero counts nothing."""
    own: dict[str, Weight] = {}
    for key in (post.code, f"{post.code}:{sex}"):
        scores = announcement.scores_by_position.get(key)
        own |= {str(kind): weight for kind, weight in scores.weights.items()} if scores else {}
    if announcement.stages is None:
        return {kind: Fraction(weight) for kind, weight in own.items() if weight}
    found: dict[str, Fraction] = {}
    for stage in stages_of(announcement, post):
        weight = own.get(stage.kind, stage.weight)
        if weight:
            found[stage.kind] = found.get(stage.kind, Fraction(0)) + Fraction(weight)
    return found


def adds_up(shares: Collection[Fraction]) -> bool:
    """Together exactly 1, or each of them 1."""
    return sum(shares) == 1 or all(share == 1 for share in shares)


def printed(share: Fraction | Decimal) -> str:
    """A weight as people write it: 0.5, or 1/3 where no decimal is exact."""
    exact = Fraction(share)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    return bare(Decimal(exact.numerator) / Decimal(exact.denominator))


def _sexes(announcement: Announcement, post: Position) -> tuple[str | None, ...]:
    """Both sexes where one has weights of its own on the post, else nobody in particular."""
    own = any(key.startswith(f"{post.code}:") for key in announcement.scores_by_position)
    return ((post.sex,) if post.sex else ("male", "female")) if own else (None,)


def _finding(subject: str | None, sentence: str, facts: dict[str, object]) -> Finding:
    return Finding(
        provision="21.p1",
        rule="announcement.weights",
        outcome=Outcome.UNDETERMINED,
        subject=subject,
        message=f"{sentence}，既不等于1，也不是每项都为1，无法确定总成绩如何计算（{cite('21.p1')}）",
        facts={"weights": facts},
        remedy="核对权重，使合计为1",
    )
