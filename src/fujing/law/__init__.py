"""The Measures as data and pure rules. Nothing in here knows of Django or of a database."""
