"""Education and training: what a year asks, classes, who takes part, attendance and certificates (Article 24)."""
