"""A backup and its way back by real processes on a real PostgreSQL: whole or not there, whatever happens in between."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import conninfo, sql

from fujing.kernel.postgres.server import embedded_host, embedded_stop

ROOT = Path(__file__).parent.parent.parent
WORKED = """
import django; django.setup()
from datetime import timedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from fujing.kernel import seal
from fujing.kernel.actor import acting
from fujing.kernel.files import file_store
from fujing.registry.seed import SEEDER
with acting(SEEDER):
    for n in range(3):
        upload = SimpleUploadedFile(f"{n}.png", b"\\x89PNG\\r\\n\\x1a\\n" + bytes([n]) * 60_000)
        file_store(actor=SEEDER, organ_code=510722000000, upload=upload)
seal.seal_days(timezone.localdate() + timedelta(days=1))
"""
OPENED = """
import django; django.setup()
from fujing.kernel.actor import acting
from fujing.registry.models import Person
from fujing.registry.seed import SEEDER
with acting(SEEDER, read_only=True):
    print(sorted(Person.objects.values_list("id_number", flat=True))[:3])
"""
SECURED = (
    "SELECT count(*) FILTER (WHERE relforcerowsecurity), count(*) FILTER (WHERE relacl::text LIKE '%fujing_app%')"
    " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
)


@dataclass
class Installation:
    """A data folder and a database of its own on the tests' server."""

    data: Path
    server: dict[str, Any]
    name: str
    key: str = "only-for-tests"
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        url = conninfo.make_conninfo(**{**self.server, "dbname": self.name})
        named = {"FUJING_DATA": str(self.data), "FUJING_DATABASE_URL": url, "FUJING_FIELD_KEY_1": self.key}
        return {**os.environ, **named, "DJANGO_SETTINGS_MODULE": "fujing.settings", **self.more}

    def start(self, *arguments: object, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            **options,
        )

    def run(self, *arguments: object, typed: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
        process = self.start("-m", "fujing", *arguments, **options)
        out, err = process.communicate(typed)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def script(self, text: str) -> str:
        process = self.start("-c", text)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out

    def asked(self, statement: str, database: str = "") -> Any:
        with psycopg.connect(**{**self.server, "dbname": database or self.name}) as connection:
            return connection.execute(statement).fetchall()

    def databases(self) -> set[str]:
        """Those of this installation, by their ends."""
        found = self.asked(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%'", "postgres")
        return {name.removeprefix(self.name) for (name,) in found}

    def state(self) -> tuple[Any, ...]:
        """Whatever would tell this installation from another."""
        tables = [
            name for (name,) in self.asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        ]
        rows = [self.asked(f"SELECT count(*), sum(hashtext(t::text)) FROM {name} t") for name in tables]
        return tables, rows, sorted(files_of(self.data / "files")), self.asked(SECURED) if tables else None


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


Make = Callable[..., Installation]


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, owner_parameters: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Make]:
    """Installations with an empty database, or a copy of another's; dropped at the end."""
    server = {key: value for key, value in owner_parameters.items() if key != "dbname"}
    names: list[str] = []

    def make(name: str, like: Installation | None = None) -> Installation:
        names.append(name)
        one = Installation(tmp_path_factory.mktemp(name), server, name)
        for ending in ("", "_restoring", "_replaced"):
            _drop(one, ending)
        with psycopg.connect(**{**server, "dbname": "postgres"}, autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE {like.name if like else 'template0'} ENCODING 'UTF8' LOCALE 'C'"
            )
        if like:
            shutil.copytree(like.data, one.data, dirs_exist_ok=True)
        return one

    yield make
    for name in names:
        for ending in ("", "_restoring", "_replaced"):
            _drop(Installation(Path(), server, name), ending)


def _drop(one: Installation, ending: str) -> None:
    with psycopg.connect(**{**one.server, "dbname": "postgres"}, autocommit=True) as connection:
        name = sql.Identifier(one.name + ending)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture(scope="module")
def source(made: Make) -> Installation:
    """An installation at work: people, files, a sealed day."""
    one = made("backup_source")
    assert one.run("migrate").returncode == 0
    assert one.run("seed", "--people", 40).returncode == 0
    one.script(WORKED)
    return one


@pytest.fixture(scope="module")
def backup(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("备份") / "一"
    done = source.run("backup", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def filled(made: Make, source: Installation) -> Installation:
    """Another installation at work: what it has differs from what was backed up."""
    one = made("backup_target", source)
    with psycopg.connect(**{**one.server, "dbname": one.name}) as connection:
        connection.execute("SELECT set_config('fujing.actor', '时间推移', true)")
        connection.execute("UPDATE registry_organ SET short_name = short_name || '旧'")
    (one.data / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (one.data / "files" / "ab" / "old").write_bytes(b"old")
    return one


@pytest.fixture
def target(made: Make) -> Installation:
    return made("backup_target")


def test_a_backup_has_its_parts_and_says_which_keys_it_needs(
    source: Installation, backup: Path, tmp_path: Path
) -> None:
    done = source.run("backup", tmp_path / "二", "--json")
    assert done.returncode == 0
    said = json.loads(done.stdout)
    listed = json.loads((tmp_path / "二" / "manifest.json").read_text())
    assert (said["files"], said["lost"], said["trail"]["days"], said["trail"]["faults"]) == (3, [], 1, [])
    assert listed["state"]["counts"]["registry_person"] == 40
    assert said["keys"][0]["variable"] == "FUJING_FIELD_KEY_1"
    assert said["keys"][0]["check"] != json.loads((backup / "manifest.json").read_text())["keys"][0]["check"]
    assert {path.name for path in (tmp_path / "二").iterdir()} == {"manifest.json", "database.dump", "files"}
    everything = b"".join(content for _, content in files_of(tmp_path / "二"))
    session = (source.data / "keys" / "session").read_bytes() if (source.data / "keys" / "session").exists() else None
    assert b"only-for-tests" not in everything
    assert session is None or session not in everything
    assert (tmp_path / "二").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {"二"}


def test_what_was_backed_up_is_what_is_restored(source: Installation, backup: Path, target: Installation) -> None:
    done = target.run("restore", backup)
    assert done.returncode == 0, done.stderr
    assert "留痕封存1日，未发现改动" in done.stdout
    assert target.state() == source.state()
    assert target.script(OPENED) == source.script(OPENED)
    assert target.run("trail", "verify").returncode == 0
    assert target.run("migrate").returncode == 0
    assert target.state() == source.state()
    assert target.databases() == {""}


def test_an_embedded_server_that_has_nothing_yet_takes_a_backup(
    source: Installation, backup: Path, tmp_path: Path
) -> None:
    one = Installation(tmp_path, {}, "fujing", more={"FUJING_DATABASE_URL": ""})
    try:
        done = one.run("restore", backup)
        assert done.returncode == 0, done.stderr
        one.server = {"host": embedded_host(tmp_path), "user": "postgres"}
        assert one.state() == source.state()
        assert one.databases() == {""}
        again = one.run("restore", backup)
        assert (again.returncode, "已有数据" in again.stderr) == (2, True)
    finally:
        embedded_stop(tmp_path)


def test_an_installation_in_use_is_left_alone_without_a_typed_confirmation(
    source: Installation, backup: Path, filled: Installation
) -> None:
    target, number = filled, json.loads((backup / "manifest.json").read_text())["number"]
    before = target.state()
    assert before != source.state()
    for arguments, typed, said in (
        ((), "", "--replace"),
        (("--replace",), "", "没有确认"),
        (("--replace",), "是\n", "没有确认"),
    ):
        done = target.run("restore", backup, *arguments, typed=typed)
        assert (done.returncode, said in done.stderr) == (2, True)
        assert target.state() == before
    done = target.run("restore", backup, "--replace", typed=f"{number}\n")
    assert done.returncode == 0, done.stderr
    assert target.state() == source.state()
    assert target.databases() == {""}


def test_somebody_at_work_is_not_cut_off(backup: Path, target: Installation) -> None:
    with psycopg.connect(**{**target.server, "dbname": target.name}):
        done = target.run("restore", backup)
    assert (done.returncode, "先停止网站和后台任务" in done.stderr) == (2, True)
    assert target.state()[0] == []


@pytest.mark.parametrize("key", ["another", ""])
def test_other_keys_are_refused_early_and_none_is_made(backup: Path, target: Installation, key: str) -> None:
    target.key = key
    done = target.run("restore", backup)
    assert done.returncode == 2
    assert ("密钥不符" if key else "缺少密钥") in done.stderr
    assert not (target.data / "keys" / "field-1").exists()
    assert (target.state()[0], target.databases()) == ([], {""})


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def _newer(folder: Path) -> None:
    listed = json.loads((folder / "manifest.json").read_text())
    listed["state"]["migrations"].append(["registry", "0999_later"])
    (folder / "manifest.json").write_text(json.dumps(listed))


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "no list": (lambda folder: (folder / "manifest.json").unlink(), "没有 manifest.json"),
    "a list of something else": (lambda folder: (folder / "manifest.json").write_text("{}"), "不是备份清单"),
    "a changed list": (_newer, "清单被改动"),
    "a changed database": (lambda folder: _flipped(folder / "database.dump"), "database.dump 与清单不符"),
    "a changed file": (
        lambda folder: _flipped(next(p for p in (folder / "files").rglob("*") if p.is_file())),
        "与清单不符",
    ),
    "no files": (lambda folder: shutil.rmtree(folder / "files"), "不在或者读不出"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    backup: Path, target: Installation, tmp_path: Path, damage: str
) -> None:
    shutil.copytree(backup, tmp_path / "坏")
    harm, said = DAMAGED[damage]
    harm(tmp_path / "坏")
    done = target.run("restore", tmp_path / "坏")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert (target.state()[0], target.databases()) == ([], {""})


RESEALED = """
import django, sys, pathlib; django.setup()
from fujing.kernel.backup.manifest import Manifest
place = pathlib.Path(sys.argv[1])
made = Manifest.model_validate_json(place.read_text())
place.write_text(made.sealed().model_dump_json())
"""


def test_a_newer_structure_is_refused(backup: Path, target: Installation, tmp_path: Path) -> None:
    shutil.copytree(backup, tmp_path / "新")
    _newer(tmp_path / "新")
    target.start("-c", RESEALED, tmp_path / "新" / "manifest.json").communicate()
    done = target.run("restore", tmp_path / "新")
    assert (done.returncode, "registry.0999_later" in done.stderr) == (2, True)
    assert (target.state()[0], target.databases()) == ([], {""})


def test_an_older_structure_is_brought_up_to_this_version(source: Installation, made: Make, tmp_path: Path) -> None:
    older, target = made("backup_older", source), made("backup_target")
    with psycopg.connect(**{**older.server, "dbname": older.name}) as connection:
        connection.execute("DELETE FROM django_migrations WHERE (app, name) = ('sessions', '0001_initial')")
        connection.execute("DROP TABLE django_session")
    assert older.run("backup", tmp_path / "旧").returncode == 0
    done = target.run("restore", tmp_path / "旧")
    assert done.returncode == 0, done.stderr
    assert target.state()[0] == source.state()[0]
    assert target.asked("SELECT app, name FROM django_migrations ORDER BY 1, 2") == source.asked(
        "SELECT app, name FROM django_migrations ORDER BY 1, 2"
    )


def test_a_trail_that_was_changed_is_said_and_stays_so(source: Installation, made: Make, tmp_path: Path) -> None:
    changed, target = made("backup_changed", source), made("backup_target")
    with psycopg.connect(**{**changed.server, "dbname": changed.name}) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM kernel_historyentry WHERE id = (SELECT min(id) FROM kernel_historyentry)")
    done = changed.run("backup", tmp_path / "二")
    assert (done.returncode, "发现改动" in done.stdout) == (1, True)
    again = target.run("restore", tmp_path / "二")
    assert (again.returncode, "发现改动" in again.stdout) == (1, True)
    assert target.run("trail", "verify").returncode == 1


def test_a_file_that_is_gone_from_the_disk_is_named(source: Installation, made: Make, tmp_path: Path) -> None:
    one = made("backup_lost", source)
    path, _ = next(files_of(one.data / "files"))
    (one.data / "files" / path).unlink()
    done = one.run("backup", tmp_path / "二")
    assert (done.returncode, f"文件 {path} 不在磁盘上" in done.stdout) == (1, True)
    assert (tmp_path / "二" / "manifest.json").exists()


@pytest.mark.parametrize("limit", [20_000, 400_000])
def test_a_full_disk_leaves_nothing(source: Installation, tmp_path: Path, limit: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = source.run("backup", tmp_path / "满", preexec_fn=limited)
    assert done.returncode == 2
    assert "没有备份成" in done.stderr
    assert "超出允许的文件大小" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_of_files_leaves_the_old(backup: Path, target: Installation) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = target.run("restore", backup, preexec_fn=limited)
    assert (done.returncode, "没有恢复成" in done.stderr, "超出允许的文件大小" in done.stderr) == (2, True, True)
    assert (target.state()[0], list(files_of(target.data / "files")), target.databases()) == ([], [], {""})


@pytest.mark.parametrize("place", ["数据目录", "已有", "无"])
def test_a_place_that_does_not_fit_is_refused(source: Installation, tmp_path: Path, place: str) -> None:
    (tmp_path / "已有").mkdir()
    (tmp_path / "已有" / "文件").write_text("别人的")
    folders = {"数据目录": source.data / "备份", "已有": tmp_path / "已有", "无": tmp_path / "没有" / "备份"}
    done = source.run("backup", folders[place])
    assert (done.returncode, done.stdout) == (2, "")
    assert (tmp_path / "已有" / "文件").read_text() == "别人的"


def _killed(process: subprocess.Popen[str], stage: str, after: float) -> None:
    """Kill it so many seconds after it said that a stage begins."""
    assert process.stderr is not None
    assert any(stage in said for said in process.stderr)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


BACKING_UP = [("正在核对留痕", 0), ("正在导出数据库", 0), ("正在导出数据库", 0.2), ("正在复制", 0), ("正在复制", 0.02)]


def test_a_killed_backup_never_looks_whole(source: Installation, target: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "断"
    part, refused = folder.with_name("断.part"), False
    for stage, after in BACKING_UP:
        _killed(source.start("-m", "fujing", "backup", folder), stage, after)
        if folder.exists():
            # It was too late: then it is whole.
            assert stage == "正在复制"
            assert not part.exists()
            listed = json.loads((folder / "manifest.json").read_text())
            assert (folder / "database.dump").stat().st_size == listed["database"]["size"]
            shutil.rmtree(folder)
        elif part.exists() and not refused:
            refused = "没有做完的备份" in target.run("restore", part).stderr
    assert refused
    # What the killed ones left doesn't stand in the way.
    assert source.run("backup", folder).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"断"}


RESTORING = ["正在核对备份的内容", "正在复制", "正在导入数据库", "正在升级数据库结构"]


def test_a_killed_restore_leaves_the_old_or_the_new(source: Installation, backup: Path, filled: Installation) -> None:
    target, number = filled, json.loads((backup / "manifest.json").read_text())["number"]
    old, new = target.state()[:2], source.state()[:2]
    for stage, after in [*((stage, 0.0) for stage in RESTORING), ("正在核对留痕", 0.5), ("正在核对留痕", 2.0)]:
        process = target.start("-m", "fujing", "restore", backup, "--replace")
        assert process.stdin is not None
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        _killed(process, stage, after)
        _until_alone(target)
        found = target.state()[:2]
        assert found in ((old,) if stage in RESTORING else (old, new))
    assert target.run("restore", backup, "--replace", typed=f"{number}\n").returncode == 0
    assert target.state() == source.state()
    assert target.databases() == {""}


def _until_alone(one: Installation) -> None:
    """What the killed one had started notices and ends."""
    busy = f"SELECT count(*) FROM pg_stat_activity WHERE datname LIKE '{one.name}%' AND backend_type = 'client backend'"
    until = time.monotonic() + 60
    while one.asked(busy, "postgres") != [(0,)]:
        assert time.monotonic() < until
        time.sleep(0.1)
