"""合同: what waits, the lists behind the numbers, one person's renewal and several at once, as officers use them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.todos import waiting as todos_waiting
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later
from fujing.law.retirement import latest_birth
from fujing.management.contracts.models import Renewal
from fujing.management.contracts.todos import CONTRACTS
from fujing.registry.models import Contract, Engagement
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import Line, place_of
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.management.made import PDF, ending, recorded
from tests.web.test_consent_pages import text
from tests.web.test_people_pages import contract
from tests.web.test_recruitment_todos import rows_of

pytestmark = pytest.mark.django_db


def waiting(actor: Actor) -> dict[str, Line]:
    with acting(actor):
        return {each.kind: Line(each, place_of(each, PLACES)) for each in todos_waiting(actor, CONTRACTS)}


def head() -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(SANTAI, "hr_head")


def sent(client: Client, url: str, said: dict[str, object], status: int = 302) -> str:
    answer = client.post(url, said)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_contracts_that_end_are_counted_by_days_and_each_number_is_its_lists() -> None:
    """Both sides of each threshold; a renewed one waits for nobody, a subordinate bureau's for nobody here."""
    lefts = (0, 7, 8, 30, 31, 60, 61, 3)
    factories.quota(SANTAI, len(lefts))
    with acting(factories.PROVINCIAL):
        who, city = factories.officer(SANTAI, "hr_head"), factories.officer(factories.MIANYANG, "hr_head")
        for number, left in enumerate(lefts):
            engagement = factories.engagement(factories.person(SANTAI, f"安{number}"))
            contract(engagement, 1, today() - timedelta(days=100), today() + timedelta(days=left + 1))
        contract(engagement, 2, today() + timedelta(days=4), today() + timedelta(days=400))
    found = waiting(who)
    assert {kind: (each.count, each.due) for kind, each in found.items()} == {
        "contract_ends7": (2, today()),
        "contract_ends30": (2, today() + timedelta(days=8)),
        "contract_ends60": (2, today() + timedelta(days=31)),
    }
    assert found["contract_ends30"].words == "劳动合同：8 至 30 日内期满，待办理续签或终止，共 2 人"
    for each in found.values():
        assert rows_of(client_of(who), each.url) == each.count
    assert rows_of(client_of(who), "/desk/people/?due=soon") == 6
    assert waiting(city) == {}
    assert rows_of(client_of(city), "/desk/people/?due=ends7") == 2
    assert "没有符合条件的内容" in text(client_of(city), "/desk/people/?due=ends7&own=1")


def test_what_has_ended_with_nobody_asked_waits_first() -> None:
    who = head()
    ended = ending(-1, "甲")
    ending(0, "乙")
    found = waiting(who)
    assert found["contract_ends7"].due == today()
    assert found["contract_lapsed"].words == "劳动合同：已经期满仍在职，待续签或终止，共 1 人"
    assert rows_of(client_of(who), found["contract_lapsed"].url) == 1
    sent(client_of(who), f"/desk/contracts/engagements/{ended.pk}/offer/", OFFER)
    assert "contract_lapsed" not in waiting(who)


OFFER = {
    "kind": "fixed",
    "term_months": "36",
    "same_or_better": "same",
    "answer_until": (today() + timedelta(9)).isoformat(),
}


def test_what_only_a_roster_tells_of_waits_in_the_same_lists(tmp_path: Path) -> None:
    """On its last day it ends soon, on the next one it has ended; who asks about it takes it off the list."""
    who = head()
    last = recorded(tmp_path / "1", 0, number=1)
    ended = recorded(tmp_path / "2", -1, number=2)
    for kind, row in (("contract_ends7", last), ("contract_lapsed", ended)):
        found = waiting(who)[kind]
        assert (found.count, rows_of(client_of(who), found.url)) == (1, 1)
        assert f"/desk/contracts/engagements/{row.pk}/" in text(client_of(who), found.url)
    sent(client_of(who), f"/desk/contracts/engagements/{ended.pk}/offer/", OFFER)
    assert {*waiting(who)} == {"contract_ends7", "renewal_offered"}


def test_one_is_asked_agrees_and_signs() -> None:
    who = head()
    engagement = ending(20, "甲")
    client, page = client_of(who), f"/desk/contracts/engagements/{engagement.pk}/"
    shown = text(client, page)
    assert "可以固定期限：连续订立固定期限合同1次" in shown
    assert "不续订时" in shown
    assert "续订条件" in sent(client, f"{page}offer/", {**OFFER, "same_or_better": ""}, 422)
    sent(client, f"{page}offer/", OFFER)
    assert waiting(who)["renewal_offered"].count == rows_of(client, "/desk/contracts/?step=offered") == 1
    sent(client, page, {"verb": "accept"}, 200)
    sent(client, page, {"verb": "accept", "replied_on": today().isoformat()})
    assert waiting(who)["renewal_accepted"].count == rows_of(client, "/desk/contracts/?step=accepted") == 1
    asked = sent(client, page, {"verb": "sign"}, 200)
    assert "新合同从原合同到期次日起算" in asked
    sent(client, page, {"verb": "sign", "confirmed": "1", "signed_on": today().isoformat(), "late_reason": ""})
    with acting(who):
        new = Contract.objects.get(engagement=engagement, sequence=2)
        assert (new.span.lower, new.term_months, new.probation_months) == (today() + timedelta(21), 36, 0)
    assert waiting(who) == {}
    assert "已续订" in text(client, page)
    again = client.post(page, {"verb": "sign", "confirmed": "1", "signed_on": today().isoformat()}, follow=True)
    assert "这次续订已经办结" in again.content.decode()


def test_several_are_asked_and_sign_at_once() -> None:
    who = head()
    client = client_of(who)
    people = [ending(10 + number, f"丁{number}", fixed_terms=1 + number % 2) for number in range(4)]
    chosen = [str(each.pk) for each in people]
    listed = text(client, "/desk/contracts/?step=soon")
    assert listed.count("可以固定期限") == listed.count("无固定期限</") == 2
    given = {"chosen": chosen, "term_months": "24", "same_or_better": "same", "answer_until": OFFER["answer_until"]}
    assert "请选择人员" in sent(client, "/desk/contracts/?step=soon", {**given, "chosen": []}, 422)
    sent(client, "/desk/contracts/?step=soon", given)
    with acting(who):
        assert sorted(Renewal.objects.values_list("kind", "term_months")) == [
            ("fixed", 24),
            ("fixed", 24),
            ("open_ended", None),
            ("open_ended", None),
        ]
    # Sent once more, it names each who is asked already, and writes nothing.
    assert sent(client, "/desk/contracts/?step=lapsed", given, 422).count("的合同已在办理续订或者终止") == 4
    for each in people:
        sent(client, f"/desk/contracts/engagements/{each.pk}/", {"verb": "accept", "replied_on": today().isoformat()})
    sent(client, "/desk/contracts/?step=accepted", {"chosen": chosen, "signed_on": today().isoformat()})
    with acting(who):
        assert Contract.objects.filter(sequence__gt=1, signed_on=today()).count() == 4
    assert "现在没有这样的人员" in text(client, "/desk/contracts/?step=accepted")


def test_not_renewing_asks_for_each_situation_and_ends_on_the_last_day() -> None:
    who = head()
    client = client_of(who)
    engagement = ending(0, "戊")
    page = f"/desk/contracts/engagements/{engagement.pk}/"
    none = dict.fromkeys(("hazard", "injury", "illness", "maternity", "near_retirement"), "no")
    refused = sent(client, f"{page}expiry/", {**none, "maternity": "yes", "reason": "岗位撤销"}, 422)
    assert "有此情形的，合同应当续延至情形消失" in refused
    assert (
        sent(client, f"{page}expiry/", {"reason": "岗位撤销"}, 422).count("请核实后选择") == 10
    )  # at each field and on top
    sent(client, f"{page}expiry/", {**none, "reason": "岗位撤销"})
    assert "单位不续订，" in text(client, page)
    asked = sent(client, page, {"verb": "end"}, 200)
    assert "用工和岗位安排到合同最后一日为止" in asked
    sent(client, page, {"verb": "end", "confirmed": "1"})
    with acting(who):
        left = Engagement.objects.get(pk=engagement.pk)
        assert (left.span.upper, left.exit_kind) == (today() + timedelta(1), "contract_expired")


def test_a_refusal_is_kept_as_it_was_written_and_opened_by_the_bureau_alone() -> None:
    who = head()
    engagement = ending(20, "己")
    client, page = client_of(who), f"/desk/contracts/engagements/{engagement.pk}/"
    sent(client, f"{page}offer/", OFFER)
    assert "本人书面答复" in sent(
        client, page, {"verb": "decline", "confirmed": "1", "replied_on": today().isoformat()}, 422
    )
    reply = SimpleUploadedFile("答复.pdf", PDF)
    sent(client, page, {"verb": "decline", "confirmed": "1", "replied_on": today().isoformat(), "reply": reply})
    assert "不支付经济补偿" in text(client, page)
    with acting(who):
        row = Renewal.objects.get()
    assert b"".join(client.get(f"/desk/renewals/{row.pk}/reply/").streaming_content) == PDF
    assert client.get(f"/desk/renewals/{row.pk}/request/").status_code == 404
    with acting(factories.PROVINCIAL):
        other = factories.officer(YANTING, "hr_head")
    assert client_of(other).get(f"/desk/renewals/{row.pk}/reply/").status_code == 404
    assert client_of(other).get(page).status_code == 404


def test_who_reaches_the_retirement_age_is_listed_with_the_sentence_and_leads_to_the_departure() -> None:
    factories.quota(SANTAI, 3)
    who = head()
    with acting(factories.PROVINCIAL):
        soon, later, woman = (factories.person(SANTAI, name) for name in ("将退", "未到", "女士"))
        law = Parameters(today())
        day = months_later(today(), 6)
        for person, sex, days in ((soon, "male", 0), (later, "male", 1), (woman, "female", 0)):
            person.sex, person.birth_date = sex, latest_birth(law, sex, day) + timedelta(days)
            person.save()
            factories.engagement(person)
    found = waiting(who)["retiring"]
    assert (found.count, found.total) == (2, "共 2 人")
    page = text(client_of(who), found.url)
    assert "将退" in page
    assert "女士" in page
    assert "未到" not in page
    assert "管理、技术岗位的女职工" in page
