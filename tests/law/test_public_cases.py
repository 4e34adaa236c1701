"""Small inputs rebuilt from public facts (cases_public/), each with the value that is right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.cli.ranking import rank_files
from fujing.law.ranking import PostRanking
from fujing.law.screening.matching import certificates_met, majors_met

CASES = Path(__file__).parent / "cases_public"
HEADER = "报名序号,姓名,公民身份号码,性别,出生日期,报考岗位\n"


def screen(folder: str, applicants: str | Path) -> Result:
    announcement = CASES / folder / "announcement.yaml"
    path = applicants if isinstance(applicants, Path) else CASES / folder / applicants
    return CliRunner().invoke(app, ["screen", "--announcement", str(announcement), "--applicants", str(path), "--json"])


def screened(folder: str, applicants: str | Path) -> dict[str, dict[str, Any]]:
    result = screen(folder, applicants)
    assert result.exit_code in (0, 1), result.stderr
    return {each["subject"]: each for each in json.loads(result.stdout)["results"]}


def ranked(folder: str, scores: str, announcement: str = "announcement.yaml") -> PostRanking:
    place = CASES / folder
    (ranking,) = rank_files(place / announcement, place / "applicants.csv", place / scores)
    return ranking


def statuses(ranking: PostRanking) -> dict[str, str]:
    return {line.subject: line.status for line in ranking.ranking}


def said(person: dict[str, Any], rule: str) -> str | None:
    return next((each["outcome"] for each in person["findings"] if each["rule"] == rule), None)


def test_a_full_width_number_is_read_as_its_plain_form() -> None:
    found = screened("fullwidth", "applicants.csv")
    assert {person["outcome"] for person in found.values()} == {"eligible"}
    # The same number on two rows, once in each form, is one person's.
    assert [said(found[who], "recruitment.one_post") for who in ("N1", "N4")] == ["advice", "advice"]


@pytest.mark.parametrize(
    "row",
    [
        "Ｎ１,甲,510722199503070113,男,1995-03-07,０１",
        "N1,甲, 510722 19950307 0113 ,男 ,１９９５-０３-０７,01",
        "N1,甲,510722199503070025,女,1995年3月7日,01",
        "N1,甲,５１０７２２１９９５０３０７００２５,女,1995/3/7,01",
    ],
)
def test_plain_forms_of_every_kind_of_cell_are_meant(tmp_path: Path, row: str) -> None:
    (tmp_path / "a.csv").write_text(HEADER + row + "\n", "utf-8")
    (person,) = screened("fullwidth", tmp_path / "a.csv").values()
    assert (person["subject"], person["position"], person["outcome"]) == ("N1", "01", "eligible")


@pytest.mark.parametrize("number", ["１２３", "五一〇七二二", "٥١٠٧٢٢١٩٩٥٠٣٠٧٠١١٣"])
def test_digits_of_no_citizen_number_are_a_finding_and_no_crash(tmp_path: Path, number: str) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}N1,甲,{number},男,1995-03-07,01\n", "utf-8")
    (person,) = screened("fullwidth", tmp_path / "a.csv").values()
    assert said(person, "background.identity") == "undetermined"


@pytest.mark.parametrize(("scores", "announcement"), [("gate.csv", "announcement.yaml"), ("scored.csv", "scored.yaml")])
def test_nobody_is_absent_from_the_other_sexs_item(scores: str, announcement: str) -> None:
    assert statuses(ranked("fitness-by-sex", scores, announcement)) == {"M1": "hire", "F1": "hire"}


def test_an_item_of_ones_own_sex_is_still_missed(tmp_path: Path) -> None:
    place = CASES / "fitness-by-sex"
    rows = (place / "gate.csv").read_text("utf-8").replace("F1,体能测试,800米跑,合格\n", "")
    (tmp_path / "gate.csv").write_text(rows, "utf-8")
    (ranking,) = rank_files(place / "announcement.yaml", place / "applicants.csv", tmp_path / "gate.csv")
    assert {line.subject: line.why for line in ranking.ranking if line.status == "out"} == {
        "F1": "体能测试的800米跑缺考"
    }


def test_a_result_in_the_other_sexs_item_is_named(tmp_path: Path) -> None:
    for name in ("announcement.yaml", "applicants.csv"):
        shutil.copy(CASES / "fitness-by-sex" / name, tmp_path)
    rows = (CASES / "fitness-by-sex" / "gate.csv").read_text("utf-8")
    (tmp_path / "gate.csv").write_text(rows + "F1,体能测试,1000米跑,合格\n", "utf-8")
    paths = [f"--{key}={tmp_path / name}" for key, name in _FILES.items()]
    result = CliRunner().invoke(app, ["rank", *paths])
    assert result.exit_code == 2
    assert "第10行“科目” 的值是“1000米跑”，女子应为 800米跑、10米×4往返跑、纵跳摸高" in result.stderr


def test_without_the_sex_nobody_is_judged_by_items_that_differ(tmp_path: Path) -> None:
    for name in ("announcement.yaml", "gate.csv"):
        shutil.copy(CASES / "fitness-by-sex" / name, tmp_path)
    (tmp_path / "applicants.csv").write_text(
        "报名序号,性别,出生日期,报考岗位\nM1,,1999-01-01,01\nF1,女,1999-01-01,01\n"
    )
    paths = [f"--{key}={tmp_path / name}" for key, name in _FILES.items()]
    result = CliRunner().invoke(app, ["rank", *paths])
    assert result.exit_code == 2
    assert "第2行“性别” 的值是“空白”，此岗位的测试项目男女不同，应填性别" in result.stderr


_FILES = {"announcement": "announcement.yaml", "applicants": "applicants.csv", "scores": "gate.csv"}


@pytest.mark.parametrize("scores", ["scores.csv", "words.csv"])
def test_items_beside_a_standard_narrow_it(scores: str) -> None:
    found = statuses(ranked("fitness-subset", scores))
    assert sorted(found.values()).count("hire") == 2
    assert found["Q4"] == "out"


def test_the_narrowed_standard_still_decides(tmp_path: Path) -> None:
    place = CASES / "fitness-subset"
    rows = (place / "scores.csv").read_text("utf-8").replace("Q3,体能测试,1000米跑,260", "Q3,体能测试,1000米跑,270")
    (tmp_path / "s.csv").write_text(rows, "utf-8")
    (ranking,) = rank_files(place / "announcement.yaml", place / "applicants.csv", tmp_path / "s.csv")
    why = {line.subject: line.why for line in ranking.ranking}
    assert why["Q3"] == "体能测试的1000米跑成绩270，超过标准265（30岁以下）"


def test_cells_that_say_nothing_are_to_be_verified() -> None:
    found = screened("marks", "slash.csv")
    for who in ("S2", "S3", "S4", "S5", "S6"):
        assert said(found[who], "recruitment.certificates") == "undetermined", who
        assert found[who]["outcome"] == "undetermined", who
    for who in ("S2", "S3", "S4", "S5"):
        assert said(found[who], "recruitment.major") == "undetermined", who
        assert said(found[who], "recruitment.household") == "undetermined", who
    for who in ("S1", "S7", "S8", "S9"):
        assert said(found[who], "recruitment.certificates") is None, who
    for who in ("S1", "S8", "S9"):
        assert said(found[who], "recruitment.major") is None, who


@pytest.mark.parametrize(
    ("held", "met"),
    [
        ("A1A2", True),
        ("a1a2", True),
        ("Ａ１Ａ２", True),
        ("B2D", True),
        ("B2E", True),
        ("B2、C1", True),
        ("B2,C1", True),
        ("C1/B2", True),
        ("C1 B2", True),
        ("B2证", True),
        ("退伍证、B2", True),
        ("驾照B2；退伍证", True),
        ("C1D", False),
        ("C1、C2", False),
        ("B1D", None),
        ("驾驶证", None),
        ("有", None),
        ("已上传附件", None),
        ("见原件", None),
        ("退伍证", False),
    ],
)
def test_licence_classes_of_one_cell_are_all_held(held: str, met: bool | None) -> None:
    assert certificates_met(held, ["机动车驾驶证B2以上"]) is met


@pytest.mark.parametrize(
    ("major", "met"),
    [
        ("法学（030101K）", True),
        ("030101K法学", True),
        ("法学030101K", True),
        ("法学 (030101K)", True),
        ("法学（本科）", True),
        ("法学专业", True),
        ("法学、会计学", True),
        ("会计学", False),
        ("会计学（120203K）", False),
        ("030101K", None),
        ("法学（国际法方向）", None),
        ("法医学与法学", None),
        ("Law", None),
        ("见毕业证", None),
        ("详见毕业证书", None),
    ],
)
def test_a_majors_code_and_level_do_not_matter_and_what_is_no_name_is_not_told(major: str, met: bool | None) -> None:
    assert majors_met(major, ["法学", "侦查学"]) is met


def test_a_date_with_a_time_of_day_is_a_fault_and_never_cut() -> None:
    result = screen("dates", "date-cells.xlsx")
    assert result.exit_code == 2
    assert "第5行“出生日期” 的值是“1990-01-22 23:59:17”，出生日期带有时间，可能被表格软件改动" in result.stderr
    assert "第6行“出生日期” 的值是“1990-01-23 00:00:43”，出生日期带有时间，可能被表格软件改动" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_the_same_times_as_text_are_faults_too() -> None:
    result = screen("dates", "sheetjs-times.csv")
    assert result.exit_code == 2
    assert [line.partition(" ")[0][-9:] for line in result.stderr.splitlines()] == [
        "第2行“出生日期”",
        "第3行“出生日期”",
    ]


def test_midnight_is_the_day_itself(tmp_path: Path) -> None:
    rows = "X1,甲,男,1990-01-22 00:00:00,01\nX2,乙,男,1990-01-23T00:00,01\n"
    (tmp_path / "a.csv").write_text("报名序号,姓名,性别,出生日期,报考岗位\n" + rows, "utf-8")
    found = screened("dates", tmp_path / "a.csv")
    assert (found["X1"]["outcome"], found["X2"]["outcome"]) == ("ineligible", "eligible")


@pytest.mark.parametrize("name", ["title-row.xlsx", "instruction-sheet.xlsx"])
def test_titles_and_instructions_before_the_table_are_passed_over(name: str) -> None:
    found = screened("dates", name)
    assert {who: each["outcome"] for who, each in found.items()} == {"X1": "eligible"}


def test_faults_under_a_title_row_keep_the_sheets_row_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["汇总表"], ["2026年"], ["报名序号", "出生日期", "报考岗位"], ["X1", "三月", "01"]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.save(tmp_path / "a.xlsx")
    book.close()
    result = screen("dates", tmp_path / "a.xlsx")
    assert result.exit_code == 2
    assert "第4行“出生日期” 的值是“三月”" in result.stderr
    assert "合并" not in result.stderr


def test_a_title_line_above_a_csv_is_passed_over(tmp_path: Path) -> None:
    text = "三台县公安局报名汇总表,,,\n报名序号,性别,出生日期,报考岗位\nX1,男,1995-01-01,01\nX2,男,一月,01\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    result = screen("dates", tmp_path / "a.csv")
    assert "第4行“出生日期” 的值是“一月”" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_usual_columns_are_known_or_passed_over_with_one_note() -> None:
    result = screen("dates", "usual-columns.xlsx")
    (person,) = json.loads(result.stdout)["results"]
    assert said(person, "background.identity") == "undetermined"
    assert json.loads(result.stdout)["not_covered"].count("height_cm") == 0
    assert result.stderr.count("\n") == 1
    assert "序号、民族、联系电话、备注 各列不用于核对，已略过" in result.stderr
