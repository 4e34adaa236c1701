"""Two people in one form: it carries what it showed, and nobody overwrites what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core import signing
from django.db.models import Model
from django.utils import timezone

from fujing.kernel.digests import digest_of
from fujing.kernel.refusals import Refusal
from fujing.kernel.timeline import last_entry
from fujing.web import values
from fujing.web.requests import Request

SALT = "fujing.web.seen"
Content = Mapping[str, str]
"""What a form shows, by the name that its users read: 理由, 岗位“一线执勤”（勤务）."""


def last_change(row: Model) -> str:
    """Who changed a row last, and when."""
    entry = last_entry(row)
    return f"{entry.actor}在 {timezone.localtime(entry.at):%H:%M} 改过" if entry else "有人改过"


class Seen:
    """What a form showed when it was opened, carried in its hidden field `seen`.

    `content` is what stands now; a form without the field, or with one that was tampered with, saw nothing.
    """

    def __init__(self, request: Request, content: Content) -> None:
        self.shown = dict(content)
        if request.method == "POST":
            try:
                self.shown = signing.loads(values.token(request.POST, "seen"), salt=SALT)
            except signing.BadSignature:
                self.shown = {}

    @property
    def token(self) -> str:
        """For the hidden field: what the page that is rendered now is based on."""
        return signing.dumps(self.shown, salt=SALT, compress=True)

    def check(self, row: Model, content: Content) -> None:
        """Refuse, with the row locked, when its `content` is not what the form showed; say who changed what.

        The next page carries the new content, so that saving once more is a choice made with open eyes.
        """
        shown, self.shown = self.shown, dict(content)
        if shown != self.shown:
            raise Refusal(
                f"打开本页以后{last_change(row)}，没有保存。核对下面的改动后再按保存，以您填写的为准。",
                errors={"__all__": differences(shown, self.shown)},
            )


class SeenWhole:
    """The same for a form that shows a document or a part of one: what it showed is known by its digest alone."""

    def __init__(self, request: Request, content: Any) -> None:
        self.token = values.token(request.POST, "seen") if request.method == "POST" else digest_of(content)

    def check(
        self, row: Model, now: Any, then: str, differences: Callable[[], list[str]] | None = None, part: str = ""
    ) -> None:
        """Refuse, with the row locked, when `now` is not what the form showed; `then` says what to do.

        Where differences are told, the next page is based on what stands now.
        """
        if self.token == digest_of(now):
            return
        told = []
        if differences:
            self.token, told = digest_of(now), differences()
        raise Refusal(f"打开本页以后{last_change(row)}{part}，没有保存。{then}", errors={"__all__": told})


def differences(before: Content, now: Content) -> list[str]:
    """What somebody else changed, in words."""
    told: list[str] = []
    for name in {**before, **now}:
        was, becomes = before.get(name), now.get(name)
        if was == becomes:
            continue
        if was is None:
            told.append(f"增加了{name}：{becomes}")
        elif becomes is None:
            told.append(f"删去了{name}：{was}")
        else:
            told.append(f"{name}由“{was}”改为“{becomes}”")
    return told


def any_of(value: Any) -> str:
    """A value as a form shows it; nothing as a dash."""
    return "—" if value is None or value == "" else str(value)
