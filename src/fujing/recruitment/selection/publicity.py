"""公示: names made public before anybody is hired, and the objections raised meanwhile (21.p1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.calendar import term_ends
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import relocked
from fujing.kernel.numbers import bare
from fujing.kernel.privacy import masked
from fujing.kernel.refusals import Refusal, stated
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.campaigns.services import campaign_step
from fujing.recruitment.campaigns.states import CAMPAIGN
from fujing.recruitment.medical.queries import medical_stage, medically_fit
from fujing.recruitment.selection.models import Candidate, Objection, Publicised, PublicityNotice, Ranking
from fujing.recruitment.selection.queries import (
    background_cleared,
    candidates_of,
    latest_ranking,
    notices_of,
    publicity_pending,
    score_checks_of,
    scores_changed_since,
)
from fujing.recruitment.selection.states import OBJECTION, CandidateStatus, ScoreCheckState
from fujing.registry.models import territory_of


def publicity_ends(starts: date, days: int, unit: str) -> date:
    """Last day of publicity, inclusive, counting the first day; working days follow the statutory calendar."""
    return term_ends(starts - timedelta(days=1), days, unit)


def publicity_start(
    *, actor: Actor, campaign: Campaign, days: int | None = None, unit: str = "working"
) -> PublicityNotice:
    """Make the hire list public. Its days come from the announcement; one that states none needs `days` now."""
    campaign = campaign_step(actor=actor, campaign=campaign, verb="publicise")
    ranking = latest_ranking(campaign)
    if ranking is None:
        raise Refusal("还没有排名，不能公示。", provisions=("21.p1",))
    if scores_changed_since(ranking):
        raise Refusal(
            "排名之后成绩有录入或更正，不能按旧的排名公示。", provisions=("21.p1",), remedy="重新计算排名后再公示。"
        )
    asked = score_checks_of(campaign).filter(state=ScoreCheckState.OPEN).count()
    if asked:
        raise Refusal(
            f"还有 {asked} 份成绩复核没有答复，不能公示。",
            provisions=("21.p1",),
            remedy="答复后再公示；更正了成绩的，重新计算排名。",
        )
    chosen = list(candidates_of(ranking).filter(status=CandidateStatus.HIRE))
    if not chosen:
        raise Refusal("排名中没有拟聘用人员，不能公示。", provisions=("21.p1",))
    return notice_post(actor=actor, ranking=ranking, chosen=chosen, days=days, unit=unit)


def notice_post(
    *, actor: Actor, ranking: Ranking, chosen: Sequence[Candidate], days: int | None, unit: str
) -> PublicityNotice:
    """One notice with these names, from today on. Only for services that decided who takes a place."""
    campaign = ranking.campaign
    _all_through(campaign, chosen)
    stage = next((each for each in campaign.announcement.stages or () if each.kind == "publicity"), None)
    if stage is not None and stage.days:
        days, unit = stage.days, stage.unit or "working"
    if not days:
        raise Refusal("公告没有写公示天数，请填写。", provisions=("21.p1",), errors={"days": ["请填写公示天数。"]})
    last = campaign.notices.aggregate(last=Max("number"))["last"] or 0
    notice = PublicityNotice(
        organ_code=campaign.organ_code,
        campaign=campaign,
        number=last + 1,
        ranking=ranking,
        starts=today(),
        ends=publicity_ends(today(), days, unit),
        made_by=actor.name,
        names=[_entry(each) for each in chosen],
    )
    notice.full_clean()
    notice.save()
    for each in chosen:
        Publicised.objects.create(
            organ_code=campaign.organ_code, notice=notice, application=each.application, account_id=each.account_id
        )
    return notice


def _all_through(campaign: Campaign, chosen: Sequence[Candidate]) -> None:
    """Refuse while anybody's examination or background check is not passed."""
    cleared, fit = background_cleared(campaign), medically_fit(campaign)
    for step, provision, waiting in (
        ("体检", "18.5", [x for x in chosen if medical_stage(campaign, x.position) and x.application_id not in fit]),
        ("考察", "20", [x for x in chosen if x.application_id not in cleared]),
    ):
        if waiting:
            names = "、".join(each.application.name for each in waiting[:10])
            raise Refusal(
                f"拟聘用人员中 {len(waiting)} 人{step}尚未合格：{names}。",
                provisions=("21.p1", provision),
                remedy=f"{step}有结论后再公示。",
            )


def _entry(candidate: Candidate) -> dict[str, object]:
    """What the public reads of one person: the name, the number masked, never a phone number."""
    return {
        "application": candidate.application_id,
        "position": candidate.position.code,
        "post": candidate.position.name,
        "name": candidate.application.name,
        "id_number": masked(candidate.application, "id_number"),
        "rank": candidate.rank,
        "total": bare(candidate.total) if candidate.total is not None else None,
    }


def campaign_finish(*, actor: Actor, campaign: Campaign) -> Campaign:
    """End a campaign. Refused while a publicity lasts or an objection is open (21.p1)."""
    CAMPAIGN.check(actor, campaign.state, "finish")
    notices: Sequence[PublicityNotice | None] = notices_of(campaign) or [None]
    for notice in notices:
        pending = publicity_pending(notice, "结束")
        if pending:
            raise Refusal(pending, provisions=("21.p1",))
    return campaign_step(actor=actor, campaign=campaign, verb="finish")


def objection_file(*, actor: Actor, notice: PublicityNotice, about: int, text: str, contact: str = "") -> str:
    """Anybody's objection to one application of a notice while it lasts; returns the receipt code."""
    if not notice.starts <= today() <= notice.ends:
        raise Refusal("现在不在公示期内。", provisions=("21.p1",))
    names = {entry["application"]: entry["name"] for entry in notice.names}
    if about not in names:
        raise Refusal("请选择公示名单中的人员。", errors={"about": ["请选择公示名单中的人员。"]})
    text = stated(text, "text", "请填写异议内容。")
    # Whoever objects may not read objections back: the row is written in the territory of the notice.
    with within(actor, *territory_of(notice.organ_code)):
        objection = Objection.objects.create(
            organ_code=notice.organ_code,
            notice=notice,
            application_id=about,
            about=names[about],
            text=text,
            contact=contact or None,
        )
    return objection.receipt


def objection_decide(*, actor: Actor, objection: Objection, verb: str, answer: str) -> Objection:
    """Answer an objection before anybody is hired: `uphold` keeps the person off the hire list."""
    objection = relocked(objection)
    move = OBJECTION.check(actor, objection.state, verb)
    only_the_organ(actor, objection.organ_code, "核查异议")
    answer = stated(answer, "answer", "请写明核查情况和答复。")
    objection.state, objection.answer, objection.answered_by = move.target, answer, actor.name
    objection.answered_at = timezone.now()
    objection.save()
    decide(
        actor=actor,
        organ_code=objection.organ_code,
        kind="公示异议",
        subject=objection,
        outcome=move.label,
        message=answer,
        provisions=["21.p1"],
    )
    return objection
