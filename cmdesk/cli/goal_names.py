"""The eight goals as words of the command line, without loading the goal model."""

from __future__ import annotations

import click

GOAL = click.Choice(("inform", "find", "connect", "share_across", "inspire", "collaborate", "solve", "innovate"))
"""Checked against core's list by a test."""
