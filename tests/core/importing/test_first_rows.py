"""What a preview shows of cells while names are off."""

from __future__ import annotations

import pytest

from cmdesk.core.importing.first_rows import shape


@pytest.mark.parametrize(("cell", "seen"), [
    ("Ann de Vos", "Xxx xx Xxx"), ("ann@x.nl", "xxx@x.xx"), ("03-04-2024 10:00", "99-99-9999 99:99"), ("🦄 Zoë", "x Xxx"), ("李雷", "xx"), ("e\u0301", "xx"), ("1,5 %", "9,9 %"),
])  # fmt: skip
def test_only_the_shape_of_a_cell_is_seen(cell: str, seen: str) -> None:
    assert shape(cell) == seen
