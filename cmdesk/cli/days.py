"""Days as arguments."""

from __future__ import annotations

import datetime as dt

import click

from cmdesk.core.text import _


class Day(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A day such as 2026-03-31."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; a usage error for what is none."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.datetime.strptime(str(value).strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(_("“{value}” is no day: write it as 2026-03-31.").format(value=value), param, ctx)


DAY = Day()


def day_of(given: dt.date | None) -> str:
    """The ISO day that was given, today without one."""
    return (given if given is not None else dt.date.today()).isoformat()  # noqa: DTZ011 - the user's own day
