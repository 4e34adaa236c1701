"""Queries and server time of the people pages, the oversight desk and the check of the registered, 100,000 people, as
the application role.

The data folder is kept between runs, because seeding takes minutes: FUJING_BENCH_DATA, else one in the temporary
folder. Run: python -m bench.pages [people]
"""

from __future__ import annotations

import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

REQUESTS = 20
CHECKED = 3
"""How often everybody registered is checked: what waits for it is one officer, once."""
SLOW = 200  # ms
ROSTER = "/desk/people/"
SEARCH = "/desk/search/"
VIEWERS = {"santai_hr": "县局经办", "province_hr": "省厅经办"}
ORDERS = {
    "按姓名": "sort=name",
    "按年龄": "sort=-age",
    "按入职": "sort=-since",
    "按单位": "sort=unit",
    "按合同": "sort=ends",
    "博士": "education=doctor",
    "将到期": "due=soon",
}
CHECK = "/desk/checkup/"
ANSWER = "/desk/roster-check/"
ANSWERS = {
    "汇总": "report/",
    "结论": "findings/",
    "不符合": "findings/?outcome=violated",
    "待核实": "findings/?outcome=undetermined",
    "一条": "findings/?article=39&outcome=undetermined",
    "末页": "findings/?page=500",
    "人员": "people/",
    "有不符合的人员": "people/?worst=violated",
}
"""Pages of the answer to 登记核对."""
# The search texts are taken from a person whom the viewer may see, so each finds somebody.
SEARCHES = {"characters": "汉字", "pinyin": "拼音", "initials": "首字母"}


def prepare(people: int) -> None:
    """Own data folder, migrated as the owner; this process then is the application role."""
    os.environ["FUJING_DATA"] = os.environ.get("FUJING_BENCH_DATA") or str(
        Path(tempfile.gettempdir()) / f"fujing-bench-{people}"
    )
    from fujing.cli import seed, server

    server.run_as_owner("migrate")
    server.setup()
    from fujing.cli.demo.registry import seed_accounts

    # A line a request would drown the figures.
    logging.getLogger("fujing.requests").setLevel(logging.WARNING)
    began = time.perf_counter()
    seed.seed(people, 1)
    seed_accounts()
    print(f"准备数据 {time.perf_counter() - began:.0f} 秒", flush=True)


def check_role() -> int:
    """Refuse to measure as a role that row security does not bind; returns how many people there are."""
    from django.db import connection

    from fujing.kernel.actor import acting
    from fujing.registry.models import Person
    from fujing.registry.seed import SEEDER

    with acting(SEEDER, read_only=True), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user")
        unbound, role = cursor.fetchone()
        assert not unbound, f"{role} bypasses row security"
        return Person.objects.count()


def signed_in(username: str):  # type: ignore[no-untyped-def]
    """A client that went through the sign-in page."""
    from django.test import Client
    from django.urls import reverse

    from fujing.cli.demo.cast import PASSWORD

    client = Client(SERVER_NAME="localhost")
    client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    answer = client.get(ROSTER)
    assert answer.status_code == 200, f"{username}: {answer.status_code} {answer.headers.get('Location', '')}"
    return client


def rooms(client) -> dict[str, tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Every list that the navigation offers."""
    side = client.get("/desk/").content.decode().partition('class="side"')[2].partition("</nav>")[0]
    found = re.findall(r'class="item"\s+href="([^"]+)"[^>]*>([^<]+)<', side)
    assert found, "the navigation was not found"
    return {label.strip(): (url, label.strip()) for url, label in found}


def organ_of(username: str) -> int:
    """The code of the organ at which somebody sits."""
    from fujing.cli.demo.cast import ACCOUNTS

    return ACCOUNTS[username][1]


def pages(username: str) -> dict[str, tuple[str, str]]:
    """What is asked for: address and a text that the answer must hold."""
    from fujing.kernel.actor import acting
    from fujing.registry.models import Person, territory_of
    from fujing.registry.seed import SEEDER

    with acting(SEEDER, read_only=True):
        seen = Person.objects.filter(organ_code__range=territory_of(organ_of(username)))
        person = seen.order_by("pk")[seen.count() // 2]
    texts = {"characters": person.name, "pinyin": person.pinyin, "initials": person.initials}
    found = {"花名册": (ROSTER, "")}
    for label, query in ORDERS.items():
        found[f"花名册·{label}"] = (f"{ROSTER}?{query}", "")
    for key, label in SEARCHES.items():
        found[f"搜索·{label}"] = (f"{SEARCH}?{urlencode({'q': texts[key]})}", "")
    found["搜索·姓"] = (f"{SEARCH}?{urlencode({'q': person.name[0]})}", "")
    found["档案"] = (f"{ROSTER}{person.pk}/", person.name)
    found["档案·某日"] = (f"{ROSTER}{person.pk}/known/?day=2022-05-01&known=2022-06-01", person.name)
    # A full name must bring that person; initials and a surname may have more matches than a page holds.
    found["搜索·汉字"] = (found["搜索·汉字"][0], person.name)
    return found


def answers() -> dict[str, tuple[str, str]]:
    """The pages of a check, once there is one."""
    return {f"登记核对·{label}": (f"{ANSWER}{page}", "") for label, page in ANSWERS.items()}


def checked(client, code: int) -> str:  # type: ignore[no-untyped-def]
    """The line of 登记核对 itself, which leaves its answer to be looked at; or why it refuses."""
    from fujing.kernel.clock import today

    sent = {"organ": code, "as_of": f"{today()}"}
    times = []
    for _ in range(CHECKED):
        began = time.perf_counter()
        answer = client.post(CHECK, sent)
        times.append(time.perf_counter() - began)
        if answer.status_code != 302:
            (said,) = answer.context["form"].non_field_errors()
            return f"登记核对：{said}"
    return f"登记核对：{CHECKED} 次，中位 {statistics.median(times):.2f} 秒，最慢 {max(times):.2f} 秒"


def measured(client, address: str, holds: str) -> tuple[int, float, float]:  # type: ignore[no-untyped-def]
    """Queries of one request, then median and worst milliseconds of twenty without counting."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    # Counted now: the log behind it is emptied by the next request. BEGIN and ROLLBACK count too.
    queries = len(captured)
    assert queries > 0, f"{address}: no query was counted"
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    assert holds in answer.content.decode(), f"{address}: {holds} is missing"
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return queries, statistics.median(times), max(times)


def told(name: str, queries: int, median: float, worst: float) -> str:
    """One page's line; a page that takes long says so."""
    slow = f"  超过 {SLOW} 毫秒" if median > SLOW else ""
    return f"{name}：查询 {queries} 次，中位 {median:.0f} 毫秒，最慢 {worst:.0f} 毫秒{slow}"


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    try:
        prepare(people)
        print(f"在库 {check_role()} 人，每页 {REQUESTS} 次，本机负载 {os.getloadavg()[0]:.1f}", flush=True)
        for username, label in VIEWERS.items():
            client = signed_in(username)
            said = checked(client, organ_of(username))
            print(f"{label} {said}", flush=True)
            more = answers() if said.endswith("秒") else {}
            for name, (address, holds) in (pages(username) | rooms(client) | more).items():
                queries, median, worst = measured(client, address, holds)
                print(told(f"{label} {name}", queries, median, worst), flush=True)
    except subprocess.CalledProcessError as error:
        print(f"准备失败：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
