"""Work cards, what people signed for, and uniform, insignia and equipment."""

from fujing.management.outfit.models.cards import Card, HandOver
from fujing.management.outfit.models.stock import Holding, Item, Standard, StockEntry

__all__ = ["Card", "HandOver", "Holding", "Item", "Standard", "StockEntry"]
