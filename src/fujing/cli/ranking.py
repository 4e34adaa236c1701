"""`fujing rank`: stages, totals, ties, shortlist, hire list and reserve."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fujing.cli.output import table, unreadable
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import DocumentError, Fault, gathered
from fujing.law.formats.scores import STAGE_LABELS, read_scores, score_faults
from fujing.law.ranking import PostRanking, panel_gaps, rank
from fujing.law.ranking.applicants import listed_applicants, read_applicants
from fujing.law.ranking.readiness import require_rankable

STATUS = {"hire": "录用", "reserve": "递补名单", "out": "未录用", "tie": "同分待定", "choose": "待本人选岗"}

SHOWN = 1000
"""Rows of a post's table for people; machines read all of them as JSON."""


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""
    app.command("rank")(rank_command)


def rank_command(
    announcement: Annotated[Path, typer.Option(help="公告文件，YAML 或 JSON")],
    applicants: Annotated[Path, typer.Option(help="报名表，CSV、XLSX 或 Parquet")],
    scores: Annotated[Path, typer.Option(help="成绩表，CSV 或 XLSX")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    """按公告排名：各环节、总成绩、同分、录用和递补；同样的文件得同样的结果."""
    notes: list[str] = []
    try:
        read = read_files(announcement, applicants, scores, notes)
    except DocumentError as error:
        unreadable(str(fault) for fault in error.faults)
    rankings = rank(*read)
    if as_json:
        write_json(rankings)
    else:
        for ranking in rankings:
            _print(ranking)
    sys.stderr.writelines(f"{note}\n" for note in notes)
    announced, _, sheet = read
    for said in panel_gaps(announced, sheet).values():
        sys.stderr.write("".join(f"{sentence}\n" for sentence in said))


def rank_files(announcement: Path, applicants: Path, scores: Path) -> list[PostRanking]:
    """Read the three files and rank. Raises DocumentError as `read_files` does."""
    return rank(*read_files(announcement, applicants, scores))


Read = tuple[Announcement, pl.DataFrame, pl.DataFrame]
"""Announcement, applicants and scores as the ranking takes them."""


def read_files(announcement: Path, applicants: Path, scores: Path, notes: list[str] | None = None) -> Read:
    """Read the three files. Raises DocumentError with the faults of all three: where one is unusable, the next is
    still read as far as it can be. Columns that were passed over are added to `notes`."""
    faults: list[Fault] = []
    announced, people = None, None
    with gathered(faults):
        announced = read_announcement(announcement)
        require_rankable(str(announcement), announced)
    with gathered(faults):
        people = read_applicants(applicants, announced, notes)
    if announced is None or people is None or faults:
        told = announced if announced and announced.stages else None
        listed = people if people is not None else listed_applicants(applicants, told)
        raise DocumentError([*faults, *score_faults(scores, told, listed)])
    return announced, people, read_scores(scores, announced, people)


def write_json(rankings: Sequence[PostRanking]) -> None:
    """The document of FORMATS, one post a line."""
    posts = ",\n".join(ranking.json() for ranking in rankings)
    sys.stdout.write(f'{{"positions": [\n{posts}\n]}}\n')


def _print(ranking: PostRanking) -> None:
    opened = "" if ranking.opened else "（未开考）"
    table(
        f"岗位{ranking.position}：名额{ranking.headcount}{opened}",
        ["环节", "进入", "通过", "末位成绩"],
        ((STAGE_LABELS[s.kind], s.entered, s.passed, s.cut) for s in ranking.stages),
    )
    table(
        "",
        ["名次", "报名序号", "总成绩", "结果", "说明"],
        ((line.rank, line.subject, line.total, STATUS[line.status], line.why) for line in ranking.ranking[:SHOWN]),
    )
    if len(ranking.ranking) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}行，共{len(ranking.ranking)}行，全部结果用 --json 输出\n")
