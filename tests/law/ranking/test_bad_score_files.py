"""A score sheet that can't be trusted is refused, every fault with its row, in one answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from fujing.cli.ranking import rank_files
from fujing.law.formats.documents import DocumentError

ANNOUNCEMENT = """
announcement:
  title: 公告
  organ: {name: 公安局, level: county}
  positions:
    - {code: "01", name: 执勤, category: field, headcount: 1}
    - {code: "02", name: 文职, category: civil, headcount: 1}
  stages:
    - {kind: written, full: 100, weight: 0.5, papers: [{name: 行测, weight: 0.6}, {name: 公安基础, weight: 0.4}]}
    - {kind: fitness, gate: true, positions: ["01"]}
    - {kind: interview, full: 100, weight: 0.5, panel: {combine: mean}}
    - {kind: medical}
"""
APPLICANTS = "报名序号,报考岗位,性别\nA1,01,男\nA2,02,女\n"
HEADER = ["报名序号", "环节", "科目", "成绩", "评委"]
GOOD = [
    ["A1", "笔试", "行测", "70", ""],
    ["A1", "written", "公安基础", "80.5", ""],
    ["A1", "体能测试", "", "合格", ""],
    ["A1", "面试", "", "80", "甲"],
    ["A1", "面试", "", "82", "乙"],
    ["A2", "笔试", "", "缺考", ""],
    ["A1", "体检", "", "合格", ""],
]


def files(folder: Path) -> tuple[Path, Path]:
    paths = folder / "a.yaml", folder / "p.csv"
    paths[0].write_text(ANNOUNCEMENT, "utf-8")
    paths[1].write_text(APPLICANTS, "utf-8")
    return paths


def as_csv(folder: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    path = folder / "s.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding)
    return path


def as_excel(folder: Path, rows: Sequence[Sequence[object]], merged: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    book.save(folder / "s.xlsx")
    book.close()
    return folder / "s.xlsx"


def faults(folder: Path, scores: Path) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        rank_files(*files(folder), scores)
    return [str(fault).removeprefix(f"{scores}：") for fault in refused.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_good_sheet_is_read_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    scores = as_csv(tmp_path, [HEADER, *GOOD], encoding)
    assert rank_files(*files(tmp_path), scores)[0].ranking[0].total == "77.60"


def test_numbers_in_excel_read_like_text(tmp_path: Path) -> None:
    rows = [[float(cell) if cell.replace(".", "").isdigit() else cell for cell in row] for row in GOOD]
    scores = as_excel(tmp_path, [HEADER, *rows])
    assert rank_files(*files(tmp_path), scores)[0].ranking[0].total == "77.60"


def test_every_fault_is_named_by_row_in_one_answer(tmp_path: Path) -> None:
    bad = [
        ["A9", "笔试", "行测", "70", ""],
        ["", "笔试", "行测", "70", ""],
        ["A2", "体能测试", "", "合格", ""],
        ["A2", "口试", "", "70", ""],
        ["A2", "笔试", "行测", "100.5", ""],
        ["A2", "笔试", "申论", "70", ""],
        ["A1", "笔试", "", "70", ""],
        ["A2", "面试", "", "2026-01-05", "甲"],
        ["A2", "面试", "", "-3", "丙"],
        ["A2", "体检", "", "90", ""],
        ["A1", "笔试", "行测", "71", ""],
        ["A1", "面试", "", "合格", "丁"],
        ["A1", "面试", "", "70", ""],
        ["A1", "笔试", "公安基础", "70", "甲"],
        ["A1", "registration", "", "70", ""],
    ]
    found = faults(tmp_path, as_csv(tmp_path, [HEADER, *GOOD, *bad]))
    assert found == [
        "第9行“报名序号” 的值是“A9”，报名表中没有这个报名序号",
        "第10行“报名序号” 不能为空",
        "第11行“环节” 的值是“体能测试”，此人所报岗位没有这个环节",
        "第12行“环节” 的值是“口试”，应为 资格审查、笔试、面试、体能测试、技能测试、心理测试、体检、考察、公示、聘用 或者环节代码",
        "第13行“成绩” 的值是“100.5”，超过满分100",
        "第14行“科目” 的值是“申论”，应为 行测、公安基础",
        "第15行“科目” 的值是“空白”，应为 行测、公安基础",
        "第16行“成绩” 的值是“2026-01-05”，应为不带符号、最多六位小数的数，或者缺考、违纪、放弃、合格、不合格",
        "第17行“成绩” 的值是“-3”，应为不带符号、最多六位小数的数，或者缺考、违纪、放弃、合格、不合格",
        "第18行“成绩” 的值是“90”，这个环节没有分数，应为合格、不合格或者放弃",
        "第19行“报名序号” 的值是“A1”，同一人同一环节、科目、评委的成绩重复",
        "第20行“成绩” 的值是“合格”，这个环节计分，应为分数",
        "第21行“评委” 的值是“空白”，有多行成绩，应填评委",
        "第22行“评委” 的值是“甲”，只有面试填写评委",
        "第23行“环节” 的值是“registration”，应为 资格审查、笔试、面试、体能测试、技能测试、心理测试、体检、考察、公示、聘用 或者环节代码",
    ]


def test_wrong_columns_are_all_named(tmp_path: Path) -> None:
    found = faults(tmp_path, as_csv(tmp_path, [["报名序号", "环节", "环节", "分数"], ["A1", "笔试", "", "70"]]))
    assert len(found) == 3
    assert "“环节” 列名重复" in found[0]
    assert "“分数” 没有这一列" in found[1]
    assert "“成绩” 缺少这一列" in found[2]


def test_two_applicants_with_one_id_are_refused(tmp_path: Path) -> None:
    scores = as_csv(tmp_path, [HEADER, *GOOD])
    announcement, applicants = files(tmp_path)
    applicants.write_text(APPLICANTS + "A1,02,女\nA3,09,男\nA4,01,其他\n", "utf-8")
    with pytest.raises(DocumentError) as refused:
        rank_files(announcement, applicants, scores)
    assert [fault.path for fault in refused.value.faults] == ["第4行“报名序号”", "第5行“报考岗位”", "第6行“性别”"]


def test_merged_cells_are_named_by_their_range(tmp_path: Path) -> None:
    found = faults(tmp_path, as_excel(tmp_path, [HEADER, *GOOD], merged="A2:A3"))
    assert found[0] == "第2行 有合并单元格，请取消合并并逐行填写"
    assert found[1] == "第3行“报名序号” 不能为空"


@pytest.mark.parametrize("name", ["s.csv", "s.xlsx", "s.parquet", "s.doc"])
def test_rubbish_bytes_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00\xff\xfe\x00rubbish\x80")
    assert len(faults(tmp_path, tmp_path / name)) == 1


def test_rows_of_another_width_are_named(tmp_path: Path) -> None:
    found = faults(tmp_path, as_csv(tmp_path, [HEADER, GOOD[0], [*GOOD[1], "", "多出"], ["A1", "体检"]]))
    assert found[:2] == ["第3行 有7列，应与第1行一样为5列", "第4行 有2列，应与第1行一样为5列"]


def test_a_judge_left_blank_where_others_of_the_post_are_named_is_refused(tmp_path: Path) -> None:
    scores = as_csv(tmp_path, [HEADER, *GOOD, ["A3", "面试", "", "95", ""], ["A2", "面试", "", "60", ""]])
    announcement, applicants = files(tmp_path)
    applicants.write_text(APPLICANTS + "A3,01,男\n", "utf-8")
    with pytest.raises(DocumentError) as refused:
        rank_files(announcement, applicants, scores)
    # A2's post names no judge anywhere: one combined score a person.
    assert [fault.path for fault in refused.value.faults] == ["第9行“评委”"]
    assert "同岗位其他人的成绩填有评委" in refused.value.faults[0].expected


def test_scores_are_checked_though_the_applicants_table_has_faults(tmp_path: Path) -> None:
    bad = [["A1", "笔试", "行测", "100.5", ""], ["A4", "笔试", "行测", "70", ""], ["A8", "笔试", "行测", "70", ""]]
    scores = as_csv(tmp_path, [HEADER, *bad])
    announcement, applicants = files(tmp_path)
    applicants.write_text(APPLICANTS + "A1,02,女\nA4,09,男\n", "utf-8")
    with pytest.raises(DocumentError) as refused:
        rank_files(announcement, applicants, scores)
    assert [(Path(fault.file).name, fault.path) for fault in refused.value.faults] == [
        ("p.csv", "第4行“报名序号”"),
        ("p.csv", "第5行“报考岗位”"),
        ("s.csv", "第2行“成绩”"),
        ("s.csv", "第4行“报名序号”"),
    ]


def test_a_sheet_is_checked_by_itself_though_the_announcement_is_unreadable(tmp_path: Path) -> None:
    announcement, applicants = files(tmp_path)
    announcement.write_text("announcement: {}\n", "utf-8")
    scores = as_csv(tmp_path, [HEADER, ["A1", "口试", "", "70", ""], ["A9", "笔试", "行测", "-3", "甲"]])
    with pytest.raises(DocumentError) as refused:
        rank_files(announcement, applicants, scores)
    found = [fault.path for fault in refused.value.faults if fault.file == str(scores)]
    assert found == ["第2行“环节”", "第3行“成绩”", "第3行“评委”"]


def test_judges_of_single_papers_are_refused_because_nothing_says_how_they_combine(tmp_path: Path) -> None:
    announcement, applicants = files(tmp_path)
    papers = "papers: [{name: 自述, weight: 0.5}, {name: 答题, weight: 0.5}]"
    announcement.write_text(ANNOUNCEMENT.replace("panel: {combine: mean}", papers), "utf-8")
    rows = [["A2", "面试", "自述", "70", "甲"], ["A2", "面试", "答题", "70", "甲"], ["A2", "面试", "答题", "90", "乙"]]
    with pytest.raises(DocumentError) as refused:
        rank_files(announcement, applicants, as_csv(tmp_path, [HEADER, *rows]))
    assert [fault.path for fault in refused.value.faults] == ["第4行“评委”"]
