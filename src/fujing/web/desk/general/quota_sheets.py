"""Quota as Excel: many grants by one sheet with a preview, the ledger and the territory as they are seen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.general.quota.queries import quota_of
from fujing.general.quota.sheets import GRANT_COLUMNS, Grant, grants_read, quota_grant_all, subordinates
from fujing.general.quota.states import QUOTA_ROLES
from fujing.registry.queries import organ_for
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.general.quota import LEDGER, DayForm, below, ledger_shown, territory, tiles_of
from fujing.web.doors import door
from fujing.web.previews import confirmed, sealed
from fujing.web.requests import Request
from fujing.web.sheets import excel_template, faults_of, table_excel

SALT = "quota-grants"
PREVIEW = (
    Column("code", "机关代码", lambda row: str(row["grant"].code)),
    Column("name", "机关", lambda row: row["grant"].name),
    Column("amount", "下达", lambda row: row["grant"].amount, "integer", unit="人"),
    Column("before", "下达前", lambda row: row["before"], "integer"),
    Column("after", "下达后", lambda row: row["after"], "integer"),
    Column("document_number", "文号", lambda row: row["grant"].document_number),
    Column("document_date", "日期", lambda row: row["grant"].document_date, "date"),
    Column("reason", "事由", lambda row: row["grant"].reason, wrap=True),
)


class SheetForm(forms.Form):
    file = forms.FileField(label="表格", help_text="Excel 或 CSV，第一行为列名，可下载模板填写")


@door(*QUOTA_ROLES)
def grants(request: Request) -> HttpResponse:
    """Read a sheet and show who gets what; only the second step, confirming what was shown, writes."""
    actor = request.actor
    if values.token(request.POST, "confirmed"):
        return _confirm(request)
    form = SheetForm(values.sent(request), request.FILES or None)
    rows: list[Grant] = []
    faults: Table | None = None
    if request.method == "POST" and form.is_valid():
        rows, table = grants_read(actor=actor, upload=form.cleaned_data["file"])
        faults = faults_of(table)
    own = quota_of(actor.organ_code or 0)
    total = sum(row.amount for row in rows)
    context = {
        "title": "按表下达用人额度",
        "form": form,
        "faults": faults,
        "preview": table_of(PREVIEW, _preview(rows), "将要下达的额度") if rows else None,
        "count": len(rows),
        "own": own,
        "total": total,
        "left": own.free - total,
        "confirmed": _sealed(actor.organ_code, rows) if rows else "",
    }
    return render(request, "general/quota_grants.html", context, status=422 if form.errors or faults else 200)


def _preview(rows: list[Grant]) -> list[dict[str, object]]:
    """Each grant with the organ's quota before and after it; a second one to an organ starts from the first."""
    now: dict[int, int] = {}
    shown = []
    for row in rows:
        before = now.get(row.code, quota_of(row.code).granted)
        now[row.code] = before + row.amount
        shown.append({"grant": row, "before": before, "after": now[row.code]})
    return shown


def _sealed(organ_code: int | None, rows: list[Grant]) -> str:
    """What the page shows, signed, so that exactly this is confirmed."""
    said = [{**asdict(row), "document_date": row.document_date.isoformat()} for row in rows]
    return sealed(SALT, said, organ=organ_code)


def _confirm(request: Request) -> HttpResponse:
    actor = request.actor
    said = confirmed(request, SALT, organ=actor.organ_code)
    if said is None:
        return redirect("desk:quota_grants")
    rows = [Grant(**{**row, "document_date": date.fromisoformat(row["document_date"])}) for row in said]
    given = perform(request, lambda: quota_grant_all(actor=actor, grants=rows))
    if given is None:
        return redirect("desk:quota_grants")
    messages.success(request, f"已向 {len({row.code for row in rows})} 个机关下达 {given} 人。")
    return redirect("desk:quota")


@door(*QUOTA_ROLES)
def template(request: Request) -> HttpResponse:
    """The sheet for granting, with the subordinates' codes and names filled in."""
    actor = request.actor
    rows = [(str(organ.code), organ.name, None, "", None, "") for organ in subordinates(actor.organ_code or 0).values()]
    return excel_template("用人额度下达表", GRANT_COLUMNS, rows)


@door(*HR)
def ledger_export(request: Request, code: int) -> HttpResponse:
    """The ledger as it is seen."""
    organ = organ_for(request.actor, code)
    day = DayForm(request.GET)
    until = day.cleaned_data["on"] if day.is_valid() else None
    return table_excel(f"{organ.name}额度台账", table_of(LEDGER, ledger_shown(organ.code, until), "额度台账"))


@door(*HR)
def territory_export(request: Request, code: int) -> HttpResponse:
    """The subordinates as they are seen."""
    organ = organ_for(request.actor, code)
    return table_excel(f"{organ.name}下级机关用人额度", below(tiles_of(organ, territory(organ))))
