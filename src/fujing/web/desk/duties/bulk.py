"""A week at once: its drafts given, or the week before copied; what will happen to whom is shown before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.queries import WEEK, orders_of_week
from fujing.duties.orders.services import week_copy, week_give
from fujing.duties.orders.states import OrderState
from fujing.kernel.digests import digest_of
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import DUTY_PLANNERS
from fujing.web.columns import table_of
from fujing.web.desk.duties.asked import asked_for
from fujing.web.desk.duties.orders import COLUMNS, content_of
from fujing.web.desk.duties.week import against_table, week_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.requests import Request
from fujing.web.seen import SeenWhole

SHOWN = (COLUMNS[0], *COLUMNS[3:5], *COLUMNS[6:8])


class SureForm(forms.Form):
    """Nothing is asked but that it is done."""


def _content(rows: list[DutyOrder]) -> list[Any]:
    return [[row.pk, content_of(row)] for row in sorted(rows, key=lambda each: each.pk)]


@door(*DUTY_PLANNERS)
def give(request: Request) -> HttpResponse:
    """All drafts of a week that nothing stands against; the others stay drafts, with the reasons."""
    actor = request.actor
    with reading(actor):
        asked = asked_for(request, actor)
        week = week_of(actor, asked)
        drafts = [each for each in week.orders if each.state == OrderState.DRAFT]
        held = week.held
        clear = [each for each in drafts if each not in held]
        form, seen = SureForm(values.sent(request)), SeenWhole(request, _content(drafts))
        if request.method == "POST" and form.is_valid():
            done = perform(
                request,
                lambda: (
                    week_give(
                        actor=actor,
                        unit=asked.unit.code,
                        orders=drafts,
                        seen=lambda rows: seen.check(drafts[0], _content(rows), "请核对后再派勤。"),
                    )
                    if drafts
                    else ([], [])
                ),
                form,
            )
            if done is not None:
                given, kept = done
                rest = f"，{len(kept)} 张有问题的仍是草稿" if kept else ""
                messages.success(request, f"已派勤 {len(given)} 张{rest}。")
                return redirect(asked.url("desk:duties"))
        context = {
            "title": "派出本周草稿",
            "intro": f"{asked.said}。派出后本人在自己的页面上看到，派勤单不再改动；没有开始的可以撤回",
            "form": form,
            "seen": digest_of(_content(drafts)),
            "submit": f"派出 {len(clear)} 张",
            "able": bool(clear),
            "back": asked.url("desk:duties"),
            "heading": f"没有问题、将要派出的 {len(clear)} 张",
            "table": table_of(SHOWN, clear, "将要派出的派勤单", empty="没有可以派出的草稿。"),
            "rest": f"有问题、仍为草稿的 {len(held)} 张" if held else "",
            "held": against_table(held, week.told),
        }
        return form_response(request, "duties/bulk.html", context)


@door(*DUTY_PLANNERS)
def copy(request: Request) -> HttpResponse:
    """What stands of the week before, drawn up again as drafts; what is there already stays as it is."""
    actor = request.actor
    with reading(actor):
        asked = asked_for(request, actor)
        before = asked.monday - WEEK
        # What began the week before that belongs to that one.
        rows = [each for each in orders_of_week(actor, asked.unit.code, before) if each.begins.date() >= before]
        form = SureForm(values.sent(request))
        if request.method == "POST" and form.is_valid():
            made = perform(request, lambda: week_copy(actor=actor, unit=asked.unit.code, monday=before), form)
            if made is not None:
                there = len(rows) - len(made)
                rest = f"另有 {there} 张本周已有，没有重复。" if there else ""
                messages.success(request, f"已复制 {len(made)} 张，都是草稿；有问题的列在下面。{rest}")
                return redirect(asked.url("desk:duties"))
        context = {
            "title": "复制上一周",
            "intro": f"把 {before} 起一周的派勤复制到 {asked.said}，都存为草稿，逐张核对后派出；撤回的不复制，已有的不重复",
            "form": form,
            "seen": "",
            "submit": f"复制 {len(rows)} 张",
            "able": bool(rows),
            "back": asked.url("desk:duties"),
            "heading": f"上一周的 {len(rows)} 张",
            "table": table_of(SHOWN, rows, "上一周的派勤单", empty="上一周没有派勤。"),
            "rest": "",
            "held": None,
        }
        return form_response(request, "duties/bulk.html", context)
