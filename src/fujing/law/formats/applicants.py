"""The applicants' table (报名表), documented in FORMATS ("applicants")."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.kernel.exchange import Column, Table, read_table
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import DocumentError, Fault

SEX = {"男": "male", "女": "female", "male": "male", "female": "female"}
VERDICT = {"合格": True, "不合格": False}
EDUCATION = {
    "小学": "primary",
    "初中": "junior_middle",
    "高中": "high_school",
    "普通高中": "high_school",
    "中专": "high_school",
    "职高": "high_school",
    "职业高中": "high_school",
    "技校": "high_school",
    "大专": "junior_college",
    "专科": "junior_college",
    "大学专科": "junior_college",
    "本科": "bachelor",
    "大学本科": "bachelor",
    "硕士": "master",
    "硕士研究生": "master",
    "博士": "doctor",
    "博士研究生": "doctor",
}
EDUCATION_LABEL = {
    "primary": "小学",
    "junior_middle": "初中",
    "high_school": "高中",
    "junior_college": "大专",
    "bachelor": "本科",
    "master": "硕士",
    "doctor": "博士",
}
LEVELS = tuple(EDUCATION_LABEL)
"""From the lowest to the highest; 高中, 中专, 职高 and 技校 are one level (18.4)."""
CONDITIONS = {
    "veteran": "退役士兵",
    "martyr_kin": "烈属",
    "bravery": "见义勇为",
    "police_school": "警察政法院校",
    "skill": "专业技能",
    "scarce_skill": "急需技能",
}
GROUNDS = {f"ground_20_{item}": f"考察20.{item}" for item in range(1, 10)}
COLUMNS = (
    Column("id", "报名序号", required=True),
    Column("name", "姓名"),
    Column("id_number", "公民身份号码"),
    Column("sex", "性别", "choice", choices=SEX),
    Column("birth_date", "出生日期", "date"),
    Column("nationality", "国籍"),
    Column("education", "学历", "choice", choices={**EDUCATION, **{level: level for level in LEVELS}}),
    Column("major", "专业"),
    Column("height_cm", "身高", "decimal", low=50, high=250, expected="应为厘米数，50至250"),
    Column("naked_vision", "裸眼视力", "decimal", low=0, high=6, expected="应为视力数值，如 4.8"),
    Column("household", "户籍"),
    Column("position", "报考岗位", required=True),
    Column("registered_on", "报名日期", "date"),
    Column("certificates", "证书"),
    *(Column(key, label, "bool") for key, label in CONDITIONS.items()),
    *(Column(key, label, "bool") for key, label in GROUNDS.items()),
    Column("conduct", "品行考察", "choice", choices=VERDICT),
    Column("medical", "体检", "choice", choices=VERDICT),
    Column("psychological", "心理", "choice", choices=VERDICT),
)
LABELS = {column.key: column.label for column in COLUMNS}


def read_applicants(path: Path | str, announcement: Announcement | None) -> pl.DataFrame:
    """The rows with `row` (as the sheet numbers it) and the columns that the file has, typed.

    Yes/no marks and 合格/不合格 are booleans, education is the level's key; an empty cell is null and
    an absent column stays absent. Raises DocumentError with every fault: unknown column or value,
    repeated id, a post that the announcement doesn't have. Without an announcement (itself unreadable)
    the posts can't be compared; the other faults are still named.
    """
    return usable(read_rows(path, announcement))


def read_rows(path: Path | str, announcement: Announcement | None) -> Table:
    """The table with its faults, for a reader that adds its own before `usable`."""
    table = read_table(path, COLUMNS)
    table.unique("id", "报名序号重复，应各不相同")
    if announcement and "position" in table.frame.columns:
        codes = [post.code for post in announcement.positions]
        unknown = table.frame.filter(pl.col("position").is_not_null() & ~pl.col("position").is_in(codes))
        for row, code in unknown.select("row", "position").iter_rows():
            table.fault(row, "position", code, f"公告没有这个岗位代码，应为 {'、'.join(codes)}")
    return table


def usable(table: Table) -> pl.DataFrame:
    """The frame; raises DocumentError with every fault in the order of the rows."""
    if table.faults:
        faults = sorted(table.faults, key=lambda fault: fault.row or 0)
        raise DocumentError([Fault(f.file, f.place, f.value, f.expected) for f in faults])
    return table.frame


def absent_columns(frame: pl.DataFrame) -> list[str]:
    """Columns of the format that the file doesn't have: what a screening of it can't cover."""
    return [column.key for column in COLUMNS if column.key not in frame.columns]
