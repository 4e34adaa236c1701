"""Two batches decided at the same moment: a cap is never exceeded (Article 23.p1)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal
from fujing.management.tiers.batches import batch_decide
from fujing.management.tiers.models import Batch, Candidate
from tests.management.tiers import NUMBER, Bureau, bureau, proposed, public, rise_by_sql, tiers
from tests.races.overlap import Act, overlapping

pytestmark = pytest.mark.race


def by_service(made: Bureau, batch: Batch) -> Act:
    return made.leader, lambda: batch_decide(actor=made.leader, batch=batch, document_number=NUMBER)


def by_sql(made: Bureau, batch: Batch) -> Act:
    """The same as the database alone sees it."""
    with acting(made.hr):
        names = list(Candidate.objects.filter(batch=batch, chosen=True).values_list("name", flat=True))
    return made.leader, lambda: rise_by_sql(made, batch, names)


@pytest.mark.parametrize("second", [by_service, by_sql])
@pytest.mark.parametrize("first", [by_service, by_sql])
def test_two_batches_for_the_last_place_give_it_once(
    committed: None, first: Callable[[Bureau, Batch], Act], second: Callable[[Bureau, Batch], Act]
) -> None:
    made = bureau(dict.fromkeys("甲乙", "四级"), quota=4)
    one, other = (public(made, proposed(made, {"甲": score, "乙": 80})) for score in (90, 70))
    answers = overlapping(first(made, one), second(made, other))
    assert not isinstance(answers[0], Refusal)
    assert isinstance(answers[1], Refusal)
    assert tiers(made) == {"甲": "三级", "乙": "四级"}
