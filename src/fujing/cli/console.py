"""Reading people of the database at the server's console, where nobody signs in: on record before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser

from fujing.cli import server
from fujing.cli.output import unreadable

MOST_WORDS = 300
"""Characters of a reason that the log keeps."""


@contextmanager
def people_read(command: str, organ: int, *, applicants: bool = False) -> Iterator[tuple[int, int]]:
    """The organ codes, both inclusive, whose people a command reads inside; `applicants`: of running campaigns too.

    The only way from a command to people: the log of readings says whose session on the server it was, how many were
    read and by which command. What can't be kept isn't read; inside nothing can be written.
    """
    server.setup()
    from fujing.compliance.oversight.whatif import standing_applications
    from fujing.kernel.actor import Actor, acting
    from fujing.kernel.readings import register_checked
    from fujing.registry.models import Organ, territory_of
    from fujing.registry.queries import people_between

    lo, hi = territory_of(organ)
    reason = f"命令 {command}"[:MOST_WORDS]
    console = Actor(name=f"控制台 {getuser()}", organ_code=organ, lo=lo, hi=hi, reason=reason)
    with acting(console):
        if not Organ.objects.filter(pk=organ).exists():
            unreadable([f"没有这个机关：{organ}，应为已登记的十二位机关代码"])
        applications = standing_applications(lo, hi).count() if applicants else 0
        register_checked(actor=console, organ_code=organ, people=people_between(lo, hi), applications=applications)
    with acting(console, read_only=True):
        yield lo, hi
