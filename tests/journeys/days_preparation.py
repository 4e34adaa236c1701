"""Run by the journeys of an officer's and of an applicant's day in the demo's own data folder.

A county of 南充, where no other journey is: its officers, a plan of twelve, a published announcement of two posts, and
whoever has applied. Writes one JSON: the campaign's number and title, the user names by role, and the applicants' phones
and applications by name.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

from tests.journeys.exam_preparation import portrait

LANGZHONG, XICHONG = 511381000000, 511325000000
HOUSEHOLD = "四川省南充市阆中市"
FACTS: dict[str, Any] = {
    "education": "high_school",
    "household": HOUSEHOLD,
    "height_cm": 175,
    "certificates": "无",
    "veteran": False,
}
PEOPLE: dict[str, dict[str, Any]] = {
    "文待核": FACTS | {"household": "", "height_cm": None},
    "罗退回": FACTS,
    "尹误判": FACTS,
}
"""Who has applied at 阆中: one leaves open what two conditions ask, the others leave nothing open."""
OFFICERS = {"hr_officer": "蒲经办", "hr_head": "侯人事"}
IN_SERVICE = ("蒲在岗", "侯在岗", "敬在岗")
"""On the roster from before the Measures."""
PLACES, FREE = 8, 5
"""What the approved plan has, and the quota that is left for another plan."""


def prepare(county: int, serial: int, people: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An announcement whose registration is open for thirty days; everybody named has applied with all papers."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from fujing.cli.demo.recruitment import FIELD, STAGES
    from fujing.kernel.actor import acting
    from fujing.kernel.clock import today
    from fujing.recruitment.applications.completeness import PAPERS
    from fujing.recruitment.applications.services import application_attach, application_save, application_submit
    from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
    from tests import factories, world
    from tests.journeys.exam_preparation import signed_up, staff_member

    with acting(factories.PROVINCIAL):
        staff = {role: f"{role}_{serial}" for role in OFFICERS}
        for role, username in staff.items():
            staff_member(username, OFFICERS[role], county, [role])
        staff["city"] = f"city_{serial}"
        staff_member(staff["city"], "南充人事", county // 10**8 * 10**8, ["hr_head"])
        bureau = factories.bureau(county).name
    factories.quota(county, FREE + len(IN_SERVICE))
    with acting(factories.PROVINCIAL):
        for place, name in enumerate(IN_SERVICE):
            factories.engagement(factories.person(county, name, number=3 * serial + place))
    plan = factories.approved_plan(county, count=PLACES)
    title = f"{bureau}{today().year}年公开招聘警务辅助人员公告（{serial}）"
    opened = timezone.localtime() - timedelta(days=1)
    document = world.document(title=title, stages=STAGES, reserve={"months": 12}) | {
        "positions": [FIELD | {"headcount": 4}, FIELD | {"code": "02", "name": "夜间巡逻", "headcount": 2}],
        "registration": {"from": f"{opened:%Y-%m-%dT%H:%M}", "to": f"{opened + timedelta(days=30):%Y-%m-%dT%H:%M}"},
    }
    head = factories.territorial(county, "hr_head")
    with acting(head):
        campaign = campaign_publish(actor=head, campaign=campaign_draft(actor=head, document=document, plan=plan))
        position = campaign.positions.get(code="01")
    applied = {}
    for place, (name, facts) in enumerate(people.items()):
        person, phone = signed_up(county, serial, place, name)
        with acting(person):
            application = application_save(actor=person, campaign=campaign, position=position, facts=facts)
            for kind in PAPERS:
                paper = SimpleUploadedFile("paper.png", portrait(90 + 20 * place))
                application_attach(actor=person, application=application, kind=kind, upload=paper)
            application_submit(actor=person, application=application)
        applied[name] = {"phone": phone, "application": application.pk}
    return {"campaign": campaign.pk, "title": title, "staff": staff, "people": applied}


if __name__ == "__main__":
    django.setup()
    chosen = {name: PEOPLE[name] for name in sys.argv[3:]}
    json.dump(prepare(int(sys.argv[1]), int(sys.argv[2]), chosen), sys.stdout)
