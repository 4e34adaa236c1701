"""The doors of pages: whom a page lets in is declared at its view, so that links to it can ask before they are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import resolve

from fujing.kernel.actor import Actor
from fujing.web.audience import sees
from fujing.web.requests import Request

CLOSED = "您的账号不能查看此页面。"


def door(*roles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Lets in who has one of the roles; anybody else gets 403. What may be done inside is for the policies to say."""

    def fitted(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def entered(request: Request, *args: Any, **kwargs: Any) -> Any:
            if not sees(request.actor, roles):
                raise PermissionDenied(CLOSED)
            return view(request, *args, **kwargs)

        entered.lets_in = frozenset(roles)  # type: ignore[attr-defined]
        return entered

    return fitted


def opens(actor: Actor, address: str) -> bool:
    """Whether the page at one of our addresses lets the actor in; one without a door lets in everybody."""
    lets_in = getattr(resolve(address.partition("?")[0]).func, "lets_in", None)
    return lets_in is None or sees(actor, lets_in)
