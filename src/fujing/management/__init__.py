"""队伍: the people after they were hired (Articles 22 to 26, 32, 39)."""
