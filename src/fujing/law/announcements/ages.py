"""Ages of each post, judged at the cut-off on the widest lawful reading (第十八条第（三）项)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fujing.law.ages import age_on, birthday
from fujing.law.announcements.births import DAY, earliest_birth, latest_birth
from fujing.law.announcements.reasons import says_nothing
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Age, Position
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later
from fujing.law.provisions import cite

CITED = cite("18.3")
RULE = "announcement.age"


@dataclass(frozen=True, slots=True)
class Legal:
    """The law's numbers on the announcement's day, in full years: the Measures' lowest and highest age, the highest
    relaxed one that nobody asks about, and the retirement age that no relaxation reaches."""

    youngest: int
    oldest: int
    unasked: int
    retired: int

    @classmethod
    def of(cls, post: Position, p: Parameters) -> Legal:
        """For a post: its sex limit decides which retirement age counts."""
        retirement = p["recruitment.age.retirement"]["female" if post.sex == "female" else "male"]
        asked = p["recruitment.age.relaxed_advice"]
        return cls(p["recruitment.age.min"], p["recruitment.age.max"], asked, retirement)


def ages(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    """年满18周岁、不超过35周岁；急需的专业技术、专门技能人员可以适当放宽."""
    for post in announcement.positions:
        age, legal = post.conditions.age or Age.model_validate({}), Legal.of(post, p)
        violations = [*_limits(post, age, legal), *_window(announcement, post, age, legal)]
        yield from violations
        if not violations:
            yield _undecided(announcement, post, age, legal) or _lawful(announcement, post, age, legal)
            yield from _wide(announcement, post, legal)
            yield from _disagreement(announcement, post, age)
    yield from _cutoff(announcement, p)


def highest_stated(post: Position) -> int | None:
    """The highest age that the post's own words let in, whoever it is for; None if it states none."""
    age = post.conditions.age
    stated = [age.max, *(relaxed.max for relaxed in age.relax)] if age else []
    return max((each for each in stated if each is not None), default=None)


def lawful_maximum(post: Position, legal: Legal) -> int:
    """The highest age that the post may admit: the Measures', or what it states where it is marked scarce with a
    reason, below the retirement age. Whether that reason says anything is asked apart."""
    age = post.conditions.age
    if age is None or not _is_scarce(post):
        return legal.oldest
    relaxed = [relaxed.max for relaxed in age.relax if set(relaxed.when) == {"scarce_skill"}]
    return max([legal.oldest, *(each for each in (age.max, *relaxed) if each is not None and each < legal.retired)])


def _is_scarce(post: Position) -> bool:
    return post.scarce is not None and post.scarce.reason is not None


def _limits(post: Position, age: Age, legal: Legal) -> Iterator[Finding]:
    highest = lawful_maximum(post, legal)
    facts = {"age": age.model_dump(exclude_none=True, by_alias=True), "scarce": _is_scarce(post)}
    if age.min is not None and age.min < legal.youngest:
        message, remedy = f"年龄下限{age.min}周岁，低于{legal.youngest}周岁", f"下限改为{legal.youngest}周岁以上"
        yield _finding(post, message, facts, remedy)
    stated = [(age.max, "年龄上限")] if age.max is not None else []
    for limit, what in (*stated, *((relaxed.max, "对部分人员放宽到") for relaxed in age.relax)):
        if limit <= highest:
            continue
        remedy = f"上限改为{legal.oldest}周岁，或者标明急需并写明理由"
        if _is_scarce(post) and limit >= legal.retired:
            why, remedy = f"达到法定退休年龄{legal.retired}周岁，不是适当放宽", f"放宽的上限降到{legal.retired}周岁以下"
        elif not _is_scarce(post):
            why = f"超过{legal.oldest}周岁，岗位未标明急需并写明理由"
        else:
            why, remedy = f"超过{legal.oldest}周岁，放宽不是针对急需技能人员", "只对急需岗位的急需技能人员放宽"
        yield _finding(post, f"{what}{limit}周岁，{why}", facts, remedy)


def _window(announcement: Announcement, post: Position, age: Age, legal: Legal) -> Iterator[Finding]:
    """Somebody inside the printed birth dates is outside the lawful ages, whenever they register."""
    window, days = age.window, _days(announcement)
    if window is None:
        return
    highest = lawful_maximum(post, legal)
    beyond = f"超过{'公告自定的' if highest > legal.oldest else ''}{highest}周岁上限"
    if _is_scarce(post) and highest_stated(post) is None:
        highest, beyond = legal.retired - 1, f"已到法定退休年龄{legal.retired}周岁"
    if days is None:
        yield from _on_no_day(post, age, highest, legal)
        return
    first, last = days
    facts = {"window": window.model_dump(by_alias=True), "cutoff": first, "max": highest}
    if window.start and birthday(window.start, highest + 1) <= first:
        wide = (earliest_birth(highest, first, "completed_years") - window.start).days
        yield _finding(
            post,
            f"所印最早出生日{window.start}之人在{first}已满{age_on(window.start, first)}周岁，{beyond}，范围宽了{wide}天",
            facts,
            f"最早出生日改为{window.start + wide * DAY}",
        )
    if window.end and birthday(window.end, legal.youngest) > last:
        wide = (window.end - latest_birth(legal.youngest, last)).days
        yield _finding(
            post,
            f"所印最晚出生日{window.end}之人在{last}未满{legal.youngest}周岁，范围宽了{wide}天",
            facts,
            f"最晚出生日改为{window.end - wide * DAY}",
        )


def _on_no_day(post: Position, age: Age, highest: int, legal: Legal) -> Iterator[Finding]:
    """Without a cut-off: the youngest comes of age only when the oldest is already beyond the limit."""
    window = age.window
    if window is None or window.start is None or window.end is None:
        return
    of_age, beyond = birthday(window.end, legal.youngest), birthday(window.start, highest + 1)
    if of_age >= beyond:
        yield _finding(
            post,
            f"所印最晚出生日{window.end}之人{of_age}才满{legal.youngest}周岁，最早出生日{window.start}之人{beyond}已满"
            f"{highest + 1}周岁，没有一个截止日能使这一范围合法",
            {"window": window.model_dump(by_alias=True), "max": highest},
            f"出生日期范围缩到{highest - legal.youngest + 1}年以内，并写明截止日",
        )


def _days(announcement: Announcement) -> tuple[date, date] | None:
    """First and last day on which an age may be counted; None if the announcement doesn't say."""
    if isinstance(announcement.cutoff, date):
        return announcement.cutoff, announcement.cutoff
    registration = announcement.registration
    if announcement.cutoff and registration and registration.start and registration.end:
        return registration.start.date(), registration.end.date()
    return None


def _undecided(announcement: Announcement, post: Position, age: Age, legal: Legal) -> Finding | None:
    beyond = _admitted(announcement, post, age)
    facts: dict[str, object] = {"cutoff": announcement.cutoff, "max": beyond}
    if beyond > legal.oldest and post.scarce is not None and says_nothing(post.scarce.reason):
        message = f"年龄放宽到{beyond}周岁，急需的理由只写“{post.scarce.reason}”，看不出急需什么专业技术、专门技能"
        remedy = "写明急需的专业技术或者专门技能"
    elif announcement.cutoff is None:
        message, remedy = "未写年龄计算截止日，无法核对年龄条件", "写明年龄计算截止日"
    elif age.window is not None and _days(announcement) is None:
        message, remedy = "以报名当日计算年龄而未写报名起止日，无法核对出生日期范围", "写明报名起止日"
    else:
        return None
    return _finding(post, message, facts, remedy, Outcome.UNDETERMINED)


def _admitted(announcement: Announcement, post: Position, age: Age) -> int:
    """The highest age that limits and window together let in; 0 where nothing is stated."""
    days = _days(announcement)
    oldest = age_on(age.window.start, days[0]) if age.window and age.window.start and days else 0
    return max(highest_stated(post) or 0, oldest)


def _lawful(announcement: Announcement, post: Position, age: Age, legal: Legal) -> Finding:
    highest = _highest(announcement, post, legal)
    counted = f"截至{announcement.cutoff}" if isinstance(announcement.cutoff, date) else "以报名当日计算"
    lower, upper = age.min or legal.youngest, age.max or legal.oldest
    message = f"{counted}，年龄条件{lower}至{upper}周岁，在{legal.youngest}至{legal.oldest}周岁之内"
    if highest > legal.oldest and post.scarce:
        message = f"{counted}，急需岗位放宽至{highest}周岁，理由：{post.scarce.reason}"
    facts: dict[str, object] = {"min": lower, "max": max(highest, upper) if highest > legal.oldest else upper}
    return _finding(post, message, facts | {"cutoff": announcement.cutoff}, None, Outcome.SATISFIED)


def _highest(announcement: Announcement, post: Position, legal: Legal) -> int:
    """What a lawful post lets in: the Measures' highest age, or on a scarce post what its words and window do."""
    age = post.conditions.age
    stated = _admitted(announcement, post, age) if age and _is_scarce(post) else 0
    return max(lawful_maximum(post, legal), stated)


def _wide(announcement: Announcement, post: Position, legal: Legal) -> Iterator[Finding]:
    highest = _highest(announcement, post, legal)
    if highest > legal.unasked:
        message = f"年龄上限放宽到{highest}周岁，比办法的{legal.oldest}周岁高{highest - legal.oldest}岁，请核对是否适当"
        yield _finding(post, message, {"max": highest}, "写明为何要放宽到这个年龄，或者降低上限", Outcome.ADVICE)


def _disagreement(announcement: Announcement, post: Position, age: Age) -> Iterator[Finding]:
    """The window is lawful and yet not what the announcement's own ages and reading give."""
    cutoff, window = announcement.cutoff, age.window
    if window is None or not isinstance(cutoff, date):
        return
    edges = []
    if window.start and age.max is not None:
        readings = [announcement.age_reading] if announcement.age_reading else ["completed_years", "birthday_inclusive"]
        limits = [age.max, *(relaxed.max for relaxed in age.relax)]
        own = [earliest_birth(limit, cutoff, reading) for limit in limits for reading in readings]
        if window.start not in own:
            edges.append(f"所印最早出生日{window.start}，按公告自定的{age.max}周岁上限推算为{own[0]}")
    if window.end and age.min is not None and window.end != (own_end := latest_birth(age.min, cutoff)):
        edges.append(f"所印最晚出生日{window.end}，按公告自定的{age.min}周岁下限推算为{own_end}")
    if edges:
        yield Finding(
            provision="18.3",
            rule="announcement.age_window",
            outcome=Outcome.ADVICE,
            subject=post.code,
            message=f"截至{cutoff}，{'；'.join(edges)}，公告前后不一致；在办法的年龄之内，属于公告自定的条件（{cite('18.6')}）",
            facts={"window": window.model_dump(by_alias=True), "cutoff": cutoff},
            remedy="改为与年龄条件一致的出生日期",
        )


def _cutoff(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    """The day on which ages are reckoned is one for all and lies near the registration."""
    cutoff, registration, remedy = announcement.cutoff, announcement.registration, "改为报名期间或者临近的一个截止日"
    start, end = (registration.start, registration.end) if registration else (None, None)
    if cutoff == "registration_day":
        message, remedy = "年龄以各人报名当日计算，报名早晚会影响是否合格", "改为统一的截止日"
    elif not isinstance(cutoff, date):
        return
    elif start and months_later(cutoff, p["recruitment.cutoff.months"]) < start.date():
        message = f"年龄计算到{cutoff}，比报名开始{start.date()}早一年以上，报名时已经超龄的人也会合格"
    elif end and cutoff > end.date():
        message = f"年龄计算到{cutoff}，晚于报名截止{end.date()}，报名时还不能确定谁合格"
    else:
        return
    yield Finding(
        provision="18.3",
        rule="announcement.age_cutoff",
        outcome=Outcome.ADVICE,
        message=f"{message}（{CITED}）",
        facts={"cutoff": cutoff, "registration": [each.date() for each in (start, end) if each]},
        remedy=remedy,
    )


def _finding(
    post: Position, message: str, facts: dict[str, object], remedy: str | None, outcome: Outcome = Outcome.VIOLATED
) -> Finding:
    return Finding(
        provision="18.3",
        rule=RULE,
        outcome=outcome,
        subject=post.code,
        message=f"{message}（{CITED}）",
        facts=facts,
        remedy=remedy,
    )
