"""A unit's plan as a file: what is written out can be read in again, and what can't be read is named by cell, all at once."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.queries import orders_of_week
from fujing.duties.orders.services import week_plan
from fujing.duties.orders.sheets import BESIDE, Read, plan_read, plan_written, planned_of, sealed_form
from fujing.kernel.actor import acting
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.duties import COLUMNS, SHEET, read_plan
from fujing.registry.models import Engagement
from fujing.registry.roster import reading
from tests import factories
from tests.duties.made import MONDAY, Unit, at, drafted, somebody, unit
from tests.duties.placed import placed
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("排班.xlsx", content)


def book(*rows: dict[str, Any]) -> bytes:
    """A plan with these rows, columns by their labels."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = SHEET
    labels = [column.label for column in (*COLUMNS, *BESIDE)]
    sheet.append(labels)
    for row in rows:
        sheet.append([row.get(label, "") for label in labels])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def row(name: str, **changes: Any) -> dict[str, Any]:
    said = {
        "姓名": name,
        "日期": str(MONDAY),
        "起": "18:00",
        "止": "02:00",
        "事项": "10.3",
        "内容": "协助民警巡逻",
        "地点": "潼川镇",
        "指挥民警": "张警官",
        "所需资质": "急救证；驾驶证",
        "驾驶车船": "否",
        "约束性警械": "否",
        "指挥方式": "民警带领",
        "辅警承担": "协助民警",
    }
    return said | changes


def read(made: Unit, content: bytes) -> list[Read]:
    with acting(made.leader), reading(made.leader):
        return plan_read(actor=made.leader, unit=made.unit.code, upload=upload(content))


def faults(made: Unit, content: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(DocumentError) as refused:
        read(made, content)
    return [(each.path, each.value, each.expected) for each in refused.value.faults]


def planned(made: Unit, found: list[Read]) -> list[DutyOrder]:
    """What was read, shown and confirmed."""
    with acting(made.leader), reading(made.leader):
        rows = planned_of(sealed_form(found), made.unit.code)
        return week_plan(actor=made.leader, unit=made.unit.code, planned=rows)


def number_of(who: Engagement) -> str:
    with acting(factories.PROVINCIAL):
        return str(Engagement.objects.select_related("person").get(pk=who.pk).person.id_number)


def test_rows_of_the_same_work_are_one_order_with_several_people() -> None:
    made = unit()
    first, second = placed(made, somebody(made, "王一")), placed(made, somebody(made, "王二"))
    alone = row("", 公民身份号码=number_of(second), 起="08:00", 止="24:00")
    found = read(made, book(row("王一", 驾驶车船="是"), row("王二"), alone))
    assert [(each.names, each.planned.drivers) for each in found] == [
        (("王一", "王二"), {first.pk}),
        (("王二",), set()),
    ]
    orders = planned(made, found)
    assert [each.state for each in orders] == ["draft", "draft"]
    night, day = (each.planned.said for each in found)
    assert (night.begins, night.ends, night.mode, night.part) == (at(18), at(26), "led", "assist")
    assert (night.needs, night.commander, day.ends) == (("急救证", "驾驶证"), made.officer, at(24))


def test_what_is_written_out_is_read_in_as_the_same_orders_which_then_stand_once(tmp_path: Path) -> None:
    made = unit()
    people = [placed(made, somebody(made, name)) for name in ("王一", "王二")]
    drafted(made, people, begins=at(22), ends=at(30), needs=("急救证",), drivers=(people[0].pk,))
    drafted(made, people[1:], "11.2", begins=at(8), ends=at(12), commander=None, basis="")
    with acting(made.leader), reading(made.leader):
        content = plan_written(orders_of_week(made.leader, made.unit.code, MONDAY))
    (tmp_path / "排班.xlsx").write_bytes(content)
    plan = read_plan(tmp_path / "排班.xlsx")
    assert [(each.item, each.id_number) for each in plan.orders] == [("11.2", None), ("10.3", None), ("10.3", None)]
    found = read(made, content)
    assert planned(made, found) == []
    with acting(made.leader), reading(made.leader):
        DutyOrder.objects.update(state="withdrawn")
    again = planned(made, found)
    with acting(made.leader), reading(made.leader):
        before, after = (
            [
                (each.span, each.item, each.mode, each.part, each.commander_id, each.needs, _sent(each))
                for each in DutyOrder.objects.filter(pk__in=pks).order_by("span")
            ]
            for pks in ([each.pk for each in DutyOrder.objects.order_by("pk")[:2]], [each.pk for each in again])
        )
    assert before == after


def _sent(order: DutyOrder) -> list[tuple[int, bool]]:
    return sorted(order.people.values_list("engagement_id", "drives"))


def test_every_fault_is_named_by_its_cell_at_once_and_nothing_is_read() -> None:
    made = unit()
    placed(made, somebody(made, "王一"))
    for _ in range(2):
        placed(made, somebody(made, "同名"))
    strange = somebody(unit_of(made), "外人")
    content = book(
        row("王一", 日期="三月二日", 起="25:00"),
        row("无名"),
        row("同名"),
        row("", 公民身份号码=number_of(strange)),
        row("", 地点="某处"),
        row("王一", 指挥民警="李某某", 止="18:00"),
        row("王一", 指挥方式="遥控", 内容="长" * 501),
        row("王一"),
        row("王一"),
    )
    found = {(place.removeprefix("工作表“派勤”"), expected) for place, _, expected in faults(made, content)}
    places = {place for place, _ in found}
    assert places == {
        "第2行“日期”",
        "第2行“起”",
        "第3行“姓名”",
        "第4行“姓名”",
        "第5行“公民身份号码”",
        "第6行“公民身份号码”",
        "第7行“指挥民警”",
        "第7行“止”",
        "第8行“指挥方式”",
        "第8行“内容”",
        "第10行“姓名”",
    }
    assert ("第4行“姓名”", "本单位有几个人同名，请填写公民身份号码") in found
    with acting(made.leader), reading(made.leader):
        assert not DutyOrder.objects.exists()


def unit_of(made: Unit) -> Unit:
    """Another unit of the bureau."""
    with acting(factories.PROVINCIAL):
        return Unit(factories.unit(SANTAI, 2, "北坝派出所"), made.leader, made.officer, made.roster)


def test_a_plan_is_written_whole_or_not_at_all() -> None:
    made = unit()
    placed(made, somebody(made, "王一"))
    found = read(made, book(row("王一"), row("王一", 日期=str(MONDAY + timedelta(1)))))
    with acting(made.leader), reading(made.leader):
        rows = sealed_form(found)
        rows[1]["people"] = [0]
        gone = planned_of(rows, made.unit.code)
        with pytest.raises(Refusal, match="没有写入任何内容"):
            week_plan(actor=made.leader, unit=made.unit.code, planned=gone)
        assert not DutyOrder.objects.exists()


def test_only_who_plans_the_unit_reads_its_plan_in() -> None:
    made = unit()
    with acting(factories.PROVINCIAL):
        others = [factories.officer(SANTAI, "hr_officer"), factories.officer(factories.YANTING, "organ_leader")]
    for other in others:
        with acting(other), reading(other), pytest.raises(NotAllowed):
            plan_read(actor=other, unit=made.unit.code, upload=upload(book(row("王一"))))


def test_a_file_that_is_no_plan_says_so() -> None:
    made = unit()
    assert faults(made, b"nothing") != []
    assert "至少应有一行派勤" in faults(made, book())[0][2]
