"""The lexicon of prohibited work: its examples, the disguises that it sees through, and an organ's own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fujing.cli import app
from fujing.law.formats.documents import DocumentError
from fujing.law.prohibitions import Answer, lexicon, screened
from fujing.law.provisions import measures
from tests.steps import steps

EXAMPLES = [
    (entry.id, answer, text)
    for entry in lexicon().entries
    for answer in Answer
    for text in getattr(entry.examples, answer.value)
]


@pytest.mark.parametrize(("entry", "answer", "text"), EXAMPLES)
def test_an_example_is_answered_as_its_entry_says(entry: str, answer: Answer, text: str) -> None:
    provision = lexicon().by_id[entry].provision
    found = {passage.provision: passage.answer for passage in screened(text).passages}
    assert found.get(provision, Answer.LAWFUL) is answer
    if answer is Answer.LAWFUL:
        assert screened(text).answer is Answer.LAWFUL


@pytest.mark.parametrize("article", [9, 10, 11])
def test_the_lawful_catalogue_raises_no_doubt(article: int) -> None:
    items = [p.text for p in measures().provisions.values() if p.article == article and p.item]
    assert [text for text in items if screened(text).answer is not Answer.LAWFUL] == []


@pytest.mark.parametrize(
    "text",
    [
        "负责枪支保管",
        "负责槍枝保管",
        "负责枪 支 保 管",
        "负责枪·支保管",
        "负责“枪支”保管",
        "负责枪-支-保管",
        "负责枪、支保管",
        "负责抢支保管",
        "负责枪\u200b支保管",
        "负责枪（支）保管",
    ],
)
def test_a_word_is_not_hidden_by_how_it_is_written(text: str) -> None:
    assert [(each.provision, each.answer) for each in screened(text).passages] == [("13.8", Answer.STOPPED)]


@pytest.mark.parametrize(
    "text", ["办理取保后审", "办理去宝候审", "执行監視居主", "监四居住人员由其执行监视居住", "ＪＬ１：办理取保候审"]
)
def test_a_long_word_is_known_by_its_sound(text: str) -> None:
    assert "13.5" in {each.provision for each in screened(text).passages if each.answer is Answer.STOPPED}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("讯问犯罪嫌疑人", Answer.STOPPED),
        ("协助民警讯问犯罪嫌疑人", Answer.LAWFUL),
        ("在民警带领下，讯问犯罪嫌疑人", Answer.LAWFUL),
        ("讯问犯罪嫌疑人由民警进行", Answer.LAWFUL),
        ("民警讯问犯罪嫌疑人，辅警协助看护", Answer.LAWFUL),
        ("由民警讯问犯罪嫌疑人，辅警协助看护", Answer.LAWFUL),
        ("不得讯问犯罪嫌疑人", Answer.LAWFUL),
        ("犯罪嫌疑人一律不得讯问", Answer.LAWFUL),
        ("不得拒绝讯问犯罪嫌疑人", Answer.STOPPED),
        ("代民警讯问犯罪嫌疑人", Answer.STOPPED),
        ("协助民警看护，民警不在时讯问犯罪嫌疑人", Answer.STOPPED),
        ("协助民警看护，讯问犯罪嫌疑人", Answer.UNDETERMINED),
        ("协助民警看护并讯问犯罪嫌疑人", Answer.UNDETERMINED),
        ("协助民警看护。讯问犯罪嫌疑人", Answer.STOPPED),
        ("不得有下列行为：携带武器，讯问犯罪嫌疑人", Answer.LAWFUL),
        ("1.协助巡逻2.讯问犯罪嫌疑人", Answer.STOPPED),
        ("不得擅自携带武器", Answer.UNDETERMINED),
        ("不得擅自讯问犯罪嫌疑人", Answer.LAWFUL),
        ("", Answer.LAWFUL),
    ],
)
def test_who_does_it_decides(text: str, answer: Answer) -> None:
    assert screened(text).answer is answer


def test_the_answer_names_the_item_the_words_and_the_reason() -> None:
    (passage,) = screened("现场开具罚单").passages
    assert (passage.provision, passage.words) == ("13.6", "开具罚单")
    assert "决定由公安机关作出" in passage.why
    assert "没有写明由民警进行" in passage.why


def test_a_text_is_read_in_few_steps() -> None:
    texts = [text for _, _, text in EXAMPLES]
    screened(texts[0])
    assert steps(lambda: [screened(text) for text in texts]) < 400 * len(texts)


OWN = """
misspellings: {无人机反制枪: [反制抢]}
additions:
  weapons: {not: [无人机反制枪]}
  decisions: {phrases: [开白条]}
entries:
  - id: local_work
    provision: "13.9"
    name: 本县另定
    why: 本县规定只能由民警做
    phrases: [夜间巡河]
    outcomes: {unsaid: stopped, alone: stopped, assisting: lawful, clerical: lawful}
"""


def own(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "本县词库.yaml"
    file.write_text(text, "utf-8")
    return file


def test_an_organ_adds_words_of_its_own_and_loses_none_of_ours(tmp_path: Path) -> None:
    words = lexicon(own(tmp_path, OWN))
    cases = {"使用无人机反制抢": "lawful", "开白条了事": "stopped", "夜间巡河": "stopped", "协助夜间巡河": "lawful"}
    assert {text: screened(text, words).answer for text in cases} == cases
    assert screened("使用无人机反制枪").answer == "stopped"
    assert screened("夜间巡河").answer == "lawful"
    assert screened("佩枪巡逻", words).answer == "stopped"


def test_spaces_around_an_organs_word_are_no_part_of_it(tmp_path: Path) -> None:
    words = lexicon(own(tmp_path, OWN.replace("[夜间巡河]", "[' 夜间巡河 ']")))
    assert screened("夜间巡河", words).answer == "stopped"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("additions: {weapon: {not: [水枪]}}", ["additions.weapon"]),
        ("additions: {weapons: {nots: [水枪], acts: 拿}}", ["additions.weapons.nots", "additions.weapons.acts"]),
        ("entries: [{id: weapons, provision: '13.8', name: 枪, why: 枪, phrases: [枪], outcomes: {unsaid: stopped, alone: stopped, assisting: stopped, clerical: lawful}}]", ["entries[0].id"]),
        ("entries: [{id: x, provision: '14.1', name: 枪, why: 枪, outcomes: {unsaid: no}}]", ["entries[0].provision", "entries[0].outcomes.unsaid", "entries[0].outcomes.alone", "entries[0].outcomes.assisting", "entries[0].outcomes.clerical"]),
        ("roles: {alone: ['']}", ["roles.alone[0]"]),
        ("words: [枪]", ["words"]),
    ],
)  # fmt: skip
def test_every_fault_of_an_organs_file_is_named_by_its_path(tmp_path: Path, text: str, places: list[str]) -> None:
    with pytest.raises(DocumentError) as refused:
        lexicon(own(tmp_path, text))
    assert sorted(fault.path for fault in refused.value.faults) == sorted(places)
    assert all(fault.expected for fault in refused.value.faults)


def test_the_law_shows_what_is_stopped_and_what_is_not() -> None:
    shown = CliRunner().invoke(app, ["law", "show", "13.4"]).stdout
    assert "拦下：出具鉴定报告" in shown
    assert "可以：送达事故认定书" in shown


def test_an_announcement_is_read_with_an_organs_own_words(tmp_path: Path) -> None:
    draft = tmp_path / "公告.yaml"
    draft.write_text(
        "announcement: {title: 公告, organ: {name: 三台县公安局, level: county},"
        " positions: [{code: '01', name: 夜间巡河, category: field, headcount: 1}]}",
        "utf-8",
    )

    def found(*options: str) -> list[str]:
        listed = json.loads(CliRunner().invoke(app, ["announcement", "check", str(draft), "--json", *options]).stdout)
        return [each["provision"] for each in listed["findings"] if each["rule"] == "announcement.prohibited_work"]

    assert found() == []
    assert found("--lexicon", str(own(tmp_path, OWN))) == ["13.9"]


@pytest.mark.parametrize(
    "text", ["枪保管" * 6000, "一人" * 9000 + "讯问", "讯、" * 9000, "取保候审" * 5000, "除" * 18000, "除外" * 9000]
)
def test_a_cell_full_of_text_takes_no_more_than_its_length_allows(text: str) -> None:
    half = text[: len(text) // 2]
    assert steps(lambda: screened(text)) < 2.1 * steps(lambda: screened(half))


def test_an_exception_is_sought_in_a_hundred_characters_so_that_many_beginnings_take_no_square() -> None:
    assert screened(f"除讯问{'甲' * 98}以外，负责巡逻").answer is Answer.LAWFUL
    assert screened(f"除讯问{'甲' * 99}以外，负责巡逻").answer is Answer.STOPPED
