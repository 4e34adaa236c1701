"""The papers of a recruitment as Word and PDF, each for whoever sees the page beside it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse

from fujing.kernel.clock import today
from fujing.kernel.papers import Paper
from fujing.law.formats.scores import EXAMS
from fujing.law.parameters import Parameters
from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.background.queries import check_for
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.exams.queries import admitted
from fujing.recruitment.hiring.lists import listed_for_hire
from fujing.recruitment.hiring.papers import (
    admission_list,
    announcement_of,
    approval_form,
    fitness_sheet,
    medical_notice,
    publicity_paper,
    score_list,
)
from fujing.recruitment.hiring.queries import hire_of
from fujing.recruitment.medical.queries import exam_of, exams_of, reexamination_term
from fujing.recruitment.selection.queries import notices_of, scores_of, with_numbers
from fujing.web import values
from fujing.web.audience import HR
from fujing.web.doors import door
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed


def _scores(campaign: Campaign, stage: str) -> Paper:
    rows = list(
        scores_of(campaign)
        .filter(stage=stage, judge="")
        .select_related("application__position")
        .defer("application__id_number", "application__phone")
    )
    if not rows:
        raise Http404("还没有成绩")
    return score_list(campaign, stage, rows)


def _admitted(campaign: Campaign, stage: str) -> Paper:
    return admission_list(campaign, stage, with_numbers(admitted(campaign, stage)))


def _fitness(campaign: Campaign, _: str) -> Paper:
    stage = next((each for each in campaign.announcement.stages or () if each.kind == "fitness"), None)
    if stage is None:
        raise Http404("公告没有体能测试")
    return fitness_sheet(campaign, stage, admitted(campaign, "fitness"))


def _medical(campaign: Campaign, _: str) -> Paper:
    exams = list(exams_of(campaign).filter(state__in=["arranged", "recheck"]))
    if not exams:
        raise Http404("没有待体检的人员")
    return medical_notice(campaign, exams, reexamination_term(campaign, Parameters(today())))


def _publicity(campaign: Campaign, number: str) -> Paper:
    found = next((each for each in notices_of(campaign) if str(each.number) == (number or "1")), None)
    if found is None:
        raise Http404("还没有公示")
    return publicity_paper(found)


KINDS: dict[str, Callable[[Campaign, str], Paper]] = {
    "announcement": lambda campaign, _: announcement_of(campaign),
    "scores": _scores,
    "admitted": _admitted,
    "fitness": _fitness,
    "medical": _medical,
    "publicity": _publicity,
}


@door(*HR)
def campaign_paper(request: Request, pk: int) -> HttpResponse:
    """`kind` of KINDS, `of` a stage or the number of a notice, `as` docx or pdf."""
    campaign = campaign_for(request.actor, pk)
    kind, of = values.words(request.GET, "kind") or "announcement", values.words(request.GET, "of")
    if kind not in KINDS or (kind in {"scores", "admitted"} and of not in EXAMS):
        raise Http404("没有这种文件")
    return printed(KINDS[kind](campaign, of), paper_kind(request))


@door(*HR)
def approval(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    application = application_for(actor, pk)
    paper = approval_form(
        listed_for_hire(application), check_for(actor, application), exam_of(application), hire_of(application)
    )
    return printed(paper, paper_kind(request))
