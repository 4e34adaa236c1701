"""Official papers after GB/T 9704-2012, said once and printed twice: editable Word and PDF.

paper = Paper(issuer="三台县公安局", number="三公请〔2026〕3号", title="……", blocks=(Text("……"),))
word(paper)   # bytes of a .docx
pdf(paper)    # bytes of a .pdf
"""

from fujing.kernel.papers.blocks import Badge, Badges, Card, Grid, Heading, Paper, Text, chinese_date
from fujing.kernel.papers.pdf import pdf, picture
from fujing.kernel.papers.word import word

__all__ = ["Badge", "Badges", "Card", "Grid", "Heading", "Paper", "Text", "chinese_date", "pdf", "picture", "word"]
