"""Work cards, and what people signed for."""

from fujing.management.outfit.models.cards import Card, HandOver

__all__ = ["Card", "HandOver"]
