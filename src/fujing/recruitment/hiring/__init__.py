"""聘用: from the hire list to an engagement that takes a slot, and its labour contract (Articles 16.p3 and 22)."""
