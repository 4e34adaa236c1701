"""Prohibited work is recognised in words, and lawful work that sounds like it is left alone."""

from __future__ import annotations

import pytest

from fujing.law.prohibitions import Answer, Passage, screened
from fujing.law.provisions import measures


def prohibited_work(text: str) -> list[Passage]:
    """What is stopped outright."""
    return [each for each in screened(text).passages if each.answer is Answer.STOPPED]


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("技侦辅助", "13.1"),
        ("反恐处突队员", "13.1"),
        ("国保大队辅警", "13.1"),
        ("涉密文件管理", "13.2"),
        ("机要员", "13.2"),
        ("机要档案整理", "13.2"),
        ("独立开展案件调查取证", "13.3"),
        ("单独询问证人", "13.3"),
        ("单独办理行政案件", "13.3"),
        ("出具鉴定报告", "13.4"),
        ("交通事故责任认定", "13.4"),
        ("执行拘传、逮捕", "13.5"),
        ("采取取保候审等刑事强制措施", "13.5"),
        ("执行行政拘留", "13.5"),
        ("对违法行为人作出行政处罚决定", "13.6"),
        ("现场开具罚单", "13.6"),
        ("行政处罚裁决", "13.6"),
        ("案件审核岗", "13.7"),
        ("枪支保管员", "13.8"),
        ("协助保管武器", "13.8"),
        ("佩枪巡逻", "13.8"),
        ("枪库值守", "13.8"),
        ("独立接处警", "13.9"),
        ("讯问犯罪嫌疑人", "13.9"),
        ("不得迟到；负责携带枪支巡逻", "13.8"),
    ],
)
def test_prohibited_work_is_recognised(text: str, provision: str) -> None:
    assert [work.provision for work in prohibited_work(text)] == [provision]


@pytest.mark.parametrize(
    "text",
    [
        "除武器和警械外的警用装备保管和维护保养",
        "协助巡逻，不得携带、使用武器",
        "不承担案件审核工作",
        "非涉密文书录入",
        "严守国家秘密和警务秘密",
        "保守国家秘密，不得泄露工作信息",
        "送达行政处罚决定书",
        "协助民警执行逮捕",
        "协助制作讯问笔录",
        "驾驶警车（司机要持B2以上驾驶证）",
        "中国保险纠纷调解",
        "现场勘查、检验鉴定辅助",
        "采取临时保护性约束措施",
    ],
)
def test_lawful_or_negated_mentions_are_left_alone(text: str) -> None:
    assert prohibited_work(text) == []


@pytest.mark.parametrize("article", ["9", "10", "11"])
def test_the_lawful_catalogue_names_nothing_prohibited(article: str) -> None:
    items = [p.text for p in measures().provisions.values() if p.article == int(article) and p.item]
    assert [text for text in items if prohibited_work(text)] == []


def test_each_prohibition_is_recognised_in_its_own_words() -> None:
    texts = {f"13.{number}": measures()[f"13.{number}"].text for number in range(1, 9)}
    missed = [p for p, text in texts.items() if p not in {work.provision for work in prohibited_work(text)}]
    assert missed == []
