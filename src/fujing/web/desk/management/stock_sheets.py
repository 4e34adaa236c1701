"""按表入库: what was bought, by one sheet with a preview; only confirming what was shown writes."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.management.outfit.sheets import COLUMNS, Bought, bought_read, catalogue_rows, stock_enter_all
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import SUPPLY
from fujing.web.columns import Column, table_of
from fujing.web.doors import door
from fujing.web.previews import confirmed, sealed
from fujing.web.requests import Request
from fujing.web.sheets import excel_template, faults_of

SALT = "outfit-bought"
PREVIEW = (
    Column("name", "名称"),
    Column("size", "规格"),
    Column("quantity", "入库数量", kind="integer"),
    Column("note", "说明", wrap=True),
)


class SheetForm(forms.Form):
    file = forms.FileField(label="表格", help_text="Excel 或 CSV，第一行为列名，可下载模板填写数量")


@door(*SUPPLY)
def sheet(request: Request) -> HttpResponse:
    actor = request.actor
    if values.token(request.POST, "confirmed"):
        return _confirm(request)
    form = SheetForm(values.sent(request), request.FILES or None)
    rows: list[Bought] = []
    faults = None
    if request.method == "POST" and form.is_valid():
        rows, table = bought_read(actor=actor, upload=form.cleaned_data["file"])
        faults = faults_of(table)
    context = {
        "title": "按表入库",
        "form": form,
        "faults": faults,
        "preview": table_of(PREVIEW, rows, "将要入库") if rows else None,
        "total": sum(row.quantity for row in rows),
        "confirmed": sealed(SALT, list(map(asdict, rows)), organ=actor.organ_code) if rows else "",
    }
    return render(request, "management/outfit_sheet.html", context, status=422 if form.errors or faults else 200)


def _confirm(request: Request) -> HttpResponse:
    actor = request.actor
    said = confirmed(request, SALT, organ=actor.organ_code)
    if said is None:
        return redirect("desk:outfit_sheet")
    rows = [Bought(**row) for row in said]
    entered = perform(request, lambda: stock_enter_all(actor=actor, rows=rows))
    if entered is None:
        return redirect("desk:outfit_sheet")
    messages.success(request, f"已入库 {entered} 件。")
    return redirect("desk:outfit_clothes")


@door(*SUPPLY)
def template(request: Request) -> HttpResponse:
    """The sheet with every thing and size of the catalogue, to be filled in with numbers."""
    return excel_template("按表入库", COLUMNS, catalogue_rows(request.actor))
