"""投诉举报、申诉控告 (Articles 14.5 and 31): who may read a report and who never, and how its terms run."""
