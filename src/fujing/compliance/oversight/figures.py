"""The oversight desk: one row per subordinate organ, from aggregates, at a cost that knows no number of organs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, DateTimeField, OuterRef, QuerySet, Subquery

from fujing.compliance.oversight.gaps import service_counts, without_contract_on
from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.queries import OPEN_NOTICES, overdue_on
from fujing.general.quota.queries import accounts_below
from fujing.kernel.clock import ZONE
from fujing.kernel.models import HistoryEntry
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.states import STEPS
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind

RUNNING_CAMPAIGNS = (CampaignState.PUBLISHED, CampaignState.CLOSED, CampaignState.PUBLICITY)
# What asks for attention, worst first; the desk sorts by it.
ATTENTION = ("overdue", "unit", "contract", "officer", "interrupted", "waited", "open")
FIGURES = (
    "quota",
    "serving",
    "hiring",
    "free",
    "plans",
    "campaigns",
    "contract",
    "unit",
    "officer",
    "interrupted",
    "open",
    "overdue",
)


@dataclass(slots=True)
class Row:
    """One organ, with all below it or by itself (`own`). `lo` and `hi` bound its codes, both inclusive."""

    organ: Organ
    lo: int
    hi: int
    own: bool
    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FIGURES, "waited"), 0))

    @property
    def attention(self) -> tuple[int, ...]:
        """Greater needs attention sooner."""
        return tuple(self.figures[name] for name in ATTENTION)


def waiting_plans(lo: int, hi: int) -> QuerySet[HeadcountPlan]:
    """Plans on their way through the approvals with `since`, when they reached the present step; oldest first."""
    arrived = (
        HistoryEntry.objects.filter(tracked=HeadcountPlan._meta.db_table, row_id=OuterRef("pk"), after__has_key="state")
        .order_by("-at")
        .values("at")[:1]
    )
    plans = HeadcountPlan.objects.filter(organ_code__range=(lo, hi), state__in=STEPS)
    return plans.annotate(since=Subquery(arrived, output_field=DateTimeField())).order_by("since", "pk")


def days_waited(plan: HeadcountPlan, day: date) -> int:
    """Days since a plan from `waiting_plans` reached its present step."""
    return (day - plan.since.astimezone(ZONE).date()).days  # type: ignore[attr-defined]


def running_campaigns(lo: int, hi: int) -> QuerySet[Campaign]:
    """Campaigns between announcement and end."""
    return Campaign.objects.filter(organ_code__range=(lo, hi), state__in=RUNNING_CAMPAIGNS).order_by("pk")


def open_notices(lo: int, hi: int) -> QuerySet[Notice]:
    """Notices to organs of a territory that are not settled, nearest deadline first."""
    return Notice.objects.filter(OPEN_NOTICES, organ_code__range=(lo, hi)).order_by("due_on", "pk")


def bureaus_within(code: int) -> list[Organ]:
    """Bureaus of an organ's territory, itself first."""
    return list(Organ.objects.filter(kind=OrganKind.PUBLIC_SECURITY, code__range=territory_of(code)).order_by("code"))


def rows_of(bureaus: list[Organ], code: int, *, every: bool) -> list[Row]:
    """The organ itself and its direct subordinates with all below them; `every` bureau by itself instead."""
    rows = []
    for organ in bureaus:
        if every or organ.code == code:
            rows.append(Row(organ, organ.code, organ.code + 10**6 - 1, own=True))
        elif organ.parent_id == code:
            rows.append(Row(organ, *organ.territory, own=False))
    return rows


def oversight_of(code: int, day: date, *, every: bool = False) -> list[Row]:
    """All rows of an organ's territory with their figures, those that need attention first."""
    bureaus = bureaus_within(code)
    rows = rows_of(bureaus, code, every=every)
    # The own row lies inside the territory of its superior's, so the narrowest row takes a bureau.
    row_of = {
        organ.code: min((row for row in rows if row.lo <= organ.code <= row.hi), key=lambda row: row.hi - row.lo)
        for organ in bureaus
    }
    for name, by_organ in _figures(*territory_of(code), day).items():
        for organ_code, number in by_organ.items():
            figures = row_of[organ_code].figures
            figures[name] = max(figures[name], number) if name == "waited" else figures[name] + number
    return sorted(rows, key=lambda row: row.attention, reverse=True)


def _figures(lo: int, hi: int, day: date) -> dict[str, dict[int, int]]:
    """Each figure by managing organ; `waited` in days of the plan that waits longest."""
    accounts = accounts_below(lo, hi)
    plans = list(waiting_plans(lo, hi))
    waited: dict[int, int] = {}
    for plan in plans:
        waited[plan.organ_code] = max(waited.get(plan.organ_code, 0), days_waited(plan, day))
    notices = Notice.objects.filter(OPEN_NOTICES, organ_code__range=(lo, hi)).values("organ_code")
    by_notice = list(notices.order_by().annotate(open=Count("pk"), overdue=Count("pk", filter=overdue_on(day))))
    return {
        "quota": {account.organ_code: account.kept for account in accounts},
        "serving": {account.organ_code: account.in_service for account in accounts},
        "hiring": {account.organ_code: account.reserved for account in accounts},
        "free": {account.organ_code: account.free for account in accounts},
        "plans": Counter(plan.organ_code for plan in plans),
        "waited": waited,
        "campaigns": _by_organ(running_campaigns(lo, hi)),
        "contract": _by_organ(without_contract_on(lo, hi, day)),
        **service_counts(lo, hi, day),
        "open": {row["organ_code"]: row["open"] for row in by_notice},
        "overdue": {row["organ_code"]: row["overdue"] for row in by_notice},
    }


def _by_organ(rows: QuerySet) -> dict[int, int]:
    return dict(rows.order_by().values_list("organ_code").annotate(count=Count("pk")))
