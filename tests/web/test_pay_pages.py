"""薪酬 at the desk and 工资 in self-service: from the workbook to the slip that its person reads (14.2, 33)."""

from __future__ import annotations

import html
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.registry.models import Engagement
from fujing.safeguards.payroll.models import MonthFacts, PayRun, PaySlip, StandingFacts
from fujing.web.me.pay import PAY
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.markup import flat
from tests.registry.activated import opened, own
from tests.safeguards.payrolls import YEAR, payroll

pytestmark = pytest.mark.django_db
RUNS = "/desk/pay/"


def opened_book(client: Client) -> openpyxl.Workbook:
    answer = client.get(reverse("desk:pay_template"))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def sent(client: Client, book: openpyxl.Workbook, month: int = 1) -> object:
    content = io.BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("五月.xlsx", content.getvalue())
    return client.post(
        reverse("desk:pay_facts"), {"month": f"{YEAR}-{month:02}", "source": "各所队考勤表", "file": upload}
    )


def cell(book: openpyxl.Workbook, sheet: str, row: int, label: str) -> openpyxl.cell.cell.Cell:
    page = book[sheet]
    place = next(each.column for each in page[1] if each.value == label)
    return page.cell(row, place)


def test_facts_are_read_shown_and_confirmed_and_only_what_changed_is_added() -> None:
    made = payroll()
    client = client_of(made.clerk)
    book = opened_book(client)
    assert [cell(book, "人员", row, "层级").value for row in (2, 3)] == ["七级", "七级"]
    cell(book, "人员", 2, "层级").value = "六级"
    cell(book, "月份", 2, "人员编号").value = str(made.people[1].pk)
    cell(book, "月份", 2, "月份").value = f"{YEAR}-01"
    cell(book, "月份", 2, "夜班").value = 3
    page = sent(client, book)
    words = flat(page)
    assert "有变化的人员 1 行" in words
    with acting(made.clerk):
        before = StandingFacts.objects.count()
    sealed = words_of(page, "confirmed")
    answer = client.post(reverse("desk:pay_facts"), {"confirmed": sealed})
    assert answer.status_code == 302
    with acting(made.clerk):
        assert StandingFacts.objects.count() == before + 1
        assert StandingFacts.objects.latest("pk").tier == "六级"
        assert MonthFacts.objects.get().night_shifts == 3
    assert "没有变化" in flat(sent(client, book))


def words_of(page: object, name: str) -> str:
    text = page.content.decode()  # type: ignore[attr-defined]
    return text.split(f'name="{name}" value="')[1].split('"')[0]


def test_every_fault_of_the_workbook_is_named_by_its_cell_and_nothing_is_written() -> None:
    made = payroll()
    client = client_of(made.clerk)
    book = opened_book(client)
    cell(book, "人员", 2, "社保基数").value = "很多"
    cell(book, "月份", 2, "人员编号").value = "99999999"
    cell(book, "月份", 2, "月份").value = "十三月"
    answer = sent(client, book)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    words = flat(answer)
    for said in ("社保基数", "很多", "人员表中没有这个编号", "十三月"):
        assert said in words
    book = opened_book(client)
    cell(book, "人员", 2, "姓名").value = "别人"
    cell(book, "人员", 3, "人员编号").value = "99999999"
    words = flat(sent(client, book))
    assert "这个编号登记的是" in words
    assert "本机关没有这个编号的人员" in words


def test_a_month_goes_from_the_clerk_to_the_head_and_is_paid() -> None:
    made = payroll()
    clerk, head, money = map(client_of, (made.clerk, made.head, made.money))
    answer = clerk.post(reverse("desk:pay_draft"), {"month": f"{YEAR}-01"})
    assert answer.status_code == 302
    page = answer["Location"]
    assert clerk.post(page, {"verb": "submit"}).status_code == 302
    assert "月度薪酬待审批" in flat(head.get("/desk/"))
    words = flat(head.get(page))
    assert "总体薪酬标准" in words
    assert "7,300.00" in words
    assert "核对" in flat(head.post(page, {"verb": "approve"}))
    assert head.post(page, {"verb": "approve", "confirmed": "yes"}).status_code == 302
    with acting(made.clerk):
        run = PayRun.objects.get()
    assert run.state == "approved"
    for name in ("pay_bank", "pay_tax", "pay_insurance"):
        sheet = openpyxl.load_workbook(io.BytesIO(money.get(reverse(f"desk:{name}", args=[run.pk])).content)).active
        assert sheet is not None
        assert {row[0].value for row in list(sheet.rows)[1:]} == {each.name for each in made.people}
    assert money.post(page, {"verb": "lock", "confirmed": "yes"}).status_code == 302
    again = money.post(page, {"verb": "lock", "confirmed": "yes"}, follow=True)
    assert "不能办理此步骤" in flat(again)
    assert f"{YEAR}年01月已经发放" in flat(clerk.post(reverse("desk:pay_draft"), {"month": f"{YEAR}-01"}))


def test_the_differences_to_the_last_month_have_their_reasons() -> None:
    made = payroll()
    made.locked(1)
    made.brought(made.people[0], 1, night_shifts=1)
    made.brought(made.people[0], 2, night_shifts=2)
    made.say(made.people[1], 2, appraisal="")
    run = made.draft(2)
    words = flat(client_of(made.head).get(reverse("desk:pay_slips", args=[run.pk])))
    assert f"{YEAR}年01月的差额；夜班津贴+60.00" in words
    assert "本月待核实" in words
    assert "待核实，本月没有发放" in flat(client_of(made.head).get(reverse("desk:pay_run", args=[run.pk])))


@pytest.mark.parametrize("role", ["police_officer", "unit_leader", "discipline", "auditor", "supply", "training"])
def test_nobody_else_opens_a_page_with_amounts(role: str) -> None:
    made = payroll(people=1)
    run = made.draft(1)
    with acting(factories.PROVINCIAL):
        other = client_of(factories.officer(SANTAI, role))
        above = client_of(factories.officer(factories.MIANYANG, "hr_head"))
    with acting(made.clerk):
        slip = PaySlip.objects.get()
    for name, pk in (("pay_run", run.pk), ("pay_slips", run.pk), ("pay_bank", run.pk), ("pay_slip", slip.pk)):
        assert other.get(reverse(f"desk:{name}", args=[pk])).status_code == 403
        assert above.get(reverse(f"desk:{name}", args=[pk])).status_code == 404


def test_the_person_reads_how_each_figure_came_about_and_who_read_it() -> None:
    made = payroll()
    made.locked(1)
    made.brought(made.people[0], 1, night_shifts=2)
    run = made.locked(2)
    with acting(made.clerk):
        slip = PaySlip.objects.get(run=run, person=made.people[0])
        other = PaySlip.objects.get(run=run, person=made.people[1])
        mine = Engagement.objects.select_related("person").get(person=made.people[0])
    assert client_of(made.head).get(reverse("desk:pay_slip", args=[slip.pk])).status_code == 200
    with acting(made.clerk):
        assert Reading.objects.filter(tracked="payroll_payslip", row_id=slip.pk, reader=made.head.account_id).exists()
    account = opened(mine)
    client = client_of(account)
    assert f"{YEAR}年02月" in flat(client.get("/me/pay/"))
    words = flat(client.get(reverse("me:pay_slip", args=[slip.pk])))
    assert f"{YEAR}年01月的差额" in words
    assert re.search(r"<dt>夜班津贴</dt>\s*<dd>60\.00 元</dd>", words)
    for said in ("养老保险（个人）", "5000 × 0.08", "方案 contributions", "人员表：社保基数", "第三十四条"):
        assert said in words, said
    assert "不一致" not in words
    assert made.head.name in words
    assert client.get(reverse("me:pay_slip", args=[other.pk])).status_code == 404
    with acting(own(account)):
        card = PAY.card(own(account))
        assert card is not None
        assert card.said.startswith(f"{YEAR}年02月发放")


def test_a_scheme_is_entered_approved_by_another_and_read_word_for_word() -> None:
    made = payroll()
    clerk, head = client_of(made.clerk), client_of(made.head)
    address = reverse("desk:pay_scheme_new")
    text = flat_text(clerk.get(address))
    said = {"document_number": "三公〔2026〕9号", "document_date": today().isoformat()}
    wrong = clerk.post(address, {**said, "text": "pay_scheme: {organ: 1}", "upload": scan()})
    assert wrong.status_code == 422
    answer = clerk.post(address, {**said, "text": text, "upload": scan()})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "另一人核准" in flat(clerk.get(page)) or "人事负责人" in flat(clerk.get(page))
    assert head.post(page, {"verb": "approve", "confirmed": "yes"}).status_code == 302
    assert "已核准" in flat(head.get(page))


def flat_text(page: object) -> str:
    return html.unescape(page.content.decode().split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]).lstrip()  # type: ignore[attr-defined]


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("方案.pdf", b"%PDF-1.4 scheme")
