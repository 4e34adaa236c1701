"""Handling a breach of duty: one function an act (Articles 15, 40 and 43)."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.hearings import check_answer, check_telling
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal, existing, stated
from fujing.kernel.transitions import Transition
from fujing.law.discipline.cases import DUTIES, Means, Suspects, ask_until, effect_until
from fujing.management.complaints.models import Report
from fujing.management.discipline.models import Asking, Hearing, Matter, Measure, Proof, Referral
from fujing.management.discipline.policies import (
    check_answer_asking,
    check_decide_matter,
    check_dismiss_matter,
    check_handle_matter,
    check_read_matter,
    check_record_matter,
    check_return_matter,
)
from fujing.management.discipline.queries import findings_of, hearing_of, measures_on, papers_of, undecidable, unread
from fujing.management.discipline.states import HEARING, MATTER, PROPOSED, HearingState, MatterState, Verdict
from fujing.management.leaving.models import Evidence
from fujing.management.leaving.services import departure_draft
from fujing.registry.models import Engagement

FOR = ("15", "43")
# Each write encrypts anew: what doesn't change isn't written again.
WEIGHED = ("state", "means", "measure", "governed", "statute", "suspects", "opinion", "proposed_by")
TAKEN = ("state", "document_number", "decided_on", "decided_by", "measure_words", "effect_until", "ask_until")
WAYS = {"breach": "32.3", "dereliction": "32.4"}
"""The grounds of Article 32 to which a breach of duty may lead, with their provisions."""


def matter_record(
    *,
    actor: Actor,
    engagement: Engagement,
    duty: str,
    happened_on: date,
    facts: str,
    title: str,
    dated: date,
    upload: UploadedFile,
    report: Report | None = None,
) -> Matter:
    """Record what somebody did against which duty, with the first piece of evidence; `report`: the complaint whose
    conclusion about them says so."""
    check_record_matter(actor, engagement.organ_code)
    engagement = relocked(engagement)
    name, errors = engagement.person.name, {}
    if duty not in DUTIES:
        errors["duty"] = ["请选择违反第十五条的哪一项义务。"]
    if happened_on > today():
        errors["happened_on"] = ["事实发生的日期不能晚于今天。"]
    elif happened_on not in engagement.span:
        errors["happened_on"] = [f"事实应发生在本单位服务期间（{engagement.span.lower}起）。"]
    if not facts.strip():
        errors["facts"] = ["请写明时间、地点、经过和后果。"]
    errors |= _proof_faults(title, dated)
    if errors:
        raise Refusal(f"没有记录{name}违反义务的事实。", provisions=FOR, errors=errors)
    made = Matter(
        organ_code=engagement.organ_code,
        engagement=engagement,
        report=report,
        duty=duty,
        happened_on=happened_on,
        facts=facts.strip(),
        recorded_by=actor.name,
    )
    # A report is seen by key: whether it is this person's is asked by the trigger.
    made.full_clean(exclude=["facts", "report"])
    made.save()
    _proof(actor, made, title, dated, upload)
    return made


def _proof_faults(title: str, dated: date) -> dict[str, list[str]]:
    errors = {}
    if not title.strip():
        errors["title"] = ["请填写材料名称。"]
    if dated > today():
        errors["dated"] = ["材料日期不能晚于今天。"]
    return errors


def _proof(actor: Actor, row: Matter, title: str, dated: date, upload: UploadedFile) -> Proof:
    return Proof.objects.create(
        organ_code=row.organ_code,
        matter=row,
        title=title.strip(),
        dated=dated,
        file=file_store(actor=actor, organ_code=row.organ_code, upload=upload),
        recorded_by=actor.name,
    )


def proof_add(*, actor: Actor, matter: Matter, title: str, dated: date, upload: UploadedFile) -> Proof:
    """Add evidence, before the person is told: they answer to all of it."""
    row = relocked(matter)
    check_handle_matter(actor, row)
    if row.state != MatterState.RECORDED:
        raise Refusal("材料在告知本人以前登记；需要补充的，退回后补充，再告知本人。", provisions=FOR)
    if errors := _proof_faults(title, dated):
        raise Refusal("没有登记材料。", provisions=FOR, errors=errors)
    return _proof(actor, row, title, dated, upload)


def _handling(actor: Actor, matter: Matter, verb: str) -> tuple[Matter, Transition]:
    row = relocked(matter)
    check_handle_matter(actor, row)
    return row, MATTER.check(actor, row.state, verb)


def matter_invite(*, actor: Actor, matter: Matter, told_on: date, answer_until: date, upload: UploadedFile) -> Matter:
    """Record that the person was told facts and evidence, and until when (inclusive) they may answer."""
    row, move = _handling(actor, matter, "invite")
    check_telling(told_on, answer_until, FOR)
    if told_on < row.happened_on:
        text = f"告知日期不能早于事实发生日期（{row.happened_on}）。"
        raise Refusal("没有登记告知。", provisions=FOR, errors={"told_on": [text]})
    Hearing.objects.create(
        organ_code=row.organ_code,
        matter=row,
        told_on=told_on,
        answer_until=answer_until,
        told_file=file_store(actor=actor, organ_code=row.organ_code, upload=upload),
        told_by=actor.name,
    )
    row.state, row.told_on = move.target, told_on
    row.save(update_fields=["state", "told_on"])
    return row


def matter_state(*, actor: Actor, matter: Matter, answered_on: date, answer: str, upload: UploadedFile) -> Matter:
    """Record what the person said, word for word, with the paper that they signed."""
    return _heard(actor, matter, "state", answered_on, answer, upload)


def matter_decline(*, actor: Actor, matter: Matter, answered_on: date, answer: str, upload: UploadedFile) -> Matter:
    """Record that the person says nothing: when and how they said so, or that the term is over, signed by who was there."""
    return _heard(actor, matter, "decline", answered_on, answer, upload)


def _heard(actor: Actor, matter: Matter, verb: str, on: date, answer: str, upload: UploadedFile) -> Matter:
    row, move = _handling(actor, matter, verb)
    hearing = relocked(heard_in(row))
    check_answer(hearing, on, answer, FOR)
    file = file_store(actor=actor, organ_code=row.organ_code, upload=upload)
    return heard(actor, row, hearing, move, answer=answer, on=on, file=file)


def heard_in(row: Matter) -> Hearing:
    """The telling that waits for its answer."""
    found = hearing_of(row)
    assert found is not None  # a matter is invited by one
    return found


def heard(
    actor: Actor,
    row: Matter,
    hearing: Hearing,
    move: Transition,
    *,
    answer: str,
    on: date,
    file: StoredFile,
    own: bool = False,
) -> Matter:
    """Keep what was said, or how nothing was."""
    declined = move.target == MatterState.DECLINED
    hearing.state = HEARING.check(actor, hearing.state, "decline" if declined else "say" if own else "answer").target
    hearing.answer, hearing.answered_on, hearing.answered_by = answer.strip(), on, actor.name
    hearing.answer_file, hearing.own = file, own
    hearing.save(update_fields=["state", "answer", "answered_on", "answer_file", "answered_by", "own"])
    row.state = move.target
    row.save(update_fields=["state"])
    return row


def matter_propose(
    *,
    actor: Actor,
    matter: Matter,
    means: str,
    opinion: str,
    governed: bool | None,
    suspects: str,
    measure: Measure | None = None,
    statute: str = "",
) -> Matter:
    """Propose what is to follow and why. A grade comes from the bureau's rules in force when it happened; `governed` says
    whether another law provides for it and `statute` which (40); `suspects` whether another authority has to decide."""
    row, move = _handling(actor, matter, "propose")
    errors: dict[str, list[str]] = {}
    if means not in [each.value for each in Means]:
        errors["means"] = ["请选择处理意见。"]
    elif means == Means.RULES and measure is None:
        errors["measure"] = ["请选择处理种类；本机关没有录入当时施行的处理规定的，种类待核实，不能提出。"]
    elif means == Means.RULES and not measures_on(row.organ_code, row.happened_on).filter(pk=measure.pk).exists():  # type: ignore[union-attr]
        errors["measure"] = ["处理种类应出自本机关当时施行、已经核对的处理规定。"]
    if governed is None:
        errors["governed"] = ["请核实后写明法律、法规是否另有规定。"]
    elif governed and not statute.strip():
        errors["statute"] = ["请写明哪一部、哪一条。"]
    if suspects not in [each.value for each in Suspects]:
        errors["suspects"] = ["请核实后写明是否涉嫌违反治安管理或者犯罪。"]
    if not opinion.strip():
        errors["opinion"] = ["请写明理由。"]
    if errors:
        raise Refusal("没有提出处理意见。", provisions=("40", "43"), errors=errors)
    row.means, row.measure = means, measure if means == Means.RULES else None
    row.governed, row.statute = governed, statute.strip() if governed else ""
    row.suspects, row.opinion = suspects, opinion.strip()
    row.state, row.proposed_by = move.target, actor.name
    row.save(update_fields=WEIGHED)
    return row


def referral_record(
    *, actor: Actor, matter: Matter, kind: str, authority: str, sent_on: date, upload: UploadedFile
) -> Referral:
    """Record that the facts were sent to the authority that has to decide, with its receipt; nothing of it is decided here."""
    row = relocked(matter)
    check_handle_matter(actor, row)
    if row.state not in (
        MatterState.RECORDED,
        MatterState.INVITED,
        MatterState.STATED,
        MatterState.DECLINED,
        *PROPOSED,
    ):
        raise Refusal("已经撤回的，不登记移送。", provisions=FOR)
    errors: dict[str, list[str]] = {}
    if kind not in (Suspects.SECURITY, Suspects.CRIME):
        errors["kind"] = ["请选择移送的情形。"]
    if not authority.strip():
        errors["authority"] = ["请填写移送的机关。"]
    if not row.happened_on <= sent_on <= today():
        errors["sent_on"] = [f"移送日期应在事实发生日期（{row.happened_on}）和今天之间。"]
    if errors:
        raise Refusal("没有登记移送。", provisions=("43",), errors=errors)
    return Referral.objects.create(
        organ_code=row.organ_code,
        matter=row,
        kind=kind,
        authority=authority.strip(),
        sent_on=sent_on,
        receipt=file_store(actor=actor, organ_code=row.organ_code, upload=upload),
        recorded_by=actor.name,
    )


def matter_return(*, actor: Actor, matter: Matter, reason: str) -> Matter:
    """Back for more evidence, of which the person is told and heard anew."""
    row = relocked(matter)
    check_return_matter(actor, row)
    row.state, row.reason = MATTER.check(actor, row.state, "return").target, reason.strip()
    row.save(update_fields=["state", "reason"])
    return row


def matter_withdraw(*, actor: Actor, matter: Matter, reason: str) -> Matter:
    """Nothing is to follow, and it isn't to be decided either: it was recorded in error, or couldn't be shown."""
    row, move = _handling(actor, matter, "withdraw")
    row.state, row.reason = move.target, reason.strip()
    row.save(update_fields=["state", "reason"])
    return row


def matter_decide(*, actor: Actor, matter: Matter, document_number: str) -> Matter:
    """Decide as proposed, after reading what the person stated; refuses with all that stands against it."""
    row = relocked(matter)
    check_decide_matter(actor, row)
    move = MATTER.check(actor, row.state, "decide")
    if against := undecidable(row):
        words = " ".join(each.message for each in against)
        raise Refusal(f"不能决定：{words}", provisions=tuple(each.provision for each in against))
    if unread(row, actor.account_id):
        raise Refusal("请先查阅本人的陈述，再决定。", provisions=("43",))
    document_number = stated(
        document_number, "document_number", "请填写决定文号。", refusal="没有决定。", provisions=FOR
    )
    row.state, row.document_number, row.decided_by = move.target, document_number, actor.name
    row.decided_on, row.measure_words = today(), measure_words(row)
    if row.measure is not None:
        row.effect_until = effect_until(today(), row.measure.months)
        row.ask_until = ask_until(today(), row.measure.scheme.ask_days)
    row.save(update_fields=TAKEN)
    provisions = [row.duty, *(["40"] if row.governed else []), "43"]
    # Decisions are read by everybody of the bureau: what was decided stays with the matter.
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="违反义务的处理",
        subject=row,
        outcome="已决定",
        message=f"{row.document_number}，内容见案卷",
        provisions=provisions,
        facts={finding.rule: finding.message for finding in findings_of(row)},
        person_id=row.person_id,
        contest_until=row.ask_until,
    )
    return row


def measure_words(row: Matter) -> str:
    """What is decided, in words that stay when the rules are gone."""
    words = str(row.measure) if row.measure is not None else Means(row.means).label
    return f"{words}；适用{row.statute}" if row.governed else words


def matter_receive(*, actor: Actor, matter: Matter, asked_on: date, text: str, upload: UploadedFile) -> Matter:
    """Record that the person asks on paper that the decision be looked at again."""
    row, move = _handling(actor, matter, "receive")
    if row.decided_on is None or not row.decided_on <= asked_on <= today():
        errors = {"asked_on": [f"申请日期应在决定日期（{row.decided_on}）和今天之间。"]}
        raise Refusal("没有登记复核申请。", provisions=("14.5",), errors=errors)
    file = file_store(actor=actor, organ_code=row.organ_code, upload=upload)
    return asked(actor, row, move, asked_on=asked_on, text=text, file=file)


def asked(
    actor: Actor, row: Matter, move: Transition, *, asked_on: date, text: str, file: StoredFile, own: bool = False
) -> Matter:
    """Keep what is asked, in time."""
    if row.ask_until is not None and asked_on > row.ask_until:
        raise Refusal(f"申请复核的期限到{row.ask_until}届满。", provisions=("14.5",))
    text = stated(text, "text", "请写明申请复核的理由。", refusal="没有提交复核申请。", provisions=("14.5",))
    Asking.objects.create(
        organ_code=row.organ_code, matter=row, asked_on=asked_on, text=text, own=own, file=file, recorded_by=actor.name
    )
    row.state = move.target
    row.save(update_fields=["state"])
    return row


def matter_answer(*, actor: Actor, matter: Matter, verdict: str, answer: str) -> Matter:
    """Somebody else than who decided maintains or revokes the decision, and says why."""
    row = relocked(matter)
    check_answer_asking(actor, row)
    maintained = verdict == Verdict.MAINTAINED
    move = MATTER.check(actor, row.state, "maintain" if maintained else "revoke")
    answer = stated(answer, "answer", "请写明答复的理由。", refusal="没有答复。", provisions=("14.5",))
    asking = relocked(row.asking)
    asking.outcome, asking.answered_on, asking.answered_by = Verdict(verdict), today(), actor.name
    asking.answer = answer
    asking.save(update_fields=["outcome", "answered_on", "answer", "answered_by"])
    row.state = move.target
    row.save(update_fields=["state"])
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="违反义务的处理",
        subject=row,
        outcome="复核维持" if maintained else "复核撤销",
        message=f"{row.document_number}，答复见案卷",
        provisions=["14.5", "43"],
        person_id=row.person_id,
    )
    return row


def matter_dismiss(*, actor: Actor, matter: Matter, way: str, last_day: date, damage: str = "") -> Matter:
    """Begin the departure that a decision asks for, on its ground and with its evidence; whether it ends so is decided
    there, after another hearing."""
    row = relocked(matter)
    check_dismiss_matter(actor, row)
    move = MATTER.check(actor, row.state, "dismiss")
    if row.means != Means.DISMISSAL:
        raise Refusal("决定建议解除劳动合同的，才转办离职。", provisions=("32",))
    if way not in WAYS:
        raise Refusal("没有转办。", provisions=("32",), errors={"way": ["请选择解除的情形。"]})
    reason = f"{row.document_number}决定建议解除劳动合同，事实和理由见该决定。"
    row.departure = departure_draft(
        actor=actor, engagement=row.engagement, way=way, reason=reason, last_day=last_day, damage=damage
    )
    Evidence.objects.bulk_create(
        Evidence(
            organ_code=row.organ_code,
            departure=row.departure,
            kind=way,
            dated=proof.dated,
            file=proof.file,
            recorded_by=actor.name,
        )
        for proof in row.proofs.select_related("file").order_by("pk")
    )
    row.state = move.target
    row.save(update_fields=["state", "departure"])
    return row


def matter_end(*, actor: Actor, matter: Matter) -> Matter:
    """Close it when its effect is over; where the rules say no months, when whoever handles it says so."""
    row, move = _handling(actor, matter, "end")
    if row.means == Means.DISMISSAL:
        raise Refusal("决定建议解除劳动合同的，转办离职。", provisions=("32",))
    if row.effect_until is not None and row.effect_until >= today():
        raise Refusal(f"影响期到{row.effect_until}届满，届满以后才能办结。", provisions=("43",))
    row.state, row.ended_on = move.target, today()
    row.save(update_fields=["state", "ended_on"])
    return row


def matter_open(*, actor: Actor, matter: Matter, reason: str) -> Matter:
    """Read what is written in a matter, for a reason that stays on record: facts, statement, opinion, reconsideration."""
    check_read_matter(actor, matter)
    row = Matter.objects.select_related("engagement__person", "measure__scheme").get(pk=matter.pk)
    _opened(actor, row, row, "违反义务的事实和处理意见", reason)
    if heard := row.hearings.exclude(state=HearingState.TOLD).order_by("-pk").first():
        _opened(actor, row, heard, "违反义务的陈述和申辩", reason)
    if asking := Asking.objects.filter(matter=row).first():
        _opened(actor, row, asking, "处理决定的复核申请", reason)
    return row


def paper_open(*, actor: Actor, matter: Matter, paper: str, reason: str) -> StoredFile:
    """Read a paper of the file, for a reason that stays on record; 404 for one that isn't there."""
    check_read_matter(actor, matter)
    kept = existing(papers_of(matter).get(paper), "没有这份文件")
    _opened(actor, matter, kept.row, f"违反义务的{kept.what}", reason)
    return kept.file


def _opened(
    actor: Actor, matter: Matter, row: Matter | Proof | Hearing | Referral | Asking, what: str, reason: str
) -> None:
    value_opened(
        actor=actor, row=row, what=what, reason=reason, organ_code=matter.organ_code, person_id=matter.person_id
    )
