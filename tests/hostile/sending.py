"""One request of somebody, judged while what it wrote still stands, then undone: the next one meets the same world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from traceback import extract_tb

from django.db import Error, connection, transaction
from django.test import Client


@dataclass(frozen=True)
class Asked:
    """One request, as it would be written down to repeat it."""

    who: str
    method: str
    path: str
    body: bytes = b""
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.who}: {self.method} {self.path[:300]} {self.kind} {self.body[:600]!r}"


@dataclass(frozen=True)
class Answer:
    """What came back: `cause` says what is wrong with it, as of a server's fault the line that failed."""

    status: int
    body: bytes
    kind: str
    cause: str = ""


Judge = Callable[[Asked, Answer], str]
"""Says what is wrong with an answer; nothing if it may be."""


def fault_of_ours(asked: Asked, answer: Answer) -> str:
    """A server's fault is never the visitor's."""
    return answer.cause or f"status {answer.status}" if answer.status >= 500 else ""


def send(client: Client, asked: Asked, judge: Judge = fault_of_ours) -> Answer:
    """The answer to one request, with the judge's word as its cause; what it wrote is checked as at its end."""
    client.raise_request_exception = False
    path, _, query = asked.path.partition("?")
    kept = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        answer = client.generic(asked.method, path, asked.body, asked.kind or "text/plain", QUERY_STRING=query)
        body = answer.getvalue() if not answer.streaming else b"".join(answer.streaming_content)
        cause = failed_at(answer.exc_info[1]) if answer.status_code >= 500 and answer.exc_info else ""
        status = answer.status_code
        if asked.method == "POST" and status < 500 and not connection.needs_rollback:
            try:
                connection.check_constraints()
            except Error as error:
                status, cause = 500, f"at the end of the transaction: {error}"
        found = Answer(status, body, answer.headers.get("Content-Type", ""), cause)
        found = replace(found, cause=judge(asked, found))
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return found


def failed_at(error: BaseException) -> str:
    """The last line of ours that an exception passed, and what it says."""
    ours = [frame for frame in extract_tb(error.__traceback__) if "/fujing/" in frame.filename]
    lines = ours or list(extract_tb(error.__traceback__))
    last = lines[-1]
    return f"{last.filename.rpartition('/src/')[2]}:{last.lineno} {type(error).__name__}: {str(error)[:200]}"
