"""Acts on a page: what may be done now and what not, the second look before it, and the call of the service.

A service runs in one savepoint; its refusal is shown where the person looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.transitions import Transition, TransitionTable
from fujing.law.provisions import cite
from fujing.registry.states import Role
from fujing.web import values
from fujing.web.requests import Request

T = TypeVar("T")


def sentence(refusal: Refusal) -> str:
    """The refusal with its provisions and remedy, unless the message names them already."""
    cited = [cite(address) for address in refusal.provisions if cite(address) not in refusal.message]
    return refusal.message + (f"（{'、'.join(cited)}）" if cited else "") + refusal.remedy


def perform(
    request: Request, call: Callable[[], T], form: forms.BaseForm | None = None, *, writes: bool = True
) -> T | None:
    """Run one service call. A refusal undoes what it wrote, is shown, and gives None.

    Field errors go to the form's fields, the sentence to the form or, without one, to the page's messages.
    NotAllowed becomes 403. A call that only looks (not `writes`) needs no savepoint.
    """
    try:
        with transaction.atomic() if writes else nullcontext(), speaking():
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
    for name, texts in refusal.errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)  # type: ignore[attr-defined]
    said = {text for texts in refusal.errors.values() for text in texts}
    if refusal.message and not said & {refusal.message, sentence(refusal)}:
        form.add_error(None, sentence(refusal))  # type: ignore[attr-defined]
    return None


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom an act touches: `said` in a sentence with the number, `names` where they are few."""

    said: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """How a page carries out one verb: the service behind it, its form if it asks more than a reason, whom it touches.

    `call(actor, row, data)` runs the service on the cleaned data; `form(row)` gives the form's class with what it may
    choose from; `then` is where to go on, the page itself if it is empty.
    """

    call: Callable[[Actor, Any, dict[str, Any]], Any]
    form: Callable[[Any], type[forms.Form]] | None = None
    touches: Callable[[Any], Touched] | None = None
    then: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Deeds:
    """One table on one page: the verbs that it offers, and where the others are done or by whom, in a sentence.

    `links` are verbs with a page of their own. `whose(actor, row, move)` says whose it is if not the actor's (403).
    `why_not(actor, row, move)` says why a move that the state and the role allow can't be made now; empty if it can.
    """

    table: TransitionTable
    of: Mapping[str, Deed]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    whose: Callable[[Actor, Any, Transition], str] = lambda actor, row, move: ""
    why_not: Callable[[Actor, Any, Transition], str] = lambda actor, row, move: ""
    name: str = "state"


def of_the_organ(actor: Actor, row: Any, move: Transition) -> str:
    """What only the organ that the row belongs to may do; its superiors look on."""
    return "" if actor.organ_code == row.organ_code else "由招聘机关办理。"


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on a page. `why` is empty if it may be done now, else the reason with its `provision`."""

    verb: str
    label: str
    follows: str
    undo: str
    second_look: bool
    provision: str
    why: str = ""
    url: str = ""

    @property
    def final(self) -> bool:
        """Whether it can't be taken back."""
        return not self.undo


class ReasonForm(forms.Form):
    """Why, in the officer's words."""

    reason = forms.CharField(
        label="事由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="留在记录里"
    )


def acts_of(actor: Actor, row: Any, deeds: Deeds) -> tuple[list[Act], list[Act]]:
    """What the actor may do with a row now, and what not, with the reason: the state, the role, or what the page says.

    Verbs that can come only after other steps are named with the state that they need; what can never come any more
    is left out.
    """
    now: dict[str, Act] = {}
    later: dict[str, Act] = {}
    state = str(getattr(row, deeds.name))
    ahead = deeds.table.reachable(state)
    for move in deeds.table.transitions:
        here = move.source == state
        if move.verb in now or not (here or move.source in ahead):
            continue
        why = deeds.elsewhere.get(move.verb, "")
        if not why and not here:
            why = f"状态为“{deeds.table.label(move.source)}”时办理。"
        elif not why and not move.open_to(actor):
            why = f"由{'、'.join(str(Role(role).label) for role in move.roles)}办理。" if move.roles else "由系统办理。"
        elif not why:
            why = deeds.whose(actor, row, move) or deeds.why_not(actor, row, move)
        link = deeds.links.get(move.verb)
        act = _act(move, why, link(row) if link and not why else "")
        if not why:
            now[move.verb] = act
            later.pop(move.verb, None)
        elif here or move.verb not in later:
            later[move.verb] = act
    return list(now.values()), list(later.values())


def _act(move: Transition, why: str = "", url: str = "") -> Act:
    provision = move.provision.split(" ")[0]
    return Act(move.verb, move.label or move.verb, move.follows, move.undo, move.second_look, provision, why, url)


def act_context(actor: Actor, row: Any, deeds: Deeds) -> dict[str, Any]:
    """What kinds/acts.html shows."""
    now, later = acts_of(actor, row, deeds)
    return {"acts_now": now, "acts_not": later}


def take(
    request: Request,
    actor: Actor,
    row: Any,
    deeds: Deeds,
    *,
    back: str,
    subject: str,
    base: str = "desk/base.html",
    verb: str = "",
    carried: tuple[str, ...] = (),
    then: Callable[[Any], str] | None = None,
    page: Callable[[forms.Form], HttpResponse] | None = None,
) -> HttpResponse:
    """Answer a POST of one of the page's verbs.

    A verb that asks something, or wants a second look and was not confirmed yet, answers with a page that says what
    follows, whom it touches and how it can be taken back; its form leads back here with `confirmed`. `then` is where
    to go on; `carried` are names that the confirmation sends again; `page` shows a form with errors in place of that page, where the form stands on the row's own page.
    """
    verb = verb or values.words(request.POST, "verb")
    deed = deeds.of.get(verb)
    if deed is None:
        raise Http404("没有这个步骤")
    move = perform(request, lambda: _checked(actor, row, deeds, verb), writes=False)
    if move is None:
        return redirect(back)
    form, ready = _filled(request, deed.form(row) if deed.form else ReasonForm if move.reason else None, move)
    if ready and (form is None or form.is_valid()):
        data = dict(form.cleaned_data) if form else {}
        done = perform(request, lambda: deed.call(actor, row, data), form)
        if done is not None and done is not False:
            messages.success(request, f"已办理：{move.label}。")
            going = then or deed.then
            return redirect(going(done) if going else back)
        if form is None:
            return redirect(back)
    if page is not None and form is not None and form.is_bound and not move.second_look:
        return page(form)
    context = {
        "act": _act(move),
        "subject": subject,
        "form": form,
        "touched": deed.touches(row) if deed.touches else None,
        "back": back,
        "base": base,
        "carried": [(name, values.token(request.POST, name)) for name in carried if name in request.POST],
        "multipart": form is not None and form.is_multipart(),
    }
    failed = form is not None and bool(form.errors)
    return render(request, "kinds/confirm.html", context, status=422 if failed else 200)


def _filled(request: Request, kind: type[forms.Form] | None, move: Transition) -> tuple[forms.Form | None, bool]:
    """The act's form, and whether it is to be carried out: a second look was taken and what it asks was sent."""
    confirmed = "confirmed" in request.POST
    if kind is None:
        return None, confirmed or not move.second_look
    given = [name for name in kind.base_fields if name in request.POST or name in request.FILES]
    asks = any(each.required for each in kind.base_fields.values())
    if confirmed or (not move.second_look and (given or not asks)):
        return kind(request.POST, request.FILES), True
    sent = {name: values.several(request.POST, name) for name in given if name in request.POST}
    several = {name for name, each in kind.base_fields.items() if isinstance(each, forms.MultipleChoiceField)}
    return kind(initial={name: each if name in several else each[-1] for name, each in sent.items()}), False


def _checked(actor: Actor, row: Any, deeds: Deeds, verb: str) -> Transition:
    """The move for a verb, or a refusal with the page's own reason."""
    move = deeds.table.check(actor, str(getattr(row, deeds.name)), verb)
    if theirs := deeds.whose(actor, row, move):
        raise NotAllowed(theirs, provisions=deeds.table.provisions(verb))
    why = deeds.why_not(actor, row, move)
    if why:
        raise Refusal(why, provisions=deeds.table.provisions(verb))
    return move
