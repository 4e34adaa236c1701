"""导入花名册: what importing the roster that was just checked would do, the confirmation, and the imports so far."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from fujing.general.quota.queries import quotas_of
from fujing.kernel.actor import Actor
from fujing.kernel.digests import sm3
from fujing.kernel.sealed_uploads import SealedUpload
from fujing.law.formats.roster import LABELS
from fujing.law.roster.told import WRITTEN, roster_of, words_of
from fujing.law.rulebooks.people.facts import EFFECTIVE
from fujing.registry.models import RosterImport
from fujing.registry.models.records import FACTS
from fujing.registry.moving_in.plan import CHANGED, NEW, SAME, Plan, plan_of
from fujing.registry.moving_in.queries import import_for, imports_of, superseded_in
from fujing.registry.moving_in.services import roster_import
from fujing.registry.moving_in.taking_back import roster_import_take_back
from fujing.registry.queries import names_of
from fujing.registry.states import ROSTER_IMPORT
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import names_organs, state_column
from fujing.web.desk.registry.roster_check import FAULTS, is_registered, of_upload
from fujing.web.desk.registry.undated import LABEL
from fujing.web.doors import door
from fujing.web.lists import list_of, list_response
from fujing.web.requests import Request

SHOWN = 200
"""Rows of each list of the preview; the numbers above count all."""
CHANGES = (
    Column("row", "行", lambda row: row["row"], "integer"),
    Column("name", "姓名", lambda row: row["name"]),
    Column("what", "变更", lambda row: row["what"], wrap=True),
)
PEOPLE = (
    Column("row", "行", lambda row: row["row"], "integer"),
    Column("name", "姓名", lambda row: row["name"]),
    Column("what", "登记为", lambda row: row["what"], wrap=True),
)
GONE = (
    Column("name", "姓名", lambda row: row["name"], link=lambda row: reverse("desk:person", args=[row["person"]])),
    Column("organ", "机关", lambda row: row["organ"]),
)
ORGANS = (
    Column("name", "机关", lambda row: row["name"]),
    Column("quota", "核定额度", lambda row: row["quota"], "integer", unit="人"),
    Column("now", "系统内在职", lambda row: row["now"], "integer", unit="人"),
    Column("after", "导入后在职", lambda row: row["after"], "integer", unit="人"),
    Column("free", "导入后空余额度", lambda row: row["free"], "integer", unit="人"),
    Column("undated", f"{LABEL}，未计入", lambda row: row["undated"], "integer", unit="人"),
    Column("hired", f"{EFFECTIVE} 起直接聘用", lambda row: row["hired"], "integer", unit="人"),
    Column("planned", "花名册批准计划数", lambda row: row["planned"], "integer", unit="人", empty="未写明"),
)


def _uploaded(sealed: SealedUpload, head: dict[str, Any]) -> dict[str, Any]:
    """What is imported: the roster, the digest of its file, and the day for which it was checked."""
    return {
        "roster": roster_of(sealed.part),
        "digest": sm3(sealed.part("file")).hex(),
        "as_of": date.fromisoformat(head["as_of"]),
    }


@of_upload
def preview(request: Request, sealed: SealedUpload, head: dict[str, Any]) -> HttpResponse:
    actor = request.actor
    if is_registered(sealed):
        raise Http404("没有上传的文件")
    if request.method == "POST":
        return _confirm(request, actor, sealed, head)
    plan = perform(request, lambda: plan_of(actor, **_uploaded(sealed, head)), writes=False)
    if plan is None:
        return redirect("desk:roster_check_report")
    names = names_of(plan.bureaus)
    context = {
        "title": "导入花名册",
        "summary": f"{head['file']}，{head['rows']:,} 行，基准日 {head['as_of']}",
        "until": f"{localtime(sealed.until):%H:%M}",
        "filters": (),
        "note": "",
        "numbers": _numbers(plan),
        "plan": plan,
        "shown": SHOWN,
        "organs": table_of(ORGANS, _organs(plan, names), "机关", empty="没有可以导入的机关。"),
        "lists": [each for each in _lists(plan, names) if each["count"]],
    }
    return render(request, "registry/roster_import.html", context)


def _confirm(request: Request, actor: Actor, sealed: SealedUpload, head: dict[str, Any]) -> HttpResponse:
    made = perform(
        request, lambda: roster_import(actor=actor, seen=values.token(request.POST, "seen"), **_uploaded(sealed, head))
    )
    if made is None:
        return redirect("desk:roster_import")
    if not made:
        messages.info(request, "登记与花名册一致，没有需要导入的。")
        return redirect("desk:roster_import")
    created, changed = sum(each.created for each in made), sum(each.changed for each in made)
    messages.success(request, f"已导入：新增 {created:,} 人，更新 {changed:,} 人。")
    return redirect("desk:roster_imported", made[0].pk) if len(made) == 1 else redirect("desk:roster_imports")


def _numbers(plan: Plan) -> list[dict[str, Any]]:
    refused = len({fault.path.partition("行")[0] for fault in plan.refused})
    told = (
        ("新增", plan.count(NEW), "行，建立档案和用工"),
        ("变更", plan.count(CHANGED), "行，原记载保留备查"),
        ("一致", plan.count(SAME), "行，不作改动"),
        ("花名册没有", plan.gone.height, "人，系统内在职，不作改动"),
        ("不登记", refused, "行，原因见下"),
    )
    return [
        {"label": label, "value": f"{count:,}", "note": note, "url": "", "alert": label == "不登记" and count > 0}
        for label, count, note in told
    ]


def _organs(plan: Plan, names: dict[int, str]) -> list[dict[str, Any]]:
    planned = {row["bureau"]: row.get("planned") for row in plan.figures.iter_rows(named=True)}
    rows = []
    for code, account in quotas_of(plan.bureaus).items():
        own = plan.people.filter(pl.col("bureau") == code)
        fresh = own.filter(pl.col("engagement").is_null() & pl.col("lower").is_not_null() & pl.col("upper").is_null())
        after = account.in_service + fresh.height - _leaving(own)
        undated = own.filter(pl.col("engagement").is_null() & pl.col("hired_on").is_null() & ~_gone(plan.as_of))
        hired = own.filter((pl.col("employment") == "direct") & pl.col("hired_on").is_between(EFFECTIVE, plan.as_of))
        rows.append(
            {
                "name": names.get(code, str(code)),
                "quota": account.kept,
                "now": account.in_service,
                "after": after,
                "free": account.free - (after - account.in_service),
                "undated": undated.height,
                "hired": hired.height,
                "planned": planned.get(code),
            }
        )
    return rows


def _gone(day: date) -> pl.Expr:
    return (pl.col("left_on") <= day).fill_null(value=False)


def _leaving(own: pl.DataFrame) -> int:
    """Rows that now say a last day where an engagement stands open."""
    closes = pl.col("engagement").is_not_null() & pl.col("upper").is_not_null() & pl.col("left_on_was").is_null()
    return own.filter(closes & (pl.col("how") == CHANGED)).height


def _lists(plan: Plan, names: dict[int, str]) -> list[dict[str, Any]]:
    """Each list of the preview with its heading, what it means and its first rows."""
    people = plan.people
    new, changed = (people.filter(pl.col("how") == how) for how in (NEW, CHANGED))
    gone = [{**row, "organ": names.get(row["bureau"], "")} for row in plan.gone.head(SHOWN).iter_rows(named=True)]
    return [
        _list("不登记的", "改好花名册后重新上传；其余各行不受影响。", FAULTS, plan.refused[:SHOWN], len(plan.refused)),
        _list("变更的", "以花名册为准，原记载保留。", CHANGES, _told(changed, _changes), changed.height),
        _list(
            "花名册没有的",
            "不等于离职：确已离职的，请在花名册写明离职日期后再导入，或者办理离职。",
            GONE,
            gone,
            plan.gone.height,
        ),
        _list("新增的", "以花名册的内容建立档案和用工，来源写明文件和行。", PEOPLE, _told(new, _entered), new.height),
    ]


def _list(title: str, why: str, columns: tuple[Column, ...], rows: list[Any], count: int) -> dict[str, Any]:
    return {"title": title, "why": why, "table": table_of(columns, rows, title), "count": count}


def _told(rows: pl.DataFrame, say: Any) -> list[dict[str, Any]]:
    return [{**row, "what": say(row)} for row in rows.head(SHOWN).iter_rows(named=True)]


def _entered(row: dict[str, Any]) -> str:
    """What becomes of a new row."""
    if row["engagement"] is not None:
        return "系统已有用工，另存花名册记载"
    if row["lower"] is None:
        return "只建档案：没有写入职日期，用工待补" if row["hired_on"] is None else "只建档案：入职当日离职"
    service = "购买服务（第四十五条第二款）" if row["employment"] == "purchased" else "用工"
    return f"{service}，{row['lower']} 起" + (f"，{row['upper']} 离职" if row["upper"] else "")


def _changes(row: dict[str, Any]) -> str:
    told = []
    for name in FACTS:
        if name in LABELS and (row[name], row.get(f"{name}_said")) != (row[f"{name}_was"], row.get(f"{name}_said_was")):
            was, now = (_said(name, row, end) for end in ("_was", ""))
            told.append(f"{LABELS[name]}：{was} → {now}")
    return "；".join(told)


def _said(name: str, row: dict[str, Any], end: str) -> str:
    value = row[f"{name}{end}"]
    return words_of(WRITTEN[name], value) if value is not None else row.get(f"{name}_said{end}") or "空白"


COLUMNS = (
    Column("file", "文件", "file_name", link=lambda row: reverse("desk:roster_imported", args=[row.pk])),
    Column("organ", "机关", "organ"),
    Column("as_of", "基准日", kind="date"),
    Column("created", "新增", kind="integer", unit="人"),
    Column("changed", "更新", kind="integer", unit="人"),
    state_column(),
    Column("made_by", "导入人"),
    Column("made_at", "导入时间", kind="moment"),
)


@door(*PERSONNEL)
def imports(request: Request) -> HttpResponse:
    actor = request.actor
    rows: QuerySet[RosterImport] = imports_of(actor)
    context = list_of(
        request, COLUMNS, rows, "花名册导入", dress=names_organs(organ="organ_code"), empty="还没有导入过花名册。"
    )
    context |= {"summary": f"共 {rows.count()} 次，新的在前。"}
    return list_response(request, context, "registry/roster_imports.html")


def _touched(made: RosterImport) -> Touched:
    return Touched(f"新增的 {made.created} 人删除，更新的 {made.changed} 人恢复原记载。")


DEEDS = Deeds(
    ROSTER_IMPORT,
    {
        "take_back": Deed(
            lambda actor, row, data: roster_import_take_back(actor=actor, made=row, reason=data["reason"]),
            touches=_touched,
        )
    },
)


@door(*PERSONNEL)
def imported(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    made = import_for(actor, pk)
    if request.method == "POST":
        return take(request, actor, made, DEEDS, back=reverse("desk:roster_imported", args=[pk]), subject=str(made))
    context = {
        "title": made.file_name,
        "made": made,
        "state_of": made,
        "facts": [("机关", names_of([made.organ_code])[made.organ_code]), ("基准日", made.as_of)],
        "columns": [LABELS[key] for key in made.columns if key in LABELS],
        "superseded": superseded_in(made),
        "tabs": [],
        "timeline": [],
    }
    return render(request, "registry/roster_imported.html", context | act_context(actor, made, DEEDS))
