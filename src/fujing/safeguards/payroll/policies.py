"""Who prepares pay, who approves it, and who sees amounts."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.registry.models import Organ
from fujing.safeguards.payroll.states import PREPARERS, READERS


def check_prepare_pay(actor: Actor) -> None:
    """Payroll of a bureau that manages auxiliaries."""
    actor.need(*PREPARERS)
    organ = Organ.objects.filter(pk=actor.organ_code or 0).first()
    if organ is None or not organ.manages:
        raise NotAllowed("薪酬由管理辅警的县级以上公安机关核算。", provisions=("33",))


def check_read_pay(actor: Actor) -> None:
    """Payroll and who approves; the database asks the same."""
    actor.need(*READERS)


def check_run_pay(actor: Actor, organ_code: int) -> None:
    """No superior and no neighbour acts on a bureau's pay."""
    if actor.organ_code != organ_code:
        raise NotAllowed("薪酬由发放的公安机关自己办理。", provisions=("33",))


can_prepare_pay = asking(check_prepare_pay)
can_read_pay = asking(check_read_pay)
can_run_pay = asking(check_run_pay)
