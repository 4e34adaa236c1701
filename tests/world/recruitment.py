"""What else a recruitment leaves behind: papers, questions to departments, data that was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.services import application_save, application_submit
from fujing.recruitment.campaigns.consents import consents_ask, entrustment_record
from fujing.recruitment.campaigns.models import Campaign, Entrustment
from fujing.recruitment.campaigns.services import campaign_cancel, campaign_draft, campaign_publish
from fujing.recruitment.retention.services import campaign_erase
from tests import factories
from tests.world.announcements import document, without_fitness
from tests.world.made import County
from tests.world.registry import applicant


def entrusted(actor: Actor, campaign: Campaign, **changes: Any) -> Entrustment:
    """The draft's contracts are signed by an institution, by a paper of today."""
    paper: dict[str, Any] = {
        "institution": "绵阳市人才发展有限公司",
        "kind": "hr_service",
        "signs": "entrusted",
        "document_number": "三公委〔2026〕1号",
        "document_date": today(),
        "document": SimpleUploadedFile("委托书.pdf", b"%PDF-1.4 entrusted"),
    }
    return entrustment_record(actor=actor, campaign=campaign, **paper | changes)


def consult(made: County) -> None:
    """An entrusted recruitment without fitness test, which 人社 was asked about and has not answered."""
    with acting(factories.PROVINCIAL):
        factories.partner(made.code, "hrss")
    # The department reads who asked, so the clerk has another name than the applicant.
    clerk = replace(made.hr, name="人事经办")
    with acting(clerk):
        words = without_fitness(title="公开招聘无人机操控辅警公告")
        draft = campaign_draft(actor=clerk, document=words, plan=made.campaign.plan)
        entrusted(clerk, draft)
        consents_ask(actor=clerk, campaign=draft)
        made.consent = draft.consents.get()


def forget(made: County) -> None:
    """A campaign of long ago, whose only applicant's data was kept as long as stated."""
    with acting(made.head):
        plan = made.campaign.plan
        campaign = campaign_draft(actor=made.head, document=document(title=f"{made.campaign.title}（往年）"), plan=plan)
        campaign = campaign_publish(actor=made.head, campaign=campaign)
    person = applicant(f"{made.application.name}二", made.serial, "19970416")
    with acting(person):
        application = application_save(
            actor=person, campaign=campaign, position=campaign.positions.get(), facts={"education": "bachelor"}
        )
        application_submit(actor=person, application=application)
    with acting(made.head):
        campaign = campaign_cancel(actor=made.head, campaign=campaign, reason="用人计划调整")
        Campaign.objects.filter(pk=campaign.pk).update(ended_on=today() - timedelta(days=400))
        campaign_erase(actor=made.head, campaign=Campaign.objects.get(pk=campaign.pk))
