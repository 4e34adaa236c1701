"""What is held about cards and what people signed for, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.outfit.models import Card, HandOver, Holding, Item, Standard, StockEntry
from fujing.registry.data import FILE

PRIVACY = {
    Card: table(
        internal("id organ_code state year serial made_at"),
        personal("engagement person_id number photo span replaces hand_over issued_on why ended_on", *FILE),
        sensitive("code", *FILE),
        sensitive("code_index", *FILE, told=False),
        officer("made_by made_by_id changed_by changed_by_id"),
    ),
    HandOver: table(
        internal("id organ_code"),
        personal("engagement person_id text signed_as signed_on signed_at", *FILE),
        officer("handed_by handed_by_id"),
    ),
    Item: internal("id organ_code kind name season sizes unit wear_months"),
    Standard: table(internal("id organ_code item category post quantity span source"), officer("made_by made_by_id")),
    StockEntry: table(
        internal("id organ_code item size kind quantity balance entered_at"),
        personal("note", *FILE),
        officer("entered_by entered_by_id"),
    ),
    Holding: table(
        internal("id organ_code state"),
        personal("engagement person_id item size entry hand_over issued_on worn_from ended_on why", *FILE),
        officer("changed_by changed_by_id"),
    ),
}
