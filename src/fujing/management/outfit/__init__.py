"""证装: work cards, and later uniform, insignia and equipment (Articles 26, 27 and 14.1)."""
