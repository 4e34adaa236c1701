"""What is as it should be is told with the numbers and dates that decided, not with the provision's words alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.law.findings import Outcome
from fujing.law.provisions import cite
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening import screen
from tests.law.screening_tools import TODAY, changed, document, frame_of

ASKING = {
    "age": {"min": 20, "max": 30, "relax": [{"max": 33, "when": ["veteran"]}]},
    "education": {"min": "junior_college"},
    "height_cm": {"male": 170, "female": 160},
    "naked_vision": "4.8",
    "corrected_vision": "5.0",
    "bmi": {"min": 18, "max": 28},
    "household": ["绵阳市"],
    "certificates": ["机动车驾驶证C1以上"],
    "majors": ["法学"],
}
FITTING = {
    "矫正视力": "5.1",
    "体重": "70",
    "学历": "本科",
    "证书": "机动车驾驶证B2",
    "出生日期": "1996-01-22",
    "公民身份号码": "算",
}


def said(tmp_path: Path, case: dict[str, Any]) -> dict[str, str]:
    """The sentence of each rule about the base case with these changes, all of them satisfied."""
    announcement, person = changed(document()["底稿"], case)
    screened = screen(announcement, frame_of(tmp_path, announcement, [person]), today=TODAY)
    findings = screened.findings(0, all=True)
    assert {each.outcome for each in findings} == {Outcome.SATISFIED}, findings
    assert all(each.message.endswith(f"（{cite(each.provision)}）") for each in findings)
    return {each.rule: each.message.rpartition("（第")[0].removeprefix("符合：") for each in findings}


def test_the_numbers_and_dates_that_decided_are_told(tmp_path: Path) -> None:
    told = said(tmp_path, {"条件": ASKING, "人员": FITTING})
    assert told["recruitment.age"] == "截至2026-01-22为30周岁，规定为18至35周岁"
    assert told["recruitment.post_age"] == "截至2026-01-22为30周岁，公告要求20周岁以上、30周岁以下"
    assert told["recruitment.education"] == "学历为本科，岗位要求大专以上"
    assert told["recruitment.height"] == "身高175厘米，岗位要求170厘米以上"
    assert told["recruitment.vision"] == "裸眼视力5，岗位要求4.8以上"
    assert told["recruitment.household"] == "户籍为四川省绵阳市三台县，符合岗位要求的绵阳市"
    assert told["recruitment.certificates"] == "证书为机动车驾驶证B2，符合岗位要求的机动车驾驶证C1以上"
    assert told["recruitment.major"] == "专业为法学，符合岗位要求的法学"


def test_a_relaxed_limit_is_told_to_whom_it_is_for(tmp_path: Path) -> None:
    veteran = FITTING | {"出生日期": "1993-01-22", "退役士兵": "是"}
    told = said(tmp_path, {"条件": ASKING, "人员": veteran})
    assert told["recruitment.age"] == "截至2026-01-22为33周岁，规定为18至35周岁"
    assert told["recruitment.post_age"] == "截至2026-01-22为33周岁，公告要求20周岁以上、33周岁以下"


def test_the_measures_own_floor_is_told_where_the_post_states_none(tmp_path: Path) -> None:
    assert said(tmp_path, {})["recruitment.education"] == "学历为高中，岗位要求高中以上"
    civil = {"岗位": {"category": "civil"}, "人员": {"学历": "本科"}}
    assert said(tmp_path, civil)["recruitment.education"] == "学历为本科，岗位要求大专以上"


def test_what_the_post_does_not_ask_is_said_to_be_unasked_also_where_the_fact_is_unknown(tmp_path: Path) -> None:
    blank = {"人员": {"身高": None, "裸眼视力": None, "户籍": None, "证书": None, "专业": None, "性别": None}}
    told = said(tmp_path, blank)
    assert told["recruitment.height"] == "岗位对身高没有要求"
    assert told["recruitment.vision"] == "岗位对裸眼视力没有要求"
    assert told["recruitment.household"] == "岗位对户籍没有要求"
    assert told["recruitment.sex"] == "岗位不限性别"


@pytest.mark.parametrize("rule", RECRUITMENT.rules, ids=lambda rule: rule.id)
def test_every_rule_has_a_sentence_of_its_own_and_never_the_prohibition_itself(tmp_path: Path, rule: Any) -> None:
    post = {"sex": "male", "sex_reason": "监管场所", "pool": {"when": ["veteran"], "reason": "双拥定向"}}
    told = said(tmp_path, {"岗位": post, "条件": ASKING, "人员": FITTING | {"退役士兵": "是"}})
    assert told[rule.id] != rule.words.rstrip("。；")
