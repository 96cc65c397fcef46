"""The members sheet goes out, is edited in a spreadsheet, and comes back: exactly the edits, as one import that can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cmdesk import pluginhost
from cmdesk.core import dump, history, importing, lists_to_fill
from cmdesk.core.community import Community
from cmdesk.core.paths import resource
from cmdesk.core.progress import Progress


@pytest.fixture
def community(tmp_path: Path) -> Any:
    shutil.copyfile(resource("samples/slack/houstondatavis-slack-export.zip"), tmp_path / "slack.zip")
    with Community.create(tmp_path / "c.cmdesk") as made:
        importing.run(made, [tmp_path / "slack.zip"])
        yield made


def sheet_of(community: Community, path: Path, edit: Callable[[Any, dict[str, int]], None], names: bool = True) -> None:
    """Export the lists, edit the sheet of members as a person would, save."""
    exporter = pluginhost.load(folders=False).exporters["lists.to_fill_in"]
    with community.reading() as connection:
        lists = lists_to_fill.gather(connection, {}, {}, names)
    exporter.write(lists, path, exporter.options(), Progress())
    book = openpyxl.load_workbook(path)
    sheet = book["Profiles"]
    edit(sheet, {str(cell.value): cell.column for cell in sheet[1]})
    book.save(path)


def people(community: Community) -> dict[str, tuple[str, str, str, str]]:
    with community.reading() as connection:
        return {ref: tuple(rest) for ref, *rest in connection.execute("SELECT ref, name, unit, role, expertise FROM members")}  # type: ignore[misc]


def groups(community: Community) -> set[tuple[str, str]]:
    with community.reading() as connection:
        return set(
            connection.execute(
                "SELECT m.ref, g.name FROM belongs b JOIN groups g ON g.id = b.group_id JOIN identities i ON i.id = b.identity_id"
                " JOIN members m ON m.id = i.member_id WHERE NOT b.audience AND b.left_at IS NULL"
            )
        )


def text(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def test_exactly_the_edits_come_back_and_go_with_an_undo(community: Community, tmp_path: Path) -> None:
    path, before, was, inside = tmp_path / "lists.xlsx", text(community), people(community), groups(community)
    found: dict[str, Any] = {}

    def edit(sheet: Any, at: dict[str, int]) -> None:
        found["one"], found["two"] = sheet.cell(2, 1).value, sheet.cell(3, 1).value
        sheet.cell(2, at["member"]).value = "Zoë de Vries"
        sheet.cell(2, at["unit"]).value = "Care"
        sheet.cell(3, at["role"]).value = "Nurse; night"
        sheet.cell(3, at["expertise"]).value = "wounds; diabetes"
        listed = str(sheet.cell(2, at["groups"]).value).split("; ")
        every = {name for row in range(2, sheet.max_row + 1) for name in str(sheet.cell(row, at["groups"]).value or "").split("; ") if name}
        found["left"], found["joined"] = listed[0], min(every - set(listed))
        sheet.cell(2, at["groups"]).value = "; ".join([*listed[1:], found["joined"]])

    sheet_of(community, path, edit)
    done = importing.run(community, [path])
    assert done.facts["input"].stored == 6, "name, unit, role, expertise, one group joined and one left; nothing else"
    now = people(community)
    assert {ref for ref in was if was[ref] != now[ref]} == {found["one"], found["two"]}
    assert now[found["one"]][:2] == ("Zoë de Vries", "Care")
    assert now[found["two"]][2:] == ("Nurse; night", '["wounds","diabetes"]')
    assert groups(community) ^ inside == {(found["one"], found["left"]), (found["one"], found["joined"])}
    again = tmp_path / "again.xlsx"
    sheet_of(community, again, lambda _sheet, _at: None)
    assert importing.run(community, [again]).facts.get("input") is None, "what came back is exported as it is now"
    history.undo(community)
    history.undo(community)
    assert text(community) == before and people(community) == was and groups(community) == inside


def test_a_later_import_of_the_platform_keeps_the_edits(community: Community, tmp_path: Path) -> None:
    def edit(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at["unit"]).value = "Care"

    sheet_of(community, tmp_path / "lists.xlsx", edit)
    importing.run(community, [tmp_path / "lists.xlsx"])
    importing.run(community, [tmp_path / "slack.zip"])
    assert sum(unit == "Care" for _name, unit, _role, _expertise in people(community).values()) == 1


def test_under_pseudonyms_a_department_can_be_filled_in(community: Community, tmp_path: Path) -> None:
    names = {ref: row[0] for ref, row in people(community).items()}

    def edit(sheet: Any, at: dict[str, int]) -> None:
        assert not any(name in str(cell.value) for row in sheet.iter_rows() for cell in row for name in names.values() if len(name) > 3)
        sheet.cell(2, at["unit"]).value = "Care"
        sheet.cell(2, at["member"]).value = "Somebody"

    sheet_of(community, tmp_path / "lists.xlsx", edit, names=False)
    importing.run(community, [tmp_path / "lists.xlsx"])
    now = people(community)
    assert sum(row[1] == "Care" for row in now.values()) == 1
    assert {ref: row[0] for ref, row in now.items()} == names, "a name is not taken for a pseudonym"


def test_a_group_that_is_not_there_is_set_aside(community: Community, tmp_path: Path) -> None:
    def edit(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at["groups"]).value = "Knitting"

    sheet_of(community, tmp_path / "lists.xlsx", edit)
    done = importing.run(community, [tmp_path / "lists.xlsx"])
    assert any("no group “Knitting”" in problem.why and problem.records for problem in done.problems)
