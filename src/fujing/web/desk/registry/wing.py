"""队伍 and 系统: the people, and the accounts of those who manage them."""

from fujing.web.audience import ADMINS, AUDIT_ADMIN, OFFICERS, PERSONNEL
from fujing.web.desk.registry.dated import REGISTRY_DATED
from fujing.web.desk.registry.people import people_found
from fujing.web.desk.registry.tabs import REGISTRY_TABS
from fujing.web.desk.registry.todos import PLACES, registry_todos
from fujing.web.desk.wings import Item, Wing

REGISTRY = Wing(
    urls="fujing.web.desk.registry.urls",
    rooms=(
        (
            "队伍",
            (
                Item("花名册", "desk:people", OFFICERS),
                Item("本人服务", "desk:sign_ins", PERSONNEL),
                Item("花名册核对", "desk:roster_check", PERSONNEL),
                Item("登记核对", "desk:checkup", PERSONNEL),
            ),
        ),
        (
            "系统",
            (
                Item("账号角色", "desk:accounts", ADMINS),
                Item("系统运行", "desk:system", ADMINS),
                Item("变更留痕", "desk:trail", AUDIT_ADMIN),
                Item("查阅记录", "desk:readings", AUDIT_ADMIN),
            ),
        ),
    ),
    search=people_found,
    waiting=registry_todos,
    todos=PLACES,
    tabs=REGISTRY_TABS,
    dated=REGISTRY_DATED,
)
