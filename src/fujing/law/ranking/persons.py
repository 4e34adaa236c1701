"""One person on several rows: everybody takes one place (one employer and one post, 5.p1).

Who is placed on more than one row takes the one that they named first (志愿序号). Where that isn't said of each row, or
two rows say the same, nobody's choice is guessed: both lines ask for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fujing.law.ranking.posts import Course, Placing, PostRanking


@dataclass(frozen=True, slots=True)
class Held:
    """A place that one person holds: on which post (by its index), with which line and which wish."""

    post: int
    line: Placing
    wish: int | None


def one_place_each(
    courses: Sequence[Course], rankings: list[PostRanking], applicants: pl.DataFrame
) -> list[PostRanking]:
    """The rankings with nobody placed twice; a post that somebody leaves for another is placed again."""
    rows = _rows_of_one_person(applicants)
    while rows:
        left = set()
        undecided: list[list[Held]] = []
        for held in _held_twice(rankings, rows):
            wishes = [each.wish for each in held if each.wish is not None]
            if len(set(wishes)) < len(held):
                undecided.append(held)
                continue
            first = min(held, key=lambda each: each.wish or 0)
            taken = f"已按志愿取得岗位{rankings[first.post].position}的名额（报名序号{first.line.subject}），一人只占一个名额"
            for each in held:
                if each is not first:
                    courses[each.post].elsewhere[each.line.subject] = taken
                    left.add(each.post)
        if not left:
            _ask(undecided, rankings)
            break
        rankings = [courses[at].finish() if at in left else ranking for at, ranking in enumerate(rankings)]
    return rankings


def _rows_of_one_person(applicants: pl.DataFrame) -> dict[str, tuple[str, int | None]]:
    """By applicant's number: whose row it is and which wish; only of people with several rows."""
    several = applicants.filter(pl.col("id_number").is_not_null() & pl.col("id_number").is_duplicated())
    return {row: (number, wish) for row, number, wish in several.select("id", "id_number", "choice").iter_rows()}


def _held_twice(rankings: Sequence[PostRanking], rows: dict[str, tuple[str, int | None]]) -> list[list[Held]]:
    held: dict[str, list[Held]] = {}
    for at, ranking in enumerate(rankings):
        for line in ranking.ranking:
            if line.status == "hire" and line.subject in rows:
                number, wish = rows[line.subject]
                held.setdefault(number, []).append(Held(at, line, wish))
    return [each for each in held.values() if len(each) > 1]


def _ask(undecided: Sequence[Sequence[Held]], rankings: Sequence[PostRanking]) -> None:
    for held in undecided:
        named = {each.line.subject: rankings[each.post].position for each in held}
        for each in held:
            others = "、".join(f"岗位{post}的{who}" for who, post in named.items() if who != each.line.subject)
            each.line.status = "choose"
            each.line.why = f"第{each.line.rank}名，与{others}是同一人，都在招聘名额内，应由本人选定一个"
