"""离职: who is leaving and at which step, how it begins, and one departure with what it lacks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.hearings import HearingState
from fujing.kernel.transitions import Transition
from fujing.law.leaving.ways import BY_PERSON, LATER, WAYS, WITH_DAMAGE, WITH_STATUTE, By, Need, Step, Way
from fujing.management.leaving.gates import OPEN_TO_HEARING
from fujing.management.leaving.models import Departure, Evidence
from fujing.management.leaving.papers import certificate
from fujing.management.leaving.policies import can_handle_departure
from fujing.management.leaving.queries import (
    answers,
    current_departure,
    departure_for,
    departures_for,
    evidence_of,
    hearings_of,
    items_of,
    lacks,
    over,
    resignation_of,
    unheard,
)
from fujing.management.leaving.services import (
    departure_certify,
    departure_check,
    departure_clear,
    departure_decide,
    departure_draft,
    departure_end,
    departure_notify,
    departure_return,
    departure_withdraw,
)
from fujing.management.leaving.states import DECIDED, DEPARTURE, DepartureState
from fujing.registry.queries import engagement_for
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, PERSONNEL
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

LEAVING = PERSONNEL | LEADERS
YES_NO = [("yes", "是"), ("no", "否")]
LATE = (DepartureState.ENDED, DepartureState.CLOSED)


def chosen(value: str) -> bool | None:
    """A choice of YES_NO; None where nothing was chosen."""
    return {"yes": True, "no": False}.get(value)


class DraftForm(forms.Form):
    """What a draft says; what its way doesn't ask for is left out."""

    last_day = DateField(label="最后工作日（含当日）", help_text="拟定的日期，通知时按提前通知的天数再核对")
    statute = forms.CharField(label="所依据的法律、法规条文", max_length=200, help_text="写到条、款、项")
    damage = forms.CharField(
        label="损害的金额或者情况", max_length=300, help_text="金额写明币种和数额，不良影响写明范围"
    )
    proposed_by_bureau = forms.TypedChoiceField(
        label="由谁提出",
        choices=[("yes", "单位提出"), ("no", "本人提出")],
        coerce=chosen,
        widget=forms.RadioSelect,
        help_text="单位提出的，支付经济补偿",
    )
    age_or_health = forms.TypedChoiceField(
        label="因年龄和身体条件不适合继续工作",
        choices=[*YES_NO, ("", "不清楚")],
        coerce=chosen,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="是或者不清楚的，解除前提供转岗就业帮助",
    )
    average_pay = NumberField(
        label="本人前十二个月平均工资", min_value=0, max_digits=12, decimal_places=2, required=False
    )
    reason = forms.CharField(
        label="事由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="加密保存，凭事由查阅"
    )
    units = {"average_pay": "元/月"}
    provisions = {"age_or_health": ("37",), "damage": ("32.4",), "statute": ("32.6",)}


def draft_fields(form: forms.Form, way: str) -> None:
    """Leave out what the way doesn't ask for."""
    asked = {
        "statute": way in WITH_STATUTE,
        "damage": way in WITH_DAMAGE,
        "proposed_by_bureau": way == "agreed",
        "age_or_health": WAYS[way].health is None,
    }
    for name, wanted in asked.items():
        if not wanted:
            del form.fields[name]


class DecideForm(forms.Form):
    marked = forms.TypedChoiceField(
        label="适用第二十条第（七）项，今后不得招聘为警务辅助人员",
        choices=[("yes", "适用"), ("no", "不适用")],
        coerce=chosen,
        widget=forms.RadioSelect,
        help_text="因违纪违规被辞退、解聘的适用",
    )


class NotifyForm(forms.Form):
    notice_on = DateField(label="通知日期", help_text="通知送达对方的日期；本人辞职的，为收到书面通知的日期")
    last_day = DateField(label="最后工作日（含当日）")


class ServedForm(NotifyForm):
    upload = forms.FileField(label="送达的材料", help_text=PAPER)
    refused = forms.BooleanField(label="本人拒收，以留置、邮寄或者公告送达", required=False)


class ServedInAdvanceForm(ServedForm):
    paid_instead = forms.BooleanField(label="额外支付一个月工资，不提前三十日通知", required=False)


class CertifyForm(forms.Form):
    certificate_on = DateField(label="出具证明的日期", help_text="证明交本人的日期")


def _notify_form(row: Departure) -> type[forms.Form]:
    """What a way's notice asks; where the person gave one, its days stand there already."""
    found = WAYS[row.way]
    if said := resignation_of(row):
        dates = {"notice_on": said.received_on, "last_day": said.last_day}
        fields = {name: DateField(label=NotifyForm.base_fields[name].label, initial=day) for name, day in dates.items()}
        return type("ResignedForm", (NotifyForm,), fields)
    return ServedInAdvanceForm if found.notice == "bureau" else ServedForm if found.by is By.BUREAU else NotifyForm


def _decide_form(row: Departure) -> type[forms.Form]:
    return DecideForm if WAYS[row.way].mark is None else forms.Form


def _person(row: Departure) -> Touched:
    return Touched(f"{row.engagement.person.name}，{row.get_way_display()}，最后工作日 {row.last_day}。")


def _why_not(actor: Actor, row: Departure, move: Transition) -> str:
    """What is missing, who may not, and which day has not come."""
    if move.verb == "decide" and row.made_by_id == actor.account_id:
        return "经办人不能决定自己经办的离职，由另一名负责人决定。"
    if move.verb == "decide" and (why := unheard(row, actor.account_id)):
        return why
    if move.verb == "check" and (missing := lacks(row, Step.CHECK)):
        return f"材料还缺 {len(missing)} 项，见“须有的材料”。"
    if move.verb == "clear" and any(not item.outcome for item in items_of(row)):
        return "还有物品没有交接。"
    if move.verb == "end" and today() < row.last_day:
        return f"最后工作日为 {row.last_day}，当日起办理。"
    return ""


DEEDS = Deeds(
    DEPARTURE,
    {
        "check": Deed(lambda actor, row, data: departure_check(actor=actor, departure=row), None, _person),
        "return": Deed(lambda actor, row, data: departure_return(actor=actor, departure=row, **data), None, _person),
        "decide": Deed(
            lambda actor, row, data: departure_decide(actor=actor, departure=row, **data), _decide_form, _person
        ),
        "notify": Deed(
            lambda actor, row, data: departure_notify(actor=actor, departure=row, **data), _notify_form, _person
        ),
        "clear": Deed(lambda actor, row, data: departure_clear(actor=actor, departure=row), None, _person),
        "end": Deed(lambda actor, row, data: departure_end(actor=actor, departure=row), None, _person),
        "certify": Deed(
            lambda actor, row, data: departure_certify(actor=actor, departure=row, **data),
            lambda row: CertifyForm,
            _person,
        ),
        "withdraw": Deed(
            lambda actor, row, data: departure_withdraw(actor=actor, departure=row, **data), None, _person
        ),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:departure", args=[row.pk])),
    Column("way", "离职情形", "get_way_display", wrap=True),
    Column("provision", "依据", lambda row: WAYS[row.way].provision, "provision"),
    state_column(),
    Column("last_day", "最后工作日", kind="date", sort="last_day"),
    Column("certificate_on", "出具证明", kind="date", sort="certificate_on"),
    Column("made_by", "经办人"),
    Column("decided_by", "决定人", empty="未决定"),
)


@door(*LEAVING)
def departures(request: Request) -> HttpResponse:
    """Everybody who is leaving or left by more than the end of a term, by step."""
    actor = request.actor
    found, steps = narrowed(request, departures_for(actor), "state", DepartureState.choices)
    context = list_of(request, COLUMNS, found, "离职", filters=[("步骤", steps)], empty="还没有离职办理。")
    context["summary"] = "劳动合同期满以外的离职；从人员档案中开始办理。"
    return list_response(request, context)


@door(*PERSONNEL)
def leave(request: Request, pk: int) -> HttpResponse:
    """How somebody's departure begins: the choice of a way, then what its draft says."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    row = current_departure(engagement)
    way = values.choice(request.GET, "way", WAYS, "")
    name = engagement.person.name
    if row is not None and (not way or row.state != DepartureState.DRAFTED):
        return redirect("desk:departure", row.pk)
    if not way:
        context = {"title": f"办理{name}的离职", "person_id": engagement.person_id, "groups": _ways()}
        return render(request, "management/ways.html", context)
    form = DraftForm(values.sent(request), initial=_drafted(row) if row else {"last_day": today()})
    draft_fields(form, way)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = perform(request, lambda: departure_draft(actor=actor, engagement=engagement, way=way, **data), form)
        if done:
            messages.success(request, "已保存，请登记材料。")
            return redirect("desk:departure", done.pk)
    return form_page(
        request,
        form,
        title=f"{name}离职：{WAYS[way].label}",
        intro=f"{WAYS[way].by}，{WAYS[way].statute or '所依据的条文在下面写明'}",
        back=reverse("desk:departure", args=[row.pk]) if row else reverse("desk:leave", args=[pk]),
    )


CHOICES = (
    Column("label", "情形", lambda line: line[1].label, wrap=True, link=lambda line: _begins(line[0])),
    Column("provision", "条文", lambda line: line[1].provision, "provision"),
    Column("statute", "依据", lambda line: line[1].statute, empty="在办理时写明"),
    Column("needs", "须有的材料", lambda line: _asked_of(line[1]), "integer", unit="项"),
)


def _begins(way: str) -> str:
    """Where a way begins: with the person's own notice, or with the draft."""
    return f"{'resign/' if way in BY_PERSON else ''}?way={way}"


def _asked_of(way: Way) -> int:
    """How many pieces of evidence a way always asks for before it is checked."""
    return sum(need.step is Step.CHECK and not need.placement for need in way.needs)


def _ways() -> list[dict[str, Any]]:
    """The ways by who ends the employment, each with what it asks for."""
    by = {each: [(key, way) for key, way in WAYS.items() if way.by is each] for each in By}
    return [{"label": str(each), "table": table_of(CHOICES, found, str(each))} for each, found in by.items()]


def _drafted(row: Departure) -> dict[str, Any]:
    """A draft as its form shows it; the reason is written anew."""
    words = {True: "yes", False: "no", None: ""}
    return {
        "last_day": row.last_day,
        "statute": row.statute,
        "damage": row.damage,
        "average_pay": row.average_pay,
        "proposed_by_bureau": words[row.proposed_by_bureau],
        "age_or_health": words[row.age_or_health],
    }


NEEDS = (
    Column("need", "材料", lambda line: line["need"].label, wrap=True),
    Column("statute", "依据", lambda line: line["need"].statute, wrap=True),
    Column("there", "情况", lambda line: line["words"], colour=lambda line: line["colour"], phone="brief"),
    Column("dated", "材料日期", lambda line: line["row"] and line["row"].dated, "date"),
    Column("act", "办理", template="management/need.html"),
)
OTHERS = (
    Column("kind", "材料", "get_kind_display", wrap=True, link=lambda row: reverse("desk:evidence", args=[row.pk])),
    Column("dated", "材料日期", kind="date"),
    Column("by", "登记人", "recorded_by"),
    Column("at", "登记时间", "recorded_at", "moment"),
)
HEARINGS = (
    Column("told_on", "告知日期", kind="date", link=lambda row: reverse("desk:hearing", args=[row.pk])),
    Column("answer_until", "陈述期限", kind="date"),
    Column(
        "state",
        "情况",
        lambda row: "期限届满，本人没有陈述" if over(row) else row.get_state_display(),
        colour=lambda row: "green" if row.state == HearingState.ANSWERED else "amber",
        phone="brief",
    ),
    Column("answered_on", "陈述日期", kind="date", empty="没有陈述"),
)
ITEMS = (
    Column("name", "物品"),
    Column(
        "outcome",
        "交接结果",
        "get_outcome_display",
        empty="未交接",
        colour=lambda row: "green" if row.outcome else "amber",
        phone="brief",
    ),
    Column("note", "说明", wrap=True),
    Column("by", "确认人", "confirmed_by"),
    Column("on", "确认日期", "confirmed_on", "date"),
)


def _hearings(row: Departure) -> Table | None:
    """What the person was told and whether they answered, where the bureau decides."""
    if WAYS[row.way].by is not By.BUREAU:
        return None
    return table_of(HEARINGS, hearings_of(row), "告知和陈述", empty="还没有告知本人。决定以前，应书面告知并听取陈述。")


@door(*LEAVING)
def departure(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = departure_for(actor, pk)
    person = row.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:departure", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}的离职")
    rows = evidence_of(row)
    handles = can_handle_departure(actor, row.organ_code)
    decided = row.state in DECIDED
    context = {
        "title": f"{person.name}离职",
        "row": row,
        "said": resignation_of(row),
        "facts": _facts(row),
        "answers": answers(row, row.notice_on or today()),
        "needs": table_of(NEEDS, _needs(row, rows, handles), "须有的材料"),
        "others": table_of(OTHERS, rows, "已登记的材料", empty="还没有登记材料。"),
        "items": table_of(ITEMS, items_of(row), "交接") if decided else None,
        "hearings": _hearings(row),
        "may_tell": handles and row.state in OPEN_TO_HEARING and WAYS[row.way].by is By.BUREAU,
        "may_draft": handles and row.state == DepartureState.DRAFTED,
        "may_record": handles
        and (row.state == DepartureState.DRAFTED or (decided and WAYS[row.way].mark is not False)),
        "may_hand": handles and row.state in (DepartureState.DECIDED, DepartureState.NOTIFIED),
        "may_print": row.state in LATE,
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/departure.html", context)


def _facts(row: Departure) -> list[tuple[str, str]]:
    """What was drafted and decided, without what is opened for a reason only."""
    found = WAYS[row.way]
    said = [
        ("情形", f"{found.by}：{found.label}"),
        ("法律依据", found.statute or row.statute),
        ("上岗日期", f"{row.engagement.span.lower}"),
        ("最后工作日", f"{row.last_day}" + ("" if row.notice_on else "（拟定）")),
        ("损害", row.damage),
        ("本人陈述", row.get_heard_display()),
        ("通知日期", f"{row.notice_on}" if row.notice_on else ""),
        ("出具证明", f"{row.certificate_on}" if row.certificate_on else ""),
        ("经办、核对、决定", "、".join(filter(None, (row.made_by, row.checked_by, row.decided_by)))),
        ("撤回或者退回", row.withdrawn_why),
    ]
    return [(label, value) for label, value in said if value]


def _needs(row: Departure, rows: list[Evidence], handles: bool) -> list[dict[str, Any]]:
    """Each need with the piece that meets it, or that it is missing."""
    missing = {need for step in Step for need in lacks(row, step, rows)}
    lines = []
    for need in WAYS[row.way].needs:
        if need.placement and row.placement_due is False:
            continue
        there = [each for each in rows if each.kind in need.kinds]
        words, colour = _standing(need, there, need in missing)
        lines.append(
            {
                "need": need,
                "words": words,
                "colour": colour,
                "row": there[0] if there else None,
                "departure": row.pk,
                "kind": need.kinds[0],
                "record": handles
                and need in missing
                and row.state == DepartureState.DRAFTED
                and need.kinds[0] not in LATER,
            }
        )
    return lines


def _standing(need: Need, there: list[Evidence], missing: bool) -> tuple[str, str]:
    if not missing:
        return "已有", "green"
    if need.step is Step.NOTIFY:
        return "通知时上传", "gray"
    return ("日期在前一项之前", "red") if there else ("缺", "red")


@door(*LEAVING)
def departure_paper(request: Request, pk: int) -> HttpResponse:
    """The certificate, as a paper."""
    return printed(certificate(departure_for(request.actor, pk)), paper_kind(request))
