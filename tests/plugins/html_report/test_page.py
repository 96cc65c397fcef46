"""The web page of an assessment: whole, safe, in the user's language, the same each time."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cmdesk.core import comparing, text, visibility
from cmdesk.core.contributions import Disagreement, Figure, Finding, Measure, Score, Sensitivity
from cmdesk.core.errors import PluginProblem
from cmdesk.core.notes import Note
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Asked, CircleLine, QuestionLine, Report, TrendLine, TrendPoint
from cmdesk.plugins.html_report import page, plugin
from tests.plugins.excel_report.reports_made import METRICS, MODEL, line, report, score

FULL = {metric: Measure(0.9, n=40, low=0.8, high=0.95) for metric in METRICS}
HOSTILE = "</h3><script>alert('x')</script> & \"quoted\" {{ 7*7 }} {% raw %} <img src=http://evil onerror=x>"
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Reader(HTMLParser):
    """Checks that tags close, and keeps tags, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)


def read(said: str) -> Reader:
    reader = Reader()
    reader.feed(said)
    reader.close()
    assert not reader.open
    return reader


def written(made: Report, folder: Path) -> str:
    path = folder / "report.html"
    (exporter,) = plugin.cmdesk_exporters()
    exporter.write(made, path, exporter.options(), Progress())
    assert exporter.check is not None
    exporter.check(made, path)
    return path.read_text("utf-8")


def doubted(one: Score, **more: Any) -> Score:
    return msgspec.structs.replace(one, provisional=False, low=0.52, high=0.71, chance=0.97, **more)


def full(name: str = "Sales", community: str = "Houston") -> Report:
    """A report with everything that there can be."""
    fragile = doubted(
        score(2, "connect", {**FULL, "iso": Measure(0.35, n=40)}), fragile=True, verdict="partly",
        sensitivity=(Sensitivity("half_life=90", 0.6, "fits"), Sensitivity("half_life=45", 0.4, "not_yet")),
        disagrees=Disagreement("competence", "not_yet", 0.3, "The goal models disagree."),
    )  # fmt: skip
    groups = (
        line(1, community), msgspec.structs.replace(line(2, name), pulse=(Asked("pulse_know", 0.625, 12, 0.5, 0.75),)),
        msgspec.structs.replace(line(3, "secret", hidden=True), pulse=(Asked("pulse_know", 0.875, 9, 0.8, 0.95),)),
    )  # fmt: skip
    points = tuple(
        TrendPoint(as_of=f"2025-{month:02}-01", fit=0.5, low=0.4, high=0.6, verdict="partly", coverage=0.9, people=19) for month in (3, 6, 9)
    )
    finding = Finding(
        answer="yes", word="yes", sentence=f"Yes: {name}.", figures=(Figure(name="f", title="A share", value=0.4, unit="share", n=60, least=30, low=0.3, high=0.5),),
        table=(("circle", "people"), (1.0, 8.0)),
    )  # fmt: skip
    made = report(
        groups, [fragile, score(3, "find", FULL), score(2, "find", FULL, chosen=False), score(1, "inform", {}, reason="Nothing was measured.")],
        community=community, replicates=500, seed=9, level=0.8, opted_out=3, trend=(TrendLine(group=2, goal="connect", points=points),), dated=(Note("2025-05-01", f"Moved {name}"),),
        questions=(QuestionLine(name="q", title="T", question="Does it work?", finding=finding),), circles=(CircleLine(number=1, people=8, fits=("find",), groups=(1,)), CircleLine(number=2, people=None, fits=(), groups=())),
        members=(("P-1", "", "Unit", "Role"),), notes=("A note.",), seen=0.7,
    )  # fmt: skip
    return msgspec.structs.replace(made, since=comparing.compare(made, made, shares=lambda group, goal: (0.11, 0.0)))


def test_everything_that_a_board_asks_for_is_there(tmp_path: Path) -> None:
    said = " ".join(" ".join(read(written(full(), tmp_path)).text).split())
    for words in (
        "Houston", "2026-01-31", "Does the structure fit the goals?", "Partly", "0.52 to 0.71", "In 97 % of the resampled communities the fit is 0.50 or more.",
        "Fragile: the verdict without intervals is another one with half-life of trust 45 days: Not yet.", "The goal models disagree.", "Because.", "must-have",
        "What would change it", "Metric iso from", "Your role this quarter", "Trend of the fit", "Moved Sales", "Does it work?", "A share", "40 %", "30 % to 50 %", "60", "30",
        "What changed since", "By people", "+0.11", "−0.11", "What members answered", "pulse_know 0.62 0.50 to 0.75 12", "3 members opted out and are left out.", "70 % of the platform's messages", "80 %, from 500 resampled communities (seed 9)",
        "direct messages: 7", "export.zip", "it must not be used to judge or compare single people", "Trust is not interaction", "Absence is not distrust", "WOR art. 27",
        "GDPR art. 6", MODEL.sha256, f"{MODEL.id} {MODEL.version}", "secret: too small to show: fewer than 5 active people", "Nothing was measured.", "What con means.",
    ):  # fmt: skip
        assert words in said.replace("\N{NO-BREAK SPACE}", " "), words
    assert "P-1" not in said  # no list of people
    assert "0.88" not in said  # what the hidden group answered


def test_it_is_one_file_that_runs_and_loads_nothing(tmp_path: Path) -> None:
    reader = read(written(full(HOSTILE, HOSTILE), tmp_path))
    assert not {"script", "link", "img", "iframe", "object", "form"} & reader.tags
    for name, value in reader.attributes:
        assert not name.startswith("on")
        if name in ("href", "src"):
            assert (value or "").startswith("#")
    assert HOSTILE in "".join(reader.text)  # as it was typed


def test_a_hidden_group_has_no_number(tmp_path: Path) -> None:
    said = written(full(), tmp_path)
    card = said.partition("<h3>secret")[2].partition("<h3>")[0].partition("</section>")[0]
    assert visibility.TOO_SMALL in card and "<table" not in card and "<svg" not in card


def test_what_is_simulated_says_so(tmp_path: Path) -> None:
    mark = "Simulated: these people and their messages were invented."
    assert mark not in written(full(), tmp_path)
    assert written(msgspec.structs.replace(full(), simulated=True), tmp_path).count(mark) >= 3


def test_the_same_report_gives_the_same_page_but_for_the_day(tmp_path: Path) -> None:
    one, two = (written(full(), tmp_path) for _time in range(2))
    assert page.undated(one) == page.undated(two)
    dated = [text for text in one.splitlines() if text not in page.undated(one).splitlines()]
    assert len(dated) == 1 and "Made on" in dated[0]


@pytest.mark.parametrize("change", [("Because.", "Whatever."), ("</body>", "<script>1</script></body>"), ("</html>", "")])
def test_a_page_that_differs_is_found(tmp_path: Path, change: tuple[str, str]) -> None:
    made = full()
    said = written(made, tmp_path)
    assert change[0] in said
    (tmp_path / "report.html").write_text(said.replace(*change), "utf-8")
    with pytest.raises(PluginProblem):
        plugin.check(made, tmp_path / "report.html")


def test_in_dutch(tmp_path: Path) -> None:
    text.set_language("nl")
    said = written(full(), tmp_path)
    assert '<html lang="nl">' in said
    for words in ("Past de structuur bij de doelen?", "Grenzen aan het gebruik", "Doel voor doel", "0,52 tot 0,71", "Ga na: ondernemingsraad"):
        assert words in said, words
    for words in ("Limits of use", "Goal by goal", "Made on", "What changed"):
        assert words not in said


def test_a_community_without_goals_or_data(tmp_path: Path) -> None:
    empty = report((line(1, "Empty"),), [], imports=(), channels=())
    said = written(empty, tmp_path)
    read(said)
    assert "No group has a goal yet." in said and "Nothing was imported." in said
