"""Short messages to telephones, by the gateway that the installation names; none by default.

A gateway only delivers: what is said, to whom and when belongs to the sections, and the sending to a background task.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils import timezone

SECONDS = 10


class Undelivered(Exception):
    """The gateway did not take the message; trying again is safe. Says neither number nor text."""


class Gateway(Protocol):
    """Takes one message."""

    def send(self, phone: str, text: str) -> None:
        """Hand the message over, or raise Undelivered."""


class FileGateway:
    """For tests and demonstrations: a file a message in DATA/messages, and nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, phone: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{timezone.now():%Y%m%dT%H%M%S%f}.json"
        path.write_text(json.dumps({"phone": phone, "text": text}, ensure_ascii=False), encoding="utf-8")


class HttpGateway:
    """Posts JSON to an address. The names of the two fields, more fields and the sign of success are settings."""

    def __init__(self, url: str, *, token: str, fields: tuple[str, str], extra: dict[str, Any], success: str) -> None:
        if not url.startswith(("https://", "http://")):
            raise ValueError("FUJING_SMS_URL: http(s)://…")
        self.url, self.token, self.fields, self.extra, self.success = url, token, fields, extra, success

    def send(self, phone: str, text: str) -> None:
        body = {**self.extra, self.fields[0]: phone, self.fields[1]: text}
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = Request(self.url, json.dumps(body, ensure_ascii=False).encode(), headers)  # noqa: S310
        try:
            with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                said = answer.read(100_000).decode("utf-8", "replace")
        except HTTPError as error:
            error.close()
            raise Undelivered(f"HTTP {error.code}") from None
        except (URLError, OSError) as error:
            # Only the kind: an error's own text may repeat what was sent.
            raise Undelivered(type(error).__name__) from None
        if self.success not in said:
            raise Undelivered("the answer has no sign of success")


def gateway() -> Gateway | None:
    """The one that settings name, or None: then nobody is told anything, and the pages say so."""
    if settings.SMS == "file":
        return FileGateway(settings.DATA / "messages")
    if settings.SMS == "http":
        return HttpGateway(
            settings.SMS_URL,
            token=settings.SMS_TOKEN,
            fields=(settings.SMS_PHONE_FIELD, settings.SMS_TEXT_FIELD),
            extra=settings.SMS_EXTRA,
            success=settings.SMS_SUCCESS,
        )
    return None


def sends() -> bool:
    """Whether this installation sends short messages."""
    return settings.SMS in ("file", "http")
