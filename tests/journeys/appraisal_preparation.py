"""A half-year of 盐亭 in which everybody is scored but one, who waits for the officer; prints whose station it is."""

from __future__ import annotations

import json

import django


def main() -> None:
    django.setup()
    from fujing.cli.demo.appraisal import everybody_scored
    from fujing.cli.demo.cast import YANTING
    from fujing.cli.demo.registry import signed_in
    from fujing.kernel.actor import acting
    from fujing.management.appraisal.models import Round, Sheet
    from fujing.management.appraisal.services import round_draft, round_open
    from fujing.registry.models import Account
    from fujing.registry.seed import SEEDER

    hr, officer = signed_in("yanting_hr"), signed_in("yanting_police")
    with acting(SEEDER):
        leaders = [signed_in(name) for name in sorted(_leaders(Account, YANTING))]
    with acting(hr):
        last = Round.objects.get()
        round_ = round_draft(actor=hr, period="half", year=last.first.year, part=1, scheme=last.rules)
        round_ = round_open(actor=hr, round_=round_)
        chosen = Sheet.objects.filter(round=round_, state="self").order_by("pk")[0]
    everybody_scored(round_, hr, [officer, *leaders], but=chosen.pk)
    print(json.dumps({"round": round_.pk, "name": chosen.name, "leader": f"unit_{chosen.unit_id}"}))  # noqa: T201


def _leaders(accounts: type, bureau: int) -> list[str]:
    rows = accounts.objects.filter(organ_code__range=(bureau, bureau + 10**6 - 1), username__startswith="unit_")  # type: ignore[attr-defined]
    return list(rows.values_list("username", flat=True))


if __name__ == "__main__":
    main()
