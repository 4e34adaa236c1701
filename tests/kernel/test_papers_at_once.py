"""Many papers at the same time: each is set whole, in a bounded queue, and not twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module

import pytest
from django.test import RequestFactory

from fujing.kernel.papers import pdf
from fujing.kernel.refusals import Busy
from fujing.web.middleware import Refused
from tests.kernel.test_papers import PAPER

setting = import_module("fujing.kernel.papers.pdf")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    setting._made.cache_clear()


def test_sixteen_different_papers_at_once_are_all_set() -> None:
    papers = [replace(PAPER, title=f"关于报批第{number}号用人计划的请示") for number in range(16)]
    with ThreadPoolExecutor(16) as readers:
        made = list(readers.map(pdf, papers))
    assert all(each.startswith(b"%PDF-") and each.rstrip().endswith(b"%%EOF") for each in made)
    assert len(set(made)) == 16


def test_the_same_paper_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pdf(PAPER)
    monkeypatch.setattr(setting, "_compile", None)
    assert pdf(PAPER) == first


def test_a_full_queue_says_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    while setting.room.acquire(blocking=False):
        pass
    try:
        with pytest.raises(Busy, match="请过一分钟再试"):
            pdf(replace(PAPER, title="排在后面的一份"))
    finally:
        setting.room.release(setting.SETTERS + setting.WAITING)
    assert pdf(replace(PAPER, title="排在后面的一份")).startswith(b"%PDF-")


def test_a_busy_server_answers_503_with_when_to_come_back() -> None:
    answer = Refused(lambda request: None).process_exception(RequestFactory().get("/"), Busy("正在生成的文件太多。"))  # type: ignore[arg-type, return-value]
    assert answer is not None
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "正在生成的文件太多" in answer.content.decode()
