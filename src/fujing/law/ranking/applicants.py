"""What a ranking needs of the applicants' table: post, sex and the marks that give priority or points."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.tables import read_table

COLUMNS = {
    "id": "报名序号",
    "position": "报考岗位",
    "sex": "性别",
    "veteran": "退役士兵",
    "martyr_kin": "烈属",
    "bravery": "见义勇为",
    "police_school": "警察政法院校",
    "skill": "专业技能",
    "scarce_skill": "急需技能",
}
MARKS = ("veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill")
SEXES = {"男": "male", "女": "female", "male": "male", "female": "female"}
YES_NO = {"是": True, "否": False, "true": True, "false": False}


def read_applicants(path: Path | str, announcement: Announcement) -> pl.DataFrame:
    """Columns `id`, `position`, `sex` and one truth value per mark.

    A mark that is absent or empty isn't proven and gives nothing. Raises DocumentError with every fault.
    """
    path = Path(path)
    frame = read_table(path, COLUMNS, required={"id", "position"}, others_allowed=True)
    absent = [column for column in COLUMNS if column not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    codes = [post.code for post in announcement.positions]
    by_sex = {key.partition(":")[0] for key in announcement.scores_by_position if ":" in key}
    checks = [
        ("id", pl.col("id").is_null(), "应填报名序号；合并的单元格请取消合并并逐行填写"),
        ("id", pl.col("id").is_not_null() & ~pl.col("id").is_first_distinct(), "报名序号重复，应各不相同"),
        (
            "position",
            ~pl.col("position").is_in(codes).fill_null(value=False),
            f"应为岗位代码 {'、'.join(codes)}",
        ),
        ("sex", pl.col("sex").is_not_null() & ~pl.col("sex").is_in(list(SEXES)), "应为男或者女"),
        (
            "sex",
            pl.col("sex").is_null() & pl.col("position").is_in(list(by_sex)),
            "此岗位按性别计分，应填性别",
        ),
        *(
            (mark, pl.col(mark).is_not_null() & ~pl.col(mark).is_in(list(YES_NO)), "应为是、否或者空")
            for mark in MARKS
        ),
    ]
    faults = [
        Fault(str(path), f"第{row}行“{COLUMNS[column]}”", value or "空白", expected)
        for column, wrong, expected in checks
        for row, value in frame.filter(wrong).select("row", column).iter_rows()
    ]
    if faults:
        raise DocumentError(faults)
    return frame.select(
        "id",
        "position",
        pl.col("sex").replace_strict(SEXES, default=None, return_dtype=pl.String),
        *(
            pl.col(mark).replace_strict(YES_NO, default=None, return_dtype=pl.Boolean).fill_null(value=False)
            for mark in MARKS
        ),
    )
