"""Duty texts in everyday words: what is prohibited is stopped, what is lawful and close to it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fujing.law.prohibitions import Answer, screened

TEXTS = yaml.safe_load(Path(__file__).with_name("everyday.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", TEXTS["prohibited"])
def test_prohibited_work_is_stopped(text: str) -> None:
    reading = screened(text)
    assert reading.answer is Answer.STOPPED, reading.passages


@pytest.mark.parametrize("text", TEXTS["lawful"])
def test_lawful_work_is_not_stopped(text: str) -> None:
    reading = screened(text)
    assert reading.answer is not Answer.STOPPED, reading.passages


def test_few_lawful_texts_are_in_doubt() -> None:
    doubtful = [text for text in TEXTS["lawful"] if screened(text).answer is Answer.UNDETERMINED]
    assert len(doubtful) <= len(TEXTS["lawful"]) * 0.1, doubtful
