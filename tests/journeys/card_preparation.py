"""Run by the journey and by the bench in the demo's own data folder: what stands in the QR codes of the demo's cards.

Prints one JSON: by state, the addresses of the public pages of all cards in it; with a number, those of that card alone.
"""

from __future__ import annotations

import json
import sys

import django


def addresses(number: str) -> dict[str, list[str]]:
    """Paths by state."""
    from fujing.kernel.actor import acting
    from fujing.management.outfit.models import Card
    from fujing.registry.seed import SEEDER

    found: dict[str, list[str]] = {}
    with acting(SEEDER):
        rows = Card.objects.filter(number=number) if number else Card.objects.all()
        for card in rows.order_by("pk"):
            found.setdefault(card.state, []).append(f"/card/{card.code}/")
    return found


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(addresses(*sys.argv[1:] or [""])))
