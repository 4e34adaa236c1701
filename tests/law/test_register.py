"""The enforcement register and the commands that print it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from fujing.cli import app
from fujing.law import register as registers
from fujing.law.provisions import UnknownProvision, address_of, cite, measures
from fujing.law.register import Entry, Kind, is_code, is_test, register


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["law", *arguments])
    return result.exit_code, result.output


def test_each_of_the_128_provisions_has_one_entry_and_nothing_it_names_is_missing() -> None:
    found = register()
    assert found.provisions == len(found.entries) == 128
    assert found.missing == ()
    assert [entry.provision for entry in found.entries] == list(measures().provisions)


def test_what_is_not_carried_says_so_or_says_why_nothing_is_enforced() -> None:
    for entry in register().entries:
        if not entry.carried_by and Kind.DECLARATORY not in entry.kinds:
            assert entry.note.startswith("尚未落实："), entry.provision


@pytest.mark.parametrize(
    "broken",
    [
        {
            "carried_by": ["fujing.law.rulebooks.recruitment.agee"],
            "tests": ["tests/law/test_ages.py::test_column_and_person_agree"],
        },
        {"carried_by": ["fujing.law.nothing.age"], "tests": ["tests/law/test_ages.py::test_column_and_person_agree"]},
        {"carried_by": ["fujing.law.rulebooks.recruitment.age"], "tests": ["tests/law/test_ages.py::test_gone"]},
        {"carried_by": ["fujing.law.rulebooks.recruitment.age"], "tests": ["tests/law/test_gone.py::test_gone"]},
        {"carried_by": ["fujing.law.rulebooks.recruitment.age"]},
    ],
)
def test_a_name_that_does_not_exist_is_found(monkeypatch: pytest.MonkeyPatch, broken: dict) -> None:
    others = [entry for entry in register().entries if entry.provision != "18.3"]
    entry = Entry.model_validate({"provision": "18.3", "kinds": ["gate"], "note": "年龄", **broken})
    monkeypatch.setattr(registers, "_entries", lambda: [*others, entry])
    register.cache_clear()
    try:
        assert len(register().missing) == 1
        assert run("register")[0] == 1
    finally:
        monkeypatch.undo()
        register.cache_clear()


@pytest.mark.parametrize(("drop", "again"), [("18.3", None), (None, "18.3")])
def test_a_missing_or_repeated_entry_is_found(
    monkeypatch: pytest.MonkeyPatch, drop: str | None, again: str | None
) -> None:
    entries = [entry for entry in register().entries if entry.provision != drop]
    entries += [entry for entry in entries if entry.provision == again]
    monkeypatch.setattr(registers, "_entries", lambda: entries)
    register.cache_clear()
    try:
        assert [fault.split("：")[0] for fault in register().missing] == ["18.3"]
    finally:
        monkeypatch.undo()
        register.cache_clear()


def test_names_are_found_inside_modules_classes_and_packages() -> None:
    assert is_code("fujing.law.rulebooks.recruitment")
    assert is_code("fujing.law.engine.RuleBook.evaluate")
    assert not is_code("fujing.law.engine.RuleBook.guess")
    assert is_test("tests/law/test_register.py::test_names_are_found_inside_modules_classes_and_packages")


def test_register_command_prints_the_documented_json() -> None:
    code, output = run("register", "--json")
    document = json.loads(output)
    assert code == 0
    assert list(document) == ["provisions", "entries", "missing"]
    assert list(document["entries"][0]) == ["provision", "kinds", "carried_by", "tests", "note"]


@pytest.mark.parametrize("given", ["18.3", "第十八条第（三）项", "第十八条第三项", "18条3项", "第十八条第(三)项"])
def test_show_takes_the_address_or_the_citation(given: str) -> None:
    code, output = run("show", given)
    assert code == 0
    assert "第十八条第（三）项" in output
    assert "不超过35周岁" in output


def test_show_prints_an_article_of_several_paragraphs_whole_and_refuses_others() -> None:
    assert address_of("第十六条") == ["16.p1", "16.p2", "16.p3"]
    assert address_of("16.p2") == address_of("第十六条第二款") == ["16.p2"]
    document = json.loads(run("show", "16.p2", "--json")[1])
    assert (document["provision"], document["text"]) == ("16.p2", measures()["16.p2"].text)
    for unknown in ("47", "18.7", "第四十七条", "年龄"):
        with pytest.raises(UnknownProvision):
            address_of(unknown)
        assert run("show", unknown)[0] == 2


def test_every_address_is_found_from_its_own_citation() -> None:
    for address in measures().provisions:
        assert address in address_of(cite(address))


def test_show_prints_the_items_below_their_lead_in_and_one_document_as_json() -> None:
    output = run("show", "18")[1]
    assert [f"第十八条第（{item}）项" in output for item in "一二三四五六"] == [True] * 6
    assert "第十八条第（一）项" not in run("show", "18.3")[1]
    assert json.loads(run("show", "18", "--json")[1])["provision"] == "18"
