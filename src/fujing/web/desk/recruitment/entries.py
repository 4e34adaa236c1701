"""双人录入: each of two enters a stage apart; differences are shown side by side once both have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.selection.entries import differences, entries_of, entry_drop, entry_save
from fujing.recruitment.selection.policies import can_score
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.recruitment.selection import ScoreForm
from fujing.web.doors import door
from fujing.web.requests import Request

MOST_DIFFERENCES = 200


def _compared(entries: list[Any], found: list[Any]) -> Table | None:
    """The first differences between two entries, beside one another under the names of who made them."""
    if not found:
        return None
    first, second = (each.entered_by for each in entries)
    columns = (
        Column("application", "报名序号"),
        Column("name", "姓名"),
        Column("matter", "科目、评委"),
        Column("first", first, empty="未录入"),
        Column("second", second, empty="未录入"),
    )
    return table_of(columns, found[:MOST_DIFFERENCES], "不同之处")


class EntryForm(ScoreForm):
    """A sheet of one stage."""

    file = forms.FileField(label="我的录入（XLSX 或 CSV，只有这个环节）")


@door(*HR)
def entries(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    stages = [stage.kind for stage in campaign.announcement.stages or () if stage.kind in EXAMS]
    act, of = values.words(request.POST, "act"), values.words(request.POST, "of")
    if act and of not in stages:
        raise Http404("没有这个环节")
    sent = act == "save"
    form = EntryForm(request.POST if sent else None, request.FILES if sent else None, auto_id=f"{of}_%s")
    done: Any = None
    if act == "save" and form.is_valid():
        data = form.cleaned_data
        done = perform(
            request,
            lambda: entry_save(actor=actor, campaign=campaign, stage=of, upload=data["file"], reason=data["reason"]),
            form,
        )
    elif act == "drop":
        own = [each for each in entries_of(campaign, of) if each.account_id == actor.account_id]
        if not own:
            raise Http404("没有您的录入")
        done = perform(request, lambda: entry_drop(actor=actor, entry=own[0]))
    if done:
        matched = "两次录入一致，成绩已写入。"
        messages.success(request, matched if done.state == "matched" else "已保存，两次录入一致后才写入成绩。")
        return redirect("desk:entries", pk)
    may = can_score(actor, campaign.organ_code) and campaign.state == "closed"
    rows = []
    for stage in stages:
        waiting = entries_of(campaign, stage)
        mine = any(each.account_id == actor.account_id for each in waiting)
        found = list(differences(campaign, waiting))
        rows.append(
            {
                "stage": stage,
                "label": STAGE_LABELS[stage],
                "entries": waiting,
                "mine": mine,
                "differences": len(found),
                "table": _compared(waiting, found),
                "cut": MOST_DIFFERENCES if len(found) > MOST_DIFFERENCES else 0,
                "may": may and (mine or len(waiting) < 2),
                "form": form if of == stage else EntryForm(auto_id=f"{stage}_%s"),
            }
        )
    context = {"campaign": campaign, "stages": rows, "may": may}
    return render(request, "recruitment/entries.html", context, status=422 if form.errors else 200)
