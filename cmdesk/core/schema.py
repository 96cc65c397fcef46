"""The tables of a community file, as numbered migrations. STRICT, integer keys, times in microseconds UTC (docs/architecture.md §6)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x636D6473  # "cmds"
FORMAT = 1
ROOT = 1
"""The id of the root group, the whole community."""

QUESTION, ANNOUNCEMENT, IDEA, EVENT = 1, 2, 4, 8
"""Bits of posts.flags."""

_FACTS = """
CREATE TABLE sources (id INTEGER PRIMARY KEY, platform TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, UNIQUE (platform, key)) STRICT;
CREATE TABLE identities (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, key TEXT NOT NULL, stated INTEGER NOT NULL,
  facts TEXT NOT NULL, member_id INTEGER NOT NULL DEFAULT 0, UNIQUE (source_id, key)) STRICT;
CREATE TABLE groups (
  id INTEGER PRIMARY KEY, source_id INTEGER REFERENCES sources, key TEXT NOT NULL, stated INTEGER NOT NULL, facts TEXT NOT NULL,
  ref TEXT NOT NULL UNIQUE, parent_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, owner TEXT NOT NULL,
  created INTEGER, archived INTEGER, private INTEGER,
  members INTEGER NOT NULL DEFAULT 0, posts INTEGER NOT NULL DEFAULT 0, first_seen INTEGER, last_seen INTEGER,
  UNIQUE (source_id, key)) STRICT;
CREATE TABLE memberships (
  id INTEGER PRIMARY KEY, group_id INTEGER NOT NULL REFERENCES groups, identity_id INTEGER NOT NULL REFERENCES identities,
  joined INTEGER, left_at INTEGER, audience INTEGER NOT NULL, UNIQUE (group_id, identity_id, audience)) STRICT;
CREATE INDEX memberships_of ON memberships (identity_id);
CREATE INDEX identities_of ON identities (member_id);
CREATE TABLE moved (
  group_id INTEGER NOT NULL REFERENCES groups, identity_id INTEGER NOT NULL REFERENCES identities, gone INTEGER NOT NULL,
  PRIMARY KEY (group_id, identity_id)) STRICT, WITHOUT ROWID;
CREATE VIEW belongs AS SELECT id, group_id, identity_id, joined, left_at, audience FROM memberships m
  WHERE audience OR NOT EXISTS (SELECT 1 FROM moved v WHERE v.group_id = m.group_id AND v.identity_id = m.identity_id)
  UNION ALL SELECT 0, group_id, identity_id, NULL, NULL, 0 FROM moved WHERE NOT gone;
CREATE TABLE posts (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, key TEXT NOT NULL, author_id INTEGER REFERENCES identities,
  group_id INTEGER NOT NULL REFERENCES groups, at INTEGER, local INTEGER NOT NULL, thread TEXT, reply_to TEXT,
  reply_author INTEGER REFERENCES identities, flags INTEGER NOT NULL, length INTEGER NOT NULL, tags TEXT, title TEXT,
  edited INTEGER, unnamed_reactions INTEGER NOT NULL, UNIQUE (source_id, key)) STRICT;
CREATE INDEX posts_local ON posts (id) WHERE local;
CREATE TABLE texts (id INTEGER PRIMARY KEY REFERENCES posts, text TEXT NOT NULL) STRICT;
CREATE TABLE mentions (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts, identity_id INTEGER NOT NULL REFERENCES identities,
  UNIQUE (post_id, identity_id)) STRICT;
CREATE TABLE reactions (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts, identity_id INTEGER NOT NULL REFERENCES identities,
  kind TEXT NOT NULL, at INTEGER, UNIQUE (post_id, identity_id, kind)) STRICT;
CREATE TABLE accepted (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL UNIQUE REFERENCES posts, identity_id INTEGER REFERENCES identities, at INTEGER) STRICT;
CREATE TABLE shares (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts, identity_id INTEGER NOT NULL REFERENCES identities,
  group_id INTEGER REFERENCES groups, at INTEGER, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE viewings (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts, identity_id INTEGER NOT NULL REFERENCES identities, at INTEGER,
  UNIQUE (post_id, identity_id)) STRICT;
CREATE TABLE pages (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, key TEXT NOT NULL, group_id INTEGER NOT NULL REFERENCES groups,
  author_id INTEGER REFERENCES identities, title TEXT NOT NULL, updated INTEGER, views INTEGER, UNIQUE (source_id, key)) STRICT;
CREATE TABLE attendances (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, event TEXT NOT NULL,
  identity_id INTEGER NOT NULL REFERENCES identities, group_id INTEGER REFERENCES groups, at INTEGER,
  UNIQUE (source_id, event, identity_id)) STRICT;
CREATE TABLE ratings (
  id INTEGER PRIMARY KEY, identity_id INTEGER NOT NULL REFERENCES identities, item TEXT NOT NULL, value REAL NOT NULL,
  group_id INTEGER REFERENCES groups, at INTEGER, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE stated_ties (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, source_identity INTEGER NOT NULL REFERENCES identities,
  target_identity INTEGER NOT NULL REFERENCES identities, relation TEXT NOT NULL, weight REAL NOT NULL, directed INTEGER NOT NULL,
  at INTEGER, asked INTEGER NOT NULL, low REAL, high REAL, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE asked (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, identity_id INTEGER NOT NULL REFERENCES identities,
  about_id INTEGER REFERENCES identities, relation TEXT NOT NULL, answered INTEGER NOT NULL, at INTEGER, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE inputs (
  id INTEGER PRIMARY KEY, about TEXT NOT NULL, ref TEXT NOT NULL, field TEXT NOT NULL, day TEXT NOT NULL, value TEXT NOT NULL,
  UNIQUE (about, ref, field, day)) STRICT;
"""

_DERIVED = """
CREATE TABLE members (
  id INTEGER PRIMARY KEY, ref TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL, handle TEXT NOT NULL,
  email TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL, organisation TEXT NOT NULL, expertise TEXT NOT NULL,
  is_bot INTEGER NOT NULL, is_moderator INTEGER NOT NULL, is_leader INTEGER NOT NULL, is_guest INTEGER NOT NULL, deleted INTEGER NOT NULL,
  opted_out INTEGER NOT NULL, joined INTEGER, left_at INTEGER, updated INTEGER, has_photo INTEGER, identities INTEGER NOT NULL,
  first_seen INTEGER, last_seen INTEGER) STRICT;
"""

_LEDGER = """
CREATE TABLE imports (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, importer TEXT NOT NULL, file TEXT NOT NULL, paths TEXT NOT NULL, sha256 TEXT NOT NULL,
  options TEXT NOT NULL, text_rules INTEGER NOT NULL, read INTEGER NOT NULL, used INTEGER NOT NULL, left_out TEXT NOT NULL,
  set_aside INTEGER NOT NULL, facts TEXT NOT NULL, ignored TEXT NOT NULL, first INTEGER, last INTEGER, again INTEGER) STRICT;
CREATE TABLE statements (
  import_id INTEGER NOT NULL REFERENCES imports, kind TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
  PRIMARY KEY (import_id, kind, low)) STRICT, WITHOUT ROWID;
CREATE TABLE states (
  kind TEXT NOT NULL, fact_id INTEGER NOT NULL, import_id INTEGER NOT NULL REFERENCES imports, value TEXT NOT NULL,
  PRIMARY KEY (kind, fact_id, import_id)) STRICT, WITHOUT ROWID;
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES imports, digest BLOB NOT NULL, content BLOB NOT NULL) STRICT;
CREATE TABLE local_times (kind TEXT NOT NULL, fact_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, fact_id)) STRICT, WITHOUT ROWID;
CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES imports, place TEXT NOT NULL, why TEXT NOT NULL,
  records INTEGER NOT NULL) STRICT;
CREATE TABLE shelved (
  entry INTEGER NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (entry, part)) STRICT, WITHOUT ROWID;
"""

_DESK = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE goals (
  group_ref TEXT NOT NULL, goal TEXT NOT NULL, importance INTEGER NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY (group_ref, goal)) STRICT;
CREATE TABLE edits (
  kind TEXT NOT NULL, ref TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, ref, field)) STRICT;
CREATE TABLE entries (
  about TEXT NOT NULL, ref TEXT NOT NULL, field TEXT NOT NULL, day TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (about, ref, field, day)) STRICT;
CREATE TABLE links (
  one TEXT NOT NULL, other TEXT NOT NULL, same INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (one, other)) STRICT;
CREATE TABLE made_groups (ref TEXT PRIMARY KEY, name TEXT NOT NULL, parent_ref TEXT NOT NULL, members TEXT NOT NULL) STRICT;
CREATE TABLE goal_models (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE notes (day TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (day, text)) STRICT;
CREATE TABLE named_views (page TEXT NOT NULL, name TEXT NOT NULL, shows TEXT NOT NULL, PRIMARY KEY (page, name)) STRICT;
CREATE TABLE history (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, effect TEXT NOT NULL, changes TEXT NOT NULL,
  undoes INTEGER, state TEXT NOT NULL) STRICT;
CREATE TABLE assessments (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, as_of TEXT NOT NULL, window_days INTEGER NOT NULL, zone TEXT NOT NULL,
  model TEXT NOT NULL, model_id TEXT NOT NULL, model_version TEXT NOT NULL, model_sha256 TEXT NOT NULL, context TEXT NOT NULL,
  seen REAL, replicates INTEGER NOT NULL, seed INTEGER NOT NULL, level REAL NOT NULL) STRICT;
CREATE TABLE scores (
  id INTEGER PRIMARY KEY, assessment_id INTEGER NOT NULL REFERENCES assessments, group_id INTEGER NOT NULL, goal TEXT NOT NULL,
  chosen INTEGER NOT NULL, fit REAL, low REAL, high REAL, verdict TEXT NOT NULL, provisional INTEGER NOT NULL, coverage REAL NOT NULL,
  reason TEXT NOT NULL, people INTEGER NOT NULL, subscores TEXT NOT NULL, chance REAL, fragile INTEGER NOT NULL, sensitivity TEXT NOT NULL,
  disagrees TEXT NOT NULL,
  UNIQUE (assessment_id, group_id, goal)) STRICT;
CREATE TABLE criteria (
  score_id INTEGER NOT NULL REFERENCES scores, place INTEGER NOT NULL, metric TEXT NOT NULL, value REAL, unit TEXT NOT NULL, n INTEGER NOT NULL,
  low REAL, high REAL, score REAL, weight REAL NOT NULL, gate INTEGER NOT NULL, missing TEXT NOT NULL, indicative INTEGER NOT NULL,
  proxy INTEGER NOT NULL, advice TEXT NOT NULL, at_least INTEGER NOT NULL, without_moderators REAL, PRIMARY KEY (score_id, place)) STRICT, WITHOUT ROWID;
CREATE TABLE circles (
  assessment_id INTEGER NOT NULL REFERENCES assessments, number INTEGER NOT NULL, people INTEGER NOT NULL, members TEXT NOT NULL,
  fits TEXT NOT NULL, groups TEXT NOT NULL, PRIMARY KEY (assessment_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE trend_points (
  assessment_id INTEGER NOT NULL REFERENCES assessments, group_id INTEGER NOT NULL, goal TEXT NOT NULL, as_of TEXT NOT NULL, fit REAL, low REAL,
  high REAL, verdict TEXT NOT NULL, coverage REAL NOT NULL, people INTEGER, hidden TEXT NOT NULL,
  PRIMARY KEY (assessment_id, group_id, goal, as_of)) STRICT, WITHOUT ROWID;
CREATE TABLE findings (
  assessment_id INTEGER NOT NULL REFERENCES assessments, place INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
  question TEXT NOT NULL, answer TEXT NOT NULL, word TEXT NOT NULL, sentence TEXT NOT NULL, needs TEXT NOT NULL, cells TEXT NOT NULL,
  picture TEXT, PRIMARY KEY (assessment_id, place)) STRICT, WITHOUT ROWID;
CREATE TABLE figures (
  assessment_id INTEGER NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, value REAL,
  unit TEXT NOT NULL, n INTEGER NOT NULL, least INTEGER NOT NULL, low REAL, high REAL, missing TEXT NOT NULL, word TEXT NOT NULL,
  PRIMARY KEY (assessment_id, place, line), FOREIGN KEY (assessment_id, place) REFERENCES findings) STRICT, WITHOUT ROWID;
"""


def migrations() -> Migrations:
    """Every step from an empty file to the present format; step k leads to user_version k. Imported late: opening a file needs none of it."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("cmdesk")

    @steps()
    def first(db: Any) -> None:
        for statement in (_FACTS + _DERIVED + _LEDGER + _DESK).split(";"):
            if statement.strip():
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")

    return steps


def create(connection: sqlite3.Connection) -> None:
    """Bring a file to the present format; each step and its record in one transaction."""
    from sqlite_utils import Database

    migrations().apply(Database(connection, execute_plugins=False))


_MIGRATIONS_TABLE = "_sqlite_migrations"


def foreign_objects(connection: sqlite3.Connection) -> list[str]:
    """Names of tables, indexes, views and triggers that are not exactly ours: code of somebody else in the file."""
    expected = sqlite3.connect(":memory:")
    try:
        expected.executescript(_FACTS + _DERIVED + _LEDGER + _DESK)
        known = set(_objects(expected))
    finally:
        expected.close()
    found = set(_objects(connection))
    odd = {name for _kind, name, _table, _sql in found ^ known}
    return sorted(odd)


def _objects(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
    return [
        (kind, name, table, " ".join(sql.split()))
        for kind, name, table, sql in rows
        if table != _MIGRATIONS_TABLE or kind in ("trigger", "view")
    ]
