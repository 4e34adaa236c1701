"""Pay month by month: facts, runs, slips (Articles 14.2 and 33)."""
