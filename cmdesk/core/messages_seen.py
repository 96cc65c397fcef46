"""What share of a platform's messages the data hold: nobody but the user can tell, with each import (docs/goal-model.md §4.6).

A free Slack workspace hides what is older than 90 days, an export may leave out private channels: `cmdesk import --seen 70` says that the file
holds 70 % of the messages that were written in its time.
"""

from __future__ import annotations

import math
import sqlite3

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _


def share(text: str) -> float:
    """A percentage as the user typed it, as a share in 0–1 (above 0); CmdeskError for anything else."""
    try:
        value = float(text.strip().rstrip("%").strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 < value <= 100:
        raise CmdeskError(
            _("“{text}” is no share of the messages.").format(text=text), _("Give a percentage above 0 and up to 100, such as seen=70.")
        )
    return value / 100


def stated(connection: sqlite3.Connection) -> float | None:
    """The share over all imports, each weighing as many messages as it holds; None where no import states one. An import that states nothing
    counts as whole; of several imports of one file the newest counts."""
    held, total, said = 0.0, 0.0, False
    newest = {sha256: line for sha256, *line in connection.execute("SELECT sha256, options, facts FROM imports ORDER BY id")}
    for options, facts in newest.values():
        words = msgspec.json.decode(options, type=dict[str, str])
        told = msgspec.json.decode(facts).get("post", {})
        posts = told.get("stored", 0) + told.get("merged", 0)
        said |= "seen" in words
        held += posts
        total += posts / share(words.get("seen", "100"))
    return held / total if said and total else None
