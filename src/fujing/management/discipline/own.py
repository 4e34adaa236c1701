"""What the person reads and does themself, on the phone: states, and asks that a decision be looked at again (14.5, 43)."""

from __future__ import annotations

from fujing.kernel.actor import Actor, looking, within
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import existing, stated
from fujing.law.provisions import cite
from fujing.management.discipline.models import Hearing, Matter
from fujing.management.discipline.services import FOR, asked, heard, heard_in
from fujing.management.discipline.states import MATTER, MatterState
from fujing.management.leaving.own import filed
from fujing.management.leaving.policies import check_oneself
from fujing.registry.models import bureau_range
from fujing.registry.queries import own_account


def own_matters(actor: Actor) -> list[Matter]:
    """What the person was told of, the latest first, without what is written in it."""
    rows = Matter.objects.filter(person_id=actor.person_id or 0, told_on__isnull=False)
    return list(rows.defer("facts", "opinion").order_by("-pk"))


def own_matter(actor: Actor, matter_id: int) -> Matter:
    """One of them, or 404."""
    rows = Matter.objects.filter(person_id=actor.person_id or 0, told_on__isnull=False, pk=matter_id)
    return existing(rows.select_related("engagement__person").first(), "没有这件事项")


def own_hearing(row: Matter) -> Hearing | None:
    """What the person was last told, and said to it."""
    return row.hearings.order_by("-pk").first()


def told_paper(actor: Actor, row: Matter) -> StoredFile:
    """The paper by which the person was last told: the organ's file, about nobody but them."""
    check_oneself(actor, row.person_id)
    hearing = existing(own_hearing(row), "没有告知书")
    with looking(actor, *bureau_range(row.organ_code)):
        return StoredFile.objects.get(pk=hearing.told_file_id)


def may_state(row: Matter) -> bool:
    """Whether the person may still say something: until it is recorded that they don't, after the term too."""
    return row.state == MatterState.INVITED


def may_ask(row: Matter) -> bool:
    """Whether the person may ask for a reconsideration today."""
    return row.state == MatterState.DECIDED and (row.ask_until is None or row.ask_until >= today())


def own_statement(*, actor: Actor, matter: Matter, answer: str) -> Matter:
    """Answer to what one is said to have done, word for word; from then on nobody changes it."""
    check_oneself(actor, matter.person_id)
    answer = stated(answer, "answer", "请写明您的陈述。", refusal="没有提交陈述。", provisions=FOR)
    account = own_account(actor).username
    with within(actor, *bureau_range(matter.organ_code)) as own:
        row = relocked(matter)
        move = MATTER.check(own, row.state, "say")
        hearing = relocked(heard_in(row))
        said = [("对告知的事实", f"{cite(row.duty)}，{row.happened_on}"), ("陈述和申辩", answer)]
        file = filed(own, row.engagement, "陈述和申辩", said, account)
        return heard(own, row, hearing, move, answer=answer, on=today(), file=file, own=True)


def own_asking(*, actor: Actor, matter: Matter, text: str) -> Matter:
    """Ask that the decision be looked at again by somebody else."""
    check_oneself(actor, matter.person_id)
    account = own_account(actor).username
    with within(actor, *bureau_range(matter.organ_code)) as own:
        row = relocked(matter)
        move = MATTER.check(own, row.state, "ask")
        said = [("申请复核", f"{row.document_number}，{row.measure_words}"), ("理由", text.strip())]
        file = filed(own, row.engagement, "复核申请", said, account)
        return asked(own, row, move, asked_on=today(), text=text, file=file, own=True)
