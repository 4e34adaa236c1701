"""Whether the Measures speak of this announcement at all: their day, their people, their province (第四十六、三、二条)."""

from __future__ import annotations

import re
from datetime import date

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.jurisdiction import PROVINCE_CODE, is_of_another_province
from fujing.law.provisions import cite, measures

KINDS = ("public_security", "judicial_administration")
DETENTION_WATCH = re.compile("留置[^，。；、]{0,6}(?:看护|看守|监护)|(?:看护|看守|监护)[^，。；、]{0,4}留置")
"""留置 is the supervisory commission's measure, so whoever watches over it serves no public security organ."""


def dated_on(announcement: Announcement) -> date | None:
    """The day that decides which law applies: cut-off, else registration, else publication."""
    if isinstance(announcement.cutoff, date):
        return announcement.cutoff
    registration = announcement.registration
    moment = registration and (registration.start or registration.end)
    return moment.date() if moment else announcement.announced_on


def out_of_scope(announcement: Announcement, day: date) -> Finding | None:
    """The one thing to say of an announcement that the Measures don't judge; None if they do."""
    return _not_yet_in_force(day) or _not_an_auxiliary(announcement) or _not_in_the_province(announcement)


def _not_yet_in_force(day: date) -> Finding | None:
    effective = measures().effective
    if day >= effective:
        return None
    return Finding(
        provision="46",
        rule="announcement.in_force",
        outcome=Outcome.UNDETERMINED,
        message=f"公告日期为{day}，早于本办法施行日{effective}（第四十六条），应按当时的规定判断",
        facts={"date": day, "effective": effective},
        remedy="按公告当时的规定核对",
    )


def _not_an_auxiliary(announcement: Announcement) -> Finding | None:
    organ = announcement.organ
    names = (announcement.title, *(post.name for post in announcement.positions))
    watched = next((name for name in names if DETENTION_WATCH.search(name)), None)
    if organ.kind in KINDS and watched is None:
        return None
    said = f"“{watched}”写的是留置看护" if watched else f"{organ.name}的机关类别写作“{organ.kind}”，不是公安机关"
    return Finding(
        provision="3.p1",
        rule="announcement.auxiliaries",
        outcome=Outcome.UNDETERMINED,
        message=f"{said}，所招人员不是为公安机关提供辅助支持的警务辅助人员（{cite('3.p1')}），不按本办法判断",
        facts={"kind": organ.kind, "words": watched},
        remedy="按该机关适用的规定核对",
    )


def _not_in_the_province(announcement: Announcement) -> Finding | None:
    organ = announcement.organ
    if organ.code is not None and not organ.code.startswith(PROVINCE_CODE):
        said = f"机关代码{organ.code}不以{PROVINCE_CODE}开头"
    elif organ.province is not None and organ.province.removesuffix("省") != "四川":
        said = f"机关所在省写作“{organ.province}”"
    elif is_of_another_province(organ.name):
        said = f"机关名称为“{organ.name}”"
    else:
        return None
    return Finding(
        provision="2",
        rule="announcement.province",
        outcome=Outcome.UNDETERMINED,
        message=f"{said}，不在四川省行政区域内，不适用本办法（{cite('2')}）",
        facts={"code": organ.code, "province": organ.province, "name": organ.name},
        remedy="按当地的规定核对",
    )
