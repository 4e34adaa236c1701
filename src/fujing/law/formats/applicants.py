"""The applicants file (报名表), documented in FORMATS ("applicants")."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.kernel.exchange import Column, read_table

EDUCATION_RANK = {
    "primary": 0,
    "junior_middle": 1,
    "high_school": 2,
    "junior_college": 3,
    "bachelor": 4,
    "master": 5,
    "doctor": 6,
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
# 高中, 中专, 职高 and 技校 are one level (18.4).
EDUCATION_WORDS = {
    "小学": "primary",
    "初中": "junior_middle",
    "高中": "high_school",
    "中专": "high_school",
    "中职": "high_school",
    "职高": "high_school",
    "职业高中": "high_school",
    "技校": "high_school",
    "大专": "junior_college",
    "专科": "junior_college",
    "本科": "bachelor",
    "大学本科": "bachelor",
    "硕士": "master",
    "硕士研究生": "master",
    "博士": "doctor",
    "博士研究生": "doctor",
}
RESULT = {"合格": "pass", "不合格": "fail"}
CONDITIONS = {
    "veteran": "退役士兵",
    "martyr_kin": "烈属",
    "bravery": "见义勇为",
    "police_school": "警察政法院校",
    "skill": "专业技能",
    "scarce_skill": "急需技能",
}
GROUNDS = {f"ground_20_{number}": f"考察20.{number}" for number in range(1, 10)}

COLUMNS = (
    Column("id", "报名序号", required=True),
    Column("name", "姓名"),
    Column("id_number", "公民身份号码"),
    Column("sex", "性别", "choice", choices={"男": "male", "女": "female"}),
    Column("birth_date", "出生日期", "date"),
    Column("nationality", "国籍"),
    Column("education", "学历", "choice", choices=EDUCATION_WORDS),
    Column("major", "专业"),
    Column("height_cm", "身高", "decimal"),
    Column("naked_vision", "裸眼视力", "decimal"),
    Column("household", "户籍"),
    Column("position", "报考岗位", required=True),
    Column("registered_on", "报名日期", "date"),
    Column("certificates", "证书"),
    *(Column(key, label, "bool") for key, label in CONDITIONS.items()),
    *(Column(key, label, "bool") for key, label in GROUNDS.items()),
    Column("conduct", "品行考察", "choice", choices=RESULT),
    Column("medical", "体检", "choice", choices=RESULT),
    Column("psychological", "心理", "choice", choices=RESULT),
)
LABELS = {column.key: column.label for column in COLUMNS}


def read_applicants(path: Path | str) -> pl.DataFrame:
    """The applicants as typed columns; absent columns stay absent. Raises TableError with every fault."""
    table = read_table(path, COLUMNS)
    table.unique("id")
    numbers = [name for name in ("height_cm", "naked_vision") if name in table.frame.columns]
    return table.usable().with_columns(pl.col(numbers).cast(pl.Float64))
