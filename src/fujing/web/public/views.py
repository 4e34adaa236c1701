"""The public site: announcements, applying, one's own applications, publicity, progress by receipt."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now

from fujing.kernel.actor import Actor
from fujing.kernel.attempts import count_attempt, too_many
from fujing.kernel.clock import today
from fujing.kernel.files import INERT, file_content, file_response
from fujing.kernel.pictures import picture_small
from fujing.law.announcements.offered import offered
from fujing.law.announcements.wording import (
    cutoff_words,
    grounds_words,
    post_words,
    printed_words,
    scoring_words,
    stage_words,
    terms_words,
)
from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import (
    WANTED,
    attachment_of,
    findings_of,
    own_application,
    own_application_to,
    own_applications,
)
from fujing.recruitment.applications.services import applicant_sign_up
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.campaigns.queries import published_campaign, registration_open
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.services import misconduct_answer
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.services import items_told
from fujing.recruitment.selection.models import PublicityNotice
from fujing.recruitment.selection.publicity import objection_file
from fujing.recruitment.selection.queries import notices_of
from fujing.recruitment.selection.results import score_check_ask
from fujing.web import values
from fujing.web.acts import Deeds, acts_of, perform, take
from fujing.web.audience import APPLICANTS, sees
from fujing.web.columns import Column, table_of
from fujing.web.form_pages import form_response
from fujing.web.limits import OBJECTIONS, REFUSED_SIGN_UPS, SIGN_UPS, refused, said
from fujing.web.public.forms import AnswerForm, ObjectionForm, SignUpForm
from fujing.web.public.own_acts import APPLYING, CHECKED, EXAMINED
from fujing.web.public.progress import progress_of
from fujing.web.public.receipts import LAST_RECEIPT
from fujing.web.requests import Request

# An examination that the applicant has to go to or to answer; and states in which the conditions are the question.
EXAM_DUE = {"arranged", "recheck", "told", "requested"}
IN_REVIEW = {"draft", "submitted", "returned", "rejected"}


def announcement(request: Request, pk: int) -> HttpResponse:
    campaign = published_campaign(pk)
    text = campaign.announcement
    context = {
        "campaign": campaign,
        "announcement": text,
        "posts": [(each, post_words(each)) for each in offered(text, today())],
        "stages": [stage_words(stage) for stage in text.stages or ()],
        "scoring": scoring_words(text),
        "terms": terms_words(text),
        "printed": printed_words(text),
        "grounds": grounds_words(),
        "cutoff": cutoff_words(text),
        "open": registration_open(campaign),
        "notices": notices_of(campaign),
        "mine": own_application_to(request.actor, pk) if request.actor.account_id else None,
    }
    context["places"] = sum(each.headcount for each in text.positions)
    return render(request, "public/announcement.html", context)


def sign_up(request: Request) -> HttpResponse:
    form = SignUpForm(values.sent(request))
    wait = None
    if request.method == "POST" and form.is_valid():
        wait = too_many(request, SIGN_UPS) or too_many(request, REFUSED_SIGN_UPS)
        data = {key: value for key, value in form.cleaned_data.items() if key != "agree"}
        actor = request.actor
        if not refused(form, wait):
            if perform(request, lambda: applicant_sign_up(actor=actor, **data), form):
                count_attempt(request, SIGN_UPS)
                messages.success(request, "注册成功，请用手机号登录。")
                return redirect(f"{reverse('account_login')}?{urlencode({'next': _own_page(request)})}")
            count_attempt(request, REFUSED_SIGN_UPS)
    answer = form_response(request, "public/sign_up.html", {"form": form})
    return said(answer, wait) if wait else answer


def _own_page(request: Request) -> str:
    """Where to go on after signing in: a page of this site, never another host's."""
    asked = values.token(request.GET, "next")
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else reverse("public:mine")


def applicant_of(request: Request) -> Actor | None:
    actor = request.actor
    return actor if sees(actor, APPLICANTS) else None


def to_sign_in(request: Request) -> HttpResponse:
    if request.actor.account_id is not None:
        raise Http404("没有这个页面")
    return redirect_to_login(request.get_full_path())


def mine(request: Request) -> HttpResponse:
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    rows = list(own_applications(actor))
    for row in rows:
        row.next = progress_of(actor, row).next  # type: ignore[attr-defined]
        open_return = row.state == "returned" and row.campaign.state != "cancelled"
        row.asked = [WANTED[each] for each in row.missing] if open_return else []  # type: ignore[attr-defined]
    return render(request, "public/mine.html", {"applications": rows})


# As the ranking prints it for those who sign: two decimals, words as they are.
PARTS = (
    Column("label", "环节"),
    Column("result", "成绩", kind="score", empty="没有参加"),
    Column("line", "合格线", wrap=True),
)


def application(request: Request, pk: int) -> HttpResponse:
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    found = own_application(actor, pk)
    progress = progress_of(actor, found)
    seats, results, check, exam, ended = (
        progress.seats,
        progress.results,
        progress.check,
        progress.exam,
        progress.ended,
    )
    act = values.words(request.POST, "act") or values.words(request.POST, "verb")
    if deeds := _deeds(act, found, exam, check):
        row, known = deeds
        back = reverse("public:application", args=[pk])
        subject = found.campaign.title
        return take(request, actor, row, known, back=back, subject=subject, base="public/base.html", verb=act)
    texts = {
        key: AnswerForm(request.POST if key == act else None, key=key, label=label)
        for key, label in (
            ("answer", "陈述内容"),
            *((f"statement-{seat.pk}", "我的陈述") for seat in seats),
            *((f"check-{result.release.stage}", "申请理由") for result in results),
        )
    }

    def write(text: str) -> Any:
        """What a text is for, by its key."""
        kind, _, of = act.partition("-")
        if kind == "check":
            return score_check_ask(actor=actor, application=found, stage=of, text=text)
        if kind == "statement":
            return misconduct_answer(actor=actor, seat=next(each for each in seats if str(each.pk) == of), text=text)
        raise Http404("没有这一项")

    done: Any = None
    if act in texts and texts[act].is_valid():
        done = perform(request, lambda: write(texts[act].cleaned_data["text"]), texts[act])
    if done:
        messages.success(request, "已办理。")
        return redirect("public:application", pk)
    may_state = found.campaign.state == "closed"
    cancelled = found.campaign.state == "cancelled"

    def due(seat: Seat) -> bool:
        """Still to be sat, or waiting for a statement."""
        return (not cancelled and seat.sitting.ends_at > now()) or (
            may_state and bool(seat.happened) and not seat.statement
        )

    def shown(seat: Seat) -> tuple[str, Seat, AnswerForm]:
        return STAGE_LABELS[seat.sitting.stage], seat, texts[f"statement-{seat.pk}"]

    context = {
        "application": found,
        "next": progress.next,
        "findings": findings_of(found) if found.education else [],
        "files": found.attachments.select_related("file"),
        "check": check,
        "answer": texts["answer"],
        "education": EDUCATION_LABEL.get(found.education, ""),
        "asked": [WANTED[each] for each in found.missing],
        "coming": [shown(seat) for seat in seats if due(seat)],
        "past": [shown(seat) for seat in seats if not due(seat)],
        "exam_due": exam is not None and exam.state in EXAM_DUE,
        "cancelled": cancelled,
        "in_review": found.state in IN_REVIEW,
        "results": [(result, texts[f"check-{result.release.stage}"]) for result in results],
        "ended": ended,
        "parts": table_of(PARTS, ended.parts[:-1], "成绩", total=ended.parts[-1]) if ended else None,
        "exam": exam,
        "items": items_told(exam) if exam and exam.told_at else [],
        "acts_now": acts_of(actor, found, APPLYING)[0] if not (ended and ended.settled) else [],
        "may_edit": found.state in {"draft", "returned"} and not cancelled,
        "may_state": may_state,
        "may_answer": bool(check and check.state == "told" and check.answer_until and check.answer_until >= today()),
    }
    failed = any(form.errors for form in texts.values())
    return render(request, "public/application.html", context, status=422 if failed else 200)


def _deeds(
    act: str, application: Application, exam: MedicalExam | None, check: BackgroundCheck | None
) -> tuple[Any, Deeds] | None:
    """The row that an act is about, and what may be done with it; nothing where the act is none of a table's."""
    for row, known in ((application, APPLYING), (exam, EXAMINED), (check, CHECKED)):
        if act in known.of:
            if row is None:
                raise Http404("没有这个步骤")
            return row, known
    return None


def receipt(request: Request, pk: int) -> HttpResponse:
    """The receipt of one's own application on a page of its own, to keep."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    found = own_application(actor, pk)
    if found.state == "draft":
        raise Http404("还没有提交，没有回执")
    context = {
        "code": found.receipt,
        "about": f"报名：{found.campaign.title}，{found.position}",
        "at": found.submitted_at,
        "name": found.name,
    }
    return render(request, "public/receipt.html", context)


def attachment(request: Request, pk: int, file: int) -> HttpResponse:
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    kept = attachment_of(own_application(actor, pk), file).file
    # What a page shows in passing comes small: a photograph weighs more than all pages together.
    small = picture_small(file_content(kept)) if values.words(request.GET, "small") == "1" else b""
    if small:
        return HttpResponse(small, content_type="image/jpeg", headers=INERT)
    return file_response(kept, inline=True)  # type: ignore[return-value]


def publicity(request: Request, pk: int) -> HttpResponse:
    campaign = published_campaign(pk)
    notices = notices_of(campaign)
    if not notices:
        raise Http404("还没有公示")
    open_now = [notice for notice in notices if notice.starts <= today() <= notice.ends]
    form = ObjectionForm(values.sent(request))
    wait = None
    people = {str(entry["application"]): (notice, entry) for notice in open_now for entry in notice.names}
    # Nobody is chosen beforehand: an objection names whom it means.
    form.fields["about"].choices = [  # type: ignore[attr-defined]
        ("", "请选择"),
        *(
            (key, f"{entry['name']}（{entry['position']} {entry['post']}，{entry['id_number']}）")
            for key, (_, entry) in people.items()
        ),
    ]
    if request.method == "POST" and form.is_valid():
        actor = request.actor
        data = form.cleaned_data
        notice = people[data["about"]][0]
        about = int(data.pop("about"))
        wait = too_many(request, OBJECTIONS, notice.pk)
        receipt = None
        if not refused(form, wait):
            receipt = perform(request, lambda: objection_file(actor=actor, notice=notice, about=about, **data), form)
        if receipt:
            count_attempt(request, OBJECTIONS, notice.pk)
            messages.success(
                request, f"异议已收到，回执码 {receipt}。请记下，凭它在“查进度”看核查结果和答复。核查后才会聘用。"
            )
            request.session[LAST_RECEIPT] = {"code": receipt, "about": f"对《{campaign.title}》公示的异议"}
            return redirect("public:publicity", pk)
    context = {
        "campaign": campaign,
        "notices": [(notice, _by_post(notice)) for notice in reversed(notices)],
        "form": form,
        "open": open_now,
        "organ": campaign.announcement.organ.name,
        "kept": LAST_RECEIPT in request.session,
    }
    answer = form_response(request, "public/publicity.html", context)
    return said(answer, wait) if wait else answer


def _by_post(notice: PublicityNotice) -> dict[str, list[dict[str, Any]]]:
    """The people of a notice under the post that they applied for, in order of rank."""
    posts: dict[str, list[dict[str, Any]]] = {}
    for entry in sorted(notice.names, key=lambda each: (each["position"], each["rank"])):
        posts.setdefault(f"{entry['position']} {entry['post']}", []).append(entry)
    return posts
