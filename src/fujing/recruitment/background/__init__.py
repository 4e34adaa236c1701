"""考察: two named people, evidence, the applicant heard before a no (Article 20)."""
