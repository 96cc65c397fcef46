"""Every job without a window, one module a command. Nothing but click is imported before a command is chosen, so `--help` is instant."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence

import click

from cmdesk import __version__
from cmdesk.core.text import N_, _

COMMANDS = {
    "new": N_("Make a new, empty community file."),
    "import": N_("Read exports into a community."),
    "zone": N_("Say whose clock wrote the times of an import."),
    "show": N_("Show what a community holds."),
    "goal": N_("Say what a group is for."),
    "group": N_("Make a group of a circle."),
    "link": N_("Say which accounts are one person."),
    "unlink": N_("Take such a decision back."),
    "assess": N_("Judge how well groups fit their goals."),
    "trend": N_("How a fit went, quarter by quarter."),
    "compare": N_("Compare two assessments."),
    "what-if": N_("Ask what the fit would be if people or ties changed."),
    "model": N_("Goal models: list, keep, use, compare, write."),
    "note": N_("Put a dated note on the axis of trends."),
    "checklist": N_("Fill in whether a group is manageable."),
    "status": N_("Say what became of ideas and questions."),
    "confirm": N_("Say that pages or profiles are still right."),
    "pulse": N_("Enter what members answered to four questions."),
    "address": N_("Say where a source is on the web."),
    "export": N_("Write an assessment or a community into a file."),
    "picture": N_("Draw a picture as PNG or SVG."),
    "undo": N_("Take the last change back."),
    "redo": N_("Do again what was undone."),
    "history": N_("List what was done."),
    "dump": N_("Print all facts and commands, with names."),
    "simulate": N_("Write an invented Slack export."),
    "plugins": N_("List plugins and what they add."),
    "self-test": N_("Prove that this installation works."),
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
        _tell(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing one."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line)) for name, line in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the words of a person."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(_("There is no command or file “{name}”.").format(name=args[0]), ctx)
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


def _tell(command: click.Command) -> None:
    """The help of a command in the user's language; .ci/translations.py finds its texts in docstrings and `help=`."""
    command.help = _(inspect.cleandoc(command.help or ""))
    command.epilog = _(command.epilog or "") or None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.help = _(parameter.help or "") or None


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; usage errors are told here, everything else is raised."""
    _tell(main)
    try:
        result = main.main(args=list(arguments), prog_name="cmdesk", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        return 130
    except click.UsageError as error:
        click.echo(f"{_('error')}: {error.format_message()}", err=True)
        path = error.ctx.command_path if error.ctx else "cmdesk"
        click.echo(f"{_('hint')}: " + _("{command} --help shows how it is used.").format(command=path), err=True)
        return error.exit_code
    return result if isinstance(result, int) else 0
