"""A scheme file: every fault by path at once, what it leaves unsaid, and what Articles 23 and 25 say of it."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.law.findings import Outcome
from fujing.law.formats.documents import DocumentError, read_document
from fujing.law.formats.schemas import SCHEMAS
from fujing.law.formats.tier_scheme import ROOT, TierScheme, read_tier_scheme
from fujing.law.tiers import check_scheme
from fujing.law.tiers.check import unsaid
from fujing.law.tiers.schemes import reference_schemes, reference_text
from tests.law.schema_validator import faults as schema_faults
from tests.law.tiers.test_tiers_caps import SCHEME
from tests.law.tiers.tools import scheme_of

REFERENCES = sorted(reference_schemes())


def changed(**version: Any) -> dict[str, Any]:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"][0] |= version
    return scheme


def faults(folder: Path, scheme: dict[str, Any]) -> list[str]:
    with pytest.raises(DocumentError) as raised:
        scheme_of(folder, scheme)
    return [str(fault).replace(f"{folder}/scheme.json：{ROOT}.", "") for fault in raised.value.faults]


STEP = {"path": ["四", "三"], "kind": "natural", "years": 3, "appraisal": "none"}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"from": "2021-02-30"}, "versions[0].from 的值是“2021-02-30”，这一天不存在，应为日历上的日期，如 2026-01-22"),
    ({"tiers": [{"code": "四", "name": "四级"}]}, "versions[0].tiers 至少要有2项"),
    ({"edges": [STEP | {"years": 0.3}]}, "versions[0].edges[0].years 的值是“0.3”，应为0至60年，折合整月数，如 3、0.5、1/3"),
    *(
        ({"edges": [STEP | {"years": years}]}, f"versions[0].edges[0].years {told}应为0至60年，折合整月数，如 3、0.5、1/3")
        for years, told in (
            ("三年", "的值是“三年”，"),
            (True, "的值是“true”，"),
            ([3], ""),
            (-1, "的值是“-1”，"),
            (61, "的值是“61”，"),
            ("1/7", "的值是“1/7”，"),
        )
    ),
    ({"edges": [STEP | {"kind": "auto"}]}, "versions[0].edges[0].kind 的值是“auto”，应为 natural、selective"),
    ({"edges": [STEP | {"appraisal": {"grade": ["优秀"]}}]}, "versions[0].edges[0].appraisal.grade 没有这个键，请核对拼写"),
    ({"edges": [STEP | {"path": ["四", "五"]}]}, "versions[0].edges[0].path[1] 的值是“五”，tiers 中没有这个层级"),
    ({"edges": [STEP, STEP]}, "versions[0].edges[1].path 的值是“四→三”，重复，每一步只能写一次"),
    ({"edges": [STEP, STEP | {"path": ["三", "四"]}]}, "versions[0].edges 的值是“四→三”，晋升路径成环"),
    *(
        (
            {"edges": [STEP | {"appraisal": appraisal, "shorten": [{"by": "grade", "years": 1} | words]}]},
            "versions[0].edges[0].shorten[0].words 应写明，并都在要求的考核等次之内",
        )
        for appraisal, words in (
            ("none", {"words": ["优秀"]}),
            ({}, {"words": ["优秀"]}),
            ("none", {}),
            ({"grades": ["优秀", "称职"]}, {}),
            ({"grades": ["称职"]}, {"words": ["优秀", "称职"]}),
        )
    ),
    (
        {"edges": [STEP | {"appraisal": {"grades": ["优秀"]}, "shorten": [{"by": "grade", "words": ["优秀"]}] * 2}]},
        "versions[0].edges[0].shorten 按考核等次缩短的只能写一条",
    ),
    ({"entry": {"table": {"高中": "五"}}}, "versions[0].entry.table.高中 的值是“五”，tiers 中没有这个层级"),
    ({"trainee": {"tier": "见习"}}, "versions[0].trainee.tier 的值是“见习”，tiers 中没有这个层级"),
    ({"trainee": {"tier": "四"}}, "versions[0].edges[0].path[0] 的值是“四”，见习期满按 entry 首次评定，不在晋升路径上"),
    ({"sets": [{"code": "quota", "name": "甲", "tiers": ["一"]}], "caps": []}, "versions[0].sets[0].code 的值是“quota”，是用人额度的代码，请另取一个"),
    ({"caps": [{"set": "甲", "share": 0.3, "of": "quota"}]}, "versions[0].caps[0].set 的值是“甲”，sets 中没有这个集合"),
    ({"caps": [{"set": "一级", "share": 0.3, "of": "乙"}]}, "versions[0].caps[0].of 的值是“乙”，应为 quota 或者 sets 中的集合"),
    ({"caps": [{"set": "一级", "share": 1.5, "of": "quota"}]}, "versions[0].caps[0].share 的值是“1.5”，应不大于1"),
    ({"to": "2021-03-01"}, "versions[0] to 应晚于 from"),
]  # fmt: skip


@pytest.mark.parametrize(("version", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_fault_is_told_by_its_path(tmp_path: Path, version: dict[str, Any], said: str) -> None:
    assert faults(tmp_path, changed(**version)) == [said]


def test_one_shortening_by_grades_and_several_by_honours_are_no_fault(tmp_path: Path) -> None:
    shorten = [{"by": "grade", "words": ["优秀"]}, {"by": "honour", "words": ["三等功"]}, {"by": "honour"}]
    edge = STEP | {"appraisal": {"grades": ["优秀"]}, "shorten": shorten}
    (read,) = scheme_of(tmp_path, changed(edges=[edge])).versions[0].edges or ()
    assert [(each.by, each.words) for each in read.shorten] == [
        ("grade", ("优秀",)),
        ("honour", ("三等功",)),
        ("honour", None),
    ]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    version = {"entry": {"table": {"高中": "五"}}, "caps": [{"set": "甲", "share": 2, "of": "乙"}]}
    assert len(faults(tmp_path, changed(**version))) == 4


def test_a_file_without_a_scheme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("层级: []\n", "utf-8")
    with pytest.raises(DocumentError) as raised:
        read_tier_scheme(path)
    assert [fault.expected for fault in raised.value.faults] == [
        f"没有这个键，最外层应只有 {ROOT}", f"缺少，最外层应有 {ROOT}",
    ]  # fmt: skip


def test_versions_that_overlap_are_refused(tmp_path: Path) -> None:
    scheme = changed(to="2027-01-02")
    scheme["versions"].append(copy.deepcopy(SCHEME["versions"][0]) | {"from": "2027-01-01"})
    assert faults(tmp_path, scheme) == ["versions[1].from 的值是“2027-01-01”，与另一版本的施行期间重叠"]
    scheme["versions"][0]["to"] = "2027-01-01"
    read = scheme_of(tmp_path, scheme)
    assert read.on(date(2021, 2, 28)) is None
    assert read.on(date(2026, 12, 31)) is read.versions[0]
    assert read.on(date(2027, 1, 1)) is read.versions[1]


def test_a_version_without_its_day_stands_alone(tmp_path: Path) -> None:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"].append({key: value for key, value in SCHEME["versions"][0].items() if key != "from"})
    assert faults(tmp_path, scheme) == ["versions[1].from 有几个版本时，每个都应写明自哪一天起施行"]


def test_the_schema_and_the_reader_agree(tmp_path: Path) -> None:
    schema = SCHEMAS["tier_scheme"]()
    assert schema_faults({ROOT: SCHEME}, schema, schema) == []
    for version, _ in (WRONG[1], WRONG[3], WRONG[4]):
        assert schema_faults({ROOT: changed(**version)}, schema, schema) != []


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_scheme_is_valid_and_names_its_source(tmp_path: Path, name: str) -> None:
    schema = SCHEMAS["tier_scheme"]()
    path = tmp_path / f"{name}.yaml"
    path.write_text(reference_text(name), "utf-8")
    assert schema_faults(json.loads(json.dumps(read_document(path, root=ROOT), default=float)), schema, schema) == []
    source = read_tier_scheme(path).source
    assert source is not None
    assert source.address
    assert source.trust in ("B", "C")


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_scheme_is_no_law_here(name: str) -> None:
    """None prints its day, so nothing follows from it before somebody adopts it and writes one."""
    found = check_scheme(reference_schemes()[name])
    assert "没有写明自哪一天起施行，任何晋升都待核实（第二十三条第一款）" in [each.message for each in found]
    assert Outcome.VIOLATED not in {each.outcome for each in found}


def test_the_figures_of_the_reference_schemes_are_those_printed() -> None:
    schemes = reference_schemes()
    province = schemes["provincial-city"].versions[0]
    assert [(cap.set, str(cap.share), cap.of) for cap in province.caps or ()] == [
        ("三级以上", "0.3", "quota"), ("一级", "0.3", "三级以上"),
    ]  # fmt: skip
    assert [edge.years for edge in province.edges or ()] == [None, None, None]
    template = schemes["appraisal-template"].versions[0]
    assert [(edge.path, edge.years) for edge in template.edges or ()] == [
        (("七", "六", "五", "四"), 36), (("四", "三", "二", "一"), 48),
    ]  # fmt: skip
    assert template.caps is None
    shandong = schemes["shandong-trial"].versions[0]
    assert [cap.share is None for cap in shandong.caps or ()] == [False] + [True] * 6
    paid = {tier.code: tier.pay for tier in schemes["luzhou-2020"].versions[0].tiers}
    assert (paid["十级"], paid["九级"], paid["一级"]) == (50, None, 950)


def findings(folder: Path, **version: Any) -> list[tuple[str, str, str]]:
    scheme = scheme_of(folder, changed(**version))
    return [(each.provision, each.rule, str(each.outcome)) for each in check_scheme(scheme)]


def test_a_promotion_that_looks_at_no_appraisal_violates_article_25(tmp_path: Path) -> None:
    assert ("25", "tiers.appraisal", "violated") in findings(tmp_path)
    edge = SCHEME["versions"][0]["edges"][0] | {
        "appraisal": {"grades": ["称职"], "years": "ended", "failing": "blocks"}
    }
    assert ("25", "tiers.appraisal", "satisfied") in findings(tmp_path, edges=[edge])
    del edge["appraisal"]
    assert ("25", "tiers.unsaid", "undetermined") in findings(tmp_path, edges=[edge])


@pytest.mark.parametrize(
    ("pay", "outcome"),
    [
        ((100, 200, 300, 400), "satisfied"),
        ((100, 200, 200, 400), "violated"),
        ((100, 200, 199, 400), "violated"),
        ((100, 200, None, 400), "undetermined"),
    ],
)
def test_tiers_and_pay_hang_together(tmp_path: Path, pay: tuple[int | None, ...], outcome: str) -> None:
    tiers = [
        each if amount is None else each | {"pay": amount}
        for each, amount in zip(SCHEME["versions"][0]["tiers"], pay, strict=True)
    ]
    assert ("23.p2", "tiers.pay", outcome) in findings(tmp_path, tiers=tiers)


def test_a_tier_that_nothing_leads_to_is_worth_a_look(tmp_path: Path) -> None:
    assert ("23.p1", "tiers.unreachable", "advice") not in findings(tmp_path)
    assert ("23.p1", "tiers.unreachable", "advice") in findings(tmp_path, entry={"table": {"高中": "三"}})


@pytest.mark.parametrize("key", ["from", "edges", "entry", "trainee", "caps", "order", "demotions", "continuity"])
def test_what_is_left_unsaid_is_named(tmp_path: Path, key: str) -> None:
    before = check_scheme(scheme_of(tmp_path, SCHEME))
    assert ("23.p1", "tiers.unsaid", Outcome.SATISFIED) in [
        (each.provision, each.rule, each.outcome) for each in before
    ]
    scheme = copy.deepcopy(SCHEME)
    del scheme["versions"][0][key]
    paths = [
        each.facts.get("path", "") for each in check_scheme(scheme_of(tmp_path, scheme)) if each.rule == "tiers.unsaid"
    ]
    assert paths
    assert all(path.startswith(key) for path in paths)


def test_the_years_are_kept_in_months(tmp_path: Path) -> None:
    for said, months in ((3, 36), (0.5, 6), ("1/3", 4), (0, 0)):
        edge = SCHEME["versions"][0]["edges"][0] | {"years": said}
        read: TierScheme = scheme_of(tmp_path, changed(edges=[edge]))
        assert (read.versions[0].edges or ())[0].years == months


SILENT = {
    "tiers": SCHEME["versions"][0]["tiers"],
    "sets": SCHEME["versions"][0]["sets"],
    "caps": [{"set": "一级", "of": "quota"}],
    "trainee": {},
    "edges": [
        {"path": ["四", "三"], "shorten": [{"by": "honour"}]},
        {"path": ["三", "二"], "kind": "natural", "years": 3, "appraisal": {}},
        {"path": ["二", "一"], "kind": "natural", "years": 3, "appraisal": "none"},
    ],
}
"""A version that says its tiers and steps and little else."""


def test_everything_that_a_version_leaves_unsaid_is_told_by_its_path(tmp_path: Path) -> None:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"] = [SILENT]
    (version,) = scheme_of(tmp_path, scheme).versions
    assert dict(unsaid(version)) == {
        "from": "没有写明自哪一天起施行，任何晋升都待核实",
        "edges[0].kind": "没有写明四→三是逐级晋升还是择优晋升",
        "edges[0].years": "没有写明四→三的任职年限",
        "edges[0].shorten[0].years": "没有写明四→三可以缩短多少年限",
        "edges[0].shorten[0].words": "没有写明四→三凭哪些荣誉缩短年限",
        "edges[0].appraisal": "没有写明四→三的考核条件",
        "edges[1].appraisal.grades": "没有写明三→二考核应达到的等次",
        "edges[1].appraisal.years": "没有写明三→二看哪些年度的考核",
        "edges[1].appraisal.failing": "没有写明三→二考核未达到的年度怎样算",
        "entry": "没有写明首次评定到哪一层级",
        "trainee.years": "没有写明见习期多长",
        "trainee.counted": "没有写明见习期是否计入任职年限",
        "caps[0].share": "没有写明一级占quota的比例",
        "order": "没有写明名额不足时的先后次序",
        "demotions": "没有写明降低层级的情形",
        "continuity.leaving": "没有写明离职后重新录用的，原层级是否保留",
        "continuity.transfer": "没有写明在机关之间调动的，原层级是否保留",
    }


def test_a_version_of_tiers_alone_leaves_all_chapters_unsaid(tmp_path: Path) -> None:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"] = [{"tiers": SILENT["tiers"]}]
    (version,) = scheme_of(tmp_path, scheme).versions
    told = dict(unsaid(version))
    assert (told["edges"], told["trainee"], told["caps"]) == (
        "没有写明怎样晋升",
        "没有写明有无见习期",
        "没有写明各层级的名额",
    )
    assert len(told) == 9
