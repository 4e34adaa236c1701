"""Breaches of the duties of Article 15 and what follows from them (Articles 15, 40 and 43)."""
