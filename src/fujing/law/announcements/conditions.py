"""Education, sex and stricter conditions of each post (第十八条第（四）项至第（六）项)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.findings import Finding, Outcome, plain
from fujing.law.formats.announcement import EDUCATIONS, Announcement, Position
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite

CATEGORY = {"civil": "文职", "field": "勤务"}
FLOOR = {"civil": "recruitment.education.civil_min", "field": "recruitment.education.min"}
SEX = {"male": "男性", "female": "女性"}
LEVEL = {
    "junior_middle": "初中",
    "high_school": "高中",
    "junior_college": "大专",
    "bachelor": "本科",
    "master": "硕士",
    "doctor": "博士",
}
CONDITION = {
    "veteran": "退役士兵",
    "martyr_kin": "烈士或因公牺牲民警配偶子女",
    "bravery": "见义勇为人员",
    "police_school": "警察政法院校毕业生",
    "skill": "有专业技能的人员",
    "scarce_skill": "急需技能人员",
}


def education(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    """勤务高中以上，文职大专以上；第（六）项的其他条件只可加严，不可放宽."""
    for post in announcement.positions:
        yield from _education(post, p[FLOOR[post.category]])


def _education(post: Position, floor: str) -> Iterator[Finding]:
    category = CATEGORY[post.category]
    stated = post.conditions.education
    levels = [(stated.min, "")] if stated and stated.min else []
    for relaxed in stated.relax if stated else ():
        levels.append((relaxed.min, "对" + "、".join(CONDITION[condition] for condition in relaxed.when)))
    loose = [(level, whom) for level, whom in levels if _below(level, floor)]
    for level, whom in loose:
        yield Finding(
            provision="18.4",
            rule="announcement.education",
            outcome=Outcome.VIOLATED,
            subject=post.code,
            message=f"{category}岗位{whom}学历要求为{LEVEL[level]}，低于{LEVEL[floor]}底线（{cite('18.4')}）；"
            f"{cite('18.6')}只许加严",
            facts={"category": post.category, "education": level, "floor": floor},
            remedy=f"学历要求提高到{LEVEL[floor]}以上",
        )
    if not loose:
        asked = f"学历要求为{LEVEL[stated.min]}" if stated and stated.min else f"未写学历要求，按{LEVEL[floor]}以上执行"
        yield Finding(
            provision="18.4",
            rule="announcement.education",
            outcome=Outcome.SATISFIED,
            subject=post.code,
            message=f"{category}岗位{asked}，不低于{LEVEL[floor]}底线（{cite('18.4')}）",
            facts={"category": post.category, "education": stated.min if stated else None, "floor": floor},
        )


def _below(level: str, floor: str) -> bool:
    return EDUCATIONS.index(level) < EDUCATIONS.index(floor)


def sex(announcement: Announcement) -> Iterator[Finding]:
    """限定性别须有岗位上的理由."""
    for post in announcement.positions:
        if post.sex is None:
            continue
        limited = f"岗位{post.code}限{SEX[post.sex]}"
        yield Finding(
            provision="18.6",
            rule="announcement.sex",
            outcome=Outcome.SATISFIED if post.sex_reason else Outcome.ADVICE,
            subject=post.code,
            message=f"{limited}，理由：{post.sex_reason}（{cite('18.6')}）"
            if post.sex_reason
            else f"{limited}，未写明理由（{cite('18.6')}）",
            facts={"sex": post.sex, "sex_reason": post.sex_reason},
            remedy=None if post.sex_reason else "写明岗位为何限定性别，或者取消限定",
        )


def stricter_conditions(announcement: Announcement) -> Iterator[Finding]:
    """身体条件和其他资格条件可以严于办法."""
    for post in announcement.positions:
        asked = post.conditions
        body: dict[str, object] = {
            "身高": {sex: plain(value) for sex, value in asked.height_cm if value} if asked.height_cm else None,
            "裸眼视力": plain(asked.naked_vision),
        }
        other: dict[str, object] = {"户籍": asked.household, "证书": asked.certificates, "专业": asked.majors}
        yield from _stricter("18.5", post.code, body)
        yield from _stricter("18.6", post.code, other)
    yield from _stricter("18.6", None, {"不得报考情形": announcement.extra_disqualifiers})


def _stricter(provision: str, subject: str | None, asked: dict[str, object]) -> Iterator[Finding]:
    facts = {name: value for name, value in asked.items() if value}
    if facts:
        yield Finding(
            provision=provision,
            rule="announcement.stricter_conditions",
            outcome=Outcome.SATISFIED,
            subject=subject,
            message=f"另定的{'、'.join(facts)}条件严于办法，可以设置（{cite(provision)}）",
            facts=facts,
        )
