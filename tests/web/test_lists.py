"""A list's state is its address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from fujing.registry.models import Organ
from fujing.web.columns import Column
from fujing.web.lists import filter_links, headings, list_of, paged
from tests import factories

CHOICES = [("civil", "文职"), ("field", "勤务")]


def test_filter_keeps_the_others_and_goes_back_to_the_first_page() -> None:
    request = RequestFactory().get("/", {"due": "soon", "after": "40", "category": "civil"})
    links = {link.label: link for link in filter_links(request, "category", CHOICES)}
    assert links["勤务"].url == "?due=soon&category=field"
    assert links["全部"].url == "?due=soon"
    assert [label for label, link in links.items() if link.current] == ["文职"]


def test_unknown_choice_counts_as_all() -> None:
    links = filter_links(RequestFactory().get("/?category=nonsense"), "category", CHOICES)
    assert [link.label for link in links if link.current] == ["全部"]


def test_counts_stand_at_each_choice_and_add_up() -> None:
    links = filter_links(RequestFactory().get("/"), "category", CHOICES, {"field": 2})
    assert [(link.label, link.matches) for link in links] == [("全部", 2), ("文职", 0), ("勤务", 2)]


def test_sorted_column_turns_round() -> None:
    given = (Column("name", "姓名", sort="name"), Column("started", "入职", sort="started"), Column("kind", "类别"))
    name, started, category = headings(RequestFactory().get("/?sort=name&page=3"), given)
    assert (name.url, name.direction) == ("?sort=-name", "ascending")
    assert (started.url, started.direction) == ("?sort=started", "")
    assert category.url == ""


def test_pages_follow_one_another_and_keep_the_filters(province: object) -> None:
    for code in (510722, 510723, 510725, 510726, 510727):
        factories.bureau(code * 10**6)
    organs = Organ.objects.filter(level="county").order_by("code")
    ask = RequestFactory().get
    first, pager = paged(ask("/x/?kind=a"), organs, size=2)
    assert [each.code // 10**6 for each in first] == [510722, 510723]
    assert pager == {"next_url": "?kind=a&page=2", "previous_url": ""}
    last, pager = paged(ask("/x/?kind=a&page=3"), organs, size=2)
    assert [each.code // 10**6 for each in last] == [510727]
    assert pager == {"next_url": "", "previous_url": "?kind=a"}


@pytest.mark.parametrize("page", ["x", "-1", "0", "9" * 30])
def test_an_odd_page_number_is_the_first_page(province: object, page: str) -> None:
    rows, _ = paged(RequestFactory().get(f"/x/?page={page}"), Organ.objects.order_by("code"), size=1)
    assert rows == list(Organ.objects.order_by("code")[:1])


@pytest.mark.parametrize(
    ("asked", "says", "filtered"),
    [
        ("", "还没有计划。", False),
        ("?sort=name&cols=name", "还没有计划。", False),
        ("?category=civil", "没有符合条件的内容。", True),
        ("?q=王", "没有符合条件的内容。", True),
        ("?page=2", "没有符合条件的内容。", True),
    ],
)
def test_a_list_narrowed_to_nothing_does_not_say_that_there_is_nothing(asked: str, says: str, filtered: bool) -> None:
    request = RequestFactory().get("/x/" + asked)
    filters = [("类别", filter_links(request, "category", CHOICES))]
    context = list_of(request, (Column("name", "姓名", sort="name"),), [], "计划", filters=filters)
    assert context["table"].empty == says
    assert bool(context["filters"]) is context["folded"] is filtered


def test_a_list_with_nothing_yet_says_what_comes_first() -> None:
    request = RequestFactory().get("/x/")
    context = list_of(request, (Column("name", "姓名"),), [], "招聘项目", empty="还没有招聘项目。先拟定公告。")
    assert context["table"].empty == "还没有招聘项目。先拟定公告。"
