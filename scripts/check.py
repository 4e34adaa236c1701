"""`make check`: format, lint, types, imports of the tests, layers, migrations, generated docs, the law register, templates; all at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "types": [BIN / "mypy", "src/fujing"],
    "tests import": [BIN / "pytest", "--collect-only", "-q", "--no-summary"],
    "layers": [BIN / "lint-imports", "--no-cache"],
    "migrations": [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "register": [BIN / "fujing", "law", "register", "--consistent"],
    "templates": [BIN / "djlint", "src/fujing/web", "--lint", "--quiet"],
    "docs": [sys.executable, "scripts/generate_docs.py", "--check"],
}


def run(name: str) -> tuple[str, int, str, float]:
    """One check with its exit code, output and seconds."""
    began = time.monotonic()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "fujing.settings",
        "FUJING_DATA": str(Path(tempfile.gettempdir()) / "fujing-check"),
        "PYTHONPATH": str(ROOT / "src"),
        # No check needs a database; a server that nobody answers for keeps them from starting one.
        "FUJING_DATABASE_URL": "host=/nonexistent dbname=none",
        "FUJING_DATABASE_ROLE": "owner",
    }
    done = subprocess.run(  # noqa: S603 - fixed commands
        [str(part) for part in CHECKS[name]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - began


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, code, output, seconds in pool.map(run, CHECKS):
            sys.stdout.write(f"{'ok  ' if code == 0 else 'FAIL'} {name} {seconds:.1f} s\n")
            if code:
                failed += 1
                sys.stdout.write(output + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
