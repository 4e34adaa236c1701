"""Moving in: a bureau's roster becomes people of the registry, as recorded (docs/adr/0011-moving-in.md)."""
