"""考核 (Article 25): headings with their weights, exact scores, grades by bounds, the share of the best, what follows."""
