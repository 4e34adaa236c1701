"""The papers of a recruitment as Word and PDF, each for whoever sees the page beside it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from fujing.kernel.clock import today
from fujing.kernel.papers import Paper
from fujing.law.formats.scores import EXAMS
from fujing.law.parameters import Parameters
from fujing.recruitment.applications.models import BackgroundCheck
from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.exams.queries import admitted
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.papers import (
    admission_list,
    announcement_of,
    approval_form,
    fitness_sheet,
    labour_contract,
    medical_notice,
    publicity_paper,
    score_list,
)
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.queries import exams_of, reexamination_term
from fujing.recruitment.selection.models import Candidate
from fujing.recruitment.selection.queries import notices_of, scores_of, with_numbers
from fujing.registry.models import Contract
from fujing.web import values
from fujing.web.audience import HR
from fujing.web.desk.common import need
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


def campaign_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`kind` of KINDS, `of` a stage or the number of a notice, `as` docx or pdf."""
    campaign = campaign_for(need(request, *HR), pk)
    kind, of = values.words(request.GET, "kind") or "announcement", values.words(request.GET, "of")
    if kind not in KINDS or (kind in {"scores", "admitted"} and of not in EXAMS):
        raise Http404("没有这种文件")
    return printed(KINDS[kind](campaign, of), paper_kind(request))


def approval(request: HttpRequest, pk: int) -> HttpResponse:
    application = application_for(need(request, *HR), pk)
    candidate = Candidate.objects.filter(application=application, status="hire").order_by("-pk").first()
    if candidate is None:
        raise Http404("不在聘用名单中")
    of = {"application": application}
    paper = approval_form(
        application,
        candidate,
        BackgroundCheck.objects.filter(**of).first(),
        MedicalExam.objects.filter(**of).first(),
        Hire.objects.filter(**of).first(),
    )
    return printed(paper, paper_kind(request))


def contract(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    found = Contract.objects.filter(pk=pk, organ_code__range=(actor.lo or 0, actor.hi or 0))
    row = found.select_related("engagement__person").first()
    if row is None:
        raise Http404("没有这份合同")
    return printed(labour_contract(row), paper_kind(request))
