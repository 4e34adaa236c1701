"""One row a person with every part of the result, on the screen, in the file and on the paper that is signed."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import html

from tests.recruitment.ranked import Ranked, publicised, ranked
from tests.web.test_hiring_pages import client_of


@pytest.fixture
def course(db: None) -> Ranked:
    return ranked()


def rows(text: str) -> list[list[str]]:
    table = html.fromstring(text).xpath("//*[@id='list']//table")[0]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")]


def test_every_stage_stands_beside_the_total_with_two_decimals(course: Ranked) -> None:
    page = client_of(course.head).get(f"/desk/campaigns/{course.campaign.pk}/ranking/").content.decode()
    head, first, *_ = rows(page)
    stages = [stage.kind for stage in course.campaign.announcement.stages or ()]
    labels = [heading.strip(" ▲▼") for heading in head]
    assert labels[:3] == ["名次", "姓名", "报名序号"]
    assert labels[-3:] == ["总成绩", "结果", "说明"]
    assert "written" in stages
    person = dict(zip(labels, first, strict=True))
    assert person["名次"] == "1"
    for part in ("笔试", "总成绩"):
        assert person[part].rpartition(".")[2].isdigit(), person
        assert len(person[part].rpartition(".")[2]) == 2, person


def test_the_scores_are_one_row_a_person(course: Ranked) -> None:
    page = client_of(course.head).get(f"/desk/campaigns/{course.campaign.pk}/scores/").content.decode()
    head, *people = rows(page)
    assert head[0].startswith("报名序号")
    assert head[-1] == "录入人"
    assert len(people) == len({row[0] for row in people}) == len(course.applications)


@pytest.mark.parametrize("page", ["ranking", "scores"])
def test_the_signed_paper_says_what_the_list_says(course: Ranked, page: str) -> None:
    client, url = client_of(course.head), f"/desk/campaigns/{course.campaign.pk}/{page}/"
    shown = rows(client.get(url).content.decode())
    printed = client.get(f"{url}?as=pdf")
    assert printed.content.startswith(b"%PDF")
    assert client.get(f"{url}?as=docx").content.startswith(b"PK")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}?as=xlsx").content)).active
    assert sheet.max_row == len(shown)
    assert sheet.page_setup.orientation == "landscape"


def test_a_list_that_nobody_signs_prints_no_paper(course: Ranked) -> None:
    answer = client_of(course.head).get("/desk/campaigns/?as=pdf")
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_applicants_own_page_prints_the_parts_as_the_signed_list_does(db: None) -> None:
    course = publicised()
    page = client_of(course.head).get(f"/desk/campaigns/{course.campaign.pk}/ranking/").content.decode()
    head, *lines = rows(page)
    labels = [heading.strip(" ▲▼") for heading in head]
    for name in ("安一", "安四"):
        signed = next(line for line in lines if name in line)
        officers = dict(zip(labels, signed, strict=True))
        own = client_of(course.actors[name]).get(f"/mine/{course.applications[name].pk}/").content.decode()
        told = [
            [" ".join(cell.text_content().split()) for cell in row]
            for row in html.fromstring(own).xpath("//*[@aria-label='成绩']//tr")
        ]
        assert told[0] == ["环节", "成绩", "合格线"]
        parts = {label: result for label, result, _ in told[1:]}
        assert parts == {label: officers[label] for label in parts}
        assert list(parts)[-1] == "总成绩"
        assert "笔试" in parts
        assert {label: line for label, _, line in told[1:]}["笔试"] == "60"
