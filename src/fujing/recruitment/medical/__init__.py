"""体检 and 复检: what the hospital concluded, told to the applicant before it counts (Articles 18.5 and 21)."""
