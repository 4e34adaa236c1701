"""职责: duty orders, and what they are judged by (Articles 9 to 13)."""
