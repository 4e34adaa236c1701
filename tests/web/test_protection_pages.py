"""Pages of protection: the phone and the desk, wrong verbs, twice, another's address, what each reads (28, 44)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.protection.models import Clarification, ProtectionCase, ProtectionTerm, Referral
from fujing.management.protection.services import accused_name
from fujing.registry.models import Account
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management.made import PDF
from tests.management.protected import agreed, handled, measured, opened, proposed, protected, referred

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "harm",
    "happened_on": today().isoformat(),
    "place": "农贸市场门口",
    "duty": "疏导交通",
    "told": "被推倒在地",
    "against": "摆摊的男子",
    "harmed": ["body", "property"],
    "damage": "擦伤，手机损坏",
}


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, *args: object, status: int = 302, **data: object) -> str:
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return "" if status == 302 else answer.content.decode()


def test_told_on_the_phone_handled_at_the_desk_and_seen_on_the_phone() -> None:
    made = protected()
    phone, desk, chief = (client_of(each) for each in (made.person, made.discipline, made.chief))
    assert "请填写" not in page(phone, "me:protect")
    assert "请写明当时正在履行什么职责" in post(phone, "me:protect", status=422, **(FORM | {"duty": ""}))
    upload = SimpleUploadedFile("照片.pdf", PDF)
    post(phone, "me:protect", **FORM, upload=upload)
    with acting(made.person):
        row = ProtectionCase.objects.get()
    assert "待受理" in page(phone, "me:protections")
    assert "被推倒在地" in page(phone, "me:protection", row.pk)
    # At the desk what happened is read for a reason.
    assert "被推倒在地" not in page(desk, "desk:protection", row.pk)
    assert "被推倒在地" in post(desk, "desk:protection", row.pk, status=200, act="read", reason="受理前查阅")
    with acting(made.discipline):
        paper = row.evidences.get()
    answer = desk.post(reverse("desk:protection", args=[row.pk]), {"act": f"file-{paper.pk}", "reason": "受理前查阅"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)  # type: ignore[attr-defined]
    answer = desk.post(reverse("desk:protection", args=[row.pk]), {"act": "file-0", "reason": "受理前查阅"})
    assert answer.status_code == 404
    post(desk, "desk:protection", row.pk, status=200, verb="accept")
    post(desk, "desk:protection", row.pk, verb="accept", confirmed="1")
    post(desk, "desk:protection", row.pk, verb="accept", confirmed="1")  # from another tab: said, nothing done
    assert "当前状态为" in page(desk, "desk:protection", row.pk)
    measure = {"kind": "visit", "taken_on": today(), "handler": "唐督察", "note": "到家中看望"}
    late = measure | {"taken_on": today() + timedelta(1)}
    assert "日期应在发生之日" in post(desk, "desk:protection_add", row.pk, "measure", status=422, **late)
    post(desk, "desk:protection_add", row.pk, "measure", **measure)
    assert "到家中看望" in page(phone, "me:protection", row.pk)
    post(phone, "me:protection", row.pk, upload=SimpleUploadedFile("病历.pdf", PDF), note="病历")
    # The leader is told what is missing, then what stands for it.
    end = {"verb": "conclude", "confirmed": "1", "finding": "upheld", "conclusion": "监控证实"}
    assert "没有移送追究阻碍人、侵害人的责任" in post(chief, "desk:protection", row.pk, status=422, **end)
    referral = {
        "to_whom": "public_order",
        "body": "城关派出所",
        "referred_on": today(),
        "receipt": "受案〔2026〕1号",
        "handler": "唐督察",
    }
    post(desk, "desk:protection_add", row.pk, "referral", **referral)
    assert "还有1件移送没有登记处理结果" in post(chief, "desk:protection", row.pk, status=422, **end)
    with acting(made.discipline):
        sent = Referral.objects.get()
    outcome = {"outcome": "punished", "outcome_on": today(), "outcome_text": "行政拘留五日"}
    post(desk, "desk:protection_referral", sent.pk, **outcome)
    assert "处理结果已经登记" in post(desk, "desk:protection_referral", sent.pk, status=422, **outcome)
    post(chief, "desk:protection", row.pk, **end)
    seen = page(phone, "me:protection", row.pk)
    for words in ("结论：属实", "监控证实", "行政拘留五日", "受案〔2026〕1号", made.chief.name):
        assert words in seen
    assert 'name="upload"' not in seen


def test_the_person_says_on_the_phone_how_far_it_may_become_known() -> None:
    made = protected()
    row = proposed(made, handled(made, kind="smear"), scope=4)
    phone, desk = client_of(made.person), client_of(made.discipline)
    assert "需要您表示意见" in page(phone, "me:home")
    asked = post(phone, "me:clarification", row.pk, status=200, verb="agree")
    assert "向社会公开" not in asked
    assert "不公开任何内容" in page(desk, "desk:clarification", row.pk)
    refused = client_of(made.discipline).post(reverse("me:clarification", args=[row.pk]), {"verb": "agree"})
    assert refused.status_code == 403
    post(phone, "me:clarification", row.pk, status=422, verb="agree", confirmed="1", agreed_scope="5")
    post(phone, "me:clarification", row.pk, verb="agree", confirmed="1", agreed_scope="2")
    assert "同意公开到：使用单位" in page(desk, "desk:clarification", row.pk).replace("\n", "")
    publish = {
        "verb": "publish",
        "confirmed": "1",
        "published_scope": "3",
        "published_on": today(),
        "published_where": "所务会",
    }
    post(desk, "desk:clarification", row.pk, status=422, **publish)
    post(desk, "desk:clarification", row.pk, **(publish | {"published_scope": "2"}))
    assert "所务会" in page(phone, "me:clarification", row.pk)


def test_what_the_person_signed_on_paper_is_recorded_and_served() -> None:
    made = protected()
    row = proposed(made, handled(made, kind="smear"), scope=2)
    desk = client_of(made.discipline)
    page(desk, "desk:clarification_paper", row.pk, status=404)
    given = {"verb": "agree_paper", "confirmed": "1", "consented_on": today(), "agreed_scope": "1"}
    post(desk, "desk:clarification", row.pk, status=422, **given)
    post(desk, "desk:clarification", row.pk, **given, upload=SimpleUploadedFile("意见.pdf", PDF))
    answer = desk.get(reverse("desk:clarification_paper", args=[row.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    with acting(made.discipline):
        assert Clarification.objects.get().agreed_scope == 1


def test_whoever_it_turns_out_to_be_about_finds_nothing_any_more() -> None:
    made = protected()
    row = handled(made)
    measured(made, row)
    referral, cleared = referred(made, row), agreed(made, row)
    chief = client_of(made.chief)
    assert "王建华" in page(chief, "desk:protections")
    desk = client_of(made.discipline)
    post(desk, "desk:protection_add", row.pk, "accused", accused=made.chief.account_id)
    assert "王建华" not in page(chief, "desk:protections")
    page(chief, "desk:protection", row.pk, status=404)
    page(chief, "desk:protection_referral", referral.pk, status=404)
    page(chief, "desk:clarification", cleared.pk, status=404)
    assert "侵害" not in page(chief, "desk:person", row.person_id)
    shown = chief.get(reverse("desk:person", args=[row.person_id]), {"tab": "protections"}).content.decode()
    assert "没有提出过维权" in shown


def test_who_held_somebody_accountable_is_chosen_when_it_is_accepted() -> None:
    made = protected()
    row = opened(made, kind="accountability")
    desk = client_of(made.discipline)
    asked = post(desk, "desk:protection", row.pk, status=200, verb="accept")
    assert "追究的决定" in asked
    assert "涉及的本机关人员" in asked
    post(desk, "desk:protection", row.pk, verb="accept", confirmed="1")
    given = {"corrected_on": today(), "by": "三台县公安局", "number": "9号", "text": "撤销通报"}
    post(desk, "desk:protection_add", row.pk, "correction", **given)
    assert "撤销通报" in page(client_of(made.person), "me:protection", row.pk)
    assert "不是被错误追究责任" in post(
        desk, "desk:protection_add", handled(made).pk, "correction", status=422, **given
    )
    page(desk, "desk:protection_add", row.pk, "nothing", status=404)


def test_a_unit_opens_it_from_the_dossier_and_goes_no_further() -> None:
    made = protected()
    with acting(factories.PROVINCIAL):
        unit = factories.unit(SANTAI)
        leader = factories.officer(unit.code, "unit_leader")
    client = client_of(leader)
    # Not placed in the unit: not one of its people.
    page(client, "desk:protection_new", made.engagement.person_id, status=404)
    page(client, "desk:protections", status=403)
    hr = client_of(made.hr)
    post(hr, "desk:protection_new", made.engagement.person_id, **FORM)
    with acting(made.hr):
        assert ProtectionCase.objects.get().source == "bureau"
    tab = hr.get(reverse("desk:person", args=[made.engagement.person_id]), {"tab": "protections"}).content.decode()
    assert "提出维权" in tab
    assert "不法侵害" in tab


def test_terms_are_entered_once_and_show_on_the_list() -> None:
    made = protected()
    opened(made)
    desk = client_of(made.discipline)
    assert "没有规定" in page(desk, "desk:protections")
    given = {"step": "accept", "days": "3", "unit": "calendar", "starts": today(), "basis": "三公〔2026〕3号"}
    post(desk, "desk:protection_terms", **given)
    assert "已经录入" in post(desk, "desk:protection_terms", status=422, **given)
    with acting(made.discipline):
        assert ProtectionTerm.objects.count() == 1
    assert (today() + timedelta(3)).isoformat() in page(desk, "desk:protections")
    page(client_of(made.person), "desk:protection_terms", status=403)


def test_another_person_finds_no_page_of_somebodys_case(client: Client) -> None:
    made, other = protected(), protected(name="刘海")
    row = opened(made)
    cleared = proposed(made, handled(made, kind="smear"))
    phone = client_of(other.person)
    page(phone, "me:protection", row.pk, status=404)
    page(phone, "me:clarification", cleared.pk, status=404)
    assert "您没有提出过维权" in page(phone, "me:protections")
    with acting(made.discipline):
        accused_name(
            actor=made.discipline,
            case=ProtectionCase.objects.get(kind="smear"),
            accused=Account.objects.get(pk=made.hr.account_id),
        )
