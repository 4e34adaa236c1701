"""Every field says what it holds, of whom and until when; what follows from that needs no further code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import fujing
from fujing.kernel import privacy
from fujing.kernel.models import HistoryEntry
from fujing.kernel.privacy import About, End, Held, Kind, Unclassified, classified, problems
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.own_copy import _told
from fujing.recruitment.retention.erasing import erase_function
from fujing.recruitment.selection.models import Candidate, Ranking
from fujing.registry.models import Account, Person
from fujing.registry.sensitive import revealable
from fujing.web.desk.common import _told as told_of_change
from fujing.web.templatetags.fujing import facts_in_words, masked
from tests.arch.test_models import our_models

SENSITIVE = Held(Kind.SENSITIVE, About.APPLICANT, End.CAMPAIGN)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_is_classified_once_and_ends(model: type[models.Model]) -> None:
    assert problems(model, classified().get(model, {})) == []


def test_only_our_tables_are_classified() -> None:
    assert set(classified()) == set(our_models())


def test_a_field_left_out_or_misspelt_is_told() -> None:
    declared = dict(classified()[Application])
    declared["majr"] = declared.pop("major")
    assert problems(Application, declared) == ["major is not classified", "majr is no field"]


def test_a_field_named_twice_is_refused() -> None:
    with pytest.raises(Unclassified):
        privacy.table(privacy.internal("major"), privacy.public("major"))
    with pytest.raises(Unclassified):
        privacy.internal("major state major")


@pytest.mark.parametrize("kind", [Kind.PUBLIC, Kind.INTERNAL])
def test_an_encrypted_field_is_never_public_or_internal(kind: Kind) -> None:
    declared = classified()[Application] | {"phone": Held(kind)}
    assert problems(Application, declared) == ["phone is encrypted, so personal or sensitive"]


@pytest.mark.parametrize("change", [{"end": None}, {"about": About.NOBODY}])
def test_something_personal_without_an_end_or_a_person_is_told(change: dict) -> None:
    declared = classified()[Application]
    wrong = replace(declared["major"], **change)
    assert problems(Application, declared | {"major": wrong}) == [
        "major is personal, so about somebody and with an end"
    ]


def test_every_reference_to_a_row_of_a_person_is_personal() -> None:
    """Whose application or file a row belongs to tells of somebody, whatever else the row holds."""
    for model, declared in classified().items():
        for field in model._meta.concrete_fields:
            if field.related_model in (Application, Person):
                assert declared[field.name].kind in (Kind.PERSONAL, Kind.SENSITIVE), f"{model.__name__}.{field.name}"


def test_a_newly_classified_field_is_erased_with_its_history() -> None:
    before = erase_function()
    assert "nationality = ''" not in before
    declared = classified() | {Application: classified()[Application] | {"nationality": SENSITIVE}}
    after = erase_function(declared)
    assert "nationality = ''" in after
    history = after[after.index("kernel_erase_history('applications_application'") :]
    assert "'nationality'" in history[: history.index(";")]


def test_a_newly_classified_table_is_erased_by_its_reference() -> None:
    assert "selection_candidate" not in erase_function()
    why = replace(SENSITIVE, erased=privacy.STRUCK)
    after = erase_function(classified() | {Candidate: classified()[Candidate] | {"why": why}})
    assert "INTO ids FROM selection_candidate WHERE application_id = application;" in after
    assert "UPDATE selection_candidate SET why = CASE WHEN why = ''" in after
    assert "kernel_erase_history('selection_candidate', ids, ARRAY['why']" in after


def test_what_goes_with_the_campaign_but_belongs_to_no_application_is_refused() -> None:
    with pytest.raises(LookupError, match="Ranking"):
        erase_function(classified() | {Ranking: classified()[Ranking] | {"made_by": SENSITIVE}})


def test_a_value_that_cannot_be_emptied_has_to_say_what_is_left() -> None:
    with pytest.raises(Unclassified, match="verified_at"):
        erase_function(classified() | {Application: classified()[Application] | {"verified_at": SENSITIVE}})


def test_a_newly_classified_field_is_masked_and_revealed(monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(name="王建华", household="四川省绵阳市")
    assert masked(person, "household") == "四川省绵阳市"
    assert "household" not in revealable()
    monkeypatch.setitem(
        classified()[Person], "household", Held(Kind.SENSITIVE, About.AUXILIARY, End.DOSSIER, reveal=True)
    )
    assert masked(person, "household") == "******"
    assert revealable()["household"] == "户籍"


def test_a_newly_classified_fact_is_masked_among_the_facts_of_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"id_number": "510722199503151234", "household": "四川省绵阳市"}
    assert [shown for _, shown in facts_in_words(facts)] == ["5107**********1234", "四川省绵阳市"]
    monkeypatch.setitem(classified()[Application], "household", SENSITIVE)
    assert [shown for _, shown in facts_in_words(facts)] == ["5107**********1234", "******"]


def test_the_timeline_is_silent_about_a_newly_classified_field(monkeypatch: pytest.MonkeyPatch) -> None:
    change = HistoryEntry(operation="update", after={"phone": "\\x01", "id_index": "\\x02", "major": "法学"})
    assert told_of_change(change, Person) == "修改人员：专业"
    monkeypatch.setitem(classified()[Person], "major", SENSITIVE)
    assert told_of_change(change, Person) == "修改人员"


def test_a_newly_classified_secret_is_left_out_of_the_own_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account(username="13800000000", name="王建华")
    told = _told(account)
    assert told["姓名"] == "王建华"
    assert not {"password", "id index", "密码"} & set(told)
    monkeypatch.setitem(classified()[Account], "name", replace(classified()[Account]["name"], told=False))
    assert "姓名" not in _told(account)


def test_secrets_and_keyed_digests_are_in_no_copy() -> None:
    for model in our_models():
        for field in model._meta.concrete_fields:
            if field.name in {"password", "path", "id_index"}:
                assert not classified()[model][field.name].told, f"{model.__name__}.{field.name}"


def test_no_page_shows_a_masked_field_whole() -> None:
    """Every sensitive field with a mask is shown through it; a public notice keeps numbers already masked."""
    names = {
        name
        for declared in classified().values()
        for name, held in declared.items()
        if held.kind is Kind.SENSITIVE and held.mask
    }
    assert {"id_number", "phone"} <= names
    whole = re.compile(r"\{\{[^}]*\.(" + "|".join(sorted(names)) + r")\b[^}]*\}\}")
    shown = {
        path.name
        for path in (Path(fujing.__path__[0]) / "web").rglob("*.html")
        if whole.search(path.read_text("utf-8"))
    }
    assert shown <= {"publicity.html"}


def test_every_section_with_models_has_its_table() -> None:
    ours = {model._meta.app_label for model in classified()}
    assert ours == {model._meta.app_label for model in apps.get_models() if model in set(our_models())}
