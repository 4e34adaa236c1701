"""Places that processes share: so many at once, the next is told so, and a dead process holds none."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from fujing.kernel.refusals import Busy
from fujing.kernel.slots import place

HOLDING = """
import sys
import django
django.setup()
from django.conf import settings
from pathlib import Path
settings.DATA = Path(sys.argv[1])
from fujing.kernel.slots import place
with place("test", 2, 0, "满了"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def test_the_third_of_two_is_told_and_a_free_place_is_given_again() -> None:
    with place("test", 2, 0, "满了"), place("test", 2, 0, "满了"):
        with pytest.raises(Busy, match="满了"), place("test", 2, 0, "满了"):
            pytest.fail("a third place")
        with place("other", 1, 0, "满了"):
            pass
    with place("test", 2, 0, "满了"), pytest.raises(LookupError), place("test", 2, 0, "满了"):
        raise LookupError
    with place("test", 2, 0, "满了"), place("test", 2, 0, "满了"):
        pass


def test_another_process_holds_a_place_until_it_dies(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with place("test", 2, 0, "满了"), pytest.raises(Busy), place("test", 2, 0, "满了"):
            pytest.fail("a third place")
        other.send_signal(signal.SIGKILL)
    with place("test", 2, 5, "满了"), place("test", 2, 5, "满了"):
        pass
