"""A refusal says what, why with the numbers, by which provision, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.db import DatabaseError, IntegrityError, OperationalError

M = TypeVar("M")


class Refusal(Exception):
    """An act that may not happen. `provisions` are addresses such as `16.p3`; the message is a Chinese sentence."""

    def __init__(
        self,
        message: str,
        *,
        provisions: tuple[str, ...] = (),
        facts: dict[str, Any] | None = None,
        remedy: str = "",
        errors: dict[str, list[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.provisions = provisions
        self.facts = facts or {}
        self.remedy = remedy
        self.errors = errors or {}


def stated(text: str, field: str, sentence: str, *, refusal: str = "", provisions: tuple[str, ...] = ()) -> str:
    """What somebody wrote, without blanks around it. Raises Refusal for nothing, with the sentence at the field."""
    if said := text.strip():
        return said
    raise Refusal(refusal or sentence, provisions=provisions, errors={field: [sentence]})


class NotFound(Exception):
    """There is no such thing, or none that the actor may know of: which of the two is never told (HTTP 404)."""


def existing(row: M | None, sentence: str) -> M:
    """A row that was looked for. Raises NotFound with the sentence where there is none."""
    if row is None:
        raise NotFound(sentence)
    return row


class NotAllowed(Refusal):
    """The actor may see the thing but not do this with it (HTTP 403)."""


class Busy(Refusal):
    """Somebody else holds the same scarce thing; nothing was written and trying again is safe."""


LOCK_NOT_AVAILABLE = "55P03"
TOO_MUCH = {
    "22001": "有文字超过能保存的长度，本次未写入任何内容，请改短后再办理。",
    "22003": "有数字超过能保存的范围，本次未写入任何内容，请核对后再办理。",
    "22008": "有日期超过能保存的范围，本次未写入任何内容，请核对后再办理。",
}
"""By SQLSTATE: what fits no column. A form says so at its field; this is for what comes by file or by command."""
RAISED = "FJ001"  # SQLSTATE of our own triggers; DETAIL carries the provision


def constraint_sentence(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The Chinese sentence and provisions declared beside a constraint of that name."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                provision = str(getattr(constraint, "violation_error_code", None) or "")
                return str(constraint.violation_error_message), tuple(filter(None, provision.split()))
    return None


def explain(error: DatabaseError) -> Refusal | None:
    """What a refused write means in the users' words, or None when it is not one of our guarantees."""
    cause = error.__cause__
    diagnostics = getattr(cause, "diag", None)
    if diagnostics is None:
        return None
    if diagnostics.sqlstate == RAISED:
        provisions = tuple((diagnostics.message_detail or "").split())
        return Refusal(diagnostics.message_primary or "", provisions=provisions)
    if diagnostics.sqlstate == LOCK_NOT_AVAILABLE:
        return Busy("其他人正在办理同一事项，本次未写入任何内容，请稍后重试。")
    if diagnostics.sqlstate in TOO_MUCH:
        return Refusal(TOO_MUCH[diagnostics.sqlstate])
    found = constraint_sentence(diagnostics.constraint_name or "")
    return Refusal(found[0], provisions=found[1]) if found else None


@contextmanager
def speaking() -> Iterator[None]:
    """Turn refusals of the database into Refusal; anything else rises unchanged."""
    try:
        yield
    except (IntegrityError, OperationalError, DatabaseError) as error:
        refusal = explain(error)
        if refusal is None:
            raise
        raise refusal from error
