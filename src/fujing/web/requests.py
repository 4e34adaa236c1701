"""What a view is given: a request behind the middleware, which knows who acts."""

from __future__ import annotations

from django.http import HttpRequest

from fujing.kernel.actor import Actor


class Request(HttpRequest):
    """A request after `ActorMiddleware`. For types only: no instance of it is ever made.

    `actor` is whoever signed in, in their territory; a visitor has no `account_id`.
    """

    actor: Actor
