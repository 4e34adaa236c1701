"""One person on one post, as `screen` judges a table of them, without making one: for pages that show a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from fujing.law.announcements import dated_on
from fujing.law.engine import OUTCOMES
from fujing.law.findings import Finding, overall
from fujing.law.formats.announcement import Announcement
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening.households import places
from fujing.law.screening.matching import certificates_met, majors_met
from fujing.law.screening.posts import PostFacts, post_facts
from fujing.law.screening.screen import ELIGIBILITY, IN_FORCE, law_of

STATED = tuple(each.name for each in fields(PostFacts))


def screen_person(
    announcement: Announcement, person: Mapping[str, Any], *, today: date, all: bool = False
) -> tuple[str, list[Finding]]:
    """`eligible`, `ineligible` or `undetermined`, and the findings; satisfied ones only with `all`.

    `person` has the applicants' columns by name with `id` and `position`: a column that isn't there isn't asked, None
    is unknown. What a look at other rows gives (5.p1) needs the table.
    """
    parameters = law_of(announcement, today)
    facts = person_facts(announcement, person)
    outcomes = RECRUITMENT.judge(facts, parameters)
    # Before the Measures took effect that is the one finding.
    if outcomes[IN_FORCE] is None:
        outcomes = {IN_FORCE: None}
    said = dict.fromkeys(RECRUITMENT.facts.schema()) | facts
    findings = [
        Finding(**rule.told(OUTCOMES[outcomes[rule.id]], said, RECRUITMENT.facts, parameters, str(person["id"])))
        for rule in RECRUITMENT.rules
        if rule.id in outcomes and (all or outcomes[rule.id] is not True)
    ]
    return ELIGIBILITY[overall(findings)], findings


def person_facts(announcement: Announcement, person: Mapping[str, Any]) -> dict[str, Any]:
    """The person with the facts of their post, as `applicant_facts` gives them to a table's rows."""
    position = announcement.position(person["position"])
    post, asked = post_facts(position), position.conditions
    facts = {name: getattr(post, name) for name in STATED} | dict(person)
    facts |= post.limits({group: person.get(group) for group in post.relaxing})
    met = {
        "household": lambda text: places().inside(text, asked.household),
        "certificates": lambda text: certificates_met(text, asked.certificates),
        "major": lambda text: majors_met(text, asked.majors),
    }
    facts |= {f"{column}_met": judge(person[column]) for column, judge in met.items() if column in person}
    pools = {group for each in announcement.positions if each.pool for group in each.pool.when}
    if pools & person.keys():
        marks = [person.get(group) for group in post.pool]
        facts["pool_met"] = not marks or True in marks or (None if None in marks else False)
    return facts | _days(announcement, person)


def _days(announcement: Announcement, person: Mapping[str, Any]) -> dict[str, Any]:
    dated, stated = dated_on(announcement), announcement.cutoff
    by_registration = stated == "registration_day"
    cutoff, event = stated if isinstance(stated, date) else None, dated
    if by_registration and "registered_on" in person:
        cutoff = person["registered_on"]
        event = cutoff or dated
    return {
        "cutoff": cutoff,
        "event_date": event,
        "age_reading": announcement.age_reading,
        "by_registration": by_registration,
    }
