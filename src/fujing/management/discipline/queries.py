"""Reading breaches of duty as somebody: the queries narrow to those whom `check_read_matter` lets in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.models import Reading, StoredFile
from fujing.kernel.refusals import existing
from fujing.law.discipline import cases
from fujing.law.discipline.cases import Means, Suspects, decidable
from fujing.law.findings import Finding, Outcome
from fujing.management.discipline.models import Asking, Hearing, Matter, Measure, Proof, Referral, Scheme
from fujing.management.discipline.policies import readable
from fujing.management.discipline.states import HEARD, STANDING, HearingState, MatterState, SchemeState


def matters_for(actor: Actor) -> QuerySet[Matter]:
    """Matters of the own bureau that the actor may read, the newest first, without what is written in them."""
    rows = Matter.objects.filter(readable(actor))
    return rows.select_related("engagement__person").defer("facts", "opinion").order_by("-pk")


def matter_for(actor: Actor, matter_id: int) -> Matter:
    """One of them, or 404."""
    return existing(matters_for(actor).select_related("measure__scheme").filter(pk=matter_id).first(), "没有这件事项")


def hearing_of(matter: Matter) -> Hearing | None:
    """The telling that counts: the last one, without what was said."""
    return matter.hearings.defer("answer").order_by("-pk").first()


def asking_of(matter: Matter, *, whole: bool = False) -> Asking | None:
    """The reconsideration that was asked for; without what is written in it unless the `whole` is asked for."""
    rows = Asking.objects.filter(matter=matter)
    return (rows if whole else rows.defer("text", "answer")).first()


class Kept(NamedTuple):
    """A paper of the file: the row that it belongs to, the paper, and what it is."""

    row: Proof | Hearing | Referral | Asking
    file: StoredFile
    what: str


def papers_of(matter: Matter) -> dict[str, Kept]:
    """All papers of a matter's file by their key."""
    found = {f"proof-{each.pk}": Kept(each, each.file, "证据材料") for each in matter.proofs.select_related("file")}
    for referral in matter.referrals.select_related("receipt"):
        found[f"receipt-{referral.pk}"] = Kept(referral, referral.receipt, "移送的回执")
    if hearing := matter.hearings.select_related("told_file", "answer_file").defer("answer").order_by("-pk").first():
        found["told"] = Kept(hearing, hearing.told_file, "签收的告知书")
        if hearing.answer_file is not None:
            found["signed"] = Kept(hearing, hearing.answer_file, "签名的陈述")
    if asking := asking_of(matter):
        found["asked"] = Kept(asking, asking.file, "复核申请")
    return found


def schemes_for(actor: Actor) -> QuerySet[Scheme]:
    """The own bureau's rules, the latest first."""
    return Scheme.objects.filter(organ_code=actor.organ_code or 0).order_by("-effective_from", "-pk")


def scheme_for(actor: Actor, scheme_id: int) -> Scheme:
    """One of them, or 404."""
    return existing(schemes_for(actor).select_related("file").filter(pk=scheme_id).first(), "没有这份处理规定")


def measures_on(organ_code: int, day: date) -> QuerySet[Measure]:
    """The measures of the bureau's rules that were in force on a day and were checked, the lightest first."""
    rows = Measure.objects.filter(
        Q(scheme__effective_until__isnull=True) | Q(scheme__effective_until__gte=day),
        organ_code=organ_code,
        scheme__state__in=(SchemeState.CONFIRMED, SchemeState.ENDED),
        scheme__effective_from__lte=day,
    )
    return rows.select_related("scheme").order_by("scheme", "rank")


STATEMENTS = {HearingState.TOLD: "told", HearingState.ANSWERED: "answered", HearingState.DECLINED: "declined"}


def findings_of(matter: Matter) -> list[Finding]:
    """What the law says of deciding a matter as it is proposed."""
    scheme = matter.measure.scheme if matter.measure else None
    heard = hearing_of(matter)
    return decidable(
        cases.Matter(
            duty=matter.duty,
            happened_on=matter.happened_on,
            evidence=matter.proofs.count(),
            means=Means(matter.means) if matter.means else None,
            confirmed=scheme is not None and scheme.state in (SchemeState.CONFIRMED, SchemeState.ENDED),
            rules_from=scheme.effective_from if scheme else None,
            rules_until=scheme.effective_until if scheme else None,
            statement=STATEMENTS[HearingState(heard.state)] if heard else None,
            governed=matter.governed,
            statute=matter.statute,
            suspects=Suspects(matter.suspects) if matter.suspects else None,
            referred=matter.referrals.filter(kind=matter.suspects).exists(),
        )
    )


def undecidable(matter: Matter) -> list[Finding]:
    """What of it stands against a decision; what isn't known does too."""
    return [each for each in findings_of(matter) if each.outcome is not Outcome.SATISFIED]


def unread(matter: Matter, account_id: int | None) -> bool:
    """Whether an account has yet to read what the person stated, or how their refusal was recorded."""
    heard = hearing_of(matter)
    if heard is None:
        return True
    rows = Reading.objects.filter(tracked=Hearing._meta.db_table, row_id=heard.pk, reader=account_id or 0)
    return not rows.exists()


def over(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those whose effect is over, or has no end that the rules say, and that wait to be closed."""
    days = Q(effect_until__lt=today()) | Q(effect_until__isnull=True, means=Means.NONE)
    return rows.filter(days, state__in=STANDING).exclude(means=Means.DISMISSAL)


def unanswered(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those whose person was told and whose term is over without an answer or its recorded refusal."""
    late = Hearing.objects.filter(matter=OuterRef("pk"), state=HearingState.TOLD, answer_until__lt=today())
    return rows.filter(Exists(late), state=MatterState.INVITED)


def heard_out(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those whose person stated or declined to, and that wait for a proposal."""
    return rows.filter(state__in=HEARD)


def to_dismiss(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those whose decision asks for a dismissal that wasn't begun."""
    return rows.filter(state__in=STANDING, means=Means.DISMISSAL)
