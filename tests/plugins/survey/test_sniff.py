"""Each shape is recognised, re-packed and renamed too, and by nobody else; tables that are no answers are not claimed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.core.importing import ImportResult
from cmdesk.core.reading.source import Source
from cmdesk.pluginhost import Host
from tests.plugins.survey.builder import ANN, BOB, CEM, DEE, SAMPLES, Read, Rows, workbook, written, zipped

DATA = Path(__file__).parents[2] / "data"
NAMED = {"vertrouwen", "scores"}
"""Samples of which only the file's name tells the relation keep their name."""
NO_ANSWERS: dict[str, Rows] = {
    "edges": [["source", "target", "weight"], ["a", "b", "2"], ["b", "c", "1"], ["c", "a", "3"]],
    "ego": [["ego", "alter", "weight"], ["a", "b", "2"], ["b", "c", "1"]],
    "matrix": [["", "a", "b", "c"], ["a", "0", "1", "2"], ["b", "1", "0", "0"], ["c", "2", "0", "0"]],
    "people": [["id", "name", "email", "team", "expertise"], ["1", ANN, "a@x.org", "Sales", "advice; trust"], ["2", BOB, "b@x.org", "Care", "help"]],
    "contacts": [["name", "contact_name", "contact_email", "contact_phone"], [ANN, "x", "x@x.org", "1"], [BOB, "y", "y@x.org", "2"]],
    "log": [["author", "time", "text", "parent"], [ANN, "2025-01-01 10:00", "who knows?", ""], [BOB, "2025-01-02 10:00", "I do", "1"]],
    "grid": [["Timestamp", "Name", "Rate the food [Soup]", "Rate the food [Bread]"], ["2025-01-01 10:00", ANN, "4", "5"], ["2025-01-02 10:00", BOB, "2", "3"]],
    "helpdesk": [["Name", "Email", "How can we help you?"], [ANN, "a@x.org", "more coffee, please"], [BOB, "b@x.org", "a new chair"]],
}  # fmt: skip


def sure(host: Host, path: Path) -> dict[str, float]:
    with Source(path) as source:
        return {name: importer.sniff(source) for name, importer in host.importers.items()}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_nobody_else_recognises_it(name: str, tmp_path: Path, host: Host) -> None:
    file = name if name in NAMED else "export"
    paths = [written(tmp_path / f"{file}.csv", SAMPLES[name]), workbook(tmp_path / f"{file}.xlsx", {"Sheet1": SAMPLES[name]})]
    paths.append(zipped(tmp_path / "x.zip", {f"{file}.csv": SAMPLES[name]}, "folder/"))
    for path in paths:
        found = sure(host, path)
        assert found.pop("survey.answers") >= 0.85, path
        assert max(found.values()) <= 0.5, (path, found)


@pytest.mark.parametrize("name", sorted(NO_ANSWERS))
def test_tables_that_are_no_answers(name: str, tmp_path: Path, host: Host) -> None:
    assert sure(host, written(tmp_path / f"{name}.csv", NO_ANSWERS[name]))["survey.answers"] == 0.0


@pytest.mark.parametrize("path", [path for path in sorted(DATA.rglob("*")) if path.is_file() and path.name != "README.md"], ids=lambda path: path.name)
def test_samples_of_others(path: Path, host: Host) -> None:
    assert sure(host, path)["survey.answers"] <= 0.5


def test_a_matrix_whose_sheet_or_file_names_a_question(tmp_path: Path, host: Host) -> None:
    rows = NO_ANSWERS["matrix"]
    for path in (written(tmp_path / "advice.csv", rows), written(tmp_path / "q3_res.csv", rows), workbook(tmp_path / "x.xlsx", {"Vertrouwen": rows})):
        found = sure(host, path)
        assert found.pop("survey.answers") >= 0.85 and max(found.values()) <= 0.5, path
    spoken = [["", ANN, BOB, CEM, DEE], *([name, *("" if other == name else "weekly" if k % 2 else "never" for k, other in enumerate((ANN, BOB, CEM, DEE)))] for name in (ANN, BOB, CEM))]
    assert sure(host, written(tmp_path / "x.csv", spoken))["survey.answers"] >= 0.85


def test_import_and_again(tmp_path: Path, import_file: Callable[..., ImportResult]) -> None:
    path = written(tmp_path / "x.csv", SAMPLES["google"])
    first, again = import_file(path), import_file(path)
    assert (first.importer, first.facts["stated_tie"].stored, first.facts["asked"].stored) == ("survey.answers", 3, 5)
    assert sum(line.stored + line.changed for line in again.facts.values()) == 0


@pytest.mark.parametrize(
    "rows",
    [
        [["From", "To", "How often", "Relation"], [ANN, BOB, "weekly", "Advice"], [BOB, ANN, "never", "Trust"], [ANN, CEM, "daily", "Trust"]],
        [["Befragter", "Kollegin", "Frage", "Punkte"], [ANN, BOB, "Vertrauen", "4"], [BOB, ANN, "Rat fragen", "1"]],
        [["ego", "alter", "weight", "relation"], ["a", "b", "2", "Advice"], ["b", "c", "1", "Trust"]],
    ],
)  # fmt: skip
def test_a_list_that_somebody_answered_keeps_its_relations(tmp_path: Path, host: Host, rows: Rows) -> None:
    path = written(tmp_path / "x.csv", rows)
    found = sure(host, path)
    assert found.pop("survey.answers") >= 0.85 and max(found.values()) <= 0.5, found
    assert {relation for relation, _who, _about in Read(path).ties} <= {"advice", "trust"} and Read(path).ties


def test_ties_between_whom_and_whom_are_nobodys_answers(tmp_path: Path, host: Host) -> None:
    rows = [["From", "To", "How often", "Relation"], ["a", "b", "2", "Advice"], ["b", "c", "1", "Trust"]]
    assert sure(host, written(tmp_path / "x.csv", rows))["survey.answers"] == 0.0
