"""A hundred and twenty duty texts that were written apart from the lexicon, which was improved on them since: how many it gets right."""

from __future__ import annotations

from pathlib import Path

import yaml

from fujing.law.prohibitions import Answer, screened

SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
PROHIBITED = {each["text"]: each["provision"] for each in SENTENCES["prohibited"]}
LAWFUL = [each["text"] for each in SENTENCES["lawful"]]


def test_sixty_texts_are_prohibited_and_sixty_are_lawful() -> None:
    assert (len(PROHIBITED), len(LAWFUL)) == (60, 60)


def test_at_least_fifty_six_of_sixty_prohibited_texts_are_stopped() -> None:
    missed = [text for text in PROHIBITED if screened(text).answer is not Answer.STOPPED]
    assert len(missed) <= 4, missed


def test_at_most_three_of_sixty_lawful_texts_are_stopped() -> None:
    stopped = [text for text in LAWFUL if screened(text).answer is Answer.STOPPED]
    assert len(stopped) <= 3, stopped


def test_most_are_stopped_for_the_item_that_they_belong_to() -> None:
    stopped = {each.provision for text in PROHIBITED for each in screened(text).passages}
    assert stopped == set(PROHIBITED.values())
    own = [
        text
        for text, provision in PROHIBITED.items()
        if provision in {each.provision for each in screened(text).passages if each.answer is Answer.STOPPED}
    ]
    assert len(own) >= 50, set(PROHIBITED) - set(own)
