"""With the people of a whole province in the tables, what a desk opens all day is found by indexes.

PostgreSQL is asked how it would run each query of the page itself, as the application role and bound by row security.
The rows are copies of one of each kind, spread over the counties: what counts here is how many there are and where.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from fujing.compliance.oversight.checkup import recorded_roster
from fujing.compliance.oversight.gaps import WITHOUT
from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.services import verification_note
from fujing.kernel.actor import Actor, acting
from fujing.kernel.models import HistoryEntry, Reading
from fujing.recruitment.applications.models import Application
from fujing.registry.models import Account, Assignment, Contract, Engagement, Person, RosterRecord, territory_of
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories
from tests.clients import client_of
from tests.compliance.test_verification import SEEN, TIER
from tests.factories import SANTAI
from tests.law.roster_tools import DAY
from tests.recruitment.applications import made
from tests.registry.moving_in import moved_in, roster_of, row
from tests.web.test_people_pages import contract

pytestmark = pytest.mark.usefixtures("committed")
PEOPLE, APPLICATIONS, HISTORY, READINGS = 100_000, 100_000, 200_000, 100_000
VERIFIED = 50_000
OF_PEOPLE = (Person, Engagement, Contract, Assignment, RosterRecord, FindingVerification, Application)
BIG = {each._meta.db_table for each in (*OF_PEOPLE, HistoryEntry, Reading)}
COUNTIES = 183
COUNTY = f"510000000000 + (7 + n %% {COUNTIES}) * 1000000"
"""Another county for each n; none of them is the one whose desk is opened."""


def copied(owner: psycopg.Connection, table: str, row: int, rows: int, /, **changed: str) -> None:
    """`rows` copies of a row; `changed` says what of a copy differs, as an expression of its number n."""
    columns = [
        name
        for (name,) in owner.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' ORDER BY attnum",
            [table],
        )
    ]
    changed = {"id": "1000000 + n", "organ_code": COUNTY} | changed
    made = [changed.get(name, f'"{name}"') for name in columns]
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE "
        f"SELECT {', '.join(made)} FROM {table}, generate_series(1, %s) n WHERE id = %s"
    )
    owner.execute(statement, [rows, row])


@dataclass(frozen=True)
class Province:
    """Whose desks are opened, the campaign whose applications are looked at, and somebody of the county."""

    county: Account
    province: Account
    audit: Account
    campaign: int
    person: int


@pytest.fixture
def province(owner_parameters: dict[str, Any], tmp_path: Path) -> Province:
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        accounts = [
            factories.account(SANTAI, "hr_officer"),
            factories.account(510000000000, "hr_officer"),
            factories.account(510000000000, "audit_admin"),
        ]
        unit = factories.post(factories.unit(SANTAI).code)
        serving = factories.engagement(factories.person(SANTAI))
        place = Assignment(organ_code=SANTAI, engagement=serving, unit_id=unit.unit_id, post=unit, span=serving.span)
        place.clean()
        place.save()
        contract(serving, 1, date(2024, 1, 1), date(2027, 1, 1))
        signed = Contract.objects.get(engagement=serving)
    officer = acting_as(accounts[0])
    moved_in(officer, roster_of(tmp_path, [row(1, 入职日期=None), row(2)]))
    with acting(officer):
        verified = verification_note(actor=officer, of=TIER, found=SEEN)
    campaign = made.campaign()
    application, _ = made.application(campaign, "submitted")
    client_of(accounts[2]).get("/desk/trail/")
    with psycopg.connect(**owner_parameters, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        person = serving.person_id
        keys = {"id_index": "int8send(n)", "id_tail_index": "int8send(n %% 10000)", "phone_index": "int8send(n)"}
        born = "date '1970-01-01' + (n * 7919 %% 13000)::int"
        copied(owner, "registry_person", person, PEOPLE, name="'人' || n", pinyin="'ren' || n", birth_date=born, **keys)
        since = "daterange(date '2015-01-01' + (n * 31 %% 4000)::int, NULL)"
        of = {"person_id": "1000000 + n", "engagement_id": "1000000 + n"}
        copied(owner, "registry_engagement", serving.pk, PEOPLE, person_id="1000000 + n", identity_key="n", span=since)
        copied(owner, "registry_assignment", _first(owner, "registry_assignment"), PEOPLE, span=since, **of)
        # Of two in a hundred no roster says the first day; they have no engagement.
        unknown = "CASE WHEN n %% 50 > 0 THEN {} END"
        copied(
            owner,
            "registry_rosterrecord",
            _first(owner, "registry_rosterrecord"),
            PEOPLE,
            person_id="1000000 + n",
            row="n",
            engagement_id=unknown.format("1000000 + n"),
            hired_on=unknown.format("date '2015-01-01' + (n * 31 %% 4000)::int"),
        )
        about = {"about": "int8send(n)", "facts": "int8send(n)"}
        copied(owner, "verification_findingverification", verified.pk, VERIFIED, **about)
        ends = "daterange(date '2024-01-01', current_date + (n * 17 %% 1095)::int)"
        copied(owner, "registry_contract", signed.pk, PEOPLE, number="'合' || n", span=ends, **of)
        given = {"receipt": "'R' || n", "account_id": "1000000 + n", "id_index": "int8send(n)"}
        at = "now() - n * interval '30 seconds'"
        copied(
            owner,
            "applications_application",
            application.pk,
            APPLICATIONS,
            campaign_id=f"{campaign.pk} + n %% 200",
            organ_code=COUNTY,
            submitted_at=at,
            handed_in_at=at,
            **given,
        )
        copied(
            owner,
            "kernel_historyentry",
            _first(owner, "kernel_historyentry"),
            HISTORY,
            at=at,
            actor="'办理人' || n %% 500",
            row_id="n",
            operation="'insert'",
            after="jsonb_build_object('person_id', 1000000 + n)",
            tracked="(ARRAY['registry_person', 'registry_contract', 'plans_plan'])[1 + n %% 3]",
        )
        copied(
            owner,
            "kernel_reading",
            _first(owner, "kernel_reading"),
            READINGS,
            at=at,
            reader="n %% 500",
            reader_name="'查阅人' || n %% 500",
            row_id="n",
            sought="int8send(n)",
        )
        owner.execute("SET session_replication_role = origin")
        owner.execute("VACUUM ANALYZE")
    return Province(*accounts, campaign.pk, person)


def acting_as(account: Account) -> Actor:
    with acting(Actor(name="登录", account_id=account.pk), read_only=True):
        found = account_with_roles(account.pk)
        assert found
        return actor_of(found)


def _first(owner: psycopg.Connection, table: str) -> int:
    found = owner.execute(sql.SQL("SELECT min(id) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found
    assert found[0]
    return int(found[0])


def scanned(node: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end."""
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG:
        yield node["Relation Name"]
    for below in node.get("Plans", ()):
        yield from scanned(below)


def planned(cursor: Any, query: str) -> dict[str, Any]:
    """How PostgreSQL would run a query."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
    (plan,) = cursor.fetchone()
    found: dict[str, Any] = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return found


def whole_tables(client: Client, actor: Actor, address: str, sent: dict[str, Any] | None = None) -> list[str]:
    """Every query of a page that reads a big table from end to end, with the table first."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address) if sent is None else client.post(address, sent)
    assert answer.status_code == (200 if sent is None else 302), address
    asked = {
        each["sql"] for each in captured if each["sql"].startswith("SELECT") and any(t in each["sql"] for t in BIG)
    }
    assert asked, address
    found = []
    with acting(actor, read_only=True), connection.cursor() as cursor:
        for query in sorted(asked):
            found += [f"{table}: {query}" for table in scanned(planned(cursor, query))]
    return found


BEHIND = ("serving", *WITHOUT, "interrupted")
"""The lists behind the figures of the oversight desk that tell of people."""
LISTS: dict[str, tuple[str, ...]] = {
    "county": (
        "/desk/",
        "/desk/people/",
        *(f"/desk/people/?sort={each}" for each in ("name", "-age", "-since", "unit", "ends")),
        *(f"/desk/people/?due={each}" for each in ("soon", "ends7", "ends30", "none")),
        *(f"/desk/contracts/?step={each}" for each in ("soon", "lapsed", "none", "offered")),
        "/desk/people/?education=doctor",
        "/desk/search/?q=ren77",
        "/desk/search/?q=1234",
        "/desk/campaigns/{campaign}/applications/",
        "/desk/campaigns/{campaign}/applications/?state=submitted",
        "/desk/people/{person}/",
        "/desk/people/{person}/known/?day=2023-01-01",
        "/desk/people/undated/",
        "/desk/quota/",
        "/desk/plans/new/",
        "/desk/oversight/",
        "/desk/oversight/usage/",
        *(f"/desk/oversight/{SANTAI}/{each}/" for each in BEHIND),
        "/desk/verifications/",
        "/desk/verifications/?state=standing&result=true",
    ),
    "province": (
        # What counts everybody of the province (督导台) reads everybody; what lists them a page at a time doesn't.
        "/desk/people/undated/",
        "/desk/quota/",
        f"/desk/oversight/{SANTAI}/",
        "/desk/verifications/",
        "/desk/people/",
        *(f"/desk/people/?sort={each}" for each in ("name", "-age", "-since")),
        "/desk/people/?education=doctor",
        "/desk/search/?q=ren777",
    ),
    "audit": (
        "/desk/trail/",
        "/desk/trail/?who=办理人7",
        "/desk/trail/?kind=registry_contract&row=77",
        "/desk/trail/?organ=510722000000",
        f"/desk/trail/?since={date(2026, 1, 1)}",
        "/desk/readings/",
        "/desk/readings/?who=查阅人7",
        "/desk/readings/?organ=510722000000",
        "/desk/readings/?since=2026-01-01",
        "/desk/readings/?number=510722199001011234",
    ),
}


def read_whole(actor: Actor, work: Callable[[], object]) -> set[str]:
    """The big tables that some work reads from end to end, as PostgreSQL counts it: what is copied out has no EXPLAIN."""
    counted = "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)"
    with acting(actor, read_only=True), connection.cursor() as cursor:
        cursor.execute(counted, [sorted(BIG)])
        before = dict(cursor.fetchall())
        work()
        cursor.execute(counted, [sorted(BIG)])
        return {table for table, scans in cursor.fetchall() if scans > before.get(table, 0)}


def check_of_a_county(province: Province) -> dict[str, list[str]]:
    """登记核对 and the pages of its findings, with notes beside some: what of them reads a big table from end to end."""
    client, actor = client_of(province.county), acting_as(province.county)
    everybody = read_whole(acting_as(province.province), lambda: Person.objects.filter(major="x").count())
    assert everybody == {"registry_person"}, "what is read from end to end is noticed"
    slow = {"recorded_roster": sorted(read_whole(actor, lambda: recorded_roster(*territory_of(SANTAI))))}
    sent = {"organ": SANTAI, "as_of": f"{DAY}"}
    slow["/desk/checkup/"] = whole_tables(client, actor, "/desk/checkup/", sent)
    for page in ("report/", "findings/", "findings/?outcome=undetermined&noted=none"):
        slow[page] = whole_tables(client, actor, f"/desk/roster-check/{page}")
    return {page: found for page, found in slow.items() if found}


def test_no_list_and_no_check_of_the_desk_reads_a_whole_table(province: Province) -> None:
    with acting(acting_as(province.province), read_only=True), connection.cursor() as cursor:
        unindexed = "SELECT count(major) FROM registry_person WHERE major = 'x'"
        assert list(scanned(planned(cursor, unindexed))) == ["registry_person"], "a whole table is noticed"
    slow = {}
    for whose, addresses in LISTS.items():
        account: Account = getattr(province, whose)
        client, actor = client_of(account), acting_as(account)
        for address in addresses:
            if found := whole_tables(client, actor, address.format(campaign=province.campaign, person=province.person)):
                slow[f"{whose} {address}"] = found
    slow |= check_of_a_county(province)
    assert not slow, "\n".join(f"{page}\n    {query}" for page, queries in slow.items() for query in queries)
