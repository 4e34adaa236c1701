"""The parts of an announcement one by one: what may stand there, what is refused, and what is found again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from fujing.law.formats.announcement import PRIORITY_GROUPS, Announcement, Contacts, Registration
from fujing.law.formats.posts import Age, BodyMass, BySex, Position, PositionConditions, Window
from fujing.law.formats.stages import Bonus, Item, Stage, items_of


def post(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": "执勤", "category": "field", "headcount": 1, **more}


def announced(**more: Any) -> Announcement:
    organ = {"name": "三台县公安局", "level": "county"}
    return Announcement.model_validate({"title": "公告", "organ": organ, "positions": [post("01"), post("02")], **more})


def test_a_post_is_found_by_its_code_or_not_at_all() -> None:
    announcement = announced()
    assert [announcement.position(code).code for code in ("01", "02")] == ["01", "02"]
    with pytest.raises(KeyError, match="03"):
        announcement.position("03")


def test_it_was_announced_on_the_day_of_that_stage() -> None:
    dated = {"kind": "announcement", "date": "2026-01-05"}
    assert announced(stages=[{"kind": "written", "date": "2026-02-01"}, dated]).announced_on == date(2026, 1, 5)
    assert announced(stages=[{"kind": "announcement"}]).announced_on is None
    assert announced(stages=[]).announced_on is announced().announced_on is None


def test_what_an_announcement_leaves_out_is_not_stated() -> None:
    announcement = announced()
    assert (announcement.organ.kind, announcement.organ.code) == ("public_security", None)
    assert (announcement.rounding.digits, announcement.rounding.mode) == (2, "half_up")
    assert announcement.scores_by_position == {}
    assert announcement.positions[0].conditions == PositionConditions.model_validate({})
    assert PRIORITY_GROUPS == ("martyr_kin", "veteran", "bravery", "police_school", "skill")


@pytest.mark.parametrize(
    ("part", "fits", "fails", "said"),
    [
        (Registration, {"from": "2026-01-22T18:00", "to": "2026-01-22T09:00"}, {"from": "2026-01-23", "to": "2026-01-22T09:00"}, "报名截止早于报名开始"),
        (Window, {"from": "1990-01-31", "to": "1990-01"}, {"from": "1990-02", "to": "1990-01"}, "出生日期范围的起日晚于止日"),
        (Age, {"min": 0, "max": 0}, {"min": 1, "max": 0}, "年龄下限高于年龄上限"),
        (BodyMass, {"min": 20, "max": 20}, {"min": 21, "max": 20}, "体重指数下限高于上限"),
        (Bonus, {"range": [1, 1], "column": True}, {"range": [2, 1], "column": True}, "加分范围（range）的下限高于上限"),
        (Bonus, {"range": [0, 5], "column": True}, {"range": [0, 5], "column": False}, "加分范围（range）只用于报名表的“加分”一列（column: true）"),
        (Stage, {"kind": "written", "papers": [{"name": "甲", "weight": 1}, {"name": "乙", "weight": 1}]}, {"kind": "written", "papers": [{"name": "甲", "weight": 1}, {"name": "甲", "weight": 1}]}, "科目名称（papers）重复"),
    ],
)  # fmt: skip
def test_two_ends_may_meet_and_never_change_places(
    part: Any, fits: dict[str, Any], fails: dict[str, Any], said: str
) -> None:
    part.model_validate(fits)
    for key in fits:
        if part not in (Bonus, Stage):
            part.model_validate({key: fails[key]})
    with pytest.raises(ValidationError, match=said.split("（")[0]):
        part.model_validate(fails)


GATES: list[dict[str, Any]] = [{"gate": True}, {"gate": {"items": ["跑步"]}}]
SCORING: list[dict[str, Any]] = [{"scored": {}}, {"weight": Decimal("0.5")}, {"pass_if_uncontested": 60}]


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("scoring", SCORING)
def test_a_stage_is_passed_or_scored_and_never_both(gate: dict[str, Any], scoring: dict[str, Any]) -> None:
    assert Stage.model_validate({"kind": "fitness", **gate}).is_gate
    assert not Stage.model_validate({"kind": "fitness", **scoring}).is_gate
    assert not Stage.model_validate({"kind": "fitness", **scoring, "gate": False}).is_gate
    with pytest.raises(ValidationError, match="只分合格与不合格的环节（gate）"):
        Stage.model_validate({"kind": "fitness", **gate, **scoring})


@pytest.mark.parametrize(
    "more", [{"gate": True}, {"weight": 1}, {"pass": 0}, {"pass": 60}, {"admit": {"ratio": 3}}, {"exempt": "veteran"}]
)
def test_a_test_for_equals_only_orders_them(more: dict[str, Any]) -> None:
    Stage.model_validate({"kind": "skills", "for": "ties", "full": 100})
    Stage.model_validate({"kind": "skills", **more})
    with pytest.raises(ValidationError, match="只定同分人员的先后"):
        Stage.model_validate({"kind": "skills", "for": "ties", **more})


def test_items_are_named_once_for_anybody_or_for_one_sex() -> None:
    items = ("跑步", Item(name="引体", sex="male"), Item(name="仰卧", sex="female"), Item(name="跳远"), "跑步")
    assert items_of(items) == ["跑步", "引体", "仰卧", "跳远"]
    assert items_of(items, "male") == ["跑步", "引体", "跳远"]
    assert items_of(items, "female") == ["跑步", "仰卧", "跳远"]


def test_one_height_is_that_of_both_and_one_alone_says_nothing_of_the_other() -> None:
    def heights(asked: Any) -> BySex | None:
        return PositionConditions.model_validate({"height_cm": asked}).heights

    assert heights(170) == BySex(male=Decimal(170), female=Decimal(170))
    assert heights({"male": 170}) == BySex(male=Decimal(170), female=None)
    assert heights(None) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9.1", "9.1"),
        (Decimal("10.10"), "10.10"),
        ("11.4", "11.4"),
        ("13.1", "13.1"),
        (" 协助巡逻 ", "协助巡逻"),
        ("第9.1", "第9.1"),
        (9, "9"),
        ("9.5", None),
        ("18.3", None),
        ("99.1", None),
        (Decimal("9.9"), None),
        (True, None),
        ("", None),
    ],
)
def test_a_duty_is_one_of_the_catalogue_or_words(written: Any, meant: str | None) -> None:
    if meant is not None:
        assert Position.model_validate(post("01", duties=[written])).duties == (meant,)
        return
    with pytest.raises(ValidationError):
        Position.model_validate(post("01", duties=[written]))


@pytest.mark.parametrize(
    ("written", "read"),
    [("12345", ("12345",)), (12345, ("12345",)), (["1", 2], ("1", "2")), ([], ()), (None, ()), (True, None), ({"a": 1}, None)],
)  # fmt: skip
def test_one_telephone_may_stand_for_several(written: Any, read: tuple[str, ...] | None) -> None:
    if read is not None:
        assert Contacts.model_validate({"supervision": written}).supervision == read
        return
    with pytest.raises(ValidationError):
        Contacts.model_validate({"supervision": written})


@pytest.mark.parametrize("key", ["on", "true", True])
def test_where_a_bonus_counts_is_read_as_any_tool_saves_it(key: Any) -> None:
    assert Bonus.model_validate({key: "total", "cap": 5}).on == "total"


def test_what_says_itself_where_it_counts_is_not_taken_for_another_key() -> None:
    with pytest.raises(ValidationError):
        Bonus.model_validate({"on": "total", "true": "written"})
