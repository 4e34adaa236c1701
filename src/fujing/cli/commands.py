"""How every command answers what it can't do: usage errors in Chinese, and our own faults without a traceback."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NoReturn
from uuid import uuid4

import typer
from typer import _click as click  # typer brings its own copy and raises its exceptions
from typer._click import exceptions
from typer.core import TyperCommand, TyperGroup, TyperOption

from fujing.cli.output import OUR_FAULT, UNREADABLE

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"'(.*?)'")
HELP_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
}
"""Typer's names for its own words in a help text."""


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _chinese_help()
        super().format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> TyperOption | None:
        return _in_chinese(super().get_help_option(ctx))

    def get_usage(self, ctx: click.Context) -> str:
        return _usage(super().get_usage(ctx))


class Commands(TyperGroup):
    """A group of commands, and the root: whatever goes wrong ends in a sentence and an exit code of FORMATS."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _chinese_help()
        super().format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> TyperOption | None:
        return _in_chinese(super().get_help_option(ctx))

    def get_usage(self, ctx: click.Context) -> str:
        return _usage(super().get_usage(ctx))

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        super().add_command(_ours(cmd), name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return None if found is None else _ours(found)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and exit. Raises nothing but SystemExit, unless the caller asks for the exceptions themselves."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            sys.exit(UNREADABLE)
        except exceptions.ClickException as error:
            sys.stderr.write(f"{sentence(error)}\n")
            sys.exit(UNREADABLE)
        except (typer.Abort, KeyboardInterrupt):
            sys.stderr.write("已中止\n")
            sys.exit(130)
        except Exception as error:
            our_fault(error)
        sys.exit(code if isinstance(code, int) and not isinstance(code, bool) else 0)


def our_fault(error: Exception) -> NoReturn:
    """One sentence and a number on stderr, exit 70; the traceback goes to a file of that number, for the makers."""
    number = uuid4().hex[:8]
    place = Path(gettempdir()) / f"fujing-{number}.log"
    try:
        place.write_text("".join(traceback.format_exception(error)), "utf-8")
        place.chmod(0o600)
        kept = f"，详情在 {place}"
    except OSError:
        kept = ""
    sys.stderr.write(f"系统自身出错，没有完成，编号{number}{kept}\n")
    sys.exit(OUR_FAULT)


def sentence(error: exceptions.ClickException) -> str:
    """What is wrong with the command line, in words that its user reads."""
    if isinstance(error, exceptions.NoSuchOption):
        near = f"，是不是 {'、'.join(sorted(error.possibilities))}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, exceptions.MissingParameter):
        return f"缺少{_parameter(error.param)}"
    if isinstance(error, exceptions.BadOptionUsage):
        takes = "does not take" in error.message
        return f"选项 {error.option_name} {'不带值' if takes else '缺少值'}"
    if isinstance(error, exceptions.BadParameter):
        return f"{_parameter(error.param)}{_value(error.message)}{_expected(error)}"
    if isinstance(error, exceptions.FileError):
        return f"无法打开文件 {error.ui_filename}"
    return _usage_sentence(error)


def _usage_sentence(error: exceptions.ClickException) -> str:
    said = error.message
    if CHINESE.search(said) and "No such command" not in said:
        return said
    named = QUOTED.search(said)
    if "No such command" in said and named:
        ctx = getattr(error, "ctx", None)
        known = ctx.command.list_commands(ctx) if ctx and isinstance(ctx.command, TyperGroup) else []
        return f"没有命令“{named[1]}”" + (f"，应为 {'、'.join(known)}" if known else "")
    if "unexpected extra" in said:
        return f"多余的参数：{said.rpartition('(')[2].rstrip(')')}"
    return "缺少命令" if "Missing command" in said else "命令的写法不对，用 --help 查看用法"


def _parameter(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    names = [name for name in param.opts if name.startswith("-")]
    return f"选项 {max(names, key=len)}" if names else f"参数 {(param.name or '').upper()}"


def _value(message: str) -> str:
    found = QUOTED.search(message)
    return f" 的值是“{found[1]}”，" if found else " "


def _expected(error: exceptions.BadParameter) -> str:
    """What the parser wanted; a sentence of our own stays."""
    said = QUOTED.sub("", error.message, count=1)
    if CHINESE.search(said) and "not one of" not in said:
        return said.strip()
    if "not one of" in said:
        return f"应为 {'、'.join(QUOTED.findall(said))}"
    if "range" in said:
        return f"应在 {said.partition('range')[2].strip(' .')} 之内"
    return next((meant for part, meant in WANTED.items() if part in said), "不是这里能用的值")


WANTED = {
    "valid integer": "应为整数",
    "valid float": "应为数字",
    "valid boolean": "应为 true 或 false",
    "valid UUID": "应为 UUID",
    "does not match the format": "应为日期，如 2026-01-22",
    "does not exist": "没有这个文件或者文件夹",
    "is a directory": "这是文件夹，不是文件",
    "is a file": "这是文件，不是文件夹",
    "not readable": "没有读取权限",
    "not writable": "没有写入权限",
}
"""What typer says of a value, and what was wanted."""


def _ours(command: click.Command) -> click.Command:
    """The command with Chinese help, however it was declared."""
    if type(command) is TyperCommand:
        command.__class__ = Command
    elif type(command) is TyperGroup:
        command.__class__ = Commands
    return command


def _chinese_help() -> None:
    # What draws a help text takes a twelfth of a second to load, and only who asks for help waits for it.
    from typer import rich_utils

    for name, word in HELP_WORDS.items():
        setattr(rich_utils, name, word)


def _in_chinese(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "显示帮助"
    return option


def _usage(text: str) -> str:
    return text.replace("Usage:", "用法：", 1).replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")


def app_of(help_text: str | None = None, group: type[Commands] = Commands) -> typer.Typer:
    """A Typer whose group is ours."""
    return typer.Typer(
        cls=group, no_args_is_help=True, add_completion=False, help=help_text, pretty_exceptions_enable=False
    )
