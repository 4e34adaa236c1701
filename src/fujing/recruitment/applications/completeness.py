"""What an application still lacks for its post, told before it is handed in: papers, and facts the post asks about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fujing.law.formats.announcement import Announcement, Position
from fujing.law.formats.applicants import CONDITIONS
from fujing.recruitment.applications.models import Application, Attachment

# Stated by everybody: what every review and Article 19 look at.
ALWAYS = ("education", "major", "household", "veteran", "martyr_kin", "bravery", "police_school", "skill")
PAPERS = (Attachment.Kind.PHOTO, Attachment.Kind.IDENTITY, Attachment.Kind.IDENTITY_BACK, Attachment.Kind.DIPLOMA)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is not there: the form's field, its name, and why it is asked."""

    field: str
    label: str
    why: str


def asked_by(post: Position) -> dict[str, str]:
    """The facts that the post's own conditions ask about, each with the condition in words."""
    conditions = post.conditions
    found = {"education": "所有岗位都有学历要求"}
    if conditions.majors:
        found["major"] = f"岗位要求：{'、'.join(conditions.majors)}"
    if conditions.household:
        found["household"] = f"岗位要求：{'、'.join(conditions.household)}"
    if conditions.height_cm:
        found["height_cm"] = "岗位有身高要求"
    if conditions.bmi:
        found["height_cm"] = "岗位有体重指数要求" if "height_cm" not in found else "岗位有身高、体重指数要求"
        found["weight_kg"] = "岗位有体重指数要求"
    if conditions.naked_vision:
        found["naked_vision"] = f"岗位要求不低于 {conditions.naked_vision}"
    if conditions.corrected_vision:
        found["corrected_vision"] = f"岗位要求不低于 {conditions.corrected_vision}"
    if conditions.certificates:
        found["certificates"] = f"岗位要求：{'、'.join(conditions.certificates).replace('|', '或者')}"
    if _scarce(post):
        found["scarce_skill"] = "岗位可以放宽急需人才的条件"
    if post.pool:
        people = "、".join(CONDITIONS[each] for each in post.pool.when)
        found |= dict.fromkeys(post.pool.when, f"岗位只面向{people}")
    return found


def facts_to_state(announcement: Announcement, missing: Collection[str] = ()) -> set[str]:
    """The facts that a form for this announcement asks: everybody's, any post's, and what a review wants completed."""
    posts = {name for post in announcement.positions for name in asked_by(post)}
    exempt = {name for stage in announcement.stages or () for name in stage.exempt or ()}
    points = {name for point in (announcement.bonus.points if announcement.bonus else ()) for name in point.when}
    return {*ALWAYS, *posts, *exempt, *points, *missing}


def lacking(application: Application) -> list[Lack]:
    """Papers that were not handed in and facts of the post that are empty. None of it stops the submission but the
    education; the review may return the application for it."""
    post = application.campaign.announcement.position(application.position.code)
    asked = asked_by(post)
    empty = [name for name in asked if getattr(application, name) in (None, "")]
    labels = {field.name: str(field.verbose_name) for field in Application._meta.concrete_fields}
    lacks = [Lack(name, labels[name], asked[name]) for name in empty]
    handed_in = set(application.attachments.values_list("kind", flat=True))
    wanted = dict.fromkeys(PAPERS, "审查要看")
    if "certificates" in asked or any(getattr(application, name) for name in CONDITIONS):
        wanted[Attachment.Kind.CERTIFICATE] = "证书、优先或者放宽条件要有证明材料"
    return lacks + [Lack(f"file_{kind}", str(kind.label), why) for kind, why in wanted.items() if kind not in handed_in]


def _scarce(post: Position) -> bool:
    age, education = post.conditions.age, post.conditions.education
    groups = [each.when for each in age.relax] if age else []
    groups += [each.when for each in education.relax] if education else []
    return post.scarce is not None or any("scarce_skill" in when for when in groups)
