"""The enforcement register and the commands that print it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fujing.cli import app
from fujing.law import register as registers
from fujing.law.provisions import UnknownProvision, address_of, cite, measures
from fujing.law.register import Entry, Removal, State, is_code, is_test, register


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["law", *arguments])
    return result.exit_code, result.output


def test_each_of_the_128_provisions_has_one_entry_and_nothing_it_names_is_missing() -> None:
    found = register()
    assert found.provisions == len(found.entries) == 128
    assert found.missing == ()
    assert [entry.provision for entry in found.entries] == list(measures().provisions)


def test_what_is_carried_in_part_or_open_says_what_is_lacking_and_the_rest_how_or_why_not() -> None:
    for entry in register().entries:
        assert bool(entry.lacks) is (entry.state in ("partly", "open")), entry.provision
        assert bool(entry.carried_by) is (entry.state in ("carried", "partly")), entry.provision
        assert entry.note or entry.state == "open", entry.provision


@pytest.mark.parametrize(
    "unfit",
    [
        {"state": "carried"},
        {"state": "carried", "carried_by": ["fujing.law.rulebooks.recruitment.age"], "lacks": "换岗"},
        {"state": "partly", "carried_by": ["fujing.law.rulebooks.recruitment.age"]},
        {"state": "partly", "lacks": "换岗"},
        {"state": "open", "lacks": "换岗", "carried_by": ["fujing.law.rulebooks.recruitment.age"]},
        {"state": "open"},
        {"state": "declaratory"},
        {"state": "declaratory", "kinds": ["declaratory"], "note": ""},
        {"state": "declaratory", "kinds": ["declaratory"], "lacks": "换岗"},
        {"state": "open", "kinds": ["declaratory"], "lacks": "换岗"},
        {"state": "carried", "carried_by": ["fujing.law.rulebooks.recruitment.age"], "note": ""},
        {"state": "open", "lacks": ""},
        {"state": "nearly", "lacks": "换岗"},
        {"state": "open", "lacks": "换岗", "kinds": []},
    ],
)
def test_a_state_that_the_rest_of_its_entry_denies_is_refused(unfit: dict) -> None:
    with pytest.raises(ValueError, match=r"18\.3|lacks|state|kinds"):
        Entry.model_validate({"provision": "18.3", "kinds": ["gate"], "note": "年龄", **unfit})


@pytest.mark.parametrize(
    "removal",
    [
        {"file": "src/fujing/law/ages.py"},
        {"text": "a"},
        {},
        {"drop": "constraint a", "file": "src/fujing/law/ages.py", "text": "a"},
        {"drop": "index a"},
        {"file": "src/fujing/law/ages.py", "text": "a", "with": "b"},
    ],
)
def test_a_removal_takes_away_a_passage_or_a_guarantee_and_not_both(removal: dict) -> None:
    with pytest.raises(ValueError, match=r"removal|Extra inputs"):
        Removal.model_validate(removal)


@pytest.mark.parametrize(
    ("removal", "fits"),
    [
        ({"file": "src/fujing/law/ages.py", "text": "return birthday(born, age) <= day"}, True),
        ({"file": "src/fujing/law/ages.py", "text": "return birthday(born, age) < day"}, False),
        ({"file": "src/fujing/law/ages.py", "text": "return"}, False),
        ({"file": "src/fujing/law/gone.py", "text": "return"}, False),
        ({"drop": "constraint post_category_known"}, True),
        ({"drop": "constraint post_category_unknown"}, False),
    ],
)
def test_a_removal_that_takes_nothing_away_is_found(monkeypatch: pytest.MonkeyPatch, removal: dict, fits: bool) -> None:
    entries = [
        entry.model_copy(update={"removals": (Removal.model_validate(removal),)})
        if entry.provision == "18.3"
        else entry
        for entry in register().entries
    ]
    monkeypatch.setattr(registers, "_entries", lambda: entries)
    register.cache_clear()
    try:
        assert [fault.split("：")[0] for fault in register().missing] == ([] if fits else ["18.3"])
        assert run("register", "--consistent")[0] == (0 if fits else 1)
    finally:
        monkeypatch.undo()
        register.cache_clear()


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
    entry = Entry.model_validate({"provision": "18.3", "kinds": ["gate"], "state": "carried", "note": "年龄", **broken})
    monkeypatch.setattr(registers, "_entries", lambda: [*others, entry])
    register.cache_clear()
    try:
        assert len(register().missing) == 1
        assert run("register")[0] == 1
        code, output = run("register", "--consistent")
        assert (code, register().missing[0] in output.replace("\n", "")) == (1, True)
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
    assert is_code("fujing.law.formats.schemas.SCHEMAS")
    assert is_code("fujing.law.formats.schemas.TYPES")
    assert is_code("fujing")
    assert not is_code("polars")
    assert is_test("tests/law/test_register.py::test_names_are_found_inside_modules_classes_and_packages")


def test_register_command_prints_the_documented_json() -> None:
    code, output = run("register", "--json")
    document = json.loads(output)
    assert code == 1  # some provisions are carried in part or open
    assert list(document) == ["provisions", "counts", "entries", "missing"]
    assert list(document["counts"]) == ["carried", "partly", "open", "declaratory"]
    for entry in document["entries"]:
        assert list(entry) == ["provision", "kinds", "state", "carried_by", "tests", "lacks", "note"]
    for state, number in document["counts"].items():
        assert sum(entry["state"] == state for entry in document["entries"]) == number
    assert sum(document["counts"].values()) == document["provisions"] == 128


def test_register_command_prints_four_counts_and_what_is_lacking() -> None:
    code, output = run("register")
    words = re.sub(r"[\s│]", "", output)
    assert code == 1
    for state in State:
        assert f"{state.label}{register().counts[state]}条" in words
    assert "尚缺：" in words


def test_register_command_asks_only_for_names_when_told_so() -> None:
    assert run("register", "--consistent")[0] == 0
    assert run("register", "--consistent", "--json")[0] == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, 0),
        ({"18.3": {"state": "partly", "lacks": "换岗"}}, 1),
        ({"18.3": {"state": "open", "lacks": "换岗", "carried_by": [], "tests": []}}, 1),
        ({"18.3": {"state": "declaratory", "kinds": ["declaratory"], "carried_by": [], "tests": []}}, 0),
    ],
)
def test_register_command_exits_1_until_every_provision_is_carried(
    monkeypatch: pytest.MonkeyPatch, changes: dict, code: int
) -> None:
    whole = {
        "kinds": ["gate"],
        "state": "carried",
        "note": "年龄",
        "carried_by": ["fujing.law.rulebooks.recruitment.age"],
    }
    whole["tests"] = ["tests/law/test_ages.py::test_column_and_person_agree"]
    entries = [Entry.model_validate({"provision": a, **whole, **changes.get(a, {})}) for a in measures().provisions]
    monkeypatch.setattr(registers, "_entries", lambda: entries)
    register.cache_clear()
    try:
        assert run("register")[0] == code
        assert run("register", "--consistent")[0] == 0
    finally:
        monkeypatch.undo()
        register.cache_clear()


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


def test_kinds_and_states_have_the_words_that_officers_see() -> None:
    assert {kind.value: kind.label for kind in registers.Kind} == {
        "gate": "强制", "procedure": "程序", "duty": "义务", "record": "留痕", "right": "权利", "declaratory": "宣示",
    }  # fmt: skip
    assert {state.value: state.label for state in State} == {
        "carried": "已落实", "partly": "部分落实", "open": "未落实", "declaratory": "宣示性条文",
    }  # fmt: skip


def test_a_removal_is_named_in_one_line() -> None:
    passage = Removal(file="src/fujing/law/ages.py", text="  if a:\n      return b\n")
    assert (passage.name, passage.replacement) == ("src/fujing/law/ages.py：if a: return b", "")
    assert Removal(drop="trigger a_b").name == "trigger a_b"


@pytest.mark.parametrize(
    ("missing", "partly", "open_", "complete"),
    [((), 0, 0, True), (("18.3：没有 a",), 0, 0, False), ((), 1, 0, False), ((), 0, 1, False)],
)
def test_a_register_is_complete_where_nothing_is_missing_partly_carried_or_open(
    missing: tuple[str, ...], partly: int, open_: int, complete: bool
) -> None:
    counts = {State.CARRIED: 3, State.PARTLY: partly, State.OPEN: open_, State.DECLARATORY: 2}
    found = registers.Register(provisions=5, counts=counts, entries=(), missing=missing)
    assert found.complete is complete


AGE = {"kinds": ["gate"], "state": "carried", "note": "年龄", "carried_by": ["fujing.law.rulebooks.recruitment.age"]}
TESTED = {"tests": ["tests/law/test_ages.py::test_column_and_person_agree"]}
IN_AGES = {"file": "src/fujing/law/ages.py"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({**AGE, "provision": "99", **TESTED}, ["99：办法没有这一条文", "18.3：应有一条登记，实有0条"]),
        ({**AGE}, ["18.3：写了代码而没有测试"]),
        ({**AGE, **TESTED, "carried_by": ["fujing.law.none"]}, ["18.3：没有 fujing.law.none"]),
        ({**AGE, "tests": ["tests/law/gone.py::a"]}, ["18.3：没有测试 tests/law/gone.py::a"]),
        ({**AGE, "tests": ["tests/law/test_ages.py"]}, ["18.3：没有测试 tests/law/test_ages.py"]),
        (
            {**AGE, **TESTED, "removals": [{"drop": "trigger nobody_knows"}]},
            ["18.3：没有可以撤去的 trigger nobody_knows"],
        ),
        (
            {**AGE, **TESTED, "removals": [{**IN_AGES, "text": " nothing "}]},
            ["18.3：可以撤去的文字在 src/fujing/law/ages.py 中应有一处，实有0处：nothing"],
        ),
        (
            {**AGE, **TESTED, "removals": [{"file": "src/gone.py", "text": "a"}]},
            ["18.3：可以撤去的文字在 src/gone.py 中应有一处，实有0处：a"],
        ),
    ],
)
def test_what_is_missing_is_told_word_for_word(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], said: list[str]
) -> None:
    others = [entry for entry in register().entries if entry.provision != "18.3"]
    entry = Entry.model_validate({"provision": "18.3", **changes})
    monkeypatch.setattr(registers, "_entries", lambda: [*others, entry])
    register.cache_clear()
    try:
        assert list(register().missing) == said
    finally:
        monkeypatch.undo()
        register.cache_clear()


def test_without_the_tests_only_the_code_is_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed system has no tests beside it."""
    others = [entry for entry in register().entries if entry.provision != "18.3"]
    gone = {"tests": ["tests/law/gone.py::a"], "removals": [{"file": "src/gone.py", "text": "a"}]}
    entry = Entry.model_validate({"provision": "18.3", **AGE, **gone})
    monkeypatch.setattr(registers, "_entries", lambda: [*others, entry])
    assert register(tmp_path).missing == ()


def test_tests_inside_classes_and_names_given_by_annotation_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "class A:\n    kept: int = 1\n\n    def inner(self): ...\n\nx = y = 1\n(p, q) = 1, 2\n\nasync def b(): ...\n",
        "utf-8",
    )
    found = {name: is_test(f"a.py::{name}", tmp_path) for name in ("A", "A::inner", "A::kept", "x", "y", "b")}
    assert found == dict.fromkeys(found, True)
    assert not any(is_test(name, tmp_path) for name in ("a.py", "a.py::inner", "a.py::A::b", "a.py::p", "b.py::A"))
