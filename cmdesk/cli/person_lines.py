"""cmdesk show suggestions and links: who may be one person, and what was decided. Platform keys may be addresses: they stand only beside names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from cmdesk.cli import output
from cmdesk.core.community import setting
from cmdesk.core.pseudonyms import code
from cmdesk.core.same_person import decided, suggestions
from cmdesk.core.text import _

Shown = tuple[list[dict[str, Any]], Callable[[list[dict[str, Any]], str], None]]


def suggested(connection: sqlite3.Connection, names: bool) -> Shown:
    """Pairs with a score and the reasons for and against; reasons hold no value of an account."""
    labels = {row[0]: row[2] if names and row[2] else row[1] for row in connection.execute("SELECT id, code, name FROM members")}
    rows = []
    for pair in suggestions.suggest(connection):
        row: dict[str, Any] = {
            "person": labels[pair.members[0]], "other": labels[pair.members[1]], "score": round(pair.score, 2),
            "for": [reason.said for reason in pair.reasons if reason.points > 0], "against": [reason.said for reason in pair.reasons if reason.points < 0],
        }  # fmt: skip
        rows.append({**row, "keys": [pair.one, pair.other]} if names else row)

    def tell(lines: list[dict[str, Any]], _zone: str) -> None:
        for line in lines:
            output.line(f"{line['score']:.2f}  {line['person']}  {line['other']}")
            for head, said in ((_("for"), line["for"]), (_("against"), line["against"])):
                if said:
                    output.line(f"      {head}: " + "; ".join(_(each) for each in said))
        output.line(_("Decide: cmdesk link FILE A B, or with --not-same. Nobody is joined by a suggestion."))

    return rows, tell


def links(connection: sqlite3.Connection, names: bool) -> Shown:
    """What was decided, under the pseudonyms of accounts unless names show."""
    key = setting(connection, "pseudonym_key", "00")
    rows = [
        {"person": row.one if names else code(key, row.one), "other": row.other if names else code(key, row.other), "same": row.same}
        for row in decided.rows(connection)
    ]
    return rows, lambda lines, _zone: output.table(("person", "other", "same"), [(line["person"], line["other"], line["same"]) for line in lines])
