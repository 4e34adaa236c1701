"""The score sheet (成绩表): one row per result, validated against announcement and applicants."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl

from fujing.kernel.exchange import Column, Forgiving, read_table
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import DocumentError, Fault, as_faults
from fujing.law.formats.fitness import asked_items, judged, listed_items, measured_on, standard_items, standard_of
from fujing.law.formats.stages import Stage
from fujing.law.formats.values import SCALE

LABELS = {"id": "报名序号", "stage": "环节", "item": "科目", "score": "成绩", "judge": "评委"}
NEEDED = ("id", "stage", "score")
USUAL = frozenset(
    ["序号", "姓名", "性别", "身份证号", "公民身份号码", "准考证号", "报考岗位", "岗位名称", "考场", "座位号", "备注"]
)
COLUMNS = [
    Column(key, label, required=key in NEEDED, code=key != "item" and key != "judge") for key, label in LABELS.items()
]
STAGE_NAMES = {
    "资格审查": "qualification_review",
    "笔试": "written",
    "面试": "interview",
    "体能测试": "fitness",
    "技能测试": "skills",
    "心理测试": "psychological",
    "体检": "medical",
    "考察": "background",
    "公示": "publicity",
    "聘用": "hire",
}
STAGE_LABELS = {kind: name for name, kind in STAGE_NAMES.items()}
EXAMS = ("written", "fitness", "interview", "skills", "psychological")
REVIEWS = ("qualification_review", "medical", "background", "publicity", "hire")
"""Stages whose rows are given only where there is something to say."""

FAILURES = ("违纪", "放弃", "缺考", "不合格")
WORDS = (*FAILURES, "合格")
NUMBER = r"^\d{1,6}(\.\d{1,6})?$"


def scaled(column: str = "score") -> pl.Expr:
    """A score as an exact integer of 10⁻⁶ point; words become null.

    Six digits before and after the point stay far inside what a float holds exactly.
    """
    number = pl.col(column).str.contains(NUMBER)
    return pl.when(number).then((pl.col(column).cast(pl.Float64, strict=False) * 10**SCALE).round().cast(pl.Int64))


def read_scores(path: Path | str, announcement: Announcement, applicants: pl.DataFrame) -> pl.DataFrame:
    """Rows with `id`, `kind` of stage, `place` (index in the announcement's stages), `item`, `judge`,
    `word` (缺考 …), `points` (integer of 10⁻⁶) and `said` (why a measure fell short of its standard).

    A measure at a gate with a standard becomes 合格 or 不合格 by the applicant's sex and age.

    Raises DocumentError with every fault of the sheet, each with its row.
    """
    frame, faults = _checked(Path(path), announcement, applicants)
    if faults:
        raise DocumentError(faults)
    return frame.select("row", "id", "position", "sex", "kind", "place", "item", "judge", "word", "points", "said")


def score_faults(path: Path | str, announcement: Announcement | None, applicants: pl.DataFrame | None) -> list[Fault]:
    """What is wrong with the sheet as far as it can be told where announcement or applicants are unusable.

    `applicants` may have null positions: somebody is on the list whose post can't be read.
    """
    return _checked(Path(path), announcement, applicants)[1]


def _checked(
    path: Path, announcement: Announcement | None, applicants: pl.DataFrame | None
) -> tuple[pl.DataFrame, list[Fault]]:
    """The rows as far as they can be placed, and every fault in the order of the rows."""
    table = read_table(path, COLUMNS, forgiving=Forgiving(others=USUAL))
    faults = as_faults(table.faults)
    if not set(NEEDED).issubset(table.frame.columns):
        return table.frame, faults
    absent = [column for column in LABELS if column not in table.frame.columns]
    frame = table.frame.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    kinds = {**_own_names(announcement), **STAGE_NAMES, **{kind: kind for kind in (*EXAMS, *REVIEWS)}}
    frame = frame.with_columns(
        kind=pl.col("stage").replace_strict(kinds, default=None, return_dtype=pl.String),
        word=pl.when(pl.col("score").is_in(WORDS)).then(pl.col("score")),
        points=scaled(),
        said=pl.lit(None, pl.String),
    )
    faults += _form_faults(str(path), frame)
    if announcement is not None and applicants is not None:
        frame = frame.join(_people(applicants), on="id", how="left", maintain_order="left").join(
            _places(announcement), on=["position", "kind"], how="left", maintain_order="left"
        )
        for place, stage in enumerate(announcement.stages or ()):
            if standard_of(stage):
                frame = judged(announcement, stage, frame, pl.col("place") == place)
        faults += [*_place_faults(str(path), frame), *_row_faults(str(path), frame, announcement)]
    return frame, sorted(faults, key=lambda fault: int(fault.path[1:].partition("行")[0] or 0))


def _own_names(announcement: Announcement | None) -> dict[str, str]:
    """A test for equals (加试) may be named as the announcement names it; its kind is then `ties`."""
    stages = (announcement.stages if announcement else None) or ()
    return {name: "ties" for stage in stages if stage.only_for for name in ("加试", stage.name) if name}


def _people(applicants: pl.DataFrame) -> pl.DataFrame:
    """Whose score it is: post, and what a standard of fitness goes by."""
    kinds = {"sex": pl.String, "birth_date": pl.Date}
    absent = [pl.lit(None, kind).alias(key) for key, kind in kinds.items() if key not in applicants.columns]
    return applicants.with_columns(absent).select("id", "position", *kinds, listed="id")


def _places(announcement: Announcement) -> pl.DataFrame:
    """For each post and kind, the stage of the announcement; exam kinds are unique per post."""
    held = [
        (post.code, stage, place)
        for post in announcement.positions
        for place, stage in enumerate(announcement.stages or ())
        if stage.positions is None or post.code in stage.positions
    ]
    rows: list[tuple[str, str, int]] = [(post, stage.kind, place) for post, stage, place in held if not stage.only_for]
    # A test for equals goes by its own name, and by its kind too where the post has no other stage of that kind.
    rows += [(post, kind, place) for post, stage, place in held if stage.only_for for kind in ("ties", stage.kind)]
    schema = {"position": pl.String, "kind": pl.String, "place": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(["position", "kind"], keep="first")


def _faults(file: str, rows: pl.DataFrame, column: str, expected: str) -> list[Fault]:
    return [
        Fault(file, f"第{row}行“{LABELS[column]}”", value or "空白", expected)
        for row, value in rows.select("row", column).iter_rows()
    ]


def _form_faults(file: str, frame: pl.DataFrame) -> list[Fault]:
    """Cells that are wrong whoever's score it is."""
    checks = (
        (
            "stage",
            pl.col("stage").is_not_null() & pl.col("kind").is_null(),
            f"应为 {'、'.join(STAGE_NAMES)} 或者环节代码",
        ),
        (
            "score",
            pl.col("score").is_not_null() & pl.col("word").is_null() & pl.col("points").is_null(),
            "应为不带符号、最多六位小数的数，或者缺考、违纪、放弃、合格、不合格",
        ),
        (
            "score",
            pl.col("points").is_not_null() & pl.col("kind").is_in(REVIEWS),
            "这个环节没有分数，应为合格、不合格或者放弃",
        ),
        ("judge", pl.col("judge").is_not_null() & (pl.col("kind") != "interview"), "只有面试填写评委"),
    )
    return _all_faults(file, frame, checks)


def _place_faults(file: str, frame: pl.DataFrame) -> list[Fault]:
    """Rows of nobody who applied, or of a stage that the post hasn't."""
    checks = (
        ("id", pl.col("id").is_not_null() & pl.col("listed").is_null(), "报名表中没有这个报名序号"),
        (
            "stage",
            pl.col("kind").is_not_null() & pl.col("position").is_not_null() & pl.col("place").is_null(),
            "此人所报岗位没有这个环节",
        ),
    )
    return _all_faults(file, frame, checks)


def _all_faults(file: str, frame: pl.DataFrame, checks: Sequence[tuple[str, pl.Expr, str]]) -> list[Fault]:
    return [
        fault for column, wrong, expected in checks for fault in _faults(file, frame.filter(wrong), column, expected)
    ]


def _row_faults(file: str, frame: pl.DataFrame, announcement: Announcement) -> list[Fault]:
    faults: list[Fault] = []
    key = ["id", "kind", "item", "judge"]
    placed = frame.filter(pl.col("place").is_not_null())
    repeated = placed.filter(~pl.struct(key).is_first_distinct())
    faults += _faults(file, repeated, "id", "同一人同一环节、科目、评委的成绩重复")
    for (place,), rows in placed.group_by("place", maintain_order=True):
        stage = (announcement.stages or ())[int(str(place))]
        if stage.kind in EXAMS:
            faults += _stage_faults(file, rows, stage, announcement)
            faults += _measure_faults(file, rows, announcement, stage)
    return faults


def _is_numeric(announcement: Announcement, stage: Stage) -> bool:
    """The stage needs points: it counts, has a pass line, or is put together from parts."""
    weighted = stage.weight or any(
        scores.weights.get(stage.kind) or scores.pass_lines.get(stage.kind)
        for scores in announcement.scores_by_position.values()
    )
    return not stage.is_gate and bool(
        weighted
        or stage.only_for
        or stage.pass_if_uncontested is not None
        or stage.pass_line is not None
        or stage.papers
        or stage.panel
        or stage.scored
    )


def _stage_faults(file: str, rows: pl.DataFrame, stage: Stage, announcement: Announcement) -> list[Fault]:
    faults: list[Fault] = []
    numbers = rows.filter(pl.col("points").is_not_null())
    if _is_numeric(announcement, stage):
        faults += _faults(file, rows.filter(pl.col("word") == "合格"), "score", "这个环节计分，应为分数")
    items = [paper.name for paper in stage.papers] or (
        asked_items(announcement, stage, None) if listed_items(stage) else []
    )
    if items:
        listed = "、".join(items)
        strange = pl.col("item").is_not_null() & ~pl.col("item").is_in(items)
        faults += _faults(file, rows.filter(strange), "item", f"应为 {listed}")
        if not stage.papers:
            faults += _other_items(file, rows.filter(~strange), announcement, stage)
        if stage.kind == "interview":
            twice = numbers.filter(~pl.struct("id", "item").is_first_distinct())
            expected = "公告没有写各科目的评委分怎样合成，一人一科只能有一个成绩"
            faults += _faults(file, twice, "judge", expected)
        if not stage.is_gate:
            faults += _faults(file, numbers.filter(pl.col("item").is_null()), "item", f"应为 {listed}")
    if stage.is_gate and getattr(stage.gate, "item_floor", None) is None and not standard_of(stage):
        faults += _faults(file, numbers, "score", "这个环节只分合格与不合格")
    for item, full in _full_marks(stage).items():
        mine = numbers if item is None else numbers.filter(pl.col("item") == item)
        above = mine.filter(pl.col("points") > int(full * 10**SCALE))
        faults += _faults(file, above, "score", f"超过满分{full}")
    if not (items or stage.scored or stage.is_gate):
        if stage.kind == "interview":
            faults += _judge_faults(file, rows, stage)
        else:
            later = rows.filter(~pl.col("id").is_first_distinct())
            faults += _faults(file, later, "id", "一人只能有一个成绩")
    return faults


def _other_items(file: str, rows: pl.DataFrame, announcement: Announcement, stage: Stage) -> list[Fault]:
    """Results in an item that isn't asked of that sex; a standard's own measures are checked with it."""
    faults: list[Fault] = []
    words = rows.filter(pl.col("points").is_null()) if standard_of(stage) else rows
    for sex, who in (("male", "男子"), ("female", "女子")):
        asked = asked_items(announcement, stage, sex)
        strange = (pl.col("sex") == sex) & pl.col("item").is_not_null() & ~pl.col("item").is_in(asked)
        faults += _faults(file, words.filter(strange), "item", f"{who}应为 {'、'.join(asked)}")
    return faults


def _judge_faults(file: str, rows: pl.DataFrame, stage: Stage) -> list[Fault]:
    """Scores of which nobody can say whose they are, and several of one person that nothing combines."""
    faults: list[Fault] = []
    blank = pl.col("judge").is_null()
    if rows["judge"].null_count():
        several = pl.len().over("id") > 1
        others = ~several & pl.col("points").is_not_null() & pl.col("judge").is_not_null().any().over("position")
        faults += _faults(file, rows.filter(blank & several), "judge", "有多行成绩，应填评委")
        faults += _faults(file, rows.filter(blank & others), "judge", "同岗位其他人的成绩填有评委，应填评委")
    if stage.panel is None:
        later = rows.filter(~pl.col("id").is_first_distinct())
        expected = "公告没有写评委分怎样合成（panel），一人只能有一个成绩"
        faults += _faults(file, later, "judge", expected)
    return faults


def _measure_faults(file: str, rows: pl.DataFrame, announcement: Announcement, stage: Stage) -> list[Fault]:
    """Measures that their standard can't judge: no such item for that sex, or no sex, birth date or day."""
    if not standard_of(stage):
        return []
    measures = rows.filter(pl.col("points").is_not_null())
    if measured_on(announcement, stage) is None:
        return _faults(file, measures, "score", "公告没有测试日期和年龄计算截止日，不能分年龄组评定")
    incomplete = pl.col("sex").is_null() | pl.col("birth_date").is_null()
    faults = _faults(file, measures.filter(incomplete), "id", "报名表缺此人的性别或者出生日期，不能按标准评定")
    for sex in ("male", "female"):
        items = standard_items(announcement, stage, sex)
        strange = ~incomplete & (pl.col("sex") == sex) & ~pl.col("item").is_in(items).fill_null(value=False)
        expected = f"应为 {'、'.join(items)}" if items else "公告所列项目都不是标准中的项目，不能按标准评定"
        faults += _faults(file, measures.filter(strange), "item", expected)
    return faults


def _full_marks(stage: Stage) -> dict[str | None, Decimal]:
    by_paper: dict[str | None, Decimal] = {p.name: p.full for p in stage.papers if p.full is not None}
    if stage.full is not None:
        return {None: stage.full} if not by_paper else {p.name: p.full or stage.full for p in stage.papers}
    return by_paper
