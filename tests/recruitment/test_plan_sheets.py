"""Plan lines from a sheet, the difference of an amendment, and what a decider sees beside a plan."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.workbooks import workbook
from fujing.recruitment.plans.models import PlanLine
from fujing.recruitment.plans.queries import changes_of, standing_of
from fujing.recruitment.plans.services import Line, plan_draft, slot_take
from fujing.recruitment.plans.sheets import LINE_COLUMNS, lines_read
from tests import factories
from tests.factories import MIANYANG, SANTAI, territorial


def read(rows: list[tuple]) -> tuple[list[dict], list]:
    table = lines_read(SimpleUploadedFile("岗位.xlsx", workbook(LINE_COLUMNS, rows)))
    return table.rows, table.faults


def test_a_good_sheet_gives_its_lines() -> None:
    rows, faults = read([("一线执勤", "勤务", 3, Decimal("150000.50"), "巡逻"), ("窗口", "文职", 1, None, "户籍")])
    assert faults == []
    assert [(row["post_name"], row["category"], row["count"], row["yearly_cost"]) for row in rows] == [
        ("一线执勤", "field", 3, Decimal("150000.5")),
        ("窗口", "civil", 1, None),
    ]


def test_a_bad_sheet_names_every_cell_at_once() -> None:
    _, faults = read(
        [
            ("一线执勤", "勤务", 3, None, "巡逻"),
            ("一线执勤", "勤务", 1, None, "重复"),
            ("窗口", "军职", "三", Decimal("0.001"), ""),
            ("长" * 81, "文职", 0, Decimal(-1), "x" * 301),
        ]
    )
    assert {(fault.row, fault.column) for fault in faults} == {
        (3, "岗位名称"),
        (4, "类别"),
        (4, "人数"),
        (4, "年度经费（元）"),
        (4, "用人理由"),
        (5, "岗位名称"),
        (5, "人数"),
        (5, "年度经费（元）"),
        (5, "用人理由"),
    }


def test_an_empty_sheet_is_a_fault() -> None:
    assert [fault.expected for fault in read([])[1]] == ["至少应有一个岗位"]


def test_an_amendment_shows_each_line_beside_the_former_version(province: Actor) -> None:
    first = factories.approved_plan(SANTAI, count=2)
    factories.quota(SANTAI, 5)
    actor = territorial(SANTAI)
    with acting(actor):
        lines = [Line("一线执勤", "field", 3, "x"), Line("窗口", "civil", 1, "x")]
        second = plan_draft(actor=actor, year=2026, reason="x", lines=lines, amends=first)
        assert [(change.post_name, change.was, change.now, change.label) for change in changes_of(second)] == [
            ("一线执勤", 2, 3, "增加"),
            ("窗口", 0, 1, "新增"),
        ]
        assert changes_of(first) == []
        third = plan_draft(actor=actor, year=2026, reason="x", lines=[Line("窗口", "civil", 1, "x")], amends=first)
        assert [change.label for change in changes_of(third)] == ["取消", "新增"]


def test_a_decider_sees_staff_and_unfilled_slots_of_earlier_plans(committed: None) -> None:
    factories.approved_plan(SANTAI, count=3)
    actor = territorial(SANTAI, "hr_head")
    with acting(actor):
        line = PlanLine.objects.get()
        slot_take(actor=actor, line=line, engage=lambda: factories.engagement(factories.person(SANTAI), "recruited"))
    factories.quota(SANTAI, 2)
    with acting(actor):
        plan = plan_draft(actor=actor, year=2026, reason="x", lines=[Line("窗口", "civil", 1, "x")])
    superior = territorial(MIANYANG, "hr_head")
    with acting(superior):
        standing = standing_of(superior, plan)
    (earlier,) = standing.unfilled
    assert (standing.field, standing.civil, earlier.slots_free, earlier.slots_all) == (1, 0, 2, 3)
