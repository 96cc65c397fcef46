"""Dated notes, undoable like every command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import dump, history, notes
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError

DAY = dt.date(2024, 4, 1)


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        yield opened


def there(community: Community) -> list[tuple[str, str]]:
    with community.reading() as connection:
        return [(note.day, note.text) for note in notes.rows(connection)]


def test_notes_come_go_and_come_back(community: Community) -> None:
    notes.add(community, DAY, "  new   boss ")
    notes.add(community, dt.date(2023, 1, 1), "start")
    notes.add(community, DAY, "new boss")  # the same: nothing to do, nothing to undo
    assert there(community) == [("2023-01-01", "start"), ("2024-04-01", "new boss")]
    with community.reading() as connection:
        assert sum(line.startswith("note\t") for line in dump.text(connection)) == 2
    history.undo(community)
    assert there(community) == [("2024-04-01", "new boss")]
    notes.remove(community, DAY, "new boss")
    history.undo(community)
    assert there(community) == [("2024-04-01", "new boss")]


def test_what_is_no_note_is_refused(community: Community) -> None:
    for text in ("", "   ", "x" * 201):
        with pytest.raises(CmdeskError):
            notes.add(community, DAY, text)
    with pytest.raises(CmdeskError, match="no such note"):
        notes.remove(community, DAY, "never")
    assert there(community) == []
