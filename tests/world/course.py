"""The one way from application to publicity, step by step; whoever needs a later state walks it from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.services import (
    check_conclude,
    check_open,
    conflict_declare,
    finding_record,
    findings_open,
)
from fujing.recruitment.background.states import GROUNDS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_move
from fujing.recruitment.medical.services import exams_arrange, exams_pass
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.registry.models import Account
from tests.world.made import County

RESULTS = (("笔试", 88), ("体能测试", "合格"), ("面试", 90))


def pass_medical(actor: Actor, *applications: Application) -> None:
    """The hospital finds everybody fit, on one list."""
    with acting(actor):
        campaign = applications[0].campaign
        exams = exams_arrange(
            actor=actor, campaign=campaign, applications=applications, hospital="三台县人民医院", exam_on=today()
        )
        paper = SimpleUploadedFile("体检结论.pdf", b"%PDF-1.4 fit")
        exams_pass(actor=actor, campaign=campaign, exams=exams, document=paper)


def clear_background(made: County) -> BackgroundCheck:
    """Two checkers find nothing; the personnel head concludes."""
    with acting(made.head):
        application = Application.objects.get(pk=made.application.pk)
        accounts = [Account.objects.get(pk=checker.account_id) for checker in made.checkers]
        check = check_open(actor=made.head, application=application, first=accounts[0], second=accounts[1])
    for checker in made.checkers:
        with acting(checker):
            conflict_declare(actor=checker, check=check, conflict=False)
            for ground in GROUNDS:
                finding_record(actor=checker, check=check, provision=ground, exists=False, evidence="")
    with acting(made.head):
        return check_conclude(actor=made.head, check=check, adverse=False)


def score_sheet(results: Mapping[int, Iterable[tuple[str, object]]]) -> SimpleUploadedFile:
    """The file of scores: per application its stages, as the sheet names them, with their values."""
    rows = [f"{pk},{stage},,{value}" for pk, lines in results.items() for stage, value in lines]
    return SimpleUploadedFile("scores.csv", "\n".join(["报名序号,环节,科目,成绩", *rows, ""]).encode())


def qualify(made: County) -> None:
    """The review finds the applicant qualified."""
    with acting(made.hr):
        application_review(actor=made.hr, application=made.application, verb="qualify")


def close(made: County) -> None:
    """Registration is closed."""
    with acting(made.hr):
        campaign_move(actor=made.hr, campaign=made.campaign, verb="close")
        made.campaign.refresh_from_db()


def score(made: County) -> None:
    """Every exam of the applicant is passed."""
    with acting(made.hr):
        upload = score_sheet({made.application.pk: RESULTS})
        scores_import(actor=made.hr, campaign=made.campaign, upload=upload)


def rank(made: County) -> None:
    """The ranking is computed."""
    with acting(made.hr):
        ranking_compute(actor=made.hr, campaign=made.campaign)


def check(made: County) -> None:
    """Two checkers find nothing, the hospital finds the applicant fit, the head reads both."""
    background = clear_background(made)
    pass_medical(made.head, made.application)
    with acting(made.head):
        findings_open(actor=made.head, check=background, reason="作出结论")


def publicise(made: County) -> None:
    """The only candidate is made public from today."""
    with acting(made.head):
        publicity_start(actor=made.head, campaign=made.campaign)
        made.campaign = Campaign.objects.get(pk=made.campaign.pk)


STEPS = {
    "qualified": qualify,
    "closed": close,
    "scored": score,
    "ranked": rank,
    "checked": check,
    "publicised": publicise,
}


def walk(made: County, until: str, *, after: str = "") -> County:
    """The course of a county's one applicant by its lawful steps, up to and with `until`; `after` is already done."""
    names = list(STEPS)
    start = names.index(after) + 1 if after else 0
    for name in names[start : names.index(until) + 1]:
        STEPS[name](made)
    return made
