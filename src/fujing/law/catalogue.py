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
MODES = {"9": ("directed", "led"), "10": ("led",), "11": ("organ", "directed", "led")}
"""How work of each article is commanded: an officer who is there as well is never too much."""
MODE_LABELS = {"directed": "民警组织、指挥", "led": "民警带领", "organ": "公安机关组织指挥"}
PART_LABELS = {"assist": "协助民警", "perform": "自行开展", "decide": "由辅警作出决定"}
"""What of the work is an auxiliary's, and who decides."""
PERFORMED = ("10.2", "10.10", "11.1", "11.2", "11.3", "11.4")
"""Items whose text lets an auxiliary do the work; all others say 协助, and so does Article 9 as a whole."""
OF_CASES = ("10.5", "10.6")
"""Items about cases: done alone they are what 13.3 keeps for the police."""
