"""系统: accounts and roles by the three administrators (三员分立), and the audit trail."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.models import HistoryEntry
from fujing.registry.models import Account, Organ
from fujing.registry.services import account_open, role_end, role_grant
from fujing.registry.states import ADMINISTRATORS, Role
from fujing.web.acts import perform
from fujing.web.desk.common import DateField, need

PAGE = 100


class AccountForm(forms.Form):
    username = forms.CharField(label="账号", max_length=60)
    name = forms.CharField(label="姓名", max_length=60)
    organ_code = forms.IntegerField(label="所属机关代码", help_text="十二位")
    password = forms.CharField(label="初始密码", widget=forms.PasswordInput, min_length=10)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="角色", choices=[each for each in Role.choices if each[0] != Role.APPLICANT])
    starts = DateField(label="起始日")


def accounts(request: HttpRequest) -> HttpResponse:
    actor = need(request, *ADMINISTRATORS)
    after = int(request.GET.get("after") or 0)
    rows = list(
        Account.objects.filter(pk__gt=after)
        .exclude(organ_code=None)
        .prefetch_related("roles")
        .order_by("pk")[: PAGE + 1]
    )
    organs = dict(Organ.objects.filter(pk__in={row.organ_code for row in rows}).values_list("code", "name"))
    for row in rows:
        row.organ_name = organs.get(row.organ_code, "")  # type: ignore[attr-defined, arg-type]
    context = {
        "accounts": rows[:PAGE],
        "next_url": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "previous_url": "?" if after else "",
        "may_open": actor.has("system_admin"),
        "may_grant": actor.has("security_admin"),
    }
    return render(request, "registry/accounts.html", context)


def account_new(request: HttpRequest) -> HttpResponse:
    actor = need(request, "system_admin")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: account_open(actor=actor, **data), form):
            messages.success(request, "账号已建立，由安全管理员授予角色后可用。")
            return redirect("desk:accounts")
    context = {"form": form, "title": "建立账号", "submit": "建立", "back": reverse("desk:accounts")}
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def roles(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, "security_admin")
    account = Account.objects.filter(pk=pk).exclude(organ_code=None).first()
    if account is None:
        raise Http404("没有这个账号")
    form = RoleForm(request.POST or None if "end" not in request.POST else None)
    if request.method == "POST":
        if "end" in request.POST:
            done: object = perform(
                request, lambda: role_end(actor=actor, account=account, role_id=int(request.POST["end"]))
            )
        else:
            done = form.is_valid() and perform(
                request, lambda: role_grant(actor=actor, account=account, **form.cleaned_data), form
            )
        if done:
            messages.success(request, "角色已更新。")
            return redirect("desk:account_roles", pk)
    context = {"form": form, "account": account, "roles": account.roles.order_by("-span")}
    return render(request, "registry/account_roles.html", context, status=422 if form.errors else 200)


def trail(request: HttpRequest) -> HttpResponse:
    need(request, "audit_admin")
    before = request.GET.get("before", "")
    rows = HistoryEntry.objects.order_by("-id")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: PAGE + 1])
    context = {
        "entries": page[:PAGE],
        "next_url": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "previous_url": "?" if before else "",
    }
    return render(request, "registry/trail.html", context)
