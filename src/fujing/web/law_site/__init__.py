"""法规: the Measures article by article, each provision beside what carries it."""
