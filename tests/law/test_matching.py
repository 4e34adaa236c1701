"""Certificates, majors and registered residence against a post's lists: yes, no, or not to be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.documents import read_document
from fujing.law.screening.households import places
from fujing.law.screening.matching import certificates_met, majors_met

CASES = read_document(Path(__file__).parent / "cases" / "matching.yaml")
ANSWERS = {True: "是", False: "否", None: "看不出"}


def told(met: Callable[[str | None, Sequence[str]], bool | None], text: str, required: list[str]) -> str:
    return ANSWERS[met(text or None, required)]


@pytest.mark.parametrize(("held", "required", "answer"), CASES["证书"])
def test_certificates(held: str, required: list[str], answer: str) -> None:
    assert told(certificates_met, held, required) == answer


@pytest.mark.parametrize(("major", "required", "answer"), CASES["专业"])
def test_majors(major: str, required: list[str], answer: str) -> None:
    assert told(majors_met, major, required) == answer


@pytest.mark.parametrize(("household", "areas", "answer"), CASES["户籍"])
def test_households(household: str, areas: list[str], answer: str) -> None:
    assert told(places().inside, household, areas) == answer


@pytest.mark.parametrize(("held", "covered"), CASES["准驾"].items())
def test_a_licence_covers_its_own_class_and_those_listed_and_no_other(held: str, covered: list[Any]) -> None:
    met = {wanted for wanted in CASES["准驾"] if certificates_met(f"驾驶证{held}", [f"机动车驾驶证{wanted}以上"])}
    assert met == {held, *covered}
    plainly = {wanted for wanted in CASES["准驾"] if certificates_met(f"驾驶证{held}", [f"机动车驾驶证{wanted}"])}
    assert plainly == {held}
