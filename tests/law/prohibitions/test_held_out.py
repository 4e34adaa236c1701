"""Forty more duty texts that nobody improves the lexicon on: only their numbers are read, a failure names none of them."""

from __future__ import annotations

from pathlib import Path

import yaml

from fujing.law.prohibitions import Answer, screened

HELD_OUT = yaml.safe_load(Path(__file__).with_name("held_out.yaml").read_text("utf-8"))


def stopped(kind: str) -> int:
    return sum(screened(each["text"]).answer is Answer.STOPPED for each in HELD_OUT[kind])


def test_seventeen_of_twenty_prohibited_texts_are_stopped() -> None:
    assert len(HELD_OUT["prohibited"]) == 20
    count = stopped("prohibited")
    assert count >= 17


def test_at_most_one_of_twenty_lawful_texts_is_stopped() -> None:
    assert len(HELD_OUT["lawful"]) == 20
    count = stopped("lawful")
    assert count <= 1
