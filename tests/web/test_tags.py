"""Tags and filters of the pages."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import engines

import fujing.web
from fujing.law.findings import Finding, Outcome
from fujing.law.provisions import measures
from fujing.web.templatetags.fujing import fields, isodate, marked, masked, money, organ_code, provision
from tests.web.conftest import UndefinedVariable

TEMPLATES = Path(fujing.web.__file__).parent / "templates"
SOURCES = Path(fujing.web.__file__).parent.parent


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize("address", measures().provisions)
def test_every_provision_links_to_itself_with_its_text(address: str) -> None:
    link = provision(address)
    assert f'href="/law/{address}"' in link
    assert measures()[address].citation in link
    assert measures()[address].text in link


def test_findings_on_one_subject_show_the_gravest_first_and_fold_what_is_satisfied() -> None:
    said = {
        Outcome.SATISFIED: "符合：国籍为中国（第十八条第（一）项）",
        Outcome.UNDETERMINED: "缺身高，待核实",
        Outcome.VIOLATED: "超过35周岁上限",
    }
    found = [
        Finding(provision="18.1", rule="r", outcome=outcome, subject="7", message=message)
        for outcome, message in said.items()
    ]
    text = render("{% findings f %}", f=found)
    assert text.index("超过35周岁上限") < text.index("缺身高") < text.index("<summary>") < text.index("国籍为中国")
    assert "1 项</summary>" in text
    assert "<b>7</b>" not in text
    assert "国籍为中国（第十八条第（一）项）" not in text
    assert " open>" in render("{% findings f %}", f=found[:1])


def test_every_citation_in_templates_resolves() -> None:
    cited = re.compile(r'{%\s*provision\s+"([^"]+)"')
    found = [address for file in TEMPLATES.rglob("*.html") for address in cited.findall(file.read_text("utf-8"))]
    assert found
    assert [address for address in found if address not in measures().provisions] == []


def test_every_citation_in_the_code_resolves() -> None:
    found = [
        (f"{file.name}:{given.value.lineno}", address)
        for file in SOURCES.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call)
        for given in call.keywords
        if given.arg in {"provision", "provisions"}
        for text in ast.walk(given.value)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
        for address in text.value.split()
    ]
    assert len(found) > 100
    assert [(place, address) for place, address in found if address not in measures().provisions] == []


def test_undefined_variable_fails() -> None:
    with pytest.raises(UndefinedVariable, match="nothing"):
        render("{{ nothing }}")


@pytest.mark.parametrize(
    ("outcome", "colour", "word"),
    [
        (Outcome.SATISFIED, "green", "符合"),
        (Outcome.VIOLATED, "red", "不符合"),
        (Outcome.UNDETERMINED, "amber", "待核实"),
        (Outcome.ADVICE, "blue", "提示"),
    ],
)
def test_finding_has_the_colour_and_word_of_its_outcome(outcome: Outcome, colour: str, word: str) -> None:
    found = Finding(provision="18.3", rule="r", outcome=outcome, message="截止日 36 周岁。")
    assert f'<span class="tag {colour}">{word}</span>' in render("{% finding f %}", f=found)


def test_finding_shows_facts_in_words_and_masks_numbers() -> None:
    facts = {
        "education": "high_school",
        "scarce_skill": False,
        "birth_date": None,
        "id_number": "510722199503151234",
        "inner_code": "x",
    }
    found = Finding(provision="18.4", rule="r", outcome=Outcome.VIOLATED, message="不符合。", facts=facts)
    shown = re.sub(r"<[^>]+>", " ", render("{% finding f %}", f=found))
    assert "学历 高中" in re.sub(r"\s+", " ", shown)
    assert "急需技能 否" in re.sub(r"\s+", " ", shown)
    assert "出生日期 未知" in re.sub(r"\s+", " ", shown)
    assert "510722199503151234" not in shown
    assert "inner_code" not in shown


def test_money_has_separators_and_two_decimals() -> None:
    assert money(Decimal("1234567.5")) == "1,234,567.50"
    assert money(None) == ""


def test_moment_is_dated_by_the_day_in_china() -> None:
    assert isodate(datetime(2026, 1, 21, 16, 30, tzinfo=UTC)) == "2026-01-22"
    assert isodate(date(2026, 1, 22)) == "2026-01-22"


def test_organ_code_sets_the_division_apart() -> None:
    assert organ_code(510722000000) == "510722\u00a0000000"


def test_masked_number_hides_its_middle() -> None:
    assert "19950315" not in masked("510722199503151234", "id_number")


def test_words_searched_for_are_marked_and_text_is_escaped() -> None:
    assert marked("年满<18>周岁", ["周岁"]) == "年满&lt;18&gt;<mark>周岁</mark>"


class Sample(forms.Form):
    """Two groups, a unit and a provision."""

    groups = (("岗位", ("post",)),)
    units = {"age": "周岁"}
    provisions = {"age": ("18.3",)}
    post = forms.CharField(label="岗位")
    age = forms.IntegerField(label="年龄", help_text="截止日的年龄")


def test_refused_field_names_its_help_and_errors_and_the_summary_leads_to_it() -> None:
    html = render("{% fields form %}", form=Sample({"post": "巡逻", "age": "x"}))
    assert 'aria-describedby="id_age_help id_age_errors"' in html
    assert 'aria-invalid="true"' in html
    assert '<a href="#id_age">年龄</a>' in html
    for target in ("id_age_help", "id_age_errors"):
        assert f'id="{target}"' in html


def test_a_tick_stands_before_its_words_and_is_never_called_optional() -> None:
    class Ticked(forms.Form):
        agreed = forms.BooleanField(label="已核对", required=False)
        remark = forms.CharField(label="备注", required=False)

    html = render("{% fields form %}", form=Ticked())
    assert re.search(r'<label class="tick">\s*<input type="checkbox"[^>]*>\s*<span>已核对</span>\s*</label>', html)
    assert html.count("（可不填）") == 1


def test_fields_outside_of_groups_come_last() -> None:
    groups = fields(Sample())["groups"]
    assert [(label, [bound.name for bound in bounds]) for label, bounds in groups] == [
        ("岗位", ["post"]),
        ("", ["age"]),
    ]


def test_unit_and_provision_stand_beside_their_field() -> None:
    html = render("{% fields form %}", form=Sample())
    assert "<span>周岁</span>" in html
    assert "第十八条第（三）项" in html


def test_a_provision_that_only_leads_in_shows_its_items_too() -> None:
    link = provision("20")
    assert all(each.text in link for each in measures().items_of(measures()["20"]))
    assert "（九）" in link
