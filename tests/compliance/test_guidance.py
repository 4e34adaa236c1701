"""Guidance documents: read-only below, signed for by each bureau itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from fujing.compliance.guidance.models import Guidance, GuidanceReading
from fujing.compliance.guidance.queries import guidance_for, in_force_on, organs_below, signatures, to_read
from fujing.compliance.guidance.services import (
    Document,
    guidance_draft,
    guidance_publish,
    guidance_revoke,
    guidance_sign,
)
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from tests.compliance import made
from tests.compliance.made import CITY, COUNTY, DEPARTMENT, OTHER
from tests.factories import MIANYANG, SANTAI, YANTING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organs(db: None) -> None:
    made.bureaus()


def drafted(issuer: Actor = DEPARTMENT, **changes: Any) -> Guidance:
    document = replace(
        Document(
            "川公通〔2026〕15号", "关于落实责任民警的通知", today(), ["5.p1"], today(), "每名辅警应有一名责任民警。"
        ),
        **changes,
    )
    with acting(issuer):
        return guidance_draft(actor=issuer, document=document)


def published(issuer: Actor = DEPARTMENT, **changes: Any) -> Guidance:
    draft = drafted(issuer, **changes)
    with acting(issuer):
        return guidance_publish(actor=issuer, guidance=draft)


def test_a_published_document_is_read_by_every_organ_below_and_a_draft_by_none() -> None:
    draft, document = drafted(), published(number="川公通〔2026〕16号")
    for who in (CITY, COUNTY, OTHER):
        with acting(who):
            assert list(Guidance.objects.all()) == [document]
            assert not HistoryEntry.objects.filter(tracked="guidance_guidance").exists()
    with acting(DEPARTMENT):
        assert set(guidance_for(DEPARTMENT)) == {draft, document}


def test_a_citys_document_stays_inside_the_city() -> None:
    document = published(CITY)
    outside = replace(COUNTY, organ_code=510802000000, lo=510802000000, hi=510802999999)
    with acting(outside):
        assert not Guidance.objects.exists()
    with acting(COUNTY):
        assert Guidance.objects.get() == document


def test_those_below_cannot_write_into_a_document_in_the_database() -> None:
    document = published()
    for who in (COUNTY, CITY):
        with acting(who):
            assert Guidance.objects.filter(pk=document.pk).update(title="改过") == 0
    citys = published(CITY)
    with acting(DEPARTMENT), pytest.raises(Refusal, match="以本机关名义"), speaking(), transaction.atomic():
        Guidance.objects.filter(pk=citys.pk).update(state="revoked", revoked_on=today(), revoked_why="省厅代废")


def test_a_published_document_keeps_its_words_and_is_never_deleted() -> None:
    document = published()
    with acting(DEPARTMENT), pytest.raises(Refusal, match="发布后不得改动"), speaking(), transaction.atomic():
        Guidance.objects.filter(pk=document.pk).update(title="改过")
    with acting(DEPARTMENT), pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
        Guidance.objects.filter(pk=document.pk).delete()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"number": ""}, "应有文号"),
        ({"text": ""}, "应有文号"),
        ({"provisions": []}, "应有文号"),
        ({"force_until": date(2020, 1, 1)}, "不能早于施行日期"),
        ({"state": "published"}, "应有发布日期和发布人"),
        ({"revoked_on": date(2026, 1, 1)}, "废止应有日期和理由"),
    ],
)
def test_a_document_without_its_parts_is_refused_by_the_database(change: dict[str, Any], says: str) -> None:
    draft = drafted()
    with acting(DEPARTMENT), pytest.raises(Refusal, match=says), speaking(), transaction.atomic():
        Guidance.objects.filter(pk=draft.pk).update(**change)


def test_a_county_has_nobody_to_guide() -> None:
    with pytest.raises(NotAllowed, match="没有下级公安机关"):
        drafted(COUNTY)
    row = Guidance(
        organ_code=SANTAI, number="1", title="1", issued_on=today(), provisions=["7"], text="1", force_from=today()
    )
    with acting(COUNTY), pytest.raises(Refusal, match="上级公安机关以本机关名义"), speaking(), transaction.atomic():
        row.save()


def test_each_bureau_signs_once_for_itself_and_the_issuer_sees_who_has_not() -> None:
    document = published()
    with acting(COUNTY):
        assert to_read(COUNTY).get() == document
        guidance_sign(actor=COUNTY, guidance=document)
        assert not to_read(COUNTY).exists()
        with pytest.raises(Refusal, match="已经签收"):
            guidance_sign(actor=COUNTY, guidance=document)
    with acting(DEPARTMENT):
        signed = signatures(document)
        assert {organ.code for organ in organs_below(document)} - set(signed) == {MIANYANG, YANTING}
        assert (signed[SANTAI].read_by, signed[SANTAI].at.date()) == ("三台人事", signed[SANTAI].at.date())
    with acting(OTHER):
        assert signatures(document) == {}


@pytest.mark.parametrize(("who", "code"), [(CITY, SANTAI), (DEPARTMENT, SANTAI), (DEPARTMENT, DEPARTMENT.organ_code)])
def test_nobody_signs_for_another_in_the_database(who: Actor, code: int) -> None:
    document = published()
    with acting(who), pytest.raises(Refusal, match="自行签收"), speaking(), transaction.atomic():
        GuidanceReading.objects.create(organ_code=code, guidance=document, read_by="代签")


def test_a_signature_is_neither_doubled_nor_taken_back() -> None:
    document = published()
    with acting(COUNTY):
        guidance_sign(actor=COUNTY, guidance=document)
        with pytest.raises(Refusal, match="已签收"), speaking(), transaction.atomic():
            GuidanceReading.objects.create(organ_code=SANTAI, guidance=document, read_by="再签")
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            GuidanceReading.objects.all().delete()


def test_a_document_is_in_force_between_its_days_until_a_newer_one_replaces_it() -> None:
    first, last = today(), today() + timedelta(days=10)
    old = published(force_until=last)
    change = first + timedelta(days=5)
    published(number="川公通〔2026〕17号", replaces=old, force_from=change)
    with acting(COUNTY):
        for day, number in (
            (first - timedelta(days=1), None),
            (first, 15),
            (change - timedelta(days=1), 15),
            (change, 17),
            (last + timedelta(days=1), 17),
        ):
            found = [each.number for each in Guidance.objects.filter(in_force_on(day))]
            assert found == ([f"川公通〔2026〕{number}号"] if number else []), day


def test_the_last_day_of_force_is_in_force_and_the_next_is_not() -> None:
    document = published(force_until=today() + timedelta(days=3))
    with acting(COUNTY):
        assert Guidance.objects.filter(in_force_on(document.force_until)).exists()
        assert not Guidance.objects.filter(in_force_on(document.force_until + timedelta(days=1))).exists()


def test_a_revoked_document_is_no_longer_in_force_nor_to_be_signed_for() -> None:
    document = published()
    with acting(DEPARTMENT):
        with pytest.raises(Refusal, match="废止理由"):
            guidance_revoke(actor=DEPARTMENT, guidance=document, reason=" ")
        guidance_revoke(actor=DEPARTMENT, guidance=document, reason="已有新规定")
    with acting(COUNTY):
        assert not Guidance.objects.filter(in_force_on(today())).exists()
        assert not to_read(COUNTY).exists()
        assert guidance_for(COUNTY).get() == document


def test_only_own_published_documents_are_replaced() -> None:
    citys = published(CITY)
    with pytest.raises(Refusal) as refused:
        drafted(replaces=citys)
    assert refused.value.errors == {"replaces": ["只能替代本机关已发布的文件。"]}


@pytest.mark.parametrize("role", ["hr_officer", "discipline", "auditor"])
def test_only_signing_roles_publish(role: str) -> None:
    draft = drafted()
    who = replace(DEPARTMENT, roles=frozenset({role}))
    with acting(who), pytest.raises(NotAllowed):
        guidance_publish(actor=who, guidance=draft)
