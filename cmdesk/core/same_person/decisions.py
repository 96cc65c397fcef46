"""What the user decided of two accounts: the same person, or not. Commands that name platform keys; each can be undone, and sleeps while a key is
absent. A person is never rewritten: take the decision away, and everything is as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from cmdesk.core import history
from cmdesk.core.community import Community, setting
from cmdesk.core.errors import CmdeskError
from cmdesk.core.pseudonyms import code
from cmdesk.core.references import row_of
from cmdesk.core.same_person.decided import by_pair
from cmdesk.core.same_person.persons import Pair, Persons, together
from cmdesk.core.text import N_, _
from cmdesk.core.when import now

TABLES = ("members",)


def decide(community: Community, one: str, other: str, same: bool) -> None:
    """Say that two accounts (platform keys) are one person, or that they are not, as one undoable command. CmdeskError if that contradicts
    another decision, or if it is decided so already."""
    pair = _pair(one, other)
    with community.reading() as connection:
        for ref in pair:
            if connection.execute(f"SELECT {row_of('identities', '?1')}", (ref,)).fetchone()[0] is None:
                raise CmdeskError(_("Nobody here is “{text}”.").format(text=ref), _("It may have gone with an import that was undone."))
        known = by_pair(connection)
        persons = standing(connection, {key: value for key, value in known.items() if key != pair})
        change = _change(connection, pair, same)
    if known.get(pair) is same:
        raise CmdeskError(_("That is decided already."), _("`cmdesk unlink` takes it back."))
    if same and not persons.may_join(*pair):
        raise CmdeskError(
            _("Accounts of these two are marked as not the same person."), _("Take that mark away first: cmdesk unlink FILE A B")
        )
    if not same and _linked_otherwise(known, pair):
        raise CmdeskError(_("Other links make these two one person."), _("Take those away first: cmdesk unlink FILE A"))
    history.command(community, "link", N_("Two accounts are one person") if same else N_("Two accounts are not the same person"), [change], tables=TABLES)


def take_back(community: Community, pairs: Iterable[Pair]) -> int:
    """Take decisions about these pairs away, as one undoable command; returns how many there were. CmdeskError for none."""
    with community.reading() as connection:
        changes = [_change(connection, _pair(*pair), None) for pair in dict.fromkeys(_pair(*pair) for pair in pairs)]
    changes = [change for change in changes if change.before is not None]
    if not changes:
        raise CmdeskError(_("Nothing was decided about them."), _("`cmdesk show FILE links` lists what was decided."))
    history.command(community, "link", N_("Decisions on who is the same taken back: {n}").format(n=len(changes)), changes, tables=TABLES)
    return len(changes)


def add(community: Community, decided: Mapping[Pair, bool]) -> dict[str, int]:
    """Take over decisions of another community, as one undoable command. Returns how many were new, known, or contradict one that is here (then
    the one here stays); accounts that are not here yet may come later."""
    counts = {"new": 0, "known": 0, "contradicting": 0}
    with community.reading() as connection:
        here = by_pair(connection)
        changes = []
        for pair, same in sorted(decided.items()):
            was = here.get(pair)
            kind = "known" if was is same else "new" if was is None else "contradicting"
            counts[kind] += 1
            changes += [_change(connection, pair, same)] if kind == "new" else []
    if changes:
        history.command(community, "link", N_("{n} decisions on who is the same read from a file").format(n=len(changes)), changes, tables=TABLES)
    return counts


def standing(connection: sqlite3.Connection, decided: Mapping[Pair, bool]) -> Persons:
    """The persons as they would be with these decisions."""
    from cmdesk.core.same_person.account import load

    return together(load(connection), decided)


def within(connection: sqlite3.Connection, ref: str) -> list[Pair]:
    """Pairs that the user linked within the member of this account."""
    refs = set(accounts_of(connection, ref))
    return [pair for pair, same in by_pair(connection).items() if same and refs & set(pair)]


def accounts_of(connection: sqlite3.Connection, ref: str) -> list[str]:
    """Platform keys of all accounts of the member to whom `ref` belongs."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT s.platform || ':' || s.key || '/' || i.key FROM identities i JOIN sources s ON s.id = i.source_id"
            f" WHERE i.member_id = (SELECT member_id FROM identities WHERE id = {row_of('identities', '?1')}) ORDER BY 1",
            (ref,),
        )
    ]


def find(connection: sqlite3.Connection, text: str, names: bool = False) -> str:
    """The platform key of the account that `text` means: a pseudonym (of a member or of one of its accounts), a platform key or, with
    `names`, a name that only one member has. CmdeskError if nobody or more than one is meant."""
    if connection.execute(f"SELECT {row_of('identities', '?1')}", (text,)).fetchone()[0] is not None:
        return text
    found = [row[0] for row in connection.execute("SELECT ref FROM members WHERE code = upper(?)", (text,))]
    if not found and text.upper().startswith("P-"):
        key = setting(connection, "pseudonym_key", "00")
        refs = connection.execute("SELECT s.platform || ':' || s.key || '/' || i.key FROM identities i JOIN sources s ON s.id = i.source_id")
        found = [ref for (ref,) in refs if code(key, ref, len(text) - 2) == text.upper()]
    if not found and names:
        found = [row[0] for row in connection.execute("SELECT ref FROM members WHERE name = ? COLLATE NOCASE", (text,))]
    if len(found) != 1:
        problem = _("Nobody here is “{text}”.") if not found else _("{n} members are “{text}”.")
        raise CmdeskError(
            problem.format(text=text, n=len(found)), _("Give a pseudonym or a platform key; a name works with --names if only one member has it.")
        )
    return str(found[0])


def _pair(one: str, other: str) -> Pair:
    if one == other:
        raise CmdeskError(_("That is one and the same account."), _("Give two accounts."))
    return (one, other) if one < other else (other, one)


def _change(connection: sqlite3.Connection, pair: Pair, same: bool | None) -> history.RowChange:
    after = None if same is None else {"same": int(same), "at": now()}
    return history.change(connection, "links", {"one": pair[0], "other": pair[1]}, after)


def _linked_otherwise(known: Mapping[Pair, bool], pair: Pair) -> bool:
    """True if links of the user, beside the one of this pair, lead from one to the other."""
    edges = [each for each, same in known.items() if same and each != pair]
    persons = Persons({ref for each in [*edges, pair] for ref in each}, ())
    for each in edges:
        persons.join(*each)
    return persons.lead(pair[0]) == persons.lead(pair[1])
