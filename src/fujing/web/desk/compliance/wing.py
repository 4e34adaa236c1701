"""合规: oversight, rectification notices, guidance (Articles 5 and 7)."""

from fujing.web.audience import HR, OFFICERS, PERSONNEL
from fujing.web.desk.compliance.todos import PLACES, compliance_todos
from fujing.web.desk.wings import Item, Wing

COMPLIANCE = Wing(
    urls="fujing.web.desk.compliance.urls",
    waiting=compliance_todos,
    todos=PLACES,
    rooms=(
        (
            "合规",
            (
                Item("督导台", "desk:oversight", HR),
                Item("督导整改", "desk:notices", HR),
                Item("核实记录", "desk:verifications", PERSONNEL),
                Item("指导文件", "desk:guidances", OFFICERS),
            ),
        ),
    ),
)
