"""`fujing backup` and `fujing restore`: take and bring back a full backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fujing.cli import server
from fujing.cli.output import OK, VIOLATIONS, emit_json, unreadable

if TYPE_CHECKING:
    from fujing.kernel.backup import Manifest

BACKUP = """把数据库和上传的文件完整备份到一个新文件夹，运行中即可进行.

数据库是同一时刻的内容，文件是它所登记的。密钥不在其内，须另外妥善保管：没有密钥，加密的内容打不开；输出写明需要哪些，
恢复时先核对密钥。文件夹里有清单，写明各部分的校验值、版本、各表行数和留痕封存。

退出码0为完成，1为完成但留痕被改动或者有文件不在磁盘上，2为没有备份成，不留下任何内容."""
RESTORE = """把备份恢复到空的系统.

先核对密钥、清单和每个文件的校验值，再在另一个数据库里导入、升级结构、核对留痕，全部无误后一次换上。
中途断电或者被终止，原来的内容不变。比程序新的备份不能恢复。恢复前停止网站和后台任务。

退出码0为完成，1为完成但备份时留痕就被改动或者缺文件，2为没有恢复成，原来的内容不变."""


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""
    app.command("backup", help=BACKUP)(backup)
    app.command("restore", help=RESTORE)(restore)


def backup(
    folder: Annotated[Path, typer.Argument(help="新文件夹，不能在数据目录里")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    server.setup()
    from fujing.kernel.backup import NotDone, backup_make

    try:
        made = backup_make(folder, _say)
    except NotDone as error:
        unreadable(error.reasons)
    _tell("已备份到", folder, made, as_json=as_json)


def restore(
    folder: Annotated[Path, typer.Argument(help="备份所在的文件夹")],
    replace: Annotated[bool, typer.Option("--replace", help="替换现有数据，须输入备份编号确认")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    server.setup("owner")
    from fujing.kernel.backup import NotDone, Restore
    from fujing.kernel.postgres.server import OwnerTooWeak

    try:
        wanted = Restore(folder, _say)
        if replace and wanted.present():
            _confirmed(wanted.manifest.number, wanted.manifest.made_at)
        wanted.run(replace=replace)
    except NotDone as error:
        unreadable(error.reasons)
    except OwnerTooWeak as error:
        unreadable([str(error)])
    _tell("已恢复", folder, wanted.manifest, as_json=as_json)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _confirmed(number: str, made_at: Any) -> None:
    """Whoever replaces what is here types the number of what comes instead."""
    _say(f"这个系统的现有数据将全部删除，换成 {made_at:%Y-%m-%d %H:%M} 的备份，不能撤销。")
    sys.stderr.write(f"输入备份编号 {number} 确认：")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != number:
        unreadable(["", "没有确认，没有改动"])


def _tell(done: str, folder: Path, made: Manifest, *, as_json: bool) -> None:
    """What was done, what is wrong with it, and which keys it needs."""
    trail, rows = made.trail, sum(made.state.counts.values())
    if as_json:
        emit_json(
            {
                "folder": str(folder.absolute()),
                "number": made.number,
                "made_at": made.made_at.isoformat(),
                "fujing": made.fujing,
                "postgres": made.postgres,
                "bytes": made.database.size + sum(part.size for part in made.files),
                "rows": rows,
                "files": len(made.files),
                "lost": made.lost,
                "trail": {
                    "days": trail.days,
                    "digest": trail.digest,
                    "faults": [{"day": day, "message": message} for day, message in trail.faults],
                },
                "keys": [key.model_dump() for key in made.keys],
            }
        )
    else:
        typer.echo(
            f"{done} {folder}，编号 {made.number}：{len(made.state.counts)}张表{rows}行，{len(made.files)}个文件。"
        )
        typer.echo(f"留痕封存{trail.days}日，" + ("未发现改动。" if not trail.faults else "发现改动："))
        for day, message in trail.faults:
            typer.echo(f"  {day} {message}")
        for path in made.lost:
            typer.echo(f"文件 {path} 不在磁盘上，或者与登记的摘要不符")
        for key in made.keys:
            typer.echo(
                f"所需密钥：{key.variable} 或者数据目录的 {key.file}，校验值 {key.check}。密钥不在备份里，应分开保管。"
            )
    raise typer.Exit(VIOLATIONS if trail.faults or made.lost else OK)
