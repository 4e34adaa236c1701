"""队伍, 教育考核, 证装 and 监督: the people after they were hired (Articles 22, 24 to 26, 28, 29, 32, 38, 39 and 44)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo, waiting
from fujing.management.appraisal.todos import APPRAISAL
from fujing.management.commendation.todos import COMMENDATIONS
from fujing.management.complaints.todos import COMPLAINTS
from fujing.management.contracts.todos import CONTRACTS
from fujing.management.corrections.todos import CORRECTIONS
from fujing.management.discipline.todos import DISCIPLINE as BREACHES
from fujing.management.leaving.todos import LEAVING
from fujing.management.outfit.todos import OUTFIT
from fujing.management.protection.todos import PROTECTIONS
from fujing.management.tiers.todos import TIERS
from fujing.management.training.todos import TRAINING
from fujing.web.audience import APPRAISING, DISCIPLINE, HR, LEADERS, PERSONNEL, PROTECTING, SUPPLY, TRAINERS
from fujing.web.desk.management.appraisals import APPRAISAL_TAB
from fujing.web.desk.management.commendations import COMMENDATIONS_TAB
from fujing.web.desk.management.dated import MANAGEMENT_DATED
from fujing.web.desk.management.outfit_tab import OUTFIT_TAB
from fujing.web.desk.management.protections import PROTECTIONS_TAB
from fujing.web.desk.management.tiers_people import TIERS_TAB
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.management.training_people import TRAINING_TAB
from fujing.web.desk.wings import Item, Wing


def management_todos(actor: Actor) -> Iterator[Todo]:
    """What waits in each of the sections."""
    return waiting(
        actor,
        CONTRACTS,
        CORRECTIONS,
        LEAVING,
        TRAINING,
        APPRAISAL,
        OUTFIT,
        COMPLAINTS,
        COMMENDATIONS,
        BREACHES,
        PROTECTIONS,
        TIERS,
    )


MANAGEMENT = Wing(
    urls="fujing.web.desk.management.urls",
    rooms=(
        (
            "队伍",
            (
                Item("合同", "desk:contracts", PERSONNEL),
                Item("层级", "desk:tier_batches", PERSONNEL | LEADERS),
                Item("更正申请", "desk:corrections", PERSONNEL),
                Item("辞职", "desk:resignations", PERSONNEL | LEADERS),
                Item("离职", "desk:departures", PERSONNEL | LEADERS),
            ),
        ),
        (
            "教育考核",
            (
                Item("培训", "desk:courses", TRAINERS | LEADERS),
                Item("考核", "desk:appraisals", APPRAISING),
                Item("优秀名单", "desk:appraisal_outstanding", HR),
            ),
        ),
        (
            "证装",
            (
                Item("工作证", "desk:cards", SUPPLY | LEADERS),
                Item(
                    "服装标识",
                    "desk:outfit_clothes",
                    SUPPLY | LEADERS,
                    ("outfit/items", "outfit/sheet", "outfit/standards"),
                ),
                Item("装备", "desk:outfit_equipment", SUPPLY | LEADERS),
                Item("应配未配", "desk:outfit_lacking", SUPPLY, ("outfit/people", "outfit/holdings")),
            ),
        ),
        (
            "监督",
            (
                Item("投诉举报", "desk:complaints", DISCIPLINE),
                Item("意见建议", "desk:suggestions", PERSONNEL),
                Item("维权澄清", "desk:protections", PROTECTING),
                Item("表彰", "desk:commendations", PERSONNEL | LEADERS),
                Item("处理", "desk:breaches", DISCIPLINE | PERSONNEL | LEADERS),
            ),
        ),
    ),
    waiting=management_todos,
    todos=PLACES,
    tabs=(TRAINING_TAB, APPRAISAL_TAB, OUTFIT_TAB, COMMENDATIONS_TAB, PROTECTIONS_TAB, TIERS_TAB),
    dated=MANAGEMENT_DATED,
)
