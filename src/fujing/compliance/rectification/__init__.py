"""督导整改: a superior organ says what is wrong and by when; the subordinate answers (Article 5.p2)."""
