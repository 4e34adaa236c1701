"""The file of a departure: recording evidence, opening it for a reason, and what is handed back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.readings import readings_of
from fujing.law.leaving.ways import PIECES, kinds_of
from fujing.management.leaving.models import ClearanceItem, Departure
from fujing.management.leaving.policies import can_handle_departure
from fujing.management.leaving.queries import departure_for, evidence_for, items_of
from fujing.management.leaving.services import evidence_open, evidence_record, evidence_remove, item_add, items_confirm
from fujing.management.leaving.states import DECIDED, DepartureState, Outcome
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.desk.common import DateField, read_for_a_reason
from fujing.web.desk.management.leaving import LEAVING
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page, form_response
from fujing.web.requests import Request


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label="材料")
    dated = DateField(label="材料日期", help_text="材料形成的日期；几项材料有先后的，按此核对")
    upload = forms.FileField(label="文件", required=False, help_text=PAPER)
    note = forms.CharField(
        label="说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="加密保存，凭事由查阅；核实没有四十二条情形和转岗就业帮助的，写明依据或者内容，可以不上传文件",
    )


class ItemsForm(forms.Form):
    """What became of each thing, and one more thing."""

    other = forms.CharField(
        label="增加其他物品", max_length=60, required=False, help_text="名称和编号，如 执法记录仪 3 号"
    )

    def __init__(self, *args: Any, items: Sequence[ClearanceItem] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for item in items:
            self.fields[f"outcome_{item.pk}"] = forms.ChoiceField(
                label=item.name, choices=[("", "未交接"), *Outcome.choices], required=False, initial=item.outcome
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=f"{item.name}的说明", max_length=200, required=False, initial=item.note
            )
        self.order_fields([name for name in self.fields if name != "other"])

    def said(self, items: Sequence[ClearanceItem]) -> dict[int, tuple[str, str]]:
        """Outcome and note by item."""
        data = self.cleaned_data
        return {item.pk: (data[f"outcome_{item.pk}"], data[f"note_{item.pk}"]) for item in items}


@door(*PERSONNEL)
def evidence_add(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = departure_for(actor, pk)
    kinds = kinds_of(row.way, later=row.state in DECIDED)
    start = {"kind": values.choice(request.GET, "kind", PIECES, ""), "dated": today()}
    form = EvidenceForm(values.sent(request), request.FILES or None, initial=start)
    field = form.fields["kind"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(kind, PIECES[kind].label) for kind in kinds]
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: evidence_record(actor=actor, departure=row, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已登记：{done.get_kind_display()}。")
            return redirect("desk:departure", pk)
    return form_page(
        request,
        form,
        title=f"登记{row.engagement.person.name}离职的材料",
        intro=row.get_way_display(),
        submit="登记",
        back=reverse("desk:departure", args=[pk]),
    )


@door(*LEAVING)
def evidence(request: Request, pk: int) -> HttpResponseBase:
    """One piece: what it is for everybody here, what it says for a reason."""
    actor = request.actor
    row = evidence_for(actor, pk)
    if values.words(request.POST, "act") == "remove":
        done = perform(request, lambda: evidence_remove(actor=actor, evidence=row))
        if done:
            messages.success(request, "已撤下。")
        return redirect("desk:departure", row.departure_id)
    act, form, opened = read_for_a_reason(
        request, lambda reason: evidence_open(actor=actor, evidence=row, reason=reason)
    )
    if opened and act == "file":
        if row.file is None:
            raise Http404("没有这份文件")
        return file_response(row.file)
    context = {
        "title": row.get_kind_display(),
        "row": row,
        "form": form,
        "opened": opened,
        "may_remove": row.departure.state == DepartureState.DRAFTED and can_handle_departure(actor, row.organ_code),
        "reads": readings_of(row),
    }
    return form_response(request, "management/evidence.html", context)


@door(*PERSONNEL)
def items(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = departure_for(actor, pk)
    listed = items_of(row)
    form = ItemsForm(values.sent(request), items=listed)
    if request.method == "POST" and form.is_valid():

        def confirm() -> Departure:
            if form.cleaned_data["other"]:
                item_add(actor=actor, departure=row, name=form.cleaned_data["other"])
            return items_confirm(actor=actor, departure=row, said=form.said(listed))

        if perform(request, confirm, form):
            messages.success(request, "已登记交接。")
            return redirect("desk:departure", pk)
    return form_page(
        request,
        form,
        title=f"{row.engagement.person.name}的交接",
        intro="证件、服装、标识应当收回；遗失的，写明怎样处理",
        submit="登记",
        back=reverse("desk:departure", args=[pk]),
    )
