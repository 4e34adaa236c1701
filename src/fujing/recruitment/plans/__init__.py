"""用人计划: proposed within quota, consented, reviewed twice, approved; its slots are the only way to hire (Article 16)."""
