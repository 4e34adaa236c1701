"""What 人社 of the same level is asked about an announcement, its answer, and the institution entrusted (17.p1, 21.p2, 22)."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from fujing.kernel.actor import Actor, within
from fujing.kernel.approvals import Case, Paper, answer, check_verb, recorded
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.recruitment.campaigns.models import Campaign, Consent, Entrustment
from fujing.recruitment.campaigns.papers import request_facts
from fujing.recruitment.campaigns.policies import check_entrust, only_the_organ
from fujing.recruitment.campaigns.queries import department_of
from fujing.recruitment.campaigns.readiness import asked_about, check_ready, findings_of, purposes_of
from fujing.recruitment.campaigns.states import (
    CAMPAIGN,
    CONSENT,
    PROVISION_OF,
    ConsentPurpose,
    ConsentState,
    InstitutionKind,
    Signer,
)
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind

OPEN = (ConsentState.WAITING, ConsentState.PASSED)


def consents_ask(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Send the draft to 人社 of the same level, one question a purpose (17.p1, 21.p2).

    Refused while the announcement breaks the Measures otherwise: nobody is asked to consent to that.
    """
    campaign = relocked(campaign)
    move = CAMPAIGN.check(actor, campaign.state, "ask")
    only_the_organ(actor, campaign.organ_code, "送人社部门")
    purposes = purposes_of(campaign.document)
    if not purposes:
        raise Refusal("本公告不需要人社部门同意，可以直接发布。", provisions=("17.p1",))
    check_ready(campaign)
    department = department_of(campaign.organ_code)
    if department is None:
        raise Refusal("尚未登记同级人力资源社会保障部门，请系统管理员先登记。", provisions=(PROVISION_OF[purposes[0]],))
    organ = Organ.objects.get(pk=campaign.organ_code)
    number = (campaign.consents.aggregate(last=Max("round"))["last"] or 0) + 1
    campaign.wrote(actor)
    campaign.state = move.target
    campaign.save()
    for purpose in purposes:
        simplified = purpose is ConsentPurpose.SIMPLIFIED
        consent = Consent(
            organ_code=campaign.organ_code,
            campaign=campaign,
            purpose=purpose,
            document=asked_about(campaign.document),
            assigned_organ=department.code,
            assigned_name=department.name,
            dropped=campaign.document["simplified"].get("dropped", []) if simplified else [],
            asked_by=actor.name,
            asked_by_id=actor.account_id or 0,
            authors=campaign.authors,
            round=number,
        )
        consent.freeze(request_facts(consent, organ.name))
        consent.full_clean()
        consent.save()
    return campaign


def case_of(consent: Consent) -> Case:
    """The question as something to decide on: its authors are those of the announcement and who sent it."""
    return Case(CONSENT, consent.state, consent.authors, consent.organ_code, "公告", consent.digest)


def consent_decide(
    *,
    actor: Actor,
    consent: Consent,
    verb: str,
    opinion: str = "",
    number: str = "",
    paper: Paper | None = None,
    seen: str = "",
) -> Consent:
    """Answer one question: `pass` or `return`, each also as `record_…` for a paper decision (8.p2).

    A return, also of a consent that was given, sends the announcement back to the bureau and voids the other
    answers; after publication it is refused. `number` is the consent's own, needed for a simplified procedure.
    Whoever wrote into the announcement or sent it can't answer.
    """
    check_verb(verb)
    with within(actor, *territory_of(consent.organ_code)):
        (campaign,) = locked(Campaign.objects.filter(pk=consent.campaign_id))
        consent = relocked(consent)
        if campaign.published_at is not None:
            raise Refusal("公告已发布，不能再退回或者收回同意。", provisions=(PROVISION_OF[consent.purpose],))
        move = answer(
            actor=actor,
            case=case_of(consent),
            row=consent,
            verb=verb,
            opinion=opinion,
            number=number,
            paper=paper,
            numbered=consent.purpose == ConsentPurpose.SIMPLIFIED,
            seen=seen,
        )
        if move.target == ConsentState.PASSED:
            _agree(actor, campaign, consent)
        else:
            _take_back(campaign, CAMPAIGN.check(actor, campaign.state, "return").target)
        purpose = consent.get_purpose_display()
        decide(
            actor=actor,
            organ_code=consent.organ_code,
            kind="人社部门意见",
            subject=campaign,
            outcome=move.label,
            message=f"{purpose}：{move.label}" + (f"，{consent.opinion}" if consent.opinion else ""),
            provisions=[PROVISION_OF[consent.purpose], *(["8.p2"] if recorded(verb) else [])],
            facts={
                "number": consent.document_number,
                "date": str(consent.document_date or ""),
                "dropped": consent.dropped,
                "paper": recorded(verb),
            },
        )
        return consent


def _agree(actor: Actor, campaign: Campaign, consent: Consent) -> None:
    """Write the consent into the announcement; with the last one the announcement may be published."""
    if consent.purpose == ConsentPurpose.SIMPLIFIED:
        campaign.document["simplified"]["consent"] = {
            "by": consent.assigned_name,
            "number": consent.document_number,
            "date": (consent.document_date or today()).isoformat(),
        }
        campaign.document["simplified"]["consent"] = {
            key: value for key, value in campaign.document["simplified"]["consent"].items() if value
        }
        campaign.findings = findings_of(campaign.document)
    if not campaign.consents.filter(state=ConsentState.WAITING).exists():
        campaign.state = CAMPAIGN.check(actor, campaign.state, "agree").target
    campaign.save()


def _take_back(campaign: Campaign, target: str) -> None:
    consents_lapse(campaign)
    campaign.state = target
    campaign.document = asked_about(campaign.document)
    campaign.findings = findings_of(campaign.document)
    campaign.save()


def consents_lapse(campaign: Campaign) -> None:
    """Void what 人社 was asked about an unpublished announcement that goes back or is given up."""
    for consent in locked(campaign.consents.filter(state__in=OPEN)):
        consent.state = ConsentState.LAPSED
        consent.save(update_fields=["state"])


def campaign_revise(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Take the announcement back from 人社 to change it; consents already given lapse, since they were to other words."""
    campaign = relocked(campaign)
    move = CAMPAIGN.check(actor, campaign.state, "revise")
    only_the_organ(actor, campaign.organ_code, "撤回修改公告")
    _take_back(campaign, move.target)
    return campaign


def entrustment_record(
    *,
    actor: Actor,
    campaign: Campaign,
    institution: str,
    kind: str,
    signs: str,
    document_number: str,
    document_date: date,
    document: UploadedFile | None = None,
) -> Entrustment:
    """Record to whom the recruitment is entrusted, and by which paper; the announcement says the same (22).

    Refused for an internal or dispatched body of the police (17.p2), for a labour-dispatch firm that would sign
    the contracts (22), and without the paper.
    """
    check_entrust(actor, campaign)
    campaign = relocked(campaign)
    if campaign.state != "draft":
        raise Refusal("公告送办或者发布后，委托不得更改。", provisions=("22",), remedy="可先撤回修改公告。")
    made = Entrustment.objects.filter(campaign=campaign).first() or Entrustment(
        organ_code=campaign.organ_code, campaign=campaign
    )
    errors: dict[str, list[str]] = {}
    own_body = Organ.objects.filter(kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION])
    if own_body.filter(name=institution).exists() or kind == InstitutionKind.INTERNAL:
        errors["kind"] = ["公安机关内设机构、派出机构不得自行聘用，不能受委托（第十七条第二款）。"]
    if kind == InstitutionKind.LABOUR_DISPATCH and signs == Signer.ENTRUSTED:
        errors["signs"] = ["劳务派遣单位签订的是派遣合同，不能受委托签订劳动合同（第二十二条）。请由公安机关签订。"]
    if document_date > today():
        errors["document_date"] = ["委托日期不能晚于今天。"]
    if document is None and made.document_id is None:
        errors["document"] = ["请上传委托文件。"]
    if errors:
        raise Refusal("委托未登记。", provisions=("22",), errors=errors)
    if document is not None:
        made.document = file_store(actor=actor, organ_code=campaign.organ_code, upload=document)
    made.institution, made.kind, made.signs = institution.strip(), kind, signs
    made.document_number, made.document_date, made.recorded_by = document_number, document_date, actor.name
    made.full_clean()
    made.save()
    campaign.wrote(actor)
    campaign.document["organiser"] = {"mode": "entrusted", "with": made.institution, "signs": made.signs}
    campaign.findings = findings_of(campaign.document)
    campaign.save()
    decide(
        actor=actor,
        organ_code=campaign.organ_code,
        kind="登记委托",
        subject=campaign,
        outcome="登记",
        message=f"委托{made.institution}（{made.document_number}），劳动合同由{made.get_signs_display()}签订",
        provisions=["17.p1", "22"],
        facts={"date": str(document_date)},
    )
    return made
