"""What is wrong with an announcement is told with place, value and what should stand there, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujing.law.formats.announcement import read_announcement
from fujing.law.formats.documents import DocumentError, read_document

CASES = read_document(Path(__file__).parent / "cases" / "announcement_faults.yaml")
ORGAN = "{name: 三台县公安局, level: county}"


def told(folder: Path, text: str) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(text, "utf-8")
    try:
        read_announcement(path)
    except DocumentError as error:
        return [str(fault).removeprefix(f"{path}：").removeprefix("announcement.") for fault in error.faults]
    return []


def document(part: str = "", post: str = "headcount: 2", organ: str = ORGAN) -> str:
    positions = f'positions: [{{code: "01", name: 执勤, category: field, {post}}}]'
    return f"announcement:\n  title: 公告\n  organ: {organ}\n  {positions}\n  {part}\n"


@pytest.mark.parametrize(("part", "faults"), CASES["公告"])
def test_a_part_of_the_announcement(part: str, faults: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, document(part)) == faults


@pytest.mark.parametrize(("post", "faults"), CASES["岗位"])
def test_a_post(post: str, faults: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, document(post=post)) == faults


@pytest.mark.parametrize(("organ", "faults"), CASES["机关"])
def test_the_organ(organ: str, faults: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, document(organ=organ)) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{}", ["title 缺少，必须填写", "organ 缺少，必须填写", "positions 缺少，必须填写"]),
        ("[]", ["announcement 应为键值表"]),
        ("公告", ["announcement 的值是“公告”，应为键值表"]),
        ("", ["announcement 的值是“空”，应为键值表"]),
    ],
)
def test_the_whole(text: str, faults: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, f"announcement: {text}\n") == faults


def test_posts_have_codes_of_their_own(tmp_path: Path) -> None:
    posts = "".join(
        f"    - {{code: {code}, name: 甲, category: civil, headcount: 1}}\n" for code in ("01", "1", '"1"', "01")
    )
    assert told(tmp_path, f"announcement:\n  title: 公告\n  organ: {ORGAN}\n  positions:\n{posts}") == [
        "positions[2].code 的值是“1”，岗位代码重复，应各不相同",
        "positions[3].code 的值是“01”，岗位代码重复，应各不相同",
    ]
    assert told(tmp_path, f"announcement:\n  title: 公告\n  organ: {ORGAN}\n  positions: []\n") == [
        "positions 至少要有1项"
    ]


def test_text_that_no_character_set_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"announcement": {"title": "\\ud800"}}', "utf-8")
    with pytest.raises(DocumentError) as refused:
        read_announcement(path)
    first = refused.value.faults[0]
    assert (first.path, first.expected) == ("announcement.title", "应为文字")
