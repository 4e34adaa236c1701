"""The rules on who is sent: each says nothing, or one sentence. Violated comes before undetermined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from fujing.law.catalogue import ARTICLES, LABELS
from fujing.law.duties.people import held
from fujing.law.duties.told import Case, Told, undetermined, violated
from fujing.law.findings import Outcome
from fujing.law.roster.certificates import Certificate

DRIVING = re.compile("^(?!.*(?:无人机|航空|飞行)).*(?:驾驶|驾照|驾证|船员)")
"""A licence to drive a vehicle or a boat; one for drones is none."""
DRIVING_LICENCE = "驾驶证、船员证"


def person(case: Case) -> Told | None:
    """谁使用、谁管理、谁负责: only the organ's own people, in service that day, are sent."""
    number, day = case.order.id_number, case.order.day
    if case.person is None:
        said = f"公民身份号码{number}不在{case.source}上或者号码有误" if number else "没有填公民身份号码"
        return violated("5.p1", f"{said}，不知道派的是谁", "核对号码，只派本机关在职的警务辅助人员", id_number=number)
    someone = case.person
    if day is None or someone.in_service(day):
        return None
    gone = someone.left is not None and someone.left <= day
    when = f"{someone.left}离职" if gone else f"{someone.hired}才入职"
    return violated("5.p1", f"{day}不在职（{when}）", "改派在职人员", hired=someone.hired, left=someone.left, day=day)


def excluded(case: Case) -> Told | None:
    """治安联防、治安志愿者、护村队、护校队…膳食、保洁等后勤工作的人员，不属于警务辅助人员."""
    words = case.known.excluded
    if words is None:
        return None
    return violated("3.p3", f"{case.source}写明是“{words}”，不属于警务辅助人员", "改派警务辅助人员", words=words)


def category(case: Case) -> Told | None:
    """文职 does the work of Article 9, 勤务 that of Articles 10 and 11."""
    article, own = case.order.article, case.known.category
    if article is None:
        return None
    if own is None:
        return undetermined(article, f"{case.source}没有写明是文职还是勤务", f"在{case.source}补填类别")
    if article in ARTICLES[own]:
        return None
    other = LABELS["field" if own == "civil" else "civil"]
    return violated(
        article,
        f"{LABELS[own]}警务辅助人员被派做{other}的工作（{case.order.item}）",
        f"改派{other}人员",
        category=own,
        item=case.order.item,
    )


def induction(case: Case) -> Told | None:
    """岗前培训 comes before the first duty."""
    done, day = case.known.induction, case.order.day
    if done == "无":
        return violated("24", "没有参加过岗前培训", "先培训，后派勤")
    if done is None:
        return undetermined("24", f"{case.source}没有填岗前培训日期", f"在{case.source}补填岗前培训日期")
    if day is None:
        return _without_day("24")
    if done > day:
        return violated("24", f"{done}才参加岗前培训，晚于派勤的{day}", "先培训，后派勤", induction=done, day=day)
    return None


def card(case: Case) -> Told | None:
    """持证上岗: a work card that is valid on the day."""
    someone, day = case.known, case.order.day
    if someone.card == "无":
        return violated("26", "没有工作证件", "先配发工作证件，后派勤")
    if someone.card_until is not None and day is not None and someone.card_until < day:
        return violated(
            "26",
            f"工作证件{someone.card_until}到期，早于派勤的{day}",
            "换发工作证件后再派",
            until=someone.card_until,
            day=day,
        )
    columns = {"card_number": ("工作证号", someone.card), "card_valid_to": ("工作证有效期", someone.card_until)}
    empty = [label for key, (label, value) in columns.items() if key in case.roster_columns and value is None]
    if empty:
        return undetermined("26", f"{case.source}没有填{'、'.join(empty)}", f"在{case.source}补填")
    return _without_day("26") if day is None and someone.card_until else None


def qualification(case: Case) -> Told | None:
    """依法需要具备相应资质的，应当取得相应资质证书: every one that the order needs, valid on the day."""
    needs = case.order.needs
    if not needs:
        return None
    if case.known.certificates is None:
        return undetermined(
            "12",
            f"需要{'、'.join(needs)}，{case.source}没有填资质证书",
            f"在{case.source}补填资质证书",
            needs=list(needs),
        )
    certificates = case.known.certificates
    return _graver(_needed(needed, certificates, case.order.day) for needed in needs)


def leave(case: Case) -> Told | None:
    """享有的假期: nobody on leave or suspended is sent."""
    open_: Told | None = None
    for each in case.absences:
        if each.kind == "recusal":
            continue
        covered = each.meets(case.order)
        label = {"leave": "请假", "suspension": "停职", None: "请假或者停职"}[each.kind]
        period = f"{each.start or '（未填）'}至{each.end or '（未填）'}"
        if covered and each.kind is not None:
            return violated("36", f"{period}{label}，不能派勤", "改派他人", start=each.start, end=each.end, kind=label)
        if covered is not False:
            open_ = undetermined(
                "36", f"请假表（{period}）没有填全，不知道这天是否{label}", "补填请假表", start=each.start, end=each.end
            )
    return open_


def recusal(case: Case) -> Told | None:
    """可能影响其公正履行职责的，应当回避."""
    where = _plain(f"{case.order.text or ''}\n{case.order.place or ''}")
    open_: Told | None = None
    for each in case.absences:
        if each.kind != "recusal":
            continue
        if each.matter is None:
            open_ = undetermined("30", "请假表写了回避而没有写事由", "补填回避的事由")
        elif _plain(each.matter) in where:
            return violated("30", f"内容或者地点涉及应当回避的“{each.matter}”", "改派他人", matter=each.matter)
    return open_


def driving(case: Case) -> Told | None:
    """可以在人民警察指挥下驾驶警用车辆、船艇等交通工具, with a licence that is valid that day."""
    if not case.order.drives:
        return None
    if case.unled:
        return violated("27.p1", "驾驶车船而没有指挥民警", "写明指挥民警")
    if case.person is None or not case.certified:
        return None
    certificates = case.person.certificates
    if certificates is None:
        return undetermined("27.p1", f"驾驶车船，{case.source}没有填资质证书", f"在{case.source}补填驾驶证和有效期")
    licences = tuple(each for each in certificates if DRIVING.search(each.name))
    found = max(licences, key=lambda each: each.valid_to or date.max, default=None)
    if found is None:
        return violated("27.p1", f"驾驶车船而没有{DRIVING_LICENCE}", "改派持有驾驶证的人员")
    day = case.order.day
    valid = any(each.valid_to and day and each.valid_to >= day for each in licences)
    if valid:
        return None
    if found.valid_to is None or day is None:
        return undetermined("27.p1", f"{found.name}没有写明有效期" if day else "没有填日期", "补填有效期")
    return violated(
        "27.p1",
        f"{found.name}于{found.valid_to}到期，早于派勤的{day}",
        "改派证件有效的人员",
        until=found.valid_to,
        day=day,
    )


def _needed(needed: str, certificates: tuple[Certificate, ...], day: date | None) -> Told | None:
    """What is wrong with one needed certificate, or not to be told of it."""
    how, found = held(certificates, needed, day)
    if found is None:
        return violated("12", f"没有{needed}", "改派持有证书的人员", needed=needed)
    facts = {"needed": needed, "held": found.name, "until": found.valid_to, "day": day}
    if how == "expired":
        return violated("12", f"{found.name}于{found.valid_to}到期，早于派勤的{day}", "改派证书有效的人员", **facts)
    if how == "unclear":
        return undetermined("12", f"{found.name}是不是所需的{needed}待核实", "写明证书的全称", **facts)
    if how == "undated" and day is None:
        return undetermined("12", "没有填日期，不知道证书当天是否有效", "补填日期", **facts)
    if how == "undated":
        return undetermined("12", f"{found.name}没有写明有效期", "补填有效期", **facts)
    return None


def _graver(told: Iterable[Told | None]) -> Told | None:
    """What is violated before what is undetermined, the first of its kind."""
    said = [each for each in told if each is not None]
    return next((each for each in said if each.outcome is Outcome.VIOLATED), said[0] if said else None)


def _without_day(provision: str) -> Told:
    return undetermined(provision, "没有填日期，不知道当天是否有效", "补填日期")


def _plain(text: str) -> str:
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))
