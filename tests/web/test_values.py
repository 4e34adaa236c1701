"""Values from addresses: what is no number, day or choice counts as not given, and nothing of it fails."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from fujing.web import values


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("7", 7),
        ("0", 0),
        (" 7 ", 7),
        ("", 5),
        ("²", 5),
        ("７", 5),
        ("abc", 5),
        ("1e9", 5),
        ("-1", 5),
        ("9" * 19, 5),
        ("3" * 18, int("3" * 18)),
    ],
)
def test_a_number_is_plain_digits_that_fit(said: str, read: int) -> None:
    assert values.number(RequestFactory().get("/", {"after": said}).GET, "after", 5) == read


def test_a_number_above_the_most_counts_as_not_given() -> None:
    assert values.number(RequestFactory().get("/", {"year": "2101"}).GET, "year", most=2100) is None
    assert values.number(RequestFactory().get("/", {"year": "2100"}).GET, "year", most=2100) == 2100


def test_days_and_choices() -> None:
    given = RequestFactory().get("/", {"on": "2026-02-29", "to": "2026-02-28", "state": "draft", "kind": "x"}).GET
    assert (values.day(given, "on"), values.day(given, "to")) == (None, date(2026, 2, 28))
    assert values.choice(given, "state", {"draft"}) == "draft"
    assert values.choice(given, "kind", {"draft"}, "draft") == "draft"


def test_a_path_has_a_number_that_fits_or_is_no_address() -> None:
    assert resolve("/desk/plans/999999999999999999/").kwargs == {"pk": 10**18 - 1}
    for wrong in ("9999999999999999999", "²", "-1", "1e3"):
        with pytest.raises(Resolver404):
            resolve(f"/desk/plans/{wrong}/")
    with pytest.raises(NoReverseMatch):
        reverse("desk:plan", args=[10**18])


@pytest.mark.django_db
def test_a_nul_in_the_path_is_refused_and_in_the_query_left_out() -> None:
    assert Client().get("/status/%00/").status_code == 400
    for url in ("/?city=%00", "/law/?q=a%00b", "/?%00=1"):
        assert Client().get(url).status_code == 200


@pytest.mark.django_db
def test_a_nul_in_a_form_is_left_out() -> None:
    answer = Client().post("/accounts/login/", {"login": "a\0b", "password": "x\0"})
    assert answer.status_code == 200
    assert 'value="ab"' in answer.content.decode()
