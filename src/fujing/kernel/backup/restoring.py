"""Bringing a backup back: built and proved in a database of its own, which then takes the place of the other.

Files are named by their content, so they can lie beside the old ones before anything refers to them. What decides is one
transaction that renames the databases: until it commits the old installation is there, from then on the new one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import conninfo, sql

from fujing.kernel.backup.manifest import (
    FILES,
    FORMAT,
    Manifest,
    NotDone,
    Part,
    blocks_of,
    copied,
    digest_of_file,
    manifest_of,
    state_of,
    told,
    trail_of,
    wrong_keys,
)
from fujing.kernel.backup.tools import address, tool
from fujing.kernel.files import synced
from fujing.kernel.postgres import server

FAILED = "没有恢复成"
REPLACE = "--replace"
SERVER = "PostgreSQL"
FILLED = ("registry_organ", "registry_account", "kernel_historyentry")
"""Tables of which at least one has rows wherever somebody has worked."""


class Restore:
    """One backup on its way into this installation; `manifest` is what it says of itself."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        """Nothing is touched yet. Raises NotDone with every reason why the backup can't be used here."""
        self.folder, self.say = folder.absolute(), say
        self.manifest: Manifest = manifest_of(self.folder)
        if self.manifest.format != FORMAT:
            raise NotDone(f"备份格式为{self.manifest.format}，这个版本只能读{FORMAT}")
        # Before anything that takes long, and before the seal, which a wrong key would break as well.
        if faults := wrong_keys(self.manifest):
            raise NotDone(*faults)
        if not self.manifest.intact:
            raise NotDone(f"{self.folder} 的清单被改动，不能恢复")
        say("正在核对备份的内容")
        if faults := [*self._damaged(), *_newer(self.manifest)]:
            raise NotDone(*faults)

    def _damaged(self) -> Iterator[str]:
        """Every part that isn't there as the list says."""
        parts = [(self.manifest.database, self.folder), *((each, self.folder / FILES) for each in self.manifest.files)]
        for part, place in parts:
            try:
                found = digest_of_file(place / part.path)
            except OSError:
                yield f"{place / part.path} 不在或者读不出"
                continue
            if found != (part.size, part.digest):
                yield f"{place / part.path} 与清单不符，已损坏或者被改动"

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The owner's connection; starts the embedded server."""
        return server.owner_parameters(settings.DATABASES["default"])

    @property
    def name(self) -> str:
        """The database of this installation."""
        return str(self.parameters["dbname"])

    def present(self) -> dict[str, int]:
        """Rows of the tables that tell whether this installation is in use; empty when it isn't."""
        try:
            with psycopg.connect(**self.parameters) as connection:
                there = [
                    table
                    for table in FILLED
                    if connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone() != (None,)
                ]
                counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in there}
        except psycopg.OperationalError:
            # An embedded server that has no database yet; one that can't be reached at all says so in `run`.
            return {}
        return {table: found[0] for table, found in counts.items() if found and found[0]}

    def run(self, *, replace: bool = False) -> None:
        """Put the backup in the place of what is here; `replace` allows that to be something.

        Raises NotDone; then what was here is here.
        """
        if not replace and self.present():
            raise NotDone(f"这个系统已有数据，没有改动：备份只能恢复到空的系统，要替换现有数据请写 {REPLACE}")
        try:
            server.prepare(settings.DATABASES["default"])
        except psycopg.OperationalError as error:
            raise NotDone(f"{FAILED}：连不上数据库，恢复要用数据库所有者的地址和口令（FUJING_DATABASE_URL）") from error
        with self._server() as connection:
            if connection.execute("SELECT pg_try_advisory_lock(hashtext('fujing restore'))").fetchone() == (False,):
                raise NotDone("另一个恢复正在进行，等它结束")
            self._fit(connection)
            staging, replaced = f"{self.name}_restoring", f"{self.name}_replaced"
            added: list[Path] = []
            try:
                for left in (staging, replaced):
                    _drop(connection, left)
                self._files(added)
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                        sql.Identifier(staging)
                    )
                )
                self._filled({**self.parameters, "dbname": staging})
                self._switched(connection, staging, replaced)
            except BaseException as error:
                # A server that is gone can't drop anything: the next restore does.
                with suppress(psycopg.Error):
                    _drop(connection, staging)
                for path in added:
                    path.unlink(missing_ok=True)
                if isinstance(error, psycopg.Error):
                    raise NotDone(f"{FAILED}：数据库没有写下，原来的内容没有改动", str(error).strip()) from error
                raise
            _drop(connection, replaced)
        self._swept()

    @contextmanager
    def _server(self) -> Iterator[Any]:
        """The owner beside the database that will be renamed."""
        for beside in ("postgres", "template1"):
            try:
                connection = psycopg.connect(**{**self.parameters, "dbname": beside}, autocommit=True)
            except psycopg.OperationalError:
                continue
            with connection:
                yield connection
            return
        raise NotDone(f"{FAILED}：数据库所有者连不上 {beside} 库，不能改库名")

    def _fit(self, connection: Any) -> None:
        """Who may rename, nobody at work, and a server that is new enough. Raises NotDone."""
        faults = []
        major = connection.info.server_version // 10000
        if major < self.manifest.postgres:
            faults.append(
                f"备份来自 {SERVER} {self.manifest.postgres}，这里是 {major}，应为 {self.manifest.postgres} 以上"
            )
        role, may = connection.execute(
            "SELECT rolname, rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if not may:
            faults.append(f"数据库所有者 {role} 须能建库，请数据库管理员执行：ALTER ROLE {role} CREATEDB")
        busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        if count := connection.execute(busy, [self.name]).fetchone()[0]:
            faults.append(f"还有{count}个连接在用数据库，先停止网站和后台任务")
        if faults:
            raise NotDone(*faults)

    def _files(self, added: list[Path]) -> None:
        """The files to where they belong, each whole under its name or not there."""
        self.say(f"正在复制{len(self.manifest.files)}个文件")
        target = Path(settings.DATA) / FILES
        with told(FAILED, target):
            target.mkdir(parents=True, exist_ok=True)
            for part in self.manifest.files:
                self._file(part, target, added)
            synced([target, *(each for each in target.iterdir() if each.is_dir())])

    def _file(self, part: Part, target: Path, added: list[Path]) -> None:
        place = target / part.path
        if place.exists() and digest_of_file(place) == (part.size, part.digest):
            return
        place.parent.mkdir(exist_ok=True)
        beside = place.with_name(f"{place.name}.part")
        beside.unlink(missing_ok=True)
        try:
            copied(blocks_of(self.folder / FILES / part.path), beside)
            if not place.exists():
                added.append(place)
            os.replace(beside, place)
        finally:
            beside.unlink(missing_ok=True)

    def _filled(self, parameters: dict[str, Any]) -> None:
        """The database of the backup, brought up to this version, and proved. Raises NotDone."""
        self.say("正在导入数据库")
        program, _ = tool("pg_restore", max(self.manifest.tool, self.manifest.postgres))
        where, environment = address(parameters)
        asked = [str(program), "--exit-on-error", "--no-owner", "--no-acl", "--dbname", where]
        asked.append(str(self.folder / self.manifest.database.path))
        done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            full = "No space left" in done.stderr
            why = "数据库所在磁盘空间不足" if full else f"{program.name} 没有完成"
            raise NotDone(f"{FAILED}：{why}，原来的内容没有改动", *([] if full else done.stderr.splitlines()))
        self.say("正在核对导入的内容")
        with psycopg.connect(**parameters) as connection:
            if state_of(connection) != self.manifest.state:
                raise NotDone(f"{FAILED}：导入的各表行数或者行级安全与清单不符，原来的内容没有改动")
            if trail_of(connection) != (self.manifest.trail.days, self.manifest.trail.digest):
                raise NotDone(f"{FAILED}：导入的留痕与清单不符，原来的内容没有改动")
        self.say("正在升级数据库结构")
        _ours(parameters, "migrate")
        self.say("正在核对留痕")
        said = json.loads(_ours(parameters, "trail", "verify", "--json", accepted=(0, 1)))
        faults = tuple((each["day"], each["message"]) for each in said["faults"])
        if faults != self.manifest.trail.faults:
            raise NotDone(f"{FAILED}：恢复后的留痕与备份时核对的结果不同，原来的内容没有改动")

    def _switched(self, connection: Any, staging: str, replaced: str) -> None:
        """One transaction: the old database steps aside and the new one takes its name."""
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        new, old, name = (sql.Identifier(each) for each in (staging, replaced, self.name))
        try:
            with connection.transaction():
                connection.execute(rename.format(name, old))
                connection.execute(rename.format(new, name))
        except psycopg.errors.ObjectInUse as error:
            raise NotDone(f"{FAILED}：还有连接在用数据库，先停止网站和后台任务") from error

    def _swept(self) -> None:
        """Files that only the old database named are gone with it."""
        kept = {part.path for part in self.manifest.files}
        target = Path(settings.DATA) / FILES
        for path in [path for path in target.rglob("*") if path.is_file()]:
            if str(path.relative_to(target)) not in kept:
                path.unlink(missing_ok=True)


def _newer(manifest: Manifest) -> Iterator[str]:
    """Changes of the database's structure that this version doesn't know."""
    loader = MigrationLoader(None)
    known = {
        *loader.disk_migrations,
        *(each for squashed in loader.replacements.values() for each in squashed.replaces),
    }
    unknown = [f"{app}.{name}" for app, name in manifest.state.migrations if (app, name) not in known]
    if unknown:
        yield (
            f"备份由更新或者另一个版本（{manifest.fujing}）制作，这个版本没有它的数据库结构：{'、'.join(unknown)}，"
            "请先升级程序再恢复"
        )


def _drop(connection: Any, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _ours(parameters: dict[str, Any], *command: str, accepted: tuple[int, ...] = (0,)) -> str:
    """Run one of our commands on the database that is being built; what it printed. Raises NotDone."""
    environment = {**os.environ, "FUJING_DATABASE_URL": conninfo.make_conninfo(**parameters)}
    for name in ("FUJING_APP_DATABASE_URL", "FUJING_DATABASE_ROLE"):
        environment.pop(name, None)
    asked = [sys.executable, "-m", "fujing", *command]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        raise NotDone(f"{FAILED}：{' '.join(asked[2:])} 没有完成，原来的内容没有改动", *done.stderr.splitlines())
    return done.stdout
