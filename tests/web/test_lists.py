"""A list's state is its address."""

from __future__ import annotations

from django.test import RequestFactory

from fujing.web.lists import Column, columns, filter_links

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
    given = (Column("姓名", "name"), Column("入职", "started"), Column("类别"))
    name, started, category = columns(RequestFactory().get("/?sort=name&page=3"), *given)
    assert (name.url, name.direction) == ("?sort=-name", "ascending")
    assert (started.url, started.direction) == ("?sort=started", "")
    assert category.url == ""
