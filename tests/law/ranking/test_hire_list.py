"""What is said of each place from the ranking to the hire list: who takes it, loses it, moves up, word for word."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.cli.ranking import rank_files
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.ranking import HireList, hire_lists, panel_gaps
from fujing.law.ranking.hiring import Dropout
from tests.law.ranking.test_ranking_cases import write

CONFIRMED = date(2026, 6, 30)
CASE: dict[str, Any] = {
    "报名": ["甲", "乙", "丙"],
    "成绩": {"甲": {"笔试": 90, "面试": 90}, "乙": {"笔试": 80, "面试": 80}, "丙": {"笔试": 80, "面试": 70}},
    "公告": {"环节": {"interview": {"admit": {"ratio": 3}}}},
}


def made(
    folder: Path, *dropouts: Dropout, people: dict[str, str] | None = None, scores: Any = None, **changes: Any
) -> HireList:
    paths = write(folder, CASE | {"公告": CASE["公告"] | changes, "成绩": scores or CASE["成绩"]})
    (listed,) = hire_lists(
        read_announcement(paths[0]), rank_files(*paths), dropouts, confirmed_on=CONFIRMED, people=people
    )
    return listed


def told(made: HireList) -> dict[str, list[str]]:
    """Status of each, and what was said since the ranking with its provision."""
    return {
        place.subject: [place.status, *(f"{each.provision} {each.outcome} {each.message}" for each in place.said)]
        for place in made.places
    }


def out(subject: str, day: str, stage: str = "medical", word: str = "不合格") -> Dropout:
    return Dropout(subject, stage, word, date.fromisoformat(day))


HIRED = "21.p1 satisfied 列入聘用名单（第二十一条第一款）"
MOVED = "21.p1 satisfied 递补甲，列入聘用名单（第二十一条第一款）"


def test_the_first_is_hired_and_the_others_wait(tmp_path: Path) -> None:
    listed = made(tmp_path)
    assert told(listed) == {"甲": ["hire", HIRED], "乙": ["reserve"], "丙": ["reserve"]}
    assert (listed.vacant, listed.reserve_until) == (0, date(2027, 6, 30))
    assert listed.reserve_places() == {"乙": 1, "丙": 2}
    assert [len(place.steps) for place in listed.places] == [2, 1, 1]
    (said,) = listed.places[0].said
    assert said.facts == {"position": "01", "rank": 1, "replaces": None, "confirmed_on": CONFIRMED}


def test_without_a_reserve_nobody_waits(tmp_path: Path) -> None:
    listed = made(tmp_path, reserve=None)
    assert told(listed) == {"甲": ["hire", HIRED], "乙": ["out"], "丙": ["out"]}
    assert listed.reserve_until is None


def test_a_place_lost_on_the_day_of_confirmation_goes_to_the_next(tmp_path: Path) -> None:
    listed = made(tmp_path, out("甲", "2026-06-30"))
    assert told(listed) == {
        "甲": ["out", "18.5 violated 2026-06-30体检不合格（第十八条第（五）项）"],
        "乙": ["hire", MOVED],
        "丙": ["reserve"],
    }
    assert listed.places[1].replaces == "甲"


@pytest.mark.parametrize(
    ("changes", "day", "said"),
    [
        ({"reserve": None}, "2026-07-01", "advice 公告没有递补名单，名额空缺"),
        ({"reserve": {}}, "2026-07-01", "undetermined 公告没有写递补名单有效期，能否递补待核实"),
        ({"reserve": {"months": 1}}, "2026-07-31", "advice 递补名单有效期至2026-07-30，2026-07-31已过，名额空缺"),
        ({"refill": {"times": 0}}, "2026-07-01", "advice 公告规定不再递补，名额空缺"),
        ({"refill": {"from": ["hire"]}}, "2026-07-01", "advice 公告规定不再递补，名额空缺"),
    ],
)
def test_a_place_that_nobody_may_take_stays_empty_and_why(
    changes: dict[str, Any], day: str, said: str, tmp_path: Path
) -> None:
    listed = made(tmp_path, out("甲", day, "publicity"), **changes)
    assert told(listed)["甲"][-1] == f"21.p1 {said}（第二十一条第一款）"
    assert (listed.vacant, listed.with_status("hire")) == (1, [])


def test_on_its_last_day_the_reserve_still_holds(tmp_path: Path) -> None:
    listed = made(tmp_path, out("甲", "2026-07-30", "hire", "放弃"), reserve={"months": 1})
    assert told(listed) == {
        "甲": ["out", HIRED, "21.p1 violated 2026-07-30聘用放弃（第二十一条第一款）"],
        "乙": ["hire", MOVED],
        "丙": ["reserve"],
    }


def test_when_the_reserve_is_used_up_the_place_stays_empty(tmp_path: Path) -> None:
    listed = made(tmp_path, *(out(who, f"2026-07-0{day}", "hire", "放弃") for day, who in enumerate("甲乙丙", 1)))
    assert [told(listed)[who][0] for who in "甲乙丙"] == ["out", "out", "out"]
    assert told(listed)["丙"][-1] == "21.p1 advice 递补名单已无人，名额空缺（第二十一条第一款）"
    assert listed.vacant == 1


def test_whoever_waits_and_drops_out_frees_no_place(tmp_path: Path) -> None:
    listed = made(tmp_path, out("乙", "2026-07-01", "background"), out("乙", "2026-07-02", "hire", "放弃"))
    assert told(listed)["甲"] == ["hire", HIRED]
    assert len(told(listed)["乙"]) == 2
    assert told(listed)["丙"] == ["reserve"]


def test_equals_who_do_not_all_fit_wait_for_a_decision(tmp_path: Path) -> None:
    scores = {"甲": {"笔试": 90, "面试": 80}, "乙": {"笔试": 80, "面试": 90}, "丙": {"笔试": 70, "面试": 70}}
    tie = "19 undetermined 2人各项同分，余1个名额，须另定先后（第十九条）"
    listed = made(tmp_path, scores=scores)
    assert told(listed) == {"甲": ["tie", tie], "乙": ["tie", tie], "丙": ["reserve"]}
    assert listed.vacant == 1
    assert listed.places[0].said[0].facts == {"position": "01", "places": 1, "equals": ["乙", "甲"]}
    decided = made(tmp_path, out("甲", "2026-07-01", "hire", "放弃"), scores=scores)
    assert [told(decided)[who][0] for who in "甲乙丙"] == ["out", "hire", "reserve"]


def test_the_facts_hold_the_stage_the_word_the_days_and_whom_one_replaces(tmp_path: Path) -> None:
    day = date(2026, 7, 1)
    listed = made(tmp_path, out("甲", "2026-07-01"), out("乙", "2026-07-01", "hire", "放弃"), reserve={"months": 1})
    hired: dict[str, Any] = {"position": "01", "rank": 1, "replaces": None, "confirmed_on": CONFIRMED}
    lost = {"position": "01", "stage": "medical", "word": "不合格", "date": day}
    assert {place.subject: [each.facts for each in place.said] for place in listed.places} == {
        "甲": [hired, lost],
        "乙": [hired | {"rank": 2, "replaces": "甲"}, lost | {"stage": "hire", "word": "放弃"}],
        "丙": [hired | {"rank": 3, "replaces": "乙"}],
    }
    empty = made(tmp_path, out("甲", "2026-07-31"), reserve={"months": 1}).places[0].said[-1]
    assert empty.facts == {"position": "01", "date": date(2026, 7, 31), "reserve_until": date(2026, 7, 30)}
    assert {(each.rule, each.subject) for place in listed.places for each in place.said} == {
        ("hiring.place", subject) for subject in "甲乙丙"
    }


def test_one_person_on_two_posts_chooses(tmp_path: Path) -> None:
    paths = write(tmp_path, CASE)
    announcement, rankings = read_announcement(paths[0]), rank_files(*paths)
    people = {"甲": "同一号码", "乙": "另一号码"}
    first, second = hire_lists(announcement, [*rankings, *rankings], confirmed_on=CONFIRMED, people=people)
    for listed in (first, second):
        assert told(listed)["甲"][-1] == ("5.p1 undetermined 同一人在岗位01、01都拟聘用，只能选定一个（第五条第一款）")
        assert (listed.places[0].status, listed.vacant) == ("choose", 1)
        assert told(listed)["乙"] == ["reserve"]
        said = listed.places[0].said[-1]
        assert (said.rule, said.subject, said.facts) == ("hiring.one_post", "甲", {"positions": ["01", "01"]})
        assert said.remedy == "由本人书面选定，其余岗位按放弃递补"
    (alone,) = hire_lists(announcement, rankings, confirmed_on=CONFIRMED, people=people)
    assert alone.places[0].status == "hire"


FOUR: dict[str, Any] = {
    who: {"笔试": score, "面试": score} for who, score in zip("甲乙丙丁", (90, 80, 70, 60), strict=True)
}


def four(folder: Path, *dropouts: Dropout, scores: Any = None, **changes: Any) -> HireList:
    """Two places and four who passed all exams."""
    stages = {"interview": {"admit": {"ratio": 2}}}
    case = {"公告": {"招聘人数": 2, "环节": stages} | changes, "报名": list("甲乙丙丁"), "成绩": scores or FOUR}
    paths = write(folder, case)
    (listed,) = hire_lists(read_announcement(paths[0]), rank_files(*paths), dropouts, confirmed_on=CONFIRMED)
    return listed


def test_only_whoever_moves_up_from_beyond_the_places_replaces_somebody(tmp_path: Path) -> None:
    listed = four(tmp_path, out("甲", "2026-06-01"))
    assert [(place.status, place.replaces) for place in listed.places] == [
        ("out", None),
        ("hire", None),
        ("hire", "甲"),
        ("reserve", None),
    ]


def test_places_are_refilled_in_the_order_of_rank_and_not_of_days(tmp_path: Path) -> None:
    listed = four(tmp_path, out("乙", "2026-06-01", "hire", "放弃"), out("甲", "2026-06-02", word="放弃"))
    assert [place.replaces for place in listed.places] == [None, None, "甲", "乙"]
    assert told(listed)["甲"] == ["out", "21.p1 violated 2026-06-02体检放弃（第二十一条第一款）"]
    assert listed.vacant == 0


def test_whoever_failed_by_the_score_sheet_has_no_place(tmp_path: Path) -> None:
    scores = FOUR | {"甲": FOUR["甲"] | {"体检": "不合格"}}
    listed = four(tmp_path, out("甲", "2026-06-01", "hire", "放弃"), scores=scores)
    assert told(listed)["甲"] == ["out"]
    assert [place.status for place in listed.places] == ["out", "hire", "hire", "reserve"]
    assert listed.places[2].replaces == "甲"


@pytest.mark.parametrize(
    ("sources", "statuses", "vacant"),
    [
        (["medical", "publicity"], ["out", "hire", "hire", "reserve"], 0),
        (["medical"], ["out", "hire", "reserve", "reserve"], 1),
    ],
)
def test_before_confirmation_too_a_place_is_refilled_only_where_others_move_up(
    sources: list[str], statuses: list[str], vacant: int, tmp_path: Path
) -> None:
    listed = four(tmp_path, out("甲", "2026-06-01", "publicity"), refill={"from": sources})
    assert ([place.status for place in listed.places], listed.vacant) == (statuses, vacant)


EQUALS = FOUR | {"乙": {"笔试": 80, "面试": 70}, "丙": {"笔试": 70, "面试": 80}}


def test_equals_are_told_once_whoever_else_drops_out(tmp_path: Path) -> None:
    listed = four(tmp_path, out("丁", "2026-07-01", "hire", "放弃"), scores=EQUALS)
    assert [place.status for place in listed.places] == ["hire", "tie", "tie", "out"]
    assert [len(place.said) for place in listed.places] == [1, 1, 1, 1]


def test_a_place_that_falls_free_is_one_more_for_the_equals(tmp_path: Path) -> None:
    listed = four(tmp_path, out("甲", "2026-07-01", "hire", "放弃"), scores=EQUALS)
    assert [place.status for place in listed.places] == ["out", "hire", "hire", "reserve"]
    three = EQUALS | {"丁": {"笔试": 75, "面试": 75}}
    listed = four(tmp_path, out("甲", "2026-07-01", "hire", "放弃"), scores=three)
    assert [place.status for place in listed.places] == ["out", "tie", "tie", "tie"]
    assert [len(place.said) for place in listed.places] == [2, 2, 2, 2]
    assert listed.places[1].said[-1].facts["places"] == 2
    assert listed.vacant == 2


def gaps(panels: dict[str, str]) -> list[str]:
    """What is said of a post's interview; by applicant the judges who gave a score."""
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
        }
    )
    rows = [("01", who, "interview", judge, 80) for who, judges in panels.items() for judge in judges]
    frame = pl.DataFrame(rows, schema=["position", "id", "kind", "judge", "points"], orient="row")
    return panel_gaps(announcement, frame).get("01", [])


def test_whoever_had_a_part_of_a_panel_is_named_five_at_most() -> None:
    end = "除评委回避外，应补上成绩后重新排名"
    assert gaps({"甲": "张王李", "乙": "张王李", "丙": "张王"}) == [
        f"岗位01面试：丙只有2名评委的成绩，缺李；同岗位有2人由3名评委打分。{end}"
    ]
    assert gaps({"甲": "张王李", **dict.fromkeys("abcde", "张王")})[0].startswith(
        "岗位01面试：a、b、c、d、e只有2名评委"
    )
    assert gaps({"甲": "张王李", **dict.fromkeys("abcdef", "张王")})[0].startswith("岗位01面试：a、b、c、d、e等6人只有")
    assert gaps({"甲": "张王", "乙": "李赵"}) == []
    assert gaps({"甲": "张王李", "乙": "张王赵", "丙": "张王赵", "丁": "张王"}) == [
        f"岗位01面试：丁只有2名评委的成绩，缺赵；同岗位有2人由3名评委打分。{end}"
    ]
