"""Budget pages: drawn up, decided by the finance department, spent, adjusted; what each sign-in sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.general.budget.models import Budget, BudgetAccount
from fujing.kernel.actor import acting
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING

KINDS = ("pay", "commendation", "insurance", "equipment", "uniform", "training")
YEAR = 2026


@pytest.fixture
def desk(db: None) -> Client:
    """The county's finance office; its finance department is registered."""
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.bureau(YANTING)
    return client_with(SANTAI, "finance")


def department() -> Client:
    with acting(factories.PROVINCIAL):
        organ = factories.partner(SANTAI, "finance")
    return client_with(organ.code, "partner_finance")


def filled(amount: int = 1000) -> dict[str, object]:
    return {"year": YEAR, "reason": "年度预算", **dict.fromkeys(KINDS, amount)}


def drafted(client: Client) -> str:
    answer = client.post("/desk/budget/new/", filled())
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_budget_goes_its_way_through_the_pages(desk: Client) -> None:
    place = drafted(desk)
    finance = department()
    assert desk.post(place, {"verb": "submit"}).status_code == 302
    assert "经费预算：等待审核" in finance.get("/desk/").content.decode()
    assert "三台" in finance.get("/desk/budget/").content.decode()
    refused = finance.post(place, {"verb": "pass"})
    assert refused.status_code == 422
    assert set(refused.context["opinion"].errors) == {"__all__", "number", "confirmed"}
    form = {"verb": "pass", "number": "三财预〔2026〕5号", "confirmed": "on"}
    assert finance.post(place, form).status_code == 302
    page = desk.get(f"/desk/budget/?year={YEAR}").content.decode()
    assert "三财预〔2026〕5号" in page
    assert "6,000.00" in page


def test_amounts_that_are_no_numbers_are_named_at_their_fields(desk: Client) -> None:
    answer = desk.post("/desk/budget/new/", {**filled(), "pay": "很多", "uniform": "-1", "training": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"pay", "uniform", "training"}
    with acting(factories.territorial(SANTAI)):
        assert not Budget.objects.exists()


def test_a_payment_above_the_budget_is_refused_at_the_field_and_pay_is_warned(desk: Client) -> None:
    factories.issued_budget(SANTAI, 1000)
    voucher = {"year": YEAR, "document_number": "12", "document_date": f"{date(2026, 3, 1)}", "reason": "春季"}
    refused = desk.post("/desk/budget/spend/", {**voucher, "kind": "uniform", "amount": "1000.01"})
    assert refused.status_code == 422
    assert refused.context["form"].errors["amount"] == ["最多 1,000.00 元"]
    warned = desk.post("/desk/budget/spend/", {**voucher, "kind": "pay", "amount": "1200"}, follow=True)
    assert "已超出预算 200.00 元" in warned.content.decode()
    with acting(factories.territorial(SANTAI)):
        assert BudgetAccount.objects.get(kind="pay").spent == 1200
        assert BudgetAccount.objects.get(kind="uniform").spent == 0


def test_an_adjustment_shows_what_was(desk: Client) -> None:
    budget = factories.issued_budget(SANTAI, 1000)
    answer = desk.post(f"/desk/budget/new/?adjusts={budget.pk}", {**filled(), "uniform": "1500"})
    page = desk.get(answer["Location"]).content.decode()
    assert page.count("有调整") == 1
    assert "1,500.00" in page


def test_a_superior_sees_who_has_no_budget_and_a_county_nobody_else(desk: Client) -> None:
    factories.issued_budget(SANTAI, 1000)
    city = client_with(MIANYANG, "hr_head")
    page = city.get(f"/desk/budget/organs/{MIANYANG}/below/?year={YEAR}")
    ((_, links),) = page.context["filters"]
    assert [(link.label, link.matches) for link in links] == [("全部", 3), ("没有下达", 2), ("缺项", 0), ("超支", 0)]
    assert desk.get(f"/desk/budget/organs/{YANTING}/").status_code == 404


@pytest.mark.parametrize("path", ["", f"organs/{SANTAI}/", f"organs/{PROVINCE}/below/"])
def test_budget_pages_cost_few_queries_however_many_organs_there_are(desk: Client, path: str) -> None:
    with acting(factories.PROVINCIAL):
        for number in (1, 3, 4, 5, 6, 8, 9, 10, 11, 13):
            factories.bureau(PROVINCE + number * 10**8)
    factories.issued_budget(SANTAI, 1000)
    client = client_with(PROVINCE, "hr_head")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/desk/budget/{path}?year={YEAR}").status_code == 200
    asked = [
        query["sql"] for query in queries if query["sql"].startswith("SELECT") and "set_config" not in query["sql"]
    ]
    assert len(asked) <= 12, "\n".join(asked)


def test_the_ratio_panel_says_what_is_unknown_and_computes_what_is_known(desk: Client) -> None:
    factories.quota(SANTAI, 30)
    with acting(factories.PROVINCIAL):
        for _ in range(3):
            factories.engagement(factories.person(SANTAI))
    head = client_with(SANTAI, "hr_head")
    assert head.get("/desk/quota/").content.decode().count("待核实") == 3
    year = head.get("/desk/quota/").context["year"]
    factories.issued_budget(SANTAI, 1000, year)
    done = head.post(
        "/desk/quota/figures/", {"year": year, "police_officers": 2, "residents": 60000, "source": "统计公报"}
    )
    assert done.status_code == 302
    page = head.get("/desk/quota/").content.decode()
    for known in ("<b>1.50</b> 人", "<b>0.50</b> 人", "<b>2,000.00</b> 元"):
        assert known in page
    assert head.post("/desk/quota/figures/", {"year": year}).status_code == 422


def test_a_plan_shows_its_cost_beside_the_money(desk: Client) -> None:
    plan = factories.approved_plan(SANTAI, count=1)
    page = client_with(SANTAI, "hr_head").get(f"/desk/plans/{plan.pk}/").content.decode()
    assert "2026年经费预算还没有下达，不能判断经费是否够用" in page
