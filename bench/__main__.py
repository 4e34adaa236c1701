"""`make bench`: every measurement in one run, each beside a peer or with its query count."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

PARTS = (
    "rules",
    "stored",
    "ranking",
    "roster",
    "movein",
    "pay",
    "payroll",
    "tiers",
    "pages",
    "campaign",
    "public",
    "card",
)


def main() -> int:
    names = sys.argv[1:] or PARTS
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    print(f"{model}，{os.cpu_count()} 核，Python {platform.python_version()}", flush=True)
    failed = 0
    for name in names:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
