"""修改公告: the draft in words, each part on its own page; nobody overwrites what somebody else just changed."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from fujing.kernel.actor import acting
from fujing.law.formats.documents import read_document
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.web.desk.recruitment.announcement.files import plain
from tests import factories, world
from tests.clients import client_with
from tests.factories import SANTAI, YANTING
from tests.web.announcement_pieces import DOCUMENTS, FILES, read
from tests.web.test_consent_pages import HEAD, text

EXAMPLE = next(path for path in FILES if path.stem == "example")


@pytest.fixture
def draft(db: None) -> Campaign:
    """The documented example as a draft of its county."""
    plan = factories.approved_plan(SANTAI, count=70)
    with acting(HEAD):
        return campaign_draft(actor=HEAD, document=plain(read_document(EXAMPLE)["announcement"]), plan=plan)


@pytest.fixture
def officer(db: None) -> Client:
    return client_with(SANTAI, "hr_officer")


def page_of(draft: Campaign, part: str = "") -> str:
    return f"/desk/campaigns/{draft.pk}/announcement/{part}"


class Browser(HTMLParser):
    """Collects what a browser sends of the first form that has a `seen`, untouched, from that field on."""

    def __init__(self, first: str = "seen") -> None:
        super().__init__()
        self.first = first
        self.data: dict[str, Any] = {}
        self.inside = self.ended = self.writing = False
        self.field = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        said = dict(given)
        name = said.get("name") or ""
        self.inside = not self.ended and (self.inside or name == self.first)
        if not self.inside:
            return
        if tag == "option" and ("selected" in said or self.field not in self.data):
            self.data[self.field] = said.get("value") or ""
        elif tag == "select":
            self.field = name
        elif tag == "textarea":
            self.field, self.data[name], self.writing = name, "", True
        elif tag == "input" and said.get("type") not in {"checkbox", "radio"}:
            self.data[name] = said.get("value") or ""
        elif tag == "input" and "checked" in said:
            self.data.setdefault(name, []).append(said.get("value") or "on")

    def handle_data(self, data: str) -> None:
        if self.inside and self.writing:
            self.data[self.field] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.writing = False
        if tag == "form" and self.inside:
            self.inside, self.ended = False, True


def sent(html: str) -> dict[str, Any]:
    browser = Browser()
    browser.feed(html)
    return browser.data


def fields_of(html: str) -> dict[str, Any]:
    """What the first form with a field of that name sends, on a page without `seen`."""
    browser = Browser("title")
    browser.feed(html)
    return browser.data


def document_of(draft: Campaign) -> dict[str, Any]:
    with acting(HEAD):
        return dict(Campaign.objects.get(pk=draft.pk).document)


def test_the_overview_says_everything_that_the_announcement_says(draft: Campaign, officer: Client) -> None:
    said = text(officer, page_of(draft))
    for part in (
        "急需技能放宽到40周岁",
        "男168厘米以上，女158厘米以上",
        "红十字救护员证或者医师资格证",
        "监管场所男性在押人员看护",
        "分行测（占60%）、公安基础（占40%）",
        "去掉一个最高分和一个最低分后平均",
        "2011年人民警察录用体能标准",
        "末位同分一并进入",
        "开考比例为3比1，不足的核减招聘名额",
        "退役士兵加5分，合计不超过10分，加在笔试成绩上",
        "成绩保留2位小数，四舍五入",
        "优先人员、笔试、面试、公安基础",
        "递补名单有效期12个月",
        "试用期2个月",
        "酒驾受过行政处罚",
    ):
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
    said = late.content.decode()
    assert "改过这一部分，没有保存" in said
    assert "递补名单有效期：现在是“6”，您填写的是“9”" in said
    assert "劳动合同期限：" not in said
    document = document_of(draft)
    assert (document["reserve"]["months"], document["positions"][0]["headcount"]) == (6, 50)
    assert officer.post(page_of(draft, "terms/"), sent(said)).status_code == 302
    assert document_of(draft)["reserve"]["months"] == 9


def test_who_comes_second_is_told_of_rows_too(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "posts/01/")))
    new = {"conditions-age-relax-1-when": ["veteran"], "conditions-age-relax-1-max": "36"}
    assert officer.post(page_of(draft, "posts/01/"), data | new).status_code == 302
    late = officer.post(page_of(draft, "posts/01/"), data | {"sex": "female"})
    said = late.content.decode()
    assert "对部分人员放宽年龄：现在是 2 项，与您填写的不同" in said
    assert "性别：现在是“男”，您填写的是“女”" in said
    assert document_of(draft)["positions"][0]["sex"] == "male"


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
    assert "改过，没有保存。下面是现在的次序" in stale.content.decode()


def test_only_a_draft_of_ones_own_county_is_changed(draft: Campaign, officer: Client) -> None:
    assert client_with(YANTING, "hr_head").get(page_of(draft)).status_code == 404
    assert client_with(SANTAI, "finance").get(page_of(draft)).status_code == 403
    for nothing in ("nothing/", "posts/77/", "stages/77/"):
        assert officer.get(page_of(draft, nothing)).status_code == 404
    with acting(HEAD):
        Campaign.objects.filter(pk=draft.pk).update(state="asked")
    assert officer.get(page_of(draft)).status_code == 404


@pytest.mark.parametrize("name", sorted(name for name in DOCUMENTS if not name[0].isdigit()))
def test_a_file_opened_and_saved_on_every_page_stays_what_it_was(db: None, name: str) -> None:
    said = DOCUMENTS[name]
    plan = factories.approved_plan(SANTAI, count=70)
    with acting(HEAD):
        draft = campaign_draft(actor=HEAD, document=said, plan=plan)
    officer, before = client_with(SANTAI, "hr_officer"), document_of(draft)
    pages = ["basics/", "scoring/", "terms/", *(f"posts/{post['code']}/" for post in before["positions"])]
    pages += [f"stages/{index}/?all" for index in range(len(before.get("stages") or ()))]
    for page in pages:
        data = sent(text(officer, page_of(draft, page)))
        response = officer.post(page_of(draft, page), data)
        assert response.status_code == 302, (page, response.content.decode())
        assert document_of(draft) == before, page
    ours = {key: value for key, value in before.items() if key not in {"organ", "plan", "simplified"}}
    assert ours == {key: said[key] for key in ours}


def test_a_draft_is_taken_along_as_a_file_revised_and_read_back(draft: Campaign, officer: Client) -> None:
    before = document_of(draft)
    page = officer.get(page_of(draft, "file/"))
    assert ".yaml" in page["Content-Disposition"]
    file = page.content.decode()
    seen = sent(text(officer, page_of(draft, "replace/")))["seen"]

    def upload(words: str, seen: str = seen) -> HttpResponse:
        upload = SimpleUploadedFile("改好.yaml", words.encode())
        return officer.post(page_of(draft, "replace/"), {"seen": seen, "file": upload}, follow=True)

    assert "文件与现在的公告相同" in upload(file).content.decode()
    assert document_of(draft) == before
    faulty = file.replace("headcount: 60\n    sex", "headcount: 许多\n    sex").replace(
        "naked_vision: 4.8", "视力: 4.8"
    )
    said = upload(faulty).content.decode()
    assert "positions[0].headcount" in said
    assert "positions[0].conditions.视力" in said
    assert document_of(draft) == before
    revised = file.replace("naked_vision: 4.8", "naked_vision: 4.9")
    assert "已按文件修改：岗位 01" in upload(revised).content.decode()
    assert document_of(draft)["positions"][0]["conditions"]["naked_vision"] == 4.9
    late = upload(file)
    assert "改过，没有保存" in late.content.decode()
    assert document_of(draft)["positions"][0]["conditions"]["naked_vision"] == 4.9


def test_an_unreadable_revision_names_its_line_and_changes_nothing(draft: Campaign, officer: Client) -> None:
    before, seen = document_of(draft), sent(text(officer, page_of(draft, "replace/")))["seen"]
    for words, why in (("announcement: [", "不是正确的 YAML"), ("title: 甲", "不是招聘公告的文件")):
        upload = SimpleUploadedFile("改好.yaml", words.encode())
        page = officer.post(page_of(draft, "replace/"), {"seen": seen, "file": upload})
        assert page.status_code == 422
        assert why in page.content.decode()
    assert document_of(draft) == before


def test_a_name_that_no_paper_has_room_for_is_refused_by_its_path(draft: Campaign, officer: Client) -> None:
    seen = sent(text(officer, page_of(draft, "replace/")))["seen"]
    file = officer.get(page_of(draft, "file/")).content.decode().replace("name: 一线执勤", f"name: {'执' * 81}")
    upload = SimpleUploadedFile("改好.yaml", file.encode())
    page = officer.post(page_of(draft, "replace/"), {"seen": seen, "file": upload})
    assert page.status_code == 422
    assert "announcement.positions[0].name 有 81 字，应不超过 80 字" in page.content.decode()


def test_a_printed_duty_number_keeps_its_last_digit() -> None:
    said = {"positions": [{"code": Decimal("1.0"), "duties": [Decimal("10.10"), 9]}], "stages": [{"positions": [1]}]}
    assert plain(said) == {"positions": [{"code": "1.0", "duties": ["10.10", "9"]}], "stages": [{"positions": ["1"]}]}


def test_a_post_is_copied_under_the_next_code_with_its_weights(draft: Campaign, officer: Client) -> None:
    assert officer.post(page_of(draft, "posts/01/"), {"act": "copy"}).status_code == 302
    document = document_of(draft)
    first, second = document["positions"]
    assert (second["code"], second | {"code": "01"}) == ("02", first)


def test_posts_of_the_plan_are_brought_in_once(officer: Client) -> None:
    plan = factories.approved_plan(SANTAI, count=30)
    with acting(HEAD):
        document = {"title": "公告", "positions": [{"code": "07", "name": "文员", "category": "civil", "headcount": 1}]}
        draft = campaign_draft(actor=HEAD, document=document, plan=plan)
    assert "带入计划中其余 1 个岗位" in text(officer, page_of(draft))
    for _ in range(2):
        assert officer.post(page_of(draft, "posts/"), {"act": "plan"}).status_code == 302
    _, new = document_of(draft)["positions"]
    assert (new["code"], new["category"], new["headcount"]) == ("08", "field", 30)
    assert new["conditions"]["education"] == {"min": "high_school"}
    assert "带入计划" not in text(officer, page_of(draft))


def test_findings_stand_at_the_part_that_they_are_about(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "posts/01/")))
    officer.post(page_of(draft, "posts/01/"), data | {"education": "junior_middle", "headcount": "90"})
    data = sent(text(officer, page_of(draft, "basics/")))
    officer.post(page_of(draft, "basics/"), data | {"cutoff": "", "opens": "", "closes": ""})
    overview = text(officer, page_of(draft))
    assert (
        overview.index('id="basics"')
        < overview.index("人，超过")
        < overview.index('id="post-01"')
        < overview.index("低于高中底线")
        < overview.index('id="stages"')
    )
    assert "发布前还要填写" in overview
    assert "年龄计算截止日</a>" in overview
    assert "第十八条第（四）项" in text(officer, page_of(draft, "posts/01/"))
    assert "第十八条第（四）项" not in text(officer, page_of(draft, "terms/"))


def test_a_first_draft_is_proposed_from_the_plan_and_only_confirmed(officer: Client) -> None:
    plan = factories.approved_plan(SANTAI, count=12)
    page = text(officer, "/desk/campaigns/new/")
    for proposed in (f'value="{plan.pk}" selected', 'value="12"', "T09:00", "T17:00"):
        assert proposed in page, proposed
    data = fields_of(page)
    refused = officer.post("/desk/campaigns/new/", data)
    assert refused.status_code == 422
    assert "请核对公示天数后勾选" in refused.content.decode()
    made = officer.post("/desk/campaigns/new/", data | {"publicity_checked": "on"})
    assert made.status_code == 302
    with acting(HEAD):
        campaign = Campaign.objects.get()
    assert not [each for each in campaign.findings if each["outcome"] in {"violated", "undetermined"}]


def test_an_entrusted_recruitment_says_that_its_paper_is_missing(draft: Campaign, officer: Client) -> None:
    data = sent(text(officer, page_of(draft, "basics/")))
    entrusted = {"organiser": "entrusted", "partner": "绵阳市人才发展有限公司", "signs": "entrusted"}
    assert officer.post(page_of(draft, "basics/"), data | entrusted).status_code == 302
    for page in (page_of(draft), f"/desk/campaigns/{draft.pk}/"):
        said = text(officer, page)
        assert "发布前还要填写" in said
        assert f'/desk/campaigns/{draft.pk}/entrustment/">委托文件</a>' in said
    with acting(HEAD):
        world.entrusted(HEAD, Campaign.objects.get(pk=draft.pk))
    assert "委托文件</a>" not in text(officer, page_of(draft))
