"""督导整改: notices received and sent, the notice form, the dossier with both sides' steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.policies import can_draft_notice, can_revise_notice, is_overdue, sides
from fujing.compliance.rectification.queries import (
    OPEN_NOTICES,
    evidence_of,
    notice_for,
    notices_for,
    overdue_on,
    steps_of,
    subjects_below,
)
from fujing.compliance.rectification.services import (
    Content,
    notice_accept,
    notice_answer,
    notice_draft,
    notice_extend,
    notice_receive,
    notice_return,
    notice_revise,
    notice_send,
    notice_urge,
    notice_withdraw,
)
from fujing.compliance.rectification.states import DRAFTERS, NOTICE, NoticeState, side_of
from fujing.kernel.actor import Actor
from fujing.kernel.calendar import TermUnit
from fujing.kernel.clock import today
from fujing.kernel.files import file_response, file_store
from fujing.kernel.models import StoredFile
from fujing.kernel.transitions import Transition
from fujing.registry.queries import names_of
from fujing.web import values
from fujing.web.acts import Deed, Deeds, ReasonForm, Touched, act_context, perform, take
from fujing.web.audience import HR
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column
from fujing.web.desk.common import DateField, ProvisionsField, names_organs, state_column
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request

STATES = (("open", "未销号"), ("overdue", "已逾期"), ("draft", "拟定"), ("done", "已办结"))


class TermForm(forms.Form):
    term_days = forms.IntegerField(label="期限", min_value=1, max_value=365)
    term_unit = forms.ChoiceField(label="期限单位", choices=[("calendar", "自然日"), ("working", "工作日")])


class NoticeForm(TermForm):
    subject = OneOf(label="被督导机关", empty_label="请选择")
    number = forms.CharField(label="文号", max_length=60)
    title = forms.CharField(label="标题", max_length=120)
    provisions = ProvisionsField(label="所涉条文")
    facts = forms.CharField(label="发现的问题", widget=forms.Textarea(attrs={"rows": 5}))
    demand = forms.CharField(label="整改要求", widget=forms.Textarea(attrs={"rows": 4}))
    evidence = forms.FileField(label="依据材料", required=False)
    groups = (
        ("向谁发出", ("subject", "number", "title")),
        ("问题", ("provisions", "facts", "evidence")),
        ("要求", ("demand", "term_days", "term_unit")),
    )


class AnswerForm(forms.Form):
    measures_taken = forms.CharField(label="整改措施", widget=forms.Textarea(attrs={"rows": 4}))
    done_on = DateField(label="整改完成日期")
    file = forms.FileField(label="证明材料", required=False)


class OpinionForm(forms.Form):
    opinion = forms.CharField(label="意见", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class WithdrawForm(ReasonForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = "撤回后不能恢复，双方仍能看到原文和事由。"


class ReturnForm(ReasonForm, TermForm):
    term_days = forms.IntegerField(label="期限", min_value=1, max_value=365, initial=10)
    field_order = ("reason",)


class ExtendForm(ReasonForm):
    due_on = DateField(label="新的期限")
    field_order = ("due_on",)


FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "accept": OpinionForm,
    "return": ReturnForm,
    "extend": ExtendForm,
    "withdraw": WithdrawForm,
    "urge": ReasonForm,
}


COLUMNS = (
    Column("due_on", "期限", kind="date", sort="due_on", empty="未发出"),
    Column("late", "逾期", lambda row: "已逾期" if is_overdue(row) else None, colour=lambda row: "red"),
    Column("title", "标题", wrap=True, link=lambda row: reverse("desk:notice", args=[row.pk])),
    Column("number", "文号"),
    Column("issuer", "发出机关", "issuer_name"),
    Column("subject", "被督导机关", "subject_name"),
    state_column(),
)


@door(*HR)
def listing(request: Request) -> HttpResponse:
    actor = request.actor
    own, day = actor.organ_code or 0, today()
    sides = {"received": Q(subject_code=own), "sent": Q(issuer_code=own)}
    states = {
        "open": OPEN_NOTICES,
        "overdue": overdue_on(day),
        "draft": Q(state=NoticeState.DRAFT),
        "done": ~OPEN_NOTICES & ~Q(state=NoticeState.DRAFT),
    }
    chosen = notices_for(actor).filter(sides.get(values.words(request.GET, "side"), Q()))
    counted = {name: Count("pk", filter=which) for name, which in states.items()}
    counts = chosen.order_by().aggregate(**counted, all=Count("pk"))
    rows = chosen.filter(states.get(values.words(request.GET, "state"), Q()))
    context = list_of(
        request,
        COLUMNS,
        rows,
        "督导整改",
        dress=names_organs(issuer_name="issuer_code", subject_name="subject_code"),
        filters=[
            ("来往", filter_links(request, "side", [("received", "收到的"), ("sent", "发出的")])),
            ("状态", filter_links(request, "state", STATES, {"": counts.pop("all"), **counts})),
        ],
    )
    context |= {"summary": "最早到期的在前。", "may_draft": can_draft_notice(actor)}
    return list_response(request, context, "compliance/rectification/list.html")


def _names(notices: list[Notice]) -> dict[int, str]:
    return names_of(code for notice in notices for code in (notice.issuer_code, notice.subject_code))


@door(*DRAFTERS)
def edit(request: Request, pk: int | None = None) -> HttpResponse:
    actor = request.actor
    notice = notice_for(actor, pk) if pk else None
    if notice and (notice.state != NoticeState.DRAFT or notice.issuer_code != actor.organ_code):
        raise Http404("没有可以修改的通知")
    form = NoticeForm(values.sent(request), request.FILES or None, initial=_initial(request, notice))
    among(form, subject=subjects_below(actor.organ_code or 0))
    if notice:
        form.fields["subject"].disabled = True
    if request.method == "POST" and form.is_valid():
        saved = perform(request, lambda: _save(actor, notice, form.cleaned_data), form)
        if saved:
            messages.success(request, "已保存，尚未发出。")
            return redirect("desk:notice", saved.pk)
    return form_page(
        request,
        form,
        title="修改督导整改通知" if notice else "拟定督导整改通知",
        intro="发出前，被督导机关看不到任何内容。期限从发出的次日起算。",
        back=reverse("desk:notice", args=[notice.pk]) if notice else reverse("desk:notices"),
    )


def _initial(request: Request, notice: Notice | None) -> dict[str, Any]:
    if notice is None:
        return {"subject": values.words(request.GET, "subject"), "term_days": 15, "term_unit": "calendar"}
    fields = ("number", "title", "provisions", "facts", "demand", "term_days", "term_unit")
    return {"subject": notice.subject_code, **{name: getattr(notice, name) for name in fields}}


def _save(actor: Actor, notice: Notice | None, data: dict[str, Any]) -> Notice:
    subject, upload = data["subject"], data["evidence"]
    evidence = _stored(actor, actor.organ_code or 0, upload)
    said = {name: value for name, value in data.items() if name not in {"subject", "evidence"}}
    content = Content(**said, evidence=evidence)
    if notice:
        return notice_revise(actor=actor, notice=notice, content=content)
    return notice_draft(actor=actor, subject=subject, content=content)


def _stored(actor: Actor, organ_code: int, upload: UploadedFile | None) -> StoredFile | None:
    return file_store(actor=actor, organ_code=organ_code, upload=upload) if upload else None


@door(*HR)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    notice = notice_for(actor, pk)
    if request.method == "POST":
        back = reverse("desk:notice", args=[pk])
        return take(request, actor, notice, DEEDS, back=back, subject=notice.title)
    return render(request, "compliance/rectification/notice.html", _context(actor, notice))


def _plain(call: Any) -> Any:
    return lambda actor, notice, data: call(actor=actor, notice=notice, **data)


def _answered(actor: Actor, notice: Notice, data: dict[str, Any]) -> Notice:
    file = _stored(actor, notice.organ_code, data.pop("file"))
    return notice_answer(actor=actor, notice=notice, file=file, **data)


def _both(notice: Notice) -> Touched:
    names = _names([notice])
    return Touched(f"{names[notice.issuer_code]}发给{names[notice.subject_code]}。")


def _whose(actor: Actor, notice: Notice, move: Transition) -> str:
    side = side_of(move.verb)
    own = actor.organ_code is not None and actor.organ_code == sides(notice)[side]
    return "" if own else f"此步骤由{side.label}办理。"


def _why_not(actor: Actor, notice: Notice, move: Transition) -> str:
    if move.verb == "urge" and not is_overdue(notice):
        return f"期限到 {notice.due_on} 届满，尚未逾期，不需催办。"
    return ""


def _form(verb: str) -> Any:
    return lambda notice: FORMS[verb]


DEEDS = Deeds(
    NOTICE,
    {
        "send": Deed(_plain(notice_send), touches=_both),
        "receive": Deed(_plain(notice_receive), touches=_both),
        "answer": Deed(_answered, _form("answer"), _both),
        "accept": Deed(_plain(notice_accept), _form("accept"), _both),
        "return": Deed(_plain(notice_return), _form("return"), _both),
        "extend": Deed(_plain(notice_extend), _form("extend"), _both),
        "withdraw": Deed(_plain(notice_withdraw), _form("withdraw"), _both),
        "urge": Deed(
            lambda actor, notice, data: notice_urge(actor=actor, notice=notice, text=data["reason"]),
            _form("urge"),
            _both,
        ),
    },
    whose=_whose,
    why_not=_why_not,
)


def _context(actor: Actor, notice: Notice) -> dict[str, Any]:
    names = _names([notice])
    due = (
        f"{notice.due_on}（已逾期 {(today() - notice.due_on).days} 日）"
        if is_overdue(notice) and notice.due_on
        else notice.due_on
    )
    return {
        "title": notice.title,
        "notice": notice,
        "state_of": notice,
        "facts": [
            ("发出机关", names[notice.issuer_code]),
            ("被督导机关", names[notice.subject_code]),
            ("期限", due or f"发出后 {notice.term_days} {TermUnit(notice.term_unit).label}"),
        ],
        "steps": steps_of(notice),
        "evidence": evidence_of(actor, notice),
        **act_context(actor, notice, DEEDS),
        "late": is_overdue(notice),
        "may_edit": can_revise_notice(actor, notice),
        "tabs": [],
        "timeline": [],
    }


@door(*HR)
def evidence(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    found = evidence_of(actor, notice_for(actor, pk))
    if found is None:
        raise Http404("没有依据材料")
    return file_response(found, inline=True)  # type: ignore[return-value]


@door(*HR)
def step_file(request: Request, pk: int, file: int) -> HttpResponse:
    actor = request.actor
    step = notice_for(actor, pk).steps.filter(pk=file, file__isnull=False).select_related("file").first()
    if step is None or step.file is None:
        raise Http404("没有这份材料")
    return file_response(step.file, inline=True)  # type: ignore[return-value]
