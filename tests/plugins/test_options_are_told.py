"""docs/importing.md tells every importer and every option, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from cmdesk import pluginhost
from cmdesk.core.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "importing.md"


def test_every_option_is_told() -> None:
    text = PAGE.read_text("utf-8")
    importers = pluginhost.load(Settings(), plugins=False).importers
    known = {field.encode_name for importer in importers.values() for field in msgspec.structs.fields(importer.options)}
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == known
    assert all(f"`{name}`" in text for name in importers)
