"""合规: oversight, rectification notices, guidance (Articles 5 and 7)."""

from fujing.web.audience import HR, OFFICERS
from fujing.web.desk.wings import Item, Wing

COMPLIANCE = Wing(
    urls="fujing.web.desk.compliance.urls",
    rooms=(
        (
            "合规",
            (
                Item("督导台", "desk:oversight", HR),
                Item("督导整改", "desk:notices", HR),
                Item("指导文件", "desk:guidances", OFFICERS),
            ),
        ),
    ),
)
