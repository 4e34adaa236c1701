"""Whose keys open a report, how they are replaced, and who learns of the reporter (14.5, 31)."""

from __future__ import annotations

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.boxes import Sealed
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.management.complaints.keys import candidates, filling, key_make, key_unlock, keys_of
from fujing.management.complaints.models import Envelope, IdentityBox, IdentityRelease, ReaderKey, Report
from fujing.management.complaints.queries import partners_of, people_named, release_for
from fujing.management.complaints.sealing import identified
from fujing.management.complaints.services import envelopes_renew, hearing_ask, identity_open, identity_release
from tests import factories
from tests.factories import SANTAI
from tests.management.reports import PHRASE, STORY, VISITOR, Reader, brought, case, filed, opened, reader

pytestmark = pytest.mark.django_db


def test_who_is_accused_gets_no_key_and_a_reader_is_not_accused() -> None:
    made = case()
    report = brought(made, "investigated")
    with acting(factories.PROVINCIAL):
        person = factories.person(SANTAI, "周督察")
        # The same human by the citizen number, under another name and with a work account.
        account = factories.account(SANTAI, "discipline", name="换了名字")
        account.id_number = person.id_number
        account.save()
        double = factories.actor_of(factories.account_with_roles(account.pk))
    with acting(double):
        key_make(actor=double, passphrase=PHRASE)
    actor = made.reader.actor
    with acting(actor):
        hearing_ask(actor=actor, report=report, person=person, matter="同一件事")
        with pytest.raises(Refusal, match="当事人不能查阅"), speaking(), transaction.atomic():
            envelopes_renew(actor=actor, report=report, private=made.reader.private)
    later = filed()
    assert later
    with acting(double):
        mine = Report.objects.order_by("-pk")[0]
        mine.state = "accepted"
        mine.accepted_on = today()
        mine.save()
        mine.state = "investigated"
        mine.save()
        with pytest.raises(Refusal, match="不能是当事人"), speaking(), transaction.atomic():
            hearing_ask(actor=double, report=mine, person=person, matter="同一件事")


def test_a_key_is_sealed_only_to_discipline_officers_in_office() -> None:
    made = case()
    report = made.report
    with acting(factories.PROVINCIAL):
        leader = factories.officer(SANTAI, "organ_leader")
    with acting(leader):
        with pytest.raises(NotAllowed):
            key_make(actor=leader, passphrase=PHRASE)
        # By SQL one gets a key, but nobody fills a box for it.
        key = ReaderKey.objects.create(account_id=leader.account_id, public=b"1" * 32, salt=b"1" * 16, box=b"1")
    forged = Envelope(report=report, account_id=leader.account_id, key=key, box=b"1")
    refused = pytest.raises(Refusal, match="在任的纪检督察")
    with acting(made.reader.actor), filling(report.pk), refused, speaking(), transaction.atomic():
        forged.save()
    with acting(VISITOR):
        assert all(each.account != leader.account_id for found in candidates().values() for each in found)


def test_a_lost_passphrase_is_mended_by_another_reader() -> None:
    made = case()
    report, lost = made.report, made.other.actor
    with acting(lost):
        with pytest.raises(Refusal, match="口令不对"):
            key_unlock(actor=lost, passphrase="不对的口令不对的口令")
        with pytest.raises(Refusal) as short:
            key_make(actor=lost, passphrase="太短")
        assert set(short.value.errors) == {"passphrase"}
        key_make(actor=lost, passphrase="另外的口令 另外的口令 再加")
        private = key_unlock(actor=lost, passphrase="另外的口令 另外的口令 再加")
        with pytest.raises(Refusal, match="重新封给您"):
            keys_of(actor=lost, report=report, private=private)
    with acting(made.reader.actor):
        assert envelopes_renew(actor=made.reader.actor, report=report, private=made.reader.private) == 1
        assert envelopes_renew(actor=made.reader.actor, report=report, private=made.reader.private) == 0
    assert opened(Reader(lost, private), report)[0] == ("report", STORY.text)


def test_the_identity_is_opened_by_two_people_each_with_a_reason() -> None:
    made = case(name="李举报", phone="13900001111")
    report, (one, two) = made.report, (made.reader, made.other)
    assert report.named
    with acting(one.actor):
        assert partners_of(one.actor, report) == {two.actor.account_id: two.actor.name}
        with pytest.raises(Refusal) as silent:
            identity_release(
                actor=one.actor, report=report, private=one.private, second=two.actor.account_id or 0, reason=" "
            )
        assert set(silent.value.errors) == {"reason"}
        row = identity_release(
            actor=one.actor, report=report, private=one.private, second=two.actor.account_id or 0, reason="须当面核实"
        )
        # Who consents learns nothing by it.
        with pytest.raises(Sealed):
            identified(one.private, report.pk, row.inner)
        with pytest.raises(Refusal, match="另一名"):
            identity_open(actor=one.actor, release=row, private=one.private, reason="看看")
        # Nor does anybody alone with the box that is theirs to begin.
        with pytest.raises(Sealed):
            identified(one.private, report.pk, IdentityBox.objects.get(first=one.actor.account_id).box)
    with acting(two.actor):
        waiting_for = release_for(two.actor, report)
        assert waiting_for is not None
        found = identity_open(actor=two.actor, release=waiting_for, private=two.private, reason="约时间")
        assert found == {"name": "李举报", "phone": "13900001111"}
        row = IdentityRelease.objects.get()
        assert (row.opened_by_id, row.opened_reason, row.reason) == (two.actor.account_id, "约时间", "须当面核实")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            IdentityRelease.objects.filter(pk=row.pk).update(reason="别的")


def test_with_one_reader_no_identity_is_taken() -> None:
    reader(name="周督察")
    with pytest.raises(Refusal) as refused:
        filed(name="李举报", phone="13900001111")
    assert set(refused.value.errors) == {"name"}
    assert filed()


def test_somebody_is_found_by_the_whole_name_and_of_namesakes_by_the_last_four_of_the_number() -> None:
    with acting(factories.PROVINCIAL):
        one, other, _ = (factories.person(SANTAI, name) for name in ("王建华", "王建华", "王建"))
        officer = factories.officer(SANTAI, "discipline")
    with acting(officer):
        assert {each.pk for each in people_named(officer, " 王建华 ")} == {one.pk, other.pk}
        assert [each.pk for each in people_named(officer, "王建华", one.id_number[-4:].lower())] == [one.pk]
        assert people_named(officer, "王建华", "0000") == []
