"""For those who build pages: the catalogue of page kinds."""
