"""What somebody sends who wants to see more than is theirs, or just holds the keyboard wrongly."""
