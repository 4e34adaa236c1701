"""合同: signing, renewing and ending labour contracts (Articles 22 and 39)."""
