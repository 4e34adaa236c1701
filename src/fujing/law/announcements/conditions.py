"""Education, sex and stricter conditions of each post (第十八条第（四）项至第（六）项)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fujing.law.announcements.reasons import says_nothing
from fujing.law.education import EDUCATION_LABEL
from fujing.law.findings import Finding, Outcome, plain
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.part import EDUCATIONS
from fujing.law.formats.posts import Pool, Position
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite

CATEGORY = {"civil": "文职", "field": "勤务"}
FLOOR = {"civil": "recruitment.education.civil_min", "field": "recruitment.education.min"}
SEX = {"male": "男性", "female": "女性"}
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
        yield from _qualification(announcement, post)


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
            message=f"{category}岗位{whom}学历要求为{EDUCATION_LABEL[level]}，低于{EDUCATION_LABEL[floor]}底线（{cite('18.4')}）；"
            f"{cite('18.6')}只许加严",
            facts={"category": post.category, "education": level, "floor": floor},
            remedy=f"学历要求提高到{EDUCATION_LABEL[floor]}以上",
        )
    if not loose:
        asked = (
            f"学历要求为{EDUCATION_LABEL[stated.min]}"
            if stated and stated.min
            else f"未写学历要求，按{EDUCATION_LABEL[floor]}以上执行"
        )
        yield Finding(
            provision="18.4",
            rule="announcement.education",
            outcome=Outcome.SATISFIED,
            subject=post.code,
            message=f"{category}岗位{asked}，不低于{EDUCATION_LABEL[floor]}底线（{cite('18.4')}）",
            facts={"category": post.category, "education": stated.min if stated else None, "floor": floor},
        )


def _qualification(announcement: Announcement, post: Position) -> Iterator[Finding]:
    """文职还应当具有履行岗位职责所需的专业资质或专门技能: a civil post asks for some."""
    asked = post.conditions
    tested = any(
        stage.kind == "skills" and (stage.positions is None or post.code in stage.positions)
        for stage in announcement.stages or ()
    )
    if post.category == "civil" and not (asked.certificates or asked.majors or tested):
        yield Finding(
            provision="18.4",
            rule="announcement.qualification",
            outcome=Outcome.ADVICE,
            subject=post.code,
            message=f"文职岗位没有要求证书、专业或者技能；履行岗位职责所需的专业资质或专门技能也是条件（{cite('18.4')}）",
            facts={"category": post.category},
            remedy="写明所需的证书、专业，或者安排技能测试",
        )


def _below(level: str, floor: str) -> bool:
    return EDUCATIONS.index(level) < EDUCATIONS.index(floor)


def sex(announcement: Announcement) -> Iterator[Finding]:
    """限定性别须有岗位上的理由."""
    for post in announcement.positions:
        if post.sex is None:
            continue
        limited, given = f"岗位{post.code}限{SEX[post.sex]}", post.sex_reason
        empty = says_nothing(given)
        why = (
            "未写明理由"
            if given is None
            else f"理由：{given}"
            if not empty
            else f"理由只写“{given}”，看不出岗位为何需要"
        )
        yield Finding(
            provision="18.6",
            rule="announcement.sex",
            outcome=Outcome.ADVICE if empty else Outcome.SATISFIED,
            subject=post.code,
            message=f"{limited}，{why}（{cite('18.6')}）",
            facts={"sex": post.sex, "sex_reason": given},
            remedy="写明岗位为何限定性别，或者取消限定" if empty else None,
        )


PROTECTED = {
    "怀孕生育": re.compile("怀孕|孕妇|孕期|有孕|妊娠|哺乳|生育|生子|二胎|三孩"),
    "婚姻状况": re.compile("未婚|已婚|离婚|离异|婚姻|婚育|结婚"),
    "民族": re.compile(
        "少数民族|非汉族|汉族|藏族|彝族|羌族|回族|苗族|维吾尔|民族(?!团结|分裂|仇恨|歧视|矛盾|关系|政策|英雄|利益|尊严|感情)"
    ),
    "宗教信仰": re.compile("(?<!非法)(?<!利用)(?<!邪)宗教(?!极端|事务|违法|犯罪)|信教|信仰|教徒|信众"),
    "乙肝": re.compile("乙肝|乙型肝炎|乙型病毒性肝炎|表面抗原|HBV|HBsAg", re.IGNORECASE),
}
"""What other laws forbid to exclude anybody for (妇女权益保障法、就业促进法), to which 第四十条 leads."""


def protected_ground(disqualifier: str) -> str | None:
    """The ground on which another law forbids to refuse somebody, if a disqualifier names one."""
    return next((ground for ground, words in PROTECTED.items() if words.search(disqualifier)), None)


def disqualifiers(announcement: Announcement) -> Iterator[Finding]:
    """另定的不得报考情形可以严于办法，涉及其他法律禁止的歧视时按第四十条从其规定."""
    for words in announcement.extra_disqualifiers:
        ground = protected_ground(words)
        if ground is not None:
            yield Finding(
                provision="18.6",
                rule="announcement.protected_grounds",
                outcome=Outcome.UNDETERMINED,
                message=f"不得报考情形“{words}”涉及{ground}，能否设置要看其他法律（{cite('18.6')}；{cite('40')}）",
                facts={"disqualifier": words, "ground": ground, "see": "40"},
                remedy="删去这一情形，或者写明所依据的法律",
            )


def stricter_conditions(announcement: Announcement) -> Iterator[Finding]:
    """身体条件和其他资格条件可以严于办法."""
    for post in announcement.positions:
        asked = post.conditions
        body: dict[str, object] = {
            "身高": {sex: plain(value) for sex, value in asked.heights if value} if asked.heights else None,
            "裸眼视力": plain(asked.naked_vision),
            "矫正视力": plain(asked.corrected_vision),
            "体重指数": {end: plain(value) for end, value in asked.bmi if value} if asked.bmi else None,
        }
        other: dict[str, object] = {"户籍": asked.household, "证书": asked.certificates, "专业": asked.majors}
        yield from _stricter("18.5", post.code, body)
        yield from _stricter("18.6", post.code, other)
        if post.pool is not None:
            yield _pool(post, post.pool)
    lawful = [words for words in announcement.extra_disqualifiers if protected_ground(words) is None]
    yield from _stricter("18.6", None, {"不得报考情形": lawful})


def _pool(post: Position, pool: Pool) -> Finding:
    """A post for some people only (定向) needs its reason, as a limit of sex does."""
    whom, empty = "、".join(CONDITION[each] for each in pool.when), says_nothing(pool.reason)
    why = f"理由：{pool.reason}" if pool.reason else "未写明理由"
    return Finding(
        provision="18.6",
        rule="announcement.pool",
        outcome=Outcome.ADVICE if empty else Outcome.SATISFIED,
        subject=post.code,
        message=f"岗位{post.code}只面向{whom}，{why}（{cite('18.6')}）",
        facts={"pool": pool.model_dump()},
        remedy="写明为何定向招聘" if empty else None,
    )


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
