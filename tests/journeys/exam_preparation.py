"""Run by the exam journey in the demo's own data folder: 盐亭县 has recruited as far as the end of registration.

Writes one JSON: the campaign's number, and for each applicant what they sign in with. Everything up to here is clicked
through in test_recruitment; the county is another one, so that the two journeys never meet.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from datetime import date
from typing import Any

import django

from tests.journeys.demo import PASSWORD

STATION = "云溪派出所"
STAFF = {"yanting_second": ("盐亭复核", 0, ["hr_officer"]), "yanting_station": ("秦民警", 500, ["police_officer"])}
"""Who the demo doesn't have, and where in the county they belong."""
NAMES = ("顾一鸣", "蒋二娟", "沈三立", "韩四海", "杨缺席", "朱夹带")
STAGES: list[dict[str, Any]] = [
    {"kind": "announcement"},
    {"kind": "registration"},
    {"kind": "qualification_review"},
    {"kind": "written", "full": 100, "pass": 60, "weight": 0.5},
    {"kind": "fitness", "gate": True},
    {"kind": "interview", "full": 100, "weight": 0.5, "admit": {"ratio": 2, "ties": "admit_all"}},
    {"kind": "medical", "admit": {"ratio": 1}},
    {"kind": "background"},
    {"kind": "publicity", "days": 5, "unit": "working"},
    {"kind": "hire"},
]


def portrait(shade: int) -> bytes:
    """A small grey picture, each applicant's own."""
    width, height = 60, 80
    raw = b"".join(b"\x00" + bytes([shade]) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def prepare(serial: int) -> dict[str, Any]:
    """Six qualified applicants for two posts; registration is over."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fujing.cli.demo.registry import signed_in
    from fujing.kernel.actor import acting
    from fujing.recruitment.applications.review import application_review
    from fujing.recruitment.applications.services import application_attach, application_save, application_submit
    from fujing.recruitment.campaigns.services import campaign_draft, campaign_move, campaign_publish
    from fujing.registry.models import Post
    from tests import factories, world

    county = factories.YANTING
    with acting(factories.PROVINCIAL):
        station = factories.unit(county, 5, STATION)
        for username, (name, place, roles) in STAFF.items():
            staff_member(username, name, county + place, roles)
        if not Post.objects.filter(unit=station).exists():
            factories.post(station.code, "一线执勤")
    plan = factories.approved_plan(county, count=2)
    hr, head = signed_in("yanting_hr"), signed_in("yanting_head")
    document = world.document(title="盐亭县公安局2026年公开招聘警务辅助人员公告", stages=STAGES, reserve={"months": 12})
    document["positions"][0]["headcount"] = 2
    with acting(head):
        campaign = campaign_publish(actor=head, campaign=campaign_draft(actor=head, document=document, plan=plan))
        position = campaign.positions.get()
    people, applications = [], []
    for place, name in enumerate(NAMES):
        person, phone = signed_up(county, serial, place, name)
        with acting(person):
            application = application_save(
                actor=person,
                campaign=campaign,
                position=position,
                facts={"education": "high_school", "household": "四川省绵阳市盐亭县", "certificates": "无"},
            )
            photo = SimpleUploadedFile("photo.png", portrait(90 + 20 * place))
            application_attach(actor=person, application=application, kind="photo", upload=photo)
            applications.append(application_submit(actor=person, application=application))
        people.append({"name": name, "phone": phone, "application": application.pk})
    with acting(hr):
        for application in applications:
            application_review(actor=hr, application=application, verb="qualify")
        campaign_move(actor=hr, campaign=campaign, verb="close")
    return {"campaign": campaign.pk, "people": people}


def staff_member(username: str, name: str, organ: int, roles: list[str]) -> None:
    """An officer who signs in with the demo's password; made once."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from fujing.registry.models import Account, RoleAssignment

    if Account.objects.filter(username=username).exists():
        return
    account = Account.objects.create_user(username=username, password=PASSWORD, name=name, organ_code=organ)
    for role in roles:
        span = DateRange(date(2021, 3, 1), None)
        RoleAssignment.objects.create(account=account, organ_code=organ, role=role, span=span)


def signed_up(county: int, serial: int, place: int, name: str) -> tuple[Any, str]:
    """Somebody who has an account, as their sign-in makes them, and the phone that they sign in with."""
    from fujing.kernel.actor import Actor, acting
    from fujing.law.citizen_numbers import check_digit
    from fujing.recruitment.applications.services import applicant_sign_up
    from fujing.registry.queries import account_with_roles, actor_of

    first = f"{county // 10**6}199{place}0315{serial % 1000:03d}"
    phone = f"137{serial % 10**7:07d}{place}"
    visitor = Actor(name="访客")
    with acting(visitor):
        account = applicant_sign_up(
            actor=visitor, name=name, id_number=first + check_digit(first), phone=phone, password=PASSWORD
        )
    with acting(Actor(name=name, account_id=account.pk)):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found), phone


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(int(sys.argv[1])), sys.stdout)
