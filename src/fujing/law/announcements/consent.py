"""When the steps of recruitment may be simplified: whose consent, and for which posts (第二十一条第二款)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.announcements.organ import division_of
from fujing.law.announcements.reasons import says_nothing
from fujing.law.announcements.steps import stages_of
from fujing.law.bodies import human_resources_of
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement, Consent
from fujing.law.provisions import cite

REMEDY = "商同级人力资源社会保障部门同意，写明部门全称、文号和日期"


def simplified(announcement: Announcement) -> Iterator[Finding]:
    """对专业性较强的岗位和急需紧缺人才，商同级人力资源社会保障部门同意，可适当简化招聘程序."""
    consent = consented(announcement)
    if consent is not None:
        yield consent
        yield from _posts(announcement)


def consented(announcement: Announcement) -> Finding | None:
    """Whether the department of the same level and division consented, in a paper before the announcement."""
    if announcement.simplified is None:
        return None
    consent = announcement.simplified.consent
    if consent is None or not (consent.by or consent.number or consent.date):
        return _finding(Outcome.VIOLATED, "简化程序没有同级人力资源社会保障部门的同意", consent)
    if consent.by is None:
        return _finding(Outcome.UNDETERMINED, "简化程序的同意文件未写由哪个部门作出", consent)
    answer = human_resources_of(consent.by, division_of(announcement.organ))
    if answer.holds is False:
        message = f"简化程序由“{consent.by}”同意，{answer.read}，应由同级人力资源社会保障部门同意"
        return _finding(Outcome.VIOLATED, message, consent)
    announced = announcement.announced_on
    if consent.date and announced and consent.date > announced:
        message = f"简化程序的同意日期{consent.date}晚于公告日期{announced}，应当先同意后公告"
        return _finding(Outcome.VIOLATED, message, consent)
    if answer.holds is None:
        message = f"简化程序由“{consent.by}”同意，{answer.read}，无法核对是否同级"
        return _finding(Outcome.UNDETERMINED, message, consent)
    unsaid = [what for what, value in (("文号", consent.number), ("日期", consent.date)) if value is None]
    if unsaid:
        message = f"简化程序由{consent.by}同意，未写同意文件的{'和'.join(unsaid)}，无法核对"
        return _finding(Outcome.UNDETERMINED, message, consent)
    return _finding(Outcome.SATISFIED, f"简化程序已由{consent.by}于{consent.date}同意（{consent.number}）", consent)


def _posts(announcement: Announcement) -> Iterator[Finding]:
    """Posts that go without a dropped step must be scarce; if all steps are listed, every post counts."""
    assert announcement.simplified is not None
    dropped = announcement.simplified.dropped
    affected = [
        post
        for post in announcement.positions
        if not {stage.kind for stage in stages_of(announcement, post)}.issuperset(dropped)
    ] or announcement.positions
    for post in affected:
        outcome, remedy = Outcome.VIOLATED, "写明急需紧缺的理由，或者按完整程序招聘"
        if post.scarce is None:
            said = "未标明专业性较强或者急需紧缺，不得简化程序"
        elif says_nothing(post.scarce.reason):
            written = f"理由只写“{post.scarce.reason}”" if post.scarce.reason else "未写理由"
            outcome, said = Outcome.UNDETERMINED, f"标明急需，{written}，看不出是否专业性较强或者急需紧缺"
        else:
            continue
        yield Finding(
            provision="21.p2",
            rule="announcement.simplified_posts",
            outcome=outcome,
            subject=post.code,
            message=f"岗位{post.code}（{post.name}）{said}（{cite('21.p2')}）",
            facts={"scarce": post.scarce.model_dump() if post.scarce else None, "dropped": dropped},
            remedy=remedy,
        )


def _finding(outcome: Outcome, message: str, consent: Consent | None) -> Finding:
    return Finding(
        provision="21.p2",
        rule="announcement.simplified_consent",
        outcome=outcome,
        message=f"{message}（{cite('21.p2')}）",
        facts={"consent": consent.model_dump() if consent else None},
        remedy=None if outcome is Outcome.SATISFIED else REMEDY,
    )
