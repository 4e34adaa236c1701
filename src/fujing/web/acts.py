"""Calling a service from a page: one savepoint, refusals shown where the person looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest

from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.provisions import cite

T = TypeVar("T")


def sentence(refusal: Refusal) -> str:
    """The refusal with its provisions and remedy, unless the message names them already."""
    cited = [cite(address) for address in refusal.provisions if cite(address) not in refusal.message]
    return refusal.message + (f"（{'、'.join(cited)}）" if cited else "") + refusal.remedy


def perform(request: HttpRequest, call: Callable[[], T], form: forms.BaseForm | None = None) -> T | None:
    """Run one service call. A refusal undoes what it wrote, is shown, and gives None.

    Field errors go to the form's fields, the sentence to the form or, without one, to the page's messages.
    NotAllowed becomes 403.
    """
    try:
        with transaction.atomic(), speaking():
            result = call()
    except NotAllowed as forbidden:
        raise PermissionDenied(forbidden.message) from forbidden
    except ValidationError as error:
        refusal = Refusal(
            "", errors=error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        )
    except Refusal as caught:
        refusal = caught
    else:
        return result
    if form is None:
        lines = [text for texts in refusal.errors.values() for text in texts]
        messages.error(request, " ".join([sentence(refusal), *lines]))
        return None
    for field, texts in refusal.errors.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)  # type: ignore[attr-defined]
    said = {text for texts in refusal.errors.values() for text in texts}
    if refusal.message and refusal.message not in said:
        form.add_error(None, sentence(refusal))  # type: ignore[attr-defined]
    return None
