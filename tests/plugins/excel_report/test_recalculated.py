"""The check columns, worked out by a spreadsheet program: LibreOffice opens the workbook, calculates and writes it again."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from cmdesk.core import scoring
from cmdesk.core.contributions import Measure, Score
from cmdesk.plugins.excel_report.goal_sheet import heads
from cmdesk.plugins.excel_report.texts import sheet_name

from .reports_made import METRICS, MODEL, line, report, score, written

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
pytestmark = [pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"), pytest.mark.timeout(300)]


def recalculated(path: Path, folder: Path) -> Path:
    assert OFFICE is not None
    command = [
        OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
        str(folder / "out"), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    return folder / "out" / path.name


def measures(dice: random.Random) -> dict[str, Measure]:
    """Some metrics missing, some far off, some at the edge; in half of the groups with replicates around them."""
    odds, spread = dice.choice((0.2, 0.6, 1.0)), dice.choice((0.0, 0.0, 0.1, 0.6))
    found = {}
    for metric in METRICS:
        if dice.random() < odds:
            value = dice.choice((0.0, 0.2, dice.random(), 3 * dice.random(), 80.0))
            drawn = np.array([value * (1 + spread * dice.uniform(-1, 1)) for _replicate in range(40)]) if spread else None
            found[metric] = Measure(value, n=30, replicates=drawn)
    return found


def capped_beside_its_gate(each: Score) -> bool:
    """A must-have is under its edge, but not surely: the fit is capped, the verdict goes by something else."""
    return each.fit == scoring.CAP and each.verdict != "not_yet"


def test_formulas_give_the_same_numbers(tmp_path: Path) -> None:
    dice = random.Random(4)
    groups = [line(number, f"group {number}") for number in range(1, 41)]
    scores = [
        score(group.id, goal, measures(dice), chosen=dice.random() < 0.7, seen=dice.choice((None, None, 0.7, 0.4))) for group in groups for goal in MODEL.goals
    ]  # fmt: skip
    assert any(capped_beside_its_gate(each) for each in scores)
    assert any(each.verdict == "no_verdict" and each.coverage >= scoring.LEAST_COVERAGE for each in scores)  # too little was seen
    assert any(each.chance is not None and each.verdict == "partly" for each in scores)
    book = load_workbook(recalculated(written(report(groups, scores), tmp_path), tmp_path), data_only=True)
    fits = contributions = blank = 0
    for goal in MODEL.goals.values():
        rows = list(book[sheet_name(goal.title, ())].iter_rows(values_only=True))
        assert rows[0] == heads()
        for row in rows[1:]:
            said = dict(zip(heads(), row, strict=True))
            for name in ("Fit", "Contribution"):
                number, check = said[name], said[f"{name} (check)"]
                if number is None:
                    assert check in (None, ""), row
                    blank += 1
                else:
                    assert check == pytest.approx(number, rel=0, abs=1e-9), row
                    fits += name == "Fit"
                    contributions += name == "Contribution"
    assert fits > 50 and contributions > 300 and blank > 300  # the loop looked at something
    assert {each.verdict for each in scores} == {"fits", "partly", "not_yet", "no_verdict"}
