"""What a ranking needs of the applicants' table: post, sex and the marks that give priority or points."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.kernel.exchange import Column, read_table
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import DocumentError, Fault

MARKS = {
    "veteran": "退役士兵",
    "martyr_kin": "烈属",
    "bravery": "见义勇为",
    "police_school": "警察政法院校",
    "skill": "专业技能",
    "scarce_skill": "急需技能",
}
SEXES = {"男": "male", "女": "female", "male": "male", "female": "female"}
UNUSED = {
    "name": "姓名",
    "id_number": "公民身份号码",
    "birth_date": "出生日期",
    "nationality": "国籍",
    "education": "学历",
    "major": "专业",
    "height_cm": "身高",
    "naked_vision": "裸眼视力",
    "household": "户籍",
    "registered_on": "报名日期",
    "certificates": "证书",
    "conduct": "品行考察",
    "medical": "体检",
    "psychological": "心理",
    **{f"ground_20_{item}": f"考察20.{item}" for item in range(1, 10)},
}
"""What the screening needs of the same table; a ranking lets it stand."""

COLUMNS = [
    Column("id", "报名序号", required=True),
    Column("position", "报考岗位", required=True),
    Column("sex", "性别", "choice", choices=SEXES),
    *(Column(key, label, "bool") for key, label in MARKS.items()),
    *(Column(key, label) for key, label in UNUSED.items()),
]


def read_applicants(path: Path | str, announcement: Announcement) -> pl.DataFrame:
    """Columns `id`, `position`, `sex` and one truth value per mark.

    A mark that is absent or empty isn't proven and gives nothing. Raises DocumentError with every fault.
    """
    table = read_table(path, COLUMNS)
    table.unique("id", "报名序号重复，应各不相同")
    frame = table.frame
    if {"id", "position"}.issubset(frame.columns):
        absent = {"sex": pl.String(), **dict.fromkeys(MARKS, pl.Boolean())}
        frame = frame.with_columns(
            pl.lit(None, kind).alias(key) for key, kind in absent.items() if key not in frame.columns
        )
        codes = [post.code for post in announcement.positions]
        for row, code in frame.filter(~pl.col("position").is_in(codes)).select("row", "position").iter_rows():
            table.fault(row, "position", code, f"应为岗位代码 {'、'.join(codes)}")
        by_sex = [key.partition(":")[0] for key in announcement.scores_by_position if ":" in key]
        unknown = frame.filter(pl.col("position").is_in(by_sex) & pl.col("sex").is_null())
        for row in unknown["row"]:
            table.fault(row, "sex", None, "此岗位按性别计分，应填性别")
    if table.faults:
        ordered = sorted(table.faults, key=lambda fault: fault.row or 0)
        raise DocumentError([Fault(f.file, f.place, f.value, f.expected) for f in ordered])
    return frame.select("id", "position", "sex", *(pl.col(mark).fill_null(value=False) for mark in MARKS))
