"""The catalogue of what auxiliaries do (第九条至第十一条), and whose work each article is."""

from __future__ import annotations

import re

from fujing.law.provisions import measures

ITEMS = tuple(address for address in measures().provisions if re.fullmatch(r"(?:9|10|11)\.\d+", address))
"""Every item, in the order of the text."""
BY_NATIONAL_RULES = ("9.4", "10.10", "11.4")
"""按照国家有关规定可以开展的其他工作: lawful only by a rule that is named."""
ARTICLES = {"civil": ("9",), "field": ("10", "11")}
"""The articles whose work is that of a category (第三条第二款)."""
LABELS = {"civil": "文职", "field": "勤务"}
