"""Unusable announcements, applicants and score sheets: every fault by file and cell, in one answer, at once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app

ANNOUNCEMENT = """
announcement:
  title: 公告
  organ: {name: 公安局, level: county}
  cutoff: 2026-01-22
  age_reading: completed_years
  positions: [{code: "01", name: 执勤, category: field, headcount: 1}]
  stages:
    - {kind: written, full: 100, weight: 0.5}
    - {kind: fitness, date: 2026-03-01, gate: {standard: police_2011, need: all}}
    - {kind: interview, full: 100, weight: 0.5, panel: {combine: mean}}
"""
PEOPLE = "报名序号,报考岗位,性别,出生日期\n甲,01,男,2000-01-01\n乙,01,,\n"
SCORES = "报名序号,环节,科目,成绩,评委\n"
RUBBISH = b"\x89PNG\x00\xff" * 3_500_000
HEADER = ["报名序号", "报考岗位", "出生日期", "学历"]


def files(folder: Path, announcement: str = ANNOUNCEMENT, people: str = PEOPLE, scores: str = SCORES) -> list[str]:
    named = {"announcement": "公告.yaml", "applicants": "报名表.csv", "scores": "成绩表.csv"}
    for name, text in zip(named.values(), (announcement, people, scores), strict=True):
        (folder / name).write_text(text, "utf-8")
    return [part for key, name in named.items() for part in (f"--{key}", str(folder / name))]


def excel(folder: Path, *rows: list[object], merged: str = "") -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(folder / "报名表.xlsx")
    book.close()
    return str(folder / "报名表.xlsx")


def refused(result: Result, *told: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    for expected in told:
        assert expected in result.stderr


def screen(folder: Path, applicants: str) -> Result:
    return CliRunner().invoke(app, ["screen", *files(folder)[:2], "--applicants", applicants, "--json"])


def test_faults_of_all_three_files_come_in_one_answer(tmp_path: Path) -> None:
    paths = files(
        tmp_path,
        ANNOUNCEMENT.replace("level: county", "level: town"),
        PEOPLE + "甲,01,男,2000-02-30\n",
        SCORES.replace("成绩", "分数") + "甲,笔试,,80,\n",
    )
    refused(
        CliRunner().invoke(app, ["rank", *paths, "--json"]),
        "公告.yaml：announcement.organ.level 的值是“town”",
        "报名表.csv：第4行“报名序号” 的值是“甲”，报名序号重复",
        "报名表.csv：第4行“出生日期” 的值是“2000-02-30”，应为日期",
        "成绩表.csv：第1行“分数” 没有这一列",
        "成绩表.csv：第1行“成绩” 缺少这一列",
    )


def test_a_good_sheet_with_a_bad_announcement_is_not_blamed(tmp_path: Path) -> None:
    paths = files(tmp_path, "announcement: {}\n", scores=SCORES + "甲,笔试,,80,\n")
    result = CliRunner().invoke(app, ["rank", *paths, "--json"])
    refused(result, "announcement.title")
    assert "成绩表.csv" not in result.stderr


def test_a_judge_missing_a_score_too_high_and_a_stage_of_no_post_are_named(tmp_path: Path) -> None:
    rows = "甲,笔试,,100.5,\n甲,技能测试,,80,\n甲,面试,,80,评委1\n甲,面试,,81,\n"
    refused(
        CliRunner().invoke(app, ["rank", *files(tmp_path, scores=SCORES + rows), "--json"]),
        "第2行“成绩” 的值是“100.5”，超过满分100",
        "第3行“环节” 的值是“技能测试”，此人所报岗位没有这个环节",
        "第5行“评委” 的值是“空白”，有多行成绩，应填评委",
    )


def test_a_measure_that_the_standard_can_not_judge_is_named(tmp_path: Path) -> None:
    rows = "甲,体能测试,800米跑,250,\n甲,体能测试,,13,\n乙,体能测试,1000米跑,250,\n"
    refused(
        CliRunner().invoke(app, ["rank", *files(tmp_path, scores=SCORES + rows), "--json"]),
        "第2行“科目” 的值是“800米跑”，应为 10米×4往返跑、1000米跑、纵跳摸高",
        "第3行“科目” 的值是“空白”",
        "第4行“报名序号” 的值是“乙”，报名表缺此人的性别或者出生日期",
    )


def test_a_measure_without_a_day_for_ages_is_named(tmp_path: Path) -> None:
    undated = ANNOUNCEMENT.replace("  cutoff: 2026-01-22\n", "").replace("date: 2026-03-01, ", "")
    paths = files(tmp_path, undated, scores=SCORES + "甲,体能测试,1000米跑,250,\n")
    refused(
        CliRunner().invoke(app, ["rank", *paths, "--json"]), "第2行“成绩” 的值是“250”，公告没有测试日期和年龄计算截止日"
    )


def test_dates_as_text_are_read_and_impossible_ones_named_by_cell(tmp_path: Path) -> None:
    people = excel(
        tmp_path,
        HEADER,
        ["甲", "01", "1990年2月3日", "高中"],
        ["乙", "01", "1990年2月30日", "高中"],
        ["丙", "01", "三月", "高中"],
        ["丁", "01", 36500, "高中"],
    )
    result = screen(tmp_path, people)
    refused(result, "第3行“出生日期” 的值是“1990年2月30日”", "第4行“出生日期”", "第5行“出生日期” 的值是“36500”")
    assert "第2行" not in result.stderr


def test_merged_cells_of_applicants_are_named(tmp_path: Path) -> None:
    people = excel(
        tmp_path, HEADER, ["甲", "01", "1990-01-01", "高中"], ["乙", "", "1990-01-02", "高中"], merged="B2:B3"
    )
    refused(screen(tmp_path, people), "第2行 有合并单元格，请取消合并并逐行填写", "第3行“报考岗位” 不能为空")


def test_wrong_and_repeated_columns_of_applicants_are_all_named(tmp_path: Path) -> None:
    people = excel(tmp_path, ["报名序号", "岗位", "学历", "学历"], ["甲", "01", "高中", "高中"])
    refused(screen(tmp_path, people), "“岗位” 没有这一列", "“学历” 列名重复", "“报考岗位” 缺少这一列（position）")


@pytest.mark.parametrize("name", ["乱码.csv", "乱码.xlsx", "乱码.parquet"])
def test_twenty_megabytes_of_rubbish_are_refused_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(RUBBISH)
    refused(screen(tmp_path, str(tmp_path / name)), name)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (RUBBISH, "应为不超过4MB的公告文件"),
        ("一二三，。；\n".encode() * 1_500_000, "应为不超过4MB的公告文件"),
        (b"announcement: " + b"[" * 100_000, "不是可用的 YAML"),
        (
            b"a: &a [1,1,1,1,1,1,1,1,1,1]\n"
            + b"".join(b"%c: &%c [%b]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 10)) for n in b"abcdefgh")
            + b"announcement: {title: *i}\n",
            "展开后超过200000个值",
        ),
    ],
    ids=["rubbish", "endless text", "endless nesting", "aliases that multiply"],
)
def test_no_announcement_file_keeps_the_reader_busy(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "公告.yaml").write_bytes(content)
    refused(CliRunner().invoke(app, ["announcement", "check", str(tmp_path / "公告.yaml"), "--json"]), told)


@pytest.mark.parametrize(("name", "why"), [("没有.csv", "没有这个文件"), ("夹.csv", "这是文件夹，不是文件")])
def test_a_file_that_can_not_be_opened_says_why_in_chinese(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "夹.csv").mkdir()
    refused(screen(tmp_path, str(tmp_path / name)), f"{name} 无法打开：{why}")
    refused(CliRunner().invoke(app, ["announcement", "check", str(tmp_path / name)]), f"{name} 无法打开：{why}")
