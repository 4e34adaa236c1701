"""What an application still lacks for its post, told before it is handed in: papers, and facts the post asks about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fujing.kernel import cipher
from fujing.kernel.models import Decision
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.posts import Position
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import WANTED

# Stated by everybody: what every review and Article 19 look at.
ALWAYS = ("education", "major", "household", "veteran", "martyr_kin", "bravery", "police_school", "skill")
REVIEW = "资格审查"
"""The kind of the review's decisions."""
PAPER_KINDS = frozenset(Attachment.Kind.values)
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
    """The facts that a form for this announcement asks: everybody's and any post's; `missing`: only what a review wants
    completed."""
    if missing:
        return set(missing) - PAPER_KINDS
    posts = {name for post in announcement.positions for name in asked_by(post)}
    exempt = {name for stage in announcement.stages or () for name in stage.exempt or ()}
    points = {name for point in (announcement.bonus.points if announcement.bonus else ()) for name in point.when}
    return {*ALWAYS, *posts, *exempt, *points}


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


def asked_as_it_is(application: Application) -> dict[str, str]:
    """What a return asks for, as it stands now: a keyed digest each, so that the decision repeats no fact."""
    papers: dict[str, list[str]] = {}
    for kind, file in application.attachments.order_by("pk").values_list("kind", "file_id"):
        papers.setdefault(kind, []).append(str(file))
    return {
        each: cipher.blind(
            ",".join(papers.get(each, [])) if each in PAPER_KINDS else f"{getattr(application, each)}"
        ).hex()
        for each in application.missing
    }


def unanswered(application: Application) -> list[Lack]:
    """What a return asked for and is still not there: empty, a paper that is the old one, or everything as it was."""
    last = Decision.objects.filter(
        subject_table=Application._meta.db_table, subject_id=application.pk, kind=REVIEW
    ).order_by("-pk")
    facts = last.values_list("facts", flat=True).first() or {}
    before: dict[str, str] = facts.get("asked", {})
    now = asked_as_it_is(application)
    same = {each for each in application.missing if before.get(each) == now[each]}
    handed_in = set(application.attachments.values_list("kind", flat=True))
    lacks = []
    for each in application.missing:
        if each in PAPER_KINDS:
            if each not in handed_in:
                lacks.append(_asked(each, "请补充"))
            elif each in same:
                lacks.append(_asked(each, "请重新上传"))
        elif getattr(application, each) in (None, ""):
            lacks.append(_asked(each, "请补充"))
    if not lacks and same == set(application.missing):
        return [_asked(each, "没有改动，请改正") for each in application.missing]
    return lacks


def _asked(name: str, verb: str) -> Lack:
    field = f"file_{name}" if name in PAPER_KINDS else name
    return Lack(field, WANTED[name], f"{verb}{WANTED[name]}。")


def _scarce(post: Position) -> bool:
    age, education = post.conditions.age, post.conditions.education
    groups = [each.when for each in age.relax] if age else []
    groups += [each.when for each in education.relax] if education else []
    return post.scarce is not None or any("scarce_skill" in when for when in groups)
