"""考核: rounds of appraisals, from the self-report to the grade that stands after reconsideration (Article 25)."""
