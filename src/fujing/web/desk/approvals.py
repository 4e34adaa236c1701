"""The page of the kind 审批: one for every approval. Sections bring the request, its figures and its route."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django import forms

from fujing.kernel.actor import Actor
from fujing.kernel.approvals import DECIDING, Answer, AnswerState, Case, Paper, Request, recorded, refusal_to
from fujing.kernel.files import file_store
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.kernel.transitions import Transition, TransitionTable
from fujing.web import requests, values
from fujing.web.acts import perform
from fujing.web.desk.common import DateField

T = TypeVar("T")
MARKS = {"passed": "done", "returned": "no", "refused": "no", "lapsed": "no"}


class Figure(NamedTuple):
    """One number by which a request is judged; `url` is the list behind it, for whoever may open that."""

    label: str
    value: object
    unit: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """One table that is decided on its own page of the kind 审批.

    `own` are the buttons of the organ whose request it is, `links` verbs with a page of their own, `elsewhere` where the
    others are done, in a sentence.
    """

    table: TransitionTable
    own: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def decides(self) -> frozenset[str]:
        """The answers that the page takes."""
        return frozenset(move.verb for move in self.table.transitions if move.verb in DECIDING)


class AnswerForm(forms.Form):
    """What every answer says; the service names what is missing, all at once."""

    opinion = forms.CharField(
        label="意见", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回或不同意时必填"
    )
    confirmed = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # What some answers need is never called optional; the service says which.
    needed = frozenset({"opinion", "number", "document_number", "document_date", "scan"})

    def __init__(self, *args: Any, looked_at: Sequence[Transition] = (), **options: Any) -> None:
        """`looked_at` are the answers of this form that are looked at twice before they are given."""
        super().__init__(*args, **options)
        self.looked_at = {move.verb for move in looked_at}
        if looked_at:
            labels = "".join(f"“{move.label}”" for move in looked_at)
            self.fields["confirmed"].label = f"已核对，{labels}办理后不能撤销"
        else:
            del self.fields["confirmed"]

    def unconfirmed(self, verb: str) -> dict[str, list[str]]:
        """What is missing when the answer can't be taken back and was not said to be looked at."""
        looked = self.cleaned_data.pop("confirmed", False) or verb not in self.looked_at
        return {} if looked else {"confirmed": ["办理后不能撤销，请核对后勾选。"]}


class OpinionForm(AnswerForm):
    number = forms.CharField(label="文号", required=False, max_length=60, help_text="同意时必填")
    field_order = ("number", "opinion", "confirmed")

    def __init__(self, *args: Any, numbered: str = "", **kwargs: Any) -> None:
        """`numbered` is what the document number is called, empty where the answer has none."""
        super().__init__(*args, **kwargs)
        if numbered:
            self.fields["number"].label = numbered
        else:
            del self.fields["number"]


class PaperForm(AnswerForm):
    document_number = forms.CharField(label="文号", required=False, max_length=60)
    document_date = DateField(label="文件日期", required=False)
    scan = forms.FileField(label="扫描件", required=False, help_text="图片、PDF 或 Office 文件")
    prefix = "paper"
    field_order = ("document_number", "document_date", "scan", "opinion", "confirmed")
    provisions = {"document_number": ("8.p2",)}


def answer_forms(request: requests.Request, case: Case, numbered: str = "") -> tuple[OpinionForm, PaperForm]:
    """Both forms of the page, the one that was sent bound; they carry the digest of what is read."""
    verb, seen = values.words(request.POST, "verb"), {"seen": case.digest}
    final = [move for move in case.table.from_state(case.state) if move.second_look and move.verb in DECIDING]
    signed = request.POST if verb in DECIDING and not recorded(verb) else None
    by_hand, on_paper = ([move for move in final if recorded(move.verb) == paper] for paper in (False, True))
    opinion = OpinionForm(signed, numbered=numbered, looked_at=by_hand, initial=seen)
    sent = (request.POST, request.FILES) if recorded(verb) else ()
    return opinion, PaperForm(*sent, looked_at=on_paper, initial=seen)


def answered(
    request: requests.Request,
    actor: Actor,
    organ_code: int,
    given: tuple[OpinionForm, PaperForm],
    decide: Callable[..., T],
) -> T | None:
    """Give what was typed to the section's service; a refusal stands at the fields and gives None."""
    verb = values.words(request.POST, "verb")
    on_paper = recorded(verb)
    form = given[1] if on_paper else given[0]
    if not form.is_valid():
        return None
    missing = form.unconfirmed(verb)
    data = dict(form.cleaned_data)

    def call() -> T:
        # What the service misses is named together with it; what was decided all the same is undone.
        try:
            done = said()
        except NotAllowed:
            raise
        except Refusal as refused:
            refused.errors |= missing
            raise
        if missing:
            raise Refusal("", errors=missing)
        return done

    def said() -> T:
        if not on_paper:
            return decide(**data)
        upload = data["scan"]
        scan = file_store(actor=actor, organ_code=organ_code, upload=upload) if upload else None
        paper = Paper(data["document_number"], data["document_date"], scan)
        return decide(opinion=data["opinion"], seen=data["seen"], paper=paper)

    return perform(request, call, form)


def approval_context(
    actor: Actor, case: Case, row: Answer | None, given: tuple[OpinionForm, PaperForm], over: str = ""
) -> dict[str, Any]:
    """Which boxes the actor gets, and otherwise why not. `row` is the answer that is waited for or may be taken back;
    `over` says why nothing is decided any more."""
    moves = [move for move in case.table.open_to(actor, case.state) if move.verb in DECIDING] if not over else []
    signed = [move for move in moves if not recorded(move.verb)]
    on_paper = [move for move in moves if recorded(move.verb)]
    told = [refusal_to(actor, case, row, on_paper=False), refusal_to(actor, case, row, on_paper=True)] if row else []
    may = bool(row and signed and not told[0])
    may_record = bool(row and on_paper and not told[1])
    if row and row.state == AnswerState.WAITING:
        # Whoever belongs to the organ but wrote into it reads that; everybody else reads whose turn it is.
        mine = (actor.organ_code == row.assigned_organ and signed) or (actor.organ_code == case.organ_code and on_paper)
        why_not = (told[0] if signed else told[1]) if mine else ""
        why_not = why_not or f"现在由{row.assigned_name}办理。"
    else:
        why_not = f"当前状态为“{case.table.label(case.state)}”，没有需要您办理的步骤。"
    return {
        "opinion": given[0] if may else None,
        "verbs": pairs(signed),
        "paper": given[1] if may_record else None,
        "paper_verbs": pairs(on_paper),
        "follows": follows(signed if may else []),
        "paper_follows": follows(on_paper if may_record else []),
        "why_not": over or why_not,
    }


def pairs(moves: Iterable[Transition]) -> list[tuple[str, str]]:
    """Buttons: verb and label."""
    return [(move.verb, move.label) for move in moves]


def follows(moves: Iterable[Transition]) -> list[tuple[str, str]]:
    """What happens after each button, and how it is taken back."""
    return [(move.label, move.follows + move.undo) for move in moves if move.follows]


def own_acts(actor: Actor, case: Case, verbs: frozenset[str]) -> dict[str, Any]:
    """The buttons of the organ whose request it is."""
    own = actor.organ_code == case.organ_code
    moves = [move for move in case.table.open_to(actor, case.state) if own and move.verb in verbs]
    return {"own_verbs": pairs(moves), "own_follows": follows(moves)}


def step_of(row: Answer, label: str, *, now: bool, scan_url: str = "") -> dict[str, Any]:
    """One organ on the drawn route: who, since when, and what it said."""
    number = f"（{row.document_number}）" if row.document_number and not row.on_behalf else ""
    return {
        "who": row.assigned_name,
        "label": label,
        "mark": "now" if now else MARKS.get(row.state, ""),
        "since": row.asked_at,
        "at": row.decided_at,
        "outcome": row.get_state_display() + number,  # type: ignore[attr-defined]
        "opinion": row.opinion,
        "by": row.decided_by,
        "paper": f"{row.document_number}（{row.document_date}）" if row.on_behalf else "",
        "scan_url": scan_url,
        "lapsed": row.state == AnswerState.LAPSED,
    }


def sent_step(organ_name: str, request: Request, last: int) -> dict[str, Any]:
    """The beginning of a round on the drawn route."""
    return {
        "who": organ_name,
        "label": f"第 {request.round} 次报送" if last > 1 else "报送",
        "mark": "done",
        "at": request.sent_at,
        "outcome": "报送" if request.round == last else "已由后一次报送替代",
        "by": request.sent_by,
    }
