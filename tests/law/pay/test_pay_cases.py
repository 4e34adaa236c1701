"""Whole slips as an officer would check them: `cases.yaml`, on both sides of each bound, by the command itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from fujing.cli import app
from tests.law.pay.tools import arguments, written


class Texts(yaml.SafeLoader):
    """Scalars as they are printed; only months are numbers and words of YAML are themselves."""


Texts.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
DOCUMENT = yaml.load((Path(__file__).parent / "cases.yaml").read_text("utf-8"), Loader=Texts)
BASE, CASES = DOCUMENT["base"], DOCUMENT["cases"]


def said(folder: Path, case: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    person = BASE["person"] | case.get("person", {})
    person = {
        key: value == "true" if key == "first_job" and isinstance(value, str) else value
        for key, value in person.items()
    }
    months = [
        {"id": person["id"], "month": f"2026-{int(month):02}", **row} for month, row in case.get("months", {}).items()
    ]
    written(folder, BASE["scheme"] | case.get("scheme", {}), [person], months)
    result = CliRunner().invoke(app, arguments(folder, "--json"))
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, json.loads(result.stdout)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 50
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_is_paid_as_the_table_says(tmp_path: Path, case: dict[str, Any]) -> None:
    code, document = said(tmp_path, case)
    slips = {date.fromisoformat(f"{slip['month']}-01").month: slip for slip in document["slips"]}
    for month, expected in case.get("slips", {}).items():
        slip = slips.get(int(month))
        if expected is None:
            assert slip is None
            continue
        assert slip is not None
        assert flat(slip, expected) == expected
    assert [each["message"] for each in document.get("findings", [])] == case.get("findings", negative(slips))
    if "floor" in case:
        assert document["floor"] == case["floor"]
    assert code == (document["floor"]["outcome"] == "violated")


def flat(slip: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What the case names of the slip: figures, items by code, contributions as base, person and employer."""
    items = {each["code"]: each["amount"] for each in slip.get("items", [])}
    parts = {each["code"]: [each["base"], each["person"], each["employer"]] for each in slip.get("contributions", [])}
    return {key: (slip | items | parts).get(key) for key in expected}


def negative(slips: dict[int, dict[str, Any]]) -> list[str]:
    return [
        f"2026-{month:02}实发工资为{slip['net']}元，低于零"
        for month, slip in slips.items()
        if slip.get("net", "").startswith("-")
    ]
