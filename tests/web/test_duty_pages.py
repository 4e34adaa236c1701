"""派勤 on the desk: a unit's week, one order and a week of them, refusals with their reason, and who may do what."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.services import order_give, order_start
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Assignment, Engagement
from fujing.registry.roster import reading
from fujing.web.desk.duties.wing import DUTY, duties_todos
from tests import factories
from tests.clients import client_of
from tests.duties.made import MONDAY, Unit, at, drafted, somebody, unit
from tests.duties.placed import placed
from tests.factories import SANTAI
from tests.markup import flat

pytestmark = pytest.mark.django_db
WEEK = f"/desk/duties/?week={MONDAY}"
NEW = "/desk/duties/orders/new/"


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return text(answer)


def text(answer: Any) -> str:
    """What a browser got, in one line."""
    return flat(answer)


def token(shown: str) -> str:
    """What a page saw, as it sends it back."""
    return re.search(r'name="seen" value="([^"]+)"', shown)[1]  # type: ignore[index]


def orders_in(made: Unit) -> list[DutyOrder]:
    with acting(made.leader), reading(made.leader):
        return list(DutyOrder.objects.order_by("pk"))


def filled(made: Unit, who: list[Engagement], **changes: Any) -> dict[str, Any]:
    said = {
        "day": str(MONDAY),
        "starts": "08:00",
        "ends": "12:00",
        "people": [each.pk for each in who],
        "item": "10.3",
        "mode": "led",
        "part": "assist",
        "text": "协助民警巡逻",
        "place": "潼川镇",
        "commander": made.officer.pk,
    }
    return said | changes


def pressed(client: Client, order: DutyOrder, verb: str, **more: Any) -> Any:
    """A button of an order's page, as that page shows it now."""
    url = f"/desk/duties/orders/{order.pk}/"
    return client.post(url, {"verb": verb, "seen": token(page(client, url)), **more})


def test_an_order_for_two_days_is_drawn_up_judged_and_given_on_the_pages() -> None:
    made = unit()
    fit, without = placed(made, somebody(made)), placed(made, somebody(made, "乙", card_number="无"))
    client = client_of(made.leader)
    form = page(client, f"{NEW}?day={MONDAY}&who={fit.pk}")
    assert "乙（勤务）：工作证不符合（第二十六条）" in form
    assert f'value="{fit.pk}" id="id_people_0" checked' in form or f'value="{fit.pk}" checked' in form
    answer = client.post(NEW, filled(made, [fit, without], also=[str(MONDAY + timedelta(1))]))
    assert answer.status_code == 302, text(answer)
    first, second = orders_in(made)
    assert (first.begins.date(), second.begins.date()) == (MONDAY, MONDAY + timedelta(1))
    shown = page(client, answer["Location"])
    assert "没有工作证件" in shown
    assert "第二十六条" in shown
    assert '<button class="btn btn-primary" name="verb" value="give">' not in shown
    refused = client.post(answer["Location"], {"verb": "give", "seen": token(shown)}, follow=True)
    assert "没有工作证件" in text(refused)
    url = f"/desk/duties/orders/{first.pk}/edit/"
    client.post(url, filled(made, [fit], seen=token(page(client, url))))
    assert pressed(client, first, "give").status_code == 302
    assert [each.state for each in orders_in(made)] == ["ordered", "draft"]
    week = page(client, WEEK)
    for said in ("有 1 张草稿还不能派", "08:00–12:00 10.3", "没有工作证件"):
        assert said in week


def test_the_figures_of_a_week_are_the_lists_behind_them() -> None:
    made = unit()
    fit, without = placed(made, somebody(made)), placed(made, somebody(made, "乙", card_number="无"))
    night = drafted(made, [fit], begins=at(22, MONDAY - timedelta(1)), ends=at(30, MONDAY - timedelta(1)))
    drafted(made, [fit], begins=at(18), ends=at(20))
    drafted(made, [without])
    drafted(made, [], begins=at(13), ends=at(14))
    drafted(made, [fit], begins=at(8, MONDAY + timedelta(7)), ends=at(9, MONDAY + timedelta(7)))
    with acting(made.leader):
        order_give(actor=made.leader, order=night)
    client = client_of(made.leader)
    figures = re.findall(r'<span class="muted">(\S+)</span><b><a href="([^"]+)">(\d+)</a>', page(client, WEEK))
    assert [(label, int(number)) for label, _, number in figures] == [
        ("草拟", 3),
        ("其中有问题", 2),
        ("已派勤", 1),
        ("执勤中", 0),
        ("已结束", 0),
    ]
    for label, url, number in figures:
        rows = page(client, url.replace("&amp;", "&")).split('<tbody role="rowgroup">')[1].split("</tbody>")[0]
        assert rows.count('data-label="时间"') == int(number), label


def test_a_shift_over_midnight_stands_on_both_days_and_counts_once() -> None:
    made = unit()
    who = placed(made, somebody(made))
    drafted(made, [who], begins=at(22, MONDAY - timedelta(1)), ends=at(30, MONDAY - timedelta(1)))
    drafted(made, [who], begins=at(22), ends=at(30))
    drafted(made, [who], begins=at(16, MONDAY + timedelta(2)), ends=at(24, MONDAY + timedelta(2)))
    row = page(client_of(made.leader), WEEK).split('data-label="姓名"')[1]
    days = re.findall(r'data-label="周. (\d\d-\d\d)">(.*?)</td>', row)
    found = {day: re.findall(r"(续至\d\d:\d\d|\d\d:\d\d–\d\d:\d\d)", cell) for day, cell in days}
    assert found["03-02"] == ["续至06:00", "22:00–06:00"]
    assert found["03-03"] == ["续至06:00"]
    assert (found["03-04"], found["03-05"]) == (["16:00–00:00"], [])
    assert 'data-label="小时">16<' in row


def test_a_draft_that_another_changed_is_not_given_and_not_overwritten() -> None:
    made = unit()
    fit, other = placed(made, somebody(made)), placed(made, somebody(made, "乙"))
    order = drafted(made, [fit])
    one, two = client_of(made.leader), client_of(made.leader)
    url = f"/desk/duties/orders/{order.pk}/"
    before, form = token(page(one, url)), token(page(one, f"{url}edit/"))
    two.post(f"{url}edit/", filled(made, [other], place="北坝镇", seen=token(page(two, f"{url}edit/"))))
    refused = one.post(url, {"verb": "give", "seen": before}, follow=True)
    assert "打开本页以后" in text(refused)
    stale = one.post(f"{url}edit/", filled(made, [fit], seen=form))
    assert stale.status_code == 422
    assert "打开本页以后" in text(stale)
    (row,) = orders_in(made)
    assert (row.state, row.place) == ("draft", "北坝镇")
    assert pressed(one, order, "give").status_code == 302
    again = two.post(url, {"verb": "give", "seen": before}, follow=True)
    assert "状态" in text(again)
    assert [each.state for each in orders_in(made)] == ["ordered"]


def test_wording_that_may_be_either_asks_its_officers_reason() -> None:
    made = unit()
    order = drafted(made, [placed(made, somebody(made))], text="协助民警巡逻，开具罚单")
    client = client_of(made.leader)
    asked = pressed(client, order, "give")
    assert asked.status_code == 200
    assert "放行理由" in text(asked)
    seen = token(page(client, f"/desk/duties/orders/{order.pk}/"))
    empty = client.post(
        f"/desk/duties/orders/{order.pk}/", {"verb": "give", "confirmed": 1, "seen": seen, "reason": " "}
    )
    assert empty.status_code == 422
    pressed(client, order, "give", confirmed=1, reason="罚单由张警官开具，辅警只递送")
    (row,) = orders_in(made)
    assert (row.state, row.released_by) == ("ordered", made.leader.name)
    assert "罚单由张警官开具" in page(client, f"/desk/duties/orders/{order.pk}/")


def test_an_order_is_begun_ended_or_withdrawn_for_a_reason_after_a_second_look() -> None:
    made = unit()
    who = placed(made, somebody(made))
    first, second = drafted(made, [who]), drafted(made, [who], begins=at(13), ends=at(14))
    client = client_of(made.leader)
    for each in (first, second):
        pressed(client, each, "give")
    assert "确认开始执勤" in text(pressed(client, first, "start"))
    for verb in ("start", "end"):
        assert pressed(client, first, verb, confirmed=1).status_code == 302
    assert pressed(client, second, "withdraw", confirmed=1, reason="").status_code == 422
    pressed(client, second, "withdraw", confirmed=1, reason="改派他人")
    assert [each.state for each in orders_in(made)] == ["ended", "withdrawn"]


def test_a_weeks_drafts_are_given_but_for_those_with_a_reason_and_only_as_they_were_seen() -> None:
    made = unit()
    fit, without = placed(made, somebody(made)), placed(made, somebody(made, "乙", card_number="无"))
    drafted(made, [fit])
    drafted(made, [without])
    client = client_of(made.leader)
    url = f"/desk/duties/give/?week={MONDAY}"
    shown = page(client, url)
    assert "将要派出的 1 张" in shown
    assert "没有工作证件" in shown
    late = drafted(made, [fit], begins=at(13), ends=at(14))
    stale = client.post(url, {"seen": token(shown)})
    assert stale.status_code == 422
    assert [each.state for each in orders_in(made)] == ["draft"] * 3
    done = client.post(url, {"seen": token(text(stale))}, follow=True)
    assert "已派勤 2 张，1 张有问题的仍是草稿" in text(done)
    assert [each.state for each in orders_in(made)] == ["ordered", "draft", "ordered"]
    assert late.pk == orders_in(made)[2].pk


def test_the_week_before_is_copied_once_however_often_it_is_pressed() -> None:
    made = unit()
    who = placed(made, somebody(made))
    drafted(made, [who], begins=at(22, MONDAY - timedelta(1)), ends=at(30, MONDAY - timedelta(1)))
    for day in range(3):
        drafted(made, [who], begins=at(18, MONDAY + timedelta(day)), ends=at(26, MONDAY + timedelta(day)))
    client = client_of(made.leader)
    url = f"/desk/duties/copy/?week={MONDAY + timedelta(7)}"
    assert "上一周的 3 张" in page(client, url)
    assert "已复制 3 张" in text(client.post(url, follow=True))
    assert "已复制 0 张，都是草稿；有问题的列在下面。另有 3 张本周已有" in text(client.post(url, follow=True))
    copied = [each.begins.date() for each in orders_in(made)[4:]]
    assert copied == [MONDAY + timedelta(7 + day) for day in range(3)]


def test_an_order_is_repeated_on_chosen_days_but_not_where_it_stands() -> None:
    made = unit()
    order = drafted(made, [placed(made, somebody(made))])
    client = client_of(made.leader)
    url = f"/desk/duties/orders/{order.pk}/repeat/"
    days = [str(MONDAY + timedelta(day)) for day in (1, 2)]
    assert client.post(url, {"days": ["2026-01-01"]}).status_code == 422
    assert client.post(url, {"days": days[:1]}).status_code == 302
    assert "已存为草稿，共 1 张。另有 1 天已有同样的派勤。" in text(client.post(url, {"days": days}, follow=True))
    assert len(orders_in(made)) == 3


def test_who_only_looks_plans_nothing_and_another_units_week_is_not_shown() -> None:
    made = unit()
    order = drafted(made, [placed(made, somebody(made))])
    with acting(factories.PROVINCIAL):
        hr = factories.officer(SANTAI, "hr_officer")
        other = factories.officer(factories.unit(SANTAI, 2, "北坝派出所").code, "unit_leader")
    looker, stranger = client_of(hr), client_of(other)
    week = page(looker, f"{WEEK}&unit={made.unit.code}")
    assert "08:00–12:00 10.3" in week
    assert "新派勤单" not in week
    assert looker.get(NEW).status_code == 403
    url = f"/desk/duties/orders/{order.pk}/"
    assert looker.post(url, {"verb": "give", "seen": ""}).status_code == 403
    assert "08:00–12:00 10.3" not in page(stranger, f"{WEEK}&unit={made.unit.code}")
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}edit/", {}).status_code == 404


def test_who_is_on_duty_is_seen_by_the_officer_in_command_who_begins_and_ends_it() -> None:
    made = unit()
    now = timezone.now()
    order = drafted(
        made, [placed(made, somebody(made))], begins=now - timedelta(minutes=1), ends=now + timedelta(hours=2)
    )
    with acting(made.leader):
        order_give(actor=made.leader, order=order)
    client = client_of(made.officer)
    day = "/desk/duties/day/"
    shown = page(client, day)
    for said in ("现在在岗 1 人，1 名民警指挥", "张警官", "潼川镇", 'value="start"'):
        assert said in shown
    assert pressed(client, order, "start", confirmed=1).status_code == 302
    assert 'value="end"' in page(client, day)
    assert "现在在岗 0 人" in page(client, f"{day}?day={today() + timedelta(2)}")


def waiting(made: Unit) -> dict[str, tuple[int, str]]:
    with acting(made.leader):
        return {each.kind: (each.count, DUTY.place(each)) for each in duties_todos(made.leader)}


def test_what_is_due_waits_and_its_list_holds_as_many() -> None:
    made = unit()
    fit, other, third = (placed(made, somebody(made, name)) for name in "甲乙丙")
    now = timezone.now()
    assert waiting(made) == {}

    def order(who: Engagement, begins: int, ends: int) -> DutyOrder:
        return drafted(made, [who], begins=now + timedelta(hours=begins), ends=now + timedelta(hours=ends))

    order(fit, 72, 74)
    order(fit, 2, 3)
    late, gone, ahead = order(other, -1, 2), order(third, -5, -1), order(fit, 48, 50)
    with acting(made.leader):
        for each in (late, gone, ahead):
            order_give(actor=made.leader, order=each)
        order_start(actor=made.leader, order=gone)
    assert {kind: number for kind, (number, _) in waiting(made).items()} == {
        "duty_draft": 1,
        "duty_ordered": 1,
        "duty_started": 1,
    }
    client = client_of(made.leader)
    with transaction.atomic():
        # An employment ends after somebody was sent; its file isn't this test's.
        until = DateRange(date(2021, 1, 1), today() + timedelta(1))
        with acting(factories.PROVINCIAL):
            Assignment.objects.filter(engagement=fit).update(span=until)
            Engagement.objects.filter(pk=fit.pk).update(span=until, exit_kind="resigned", exit_note="本人申请辞职")
        assert waiting(made)["duty_broken"][0] == 1
        for kind, (number, url) in waiting(made).items():
            rows = page(client, url).split('<tbody role="rowgroup">')[1].split("</tbody>")[0]
            assert rows.count('data-label="时间"') == number, kind
        assert "不在职" in page(client, f"/desk/duties/orders/{ahead.pk}/")
        transaction.set_rollback(True)


def test_a_plan_goes_out_comes_back_is_shown_and_confirmed_once() -> None:
    made = unit()
    fit = placed(made, somebody(made, "王一"))
    drafted(made, [fit])
    client = client_of(made.leader)
    content = b"".join(client.get(f"/desk/duties/sheet/excel/?week={MONDAY}"))
    url = f"/desk/duties/sheet/?week={MONDAY}"
    assert openpyxl.load_workbook(io.BytesIO(content)).active["O2"].value == "王一"
    shown = text(client.post(url, {"file": SimpleUploadedFile("排班.xlsx", content)}))
    assert "共 1 张派勤单，1 人" in shown
    seal = re.search(r'name="confirmed" value="([^"]+)"', shown)[1]  # type: ignore[index]
    assert "另有 1 张已有同样的派勤" in text(client.post(url, {"confirmed": seal}, follow=True))
    pressed(client, orders_in(made)[0], "discard", confirmed=1)
    assert "已存为草稿，共 1 张" in text(client.post(url, {"confirmed": seal}, follow=True))
    assert "预览已过期" in text(client.post(url, {"confirmed": seal[:-3]}, follow=True))
    assert [each.state for each in orders_in(made)] == ["withdrawn", "draft"]
    faulty = client.post(url, {"file": SimpleUploadedFile("排班.xlsx", b"nothing")})
    assert faulty.status_code == 422


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_week_is_printed_as_a_roster_to_sign(suffix: str) -> None:
    made = unit()
    drafted(made, [placed(made, somebody(made, "王一"))])
    answer = client_of(made.leader).get(f"{WEEK}&as={suffix}")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
    if suffix == "docx":
        cells = docx.Document(io.BytesIO(answer.content)).element.xpath("//w:t")
        said = "".join(each.text for each in cells)
        for part in ("王一", "08:00–12:00 10.3", "潼川镇", "草拟", "单位负责人"):
            assert part in said


def test_a_week_asks_no_more_queries_for_more_people() -> None:
    made = unit()
    people = [placed(made, somebody(made, f"人{number}")) for number in range(3)]
    drafted(made, people[:1])
    client = client_of(made.leader)
    page(client, WEEK)
    costs = []
    for some in (people[:2], people):
        drafted(made, some, begins=at(13 + len(some)), ends=at(14 + len(some)))
        with CaptureQueriesContext(connection) as queries:
            page(client, WEEK)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 40
