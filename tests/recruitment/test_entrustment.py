"""An entrusted institution: by paper, never one of the police's own bodies, and named where it signs (17.p1, 17.p2, 22)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.management.contracts.services import contract_sign
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign, Entrustment
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from fujing.registry.models import Engagement
from tests import factories, world
from tests.factories import MIANYANG, SANTAI, territorial

HEAD = territorial(SANTAI, "hr_head")
ENTRUSTED = {"organiser": {"mode": "entrusted", "with": "某公司"}}
FIRM = "绵阳市人才发展有限公司"


@pytest.fixture
def draft(db: None) -> Campaign:
    plan = factories.approved_plan(SANTAI)
    with acting(HEAD):
        return campaign_draft(actor=HEAD, document=world.document(**ENTRUSTED), plan=plan)


def record(draft: Campaign, actor: Actor = HEAD, **changes: Any) -> Entrustment:
    with acting(actor), transaction.atomic():
        return world.entrusted(actor, draft, **changes)


def test_an_entrusted_recruitment_is_published_only_with_its_paper(draft: Campaign) -> None:
    with acting(HEAD), pytest.raises(Refusal, match="委托文件") as refused:
        campaign_publish(actor=HEAD, campaign=draft)
    assert refused.value.provisions == ("22",)
    record(draft)
    with acting(HEAD):
        published = campaign_publish(actor=HEAD, campaign=draft)
    assert published.document["organiser"] == {"mode": "entrusted", "with": FIRM, "signs": "entrusted"}


@pytest.mark.parametrize("said", [{}, {"with": "另一公司"}, {"signs": "organ"}])
def test_the_database_publishes_only_what_the_paper_says(draft: Campaign, said: dict[str, str]) -> None:
    if said:
        record(draft)
    with acting(HEAD):
        document = Campaign.objects.get(pk=draft.pk).document
        document["organiser"] |= said
        with pytest.raises(Refusal, match="登记委托文件后") as refused, speaking(), transaction.atomic():
            Campaign.objects.filter(pk=draft.pk).update(
                document=document, state="published", published_at="2026-01-10T09:00+08:00", published_by="某人"
            )
    assert refused.value.provisions == ("22",)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "internal"}, "kind"),
        ({"kind": "labour_dispatch"}, "signs"),
        ({"document": None}, "document"),
        ({"document_date": today() + timedelta(days=1)}, "document_date"),
    ],
)
def test_a_wrong_entrustment_is_refused_at_its_field(draft: Campaign, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        record(draft, **changes)
    assert list(refused.value.errors) == [field]
    with acting(HEAD):
        assert not Entrustment.objects.exists()


def test_a_station_known_to_the_system_is_not_entrusted_under_another_kind(draft: Campaign) -> None:
    with acting(factories.PROVINCIAL):
        station = factories.unit(SANTAI, name="城关辅警管理站")
    with pytest.raises(Refusal) as refused:
        record(draft, institution=station.name)
    assert list(refused.value.errors) == ["kind"]


@pytest.mark.parametrize(
    ("change", "provision"),
    [
        ({"kind": "internal"}, "17.p2"),
        ({"institution": "三台县公安局治安大队"}, "17.p2"),
        ({"institution": "三台县公安局政工科"}, "17.p2"),
        ({"institution": "城关派出所"}, "17.p2"),
        ({"kind": "labour_dispatch"}, "22"),
        ({"institution": "某某劳务派遣有限公司"}, "22"),
        ({"document_number": ""}, "22"),
    ],
)
def test_the_database_keeps_no_unlawful_entrustment(draft: Campaign, change: dict[str, Any], provision: str) -> None:
    made = record(draft)
    with acting(HEAD), pytest.raises(Refusal) as refused, speaking():
        Entrustment.objects.filter(pk=made.pk).update(**change)
    assert refused.value.provisions == (provision,)


def test_a_dispatch_firm_may_help_where_the_bureau_itself_signs(draft: Campaign) -> None:
    made = record(draft, institution="某某劳务派遣有限公司", kind="labour_dispatch", signs="organ")
    assert made.signs == "organ"


def test_an_entrustment_stays_as_it_was_published(draft: Campaign) -> None:
    made = record(draft)
    with acting(HEAD):
        campaign_publish(actor=HEAD, campaign=draft)
        with pytest.raises(Refusal, match="不得更改"), transaction.atomic():
            world.entrusted(HEAD, draft)
        for change in (lambda rows: rows.update(signs="organ"), lambda rows: rows.delete()):
            with pytest.raises(Refusal, match="委托不得更改"), speaking(), transaction.atomic():
                change(Entrustment.objects.filter(pk=made.pk))


def test_only_the_recruiting_bureau_entrusts(draft: Campaign) -> None:
    with pytest.raises(NotAllowed):
        record(draft, territorial(MIANYANG, "hr_head"))


@pytest.mark.parametrize(("signs", "signer"), [("entrusted", FIRM), ("organ", "三台县公安局")])
def test_the_contract_names_who_signs_it(db: None, monkeypatch: pytest.MonkeyPatch, signs: str, signer: str) -> None:
    def publish(*, actor: Actor, campaign: Campaign) -> Campaign:
        world.entrusted(actor, campaign, signs=signs)
        return campaign_publish(actor=actor, campaign=campaign)

    monkeypatch.setattr(world, "campaign_publish", publish)
    made = world.county(SANTAI, "王建华", 371)
    monkeypatch.undo()
    world.finish(made)
    with acting(made.head):
        assert made.engagement is not None
        assert made.engagement.contracts.get().signer == signer


def test_who_was_not_recruited_through_an_institution_signs_with_the_bureau(province: Actor) -> None:
    factories.quota(SANTAI, 2)
    with acting(HEAD):
        serving: Engagement = factories.engagement(factories.person(SANTAI))
        contract = contract_sign(
            actor=HEAD,
            engagement=serving,
            kind="fixed",
            term_months=36,
            probation_months=2,
            signed_on=serving.span.lower,
            starts=serving.span.lower,
        )
        assert contract.signer == "三台县公安局"
        assert not Application.objects.exists()


def test_the_paper_is_replaced_while_the_announcement_is_a_draft(draft: Campaign) -> None:
    record(draft)
    again = record(draft, document=SimpleUploadedFile("新.pdf", b"%PDF-1.4 new"), document_number="三公委〔2026〕2号")
    with acting(HEAD):
        assert Entrustment.objects.get().document_number == "三公委〔2026〕2号"
        assert again.document.name == "新.pdf"
