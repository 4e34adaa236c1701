"""What the database doesn't keep of tiers, their batches, schemes and what is on record of the past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.management.tiers.models import Batch, Holding, PastFact, Scheme
from fujing.management.tiers.states import BatchState
from tests import factories
from tests.factories import SANTAI
from tests.management.tiers import SINCE, bureau, proposed, public, recorded, rise_by_sql

pytestmark = pytest.mark.django_db
B = BatchState


HOLDING_BREAKS: list[tuple[dict[str, Any], str]] = [
    ({"source": "promotion"}, "应有批次的决定"),
    ({"source": "paper", "document_number": ""}, "应有任职日期、文号和扫描件"),
    ({"ended_how": "left"}, "终止应注明情形"),
    ({"source": "roster", "since": None, "recorded_on": today()}, "花名册没有记载"),
    ({"since": today() + timedelta(1)}, "施行以后的层级由批次决定"),
    ({"span": DateRange(date(2020, 1, 1), None)}, "在职期间之内"),
]


@pytest.mark.parametrize(("said", "sentence"), HOLDING_BREAKS)
def test_what_the_database_does_not_keep_of_a_tier(said: dict[str, Any], sentence: str) -> None:
    made = bureau({"甲": ""})
    engagement = made.people["甲"]
    values = {
        "tier": "四级",
        "name": "四级辅警",
        "span": DateRange(SINCE, None),
        "since": SINCE,
        "source": "paper",
        "document_number": "1号",
        "scan": None if said.get("source") == "roster" else factories.scan_of(SANTAI),
    } | said
    with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        Holding.objects.create(
            organ_code=SANTAI, engagement=engagement, person_id=engagement.person_id, recorded_by=made.hr.name, **values
        )


def test_a_tier_is_never_rewritten_and_one_at_a_time() -> None:
    made = bureau({"甲": "四级"})
    with acting(made.hr):
        row_ = Holding.objects.get()
        for act, sentence in (
            (lambda: Holding.objects.update(tier="一级"), "不得改动"),
            (lambda: Holding.objects.update(since=date(2020, 1, 1)), "不得改动"),
            (lambda: row_.delete(), "不得删除"),
            (lambda: Holding.objects.create(**again(row_)), "只能有一个层级"),
        ):
            with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
                act()


def again(row_: Holding) -> dict[str, Any]:
    names = ("organ_code", "engagement", "person_id", "tier", "name", "span", "since", "source", "document_number")
    return {name: getattr(row_, name) for name in (*names, "scan", "recorded_by")}


OTHER_BREAKS: list[tuple[type, dict[str, Any], str]] = [
    (PastFact, {"on": date(2024, 6, 1)}, "年度的最后一日"),
    (PastFact, {"word": " "}, "应写明等次"),
    (PastFact, {}, "这一年度的考核等次已经登记"),
]


@pytest.mark.parametrize(("model", "said", "sentence"), OTHER_BREAKS)
def test_what_the_database_does_not_keep_of_the_past(model: type, said: dict[str, Any], sentence: str) -> None:
    made = bureau({"甲": "四级"})
    with acting(made.hr):
        like = PastFact.objects.order_by("pk")[0]
        names = (
            "organ_code",
            "engagement",
            "person_id",
            "kind",
            "on",
            "word",
            "document_number",
            "scan",
            "recorded_by",
        )
        values = {name: getattr(like, name) for name in names} | said
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            PastFact.objects.create(**values)
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            PastFact.objects.update(word="优秀")


def test_what_the_database_does_not_keep_of_batches_and_schemes() -> None:
    made = bureau({"甲": "四级"})
    batch = proposed(made, {"甲": 90})
    span = {"publicised_from": today(), "publicised_until": today()}
    with acting(made.hr):
        for rows, values, sentence in (
            (Batch.objects.filter(pk=batch.pk), {"state": B.PUBLICISED}, "至少两日"),
            (Batch.objects.filter(pk=batch.pk), {"state": B.PUBLICISED, **span}, "至少两日"),
            (Batch.objects.filter(pk=batch.pk), {"day": today() - timedelta(1)}, "不得改动"),
            (Batch.objects.filter(pk=batch.pk), {"state": B.DECIDED}, "不能从"),
        ):
            with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
                rows.update(**values)
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            Batch.objects.filter(pk=batch.pk)._raw_delete("default")
    public(made, batch)
    with acting(made.hr), pytest.raises(Refusal, match="以外的负责人决定"), speaking(), transaction.atomic():
        # The clerk who proposed it can't decide, whatever name is written.
        rise_by_sql(made, batch, ["甲"])
    spare = recorded(made.hr)
    with (
        acting(made.hr),
        pytest.raises(Refusal, match=r"登记人以外的负责人|已有施行中"),
        speaking(),
        transaction.atomic(),
    ):
        Scheme.objects.filter(pk=spare.pk).update(state="adopted", adopted_on=today(), adopted_by=made.hr.name)
