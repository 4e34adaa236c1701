"""考务 pages: arrange, draw, release, mark, print; the applicant reads the ticket."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.recruitment.exams.models import Invigilator, Seat, Sitting
from fujing.recruitment.exams.services import seats_assign, sitting_move
from tests import world
from tests.clients import client_of
from tests.factories import SANTAI
from tests.markup import flat
from tests.recruitment.test_invigilators import officer

FORM = {
    "stage": "written",
    "starts_at": "2026-12-05T09:00",
    "ends_at": "2026-12-05T11:00",
    "place": "三台中学",
    "bring": "身份证",
}


@pytest.fixture
def closed(db: None) -> world.County:
    """One qualified applicant, registration closed."""
    made = world.county(SANTAI, "王建华", 511)
    world.walk(made, until="closed")
    return made


def test_a_sitting_goes_from_arranging_to_the_applicants_ticket(closed: world.County) -> None:
    client = client_of(closed.hr)
    listing = f"/desk/campaigns/{closed.campaign.pk}/sittings/"
    client.post(listing, {**FORM, "rooms": "第一考场 30\n第二考场 20"})
    with acting(closed.hr):
        sitting = Sitting.objects.get()
    page = f"/desk/sittings/{sitting.pk}/"
    client.post(page, {"act": "assign"})
    client.post(page, {"verb": "release"})
    with acting(closed.hr):
        assert Sitting.objects.get().state == "arranged"
    client.post(page, {"verb": "release", "confirmed": "1"})
    with acting(closed.hr):
        seat = Seat.objects.get()
    html = client.get(page).content.decode()
    assert seat.ticket in html
    assert "准考证已发放" in html
    assert client.get(f"{page}door-list/").content.startswith(b"%PDF")
    mine = client_of(closed.applicant).get(f"/mine/{closed.application.pk}/").content.decode()
    assert seat.ticket in mine
    assert "三台中学" in mine
    ticket = client_of(closed.applicant).get(f"/mine/{closed.application.pk}/tickets/{seat.pk}/").content.decode()
    assert seat.ticket in ticket
    assert "<svg" in ticket
    with acting(closed.applicant):
        photo = closed.application.attachments.get(kind="photo")
    assert f"/mine/{closed.application.pk}/files/{photo.pk}/?small=1" in ticket
    at_door = client.get(f"{page}seats/{seat.pk}/").content.decode()
    assert "报名照片" in at_door
    client.post(f"{page}seats/{seat.pk}/", {"attendance": "present"})
    assert "到场 <b>1</b>" in flat(client.get(page))
    client.post(page, {"verb": "hold", "confirmed": "1"})
    assert "已考" in client.get(listing).content.decode()


def test_wrong_room_lines_are_all_named_and_nothing_is_lost(closed: world.County) -> None:
    typed = {**FORM, "rooms": "第一考场\n第二考场 0\n第三考场 9\n第三考场 9"}
    response = client_of(closed.hr).post(f"/desk/campaigns/{closed.campaign.pk}/sittings/", typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert "第 1 行" in html
    assert "第 2 行" in html
    assert "考场“第三考场”重复" in html
    assert "三台中学" in html


def test_misconduct_without_witnesses_is_refused_at_the_fields(closed: world.County) -> None:
    with acting(closed.hr):
        closed.campaign.refresh_from_db()
        sitting = world.sit(closed)
        seat = Seat.objects.get()
    answer = client_of(closed.hr).post(
        f"/desk/sittings/{sitting.pk}/seats/{seat.pk}/",
        {"attendance": "misconduct", "happened": "夹带", "first": "李一", "second": ""},
    )
    assert answer.status_code == 422
    assert "夹带" in answer.content.decode()


def test_a_ticket_that_is_not_out_or_not_ones_own_is_not_found(closed: world.County) -> None:
    with acting(closed.hr):
        closed.campaign.refresh_from_db()
        sitting = world.arranged(closed)
    with acting(closed.hr):
        seats_assign(actor=closed.hr, sitting=sitting)
        seat = Seat.objects.get()
    address = f"/mine/{closed.application.pk}/tickets/{seat.pk}/"
    assert client_of(closed.applicant).get(address).status_code == 404
    with acting(closed.hr):
        sitting_move(actor=closed.hr, sitting=sitting, verb="release")
    assert client_of(closed.applicant).get(address).status_code == 200
    assert client_of(world.applicant("李四", 512)).get(address).status_code == 404


def test_a_named_officer_marks_on_the_page_that_the_code_opens_and_no_other_officer_does(closed: world.County) -> None:
    with acting(closed.hr):
        closed.campaign.refresh_from_db()
        sitting = world.sit(closed)
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=timezone.now())
        seat = Seat.objects.get()
    police, discipline = closed.checkers
    page = f"/desk/sittings/{sitting.pk}/seats/{seat.pk}/"
    named, other = client_of(police), client_of(discipline)
    shown = named.get(page).content.decode()
    assert seat.ticket in shown
    assert f"{page}photo/" in shown
    assert named.get(f"{page}photo/").getvalue().startswith(b"\xff\xd8\xff")
    assert named.get(f"/desk/sittings/{sitting.pk}/").status_code == 403
    assert named.get(f"/desk/sittings/{sitting.pk}/door-list/").status_code == 403
    # Discipline reads the exam as ever, and marks nothing.
    assert "由招聘经办和监考人登记" in other.get(page).content.decode()
    assert other.post(page, {"attendance": "present"}).status_code == 403
    for nobody in (client_of(closed.applicant), client_of(officer(SANTAI)[1])):
        for address in (page, f"{page}photo/"):
            answer = nobody.get(address)
            assert answer.status_code == 403
            assert seat.ticket not in answer.content.decode()
        assert nobody.post(page, {"attendance": "present"}).status_code == 403
    marked = named.post(page, {"attendance": "present"}, follow=True).content.decode()
    assert f"{closed.application.name}：到场。" in marked
    refused = named.post(page, {"attendance": "absent"})
    assert refused.status_code == 422
    assert "请写明更正理由" in refused.content.decode()
    named.post(page, {"attendance": "absent", "reason": "认错了人"})
    with acting(closed.hr):
        assert Seat.objects.get().get_attendance_display() == "缺考"
    assert "理由：认错了人" in client_of(closed.hr).get(page).content.decode()


def test_the_sitting_says_why_a_step_waits_and_marks_the_rest_absent(closed: world.County) -> None:
    with acting(closed.hr):
        closed.campaign.refresh_from_db()
        sitting = world.arranged(closed)
    client, page = client_of(closed.hr), f"/desk/sittings/{sitting.pk}/"
    assert "先编排座位，才能发放准考证" in client.get(page).content.decode()
    client.post(page, {"act": "assign"})
    client.post(page, {"verb": "release", "confirmed": "1"})
    html = client.get(page).content.decode()
    assert "还有 1 人没有登记到考情况，登记完才能结束" in html
    assert "其余 1 人记为缺考" not in html
    account, _ = officer(SANTAI)
    client.post(page, {"act": "invigilator", "account": account.pk, "room": ""})
    with acting(closed.hr):
        named = Invigilator.objects.get()
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=timezone.now())
    assert f"{named.name}：全部考场" in client.get(page).content.decode()
    client.post(page, {"act": "drop", "invigilator": named.pk})
    assert "没有指定监考人" in client.get(page).content.decode()
    assert "其余 1 人记为缺考" in client.get(page).content.decode()
    client.post(page, {"act": "absent"})
    with acting(closed.hr):
        assert Seat.objects.get().attendance == "absent"
