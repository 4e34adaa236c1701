"""Every text that a person can meet is one that an officer would write (tests/arch/messages.py collects them)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

import pytest

from scripts.compile_messages import FOLDER, compiled, entries
from tests.arch.messages import (
    SOME,
    erring,
    guaranteed,
    labels,
    named,
    ours_of_the_libraries,
    put_together,
    said_by_commands,
    shown_by_templates,
    told,
    words_of_files,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Of the machine room: names of tables, fields, keys and states, and of classes.
IDENTIFIER = re.compile(r"[a-z]+[_.][a-z]+|\b[A-Z][a-z]+[A-Z]\w*|\b[A-Za-z]{3,}\b")
PLACE_HOLDER = re.compile(r"%(\(\w+\))?[sd]|{{? ?\w+ ?}?}|<[^>]+>")
# Words that officers read on their own screens and papers, and what a file has to say to be read.
KNOWN = {
    "excel",
    "office",
    "word",
    "pdf",
    "csv",
    "jpg",
    "jpeg",
    "png",
    "xlsx",
    "docx",
    "parquet",
    "yaml",
    "json",
    "utf",
    "gbk",
    "police_2011",
}
FRAMEWORK = (
    *("确保", "字段", "表单", "变量", "该值", "这个值", "有效的值", "有效值", "实例", "主键", "外键", "约束“"),
    *("非法", "异常", "参数", "空值", "记录已存在", "操作失败", "系统错误", "你的", "帐户"),
)
FAILED = re.compile(r"失败|错误|无效|不正确|不合法")
WHAT_NEXT = re.compile(r"请|应|须|可以|由.+办理|不得|不能")
LONGEST = 80


SCREEN = {"enter", "cookie", "mb", "xls", "zip"}
"""What a page may say besides: keys, sizes, files."""


def faults(
    texts: Iterable[tuple[str, str]], *, sentences: bool, known: Container[str] = KNOWN, chinese: bool = True
) -> list[str]:
    """What an officer would not have written, with the place and what is wrong."""
    found = []
    for place, text in dict.fromkeys(texts):
        wrong = []
        plain = PLACE_HOLDER.sub("某", text)
        if chinese and not CHINESE.search(plain):
            wrong.append("no Chinese")
        wrong += [f"“{word}”" for word in FRAMEWORK if word in plain]
        wrong += [f"“{word}”" for word in IDENTIFIER.findall(plain) if word.lower() not in known]
        if sentences:
            if not plain.rstrip("”）").endswith(("。", "？", "：", SOME)):
                wrong.append("no end")
            if max(map(len, re.split(r"[。；：]", plain))) > LONGEST:
                wrong.append("too long")
            if FAILED.search(plain) and not WHAT_NEXT.search(plain):
                wrong.append("doesn't say what to do")
        if wrong:
            found.append(f"{place} {text!r}: {', '.join(wrong)}")
    return found


def test_the_catalogue_is_compiled_from_what_is_read() -> None:
    source = (FOLDER / "django.po").read_text()
    assert (FOLDER / "django.mo").read_bytes() == compiled(source), "python scripts/compile_messages.py"
    assert source.count("\nmsgid ") == len(entries(source))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("确保该变量小于或等于 5。", "“确保”"),
        ("请至少提交 1 个表单。", "“表单”"),
        ("announcement.registration 应早于结束日期。", "“announcement.registration”"),
        ("保存失败。", "doesn't say what to do"),
        ("已有同名岗位", "no end"),
        ("Incorrect code.", "no Chinese"),
    ],
)
def test_what_no_officer_writes_is_noticed(text: str, wrong: str) -> None:
    (fault,) = faults([("某处", text)], sentences=True)
    assert wrong in fault


@pytest.mark.parametrize("texts", [told, guaranteed, erring], ids=lambda texts: texts.__name__)
def test_every_sentence_is_one_that_an_officer_would_write(texts) -> None:
    assert "\n".join(faults(texts(), sentences=True)) == ""


@pytest.mark.parametrize("texts", [named, labels, ours_of_the_libraries], ids=lambda texts: texts.__name__)
def test_every_label_is_one_that_an_officer_would_write(texts) -> None:
    assert "\n".join(faults(texts(), sentences=False)) == ""


def test_every_template_says_what_an_officer_would_write() -> None:
    """A sign or a number alone needs no Chinese; a word does."""
    assert "\n".join(faults(shown_by_templates(), sentences=False, known=KNOWN | SCREEN, chinese=False)) == ""


def test_every_text_put_together_in_the_code_is_one_that_an_officer_would_write() -> None:
    of_files = KNOWN | SCREEN | words_of_files()
    texts = list(put_together())
    # Of a file's checks whoever wrote the file is told its own keys; nobody else meets them.
    checks = [each for each in texts if each[0].startswith("law/")]
    others = [each for each in texts if not each[0].startswith("law/")]
    assert "\n".join(faults(checks, sentences=False, known=of_files)) == ""
    assert "\n".join(faults(others, sentences=False, known=KNOWN | SCREEN)) == ""
    assert min(len(checks), len(others)) > 1000


def test_every_command_says_what_an_officer_would_write() -> None:
    texts = list(said_by_commands())
    assert len(texts) > 100
    assert "\n".join(faults(texts, sentences=False, known=KNOWN | SCREEN | {"true", "false", "html", "uuid"})) == ""


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("<p>请填写 username</p>", "“username”"),
        ('<input placeholder="YourName">', "“YourName”"),
        ("<button>下载 REPORT</button>", "“REPORT”"),
        ("<p>该字段不能为空</p>", "“字段”"),
        ("<p><code>fujing serve</code> 一并启动</p>", ""),
        ('{% block body_class %}site{% endblock %}<p class="muted">{{ plan.total }} 人</p>', ""),
    ],
)
def test_what_no_officer_writes_on_a_page_is_noticed(page: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "page.html").write_text(page)
    found = faults(shown_by_templates(tmp_path), sentences=False, known=KNOWN | SCREEN, chinese=False)
    assert (wrong in found[0]) if wrong else not found
