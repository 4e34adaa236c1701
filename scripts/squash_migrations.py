"""Make all migrations anew from the models and the declared database objects, and prove that the schema is the same.

For as long as nothing is released. `--against COMMIT` names the chain to compare with (default: HEAD),
`--compare` only compares what the present migrations make with it and writes nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "src" / "fujing" / "kernel" / "catalog.py"


def catalog():
    """The module itself by its path: an older tree has none to import."""
    spec = importlib.util.spec_from_file_location("catalog", CATALOG)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def print_schema() -> None:
    """In a process of its own: migrate an empty embedded database with the tree on the path, and print its catalogue."""
    import django
    import psycopg

    django.setup()
    from django.conf import settings
    from django.db import connection

    from fujing.cli.server import migrate_database
    from fujing.kernel.postgres import server

    try:
        # The server's own start is no part of the migrations' time.
        server.prepare(settings.DATABASES["default"])
        with psycopg.connect(**server.owner_parameters(settings.DATABASES["default"]), autocommit=True) as owner:
            # As the tests do: the data is thrown away.
            owner.execute("ALTER SYSTEM SET fsync = off")
            owner.execute("ALTER SYSTEM SET synchronous_commit = off")
            owner.execute("SELECT pg_reload_conf()")
        began = time.monotonic()
        migrate_database()
        seconds = time.monotonic() - began
        with connection.cursor() as cursor:
            found = catalog().catalogue(cursor)
        connection.close()
    finally:
        server.embedded_stop(Path(settings.DATA))
    json.dump({"seconds": seconds, "schema": found}, sys.stdout)


def environment(source: Path, data: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUJING_")}
    return kept | {
        "PYTHONPATH": str(source),
        "DJANGO_SETTINGS_MODULE": "fujing.settings",
        "FUJING_DATA": data,
        "FUJING_SECRET_KEY": "only-here",
        "FUJING_FIELD_KEY_1": "only-here",
        "FUJING_DATABASE_ROLE": "owner",
    }


def schema_of(source: Path) -> tuple[dict, float]:
    """The schema that a tree's migrations make, and the seconds they take."""
    with tempfile.TemporaryDirectory(prefix="fujing-schema-", ignore_cleanup_errors=True) as data:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, "--print-schema"],
            env=environment(source, data),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"The migrations of {source} do not run:\n{done.stderr}")
    told = json.loads(done.stdout)
    return told["schema"], told["seconds"]


def tree_of(commit: str, target: Path) -> Path:
    """The sources as they were committed, unpacked below `target`."""
    packed = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")
    return target / "src"


def make_anew() -> None:
    """Remove every migration of ours and write the first ones."""
    for path in sorted((ROOT / "src" / "fujing").glob("**/migrations/*.py")):
        if path.name != "__init__.py":
            path.unlink()
    with tempfile.TemporaryDirectory() as data:
        # Nothing is read from a database; a server that nobody answers for keeps one from being started.
        settings = environment(ROOT / "src", data) | {"FUJING_DATABASE_URL": "host=/nonexistent dbname=none"}
        command = [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "--no-header", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=settings, check=True)
    ruff = Path(sys.executable).parent / "ruff"
    folders = sorted(str(path) for path in (ROOT / "src" / "fujing").glob("**/migrations"))
    subprocess.run([ruff, "check", "--fix", "--quiet", *folders], cwd=ROOT, check=False)
    subprocess.run([ruff, "format", "--quiet", *folders], cwd=ROOT, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", default="HEAD", metavar="COMMIT")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--print-schema", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.print_schema:
        print_schema()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        before, seconds_before = schema_of(tree_of(options.against, Path(folder)))
    if not options.compare:
        make_anew()
    after, seconds_after = schema_of(ROOT / "src")
    told = catalog().differences(before, after)
    counts = ", ".join(f"{len(names)} {kind}" for kind, names in after.items())
    sys.stdout.write(f"migrated in {seconds_before:.1f} s before, {seconds_after:.1f} s now; {counts}\n")
    if told:
        sys.stdout.write("The schemas differ (- before, + now):\n" + "\n".join(told) + "\n")
        return 1
    sys.stdout.write(f"The schema is the same as that of {options.against}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
