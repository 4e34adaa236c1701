"""Who records, handles, decides and reads breaches of duty: few people, named by role and by what they did themselves."""

from __future__ import annotations

from django.db.models import Q

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.discipline.models import Matter
from fujing.management.discipline.states import DECIDERS, HANDLERS, HR, PROPOSED, MatterState
from fujing.registry.models import Organ

OFFICE = ("discipline",)
"""The discipline officers of the bureau handle and read all of its matters; others those that they recorded."""


def check_record_matters(actor: Actor) -> None:
    """Who records a breach, in whichever bureau."""
    actor.need(*HANDLERS)


def check_record_matter(actor: Actor, organ_code: int) -> None:
    """Only the bureau that employs somebody records and handles."""
    check_record_matters(actor)
    organ = Organ.objects.filter(pk=actor.organ_code or 0).first()
    if organ is None or not organ.manages or organ.code != organ_code:
        raise NotAllowed("违反义务的处理由管理此人的县级以上公安机关办理。", provisions=("43",))


def check_handle_matter(actor: Actor, matter: Matter) -> None:
    """The discipline officers of the bureau, and who recorded the matter."""
    check_record_matter(actor, matter.organ_code)
    if not (actor.has(*OFFICE) or matter.recorded_by_id == actor.account_id):
        raise NotAllowed("由记录人和本机关纪检督察人员办理。", provisions=("43",))


def check_decide_matter(actor: Actor, matter: Matter) -> None:
    """The personnel head or the leader of the bureau, and never on what they recorded or proposed."""
    actor.need(*DECIDERS)
    _check_own(actor, matter.organ_code)
    if actor.account_id in (matter.recorded_by_id, matter.proposed_by_id):
        raise NotAllowed("记录人、提出人不能决定，应由另一名负责人决定。", provisions=("43",))


def check_answer_asking(actor: Actor, matter: Matter) -> None:
    """Another of them than who decided."""
    check_decide_matter(actor, matter)
    if actor.account_id == matter.decided_by_id:
        raise NotAllowed("决定人不能答复对自己决定的复核申请，应由另一名负责人答复。", provisions=("14.5",))


def check_return_matter(actor: Actor, matter: Matter) -> None:
    """Who handles it, and who is to decide on it."""
    if not (
        can_handle_matter(actor, matter) or (matter.state == MatterState.PROPOSED and can_decide_matter(actor, matter))
    ):
        raise NotAllowed("由办理人和决定人退回。", provisions=("43",))


def check_dismiss_matter(actor: Actor, matter: Matter) -> None:
    """The personnel of the bureau begin the departure."""
    actor.need(*HR)
    _check_own(actor, matter.organ_code)


def check_read_matter(actor: Actor, matter: Matter) -> None:
    """Who may see a matter at all: its office, who recorded or decided it, who may decide once it is proposed, and the
    personnel once it asks for a dismissal. Nobody of a superior bureau."""
    if actor.organ_code == matter.organ_code and (
        actor.has(*OFFICE)
        or (matter.recorded_by_id is not None and matter.recorded_by_id == actor.account_id)
        or (actor.has(*DECIDERS) and matter.state in PROPOSED)
        or (actor.has(*HR) and matter.state in TO_DISMISS and matter.means == "dismissal")
    ):
        return
    raise NotAllowed("违反义务的处理只由本机关办理它的人查阅。", provisions=("43",))


def readable(actor: Actor) -> Q:
    """The same of all matters at once, as the condition of a query."""
    own = Q(organ_code=actor.organ_code or 0)
    if actor.has(*OFFICE):
        return own
    seen = Q(recorded_by_id=actor.account_id or 0, recorded_by_id__isnull=False)
    if actor.has(*DECIDERS):
        seen |= Q(state__in=PROPOSED)
    if actor.has(*HR):
        seen |= Q(state__in=TO_DISMISS, means="dismissal")
    return own & seen


def check_enter_scheme(actor: Actor) -> None:
    """Who enters the bureau's rules from their document."""
    check_record_matter(actor, actor.organ_code or 0)


def check_own_scheme(actor: Actor, organ_code: int) -> None:
    """The bureau whose rules they are."""
    actor.need(*HANDLERS, *DECIDERS)
    _check_own(actor, organ_code)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("违反义务的处理由管理此人的公安机关办理。", provisions=("43",))


TO_DISMISS = (MatterState.DECIDED, MatterState.ANSWERED, MatterState.DISMISSED)
can_record_matters = asking(check_record_matters)
can_record_matter = asking(check_record_matter)
can_handle_matter = asking(check_handle_matter)
can_decide_matter = asking(check_decide_matter)
can_answer_asking = asking(check_answer_asking)
can_return_matter = asking(check_return_matter)
can_dismiss_matter = asking(check_dismiss_matter)
can_read_matter = asking(check_read_matter)
can_enter_scheme = asking(check_enter_scheme)
can_own_scheme = asking(check_own_scheme)
