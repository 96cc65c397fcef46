"""Platform keys by which commands and filled-in lists name things ("slack:T1/C1:171…"), and how to find what they name."""

from __future__ import annotations

ABOUT = ("post", "page", "group", "member")
"""What one can say something of by hand."""


def ref(row: str) -> str:
    """SQL: the platform key of the row `row` of posts, pages or identities."""
    return f"(SELECT o.platform || ':' || o.key || '/' || {row}.key FROM sources o WHERE o.id = {row}.source_id)"


def row_of(table: str, name: str) -> str:
    """SQL: the id of the row of posts, pages or identities with the platform key `name`, NULL if there is none. By an index: sources are few."""
    prefix = "o.platform || ':' || o.key || '/'"
    return (
        f"(SELECT t.id FROM sources o JOIN {table} t ON t.source_id = o.id AND t.key = substr({name}, length({prefix}) + 1)"
        f" WHERE substr({name}, 1, length({prefix})) = {prefix} LIMIT 1)"
    )


def known_ref(about: str, name: str) -> str:
    """SQL: `name` if it names something that is there, for a group also by a name that no other has, for a member by the pseudonym; else NULL."""
    group = (
        f"coalesce((SELECT g.ref FROM groups g WHERE g.ref = {name}),"
        f" (SELECT CASE WHEN count(*) = 1 THEN min(g.ref) END FROM groups g WHERE g.name = {name}))"
    )
    member = (
        f"coalesce(CASE WHEN {row_of('identities', name)} IS NOT NULL THEN {name} END,"
        f" (SELECT CASE WHEN count(*) = 1 THEN min(m.ref) END FROM members m WHERE m.code = {name}))"
    )
    held = {"post": "posts", "page": "pages"}
    cases = "".join(f" WHEN '{kind}' THEN CASE WHEN {row_of(table, name)} IS NOT NULL THEN {name} END" for kind, table in held.items())
    return f"(CASE {about} WHEN 'group' THEN {group} WHEN 'member' THEN {member}{cases} END)"
