"""The papers of a recruitment say what is stored, leave blank what isn't, and show nobody's whole number."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.papers import chinese_date
from fujing.law.formats.fitness import printed_standard
from fujing.management.contracts.services import contract_sign
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.hiring.services import hire_decline
from fujing.registry.models import Contract
from tests.clients import client_of, client_with
from tests.factories import SANTAI, YANTING
from tests.recruitment.applications.made import announcement
from tests.recruitment.ranked import Ranked, publicised, ranked
from tests.recruitment.test_medical import sent, with_term


@pytest.fixture
def course(db: None) -> Ranked:
    """Two ranked for one place, the first checked and made public."""
    return publicised(names=("安一", "安二"))


def paper(course: Ranked, query: str) -> str:
    """The campaign's paper as Word, its whole text."""
    return text_of(client_of(course.head), f"/desk/campaigns/{course.campaign.pk}/paper/?{query}&as=docx")


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_announcement_prints_posts_conditions_stages_and_how_long_data_is_kept(course: Ranked) -> None:
    text = paper(course, "kind=announcement")
    for part in ("一线执勤", "高中以上", "18至35周岁", "面试", "占总成绩50%", "保存12个月", "第二十条"):
        assert part in text, part


def test_the_score_list_names_nobody(course: Ranked) -> None:
    text = paper(course, "kind=scores&of=written")
    assert "共2人" in text
    assert "95" in text
    assert str(course.applications["安一"].pk) in text
    assert "安一" not in text


def test_the_admission_list_has_names_and_masked_numbers(course: Ranked) -> None:
    text = paper(course, "kind=admitted&of=interview")
    assert "安一" in text
    with acting(course.head):
        number = course.fresh("安一").id_number
    assert number not in text
    assert number[-4:] in text


def test_the_fitness_sheet_prints_each_ones_standard(course: Ranked) -> None:
    assert "10米×4往返跑" not in paper(course, "kind=fitness")
    with acting(course.head):
        course.campaign.document = measured(course.campaign.document)
        course.campaign.save()
    text = paper(course, "kind=fitness")
    with acting(course.head):
        sexes = {course.fresh(name).sex for name in course.applications}
    standards = {"male": ("不超过13.1秒", "1000米跑"), "female": ("不超过14.1秒", "800米跑")}
    for part in ("共2人", "安一", "10米×4往返跑", "本人签名", *(part for sex in sexes for part in standards[sex])):
        assert part in text, part
    for part in (part for sex in standards.keys() - sexes for part in standards[sex]):
        assert part not in text, part


def measured(document: dict[str, Any]) -> dict[str, Any]:
    """The same announcement with the police standard and a day on which ages are reckoned."""
    gate = {"kind": "fitness", "gate": {"standard": "police_2011", "need": "all"}}
    stages = [gate if stage["kind"] == "fitness" else stage for stage in document["stages"]]
    return {**document, "cutoff": "2026-06-01", "stages": stages}


@pytest.mark.parametrize(
    ("sex", "born", "first"),
    [
        ("male", date(1996, 6, 2), "不超过13.1秒"),
        ("male", date(1995, 6, 1), "不超过13.4秒"),
        ("male", date(1995, 6, 2), "不超过13.1秒"),
        ("female", date(1996, 6, 2), "不超过14.1秒"),
        ("female", date(1995, 6, 1), "不超过14.4秒"),
    ],
)
def test_the_standard_changes_on_the_thirty_first_birthday(sex: str, born: date, first: str) -> None:
    text = Campaign(document=measured(announcement(SANTAI, 1, date(2026, 6, 1)))).announcement
    stage = next(each for each in text.stages or () if each.kind == "fitness")
    assert printed_standard(text, stage, sex, born)[0] == ("10米×4往返跑", first)


def test_the_medical_notice_says_where_and_how_long_a_re_examination_may_be_asked_for(db: None) -> None:
    course = with_term(ranked(names=("安一", "安二")), 7)
    client = client_of(course.head)
    url = f"/desk/campaigns/{course.campaign.pk}/paper/?kind=medical&as=docx"
    assert client.get(url).status_code == 404
    sent(course)
    text = text_of(client, url)
    assert "县人民医院" in text
    assert "7个自然日内申请复检" in text


def test_without_a_stated_term_the_medical_notice_leaves_it_blank(db: None) -> None:
    course = ranked(names=("安一", "安二"))
    sent(course)
    assert "申请复检的期限：＿＿＿" in paper(course, "kind=medical")


def test_the_publicity_notice_has_the_names_as_they_were_made_public(course: Ranked) -> None:
    text = paper(course, "kind=publicity&of=1")
    for part in ("安一", "92.5", "拟聘用人员公示", "对公示人员有异议的"):
        assert part in text, part
    assert "安二" not in text
    url = f"/desk/campaigns/{course.campaign.pk}/paper/?kind=publicity&of=2&as=docx"
    assert client_of(course.head).get(url).status_code == 404


def test_the_approval_form_has_conclusions_only_and_is_for_those_on_the_list(course: Ranked) -> None:
    client = client_of(course.head)
    text = text_of(client, f"/desk/applications/{course.applications['安一'].pk}/approval/?as=docx")
    for part in ("安一", "体检合格", "考察合格", "92.5", "签名"):
        assert part in text, part
    assert client.get(f"/desk/applications/{course.applications['安二'].pk}/approval/").status_code == 404


def test_the_approval_form_of_a_substitute_rests_on_the_place_that_fell_free(course: Ranked) -> None:
    with acting(course.head) as head:
        hire_decline(actor=head, application=course.fresh("安一"), on=today(), reason="已到外地工作")
    text = text_of(client_of(course.head), f"/desk/applications/{course.applications['安二'].pk}/approval/?as=docx")
    assert f"递补报名序号{course.applications['安一'].pk}，列入聘用名单（第二十一条第一款）" in text
    assert "名额已满" not in text
    gone = client_of(course.head).get(f"/desk/applications/{course.applications['安一'].pk}/approval/")
    assert gone.status_code == 404


def test_the_contract_has_term_and_probation_and_blanks_for_pay(course: Ranked) -> None:
    engagement = course.hire("安一")
    with acting(course.head) as head:
        contract_sign(
            actor=head,
            engagement=engagement,
            kind="fixed",
            term_months=36,
            probation_months=2,
            signed_on=today(),
            starts=today(),
        )
        contract = Contract.objects.get(engagement=engagement)
    url = f"/desk/contracts/{contract.pk}/paper/?as=docx"
    text = text_of(client_of(course.head), url)
    for part in (
        "安一",
        "共36个月",
        "试用期2个月",
        f"自{chinese_date(today())}起",
        "工资标准：＿",
        contract.number,
        "法制部门审核",
    ):
        assert part in text, part
    assert client_with(YANTING, "hr_head").get(url).status_code == 404


@pytest.mark.parametrize("query", ["kind=announcement", "kind=scores&of=written", "kind=publicity&of=1"])
def test_each_is_a_pdf_too_and_nothing_else(course: Ranked, query: str) -> None:
    client, url = client_of(course.head), f"/desk/campaigns/{course.campaign.pk}/paper/?{query}"
    assert client.get(f"{url}&as=pdf").content.startswith(b"%PDF-")
    assert client.get(f"{url}&as=exe").status_code == 404


@pytest.mark.parametrize("query", ["kind=nothing", "kind=scores&of=medical", "kind=scores&of=skills"])
def test_an_unknown_paper_is_not_found(course: Ranked, query: str) -> None:
    assert client_of(course.head).get(f"/desk/campaigns/{course.campaign.pk}/paper/?{query}").status_code == 404
