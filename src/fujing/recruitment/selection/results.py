"""成绩公布和复核: an applicant reads their own results, and may have them checked against the paper (21.p1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import relocked
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, stated
from fujing.law.announcements.wording import number
from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.selection.models import OWN_SCORE, ScoreCheck, ScoreRelease, StageScore
from fujing.recruitment.selection.parts import lines_of
from fujing.recruitment.selection.policies import check_ask_again, check_score
from fujing.recruitment.selection.queries import released, scores_of
from fujing.recruitment.selection.states import SCORE_CHECK
from fujing.registry.models import territory_of
from fujing.registry.tasks import tell


@dataclass(frozen=True, slots=True)
class Result:
    """One's own result of a stage. `scores` are (subject, score); judges are not named. `may_ask` is about today."""

    release: ScoreRelease
    label: str
    scores: list[tuple[str, str]]
    check: ScoreCheck | None
    may_ask: bool
    # What the announcement says for one's own post, as (label, words), and how many of the post have a result.
    measures: tuple[tuple[str, str], ...] = ()
    entered: int | None = None


def scores_release(*, actor: Actor, campaign: Campaign, stage: str, check_until: date) -> ScoreRelease:
    """Tell everybody who sat a stage their own result; they may ask for a re-check until that day, inclusive."""
    check_score(actor, campaign.organ_code, "公布成绩")
    campaign = relocked(campaign)
    if campaign.state != "closed":
        raise Refusal("报名截止后、公示前才能公布成绩。", provisions=("21.p1",))
    if stage not in EXAMS or not scores_of(campaign).filter(stage=stage).exists():
        raise Refusal("这个环节还没有成绩，不能公布。", provisions=("21.p1",))
    if check_until < today():
        raise Refusal(
            "申请复核的截止日不能早于今天。", provisions=("21.p1",), errors={"check_until": ["截止日不能早于今天。"]}
        )
    posts = scores_of(campaign).filter(stage=stage).order_by().values_list("application__position__code")
    release = ScoreRelease(
        organ_code=campaign.organ_code,
        campaign=campaign,
        stage=stage,
        check_until=check_until,
        released_by=actor.name,
        entered=dict(posts.annotate(number=Count("application", distinct=True))),
    )
    release.full_clean()
    release.save()
    sat = scores_of(campaign).filter(stage=stage).values_list("application__account_id", flat=True)
    tell(sat, f"您报名的《{campaign.title}》{STAGE_LABELS[stage]}成绩已公布，请登录“我的报名”查看。")
    return release


def own_results(actor: Actor, application: Application) -> list[Result]:
    """The released results of one's own application; the table itself shows an applicant nothing else."""
    if application.account_id != actor.account_id:
        return []
    checks = {row.stage: row for row in ScoreCheck.objects.filter(application=application)}
    scores: dict[str, list[tuple[str, str]]] = {}
    for row in StageScore.objects.filter(application=application).order_by("item", "id"):
        scores.setdefault(row.stage, []).append((row.item, row.score))
    open_now = application.campaign.state == "closed"
    return [
        Result(
            release,
            STAGE_LABELS[stage],
            scores[stage],
            checks.get(stage),
            open_now and stage not in checks and release.check_until >= today(),
            _measures(application, stage),
            release.entered.get(application.position.code),
        )
        for stage, release in released(application.campaign).items()
        if stage in scores
    ]


def _measures(application: Application, kind: str) -> tuple[tuple[str, str], ...]:
    """Full mark and pass line of a stage for the post and the sex of the applicant, as the announcement states them."""
    announcement = application.campaign.announcement
    post = announcement.position(application.position.code)
    said: list[tuple[str, str]] = []
    for stage in announcement.stages or ():
        if stage.kind != kind or (stage.positions is not None and post.code not in stage.positions):
            continue
        if stage.full:
            said.append(("满分", number(stage.full)))
        said += lines_of(announcement, post, stage, application.sex)
    return tuple(said)


def score_check_ask(*, actor: Actor, application: Application, stage: str, text: str) -> ScoreCheck:
    """Ask for a re-check of one's own released result, once a stage and until the day that was told."""
    check_ask_again(actor, application)
    application = Application.objects.select_related("campaign").get(pk=application.pk)
    if not any(result.release.stage == stage and result.may_ask for result in own_results(actor, application)):
        raise Refusal("现在不能申请复核这个环节的成绩。", provisions=("21.p1",))
    text = stated(text, "text", "请写明申请理由。")
    # An applicant's territory is empty: the request is written in the organ's, and the trigger looks at its tables.
    with within(actor, *territory_of(application.organ_code)):
        return ScoreCheck.objects.create(
            organ_code=application.organ_code,
            application=application,
            account_id=application.account_id,
            stage=stage,
            text=text,
        )


def score_check_answer(*, actor: Actor, check: ScoreCheck, verb: str, answer: str) -> ScoreCheck:
    """Answer a re-check: `confirm` a result that is right, `correct` one that was corrected since it was asked for.

    Whoever entered the result doesn't answer.
    """
    check = relocked(check)
    move = SCORE_CHECK.check(actor, check.state, verb)
    only_the_organ(actor, check.organ_code, "复核成绩")
    scores = StageScore.objects.filter(application=check.application_id, stage=check.stage)
    changes = HistoryEntry.objects.filter(
        tracked=StageScore._meta.db_table, row_id__in=scores.values("pk"), operation="update", at__gt=check.asked_at
    )
    if (verb == "correct") != changes.exists():
        raise Refusal(
            "申请复核后成绩没有更正过。" if verb == "correct" else "申请复核后成绩已经更正，不能答复为无误。",
            provisions=("21.p1",),
            remedy="先在成绩页写明理由更正成绩，再答复“成绩已更正”。" if verb == "correct" else "请答复“成绩已更正”。",
        )
    # Of a double entry both count.
    entered = {account for row in scores for account in row.entered_by_ids}
    if verb == "confirm" and actor.account_id in entered:
        raise NotAllowed(OWN_SCORE, provisions=("21.p1",))
    answer = stated(answer, "answer", "请写明复核情况。")
    check.state, check.answer, check.answered_by = move.target, answer, actor.name
    check.answered_at = timezone.now()
    check.save()
    decide(
        actor=actor,
        organ_code=check.organ_code,
        kind="成绩复核",
        subject=check,
        outcome=move.label,
        message=check.answer,
        provisions=["21.p1"],
        account_id=check.account_id,
    )
    return check
