"""指导文件: a superior publishes, every organ below reads and signs for it (Article 5.p2)."""
