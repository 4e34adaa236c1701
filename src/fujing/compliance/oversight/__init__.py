"""督导台: one row per subordinate organ, every number with the list behind it (Articles 5, 6.p2, 7)."""
