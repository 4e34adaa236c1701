"""Reading announcements: what FORMATS allows loads, everything else is named with its place."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import DocumentError

REAL = sorted((Path(__file__).parent / "announcements").glob("*.yaml"))
HEAD = "announcement:\n  title: 公告\n  organ: {name: 三台县公安局, level: county}\n"
POST = '  positions: [{code: "01", name: 执勤, category: field, headcount: 2}]\n'


def read(tmp_path: Path, text: str, name: str = "a.yaml") -> Announcement:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_announcement(path)


def faults(tmp_path: Path, text: str, name: str = "a.yaml") -> dict[str, str]:
    with pytest.raises(DocumentError) as refused:
        read(tmp_path, text, name)
    return {fault.path: str(fault) for fault in refused.value.faults}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_announcements_load(path: Path) -> None:
    assert read_announcement(path).positions


def test_title_organ_and_positions_are_enough(tmp_path: Path) -> None:
    announcement = read(tmp_path, HEAD + POST)
    assert announcement.stages is None
    assert announcement.positions[0].conditions.age is None
    assert announcement.rounding.digits == 2


def test_the_documented_example_loads_whole() -> None:
    announcement = read_announcement(Path(__file__).parent / "announcements" / "documented" / "example.yaml")
    assert announcement.bonus is not None
    assert announcement.bonus.on == "written"
    assert announcement.cutoff == date(2026, 1, 22)
    assert announcement.stages is not None
    assert announcement.stages[3].papers[0].weight == Decimal("0.6")
    assert announcement.scores_by_position["02"].weights["skills"] == Decimal("0.7")


def test_an_unquoted_code_keeps_its_digits(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + POST.replace('"01"', "01")).positions[0].code == "01"


def test_an_unquoted_duty_keeps_its_digits(tmp_path: Path) -> None:
    text = HEAD + POST.replace("headcount: 2", "headcount: 2, duties: [10.10, 协助巡逻]")
    assert read(tmp_path, text).positions[0].duties == ("10.10", "协助巡逻")


def test_notes_beside_the_announcement_are_ignored(tmp_path: Path) -> None:
    assert read(tmp_path, "source: [x]\nabsent: []\n" + HEAD + POST)


def test_json_reads_like_yaml(tmp_path: Path) -> None:
    text = (
        '{"announcement": {"title": "公告", "organ": {"name": "局", "level": "county"}, "positions": '
        '[{"code": "01", "name": "执勤", "category": "field", "headcount": 1}], '
        '"stages": [{"kind": "written", "weight": 0.1}]}}'
    )
    stages = read(tmp_path, text, "a.json").stages
    assert stages is not None
    assert stages[0].weight == Decimal("0.1")


def test_all_faults_are_reported_at_once_with_path_value_and_expectation(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
announcement:
  title: 公告
  organ: {name: 局, level: town}
  cutoff: 2026-02-30
  positions:
    - {code: "01", name: 执勤, category: field, headcount: 2, conditions: {age: {min: 十八}}}
    - {code: "01", name: 执勤, category: field, headcount: 2, duties: [9.9], hight: 170}
  stages: [{kind: written, pass: {civil: 六十}}, {kind: fitness, gate: true, weight: 0.2}]
  scores_by_position: {"01:other": {weights: {written: -1}}}
  tie_break: [interview, age]
""",
    )
    assert set(found) == {
        "announcement.organ.level",
        "announcement.cutoff",
        "announcement.positions[0].conditions.age.min",
        "announcement.positions[1].code",
        "announcement.positions[1].duties[0]",
        "announcement.positions[1].hight",
        "announcement.stages[0].pass.civil",
        "announcement.stages[1]",
        "announcement.scores_by_position.01:other",
        "announcement.scores_by_position.01:other.weights.written",
        "announcement.tie_break[0]",
        "announcement.tie_break[1]",
    }
    assert "“十八”" in found["announcement.positions[0].conditions.age.min"]
    assert "应为整数" in found["announcement.positions[0].conditions.age.min"]
    assert "这一天不存在" in found["announcement.cutoff"]
    assert "没有这个键" in found["announcement.positions[1].hight"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("announcement: [1, 2", "不是正确的 YAML"),
        ("- 1\n- 2\n", "最外层应为键值表"),
        ("", "最外层应为键值表"),
        ("title: 公告\n", "应有 announcement"),
        ("announcement: 公告\n", "应为键值表"),
        (HEAD + POST + "  title: 又一个\n", "title 重复"),
        ("? {a: 1}\n: 2\n", "键应为文字"),
        ("announcement: \x07\n", "不是正确的 YAML"),
        ("announcement: {a: !!python/name:os.system }", "不是正确的 YAML"),
    ],
)
def test_broken_documents_are_refused_in_words(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in "\n".join(faults(tmp_path, text).values())


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00PK")
    with pytest.raises(DocumentError, match="UTF-8"):
        read_announcement(tmp_path / "a.yaml")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="无法打开"):
        read_announcement(tmp_path / "none.yaml")


def test_json_syntax_and_repeated_keys_are_refused(tmp_path: Path) -> None:
    assert "第1行" in faults(tmp_path, '{"announcement": }', "a.json")[""]
    assert "title 重复" in faults(tmp_path, '{"announcement": {"title": "a", "title": "b"}}', "a.json")[""]


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ("registration: {from: 2026-01-22T09:00, to: 2026-01-20T09:00}", "announcement.registration"),
        ("contract: {term_months: 0}", "announcement.contract.term_months"),
        ("cutoff: 9990-01-01", "announcement.cutoff"),
        ("opening: {ratio: 3}", "announcement.opening.if_short"),
        ("priority_groups: [veteran]", "announcement.priority_groups[0]"),
    ],
)
def test_contradictory_or_incomplete_parts_are_refused(tmp_path: Path, part: str, path: str) -> None:
    assert set(faults(tmp_path, f"{HEAD}{POST}  {part}\n")) == {path}


def test_a_null_key_is_one_that_is_not_stated(tmp_path: Path) -> None:
    keys = (
        "plan",
        "simplified",
        "stages",
        "rounding",
        "bonus",
        "tie_break",
        "scores_by_position",
        "reserve",
        "contract",
        "extra_disqualifiers",
    )
    (tmp_path / "a.yaml").write_text(HEAD + POST + "".join(f"  {key}: null\n" for key in keys), "utf-8")
    (tmp_path / "b.yaml").write_text(HEAD + POST, "utf-8")
    assert read_announcement(tmp_path / "a.yaml") == read_announcement(tmp_path / "b.yaml")


def test_a_null_key_that_is_needed_or_unknown_is_refused(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        HEAD.replace("announcement:", "announcement:\n  titel: null") + POST.replace("headcount: 2", "headcount: null"),
    )
    assert set(found) == {"announcement.titel", "announcement.positions[0].headcount"}


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_bonus_saved_again_by_a_tool_of_yaml_1_1_is_read(tmp_path: Path, name: str) -> None:
    raw = yaml.safe_load(HEAD + POST + "  bonus: {points: [{when: veteran, add: 5}], on: written}\n")
    assert True in raw["announcement"]["bonus"]
    text = json.dumps(raw) if name.endswith("json") else yaml.safe_dump(raw, allow_unicode=True)
    bonus = read(tmp_path, text, name).bonus
    assert bonus is not None
    assert bonus.on == "written"


@pytest.mark.parametrize("value", ["{}", "[]", "[1]", "{a: 1}"])
def test_a_container_where_a_name_belongs_is_a_fault_and_no_crash(tmp_path: Path, value: str) -> None:
    stages = f"  stages: [{{kind: {value}}}, {{kind: written, papers: [{{name: {value}, weight: 1}}]}}]\n"
    found = faults(tmp_path, HEAD + POST + stages + "  tie_break: [written]\n")
    assert {"announcement.stages[0].kind", "announcement.stages[1].papers[0].name"} <= set(found)
