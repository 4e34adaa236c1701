"""经费预算: yearly budgets by kind and the ledger that later chapters write into (Article 8.p1)."""
