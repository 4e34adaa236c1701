"""报名: sign-up, application and qualification review (Articles 18 and 21)."""
