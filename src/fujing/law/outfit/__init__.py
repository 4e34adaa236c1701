"""Work cards, uniform and equipment: what the Measures say of who holds them (Articles 26 and 27)."""
