"""The Measures' rule books, one per kind of subject."""
