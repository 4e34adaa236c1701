"""Protection cases: who opens, handles and concludes them, what a conclusion needs, and whom it is kept from (28, 44)."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.models import Decision, Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.protection.models import Measure, ProtectionCase
from fujing.management.protection.queries import own_protection, own_protections, protection_for, protections_for
from fujing.management.protection.services import (
    Told,
    accused_name,
    correction_record,
    evidence_add,
    protection_accept,
    protection_conclude,
    protection_decline,
    protection_open,
    protection_read,
    protection_take_back,
)
from fujing.management.protection.states import PROTECTION, ProtectionState
from fujing.management.protection.todos import PROTECTIONS
from fujing.registry.models import Account, Assignment, Post
from fujing.registry.states import Role
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.made import PDF
from tests.management.protected import TOLD, Protected, agreed, declined, handled, measured, opened, protected, referred

pytestmark = pytest.mark.django_db
P = ProtectionState
DONE = {"finding": "upheld", "conclusion": "监控证实被推倒"}


def concluded(made: Protected, row: ProtectionCase, **said: Any) -> ProtectionCase:
    with acting(made.chief):
        return protection_conclude(actor=made.chief, case=row, **(DONE | said))


def by_sql(made: Protected, row: ProtectionCase, **said: Any) -> None:
    """What the services wouldn't write."""
    given = {"state": P.CONCLUDED, "concluded_on": today(), "decided_by": made.chief.name} | DONE | said
    with acting(made.chief), speaking(), transaction.atomic():
        ProtectionCase.objects.filter(pk=row.pk).update(**given)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.pdf", PDF)


def test_from_the_phone_to_the_conclusion_that_the_person_reads() -> None:
    made = protected()
    row = opened(made)
    with acting(made.person):
        evidence_add(actor=made.person, case=row, upload=paper(), note="现场照片")
    with acting(made.discipline):
        row = protection_accept(actor=made.discipline, case=row)
    measured(made, row)
    referred(made, row, ended=True)
    concluded(made, row)
    with acting(made.person):
        mine = own_protection(made.person, row.pk)
        assert (mine.state, mine.get_finding_display(), mine.decided_by) == (P.CONCLUDED, "属实", made.chief.name)
        assert [(each.handler, each.taken_on) for each in mine.measures.all()] == [("唐督察", today())]
        (referral,) = mine.referrals.all()
        assert (referral.receipt, referral.outcome_text) == ("三公（城关）受案字〔2026〕101号", "行政拘留五日")
        assert [each.note for each in mine.evidences.all()] == ["现场照片"]
        assert (mine.told, mine.source) == (TOLD["told"], "self")
    with acting(made.chief):
        told = Decision.objects.get(kind="维权")
        assert (told.outcome, told.provisions, told.person_id) == ("属实", ["44"], made.person.person_id)


@pytest.mark.parametrize(
    ("kind", "steps", "sentence"),
    [
        ("harm", (), "没有登记采取的措施"),
        ("harm", (measured,), "没有移送"),
        ("obstruction", (measured, referred), "1件移送没有登记处理结果"),
        ("false_report", (measured,), "没有澄清事实"),
        ("smear", (measured, agreed), "1份澄清没有办完"),
        ("smear", (declined,), "没有登记采取的措施"),
        ("accountability", (measured,), "没有登记纠正"),
    ],
)
def test_nothing_is_concluded_that_lacks_something_neither_by_service_nor_by_sql(
    kind: str, steps: tuple[Any, ...], sentence: str
) -> None:
    made = protected()
    row = handled(made, kind=kind)
    for step in steps:
        step(made, row)
    with pytest.raises(Refusal), speaking(), transaction.atomic():
        concluded(made, row)
    with pytest.raises(Refusal, match=sentence):
        by_sql(made, row)


def test_a_reason_in_writing_stands_for_what_was_not_done_but_not_for_clarification_and_correction() -> None:
    made = protected()
    assert concluded(made, handled(made), without_why="侵害人已死亡").without_why == "侵害人已死亡"
    for kind in ("false_report", "accountability"):
        row = handled(made, kind=kind)
        with pytest.raises(Refusal, match="不能办结") as refused:
            concluded(made, row, without_why="影响不大")
        assert refused.value.provisions == ("28.p2",)
        with pytest.raises(Refusal, match="不能办结"):
            by_sql(made, row, without_why="影响不大")


@pytest.mark.parametrize("finding", ["unfounded", "unclear"])
def test_what_is_not_found_to_be_true_is_concluded_by_what_is_written(finding: str) -> None:
    made = protected()
    row = handled(made)
    with pytest.raises(Refusal) as refused:
        concluded(made, row, finding=finding, conclusion=" ")
    assert set(refused.value.errors) == {"conclusion"}
    with pytest.raises(Refusal, match="应写明结论"):
        by_sql(made, row, finding=finding, conclusion=" ")
    assert concluded(made, row, finding=finding, conclusion="监控中没有看到").state == P.CONCLUDED


def test_who_was_wrongly_held_accountable_has_it_corrected() -> None:
    made = protected()
    row = handled(made, kind="accountability")
    measured(made, row)
    given = {"corrected_on": today(), "by": "三台县公安局", "number": "三公〔2026〕9号", "text": "撤销通报批评"}
    with acting(made.discipline):
        with pytest.raises(Refusal) as refused:
            correction_record(
                actor=made.discipline, case=row, **(given | {"number": " ", "corrected_on": today() + timedelta(1)})
            )
        assert set(refused.value.errors) == {"number", "corrected_on"}
        with pytest.raises(Refusal, match="纠正应写明"), speaking(), transaction.atomic():
            ProtectionCase.objects.filter(pk=row.pk).update(corrected_on=today())
        correction_record(actor=made.discipline, case=row, **given)
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            ProtectionCase.objects.filter(pk=row.pk).update(correction="改为警告")
        with pytest.raises(Refusal, match="已经登记"):
            correction_record(actor=made.discipline, case=row, **given)
    assert concluded(made, row).corrected_by_whom == "三台县公安局"


def test_whoever_is_accused_neither_sees_nor_handles_nor_decides() -> None:
    made = protected()
    row = opened(made)
    with acting(factories.PROVINCIAL):
        accused = factories.officer(SANTAI, "discipline", "organ_leader", name="被指认")
        account = Account.objects.get(pk=accused.account_id)
    with acting(accused), pytest.raises(Refusal, match="应由他人受理"):
        protection_accept(actor=accused, case=row, accused=account)
    with acting(made.discipline):
        row = protection_accept(actor=made.discipline, case=row, accused=account)
    measured(made, row)
    with acting(accused):
        assert not protections_for(accused).exists()
        with pytest.raises(NotFound):
            protection_for(accused, row.pk)
        for act in (
            lambda: protection_conclude(actor=accused, case=row, **DONE, without_why="无"),
            lambda: protection_read(actor=accused, case=row, reason="看看"),
        ):
            with pytest.raises(NotAllowed):
                act()
        for change in (
            {"state": P.CONCLUDED, "concluded_on": today(), "decided_by": accused.name, "without_why": "无", **DONE},
            {"accused_id": None},
        ):
            with pytest.raises(Refusal, match=r"应由他人|不得改动"), speaking(), transaction.atomic():
                ProtectionCase.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(Refusal, match="应由他人"), speaking(), transaction.atomic():
            Measure.objects.create(
                organ_code=SANTAI,
                case=row,
                person_id=row.person_id,
                kind="other",
                taken_on=today(),
                handler="被指认",
                note="没事",
                recorded_by=accused.name,
            )
    assert concluded(made, row, without_why="已处分").state == P.CONCLUDED


def test_the_check_keeps_the_accused_from_deciding_by_itself() -> None:
    made = protected()
    row = handled(made)
    measured(made, row)
    with acting(made.discipline):
        accused_name(actor=made.discipline, case=row, accused=Account.objects.get(pk=made.chief.account_id))
        with pytest.raises(Refusal, match="已经登记"):
            accused_name(actor=made.discipline, case=row, accused=Account.objects.get(pk=made.hr.account_id))
    with pytest.raises(Refusal, match="应由他人"):
        by_sql(made, row, without_why="无")


def test_whoever_decided_what_is_contested_does_not_decide_whether_it_was_wrong() -> None:
    made = protected()
    with acting(made.chief):
        decide(
            actor=made.chief,
            organ_code=SANTAI,
            kind="处理",
            subject=made.engagement,
            outcome="通报批评",
            message="推搡群众",
            provisions=["43"],
            person_id=made.engagement.person_id,
        )
        held = Decision.objects.get(kind="处理")
    row = opened(made, kind="accountability")
    other = opened(made)
    with acting(made.discipline):
        with pytest.raises(Refusal) as refused:
            protection_accept(actor=made.discipline, case=other, decision=held)
        assert set(refused.value.errors) == {"decision"}
        row = protection_accept(actor=made.discipline, case=row, decision=held)
        correction_record(
            actor=made.discipline, case=row, corrected_on=today(), by="三台县公安局", number="9号", text="撤销"
        )
    measured(made, row)
    with acting(made.chief), pytest.raises(NotAllowed):
        protection_conclude(actor=made.chief, case=row, **DONE)
    with pytest.raises(Refusal, match="应由他人办理、决定"):
        by_sql(made, row)
    with acting(factories.PROVINCIAL):
        deputy = factories.officer(SANTAI, "organ_leader")
    with acting(deputy):
        assert protection_conclude(actor=deputy, case=row, **DONE).state == P.CONCLUDED


def test_it_is_the_persons_own_to_open_to_see_and_to_take_back() -> None:
    made, other = protected(), protected(name="刘海")
    row = opened(made)
    with acting(other.person):
        assert list(own_protections(other.person)) == []
        with pytest.raises(NotFound):
            own_protection(other.person, row.pk)
        for act in (
            lambda: protection_take_back(actor=other.person, case=row),
            lambda: protection_open(actor=other.person, engagement=made.engagement, told=Told(**TOLD)),
            lambda: evidence_add(actor=other.person, case=row, upload=paper()),
        ):
            with pytest.raises(NotAllowed):
                act()
    with acting(made.person):
        assert protection_take_back(actor=made.person, case=row).state == P.TAKEN_BACK
    with acting(made.hr):
        theirs = protection_open(actor=made.hr, engagement=made.engagement, told=Told(**TOLD))
        assert theirs.source == "bureau"
        with pytest.raises(Refusal, match="由本人登录撤回"), speaking(), transaction.atomic():
            ProtectionCase.objects.filter(pk=theirs.pk).update(state=P.TAKEN_BACK)
        theirs.pk, theirs.source = None, "self"
        with pytest.raises(Refusal, match="由本人登录提出"), speaking(), transaction.atomic():
            theirs.save(force_insert=True)
    with acting(made.hr):
        theirs = ProtectionCase.objects.get(source="bureau")
    with acting(made.person), pytest.raises(Refusal, match="由单位办理"):
        protection_take_back(actor=made.person, case=theirs)
    wide = Actor(
        name="王建华",
        account_id=made.person.account_id,
        person_id=made.person.person_id,
        lo=SANTAI,
        hi=SANTAI + 10**6 - 1,
    )
    with acting(wide), pytest.raises(Refusal, match="由公安机关办理"), speaking(), transaction.atomic():
        ProtectionCase.objects.filter(pk=theirs.pk).update(state=P.HANDLING, accepted_by="王建华", accepted_on=today())


def test_a_unit_opens_it_for_its_own_people_only() -> None:
    made = protected()
    with acting(factories.PROVINCIAL):
        unit, elsewhere = factories.unit(SANTAI, 1), factories.unit(SANTAI, 2, "刘营派出所")
        post = factories.post(unit.code)
        leader, other = (factories.officer(each.code, "unit_leader") for each in (unit, elsewhere))
    head = factories.territorial(SANTAI, "hr_head")
    with acting(head):
        place(made, post)
    with acting(leader):
        row = protection_open(actor=leader, engagement=made.engagement, told=Told(**TOLD))
    assert row.source == "unit"
    with acting(other), pytest.raises(NotAllowed, match="使用单位"):
        protection_open(actor=other, engagement=made.engagement, told=Told(**TOLD))


def place(made: Protected, post: Post) -> None:
    row = Assignment(
        organ_code=SANTAI,
        engagement=made.engagement,
        unit=post.unit,
        post=post,
        span=DateRange(made.engagement.span.lower, None),
    )
    row.clean()
    row.save()


def test_what_happened_is_read_for_a_reason() -> None:
    made = protected()
    row = opened(made)
    with acting(made.chief):
        with pytest.raises(Refusal):
            protection_read(actor=made.chief, case=row, reason=" ")
        assert protection_read(actor=made.chief, case=row, reason="决定前查阅").told == TOLD["told"]
        assert Reading.objects.get(tracked="protection_protectioncase").person_id == row.person_id


def test_another_bureau_sees_and_does_nothing() -> None:
    made = protected()
    row = opened(made)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        other = factories.officer(YANTING, "discipline", "organ_leader")
    city = factories.territorial(factories.MIANYANG, "discipline", "organ_leader")
    with acting(other), pytest.raises(NotFound):
        protection_for(other, row.pk)
    with acting(city):
        seen = protection_for(city, row.pk)
        for act in (
            lambda: protection_accept(actor=city, case=seen),
            lambda: protection_decline(actor=city, case=seen, reason="不"),
            lambda: protection_read(actor=city, case=seen, reason="看看"),
            lambda: protection_open(actor=city, engagement=made.engagement, told=Told(**TOLD)),
        ):
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize(("role", "state"), list(product(Role, [P.OPENED, P.HANDLING, P.CONCLUDED, P.DECLINED])))
def test_every_role_in_every_state(role: Role, state: ProtectionState) -> None:
    """The whole table: what it allows is done, anything else is refused."""
    made = protected()
    if role == Role.AUXILIARY:
        actor = made.person
    else:
        with acting(factories.PROVINCIAL):
            actor = factories.officer(SANTAI, role)
    row = opened(made) if state in (P.OPENED, P.DECLINED) else handled(made)
    if state == P.CONCLUDED:
        row = concluded(made, row, without_why="无")
    elif state == P.DECLINED:
        with acting(made.chief):
            row = protection_decline(actor=made.chief, case=row, reason="不是履职")
    acts = {
        "accept": lambda: protection_accept(actor=actor, case=row),
        "decline": lambda: protection_decline(actor=actor, case=row, reason="不是履职"),
        "take_back": lambda: protection_take_back(actor=actor, case=row),
        "conclude": lambda: protection_conclude(actor=actor, case=row, **DONE, without_why="无"),
    }
    allowed = {move.verb for move in PROTECTION.from_state(state) if actor.has(*move.roles)}
    with acting(actor):
        for verb, act in acts.items():
            done = False
            try:
                with transaction.atomic():
                    act()
                    done = True
                    raise LookupError
            except (Refusal, NotAllowed, LookupError):
                pass
            assert done is (verb in allowed), (verb, role, state)


def test_what_waits_for_whom() -> None:
    made = protected()

    def kinds(actor: Actor) -> dict[str, int]:
        with acting(actor):
            return {each.kind: each.count for each in waiting(actor, PROTECTIONS)}

    row = opened(made)
    assert kinds(made.discipline) == kinds(made.chief) == {"protection_opened": 1}
    assert kinds(made.person) == {}
    with acting(made.discipline):
        protection_accept(actor=made.discipline, case=row)
    assert kinds(made.hr) == {"protection_handling": 1}
    agreed(made, row)
    assert kinds(made.discipline) == {"protection_handling": 1, "clarification_agreed": 1}
    assert kinds(made.chief) == {"protection_handling": 1}
