"""The public page of a work card: guesses, load, and what the page weighs. Run: python -m bench card

10,000 codes and numbers are guessed at 200 requests a second, a valid card among every twenty; each answer is timed from
the moment at which its request was due, waiting included. Exits with 1 when a guess hits, the slowest of every twenty
takes 30 ms, a page with all that it loads weighs 40 KB, or a lost card is told from one that never was.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.public import weigh
from fujing.kernel.receipts import code
from tests.journeys.demo import Missing, Site, chromium, running_demo

GUESSES, A_SECOND, CLIENTS = 10_000, 200, 8
P95, MOST = 0.030, 40_000  # seconds; bytes
VALID = ">有效<"
# Codes, since numbers are slowed by network; those that the site says no to are counted apart.
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Asking:
    """Answers of one kind: how long each took in seconds, and how many said 有效."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.valid: dict[str, int] = defaultdict(int)
        self.lock = threading.Lock()

    def note(self, kind: str, seconds: float, text: str) -> None:
        with self.lock:
            self.times[kind].append(seconds)
            self.valid[kind] += VALID in text


def asked(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return text


def load(site: Site, kinds: dict[str, list[str]], total: int) -> Asking:
    """So many requests at the rate, whatever they take; the known cards in turn, the rest guesses."""
    found, address = Asking(), urlsplit(site.url)
    began = time.perf_counter() + 0.5
    order = [name for name in kinds if kinds[name]]

    def client(own: int) -> None:
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        for place in range(own, total, CLIENTS):
            kind = order[place // 20 % len(order)] if place % 20 == 0 else "guess"
            path = kinds[kind][place % len(kinds[kind])] if kind != "guess" else f"/card/{code(26)}/"
            due = began + place / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            text = asked(connection, path)
            found.note(kind, time.perf_counter() - due, text)

    clients = [threading.Thread(target=client, args=(own,)) for own in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    return found


def numbers_slowed(site: Site) -> int:
    """How many numbers could be tried with a common name before the site said to wait; none showed anybody."""
    address = urlsplit(site.url)
    for tried in range(1000):
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        typed = urlencode({"number": f"5107222026{tried:05d}", "name": "王伟"})
        connection.request("POST", "/card/", typed, FORM)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status == 429:
            return tried
        if VALID in text:
            raise SystemExit("a number was guessed")
    return 1000


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="fujing-bench-card-") as folder:
        try:
            with running_demo(Path(folder)) as site, chromium() as browser:
                cards = site.prepared("card_preparation")
                kinds = {"valid": cards["valid"], "lost": cards["lost"]}
                load(site, kinds, 400)  # connections, templates and plans are there
                found = load(site, kinds, GUESSES + GUESSES // 19)
                weight = weigh(browser, site, "证件核验", cards["valid"][0], slow=False)
                tried = numbers_slowed(site)
        except Missing as missing:
            print(missing)
            return 1
    every = [each for times in found.times.values() for each in times]
    p95 = statistics.quantiles(every, n=20)[-1]
    lost, guess = (statistics.median(found.times[kind]) for kind in ("lost", "guess"))
    print(
        f"{len(found.times['guess'])} 次猜测，命中 {found.valid['guess']} 次；挂失的证显示有效 {found.valid['lost']} 次"
    )
    print(f"每秒 {A_SECOND} 次，p50 {statistics.median(every) * 1000:.1f} 毫秒，p95 {p95 * 1000:.1f} 毫秒")
    print(f"挂失的证中位 {lost * 1000:.2f} 毫秒，没有的证 {guess * 1000:.2f} 毫秒")
    print(f"整页 {weight.bytes / 1000:.1f} KB；编号加常见姓名试 {tried} 次后须等候")
    right = found.valid["valid"] == len(found.times["valid"])
    told = abs(lost - guess) > 0.5 * guess
    hits = found.valid["guess"] + found.valid["lost"]
    return int(not right or hits or p95 >= P95 or weight.bytes >= MOST or told or tried > 100)


if __name__ == "__main__":
    sys.exit(main())
