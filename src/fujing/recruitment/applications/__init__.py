"""报名: sign-up, application, qualification review and background check (Articles 18, 20 and 21)."""
