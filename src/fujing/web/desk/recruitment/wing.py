"""招聘: from the headcount plan to the contract (Articles 16 to 22)."""

from fujing.web.audience import HR, PARTNER_HRSS, PARTNERS, RECRUITING
from fujing.web.desk.recruitment.campaigns import campaigns_found
from fujing.web.desk.recruitment.tabs import RECRUITMENT_TABS
from fujing.web.desk.recruitment.todos import PLACES, recruitment_todos
from fujing.web.desk.wings import Item, Wing

RECRUITMENT = Wing(
    urls="fujing.web.desk.recruitment.urls",
    rooms=(
        ("编制", (Item("用人计划", "desk:plans", HR | PARTNERS),)),
        (
            "招聘",
            (
                Item("招聘项目", "desk:campaigns", RECRUITING, ("applications", "sittings", "medical")),
                Item("招聘会商", "desk:consents", HR | PARTNER_HRSS),
            ),
        ),
    ),
    search=campaigns_found,
    waiting=recruitment_todos,
    todos=PLACES,
    tabs=RECRUITMENT_TABS,
)
