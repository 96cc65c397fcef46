"""Every job without a window, one module a command. Nothing but click is imported before a command is chosen, so `--help` is instant."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import click

from cmdesk import __version__

COMMANDS = {
    "new": "Make a new, empty community file.",
    "import": "Read exports into a community.",
    "show": "Show what a community holds.",
    "goal": "Say what a group is for.",
    "assess": "Judge how well groups fit their goals.",
    "trend": "How a fit went, quarter by quarter.",
    "compare": "Compare two assessments.",
    "what-if": "Ask what the fit would be if people or ties changed.",
    "note": "Put a dated note on the axis of trends.",
    "export": "Write an assessment or a community into a file.",
    "picture": "Draw a picture as PNG or SVG.",
    "undo": "Take the last change back.",
    "redo": "Do again what was undone.",
    "history": "List what was done.",
    "dump": "Print all facts and commands, with names.",
    "simulate": "Write an invented Slack export.",
    "plugins": "List plugins and what they add.",
    "self-test": "Prove that this installation works.",
}
"""Command → its line in the help."""


class Commands(click.Group):
    """Imports the module of a command when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for an unknown one."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"cmdesk.cli.{cmd_name.replace('-', '_')}_command")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the words of a person."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"There is no command or file “{args[0]}”.", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="cmdesk [FILE.cmdesk] opens the window. People appear under pseudonyms unless --names. Nothing leaves this machine.",
)
@click.version_option(__version__, prog_name="cmdesk")
@click.option("--no-plugins", is_flag=True, help="Safe mode: only what comes with cmdesk.")
@click.pass_context
def main(ctx: click.Context, no_plugins: bool) -> None:
    """The community manager's desk: does a community's structure fit its goals?"""
    ctx.obj = no_plugins


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; usage errors are told here, everything else is raised."""
    try:
        result = main.main(args=list(arguments), prog_name="cmdesk", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        return 130
    except click.UsageError as error:
        click.echo(f"error: {error.format_message()}", err=True)
        click.echo(f"hint: {error.ctx.command_path if error.ctx else 'cmdesk'} --help shows how it is used.", err=True)
        return error.exit_code
    return result if isinstance(result, int) else 0
