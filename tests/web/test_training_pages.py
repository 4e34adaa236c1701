"""培训: planning, enrolling those who lack something, attendance and confirmation, as officers use the pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.todos import waiting
from fujing.kernel.workbooks import workbook
from fujing.management.training.attendance import SHEET, Came, sheet_rows
from fujing.management.training.models import Attendance, Course, Enrolment, Requirement
from fujing.management.training.todos import TRAINING, lacking_todos
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import place_of
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.management.trainings import HOUR, Bureau, at, bureau, enrolment, mark, now
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
YEAR = now().year
FORM = {
    "kind": "political",
    "title": "政治教育第一期",
    "subjects": "习近平法治思想",
    "hours": "4",
    "lecturer": "何民警",
    "place": "县局二楼会议室",
}


def moments(first: float, last: float) -> dict[str, str]:
    return {
        name: f"{now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"
        for name, hours in (("starts_at", first), ("ends_at", last))
    }


def test_from_the_plan_to_the_certificate() -> None:
    made = bureau(3)
    hr, head = client_of(made.hr), client_of(made.head)
    sent(hr, "/desk/training/requirements/new/", {"year": YEAR, "kind": "political", "hours": "4", "basis": "年度计划"})
    assert "年度计划" in text(hr, "/desk/training/requirements/")
    sent(hr, "/desk/training/new/", FORM | moments(-3, -4), 422)
    sent(hr, "/desk/training/new/", FORM | moments(-4, -1))
    with acting(made.hr):
        course = Course.objects.get()
    page = f"/desk/training/{course.pk}/"
    sent(hr, page, {"verb": "publish"})
    needs = "/desk/training/needs/?kind=political&outcome=lacks"
    listed = text(hr, needs)
    assert all(each.person.name in listed for each in made.people)
    chosen = [each.pk for each in made.people[:2]]
    sent(hr, needs, {"course": course.pk}, 422)
    sent(hr, needs, {"course": course.pk, "chosen": chosen})
    sent(hr, page, {"verb": "end", "confirmed": "1"})
    with acting(made.hr):
        first, second = (enrolment(course, each).pk for each in made.people[:2])
    marks = f"{page}attendance/"
    faults = sent(hr, marks, {f"result_{first}": "absent", f"hours_{first}": "4"}, 422)
    assert "缺席应写明原因" in faults
    assert "学员1" in faults
    said = {
        f"result_{first}": "present",
        f"hours_{first}": "4",
        f"result_{second}": "absent",
        f"absent_why_{second}": "出差",
    }
    sent(hr, marks, said | {f"hours_{second}": "4"})
    assert "由人事负责人、机关负责人办理" in text(hr, page)
    sent(head, page, {"verb": "confirm", "confirmed": "1"})
    assert "学员1" not in text(hr, needs)
    assert "学员3" in text(hr, needs)
    for kind in ("pdf", "docx"):
        assert hr.get(f"/desk/training/enrolments/{first}/certificate/?as={kind}").status_code == 200
        assert hr.get(f"{page}paper/?as={kind}").status_code == 200
    refused = hr.get(f"/desk/training/enrolments/{second}/certificate/", follow=True)
    assert "没有参加培训，不能出具证明" in refused.content.decode()


def test_a_confirmed_attendance_is_corrected_on_its_own_page() -> None:
    made = bureau()
    course = at(made, "confirmed")
    hr, head = client_of(made.hr), client_of(made.head)
    with acting(made.hr):
        row = enrolment(course, made.people[0])
    page = f"/desk/training/enrolments/{row.pk}/"
    assert "登记更正" not in text(hr, page)
    sent(hr, page, {"act": "correct"}, 404)
    given = {"act": "correct", "result": "absent", "absent_why": "没有到场", "reason": ""}
    sent(head, page, given, 422)
    sent(head, page, given | {"reason": "签到表写错"})
    shown = text(head, page)
    assert "签到表写错" in shown
    assert "已更正" in shown
    with acting(made.hr):
        assert Attendance.objects.get(enrolment=row, stands=True).result == "absent"


def test_somebody_leaves_a_class_that_is_open() -> None:
    made = bureau()
    course = at(made, "enrolled")
    hr = client_of(made.hr)
    with acting(made.hr):
        row = enrolment(course, made.people[0])
    page = f"/desk/training/enrolments/{row.pk}/"
    sent(hr, page, {"act": "withdraw", "reason": ""}, 422)
    sent(hr, page, {"act": "withdraw", "reason": "当日值班"})
    assert "当日值班" in text(hr, page)
    with acting(made.hr):
        assert Enrolment.objects.filter(active=True).count() == 1


def test_a_class_is_put_off_and_called_off() -> None:
    made = bureau()
    course = at(made, "enrolled", starts_at=now() + HOUR, ends_at=now() + 2 * HOUR)
    hr = client_of(made.hr)
    page = f"/desk/training/{course.pk}/"
    assert "hours" not in hr.get(f"{page}edit/").context["form"].fields
    where = {name: FORM[name] for name in ("title", "subjects", "lecturer", "place")}
    sent(hr, f"{page}edit/", where | moments(30, 32) | {"place": "党校"})
    assert "党校" in text(hr, page)
    sent(hr, page, {"verb": "cancel", "confirmed": "1", "reason": "授课人请假"})
    assert "授课人请假" in text(hr, page)


def upload(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    return {"upload": SimpleUploadedFile("考勤.xlsx", workbook(SHEET, rows))}


def test_attendance_by_sheet_names_every_fault_and_is_safe_to_repeat() -> None:
    made = bureau()
    course = at(made, "ended", pass_mark=Decimal(60))
    hr = client_of(made.hr)
    page = f"/desk/training/{course.pk}/import/"
    assert hr.get(f"/desk/training/{course.pk}/sheet/").status_code == 200
    with acting(made.hr):
        first, second = (row[0] for row in sheet_rows(course))
    wrong = [(first, "学员1", "到课", 9, "", None), (second, "学员2", "缺席", None, "", None)]
    shown = sent(hr, page, upload(wrong), 422)
    assert "学时应大于0，不超过4" in shown
    assert "缺席应写明原因" in shown
    right = [(first, "学员1", "到课", 4, "", 80), (second, "学员2", "缺席", None, "出差", None)]
    for _ in range(2):
        sent(hr, page, upload(right))
    with acting(made.hr):
        assert set(Attendance.objects.values_list("result", "score")) == {("present", Decimal(80)), ("absent", None)}


def test_the_number_on_the_home_page_is_its_list() -> None:
    made = bureau(3)
    at(made, "ended")
    hr = client_of(made.hr)
    with acting(made.hr):
        found = {each.kind: each for each in waiting(made.hr, TRAINING)}
        found |= {each.kind: each for each in lacking_todos(made.hr, date(YEAR, 12, 1))}
    for kind, path in (("training_lacking", "outcome=lacks"), ("course_ended", "state=ended")):
        url = place_of(found[kind], PLACES)
        assert url.endswith(path)
        assert len(hr.get(url).context["table"].rows) == found[kind].count


def test_the_list_of_who_lacks_what_asks_as_often_for_many_as_for_few_and_goes_out_as_a_file() -> None:
    def queries(made: Bureau) -> int:
        client = client_of(made.hr)
        client.get("/desk/training/needs/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/desk/training/needs/?outcome=lacks").status_code == 200
        return len(seen)

    few, many = queries(bureau(1)), bureau(4, YANTING)
    at(many, "enrolled")
    assert queries(many) <= few + 1
    file = client_of(many.hr).get("/desk/training/needs/?as=xlsx")
    assert file["Content-Type"].endswith("sheet")


def test_a_person_has_a_tab_with_what_is_owed_and_what_was_taken() -> None:
    made = bureau()
    at(made, "confirmed")
    shown = text(client_of(made.hr), f"/desk/people/{made.people[0].person_id}/?tab=trained")
    assert "没有登记学时要求" in shown
    assert "政治教育第一期" in shown


def test_a_requirement_is_changed_and_removed() -> None:
    made = bureau()
    hr = client_of(made.hr)
    special = {"year": YEAR, "kind": "special", "topic": "", "hours": "4", "basis": "年度计划"}
    sent(hr, "/desk/training/requirements/new/", special, 422)
    sent(hr, "/desk/training/requirements/new/", special | {"topic": "急救", "category": "field", "newcomers": "no"})
    with acting(made.hr):
        row = Requirement.objects.get()
    assert (row.topic, row.category, row.newcomers) == ("急救", "field", False)
    page = f"/desk/training/requirements/{row.pk}/"
    sent(hr, page, {"hours": "6", "basis": "年度计划", "newcomers": ""})
    with acting(made.hr):
        row.refresh_from_db()
        assert (row.hours, row.newcomers) == (6, None)
    sent(hr, page, {"act": "remove"})
    with acting(made.hr):
        assert not Requirement.objects.exists()


def test_another_bureau_and_other_roles_see_nothing_of_it() -> None:
    made = bureau()
    course = at(made, "marked")
    with acting(factories.PROVINCIAL):
        other, police = factories.officer(YANTING, "hr_head"), factories.officer(SANTAI, "police_officer")
    assert client_of(other).get(f"/desk/training/{course.pk}/").status_code == 404
    assert client_of(police).get("/desk/training/").status_code == 403
    with acting(factories.PROVINCIAL):
        trainer = factories.officer(SANTAI, "training")
    assert "政治教育第一期" in text(client_of(trainer), "/desk/training/")
    assert client_of(trainer).get("/desk/contracts/").status_code == 403
    with acting(made.hr):
        assert mark(made, course, Came("present")) == 0


def test_a_city_bureau_looks_at_its_countys_class_and_does_nothing_with_it() -> None:
    made = bureau()
    course = at(made, "marked")
    with acting(factories.PROVINCIAL):
        city = factories.officer(factories.MIANYANG, "hr_head")
    client: Client = client_of(city)
    page = f"/desk/training/{course.pk}/"
    assert "由管理此人的公安机关办理" in text(client, page)
    sent(client, page, {"verb": "confirm", "confirmed": "1"}, 403)
