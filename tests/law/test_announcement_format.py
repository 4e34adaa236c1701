"""Reading announcements: what FORMATS allows loads, everything else is named with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import BaseModel

from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import DocumentError, read_document
from fujing.law.formats.stages import PositionScores

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


def test_the_complete_example_loads_whole() -> None:
    announcement = read_announcement(Path(__file__).parent / "cases" / "complete_announcement.yaml")
    assert announcement.plan is not None
    assert announcement.plan.used == 20
    age = announcement.positions[0].conditions.age
    assert age is not None
    assert age.window is not None
    assert (age.window.start, age.window.end) == (date(1985, 2, 1), date(2008, 1, 31))
    assert announcement.stages is not None
    assert announcement.stages[3].weight == Fraction(1, 3)
    assert [paper.weight for paper in announcement.stages[3].papers] == [Fraction(2, 3), Fraction(1, 3)]
    assert announcement.contacts is not None
    assert announcement.contacts.consultation == ("0816-5222222",)
    assert announcement.contacts.supervision == ("5333333", "12345")
    assert announcement.exam_day == date(2026, 2, 7)


def test_every_key_is_in_the_complete_example_or_the_documented_one() -> None:
    folder = Path(__file__).parent
    written: set[tuple[str, ...]] = set()
    for path in (folder / "cases" / "complete_announcement.yaml", *sorted(folder.glob("announcements/**/*.yaml"))):
        written |= set(keys_in(read_document(path)["announcement"]))
    assert set(keys_of(Announcement)) - written == set()


def keys_in(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield (*path[-1:], name)
            yield from keys_in(inside, (*path, name))
    for each in value if isinstance(value, list) else ():
        yield from keys_in(each, path)


def keys_of(part: type[BaseModel], name: str = "") -> Iterator[tuple[str, ...]]:
    """Each key of the format with the key that it stands under."""
    for key, field in part.model_fields.items():
        own = field.alias or key
        yield (name, own) if name else (own,)
        for inside in parts_in(field.annotation):
            under = {PositionScores: "*"}.get(inside, own)
            yield from keys_of(inside, under) if under != "*" else ()


def parts_in(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for each in get_args(kind):
        yield from parts_in(each)


@pytest.mark.parametrize(
    ("part", "path", "expected"),
    [
        ("plan: {used: -1}", "plan.used", "应不小于0"),
        ("pay: 4000", "pay", "应为文字"),
        ("wages: 4000元", "wages", "没有这个键"),
        ("registration: {start: 2026-01-20T09:00}", "registration.start", "没有这个键"),
        ("registration: {start: null}", "registration.start", "没有这个键"),
        ("stages: [{kind: written, pass_line: 60}]", "stages[0].pass_line", "没有这个键"),
        ("contacts: {phone: 0816-5222222}", "contacts.phone", "没有这个键"),
        ("contacts: {consultation: true}", "contacts.consultation", "应为列表"),
        ("workplaces: [三台县, '']", "workplaces[1]", "不能为空"),
        ("exam_day: 2026-02-30", "exam_day", "这一天不存在"),
        ("exam_day: 20260207", "exam_day", "或者文字"),
        ("stages: [{kind: written, weight: 1/0}]", "stages[0].weight", "1/3 这样的分数"),
        ("stages: [{kind: written, weight: 一半}]", "stages[0].weight", "1/3 这样的分数"),
        ("stages: [{kind: written, weight: -0.5}]", "stages[0].weight", "1/3 这样的分数"),
        ("stages: [{kind: written, weight: 0.1234567}]", "stages[0].weight", "最多六位小数"),
        ("stages: [{kind: publicity, days: -1}]", "stages[0].days", "应不小于0"),
    ],
)
def test_a_new_key_with_a_wrong_value_is_refused_with_its_path(
    tmp_path: Path, part: str, path: str, expected: str
) -> None:
    found = faults(tmp_path, f"{HEAD}{POST}  {part}\n")
    assert set(found) == {f"announcement.{path}"}
    assert expected in found[f"announcement.{path}"]


@pytest.mark.parametrize(
    "window", ["{from: 1990-13}", "{from: 1990-1}", "{from: 1990}", "{from: 2008-02, to: 2008-01}"]
)
def test_a_month_that_is_none_is_refused(tmp_path: Path, window: str) -> None:
    conditions = f"headcount: 2, conditions: {{age: {{window: {window}}}}}"
    found = faults(tmp_path, HEAD + POST.replace("headcount: 2", conditions))
    assert [path for path in found if "window" in path] == list(found)


def test_the_two_ends_of_a_body_mass_may_be_one_number_and_never_change_places(tmp_path: Path) -> None:
    def post(low: str, high: str) -> str:
        bmi = f"headcount: 2, conditions: {{bmi: {{min: {low}, max: {high}}}}}"
        return HEAD + POST.replace("headcount: 2", bmi)

    bmi = read(tmp_path, post("22.5", "22.5")).positions[0].conditions.bmi
    assert bmi is not None
    assert (bmi.min, bmi.max) == (Decimal("22.5"), Decimal("22.5"))
    assert "体重指数下限高于上限" in "".join(faults(tmp_path, post("22.6", "22.5")).values())


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


def test_the_error_itself_says_every_fault_a_line_each(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read(tmp_path, HEAD + POST + "  pay: 1\n  wages: 2\n")
    assert str(refused.value) == "\n".join(str(fault) for fault in refused.value.faults)
    assert len(refused.value.faults) == 2


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
