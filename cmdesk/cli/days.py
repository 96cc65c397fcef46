"""Days as arguments."""

from __future__ import annotations

import datetime as dt

import click

DAY = click.DateTime(["%Y-%m-%d"])
"""A day such as 2026-03-31."""


def day_of(given: dt.datetime | None) -> str:
    """The ISO day that was given, today without one."""
    return (given.date() if given is not None else dt.date.today()).isoformat()  # noqa: DTZ011 - the user's own day
