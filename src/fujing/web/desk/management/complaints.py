"""投诉举报: the reader's key, the list, one report with its dialogue, its hearings and its identity."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from fujing.kernel.actor import Actor
from fujing.kernel.calendar import TermUnit
from fujing.kernel.clock import today
from fujing.kernel.files import INERT
from fujing.kernel.transitions import Transition
from fujing.management.complaints.keys import LEAST, key_make, key_unlock, keys_of, own_key
from fujing.management.complaints.models import Report
from fujing.management.complaints.policies import can_handle_report
from fujing.management.complaints.queries import (
    attachment_of,
    due_of,
    hearings_of,
    is_overdue,
    messages_of,
    names_of_people,
    people_named,
    report_for,
    reports_for,
)
from fujing.management.complaints.receipts import report_file
from fujing.management.complaints.services import (
    clock_extend,
    clock_resume,
    clock_stop,
    envelopes_renew,
    hearing_ask,
    report_accept,
    report_answer,
    report_conclude,
    report_decline,
    report_give_back,
    report_heard,
    report_investigate,
    report_not_found,
    report_note,
    report_reopen,
    report_say,
    report_take,
    report_transfer,
)
from fujing.management.complaints.states import COMPLAINT, Finding, ReportState
from fujing.registry.divisions import PROVINCE
from fujing.registry.models import bureau_of, territory_of
from fujing.registry.queries import bureaus_between
from fujing.web import values
from fujing.web.acts import Deed, Deeds, act_context, perform, take
from fujing.web.audience import DISCIPLINE
from fujing.web.choices import among
from fujing.web.columns import Column
from fujing.web.complaining import BureauChoice, ReportForm
from fujing.web.desk.common import state_column
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.unlocked import lock, private_of, unlock, with_key

PASSPHRASE = forms.PasswordInput(attrs={"autocomplete": "off"})


class KeyForm(forms.Form):
    passphrase = forms.CharField(label="查阅口令", max_length=200, widget=PASSPHRASE)


class NewKeyForm(KeyForm):
    again = forms.CharField(label="再输一次", max_length=200, widget=PASSPHRASE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("passphrase") != data.get("again"):
            self.add_error("again", "两次输入的口令不一致。")
        return data


class TypedForm(ReportForm):
    groups = (("来源", ("channel",)), *ReportForm.groups)
    channel = forms.ChoiceField(
        label="来源", choices=[each for each in Report.Channel.choices if each[0] != Report.Channel.WEB]
    )


class AcceptForm(forms.Form):
    term_days = forms.IntegerField(
        label="办结期限（天）", min_value=1, max_value=365, required=False, help_text="没有规定期限的不填"
    )
    term_unit = forms.ChoiceField(label="按", choices=TermUnit.choices)
    term_basis = forms.CharField(label="期限依据", max_length=100, required=False, help_text="规定期限的文件和条款")


class TransferForm(forms.Form):
    target = BureauChoice(label="移送给")
    reason = forms.CharField(label="移送的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        among(self, target=bureaus_between(*territory_of(PROVINCE)))

    def clean_target(self) -> int:
        code: int = self.cleaned_data["target"].code
        return code


class ConcludeForm(forms.Form):
    finding = forms.ChoiceField(
        label="结论", choices=[each for each in Finding.choices if each[0] != Finding.UNIDENTIFIED]
    )
    text = forms.CharField(label="查明的事实和依据", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


class AnswerForm(forms.Form):
    text = forms.CharField(label="答复反映人", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


class SayForm(forms.Form):
    text = forms.CharField(label="内容", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    where = forms.ChoiceField(
        label="放入", choices=[("file", "卷内记录（反映人看不到）"), ("dialogue", "问反映人、告诉反映人")]
    )


class ClockForm(forms.Form):
    what = forms.ChoiceField(label="办理", choices=[("stop", "停止计算"), ("resume", "恢复计算"), ("extend", "延长")])
    days = forms.IntegerField(label="延长（天）", min_value=1, max_value=365, required=False)
    reason = forms.CharField(label="理由", max_length=500, required=False)


class AskForm(forms.Form):
    name = forms.CharField(label="当事人姓名", max_length=60, help_text="本机关在册的警务辅助人员")
    tail = forms.CharField(
        label="公民身份号码后四位", max_length=4, required=False, help_text="有同名的填写", widget=forms.TextInput
    )
    matter = forms.CharField(
        label="告知当事人的事项",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只写需要当事人说明的事，不写能看出反映人是谁的内容",
    )


DEEDS = Deeds(
    COMPLAINT,
    {
        "accept": Deed(lambda actor, row, data: report_accept(actor=actor, report=row, **data), lambda row: AcceptForm),
        "decline": Deed(lambda actor, row, data: report_decline(actor=actor, report=row, **data)),
        "transfer": Deed(
            lambda actor, row, data: report_transfer(actor=actor, report=row, private=row.unlocked, **data),
            lambda row: TransferForm,
            then=lambda row: reverse("desk:complaints"),
        ),
        "take": Deed(lambda actor, row, data: report_take(actor=actor, report=row)),
        "give_back": Deed(
            lambda actor, row, data: report_give_back(actor=actor, report=row, **data),
            then=lambda row: reverse("desk:complaints"),
        ),
        "investigate": Deed(lambda actor, row, data: report_investigate(actor=actor, report=row)),
        "hear": Deed(lambda actor, row, data: report_heard(actor=actor, report=row)),
        "conclude": Deed(
            lambda actor, row, data: report_conclude(actor=actor, report=row, **data), lambda row: ConcludeForm
        ),
        "not_found": Deed(lambda actor, row, data: report_not_found(actor=actor, report=row, **data)),
        "answer": Deed(lambda actor, row, data: report_answer(actor=actor, report=row, **data), lambda row: AnswerForm),
        "reopen": Deed(lambda actor, row, data: report_reopen(actor=actor, report=row, **data)),
    },
    whose=lambda actor, row, move: _whose(actor, row, move),
)
COLUMNS = (
    Column("pk", "编号", lambda row: f"第 {row.pk} 号", link=lambda row: reverse("desk:complaint", args=[row.pk])),
    Column("kind", "类别", lambda row: row.get_kind_display()),
    Column("channel", "来源", lambda row: row.get_channel_display(), phone="brief"),
    state_column(),
    Column("received_on", "收到", kind="date", sort="received_on"),
    Column("accepted_on", "受理", kind="date", sort="accepted_on", empty="未受理"),
    Column("due", "办结期限", due_of, kind="date", empty="没有规定或者停止计算"),
    Column("finding", "结论", lambda row: row.get_finding_display(), empty="没有"),
)


def _whose(actor: Actor, row: Report, move: Transition) -> str:
    own = bureau_of(actor.organ_code or 0)
    if move.source == ReportState.TRANSFERRED:
        return "" if own == row.target_code else "由接收机关的纪检督察人员办理。"
    return "" if own == row.handler_code else "由办理机关的纪检督察人员办理。"


@door(*DISCIPLINE)
@never_cache
def complaints(request: Request) -> HttpResponse:
    """Those to which the reader holds a key."""
    found, steps = narrowed(request, reports_for(request.actor), "state", ReportState.choices)
    context = list_of(
        request, COLUMNS, found, "投诉举报", filters=[("步骤", steps)], empty="没有您能够查阅的投诉举报。"
    )
    context["summary"] = "只列出封给您的；内容解锁后查看。"
    return list_response(request, context | {"unlocked": private_of(request) is not None}, "management/complaints.html")


@door(*DISCIPLINE)
@never_cache
def key(request: Request) -> HttpResponse:
    """Unlock the own key for half an hour, lock it, or make one."""
    actor = request.actor
    there, act = own_key(actor), values.words(request.POST, "act")
    if act == "lock":
        return lock(request, redirect("desk:complaints"))
    making = act == "make" or there is None
    kind = NewKeyForm if making else KeyForm
    form = kind(values.sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["passphrase"]
        if making:
            perform(request, lambda: key_make(actor=actor, passphrase=given), form)
        private = None if form.errors else perform(request, lambda: key_unlock(actor=actor, passphrase=given), form)
        if private:
            messages.success(request, "已解锁，半小时内有效。")
            return unlock(request, redirect("desk:complaints"), private)
    context = {"form": form, "making": making, "there": there, "least": LEAST, "again": NewKeyForm()}
    return render(request, "management/complaint_key.html", context, status=422 if form.errors else 200)


@door(*DISCIPLINE)
@never_cache
def new(request: Request) -> HttpResponse:
    """What came by phone, letter or visit; the code is shown once, to be handed over."""
    sent = request.method == "POST"
    form = TypedForm(values.sent(request), request.FILES if sent else None)
    if sent and form.is_valid():
        story, data = form.story(), form.cleaned_data
        code = perform(
            request,
            lambda: report_file(actor=request.actor, story=story, channel=data["channel"], uploads=data["uploads"]),
            form,
        )
        if code:
            return render(request, "management/complaint_code.html", {"code": code})
    return form_page(
        request,
        form,
        title="登记投诉举报",
        intro="照原话登记。提交后给出回执码，请当场告诉反映人，不要留存。",
        submit="提交并封存",
        back=reverse("desk:complaints"),
    )


@door(*DISCIPLINE)
@never_cache
@with_key
def complaint(request: Request, private: bytes, pk: int) -> HttpResponseBase:
    """One report: what was said, who was heard, and what may be done now."""
    actor, row = request.actor, report_for(request.actor, pk)
    row.unlocked = private  # type: ignore[attr-defined]
    back = reverse("desk:complaint", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=f"第 {row.pk} 号投诉举报")
    asked = values.words(request.POST, "act")
    forms_of = {"say": SayForm, "clock": ClockForm, "ask": AskForm}
    bound = {name: kind(request.POST if asked == name else None) for name, kind in forms_of.items()}
    if asked == "renew":
        number = perform(request, lambda: envelopes_renew(actor=actor, report=row, private=private))
        if number is not None:
            messages.success(request, f"已补封给 {number} 人。")
        return redirect(back)
    form = bound.get(asked)
    if form is not None and form.is_valid() and perform(request, lambda: _done(actor, row, asked, form), form):
        messages.success(request, "已办理。")
        return redirect(back)
    keys = perform(request, lambda: keys_of(actor=actor, report=row, private=private), writes=False)
    found = hearings_of(row, keys) if keys else []
    context = {
        "title": f"第 {row.pk} 号{row.get_kind_display()}",
        "row": row,
        "said": messages_of(row, keys) if keys else [],
        "hearings": found,
        "due": due_of(row),
        "overdue": is_overdue(row, today()),
        "handles": can_handle_report(actor, row),
        "asking": row.state in (ReportState.INVESTIGATED, ReportState.HEARD),
        "founded": row.finding in (Finding.FOUNDED, Finding.PARTLY),
        "people": names_of_people([each.row.person_id for each in found]),
        **bound,
        **act_context(actor, row, DEEDS),
    }
    return render(
        request, "management/complaint.html", context, status=422 if form is not None and form.errors else 200
    )


def _done(actor: Actor, row: Report, act: str, form: forms.Form) -> bool:
    data = form.cleaned_data
    if act == "say":
        (report_say if data["where"] == "dialogue" else report_note)(actor=actor, report=row, text=data["text"])
    elif act == "ask":
        people = people_named(actor, data["name"], data["tail"])
        if len(people) != 1:
            form.add_error("name", "没有这个人。" if not people else f"有{len(people)}人同名，请填写身份号码后四位。")
            return False
        hearing_ask(actor=actor, report=row, person=people[0], matter=data["matter"])
    elif data["what"] == "extend":
        clock_extend(actor=actor, report=row, days=data["days"] or 0, reason=data["reason"])
    elif data["what"] == "stop":
        clock_stop(actor=actor, report=row, reason=data["reason"])
    else:
        clock_resume(actor=actor, report=row)
    return True


@door(*DISCIPLINE)
@never_cache
@with_key
def complaint_file(request: Request, private: bytes, pk: int, file: int) -> HttpResponseBase:
    """An attachment, opened in memory and served as a download."""
    row = report_for(request.actor, pk)
    name, kind, content = attachment_of(row, keys_of(actor=request.actor, report=row, private=private), file)
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind, headers=INERT)
