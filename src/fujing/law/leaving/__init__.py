"""离职: how employment ends before its term, what has to be shown for it, and what it costs (Articles 20.7, 32, 37, 39)."""
