"""人社 of the same level consents before an announcement that needs it is public, and to nothing else (17.p1, 21.p2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.consents import campaign_revise, consent_decide, consents_ask
from fujing.recruitment.campaigns.models import Campaign, Consent
from fujing.recruitment.campaigns.queries import waiting_consents
from fujing.recruitment.campaigns.services import campaign_cancel, campaign_draft, campaign_publish
from fujing.recruitment.campaigns.states import CAMPAIGN, CONSENT, ConsentState
from fujing.recruitment.plans.services import Paper
from fujing.registry.states import Role
from tests import factories, world
from tests.factories import MIANYANG, SANTAI, YANTING, territorial

CLERK = replace(territorial(SANTAI, "hr_officer"), account_id=301)
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=302)
JOINT = {"organiser": {"mode": "joint_hrss", "with": "三台县人力资源和社会保障局"}}


DOCUMENTS: dict[str, Callable[[], dict[str, Any]]] = {
    "joint": lambda: world.document(**JOINT),
    "simplified": world.without_fitness,
    "both": lambda: world.without_fitness(**JOINT),
}


@dataclass
class Scene:
    """A county with an approved plan, and the department beside it."""

    plan: Any
    hrss: Actor

    def draft(self, document: dict[str, Any]) -> Campaign:
        with acting(CLERK):
            return campaign_draft(actor=CLERK, document=document, plan=self.plan)

    def asked(self, kind: str = "both") -> Campaign:
        draft = self.draft(DOCUMENTS[kind]())
        with acting(CLERK):
            return consents_ask(actor=CLERK, campaign=draft)

    def questions(self, campaign: Campaign) -> list[Consent]:
        with acting(HEAD):
            return list(Consent.objects.filter(campaign=campaign).order_by("id"))

    def answer(self, consent: Consent, verb: str = "pass", **said: Any) -> Consent:
        said = {"number": "三人社函〔2026〕5号", "opinion": "岗位条件过宽"} | said
        with acting(self.hrss), transaction.atomic():
            return consent_decide(actor=self.hrss, consent=consent, verb=verb, **said)

    def agreed(self, kind: str = "both") -> Campaign:
        campaign = self.asked(kind)
        for consent in self.questions(campaign):
            self.answer(consent)
        return now(campaign)


@pytest.fixture
def scene(db: None) -> Scene:
    plan = factories.approved_plan(SANTAI, count=3)
    with acting(factories.PROVINCIAL):
        department = factories.partner(SANTAI, "hrss")
    return Scene(plan, replace(territorial(department.code, "partner_hrss"), account_id=303, lo=None, hi=None))


def now(campaign: Campaign) -> Campaign:
    with acting(HEAD):
        return Campaign.objects.get(pk=campaign.pk)


def publish(campaign: Campaign) -> Campaign:
    with acting(HEAD), transaction.atomic():
        return campaign_publish(actor=HEAD, campaign=campaign)


def paper(**changes: Any) -> Paper:
    with acting(HEAD):
        upload = SimpleUploadedFile("复函.pdf", b"%PDF-1.4 consent")
        scan = file_store(actor=HEAD, organ_code=SANTAI, upload=upload)
    return replace(Paper("三人社函〔2026〕6号", today(), scan), **changes)


@pytest.mark.parametrize(("kind", "provision"), [("joint", "17.p1"), ("simplified", "21.p2"), ("both", "17.p1")])
def test_nothing_is_published_before_the_department_consents(scene: Scene, kind: str, provision: str) -> None:
    with pytest.raises(Refusal, match="人力资源社会保障部门同意") as refused:
        publish(scene.draft(DOCUMENTS[kind]()))
    assert refused.value.provisions == (provision,)


@pytest.mark.parametrize(("kind", "provision"), [("joint", "17.p1"), ("simplified", "21.p2"), ("both", "17.p1")])
def test_the_database_publishes_nothing_without_consent(scene: Scene, kind: str, provision: str) -> None:
    draft = scene.draft(DOCUMENTS[kind]())
    with acting(HEAD), pytest.raises(Refusal) as refused, speaking(), transaction.atomic():
        Campaign.objects.filter(pk=draft.pk).update(
            state="published", published_at="2026-01-10T09:00+08:00", published_by="某人"
        )
    assert refused.value.provisions == (provision,)


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_with_every_consent_the_announcement_is_published(scene: Scene, kind: str) -> None:
    agreed = scene.agreed(kind)
    assert agreed.state == "agreed"
    assert publish(agreed).state == "published"


def test_one_of_two_consents_is_not_enough(scene: Scene) -> None:
    campaign = scene.asked()
    scene.answer(scene.questions(campaign)[0])
    assert now(campaign).state == "asked"
    with pytest.raises(Refusal, match="待人社部门同意"):
        publish(campaign)


def test_a_consent_that_was_typed_in_counts_for_nothing(scene: Scene) -> None:
    document = world.without_fitness()
    document["simplified"]["consent"] = {"by": "三台县人社局", "number": "三人社〔2026〕1号", "date": "2026-01-10"}
    draft = scene.draft(document)
    assert draft.document["simplified"] == {"dropped": ["fitness"]}
    with pytest.raises(Refusal, match="简化招聘程序"):
        publish(draft)


def test_the_departments_answer_is_what_the_announcement_prints(scene: Scene) -> None:
    campaign = scene.agreed("simplified")
    assert campaign.document["simplified"]["consent"] == {
        "by": "三台县人力资源和社会保障局",
        "number": "三人社函〔2026〕5号",
        "date": today().isoformat(),
    }
    assert not [finding for finding in campaign.findings if finding["outcome"] == "violated"]
    (consent,) = scene.questions(campaign)
    assert (consent.dropped, consent.decided_by_id, consent.on_behalf) == (["fitness"], 303, False)


def test_a_simplification_is_consented_to_by_number(scene: Scene) -> None:
    (consent,) = scene.questions(scene.asked("simplified"))
    with pytest.raises(Refusal) as refused:
        scene.answer(consent, number=" ")
    assert list(refused.value.errors) == ["number"]
    with acting(HEAD), pytest.raises(Refusal, match="应有文号和日期"), speaking():
        Consent.objects.filter(pk=consent.pk).update(
            state="passed", decided_by="某人", decided_at="2026-01-10T09:00+08:00", document_date="2026-01-10"
        )


def test_joint_organisation_needs_no_number(scene: Scene) -> None:
    (consent,) = scene.questions(scene.asked("joint"))
    assert scene.answer(consent, number="").document_date == today()


def test_a_return_needs_its_reason_and_gives_the_draft_back(scene: Scene) -> None:
    campaign = scene.asked()
    first, second = scene.questions(campaign)
    with pytest.raises(Refusal) as refused:
        scene.answer(first, "return", opinion=" ")
    assert list(refused.value.errors) == ["opinion"]
    scene.answer(first, "return")
    assert now(campaign).state == "draft"
    assert [each.state for each in scene.questions(campaign)] == ["returned", "lapsed"]
    with pytest.raises(Refusal, match="不能办理此步骤"):
        scene.answer(second)


def test_after_a_return_the_whole_announcement_is_asked_about_again(scene: Scene) -> None:
    campaign = scene.asked()
    first, second = scene.questions(campaign)
    scene.answer(second)
    scene.answer(first, "return")
    assert "consent" not in now(campaign).document["simplified"]
    with acting(CLERK):
        consents_ask(actor=CLERK, campaign=campaign)
    states = [each.state for each in scene.questions(campaign)]
    assert states == ["returned", "lapsed", "waiting", "waiting"]


def test_consent_may_be_taken_back_until_publication_and_not_after(scene: Scene) -> None:
    campaign = scene.agreed("joint")
    (consent,) = scene.questions(campaign)
    scene.answer(consent, "return", opinion="岗位人数有误")
    assert now(campaign).state == "draft"
    with acting(CLERK):
        consents_ask(actor=CLERK, campaign=campaign)
    consent = scene.questions(campaign)[-1]
    scene.answer(consent)
    publish(campaign)
    with pytest.raises(Refusal, match="公告已发布"):
        scene.answer(consent, "return")
    with acting(HEAD), pytest.raises(Refusal, match="公告已发布"), speaking():
        Consent.objects.filter(pk=consent.pk).update(state="returned", opinion="改")


def test_changed_words_need_a_new_consent(scene: Scene) -> None:
    campaign = scene.agreed("joint")
    with acting(CLERK):
        with pytest.raises(Refusal, match="撤回修改"):
            campaign_draft(actor=CLERK, document=world.document(), plan=scene.plan, campaign=campaign)
        campaign = campaign_revise(actor=CLERK, campaign=campaign)
        assert campaign.state == "draft"
        changed = world.document(title="改过的公告", **JOINT)
        campaign = campaign_draft(actor=CLERK, document=changed, plan=scene.plan, campaign=campaign)
    with pytest.raises(Refusal, match="共同组织招聘"):
        publish(campaign)


def test_the_database_compares_the_words_too(scene: Scene) -> None:
    campaign = scene.agreed("simplified")
    document = {**campaign.document, "title": "改过的公告"}
    with acting(HEAD), pytest.raises(Refusal, match="第二十一条第二款"), speaking():
        Campaign.objects.filter(pk=campaign.pk).update(
            document=document, state="published", published_at="2026-01-10T09:00+08:00", published_by="某人"
        )


def test_giving_the_campaign_up_voids_what_was_asked(scene: Scene) -> None:
    campaign = scene.asked("joint")
    with acting(HEAD):
        campaign_cancel(actor=HEAD, campaign=campaign, reason="用人计划调整")
    assert [each.state for each in scene.questions(campaign)] == ["lapsed"]
    with acting(scene.hrss):
        assert not waiting_consents(scene.hrss).exists()


def test_nobody_is_asked_to_consent_to_a_breach(scene: Scene) -> None:
    document = world.without_fitness()
    document["positions"][0]["scarce"] = None
    draft = scene.draft(document)
    with acting(CLERK), pytest.raises(Refusal, match="不符合办法") as refused:
        consents_ask(actor=CLERK, campaign=draft)
    assert "21.p2" in refused.value.provisions


def test_publicity_is_not_dropped_with_any_consent(scene: Scene) -> None:
    document = world.without_fitness()
    document["simplified"]["dropped"] = ["publicity"]
    draft = scene.draft(document)
    with acting(CLERK), pytest.raises(Refusal) as refused:
        consents_ask(actor=CLERK, campaign=draft)
    assert "21.p1" in refused.value.provisions


def test_an_announcement_of_the_bureau_alone_asks_nobody(scene: Scene) -> None:
    draft = scene.draft(world.document())
    with acting(CLERK), pytest.raises(Refusal, match="不需要人社部门同意"):
        consents_ask(actor=CLERK, campaign=draft)
    assert publish(draft).state == "published"


def test_a_department_of_another_level_or_place_decides_nothing(scene: Scene) -> None:
    (consent,) = scene.questions(scene.asked("joint"))
    with acting(factories.PROVINCIAL):
        others = [factories.partner(code, "hrss").code for code in (MIANYANG, YANTING)]
        others += [factories.partner(SANTAI, "finance").code, SANTAI]
    for code in others:
        wrong = replace(scene.hrss, organ_code=code)
        with acting(wrong):
            assert not Consent.objects.filter(assigned_organ=consent.assigned_organ).exists() or code == SANTAI
        with acting(wrong), pytest.raises(NotAllowed, match="办理"):
            consent_decide(actor=wrong, consent=consent, verb="pass")


@pytest.mark.parametrize("kind", ["finance", "city"])
def test_the_database_asks_only_the_same_levels_department(scene: Scene, kind: str) -> None:
    (consent,) = scene.questions(scene.asked("joint"))
    with acting(factories.PROVINCIAL):
        wrong = factories.partner(MIANYANG, "hrss") if kind == "city" else factories.partner(SANTAI, "finance")
    campaign = scene.draft(DOCUMENTS["joint"]())
    consent.pk, consent.campaign, consent.assigned_organ = None, campaign, wrong.code
    with acting(CLERK), pytest.raises(Refusal, match="同级人力资源社会保障部门"), speaking():
        consent.save(force_insert=True)


def test_a_paper_decision_has_number_date_scan_and_says_so_forever(scene: Scene) -> None:
    campaign = scene.asked("simplified")
    (consent,) = scene.questions(campaign)
    everything = ["document_number", "document_date", "scan"]
    for incomplete, fields in (
        (None, everything),
        (Paper(), everything),
        (paper(scan=None), ["scan"]),
        (paper(document_number=" "), ["document_number"]),
        (paper(document_date=today() + timedelta(days=1)), ["document_date"]),
    ):
        with acting(HEAD), pytest.raises(Refusal) as refused:
            consent_decide(actor=HEAD, consent=consent, verb="record_pass", paper=incomplete)
        assert list(refused.value.errors) == fields
    with acting(HEAD):
        consent = consent_decide(actor=HEAD, consent=consent, verb="record_pass", paper=paper())
        assert (consent.on_behalf, consent.document_number) == (True, "三人社函〔2026〕6号")
        for change in (
            {"on_behalf": False},
            {"document_number": "改"},
            {"dropped": ["medical"]},
            {"document": {}},
            {"decided_by": "改"},
        ):
            with pytest.raises(Refusal, match="不得更改"), speaking(), transaction.atomic():
                Consent.objects.filter(pk=consent.pk).update(**change)
        with pytest.raises(Refusal, match="不得更改"), speaking(), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).delete()
    assert publish(campaign).state == "published"


@pytest.mark.parametrize(
    ("actor", "change", "sentence"),
    [
        (HEAD, {"on_behalf": True, "document_number": "1", "document_date": "2026-01-10"}, "扫描件"),
        (HEAD, {"state": "returned", "decided_by": "x", "decided_at": "2026-01-10T09:00+08:00"}, "理由"),
        (HEAD, {"state": "passed", "document_date": "2026-01-10"}, "办理人和时间"),
        (HEAD, {"decided_by": "x", "decided_by_id": 9}, "办理账号只能是当前登录的账号"),
        (CLERK, {"decided_by": "x"}, "送办过本公告的人不能审批"),
    ],
    ids=[
        "paper without scan",
        "return without reason",
        "decided by nobody",
        "decided by another",
        "decided by who asked",
    ],
)
def test_the_database_keeps_no_half_answer(scene: Scene, actor: Actor, change: dict[str, Any], sentence: str) -> None:
    (consent,) = scene.questions(scene.asked("joint"))
    with acting(actor), pytest.raises(Refusal, match=sentence), speaking():
        Consent.objects.filter(pk=consent.pk).update(**change)


def test_the_database_wants_the_dropped_steps_named_and_one_question_a_purpose(scene: Scene) -> None:
    first, second = scene.questions(scene.asked())
    second.pk, second.dropped = None, []
    with acting(CLERK), pytest.raises(Refusal, match="写明简化掉的环节"), speaking(), transaction.atomic():
        second.save(force_insert=True)
    first.pk = None
    with acting(CLERK), pytest.raises(Refusal, match="已送人社部门"), speaking(), transaction.atomic():
        first.save(force_insert=True)


def test_whoever_asked_records_no_answer(scene: Scene) -> None:
    draft = scene.draft(DOCUMENTS["joint"]())
    with acting(HEAD):
        consents_ask(actor=HEAD, campaign=draft)
    (consent,) = scene.questions(draft)
    with acting(HEAD), pytest.raises(NotAllowed, match="送办过本公告的人不能审批"):
        consent_decide(actor=HEAD, consent=consent, verb="record_pass", paper=paper())


def test_each_role_answers_exactly_as_the_table_says(scene: Scene) -> None:
    (waiting,) = scene.questions(scene.asked("joint"))
    scan = paper()
    for role, verb in product(Role.values, ["pass", "return", "record_pass", "record_return"]):
        base = HEAD if verb.startswith("record_") else scene.hrss
        actor = replace(base, roles=frozenset({role}), account_id=999)
        allowed = role == ("hr_head" if verb.startswith("record_") else "partner_hrss")
        save = transaction.savepoint()
        with acting(actor):
            if allowed:
                done = consent_decide(actor=actor, consent=waiting, verb=verb, opinion="理由", paper=scan)
                assert done.state == ("passed" if verb.endswith("pass") else "returned")
            else:
                with pytest.raises(NotAllowed):
                    consent_decide(actor=actor, consent=waiting, verb=verb, opinion="理由", paper=scan)
        transaction.savepoint_rollback(save)


def test_the_tables_say_what_the_pages_offer() -> None:
    assert {move.verb for move in CONSENT.from_state(ConsentState.PASSED)} == {"return", "lapse"}
    assert {move.verb for move in CAMPAIGN.from_state("asked")} == {"agree", "return", "revise", "cancel"}


def test_the_department_reads_its_question_and_no_campaign_or_applicant(scene: Scene) -> None:
    campaign = scene.asked()
    with acting(scene.hrss):
        assert [each.document["title"] for each in waiting_consents(scene.hrss)] == [campaign.title] * 2
        assert not Campaign.objects.filter(pk=campaign.pk).exists()
        assert not Application.objects.exists()
        assert Consent.objects.update(opinion="改") == 0


def test_each_answer_is_in_the_register_of_decisions(scene: Scene) -> None:
    campaign = scene.asked()
    first, second = scene.questions(campaign)
    scene.answer(first, opinion="")
    scene.answer(second, "return")
    with acting(HEAD):
        made = Decision.objects.filter(subject_table="campaigns_campaign", subject_id=campaign.pk).order_by("id")
        told = [(each.outcome, each.provisions, each.decided_by_id) for each in made]
    assert told == [("同意", ["17.p1"], 303), ("退回", ["21.p2"], 303)]
