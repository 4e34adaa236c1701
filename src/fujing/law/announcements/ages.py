"""Ages of each post, judged at the cut-off on the widest lawful reading (第十八条第（三）项)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fujing.law.ages import birthday
from fujing.law.announcements.births import DAY, earliest_birth, latest_birth
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Age, Announcement, Position
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite

CITED = cite("18.3")
RULE = "announcement.age"

Legal = tuple[int, int]
"""The Measures' own lowest and highest age on the announcement's day, in full years."""


def ages(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    """年满18周岁、不超过35周岁；急需的专业技术、专门技能人员可以适当放宽."""
    legal = p["recruitment.age.min"], p["recruitment.age.max"]
    for post in announcement.positions:
        age = post.conditions.age or Age.model_validate({})
        violations = [*_limits(post, age, legal), *_window(announcement, post, age, legal)]
        yield from violations
        if not violations:
            yield _undecided(announcement, post, age) or _lawful(announcement, post, age, legal)
        yield from _disagreement(announcement, post, age, violations)
    if announcement.cutoff == "registration_day":
        yield Finding(
            provision="18.3",
            rule="announcement.age_cutoff",
            outcome=Outcome.ADVICE,
            message=f"年龄以各人报名当日计算，报名早晚会影响是否合格（{CITED}）",
            facts={"cutoff": announcement.cutoff},
            remedy="改为统一的截止日",
        )


def lawful_maximum(post: Position, maximum: int) -> int:
    """The highest age that the post may admit: the Measures', or what it states where scarcity is shown with a reason."""
    age = post.conditions.age
    if age is None or not _is_scarce(post):
        return maximum
    relaxed = [relaxed.max for relaxed in age.relax if set(relaxed.when) == {"scarce_skill"}]
    return max(maximum, age.max or 0, *relaxed)


def _is_scarce(post: Position) -> bool:
    return post.scarce is not None and post.scarce.reason is not None


def _limits(post: Position, age: Age, legal: Legal) -> Iterator[Finding]:
    youngest, oldest = legal
    highest = lawful_maximum(post, oldest)
    facts = {"age": age.model_dump(exclude_none=True, by_alias=True), "scarce": _is_scarce(post)}
    if age.min is not None and age.min < youngest:
        yield _violation(post, f"年龄下限{age.min}周岁，低于{youngest}周岁", facts, f"下限改为{youngest}周岁以上")
    why = "岗位未标明急需并写明理由" if not _is_scarce(post) else "放宽不是针对急需技能人员"
    if age.max is not None and age.max > highest:
        yield _violation(
            post,
            f"年龄上限{age.max}周岁，超过{oldest}周岁，{why}",
            facts,
            f"上限改为{oldest}周岁，或者标明急需并写明理由",
        )
    for relaxed in age.relax:
        if relaxed.max > highest:
            yield _violation(
                post,
                f"对部分人员放宽到{relaxed.max}周岁，超过{oldest}周岁，{why}",
                facts,
                "只对急需岗位的急需技能人员放宽",
            )


def _window(announcement: Announcement, post: Position, age: Age, legal: Legal) -> Iterator[Finding]:
    """Somebody inside the printed birth dates is outside the lawful ages, whenever they register."""
    window, days = age.window, _days(announcement)
    if window is None or days is None:
        return
    first, last = days
    youngest, oldest = legal
    highest = lawful_maximum(post, oldest)
    facts = {"window": window.model_dump(by_alias=True), "cutoff": first, "max": highest}
    unlimited = _is_scarce(post) and age.max is None and not age.relax
    if window.start and not unlimited and birthday(window.start, highest + 1) <= first:
        wide = (earliest_birth(highest, first, "completed_years") - window.start).days
        yield _violation(
            post,
            f"所印最早出生日{window.start}之人在{first}已满{highest + 1}周岁，超过{highest}周岁上限，范围宽了{wide}天",
            facts,
            f"最早出生日改为{window.start + wide * DAY}",
        )
    if window.end and birthday(window.end, youngest) > last:
        wide = (window.end - latest_birth(youngest, last)).days
        yield _violation(
            post,
            f"所印最晚出生日{window.end}之人在{last}未满{youngest}周岁，范围宽了{wide}天",
            facts,
            f"最晚出生日改为{window.end - wide * DAY}",
        )


def _days(announcement: Announcement) -> tuple[date, date] | None:
    """First and last day on which an age may be counted; None if the announcement doesn't say."""
    if isinstance(announcement.cutoff, date):
        return announcement.cutoff, announcement.cutoff
    registration = announcement.registration
    if announcement.cutoff and registration and registration.start and registration.end:
        return registration.start.date(), registration.end.date()
    return None


def _undecided(announcement: Announcement, post: Position, age: Age) -> Finding | None:
    if announcement.cutoff is None:
        message = f"未写年龄计算截止日，无法核对年龄条件（{CITED}）"
    elif age.window is not None and _days(announcement) is None:
        message = f"以报名当日计算年龄而未写报名起止日，无法核对出生日期范围（{CITED}）"
    else:
        return None
    return Finding(
        provision="18.3",
        rule=RULE,
        outcome=Outcome.UNDETERMINED,
        subject=post.code,
        message=message,
        facts={"cutoff": announcement.cutoff},
        remedy="写明年龄计算截止日" if announcement.cutoff is None else "写明报名起止日",
    )


def _lawful(announcement: Announcement, post: Position, age: Age, legal: Legal) -> Finding:
    youngest, oldest = legal
    highest = lawful_maximum(post, oldest)
    counted = f"截至{announcement.cutoff}" if isinstance(announcement.cutoff, date) else "以报名当日计算"
    lower, upper = age.min or youngest, age.max or oldest
    message = f"{counted}，年龄条件{lower}至{upper}周岁，在{youngest}至{oldest}周岁之内（{CITED}）"
    if highest > oldest and post.scarce:
        message = f"{counted}，急需岗位放宽至{highest}周岁，理由：{post.scarce.reason}（{CITED}）"
    return Finding(
        provision="18.3",
        rule=RULE,
        outcome=Outcome.SATISFIED,
        subject=post.code,
        message=message,
        facts={"min": lower, "max": highest if highest > oldest else upper, "cutoff": announcement.cutoff},
    )


def _disagreement(announcement: Announcement, post: Position, age: Age, violations: list[Finding]) -> Iterator[Finding]:
    """The window is lawful and yet not what the announcement's own ages and reading give."""
    cutoff, window = announcement.cutoff, age.window
    if violations or window is None or not isinstance(cutoff, date):
        return
    edges = []
    if window.start and age.max is not None:
        readings = [announcement.age_reading] if announcement.age_reading else ["completed_years", "birthday_inclusive"]
        limits = [age.max, *(relaxed.max for relaxed in age.relax)]
        own = [earliest_birth(limit, cutoff, reading) for limit in limits for reading in readings]
        if window.start not in own:
            edges.append(f"所印最早出生日{window.start}，按{age.max}周岁上限推算为{own[0]}")
    if window.end and age.min is not None and window.end != (own_end := latest_birth(age.min, cutoff)):
        edges.append(f"所印最晚出生日{window.end}，按{age.min}周岁下限推算为{own_end}")
    if edges:
        yield Finding(
            provision="18.3",
            rule="announcement.age_window",
            outcome=Outcome.ADVICE,
            subject=post.code,
            message=f"截至{cutoff}，{'；'.join(edges)}，两者不一致（{CITED}）",
            facts={"window": window.model_dump(by_alias=True), "cutoff": cutoff},
            remedy="改为与年龄条件一致的出生日期",
        )


def _violation(post: Position, message: str, facts: dict[str, object], remedy: str) -> Finding:
    return Finding(
        provision="18.3",
        rule=RULE,
        outcome=Outcome.VIOLATED,
        subject=post.code,
        message=f"{message}（{CITED}）",
        facts=facts,
        remedy=remedy,
    )
