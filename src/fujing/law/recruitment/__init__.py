"""Who may be recruited: the rule book of Articles 18 and 20 over applicants and the posts they apply for."""
