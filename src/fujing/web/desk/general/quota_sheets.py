"""Quota as Excel: many grants by one sheet with a preview, the ledger and the territory as they are seen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fujing.general.quota.queries import ledger_of, quota_of
from fujing.general.quota.sheets import GRANT_COLUMNS, Grant, grants_read, quota_grant_all, subordinates
from fujing.general.quota.states import QUOTA_ROLES
from fujing.kernel.exchange import Column
from fujing.registry.models import Organ
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.desk.common import need
from fujing.web.desk.general.quota import DayForm, organ_seen, tiles_of
from fujing.web.desk.sheets import excel, excel_template, faults_of

SALT = "quota-grants"
LEDGER_COLUMNS = (
    Column("document_date", "文件日期", "date"),
    Column("document_number", "文号"),
    Column("kind", "事项"),
    Column("amount", "数量（人）", "integer"),
    Column("balance", "累计核定（人）", "integer"),
    Column("counterpart", "对方机关"),
    Column("reason", "事由"),
    Column("made_by", "办理人"),
)
TERRITORY_COLUMNS = (
    Column("code", "机关代码"),
    Column("name", "机关"),
    Column("granted", "核定", "integer"),
    Column("in_service", "在职", "integer"),
    Column("reserved", "招聘中", "integer"),
    Column("free", "空余", "integer"),
)


class SheetForm(forms.Form):
    file = forms.FileField(label="表格", help_text="Excel 或 CSV，第一行为列名，可下载模板填写")


def grants(request: HttpRequest) -> HttpResponse:
    """Read a sheet and show who gets what; only the second step, confirming what was shown, writes."""
    actor = need(request, *QUOTA_ROLES)
    if request.POST.get("confirmed"):
        return _confirm(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    rows: list[Grant] = []
    faults: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        rows, table = grants_read(actor=actor, upload=form.cleaned_data["file"])
        faults = faults_of(table)
    own = quota_of(actor.organ_code or 0)
    total = sum(row.amount for row in rows)
    context = {
        "form": form,
        "faults": faults,
        "preview": _preview(rows),
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
    return signing.dumps({"organ": organ_code, "rows": said}, salt=SALT, compress=True)


def _confirm(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    try:
        said = signing.loads(request.POST["confirmed"], salt=SALT, max_age=3600)
    except signing.BadSignature:
        said = None
    if said is None or said["organ"] != actor.organ_code:
        messages.error(request, "预览已过期，未写入任何内容，请重新上传。")
        return redirect("desk:quota_grants")
    rows = [Grant(**{**row, "document_date": date.fromisoformat(row["document_date"])}) for row in said["rows"]]
    given = perform(request, lambda: quota_grant_all(actor=actor, grants=rows))
    if given is None:
        return redirect("desk:quota_grants")
    messages.success(request, f"已向 {len({row.code for row in rows})} 个机关下达 {given} 人。")
    return redirect("desk:quota")


def template(request: HttpRequest) -> HttpResponse:
    """The sheet for granting, with the subordinates' codes and names filled in."""
    actor = need(request, *QUOTA_ROLES)
    rows = [(str(organ.code), organ.name, None, "", None, "") for organ in subordinates(actor.organ_code or 0).values()]
    return excel_template("用人额度下达表", GRANT_COLUMNS, rows)


def ledger_export(request: HttpRequest, code: int) -> HttpResponse:
    organ = organ_seen(need(request, *HR), code)
    day = DayForm(request.GET)
    until = day.cleaned_data["on"] if day.is_valid() else None
    entries = ledger_of(organ.code, until)
    codes = {entry.counterpart_code or 0 for entry in entries}
    names = dict(Organ.objects.filter(pk__in=codes).values_list("code", "short_name"))
    rows = [
        (
            entry.document_date,
            entry.document_number,
            entry.get_kind_display(),
            entry.amount,
            entry.balance,  # type: ignore[attr-defined]
            names.get(entry.counterpart_code or 0, ""),
            entry.reason,
            entry.made_by,
        )
        for entry in entries
    ]
    return excel(f"{organ.name}额度台账", LEDGER_COLUMNS, rows)


def territory_export(request: HttpRequest, code: int) -> HttpResponse:
    organ = organ_seen(need(request, *HR), code)
    rows = [
        (str(tile["code"]), tile["name"], tile["granted"], tile["in_service"], tile["reserved"], tile["free"])
        for tile in tiles_of(organ)
    ]
    return excel(f"{organ.name}下级机关用人额度", TERRITORY_COLUMNS, rows)
