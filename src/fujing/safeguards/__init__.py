"""Safeguards: pay, insurance, leave, injury, placement (Chapter V)."""
