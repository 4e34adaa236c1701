"""Who is hired: stages, totals, ties and substitutions, as FORMATS ("How a ranking is computed")."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl

from fujing.law.formats.announcement import Announcement
from fujing.law.ranking.candidates import candidates_by_post
from fujing.law.ranking.explanation import explain, explain_line
from fujing.law.ranking.hiring import HireList, hire_lists
from fujing.law.ranking.panels import panel_gaps
from fujing.law.ranking.persons import one_place_each
from fujing.law.ranking.posts import Course, PostRanking
from fujing.law.ranking.scoring import Results, stage_results

__all__ = ["HireList", "PostRanking", "explain", "explain_line", "hire_lists", "panel_gaps", "rank"]


def rank(announcement: Announcement, applicants: pl.DataFrame, scores: pl.DataFrame) -> list[PostRanking]:
    """The ranking of every post, in the order of the announcement.

    `applicants` comes from `read_applicants`, `scores` from `read_scores`; both are already validated.
    The same inputs always give the same ranking.
    """
    with _uncollected():
        results = stage_results(announcement, scores)
        people = candidates_by_post(announcement, applicants)
        empty: Results = {}
        courses = [
            Course(announcement, post, people.get(post.code, []), results.get(post.code, empty))
            for post in announcement.positions
        ]
        return one_place_each(courses, [course.run() for course in courses], applicants)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: it would walk hundreds of thousands of records, which hold no cycle, in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
