"""修改公告: the draft in words, each part on its own page; nobody overwrites what somebody else just changed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from fujing.kernel.actor import acting
from fujing.law.formats.documents import read_document
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.web.desk.campaigns import plain
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.web.test_announcement_parts import FILES, read
from tests.web.test_consent_pages import HEAD, signed_in, text

EXAMPLE = next(path for path in FILES if path.stem == "example")


@pytest.fixture
def draft(db: None) -> Campaign:
    """The documented example as a draft of its county."""
    plan = factories.approved_plan(SANTAI, count=70)
    with acting(HEAD):
        return campaign_draft(actor=HEAD, document=plain(read_document(EXAMPLE)["announcement"]), plan=plan)


@pytest.fixture
def officer(db: None) -> Client:
    return signed_in(SANTAI, "hr_officer")


def page_of(draft: Campaign, part: str = "") -> str:
    return f"/desk/campaigns/{draft.pk}/announcement/{part}"


class Browser(HTMLParser):
    """Collects what a browser sends of the first form that has a `seen`, untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.inside = self.ended = False
        self.field = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        said = dict(given)
        name = said.get("name") or ""
        self.inside = not self.ended and (self.inside or name == "seen")
        if not self.inside:
            return
        if tag == "option" and "selected" in said:
            self.data[self.field] = said.get("value") or ""
        elif tag in {"select", "textarea"}:
            self.field, self.data[name] = name, ""
        elif tag == "input" and said.get("type") not in {"checkbox", "radio"}:
            self.data[name] = said.get("value") or ""
        elif tag == "input" and "checked" in said:
            self.data.setdefault(name, []).append(said.get("value") or "on")

    def handle_data(self, data: str) -> None:
        if self.inside and self.get_starttag_text().startswith("<textarea"):
            self.data[self.field] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.inside:
            self.inside, self.ended = False, True


def sent(html: str) -> dict[str, Any]:
    browser = Browser()
    browser.feed(html)
    return browser.data


def document_of(draft: Campaign) -> dict[str, Any]:
    with acting(HEAD):
        return dict(Campaign.objects.get(pk=draft.pk).document)


def test_the_overview_says_everything_that_the_announcement_says(draft: Campaign, officer: Client) -> None:
    said = text(officer, page_of(draft))
    for part in (
        "急需技能放宽到40周岁", "男168厘米以上，女158厘米以上", "红十字救护员证或者医师资格证", "监管场所男性在押人员看护",
        "分行测（占60%）、公安基础（占40%）", "去掉一个最高分和一个最低分后平均", "2011年人民警察录用体能标准", "末位同分一并进入",
        "开考比例为3比1，不足的核减招聘名额", "退役士兵加5分，合计不超过10分，加在笔试成绩上", "成绩保留2位小数，四舍五入",
        "优先人员、笔试、面试、公安基础", "递补名单有效期12个月", "试用期2个月", "酒驾受过行政处罚",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("part", "change", "where", "value"),
    [
        ("basics/", {"title": "新的标题"}, ("title",), "新的标题"),
        ("posts/01/", {"vision": "4.9"}, ("positions", 0, "conditions", "naked_vision"), 4.9),
        ("stages/3/", {"weight": "0.6"}, ("stages", 3, "weight"), 0.6),
        ("scoring/", {"digits": "3"}, ("rounding", "digits"), 3),
        ("terms/", {"reserve_months": "6"}, ("reserve", "months"), 6),
    ],
)
def test_a_part_is_changed_and_the_rest_stays(
    draft: Campaign, officer: Client, part: str, change: dict[str, str], where: tuple[Any, ...], value: Any
) -> None:
    before = document_of(draft)
    data = sent(text(officer, page_of(draft, part)))
    assert officer.post(page_of(draft, part), data | change).status_code == 302
    after = document_of(draft)
    place = after
    for step in where[:-1]:
        place = place[step]
    assert place[where[-1]] == value
    spot = before
    for step in where[:-1]:
        spot = spot[step]
    spot[where[-1]] = value
    assert read(after) == read(before)


def test_two_officers_may_change_two_parts_but_not_the_same_one(draft: Campaign, officer: Client) -> None:
    first, second = (sent(text(officer, page_of(draft, part))) for part in ("terms/", "terms/"))
    other = sent(text(officer, page_of(draft, "posts/01/")))
    assert officer.post(page_of(draft, "terms/"), first | {"reserve_months": "6"}).status_code == 302
    assert officer.post(page_of(draft, "posts/01/"), other | {"headcount": "50"}).status_code == 302
    late = officer.post(page_of(draft, "terms/"), second | {"reserve_months": "9"})
    assert late.status_code == 422
    assert "刚被别人改过" in late.content.decode()
    document = document_of(draft)
    assert (document["reserve"]["months"], document["positions"][0]["headcount"]) == (6, 50)


def test_wrong_answers_stand_at_their_fields_all_at_once(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "posts/01/")))
    wrong = {"headcount": "0", "height_male": "高", "conditions-age-relax-1-max": "38"}
    page = officer.post(page_of(draft, "posts/01/"), data | wrong)
    assert page.status_code == 422
    assert page.content.decode().count('aria-invalid="true"') >= 3
    assert document_of(draft)["positions"][0]["headcount"] == 60


def test_what_the_format_refuses_is_said_and_nothing_is_saved(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "posts/01/")))
    page = officer.post(page_of(draft, "posts/01/"), data | {"age_min": "36", "age_max": "30"})
    assert page.status_code == 422
    assert "年龄下限高于年龄上限" in page.content.decode()


def test_a_post_is_added_and_removed(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "posts/")))
    new = data | {"code": "09", "name": "文员", "category": "civil", "headcount": "2"}
    assert officer.post(page_of(draft, "posts/"), new).status_code == 302
    assert [post["code"] for post in document_of(draft)["positions"]] == ["01", "09"]
    assert officer.post(page_of(draft, "posts/09/"), {"act": "delete"}).status_code == 302
    assert [post["code"] for post in document_of(draft)["positions"]] == ["01"]
    assert "删除这个岗位" not in text(officer, page_of(draft, "posts/01/"))


def test_steps_are_put_in_order_taken_out_and_added(draft: Campaign, officer: Client) -> None:
    def act(act: str, **more: Any) -> list[str]:
        seen = sent(text(officer, page_of(draft, "stages/")))["seen"]
        assert officer.post(page_of(draft, "stages/"), {"seen": seen, "act": act, **more}).status_code == 302
        return [stage["kind"] for stage in document_of(draft)["stages"]]

    start = [stage["kind"] for stage in document_of(draft)["stages"]]
    assert act("down-3")[3:5] == ["fitness", "written"]
    assert act("up-4") == start
    assert "psychological" not in act("out-7")
    assert act("add", kind="psychological") == start
    assert "fitness" not in act("simplify", dropped=["fitness"])
    assert document_of(draft)["simplified"] == {"dropped": ["fitness"]}
    stale = officer.post(page_of(draft, "stages/"), {"seen": "x", "act": "out-0"}, follow=True)
    assert "刚被别人改过" in stale.content.decode()


def test_only_a_draft_of_ones_own_county_is_changed(draft: Campaign, officer: Client) -> None:
    assert signed_in(YANTING, "hr_head").get(page_of(draft)).status_code == 404
    assert signed_in(SANTAI, "finance").get(page_of(draft)).status_code == 403
    for nothing in ("nothing/", "posts/77/", "stages/77/"):
        assert officer.get(page_of(draft, nothing)).status_code == 404
    with acting(HEAD):
        Campaign.objects.filter(pk=draft.pk).update(state="asked")
    assert officer.get(page_of(draft)).status_code == 404
