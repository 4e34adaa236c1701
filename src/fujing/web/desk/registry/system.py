"""系统: accounts and roles by the three administrators (三员分立)."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.registry.accounts import account_close, account_for, account_reopen, account_reset
from fujing.registry.models import Account
from fujing.registry.policies import can_grant_roles, can_keep_accounts
from fujing.registry.queries import account_administered, accounts_administered, organs_administered
from fujing.registry.search import whom
from fujing.registry.services import account_open, role_end, role_grant
from fujing.registry.states import ADMINISTRATORS, Role
from fujing.web import values
from fujing.web.acts import ReasonForm, perform
from fujing.web.audience import SECURITY_ADMIN, SYSTEM_ADMIN
from fujing.web.choices import Suggesting, suggest
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import DateField, names_organs
from fujing.web.doors import door
from fujing.web.form_pages import form_page, form_response
from fujing.web.lists import MOST_EXPORTED, address, as_file, kept, list_response, listed
from fujing.web.requests import Request

PAGE = 100


class OrganField(forms.CharField):
    """An organ by its name or a part of it that only one has; gives the code. `organs` are those to choose from."""

    widget = Suggesting
    organs: tuple[tuple[int, str], ...] = ()

    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        text = "".join(str(value or "").split())
        if not text:
            return None
        found = [each for each in self.organs if each[1] == text] or [each for each in self.organs if text in each[1]]
        if not found:
            raise forms.ValidationError("您的管理范围内没有这个名称的机关。")
        if len(found) > 1:
            names = "、".join(name for _, name in found[:5])
            raise forms.ValidationError(f"有 {len(found)} 个机关含这几个字，请写全称，如 {names}。")
        return found[0][0]


class AccountForm(forms.Form):
    username = forms.CharField(label="账号", max_length=60)
    name = forms.CharField(label="姓名", max_length=60)
    organ_code = OrganField(label="所属机关", help_text="写名称或者其中几个字，如 三台县公安局")
    password = forms.CharField(label="初始密码", widget=forms.PasswordInput, min_length=10)


class ResetForm(ReasonForm):
    password = forms.CharField(
        label="新密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        min_length=10,
        help_text="至少10位；同时取消两步验证，本人登录后重新设置",
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="角色", choices=[each for each in Role.choices if each[0] != Role.APPLICANT])
    starts = DateField(label="起始日")


ACCOUNTS = (
    Column("username", "账号"),
    Column("name", "姓名"),
    Column("organ", "机关", "organ_name"),
    Column("roles", "角色", lambda row: "、".join(role.get_role_display() for role in row.roles.all()), wrap=True),
    Column(
        "state",
        "状态",
        lambda row: "启用" if row.is_active else "已关闭",
        colour=lambda row: "green" if row.is_active else "gray",
    ),
)
EMPOWER = Column(
    "grant", "授权", lambda row: "角色", link=lambda row: reverse("desk:account_roles", args=[row.pk]), act=True
)
KEEP = Column("keep", "办理", lambda row: "账号", link=lambda row: reverse("desk:account", args=[row.pk]), act=True)
ACTS = ((can_grant_roles, EMPOWER), (can_keep_accounts, KEEP))
ROLES = (
    Column("role", "角色", "get_role_display"),
    Column("from", "起", "span.lower", "date"),
    Column("until", "止", lambda row: last_day(row.span.upper), "date"),
    Column("act", "办理", template="registry/role_end.html"),
)


@door(*ADMINISTRATORS)
def accounts(request: Request) -> HttpResponse:
    actor = request.actor
    after = values.number(request.GET, "after", 0)
    text = values.words(request.GET, "q")
    rows = accounts_administered(actor).filter(pk__gt=after)
    if text:
        rows = rows.filter(whom(actor, text) | Q(username=text))
    size = MOST_EXPORTED + 1 if as_file(request) else PAGE
    page = list(rows.prefetch_related("roles").order_by("pk")[: size + 1])
    names_organs(organ_name="organ_code")(page)
    columns = (*ACCOUNTS, *(column for may, column in ACTS if may(actor)))
    context = listed(request, columns, columns, page[:size], "账号角色") | {
        "next_url": address(request, after=str(page[size - 1].pk)) if len(page) > size else "",
        "previous_url": address(request) if after else "",
        "q": text,
        "find_kept": kept(request, "q"),
        "may_open": can_keep_accounts(actor),
    }
    return list_response(request, context, "registry/accounts.html")


@door(*SYSTEM_ADMIN)
def account_new(request: Request) -> HttpResponse:
    actor = request.actor
    form = AccountForm(values.sent(request))
    organs = organs_administered(actor)
    form.fields["organ_code"].organs = organs  # type: ignore[attr-defined]
    # Bureaus first: of a whole province the list has no room for every station.
    suggest(form, organ_code=[name for code, name in sorted(organs, key=lambda each: (each[0] % 10**6 != 0, each[0]))])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: account_open(actor=actor, **data), form):
            messages.success(request, "账号已建立，由安全管理员授予角色后可用。")
            return redirect("desk:accounts")
    return form_page(request, form, title="建立账号", submit="建立", back=reverse("desk:accounts"))


@door(*SECURITY_ADMIN)
def roles(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    account = account_administered(actor, pk)
    form = RoleForm(values.sent(request) if "end" not in request.POST else None)
    if request.method == "POST":
        if "end" in request.POST:
            done: object = perform(
                request, lambda: role_end(actor=actor, account=account, role_id=values.number(request.POST, "end", 0))
            )
        else:
            done = form.is_valid() and perform(
                request, lambda: role_grant(actor=actor, account=account, **form.cleaned_data), form
            )
        if done:
            messages.success(request, "角色已更新。")
            return redirect("desk:account_roles", pk)
    held = table_of(ROLES, account.roles.order_by("-span"), "角色", empty="还没有角色。")
    context = {"form": form, "account": account, "table": held}
    return form_response(request, "registry/account_roles.html", context)


VERBS: dict[str, tuple[Callable[..., Account], type[forms.Form], str]] = {
    "close": (account_close, ReasonForm, "账号已关闭，已登录的下一次点击即退出。"),
    "reopen": (account_reopen, ReasonForm, "账号已重新启用。"),
    "reset": (account_reset, ResetForm, "密码已重置，两步验证已取消。"),
}


@door(*SYSTEM_ADMIN)
def account(request: Request, pk: int) -> HttpResponse:
    """One account: closed, opened again, or given a new password, each with its reason."""
    actor = request.actor
    row = account_for(actor, pk)
    asked = values.choice(request.POST, "verb", VERBS)
    forms_of = {
        verb: form(request.POST if verb == asked else None, auto_id=f"{verb}_%s")
        for verb, (_, form, _) in VERBS.items()
    }
    if asked and forms_of[asked].is_valid():
        service, _, said = VERBS[asked]
        if perform(request, lambda: service(actor=actor, account=row, **forms_of[asked].cleaned_data), forms_of[asked]):
            messages.success(request, said)
            return redirect("desk:account", pk)
    names_organs(organ_name="organ_code")([row])
    context = {"account": row, "change": forms_of["close" if row.is_active else "reopen"], "reset": forms_of["reset"]}
    return render(request, "registry/account.html", context, status=422 if asked else 200)
