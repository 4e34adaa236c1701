"""Sealed uploads at the door: the browser holds the key in a cookie of its own, and the file never lies readable here.

The cookie goes only to the pages below its path, to no script and to no other site.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse

from fujing.kernel import sealed_uploads
from fujing.kernel.actor import Actor
from fujing.kernel.sealed_uploads import KEPT, Gone, SealedUpload

PATH = "/desk/roster-check/"
COMPLAIN = "/complain/"
IN_MEMORY = (PATH, COMPLAIN, "/desk/complaints/")
"""What is sent to these pages never lies on the disk as it came."""
UNTRACED = (COMPLAIN, "/desk/complaints/", "/me/statements/")
"""What is typed on these pages is kept nowhere, not even as a draft on the device: others use it too."""
COOKIE = "sealed_upload"
MOST = 20 * 1024 * 1024
"""Bytes of a file that stays in memory while it is read."""
BESIDE = 64 * 1024
"""What the form sends beside the file, its name and the borders."""
LARGE = 2 * 1024 * 1024
AT_ONCE, WAIT = 2, 15.0
"""Larger files are read by so few at once on this machine; who comes later waits so many seconds for a place."""


class InMemory(MemoryFileUploadHandler):
    """What is sent to these pages stays in memory, whatever its size; elsewhere a large file lies on the disk meanwhile."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **named: Any) -> None:  # noqa: N803
        super().handle_raw_input(input_data, META, content_length, *rest, **named)
        self.activated = self.activated or (self.request is not None and self.request.path.startswith(IN_MEMORY))


def hand_over(response: HttpResponse, upload: SealedUpload) -> HttpResponse:
    """Give the key to the browser, and to nobody else."""
    response.set_cookie(
        COOKIE,
        upload.token,
        max_age=KEPT,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def taken(request: HttpRequest, actor: Actor) -> SealedUpload:
    """The actor's upload. Raises Gone."""
    if actor.account_id is None:
        raise Gone(PATH)
    return sealed_uploads.opened(actor.account_id, request.COOKIES.get(COOKIE, ""))


def drop(response: HttpResponse, actor: Actor) -> HttpResponse:
    """Remove what the actor has uploaded, and its key from the browser."""
    if actor.account_id is not None:
        sealed_uploads.forget(actor.account_id)
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response
