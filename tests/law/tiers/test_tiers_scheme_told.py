"""What is said of a scheme in full: the findings on each version, and the faults that two parts of it make together."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.schemas import SCHEMAS
from fujing.law.formats.tier_scheme import ROOT
from fujing.law.tiers import check_scheme
from tests.law.schema_validator import faults as schema_faults
from tests.law.tiers.test_tiers_caps import SCHEME
from tests.law.tiers.test_tiers_scheme import SILENT, STEP, changed, faults
from tests.law.tiers.tools import Row, scheme_of

REMEDIES = {
    "satisfied": None,
    "violated": "修改方案",
    "undetermined": "查对方案原文后补写",
    "advice": "核对方案是否有意如此",
}
ARTICLES = {"23.p1": "第二十三条第一款", "23.p2": "第二十三条第二款", "25": "第二十五条"}


def told(folder: Path, scheme: Row) -> list[tuple[str | None, str, str, str, str, Row]]:
    """Day, provision, rule, outcome, sentence and facts of each finding."""
    found = check_scheme(scheme_of(folder, scheme))
    for each in found:
        assert each.remedy == REMEDIES[each.outcome]
        assert each.message.endswith(f"（{ARTICLES[each.provision]}）")
    return [
        (each.subject, each.provision, each.rule.removeprefix("tiers."), str(each.outcome),
         each.message.rpartition("（")[0], each.facts)
        for each in found
    ]  # fmt: skip


def paid(*amounts: float | None) -> list[Row]:
    return [
        each if amount is None else each | {"pay": amount}
        for each, amount in zip(SCHEME["versions"][0]["tiers"], amounts, strict=True)
    ]


def test_a_scheme_without_a_fault_is_told_so(tmp_path: Path) -> None:
    graded = {"grades": ["称职"], "years": "ended", "failing": "blocks"}
    edges = [STEP | {"appraisal": graded}, STEP | {"path": ["三", "二", "一"], "appraisal": graded}]
    day = "2021-03-01"
    assert told(tmp_path, changed(tiers=paid(100, 200, 300, 400), edges=edges)) == [
        (day, "23.p1", "unsaid", "satisfied", "方案写明了评定和晋升所需的各项", {}),
        (day, "25", "appraisal", "satisfied", "四→三的晋升以考核结果为条件", {"path": "四→三"}),
        (day, "25", "appraisal", "satisfied", "三→二→一的晋升以考核结果为条件", {"path": "三→二→一"}),
        (day, "23.p2", "pay", "satisfied", "每一层级都有层级工资，晋升即提高", {"pay": {"四": "100", "三": "200", "二": "300", "一": "400"}}),
    ]  # fmt: skip


def test_a_scheme_with_every_fault_is_told_each(tmp_path: Path) -> None:
    edges = [STEP, {key: value for key, value in STEP.items() if key != "appraisal"} | {"path": ["三", "二"]}]
    found = told(tmp_path, changed(edges=edges, tiers=paid(100, None, 300, None), **{"from": None}))
    assert found == [
        (None, "23.p1", "unsaid", "undetermined", "没有写明自哪一天起施行，任何晋升都待核实", {"path": "from"}),
        (None, "25", "unsaid", "undetermined", "没有写明三→二的考核条件", {"path": "edges[1].appraisal"}),
        (None, "23.p1", "unreachable", "advice", "没有通向一级的首次评定或者晋升", {"tier": "一级"}),
        (None, "25", "appraisal", "violated", "四→三的晋升不看考核结果", {"path": "四→三"}),
        (None, "23.p2", "pay", "undetermined", "没有写明三、一的层级工资", {"pay": {"四": "100", "二": "300"}}),
    ]


@pytest.mark.parametrize(
    ("pay", "said"),
    [
        ((100, 200, 300, 300), "从二晋升到一，层级工资从300元到300元，没有提高"),
        ((100, 99, 300, 400), "从四晋升到三，层级工资从100元到99元，没有提高"),
    ],
)
def test_a_step_that_pays_no_more_is_named(tmp_path: Path, pay: tuple[int, ...], said: str) -> None:
    *_, last = told(tmp_path, changed(tiers=paid(*pay)))
    assert last[1:5] == ("23.p2", "pay", "violated", said)


def test_a_trainee_needs_no_pay_and_nothing_leads_to_them(tmp_path: Path) -> None:
    tiers = [{"code": "见习", "name": "见习"}, *paid(100, 200, 300, 400)]
    trainee = {"tier": "见习", "years": 1, "counted": False}
    found = told(tmp_path, changed(tiers=tiers, trainee=trainee))
    assert [(rule, outcome) for _, _, rule, outcome, *_ in found] == [
        ("unsaid", "satisfied"), ("appraisal", "violated"), ("pay", "satisfied"),
    ]  # fmt: skip


@pytest.mark.parametrize("silent", ["entry", "edges"])
def test_without_entry_or_steps_nothing_is_called_unreachable(tmp_path: Path, silent: str) -> None:
    scheme = changed(entry={"table": {"高中": "三"}})
    assert "unreachable" in {rule for _, _, rule, *_ in told(tmp_path, scheme)}
    del scheme["versions"][0][silent]
    assert "unreachable" not in {rule for _, _, rule, *_ in told(tmp_path, scheme)}


def test_each_version_is_told_under_its_day(tmp_path: Path) -> None:
    scheme = changed(to="2027-01-01")
    scheme["versions"].append(copy.deepcopy(SCHEME["versions"][0]) | {"from": "2027-01-01"})
    days = [day for day, *_ in told(tmp_path, scheme)]
    assert days == ["2021-03-01"] * 3 + ["2027-01-01"] * 3


def test_what_a_silent_version_leaves_unsaid_stands_under_its_article(tmp_path: Path) -> None:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"] = [SILENT]
    found = [each for each in told(tmp_path, scheme) if each[2] == "unsaid"]
    assert len(found) == 17
    assert [facts["path"] for _, provision, *_, facts in found if provision == "25"] == [
        "edges[0].appraisal", "edges[1].appraisal.grades", "edges[1].appraisal.years", "edges[1].appraisal.failing",
    ]  # fmt: skip


TIERS = SCHEME["versions"][0]["tiers"]
SETS = SCHEME["versions"][0]["sets"]
HALF = {"by": "grade", "words": ["优秀"], "years": 0.5}
GRADED = STEP | {"appraisal": {"grades": ["优秀", "称职"]}}
TOGETHER: list[tuple[Row, list[str]]] = [
    (
        {"tiers": [*TIERS, {"code": "四", "name": "四级"}]},
        ["tiers[0].code 的值是“四”，重复，每项应不同", "tiers[4].code 的值是“四”，重复，每项应不同"],
    ),
    ({"tiers": [*TIERS, {"code": "五", "name": "四级"}]}, ["tiers[4].name 的值是“四级”，与另一层级的名称或者代码相同"]),
    ({"tiers": [*TIERS, {"code": "五", "name": "四"}]}, ["tiers[4].name 的值是“四”，与另一层级的名称或者代码相同"]),
    (
        {"sets": [*SETS, SETS[1]]},
        ["sets[1].code 的值是“一级”，重复，每项应不同", "sets[2].code 的值是“一级”，重复，每项应不同"],
    ),
    (
        {"sets": [*SETS, {"code": "丙", "name": "丙", "tiers": ["一", "十"]}]},
        ["sets[2].tiers[1] 的值是“十”，tiers 中没有这个层级"],
    ),
    ({"edges": [GRADED | {"shorten": [HALF, HALF]}]}, ["edges[0].shorten 按考核等次缩短的只能写一条"]),
    ({"edges": [GRADED | {"shorten": [HALF]}]}, []),
    ({"edges": [GRADED | {"shorten": [HALF, {"by": "honour"}, {"by": "honour"}]}]}, []),
    (
        {"edges": [GRADED | {"shorten": [{"by": "honour"}, HALF | {"words": ["优秀", "合格"]}]}]},
        ["edges[0].shorten[1].words 应写明，并都在要求的考核等次之内"],
    ),
    (
        {"edges": [GRADED | {"shorten": [{"by": "grade", "years": 1}]}]},
        ["edges[0].shorten[0].words 应写明，并都在要求的考核等次之内"],
    ),
    ({"edges": [STEP | {"path": ["四", "四"]}]}, ["edges 的值是“四”，晋升路径成环"]),
    (
        {"edges": [STEP, STEP | {"path": ["三", "二", "一", "三"]}]},
        ["edges 的值是“四→三→二→一”，晋升路径成环"],
    ),
    ({"edges": [STEP, STEP | {"path": ["四", "二"]}, STEP | {"path": ["三", "二"]}]}, []),
    ({"caps": [{"set": "一级", "share": 1, "of": "quota"}]}, []),
    ({"to": "2021-03-02"}, []),
    ({"from": None, "to": "2027-01-01"}, [" to 应晚于 from"]),
]  # fmt: skip


@pytest.mark.parametrize(("version", "said"), TOGETHER)
def test_what_contradicts_another_part_is_told(tmp_path: Path, version: Row, said: list[str]) -> None:
    scheme = changed(**version)
    if said:
        assert faults(tmp_path, scheme) == [f"versions[0]{'' if each[0] == ' ' else '.'}{each}" for each in said]
    else:
        assert scheme_of(tmp_path, scheme).name == SCHEME["name"]


def test_a_tier_of_several_steps_is_counted_by_its_own_name(tmp_path: Path) -> None:
    """A set may name the tier or one of its 档次."""
    tiers = [
        *TIERS[:3],
        {"code": "一甲", "name": "一级甲", "tier": "一"},
        {"code": "一乙", "name": "一级乙", "tier": "一"},
    ]
    edges = [STEP | {"path": ["四", "三", "二", "一甲", "一乙"]}]
    for named, good in (("一", True), ("一乙", True), ("一丙", False)):
        sets = [{"code": "一级", "name": "一级", "tiers": [named]}]
        scheme = changed(tiers=tiers, edges=edges, sets=sets, caps=[])
        if good:
            assert scheme_of(tmp_path, scheme)
        else:
            assert faults(tmp_path, scheme) == ["versions[0].sets[0].tiers[0] 的值是“一丙”，tiers 中没有这个层级"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("2021-03-01", "2027-01-01"), ("2027-01-01", None), []),
        (("2027-01-01", None), ("2021-03-01", "2027-01-01"), []),
        (("2021-03-01", None), ("2027-01-01", None), ["versions[1].from 的值是“2027-01-01”，与另一版本的施行期间重叠"]),
        (("2027-01-01", None), ("2021-03-01", None), ["versions[0].from 的值是“2027-01-01”，与另一版本的施行期间重叠"]),
        ((None, None), ("2027-01-01", None), ["versions[0].from 有几个版本时，每个都应写明自哪一天起施行"]),
    ],
)
def test_versions_follow_each_other(
    tmp_path: Path, first: tuple[str | None, ...], second: tuple[str | None, ...], said: list[str]
) -> None:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"] = [
        {key: each for key, each in (SCHEME["versions"][0] | {"from": start, "to": end}).items() if each is not None}
        for start, end in (first, second)
    ]
    if said:
        assert faults(tmp_path, scheme) == said
    else:
        read = scheme_of(tmp_path, scheme)
        later = max(read.versions, key=lambda each: each.start or date.min)
        assert (read.on(date(2026, 12, 31)) is later, read.on(date(2027, 1, 1)) is later) == (False, True)


DEMOTION = {"grades": ["不称职"]}
BOUNDS: list[tuple[Row, bool]] = [
    *(({"demotions": [DEMOTION | {"years": years}]}, good) for years, good in ((0, False), (1, True), (10, True), (11, False))),
    *(({"demotions": [DEMOTION | {"down": down}]}, good) for down, good in ((0, False), (1, True), (20, True), (21, False))),
    *(({"edges": [STEP | {"years": years}]}, good) for years, good in ((0, True), (60, True), (60.5, False), ("1/12", True), ("1/24", False))),
    ({"demotions": [{"grades": []}]}, False),
    ({"edges": [STEP | {"path": ["四"]}]}, False),
    ({"entry": {"table": {}}}, False),
    ({"order": []}, False),
    ({"order": ["tenure"]}, True),
    ({"order": ["age"]}, False),
]  # fmt: skip


@pytest.mark.parametrize(("version", "good"), BOUNDS)
def test_the_bounds_of_a_scheme(tmp_path: Path, version: Row, good: bool) -> None:
    if good:
        assert scheme_of(tmp_path, changed(**version))
    else:
        assert len(faults(tmp_path, changed(**version))) == 1


def test_one_demotion_goes_down_one_tier_after_one_year_unless_the_scheme_says_otherwise(tmp_path: Path) -> None:
    (version,) = scheme_of(tmp_path, changed(demotions=[DEMOTION])).versions
    assert [(each.years, each.down, each.clause) for each in version.demotions or ()] == [(1, 1, None)]


def test_the_schema_knows_the_bounds_of_years(tmp_path: Path) -> None:
    schema: Any = SCHEMAS["tier_scheme"]()
    for years, good in (
        (-0.5, False),
        (0, True),
        (60, True),
        (60.5, False),
        ("1/3", True),
        ("一年", False),
        ("1/", False),
    ):
        found = schema_faults({ROOT: changed(edges=[STEP | {"years": years}])}, schema, schema)
        assert (found == []) is good, years
