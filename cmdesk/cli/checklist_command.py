"""cmdesk checklist"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY, day_of
from cmdesk.cli.desk import FILE, community_at, json_option, names_option
from cmdesk.core.text import N_, _

if TYPE_CHECKING:
    import sqlite3

    from cmdesk.core.records import Input


@click.command("checklist")
@click.argument("file", type=FILE)
@click.argument("group")
@click.option("--set", "answers", multiple=True, metavar="ITEM=yes|no", help="Answer an item: owner, purpose, posting, roles, rule or review.")
@click.option("--owner", metavar="NAME", help="Who looks after the group.")
@click.option("--purpose", metavar="TEXT", help="What the group is for, in a sentence.")
@click.option("--review", type=DAY, metavar="DAY", help="When the checklist is looked at again.")
@click.option("--on", type=DAY, metavar="DAY", help="The day on which this was so; today, unless said.")
@names_option
@json_option
def command(
    file: Path, group: str, answers: tuple[str, ...], owner: str | None, purpose: str | None, review: date | None, on: date | None,
    names: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show or fill in the manageability checklist of a group.

    It counts once something was answered by hand; owner, purpose and roles are told by the data where they can be. An item without an
    answer counts as no; an empty answer (rule=) takes one back.
    """
    from cmdesk.core import groups, inputs

    with community_at(file) as community:
        with community.reading() as connection:
            group_id = groups.find(connection, group)
            ref = groups.ref_of(connection, group_id)
        said = {"owner": owner, "purpose": purpose, "review": review.isoformat() if review else None, **_answers(answers)}
        every = [_input(ref, field, value, day_of(on)) for field, value in said.items() if value is not None]
        if every:
            inputs.fill_in(community, every, N_("Checklist of {name}").format(name=group))
        with community.reading() as connection:
            found = _document(connection, group_id, names)
    if as_json:
        return output.document({"checklist": found})
    return _tell(found)


def _input(ref: str, field: str, value: str, day: str) -> Input:
    from cmdesk.core.records import Input

    return Input("group", ref, field, " ".join(value.split()), day)


def _answers(pairs: tuple[str, ...]) -> dict[str, str]:
    from cmdesk.core.input_fields import CHECKS

    found = {}
    for pair in pairs:
        item, equals, answer = pair.partition("=")
        if not equals or item not in CHECKS or answer not in ("yes", "no", ""):
            raise click.UsageError(_("“{pair}” is not ITEM=yes or ITEM=no; the items are: {names}.").format(pair=pair, names=", ".join(CHECKS)))
        found[f"check_{item}"] = answer
    return found


def _document(connection: sqlite3.Connection, group_id: int, names: bool) -> dict[str, Any]:
    from cmdesk.core import checklist, groups
    from cmdesk.core.owners import Owners

    found = checklist.of(connection, group_id)
    path = next(row.path for row in groups.rows(connection) if row.id == group_id)
    items = [
        {"item": item.name, "text": checklist.words(item.name), "holds": item.holds, "data": item.told, "answer": item.answer, "since": item.day}
        for item in found.items
    ]
    owner = Owners(connection).label(found.owner, names)
    return {"group": path, "value": found.value, "owner": owner, "review": found.review, "items": items}


def _tell(found: dict[str, Any]) -> None:
    output.line(f"{found['group']}" + (f" · {_('owner')}: {found['owner']}" if found["owner"] else ""))
    state = {True: _("yes"), False: _("no"), None: _("not known")}
    rows = []
    for item in found["items"]:
        source = _("by hand, {day}").format(day=item["since"]) if item["answer"] is not None else _("from the data") if item["data"] is not None else ""
        rows.append((item["item"], item["text"], state[item["holds"]], source))
    output.table(("item", "text", "state", "from"), rows)
    if found["review"]:
        output.line(_("To be looked at again on {day}.").format(day=found["review"]))
    if found["value"] is None:
        output.line(_("Nothing was answered by hand yet, so it does not count: cmdesk checklist FILE GROUP --set rule=yes"))
    else:
        output.line(_("Manageability: {n} of {all}.").format(n=round(found["value"] * len(rows)), all=len(rows)))
