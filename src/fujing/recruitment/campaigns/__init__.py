"""招聘项目: an announcement drawn up, checked against the Measures, published, and taken through its stages (Article 21)."""
