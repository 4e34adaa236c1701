"""The system administrator's pages: organ by name, accounts closed and reopened at once, passwords reset, the last one kept."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import Refusal
from fujing.registry.models import Account
from fujing.registry.services import role_end
from tests import factories
from tests.clients import client_of, client_with
from tests.factories import MIANYANG, PASSWORD, SANTAI, YANTING


@pytest.fixture
def officer(db: None) -> Account:
    with acting(factories.PROVINCIAL):
        for code in (SANTAI, YANTING):
            factories.bureau(code)
        factories.unit(SANTAI)
        return factories.account(SANTAI, "hr_officer", name="赵警官")


def act(client: Client, account: Account, verb: str, reason: str = "调离", **more: str):
    return client.post(f"/desk/accounts/{account.pk}/", {"verb": verb, "reason": reason} | more)


def test_a_closed_account_is_out_at_the_next_click_and_may_come_back(officer: Account) -> None:
    admin, own = client_with(SANTAI, "system_admin"), client_of(officer)
    assert own.get("/desk/").status_code == 200
    assert act(admin, officer, "close").status_code == 302
    assert own.get("/desk/").status_code == 302
    assert "已关闭" in admin.get("/desk/accounts/").content.decode()
    with acting(factories.PROVINCIAL):
        entry = HistoryEntry.objects.filter(tracked="registry_account", row_id=officer.pk).latest("pk")
    assert (entry.reason, entry.after) == ("调离", {"is_active": False})
    assert act(admin, officer, "reopen", "调回").status_code == 302
    assert client_of(officer).get("/desk/").status_code == 200


def test_a_reset_password_ends_sessions_and_the_second_step(officer: Account) -> None:
    admin, own = client_with(SANTAI, "system_admin"), client_of(officer)
    with acting(factories.PROVINCIAL):
        Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    assert act(admin, officer, "reset", "忘记密码", password="a-new-password-2026").status_code == 302
    assert own.get("/desk/").status_code == 302
    with acting(factories.PROVINCIAL):
        assert not Authenticator.objects.filter(user_id=officer.pk).exists()
    for password, status in ((PASSWORD, 200), ("a-new-password-2026", 302)):
        given = {"login": officer.username, "password": password}
        assert Client().post("/accounts/login/", given).status_code == status


@pytest.mark.parametrize("verb", ["close", "reset"])
def test_without_a_reason_nothing_happens(officer: Account, verb: str) -> None:
    own = client_of(officer)
    answer = act(client_with(SANTAI, "system_admin"), officer, verb, "", password="a-new-password-2026")
    assert answer.status_code == 422
    assert own.get("/desk/").status_code == 200


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_the_last_administrator_is_kept_until_there_is_another(officer: Account, role: str) -> None:
    with acting(factories.PROVINCIAL):
        last = factories.account(YANTING, role, name="钱管理")
        granting = factories.officer(MIANYANG, "security_admin")
    admin = client_with(MIANYANG, "system_admin")
    refused = act(admin, last, "close")
    assert refused.status_code == 422
    assert "钱管理是本机关唯一的" in refused.content.decode()
    with acting(granting), pytest.raises(Refusal, match="唯一"):
        role_end(actor=granting, account=last, role_id=last.roles.get().pk)
    with acting(factories.PROVINCIAL):
        factories.account(YANTING, role)
    assert act(admin, last, "close").status_code == 302


def test_only_the_system_administrator_of_the_territory_and_not_oneself(officer: Account) -> None:
    assert act(client_with(YANTING, "system_admin"), officer, "close").status_code == 404
    for role in ("security_admin", "audit_admin", "hr_head"):
        assert act(client_with(SANTAI, role), officer, "close").status_code == 403
    with acting(factories.PROVINCIAL):
        own = factories.account(SANTAI, "system_admin")
    assert act(client_of(own), own, "close").status_code == 403


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("三台县公安局", SANTAI, ""),
        ("城关派出所", SANTAI + 100, ""),
        ("三台", None, "有 2 个机关含这几个字"),
        ("盐亭县公安局", None, "您的管理范围内没有"),
    ],
)
def test_the_organ_is_chosen_by_its_name(officer: Account, typed: str, code: int | None, said: str) -> None:
    given = {"username": "new", "name": "新", "organ_code": typed, "password": "a-new-password-2026"}
    answer = client_with(SANTAI, "system_admin").post("/desk/accounts/new/", given)
    assert answer.status_code == (302 if code else 422)
    assert said in answer.content.decode()
    with acting(factories.PROVINCIAL):
        assert list(Account.objects.filter(username="new").values_list("organ_code", flat=True)) == (
            [code] if code else []
        )


def test_the_organs_of_the_territory_are_offered_while_typing(officer: Account) -> None:
    page = client_with(SANTAI, "system_admin").get("/desk/accounts/new/").content.decode()
    field = page.split('name="organ_code"')[1].split("</datalist>")[0]
    assert 'list="id_organ_code_known"' in field
    assert '<datalist id="id_organ_code_known">' in field
    assert re.findall('<option value="([^"]*)">', field) == ["三台县公安局", "三台县公安局城关派出所"]
    refused = client_with(SANTAI, "system_admin").post("/desk/accounts/new/", {"organ_code": "三台"}).content.decode()
    assert "<datalist" in refused


def test_accounts_are_found_by_name_or_account(officer: Account) -> None:
    admin = client_with(SANTAI, "system_admin")
    for text, found in (("赵 警官", True), (officer.username, True), ("钱", False)):
        body = admin.get("/desk/accounts/", {"q": text}).content.decode().split('<tbody role="rowgroup">')[1]
        assert ("赵警官" in body) is found, text
