"""The law site, the catalogue of page kinds, and the doors."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from fujing.kernel.actor import Actor, acting
from fujing.law.provisions import measures
from fujing.law.register import register
from fujing.registry.states import Role
from fujing.web.desk.wings import Item
from fujing.web.developers.samples import KINDS
from fujing.web.middleware import OPEN_NAMES, OPEN_NAMESPACES
from fujing.web.navigation import navigation
from tests import factories
from tests.clients import client_with
from tests.markup import flat


def desk_of(*roles: str) -> Client:
    """The browser of somebody in 三台 with these roles."""
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    return client_with(factories.SANTAI, *roles)


def shown(html: str) -> list[str]:
    return re.findall(r'<div\s+id="([\d.p]+)"\s+class="law-row', html)


@pytest.mark.django_db
def test_every_provision_stands_beside_its_register_entry(client: Client) -> None:
    html = client.get("/law/").content.decode()
    assert shown(html) == list(measures().provisions)
    for entry in register().entries:
        assert entry.note in html


@pytest.mark.django_db
def test_law_is_found_by_words_and_by_citation(client: Client) -> None:
    by_words = client.get("/law/", {"q": "35周岁"}).content.decode()
    assert shown(by_words) == ["18.3"]
    assert "<mark>35周岁</mark>" in by_words
    assert shown(client.get("/law/", {"q": "第十八条第（三）项"}).content.decode()) == ["18.3"]
    assert "没有符合条件的条文" in client.get("/law/", {"q": "飞船"}).content.decode()


def chips(html: str, label: str) -> dict[str, tuple[str, int]]:
    """Address and number of each filter link under a label."""
    row = html.split(f'aria-label="按{label}筛选"')[1].split("</nav>")[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>(\S+) <b>(\d+)</b></a>', row)
    return {name: (address.replace("&amp;", "&"), int(number)) for address, name, number in found}


@pytest.mark.django_db
def test_law_filters_by_kind_and_by_state(client: Client) -> None:
    gates = [entry.provision for entry in register().entries if "gate" in entry.kinds]
    assert shown(client.get("/law/", {"kind": "gate"}).content.decode()) == gates
    partly = [entry.provision for entry in register().entries if entry.state == "partly"]
    assert shown(client.get("/law/", {"state": "partly"}).content.decode()) == partly
    open_gates = [e.provision for e in register().entries if e.state == "open" and "gate" in e.kinds]
    assert shown(client.get("/law/", {"state": "open", "kind": "gate"}).content.decode()) == open_gates
    for unknown in ("kind", "state"):
        assert len(shown(client.get("/law/", {unknown: "nonsense"}).content.decode())) == register().provisions


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{}, {"kind": "duty"}, {"state": "partly"}, {"q": "培训", "kind": "gate"}])
@pytest.mark.parametrize("label", ["方式", "落实"])
def test_each_number_on_a_filter_is_the_length_of_its_list(client: Client, asked: dict, label: str) -> None:
    for address, number in chips(client.get("/law/", asked).content.decode(), label).values():
        assert len(shown(client.get(f"/law/{address}" if address[:1] == "?" else address).content.decode())) == number


@pytest.mark.django_db
def test_the_heads_four_numbers_make_the_whole_law(client: Client) -> None:
    html = flat(client.get("/law/"))
    heads = re.findall(r'<a href="(/law/\?state=\w+)">\S+ (\d+) 条</a>', html)
    assert [int(number) for _, number in heads] == [
        len(shown(client.get(address).content.decode())) for address, _ in heads
    ]
    assert len(heads) == 4
    assert sum(int(number) for _, number in heads) == register().provisions


@pytest.mark.django_db
def test_a_provision_shows_its_state_and_what_is_lacking(client: Client) -> None:
    for entry in register().entries:
        if entry.provision in ("3.p2", "12", "18.3", "1"):
            row = flat(client.get(f"/law/{entry.provision}")).split(f'<div id="{entry.provision}"')[1]
            row = row.split('<div id="')[0]
            assert entry.state.label in row
            assert ("尚缺" in row) is (entry.lacks is not None)
            assert (entry.lacks or "") in row


@pytest.mark.django_db
def test_provision_is_shown_inside_its_article(client: Client) -> None:
    html = flat(client.get("/law/18.3"))
    assert shown(html) == ["18", "18.1", "18.2", "18.3", "18.4", "18.5", "18.6"]
    assert re.findall(r'id="([\d.]+)" class="law-row item chosen"', html) == ["18.3"]


@pytest.mark.django_db
def test_citation_in_words_leads_to_the_address_and_an_unknown_one_nowhere(client: Client) -> None:
    assert client.get("/law/第十八条第（三）项").headers["Location"] == "/law/18.3"
    assert client.get("/law/99.9").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_kind_renders(kind: str) -> None:
    client = desk_of("system_admin")
    response = client.get(reverse("developers:kind", args=[kind]))
    assert response.status_code == 200
    assert f"<h1>{KINDS[kind].label}" in response.content.decode()


@pytest.mark.django_db
def test_refused_sample_form_shows_its_errors() -> None:
    client = desk_of("system_admin")
    html = client.post(reverse("developers:kind", args=["form"]), {"age_max": "60"}).content.decode()
    assert 'href="#id_age_max"' in html


@pytest.mark.django_db
def test_catalogue_is_only_for_system_administrators(client: Client) -> None:
    assert client.get("/developers/look").status_code == 302
    response = desk_of("hr_officer").get("/developers/look")
    assert response.status_code == 403
    assert "请本机关的安全管理员调整角色" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "label", "visible"),
    [
        ("hr_officer", "用人额度", True),
        ("unit_leader", "用人额度", False),
        ("unit_leader", "花名册", True),
        ("system_admin", "花名册", False),
    ],
)
def test_role_sees_only_its_rooms(role: str, label: str, visible: bool) -> None:
    html = flat(desk_of(role).get("/desk/"))
    assert (f">{label}</a>" in html) is visible


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "quota", "plans", "plan_new", "campaigns", "people"])
def test_desk_page_names_nothing_undefined(name: str) -> None:
    assert desk_of("hr_officer", "hr_head").get(reverse(f"desk:{name}")).status_code == 200


def _names(resolver: object, namespace: str = "") -> list[tuple[str, str]]:
    found = []
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        if hasattr(pattern, "url_patterns"):
            found += _names(pattern, pattern.namespace or namespace)
        else:
            found.append((namespace, pattern.name))
    return found


@pytest.mark.django_db
def test_every_page_without_parameters_is_open_by_name_or_asks_to_sign_in(client: Client) -> None:
    closed = [
        (namespace, name)
        for namespace, name in _names(get_resolver())
        if namespace not in OPEN_NAMESPACES and (f"{namespace}:{name}" if namespace else name) not in OPEN_NAMES
    ]
    tried = 0
    for namespace, name in closed:
        try:
            url = reverse(f"{namespace}:{name}" if namespace else name)
        except NoReverseMatch:  # needs parameters
            continue
        tried += 1
        response = client.get(url)
        assert response.status_code == 302, url
        assert response.headers["Location"].startswith(reverse("account_login")), url
    assert tried > 10


@pytest.mark.django_db
def test_unknown_page_says_what_to_do_next(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "查看招聘公告" in response.content.decode()


def test_actor_without_account_has_no_rooms() -> None:
    assert navigation(Actor(name="访客"), "/") == []


def test_each_room_is_marked_at_its_own_address_and_no_other_is() -> None:
    everything = Actor(name="都看", roles=frozenset(map(str, Role)))
    addresses = [item["url"] for group in navigation(everything, "/") for item in group["items"]]
    assert len(addresses) == len(set(addresses)) > 20
    for address in addresses:
        marked = [
            item["url"] for group in navigation(everything, address) for item in group["items"] if item["current"]
        ]
        assert marked == [address]


def test_a_page_below_two_rooms_is_the_nearer_ones() -> None:
    inner = Item("本人服务", "desk:sign_ins", frozenset(), ("people/sign-ins",))
    outer = Item("花名册", "desk:people", frozenset())
    assert inner.holds("/desk/people/sign-ins/3/") > outer.holds("/desk/people/sign-ins/3/") > 0
    assert (inner.holds("/desk/people/3/"), Item("工作台", "desk:home", frozenset()).holds("/desk/people/")) == (0, 0)
