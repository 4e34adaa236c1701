"""离职: how an employment ends before its term, with its evidence, handing back and certificate (Articles 20.7, 32, 37)."""
