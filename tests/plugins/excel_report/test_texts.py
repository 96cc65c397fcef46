"""Names of sheets."""

from __future__ import annotations

import pytest

from cmdesk.plugins.excel_report.texts import sheet_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Solve complex problems and decide", "Solve complex problems and"),
        ("Connect people with each other", "Connect people with each other"),
        ("x" * 40, "x" * 31),
        ("A longword" + "y" * 40, "A longword" + "y" * 21),
        ("Thirty-one signs and then some m", "Thirty-one signs and then some"),
        ("[History]", "History."),
    ],
)
def test_a_long_name_ends_with_a_whole_word(wanted: str, name: str) -> None:
    assert sheet_name(wanted, ()) == name
    assert len(sheet_name(wanted, [name])) <= 31
    assert sheet_name(wanted, [name]).casefold() != name.casefold()
