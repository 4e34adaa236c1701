"""假期: who has how many days of which leave, how they are counted, and what a year's end makes of them (Article 36)."""
