"""考试和公示: scores, ranking, publicity and objections (Articles 19 and 21)."""
