"""Structured text as plain values, and what is said of text that can't be read, with its place, word for word."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.documents import DocumentError, Fault, gathered, read_document

YAML = {
    "a: b: c\n": "第1行第5列不是正确的 YAML，这里不能有冒号，请检查引号和缩进",
    "a:\n  b: 1\n c: 2\n": "第3行第2列不是正确的 YAML，缩进与上一行对不齐",
    "a: 1\nb\nc: 2\n": "第3行第1列不是正确的 YAML，缺少冒号",
    "a:\n\tb: 1\n": "第2行第1列不是正确的 YAML，有不能用的字符（如制表符），缩进应用空格",
    "a: [1, 2\nb: 3\n": "第2行第2列不是正确的 YAML，缺少逗号或者右括号",
    "a: {b: 1\n": "第2行第1列不是正确的 YAML，缺少逗号或者右括号",
    "a: '甲\nb: 2\n": "第3行第1列不是正确的 YAML，引号不成对",
    "a: *b\n": "第1行第4列不是正确的 YAML，引用了没有定义的别名",
    "a: \x01\n": "不是正确的 YAML，有不能用的控制字符",
    "a: 1\n---\nb: 2\n": "第2行第1列不是正确的 YAML，应只有一份文档",
    "a: !x 1\n": "第1行第4列不是正确的 YAML，有不能用的标签",
    "a: ]\n": "第1行第4列不是正确的 YAML，这里应有值",
    "a: - 1\n": "第1行第4列不是正确的 YAML，请检查标点、引号和缩进",
    "a: &x 1\nb: &x 2\n": "第2行第4列不是正确的 YAML，别名重复",
    'a: "\\q"\n': "第1行第6列不是正确的 YAML，双引号里有不能用的转义",
    "? [1]\n: 2\n": "第1行第3列不是正确的 YAML，键应为文字",
    "a: 1\nb:\n  c: 1\n  c: 2\n": "第4行的键 c 重复，同一层的键只能出现一次",
    f"a: {'9' * 5000}\n": "不是可用的 YAML，有不能用的值",
    f"a: {'[' * 5000}\n": "不是可用的 YAML，层次太深",
    "- 1\n": "最外层应为键值表，并含 pay_scheme",
    "": "最外层应为键值表，并含 pay_scheme",
}
JSON = {
    '{"a": 1 "b": 2}': "第1行第9列不是正确的 JSON，缺少逗号",
    '{"a" 1}': "第1行第6列不是正确的 JSON，缺少冒号",
    "{a: 1}": "第1行第2列不是正确的 JSON，应为用双引号括起的键",
    '{"a": }': "第1行第7列不是正确的 JSON，缺少值",
    '{"a": 1}\n x': "第2行第2列不是正确的 JSON，文档之后还有内容",
    '{"a": "x': "第1行第7列不是正确的 JSON，引号不成对",
    '{"a": "x\ny"}': "第1行第9列不是正确的 JSON，文字中有控制字符",
    '{"a": "\\q"}': "第1行第8列不是正确的 JSON，有不能用的转义",
    '{"a": "\\u12"}': "第1行第9列不是正确的 JSON，请检查标点、引号和缩进",
    '{"a": NaN}': "不是可用的 JSON，NaN 不是数",
    '{"a": -Infinity}': "不是可用的 JSON，-Infinity 不是数",
    f'{{"a": {"9" * 5000}}}': "不是可用的 JSON，有太长的数",
    '{"a": 1, "b": {"c": 1, "c": 2}}': "键 c 重复，同一层的键只能出现一次",
    "[" * 100_000: "不是可用的 JSON，层次太深",
    "[1]": "最外层应为键值表，并含 pay_scheme",
}


def told(path: Path, content: str | bytes) -> list[str]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DocumentError) as refused:
        read_document(path, root="pay_scheme", what="工资方案")
    assert {(fault.file, fault.path, fault.value) for fault in refused.value.faults} == {(str(path), "", "")}
    return [fault.expected for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [(name, *each) for name, table in (("a.yaml", YAML), ("a.json", JSON)) for each in table.items()],
    ids=[said for table in (YAML, JSON) for said in table.values()],
)
def test_what_is_wrong_is_told_with_its_place(name: str, text: str, said: str, tmp_path: Path) -> None:
    assert told(tmp_path / name, text) == [said]


def test_every_repeated_key_is_told_and_a_wrong_top_beside_them(tmp_path: Path) -> None:
    assert told(tmp_path / "a.yaml", "- {b: 1, b: 2, c: 1, c: 2}\n") == [
        "第1行的键 b 重复，同一层的键只能出现一次",
        "第1行的键 c 重复，同一层的键只能出现一次",
        "最外层应为键值表，并含 pay_scheme",
    ]


def test_other_bytes_than_utf_8_are_told_with_the_first_of_them(tmp_path: Path) -> None:
    assert told(tmp_path / "a.yaml", "a: 甲".encode("gbk")) == [
        "第4个字节不是 UTF-8 文字，应为 UTF-8 编码的 YAML 或 JSON"
    ]


VALUES: dict[str, Any] = {
    "1": 1, "0": 0, "-0": 0, "+3": 3, "01": "01", "1_000": "1_000", "0x1": "0x1", "1e3": "1e3", ".5": ".5",
    "1.50": Decimal("1.50"), "-1.5": Decimal("-1.5"), "0.0": Decimal(0), "00.5": "00.5", "1.": "1.",
    "true": True, "True": True, "false": False, "False": False, "TRUE": "TRUE", "on": "on", "yes": "yes",
    "~": None, "null": None, "Null": None, "NULL": "NULL", "": None, "2026-02-30": "2026-02-30", "12:30": "12:30",
    "'1'": "1", "=": "=", "truer": "truer", "nullen": "nullen",
}  # fmt: skip


@pytest.mark.parametrize("written", VALUES)
def test_a_plain_word_keeps_what_was_printed(written: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"a: {written}\n", "utf-8")
    found = read_document(path)["a"]
    assert (found, type(found)) == (VALUES[written], type(VALUES[written]))


def test_json_by_its_suffix_whatever_its_case_with_or_without_a_mark_and_numbers_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.JSON"
    path.write_bytes(b'\xef\xbb\xbf{"a":\t1.50, "b": [1, true, null]}')
    assert read_document(path) == {"a": Decimal("1.50"), "b": [1, True, None]}
    assert str(read_document(path)["a"]) == "1.50"


def test_a_merged_mapping_is_read_with_its_own_keys_first(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: &x {b: 1, c: 1}\nd:\n  <<: *x\n  e: 2\n", "utf-8")
    assert read_document(path)["d"] == {"b": 1, "c": 1, "e": 2}


def test_a_file_of_four_megabytes_is_read_and_a_longer_one_refused(tmp_path: Path) -> None:
    path, most = tmp_path / "a.json", 4 * 1024 * 1024
    path.write_bytes(b'{"a": "' + b"x" * (most - 9) + b'"}')
    assert path.stat().st_size == most
    assert len(read_document(path)["a"]) == most - 9
    assert told(path, path.read_bytes() + b" ") == ["有4MB，应为不超过4MB的工资方案"]


def test_two_hundred_thousand_values_are_read_and_one_more_refused(tmp_path: Path) -> None:
    """The mapping is one, its list another."""
    path = tmp_path / "a.json"
    path.write_text(f'{{"a": [0{",0" * 199_997}]}}', "utf-8")
    assert len(read_document(path)["a"]) == 199_998
    assert told(path, f'{{"a": [0{",0" * 199_998}]}}') == ["展开后超过200000个值，不是工资方案"]


def test_a_fault_is_one_sentence_and_those_of_several_files_are_gathered() -> None:
    whole = Fault("a.yaml", "", "", "应为键值表")
    cell = Fault("a.csv", "第2行“姓名”", "甲", "应为文字")
    assert [str(each) for each in (whole, cell)] == ["a.yaml 应为键值表", "a.csv：第2行“姓名” 的值是“甲”，应为文字"]
    assert str(DocumentError([whole, cell])) == f"{whole}\n{cell}"
    found = [whole]
    with gathered(found):
        raise DocumentError([cell])
    assert found == [whole, cell]
