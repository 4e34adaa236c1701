"""One page for plan, budget and consent: what stands on it, what it costs, and two people in one form."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.general.budget.models import Budget
from fujing.kernel.actor import acting
from fujing.recruitment.plans.models import HeadcountPlan
from tests.clients import client_with
from tests.factories import MIANYANG, SANTAI
from tests.recruitment.test_approvals import FIRST, WALKS, Walk

# The session, the account, the beginning and the end of the transaction count too.
MOST = {"plan": 12, "budget": 15, "consent": 15}
KINDS = sorted(WALKS)


def url_of(kind: str, subject: Any) -> str:
    if kind == "consent":
        with acting(FIRST):
            return f"/desk/consents/{subject.consents.get().pk}/"
    return f"/desk/{kind}s/{subject.pk}/" if kind == "plan" else f"/desk/budget/{subject.pk}/"


def department(walk: Walk) -> Client:
    (role,) = walk.partner.roles
    return client_with(walk.partner.organ_code or 0, role)


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_request_figures_route_and_answer_in_one_place(kind: str, db: None) -> None:
    walk = WALKS[kind]()
    url = url_of(kind, walk.sent())
    text = page(department(walk), url)
    for heading in ("请示事项", "判断依据", "审批路线", "办理意见"):
        assert f"<h2>{heading}</h2>" in text
    assert 'aria-current="step"' in text
    assert "正在办理" in text
    assert {"pass", "return"} <= set(re.findall(r'name="verb"\s+value="(\w+)"', text))
    assert "录入纸质意见" not in text
    head = page(client_with(SANTAI, "hr_head"), url)
    assert 'name="paper-scan"' in head
    assert f"现在由{'三台县'}" in head
    assert 'value="pass"' not in head


@pytest.mark.parametrize(("kind", "verb"), [("plan", "refuse"), ("budget", "pass")])
def test_what_cant_be_taken_back_is_ticked_as_looked_at_before_it_is_decided(kind: str, verb: str, db: None) -> None:
    walk = WALKS[kind]()
    url, client = url_of(kind, walk.sent()), department(walk)
    label = "不同意" if verb == "refuse" else "审核下达"
    assert f"已核对，“{label}”办理后不能撤销" in page(client, url)
    said = {"verb": verb, "opinion": "不需要", "number": "1号"}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert refused.context["opinion"].errors == {"confirmed": ["办理后不能撤销，请核对后勾选。"]}
    assert 'aria-current="step"' in page(client, url)
    assert client.post(url, {**said, "confirmed": "on"}).status_code == 302
    assert 'aria-current="step"' not in page(client, url)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_back_needs_no_tick(kind: str, db: None) -> None:
    walk = WALKS[kind]()
    url = url_of(kind, walk.sent())
    assert department(walk).post(url, {"verb": "return", "opinion": "请补充"}).status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_an_incomplete_paper_answer_names_all_fields_at_once(kind: str, db: None) -> None:
    url = url_of(kind, WALKS[kind]().sent())
    answer = client_with(SANTAI, "hr_head").post(url, {"verb": "record_return"})
    assert answer.status_code == 422
    assert set(answer.context["paper"].errors) >= {"document_number", "document_date", "scan", "opinion"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["own", "partner"])
def test_the_page_costs_few_queries(kind: str, who: str, db: None) -> None:
    walk = WALKS[kind]()
    url = url_of(kind, walk.sent())
    client = department(walk) if who == "partner" else client_with(SANTAI, "hr_head")
    page(client, url)
    with CaptureQueriesContext(connection) as queries:
        page(client, url)
    # Inside the test's own transaction a rollback takes two statements instead of one.
    asked = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
    assert len(asked) <= MOST[kind], "\n".join(each[:150] for each in asked)


def test_an_approved_plan_with_three_rounds_costs_no_more(db: None) -> None:
    walk = WALKS["plan"]()
    subject = walk.sent()
    for _ in range(2):
        walk.answer(walk.partner, subject, "return", opinion="人数有误")
        with acting(FIRST):
            subject = walk.send(FIRST, walk.revise(FIRST, subject))
    client = client_with(SANTAI, "hr_head")
    with CaptureQueriesContext(connection) as queries:
        text = page(client, f"/desk/plans/{subject.pk}/")
    asked = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
    assert len(asked) <= MOST["plan"], "\n".join(each[:150] for each in asked)
    assert text.count("已替代</span>") == 2


def hidden(client: Client, url: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page(client, url))
    assert found
    return found[1]


def plan_form(seen: str, count: int, reason: str = "警力不足") -> dict[str, Any]:
    line = {"post_name": "一线执勤", "category": "field", "count": count, "yearly_cost": "", "reason": "巡逻"}
    return {
        "seen": seen,
        "year": 2026,
        "reason": reason,
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 0,
        **{f"lines-0-{name}": value for name, value in line.items()},
    }


def budget_form(seen: str, pay: int, reason: str = "年度预算") -> dict[str, Any]:
    kinds = ("commendation", "insurance", "equipment", "uniform", "training")
    return {"seen": seen, "year": 2026, "reason": reason, "pay": pay, **dict.fromkeys(kinds, 1000)}


FORMS: dict[str, tuple[Callable[..., dict[str, Any]], str]] = {
    "plan": (plan_form, "由“3 人，年度经费 — 元，巡逻”改为“4 人，年度经费 — 元，巡逻”"),
    "budget": (budget_form, "薪酬由“1,000.00 元”改为“4.00 元”"),
}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_the_second_of_two_tabs_reads_what_the_first_changed_and_overwrites_nothing(kind: str, db: None) -> None:
    form, told = FORMS[kind]
    subject = WALKS[kind]().drafted()
    role = "hr_officer" if kind == "plan" else "finance"
    one, other = client_with(SANTAI, role), client_with(SANTAI, role)
    url = f"{url_of(kind, subject)}edit/"
    seen = hidden(one, url)
    assert one.post(url, form(seen, 4, "改")).status_code == 302
    late = other.post(url, form(seen, 5, "改"))
    assert late.status_code == 422
    text = late.content.decode()
    assert told in text
    assert "没有保存" in text
    model: type[HeadcountPlan] | type[Budget] = HeadcountPlan if kind == "plan" else Budget
    with acting(FIRST):
        lines = model.objects.get(pk=subject.pk).lines
        assert lines.filter(**({"count": 4} if kind == "plan" else {"kind": "pay", "amount": Decimal(4)})).exists()
    fresh = re.search(r'name="seen" value="([^"]+)"', text)
    assert fresh
    assert other.post(url, form(fresh[1], 5, "改")).status_code == 302


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_form_that_failed_still_remembers_what_it_showed(kind: str, db: None) -> None:
    form, told = FORMS[kind]
    subject = WALKS[kind]().drafted()
    client = client_with(SANTAI, "hr_officer" if kind == "plan" else "finance")
    url = f"{url_of(kind, subject)}edit/"
    seen = hidden(client, url)
    failed = client.post(url, form(seen, -1, "改"))
    assert failed.status_code == 422
    assert client.post(url, form(seen, 4, "改")).status_code == 302
    kept = re.search(r'name="seen" value="([^"]+)"', failed.content.decode())
    assert kept
    late = client.post(url, form(kept[1], 5, "改"))
    assert late.status_code == 422
    assert told in late.content.decode()


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_form_without_what_it_showed_changes_nothing(kind: str, db: None) -> None:
    form, _ = FORMS[kind]
    subject = WALKS[kind]().drafted()
    client = client_with(SANTAI, "hr_officer" if kind == "plan" else "finance")
    for seen in ("", "x:y:z"):
        assert client.post(f"{url_of(kind, subject)}edit/", form(seen, 5)).status_code == 422


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [each.text for section in document.sections for each in section.footer.paragraphs]
    return "\n".join([*(each.text for each in document.paragraphs), *cells, *foot])


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_paper_is_printed_as_it_was_sent_and_says_that_it_was_replaced(kind: str, db: None) -> None:
    form, _ = FORMS[kind]
    walk = WALKS[kind]()
    subject = walk.sent()
    walk.answer(walk.partner, subject, "return", opinion="人数有误")
    client = client_with(SANTAI, "hr_officer" if kind == "plan" else "finance")
    url = url_of(kind, subject)
    assert client.post(f"{url}edit/", form(hidden(client, f"{url}edit/"), 5, "第二次的理由")).status_code == 302
    with acting(FIRST):
        subject = type(subject).objects.get(pk=subject.pk)
        walk.send(FIRST, subject)
    paper = f"{url}paper/?as=docx"
    first, second, last = words(client, f"{paper}&round=1"), words(client, f"{paper}&round=2"), words(client, paper)
    assert second == last
    assert "第二次的理由" in second
    assert "第二次的理由" not in first
    assert "已由第 2 次报送替代" in first
    assert "替代" not in second
    assert client.get(f"{paper}&round=3").status_code == 404


def test_the_letter_to_the_department_prints_what_is_asked(db: None) -> None:
    walk = WALKS["consent"]()
    url = url_of("consent", walk.sent())
    letter = words(department(walk), f"{url}paper/?as=docx")
    assert "关于商请简化警务辅助人员招聘程序的函" in letter
    assert "改过的公告" in letter
    assert "体能测试" in letter
    assert department(walk).get(f"{url}paper/?as=pdf").content.startswith(b"%PDF")


def test_what_came_back_stands_on_the_home_page_of_its_bureau_alone(db: None) -> None:
    for kind, role, label in (("plan", "hr_officer", "用人计划"), ("budget", "finance", "经费预算")):
        walk = WALKS[kind]()
        subject = walk.sent()
        walk.answer(walk.partner, subject, "return", opinion="人数有误")
        assert f"2026 年{label}：退回修改" in page(client_with(SANTAI, role), "/desk/")
        assert "退回修改" not in page(client_with(MIANYANG, role), "/desk/")


@pytest.mark.parametrize("kind", WALKS)
def test_what_is_sent_waits_on_the_home_page_of_who_answers(kind: str, db: None) -> None:
    walk = WALKS[kind]()
    subject = walk.sent()
    assert url_of(kind, subject) in page(department(walk), "/desk/")
