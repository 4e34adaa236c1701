"""What the command line says when it can't do something: Chinese, the right exit code, and never a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from fujing import cli
from fujing.cli import app, screening
from fujing.cli.commands import app_of

ANNOUNCEMENT = """
announcement:
  title: 公告
  organ: {name: 公安局, level: county}
  cutoff: 2026-01-22
  positions: [{code: "01", name: 执勤, category: field, headcount: 1}]
  stages: [{kind: written, full: 100, weight: 1}]
"""
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}")
"""Three English words in a row: a sentence of somebody else's library."""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rank"], "缺少选项 --announcement"),
        (["rank", "--announcement"], "选项 --announcement 缺少值"),
        (["screen", "--bogus"], "没有选项 --bogus"),
        (["screen", "--announcment", "a"], "没有选项 --announcment，是不是 --announcement"),
        (["screne"], "没有命令“screne”，应为 "),
        (["law", "shw"], "没有命令“shw”，应为 show、register"),
        (["law", "show"], "缺少参数 PROVISION"),
        (["law", "show", "99.9"], "99.9"),
        (["law", "register", "extra"], "多余的参数：extra"),
        (["law", "register", "--json=1"], "选项 --json 不带值"),
        (["seed", "--people", "x"], "选项 --people"),
        (["schema", "roste"], "没有名为“roste”的文件格式"),
        (["announcement", "check", "没有.yaml"], "没有.yaml 无法打开：没有这个文件"),
        (["announcement", "check", "/"], "这是文件夹，不是文件"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese_with_exit_2(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert not ENGLISH.search(result.stderr)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "announcement: {a: b: c}", "不是正确的 YAML"),
        ("a.yaml", "announcement:\n\t- x", "缩进应用空格"),
        ("a.yaml", "announcement: [1, 2", "缺少逗号或者右括号"),
        ("a.yaml", 'announcement: "x', "引号"),
        ("a.yaml", "announcement: *x", "引用了没有定义的别名"),
        ("a.yaml", "a: 1\n---\nb: 2", "应只有一份文档"),
        ("a.yaml", "announcement: !!python/object x", "有不能用的标签"),
        ("a.yaml", "announcement: \x01", "控制字符"),
        ("a.json", "{", "应为用双引号括起的键"),
        ("a.json", '{"a" 1}', "缺少冒号"),
        ("a.json", '{"a": 1 "b": 2}', "缺少逗号"),
        ("a.json", '{"a": }', "缺少值"),
        ("a.json", '{"a": "x', "引号不成对"),
        ("a.json", "{} {}", "文档之后还有内容"),
        ("a.json", '{"a": NaN}', "NaN 不是数"),
        ("a.json", '{"a": "\\x"}', "有不能用的转义"),
        ("a.json", "[" * 100_000, "层次太深"),
        ("a.json", '{"announcement": {"title": 3, "positions": [], "x": 1}}', "announcement.x"),
        ("a.yaml", "announcement: {title: t, organ: {name: n, level: x}, positions: 7, stages: {}}", "应为列表"),
    ],
)
def test_a_broken_document_is_told_in_chinese(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["announcement", "check", str(tmp_path / name)])
    assert result.exit_code == 2
    assert told in result.stderr
    assert not ENGLISH.search(result.stderr.replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b""),
        ("a.parquet", b"PAR1 broken"),
        ("a.csv", b'id,position\n"A1,01\n'),
        ("a.csv", b"\x00\x01"),
        ("a.xls", b"x"),
    ],
)
def test_a_broken_table_is_told_in_chinese(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "公告.yaml").write_text(ANNOUNCEMENT, "utf-8")
    (tmp_path / name).write_bytes(content)
    files = ["--announcement", str(tmp_path / "公告.yaml"), "--applicants", str(tmp_path / name)]
    result = CliRunner().invoke(app, ["screen", *files, "--json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert not ENGLISH.search(result.stderr.replace(str(tmp_path), ""))


def test_a_fault_of_ours_is_one_sentence_and_a_number_with_exit_70(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **named: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(screening, "screen", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "公告.yaml").write_text(ANNOUNCEMENT, "utf-8")
    (tmp_path / "人.csv").write_text("报名序号,报考岗位\nA1,01\n", "utf-8")
    files = ["--announcement", str(tmp_path / "公告.yaml"), "--applicants", str(tmp_path / "人.csv")]
    result = CliRunner().invoke(app, ["screen", *files, "--json"])
    assert result.exit_code == 70
    assert result.stdout == ""
    told = re.fullmatch(r"系统自身出错，没有完成，编号([0-9a-f]{8})，详情在 (\S+)\n", result.stderr)
    assert told
    assert "ZeroDivisionError" in Path(told[2]).read_text("utf-8")


def test_a_process_ends_with_70_and_prints_no_traceback(tmp_path: Path) -> None:
    code = (
        "import fujing.cli.law as law, fujing.cli as cli\n"
        "def broken(*a): raise RuntimeError('x')\n"
        "law.measures = broken\ncli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "law", "show", "18.3"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path), "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 70
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_json_is_one_document_and_notes_go_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "公告.yaml").write_text(ANNOUNCEMENT, "utf-8")
    (tmp_path / "人.csv").write_text("序号,报名序号,报考岗位\n1,A1,01\n", "utf-8")
    (tmp_path / "分.csv").write_text("报名序号,环节,成绩\nA1,笔试,80\n", "utf-8")
    files = ["--announcement", str(tmp_path / "公告.yaml"), "--applicants", str(tmp_path / "人.csv")]
    for arguments in (["screen", *files, "--json"], ["rank", *files, "--scores", str(tmp_path / "分.csv"), "--json"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0
        json.loads(result.stdout)
        assert "序号 各列不用于核对，已略过" in result.stderr


def test_help_is_chinese() -> None:
    for arguments in (["--help"], ["screen", "--help"], ["law", "--help"], ["law", "show", "--help"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0
        assert "显示帮助" in result.stdout
        assert "用法：" in result.stdout
        told = [line for line in result.stdout.splitlines() if "用法：" not in line]
        assert not ENGLISH.search("\n".join(told))


def test_every_command_that_a_module_adds_is_in_the_table() -> None:
    """A command is loaded when it is asked for: one that the table doesn't name couldn't be."""
    within: dict[str, dict[str, Any]] = {}
    alone: dict[str, str] = {}
    for place in Path(cli.__file__).parent.iterdir():
        if (place.suffix == ".py" or (place / "__init__.py").exists()) and place.stem not in ("__init__", "commands"):
            module = import_module(f"fujing.cli.{place.stem}")
            if hasattr(module, "app"):
                within[place.stem] = {**get_group(module.app).commands}
            elif hasattr(module, "register"):
                part = app_of()
                part.callback()(lambda: None)
                module.register(part)
                alone |= dict.fromkeys(get_group(part).commands, place.stem)
    assert set(within) == set(cli.SUBJECTS)
    parts = {name for commands in within.values() for name in commands}
    assert {name: module for name, module in alone.items() if name not in parts} == cli.COMMANDS


def test_a_command_waits_for_no_other_subject() -> None:
    script = "import sys; from fujing.cli import app; app(['roster', '--help'], standalone_mode=False); print([*sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "'fujing.law.roster.check'" in loaded
    for other in ("fujing.law.pay", "fujing.law.tiers", "fujing.law.announcements", "django.db.models"):
        assert f"'{other}'" not in loaded
