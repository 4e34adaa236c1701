"""Education and training (Article 24): which kinds there are, what counts, and what somebody owes."""
