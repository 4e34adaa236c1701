"""Django's PostgreSQL backend with an embedded server by default and two roles."""
