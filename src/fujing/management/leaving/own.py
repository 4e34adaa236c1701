"""What the person does themself, on the phone: gives notice, takes it back, answers before a dismissal (14.6, 20.7, 32).

The sign-in stands for the signature. Of what was sent a paper is made and filed, so that all that is asked of a notice or a
statement on paper holds here too.
"""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, looking, within
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.hearings import HearingState
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.papers import pdf
from fujing.kernel.refusals import Refusal, existing, stated
from fujing.law.leaving.ways import WAYS
from fujing.management.leaving.gates import OPEN_TO_HEARING
from fujing.management.leaving.hearings import HEARD, answered, open_hearing
from fujing.management.leaving.models import Hearing, Resignation
from fujing.management.leaving.papers import own_words
from fujing.management.leaving.policies import check_oneself
from fujing.management.leaving.queries import Follows
from fujing.management.leaving.resignations import received, told, weighed
from fujing.management.leaving.states import RESIGNATION
from fujing.registry.models import Engagement, bureau_range
from fujing.registry.queries import own_account


def own_resignations(actor: Actor) -> list[Resignation]:
    """The person's own notices, the latest first."""
    rows = Resignation.objects.filter(person_id=actor.person_id or 0).select_related("engagement__person")
    return list(rows.order_by("-pk"))


def own_resignation(actor: Actor, resignation_id: int) -> Resignation:
    """One of them, or 404."""
    rows = Resignation.objects.filter(person_id=actor.person_id or 0, pk=resignation_id)
    return existing(rows.select_related("engagement__person").first(), "没有这次辞职")


def own_hearings(actor: Actor) -> list[Hearing]:
    """What the person was told before a decision, the latest first."""
    rows = Hearing.objects.filter(departure__person_id=actor.person_id or 0)
    return list(rows.select_related("departure__engagement__person").order_by("-told_on", "-pk"))


def own_hearing(actor: Actor, hearing_id: int) -> Hearing:
    """One of them, or 404."""
    rows = Hearing.objects.filter(departure__person_id=actor.person_id or 0, pk=hearing_id)
    return existing(rows.select_related("departure__engagement__person").first(), "没有这次告知")


def may_answer(row: Hearing) -> bool:
    """Whether the person may still say something before the decision; after the term too, as long as nothing is decided."""
    return row.state == HearingState.TOLD and row.departure.state in OPEN_TO_HEARING


def told_paper(actor: Actor, row: Hearing) -> StoredFile:
    """The paper by which the person was told: the organ's file, about nobody but them."""
    check_oneself(actor, row.departure.person_id)
    with looking(actor, *bureau_range(row.organ_code)):
        return StoredFile.objects.get(pk=row.told_file_id)


def own_notice_weigh(
    *, actor: Actor, engagement: Engagement, way: str, wished: date | None = None, reason: str = ""
) -> Follows:
    """What follows if the person gives notice today, before it is sent."""
    check_oneself(actor, engagement.person_id)
    return weighed(engagement, way, today(), today(), wished, reason)


def own_notice_send(
    *, actor: Actor, engagement: Engagement, way: str, wished: date | None = None, reason: str = ""
) -> Resignation:
    """Give notice: it is received at once, and its days run from today."""
    check_oneself(actor, engagement.person_id)
    account = own_account(actor).username
    with within(actor, *bureau_range(engagement.organ_code)) as own:
        engagement = relocked(engagement)
        found = own_notice_weigh(actor=own, engagement=engagement, way=way, wished=wished, reason=reason)
        said = [
            ("情形", f"{WAYS[way].label}（{WAYS[way].statute}）"),
            ("最后工作日", f"{found.last_day}（含当日）"),
            ("理由", reason.strip() or "没有写明"),
        ]
        file = filed(own, engagement, "解除劳动合同书面通知", said, account)
        return received(
            own, engagement, found, way=way, reason=reason, own=True, dated=today(), received_on=today(), file=file
        )


def own_notice_take_back(*, actor: Actor, resignation: Resignation) -> Resignation:
    """Take the notice back, before it is confirmed and before its last day."""
    check_oneself(actor, resignation.person_id)
    account = own_account(actor).username
    with within(actor, *bureau_range(resignation.organ_code)) as own:
        row = relocked(resignation)
        move = RESIGNATION.check(own, row.state, "take_back")
        if today() >= row.last_day:
            raise Refusal(
                f"最后工作日（{row.last_day}）已到，不能撤回；双方同意继续用工的，另行订立合同。", provisions=("14.6",)
            )
        said = [("撤回", f"撤回{row.received_on}提交的解除劳动合同书面通知，回执码 {row.receipt}")]
        row.withdrawn_file = filed(own, row.engagement, "撤回解除劳动合同书面通知", said, account)
        row.withdrawn_on, row.state, row.settled_by = today(), move.target, own.name
        row.save(update_fields=["state", "withdrawn_on", "withdrawn_file", "settled_by"])
        told(own, row, "撤回", f"本人于{row.withdrawn_on}登录撤回，劳动合同继续履行")
        return row


def own_statement(*, actor: Actor, hearing: Hearing, answer: str) -> Hearing:
    """Answer what one is told before a dismissal, word for word; from then on nobody changes it."""
    check_oneself(actor, hearing.departure.person_id)
    answer = stated(answer, "answer", "请写明您的陈述。", refusal="没有提交陈述。", provisions=HEARD)
    account = own_account(actor).username
    with within(actor, *bureau_range(hearing.organ_code)) as own:
        row, departure = open_hearing(own, hearing, "say")
        said = [("对告知的情形", row.get_way_display()), ("陈述和申辩", answer)]
        file = filed(own, departure.engagement, "陈述和申辩", said, account)
        return answered(own, row, departure, answer=answer, answered_on=today(), file=file, own=True)


def filed(actor: Actor, engagement: Engagement, title: str, said: list[tuple[str, str]], account: str) -> StoredFile:
    """What the person sent by their own sign-in, as the paper that is made of it and kept."""
    paper = pdf(own_words(title, engagement, said, account))
    upload = SimpleUploadedFile(f"{title}.pdf", paper, "application/pdf")
    return file_store(actor=actor, organ_code=engagement.organ_code, upload=upload)
