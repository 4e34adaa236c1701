"""The days of an ending: probation, notice, help with another job, certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fujing.law.contracts import Said
from fujing.law.leaving.ways import WAYS
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later


@dataclass(frozen=True, slots=True)
class Service:
    """An employment: its first day, whether its contract was signed here, and the day after its probation, if any."""

    began: date
    signed: bool
    probation_until: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, None where it can't be told, and why."""

    days: int | None
    because: str


def in_probation(p: Parameters, service: Service, day: date) -> Said:
    """Whether a day lies within probation. Without a contract here, it is over when the longest one would be."""
    longest = p["contract.probation.max"]
    if service.probation_until is not None:
        last = service.probation_until - timedelta(days=1)
        return Said(day <= last, f"试用期到{last}止，{day}{'在试用期内' if day <= last else '已过试用期'}")
    if service.signed:
        return Said(False, "合同没有约定试用期")
    if longest is not None and months_later(service.began, longest) <= day:
        return Said(False, f"{service.began}上岗，到{day}已过最长{longest}个月的试用期（劳动合同法第十九条）")
    return Said(None, "没有在本系统签订合同，试用期到哪一天待核实")


def notice(p: Parameters, way: str, service: Service, on: date, *, paid_instead: bool = False) -> Days:
    """How many days lie between the notice of a day and the last day of work."""
    whose = WAYS[way].notice
    if not whose:
        return Days(0, "不需要提前通知")
    if whose == "bureau" and paid_instead:
        return Days(0, "额外支付一个月工资，不需要提前通知（劳动合同法第四十条）")
    if whose == "person":
        within = in_probation(p, service, on)
        if within.holds is None:
            return Days(None, f"{within.because}，提前通知的天数待核实")
        whose = "probation" if within.holds else "person"
    days = p[f"leaving.notice.{whose}"]
    if days is None:
        return Days(None, f"没有登记{on}适用的规定，提前通知的天数待核实")
    who = {"bureau": "单位", "person": "本人", "probation": "本人在试用期内"}[whose]
    return Days(days, f"{who}提前{days}日书面通知（{WAYS[way].statute or '劳动合同法第四十条'}）")


def earliest_last_day(on: date, days: int) -> date:
    """The first day that may be the last one, after a notice of a day."""
    return on + timedelta(days=days)


def placement_due(p: Parameters, way: str, service: Service, last_day: date, age_or_health: bool | None) -> Said:
    """Whether help with another job comes before the ending (Article 37): for reasons of age or health, after the set
    years. What isn't known asks for it too."""
    health = WAYS[way].health
    reason = age_or_health if health is None else health
    if reason is False:
        return Said(False, "不是因年龄和身体条件解除")
    years = p["leaving.placement.years"]
    if years is None:
        return Said(None, "没有登记当地规定的工作年限，按应当提供转岗就业帮助办理（第三十七条）")
    if last_day < months_later(service.began, 12 * years):
        return Said(False, f"{service.began}上岗，到{last_day}工作未满{years}年")
    if reason is None:
        return Said(None, "是否因年龄和身体条件解除没有写明，按应当提供转岗就业帮助办理（第三十七条）")
    return Said(True, f"{service.began}上岗，到{last_day}工作满{years}年，解除前提供转岗就业帮助（第三十七条）")


def certificate_until(p: Parameters, last_day: date) -> date | None:
    """The last day for certificate, file and insurance (inclusive); None where no parameter applies."""
    days = p["leaving.certificate.days"]
    return None if days is None else last_day + timedelta(days=days)
