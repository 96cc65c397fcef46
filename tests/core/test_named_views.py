"""Named views come, go and come back, and are part of what a community holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core import dump, history, named_views
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError


def test_a_view_is_kept_replaced_removed_and_undone(tmp_path: Path) -> None:
    def shown() -> list[tuple[str, str]]:
        with community.reading() as connection:
            return [(row.name, row.shows) for row in named_views.rows(connection, "a.page")]

    with Community.create(tmp_path / "c.cmdesk", "C") as community:
        named_views.keep(community, "a.page", "  First   look ", "one")
        named_views.keep(community, "a.page", "First look", "two")
        named_views.keep(community, "b.page", "First look", "other")
        assert shown() == [("First look", "two")]
        with community.reading() as connection:
            assert sum(line.startswith("view\t") for line in dump.text(connection)) == 2
        named_views.remove(community, "a.page", "First look")
        assert shown() == []
        assert history.undo(community) == "View removed: First look"
        assert shown() == [("First look", "two")]
        for name, shows in (("", "x"), ("n" * 81, "x"), ("fine", "x" * 100_001)):
            with pytest.raises(CmdeskError):
                named_views.keep(community, "a.page", name, shows)
        with pytest.raises(CmdeskError, match="no view"):
            named_views.remove(community, "a.page", "never")
