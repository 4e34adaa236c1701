"""The applicants' table (报名表), documented in FORMATS ("applicants")."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.kernel.cells import SILENT
from fujing.kernel.exchange import Column, Forgiving, Table, read_table
from fujing.law.citizen_numbers import TITLES as NUMBER_TITLES
from fujing.law.education import EDUCATION, LEVELS
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import DocumentError, as_faults

SEX = {"男": "male", "女": "female", "male": "male", "female": "female"}
VERDICT = {"合格": True, "不合格": False}
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
    Column("id", "报名序号", required=True, code=True, aliases=("报名号", "报名编号")),
    Column("name", "姓名", aliases=("考生姓名",)),
    Column("id_number", "公民身份号码", code=True, aliases=(*NUMBER_TITLES, "公民身份证号码")),
    Column("sex", "性别", "choice", choices=SEX),
    Column("birth_date", "出生日期", "date", aliases=("出生年月", "出生年月日", "生日")),
    Column("nationality", "国籍"),
    Column(
        "education",
        "学历",
        "choice",
        choices={**EDUCATION, **{level: level for level in LEVELS}},
        aliases=("文化程度", "最高学历"),
    ),
    Column("major", "专业", aliases=("所学专业", "毕业专业")),
    Column(
        "height_cm",
        "身高",
        "decimal",
        low=50,
        high=250,
        expected="应为厘米数，50至250",
        aliases=("身高（cm）", "身高(cm)", "身高（CM）", "身高(CM)", "身高cm", "身高（厘米）", "身高(厘米)"),
    ),
    Column(
        "weight_kg",
        "体重",
        "decimal",
        low=20,
        high=300,
        expected="应为公斤数，20至300",
        aliases=("体重（kg）", "体重(kg)", "体重（KG）", "体重(KG)", "体重kg", "体重（公斤）", "体重(公斤)"),
    ),
    Column("naked_vision", "裸眼视力", "decimal", low=0, high=6, expected="应为视力数值，如 4.8"),
    Column("corrected_vision", "矫正视力", "decimal", low=0, high=6, expected="应为视力数值，如 5.0"),
    Column("household", "户籍", aliases=("户籍地", "户籍所在地", "户口所在地")),
    Column(
        "position", "报考岗位", required=True, code=True, aliases=("报考职位", "报考岗位代码", "岗位代码", "职位代码")
    ),
    Column("choice", "志愿序号", "integer", low=1, high=9, expected="应为志愿的先后，1为第一志愿", aliases=("志愿",)),
    Column("registered_on", "报名日期", "date"),
    Column("certificates", "证书", aliases=("资格证书", "职业资格证书", "证件")),
    *(Column(key, label, "bool") for key, label in CONDITIONS.items()),
    *(Column(key, label, "bool") for key, label in GROUNDS.items()),
    Column("conduct", "品行考察", "choice", choices=VERDICT),
    Column("medical", "体检", "choice", choices=VERDICT),
    Column("psychological", "心理", "choice", choices=VERDICT),
    Column("bonus_points", "加分", "decimal", low=0, high=100, expected="应为核定的加分，0至100"),
)
USUAL = frozenset(
    [
        "序号",
        "编号",
        "民族",
        "联系电话",
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "备注",
        "说明",
        "籍贯",
        "出生地",
        "政治面貌",
        "婚姻状况",
        "婚否",
        "毕业院校",
        "毕业学校",
        "毕业院校及专业",
        "毕业时间",
        "学位",
        "学习形式",
        "通讯地址",
        "联系地址",
        "家庭住址",
        "家庭地址",
        "现住址",
        "住址",
        "邮箱",
        "电子邮箱",
        "QQ",
        "微信",
        "年龄",
        "照片",
        "工作单位",
        "现工作单位",
        "工作经历",
        "工作简历",
        "学习经历",
        "个人简历",
        "简历",
        "家庭成员",
        "紧急联系人",
        "紧急联系电话",
        "岗位名称",
        "职位名称",
        "报考单位",
        "用人单位",
        "报名时间",
        "审核结果",
        "审核意见",
        "审核人",
        "准考证号",
        "考场",
        "考场号",
        "座位号",
        "特长",
        "爱好",
        "身份证有效期",
        "参加工作时间",
        "健康状况",
        "血型",
        "鞋码",
        "服装尺码",
    ]
)
"""Columns that usually stand in such a table and that nothing here is about."""
FORGIVING = Forgiving(SILENT, USUAL)
LABELS = {column.key: column.label for column in COLUMNS}


def read_applicants(
    path: Path | str, announcement: Announcement | None, notes: list[str] | None = None
) -> pl.DataFrame:
    """The rows with `row` (as the sheet numbers it) and the columns that the file has, typed.

    Yes/no marks and 合格/不合格 are booleans, education is the level's key; an empty cell is null and
    an absent column stays absent. Raises DocumentError with every fault: unknown column or value,
    repeated id, a post that the announcement doesn't have. Without an announcement (itself unreadable)
    the posts can't be compared; the other faults are still named. What was passed over is added to `notes`.
    """
    table = read_rows(path, announcement)
    if notes is not None:
        notes += [f"{table.file}：{note}" for note in table.notes]
    return usable(table)


def read_rows(path: Path | str, announcement: Announcement | None) -> Table:
    """The table with its faults, for a reader that adds its own before `usable`."""
    table = read_table(path, COLUMNS, forgiving=FORGIVING)
    if "id_number" in table.frame.columns:
        table.frame = table.frame.with_columns(pl.col("id_number").str.to_uppercase())
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
        raise DocumentError(as_faults(faults))
    return table.frame


def absent_columns(frame: pl.DataFrame) -> list[str]:
    """Columns of the format that the file doesn't have: what a screening of it can't cover."""
    return [column.key for column in COLUMNS if column.key not in frame.columns]
