"""Every item of the catalogue (Articles 9 to 11) and every prohibition (Article 13), each alone in an announcement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fujing.law.announcements.duties import duties
from fujing.law.announcements.organising import organiser
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.provisions import cite, measures

CIVIL = [f"9.{item}" for item in range(1, 5)]
FIELD = [f"10.{item}" for item in range(1, 11)] + [f"11.{item}" for item in range(1, 5)]
PROHIBITED = {
    "13.1": "政治安全保卫",
    "13.2": "涉密文件管理",
    "13.3": "独立开展案件调查取证",
    "13.4": "出具鉴定报告",
    "13.5": "执行拘传、逮捕",
    "13.6": "对违法行为人作出行政处罚决定",
    "13.7": "案件审核岗",
    "13.8": "枪支保管员",
    "13.9": "独立接处警",
}


def found(category: str, *listed: str, name: str = "岗位") -> Iterator[Finding]:
    position = {"code": "01", "name": name, "category": category, "headcount": 1, "duties": list(listed)}
    organ = {"name": "三台县公安局", "level": "county"}
    return duties(Announcement.model_validate({"title": "招聘公告", "organ": organ, "positions": [position]}))


def test_the_catalogue_is_the_three_articles_items() -> None:
    listed = [address for address in measures().provisions if address.startswith(("9.", "10.", "11."))]
    assert listed == CIVIL + FIELD


@pytest.mark.parametrize("item", CIVIL + FIELD)
def test_an_item_belongs_to_its_own_category_of_post_and_to_no_other(item: str) -> None:
    own, other = ("civil", "field") if item in CIVIL else ("field", "civil")
    article = item.split(".")[0]
    lawful = next(finding for finding in found(own, item) if finding.provision == article)
    assert lawful.outcome == Outcome.SATISFIED
    assert cite(item) in lawful.message
    wrong = next(finding for finding in found(other, item) if finding.provision == article)
    assert (wrong.outcome, wrong.subject) == (Outcome.VIOLATED, "01")
    assert cite(item) in wrong.message


@pytest.mark.parametrize(("provision", "words"), PROHIBITED.items())
def test_a_prohibition_is_found_in_a_posts_name_its_duties_and_its_catalogue(provision: str, words: str) -> None:
    for findings in (found("field", name=words), found("field", words), found("field", "10.3", provision)):
        prohibited = [finding for finding in findings if finding.outcome == Outcome.VIOLATED]
        assert [finding.provision for finding in prohibited] == [provision]
        assert cite(provision) in prohibited[0].message


def test_a_judicial_organs_announcement_is_judged_by_the_same_measures() -> None:
    position = {"code": "01", "name": "岗位", "category": "field", "headcount": 1, "duties": ["9.1"]}
    draft = {"title": "招聘公告", "positions": [position], "organiser": {"mode": "alone"}}
    organ = {"name": "三台县司法局", "kind": "judicial_administration", "level": "county"}
    judicial = Announcement.model_validate({**draft, "organ": organ})
    assert [finding.outcome for finding in duties(judicial)] == [Outcome.VIOLATED]
    (organised,) = organiser(judicial)
    assert (organised.provision, organised.outcome) == ("17.p1", Outcome.SATISFIED)
    assert f"参照{cite('45.p1')}执行" in organised.message
    (police,) = organiser(Announcement.model_validate({**draft, "organ": {"name": "三台县公安局", "level": "county"}}))
    assert "参照" not in police.message
