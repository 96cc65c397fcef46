"""Surveys in every shape, written as their makers write them, and read with the ledger checked. All people and answers are invented."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from cmdesk.core.records import Asked, Person, StatedTie
from cmdesk.plugins.survey import plugin
from tests.plugins.stating import Stated

Rows = Sequence[Sequence[str]]
ANN, BOB, CEM, DEE, EVA = PEOPLE = ("Ann Bakker", "Bob Cohen", "Cem Demir", "Dee de Vries", "Eva Smit")


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()

    @property
    def ties(self) -> dict[tuple[str, str, str], float]:
        """(relation, who, about whom) → weight."""
        assert all(tie.asked and tie.directed for tie in self.all(StatedTie))
        return {(tie.relation, tie.source, tie.target): tie.weight for tie in self.all(StatedTie)}

    def scale(self, relation: str) -> set[tuple[float | None, float | None]]:
        return {(tie.low, tie.high) for tie in self.all(StatedTie) if tie.relation == relation}

    def answered(self, relation: str) -> set[str]:
        return {one.person for one in self.all(Asked) if one.answered and one.relation == relation}

    def silent(self, relation: str) -> set[str]:
        return {one.person for one in self.all(Asked) if not one.answered and not one.about and one.relation == relation}

    def blank(self, relation: str) -> set[tuple[str, str]]:
        return {(one.person, one.about) for one in self.all(Asked) if one.about and one.relation == relation}

    @property
    def people(self) -> dict[str, Person]:
        return {person.key: person for person in self.all(Person)}

    @property
    def told(self) -> str:
        return "\n".join(f"{problem.where}: {problem.why}" for problem in self.ledger.problems)


def text(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def written(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes(text(rows, delimiter).encode(encoding))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def zipped(path: Path, files: Mapping[str, Rows], folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in files.items():
            archive.writestr(folder + name, text(rows))
    return path


# — one sample a shape —

LONG = [
    ["respondent", "colleague", "relation", "score"],
    [ANN, BOB, "Trust", "5"], [ANN, CEM, "Trust", "1"], [ANN, BOB, "Advice", "3"], [BOB, ANN, "Trust", "4"], [CEM, DEE, "Trust", "2"],
]  # fmt: skip
NUMBERED_LONG = [
    ["numid1", "numid2", "relation", "value"],
    ["D17.1", "D17.2", "InfoWork", "4"], ["D17.1", "D17.1", "InfoWork", "4"], ["D17.2", "D17.1", "InfoWork", "0"], ["D17.2", "D17.3", "Energy", "2"],
]  # fmt: skip
SCORES = [["van", "naar", "vertrouwen", "advies"], [ANN, BOB, "5", ""], [BOB, ANN, "3", "2"], [BOB, CEM, "1", "4"]]
MATRIX = [["Trust", ANN, BOB, CEM, DEE], [ANN, "", "5", "1", ""], [BOB, "4", "", "", "2"], [CEM, "", "", "", ""]]
GOOGLE = [
    ["Timestamp", "Email Address", "What is your name?", *(f"How often do you ask advice of your colleague? [{name}]" for name in PEOPLE[:4]), "Any remarks"],
    ["2025/03/03 9:15:00 AM GMT+1", "ann@example.org", ANN, "", "Weekly", "Never", "Daily", "none"],
    ["2025/03/04 9:15:00 AM GMT+1", "bob@example.org", BOB, "Monthly", "", "", "Never", ""],
]  # fmt: skip
MICROSOFT = [
    ["ID", "Start time", "Completion time", "Email", "Name", "Met wie werk je samen?", "Wie geeft je energie?"],
    ["1", "3-13-25 9:00:00", "3-13-25 9:10:00", "ann@example.org", ANN, f"{BOB};{CEM};", f"{BOB};"],
    ["2", "3-14-25 9:00:00", "3-14-25 9:10:00", "bob@example.org", BOB, f"{ANN};", ""],
    ["3", "3-15-25 9:00:00", "3-15-25 9:10:00", "cem@example.org", CEM, "", ""],
]  # fmt: skip
MONKEY = [
    ["Respondent ID", "Date Created", "Email Address", "How much do you trust these colleagues?", "", "", "Remarks"],
    ["", "", "", ANN, BOB, CEM, "Open-Ended Response"],
    ["118", "03/25/2025 09:15:00 AM", "ann@example.org", "", "A lot", "Not at all", "ok"],
    ["119", "03/26/2025 09:15:00 AM", "bob@example.org", "Very much", "", "A little", ""],
]  # fmt: skip
QUALTRICS = [
    ["StartDate", "EndDate", "Status", "RecipientEmail", "RecipientFirstName", "RecipientLastName", "Q12_1", "Q12_2", "Q12_3"],
    ["Start Date", "End Date", "Response Type", "Recipient Email", "Recipient First Name", "Recipient Last Name",
     *(f"How often do you get information from - {name}" for name in (ANN, BOB, CEM))],
    ['{"ImportId":"startDate","timeZone":"America/Denver"}', '{"ImportId":"endDate"}', '{"ImportId":"status"}', '{"ImportId":"recipientEmail"}',
     '{"ImportId":"recipientFirstName"}', '{"ImportId":"recipientLastName"}', '{"ImportId":"QID12_1"}', '{"ImportId":"QID12_2"}', '{"ImportId":"QID12_3"}'],
    ["2025-03-03 09:00:00", "2025-03-03 09:15:00", "IP Address", "ann@example.org", "Ann", "Bakker", "", "4", "2"],
    ["2025-03-04 09:00:00", "2025-03-04 09:15:00", "IP Address", "bob@example.org", "Bob", "Cohen", "5", "", ""],
    ["2025-03-05 09:00:00", "2025-03-05 09:15:00", "Survey Preview", "", "", "", "1", "1", "1"],
]  # fmt: skip
LIME = [
    ["id", "submitdate", "naam", *(f"q12[{name}_{scale}]" for name in (ANN, BOB, CEM) for scale in (1, 2))],
    ["1", "2025-03-03 09:00:00", ANN, "", "", "4", "5", "1", "1"], ["2", "2025-03-04 09:00:00", BOB, "3", "2", "", "", "5", "4"],
]  # fmt: skip
PLAIN = [["Naam", "Afdeling", ANN, BOB, CEM, DEE], [ANN, "Verkoop", "", "ja", "nee", "ja"], [BOB, "Zorg", "ja", "", "", "nee"], [CEM, "Zorg", "nee", "nee", "", "ja"]]
NAMES = [
    ["Name", "Name 1", "Trust 1", "Name 2", "Trust 2", "Name 3", "Trust 3"],
    [ANN, BOB, "5", "Cem", "3", "", ""], [BOB, "Ann", "4", "Zed", "2", ANN, "1"], [CEM, "Bakker, Ann", "5", "", "", "", ""],
]  # fmt: skip
TICKED = [
    ["Respondent ID", "Your name", "Whom do you trust?", "", ""], ["", "Response", BOB, CEM, ANN],
    ["1", ANN, BOB, CEM, ""], ["2", BOB, "", "", ANN], ["3", CEM, "", "", ANN],
]  # fmt: skip
SAMPLES: dict[str, Rows] = {
    "long": LONG, "numbered": NUMBERED_LONG, "scores": SCORES, "matrix": MATRIX, "google": GOOGLE, "microsoft": MICROSOFT, "monkey": MONKEY,
    "qualtrics": QUALTRICS, "lime": LIME, "vertrouwen": PLAIN, "names": NAMES, "ticked": TICKED,
}  # fmt: skip
