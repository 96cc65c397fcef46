"""Findings are stored with the assessment as they were found, and one analysis that fails stops nothing."""

from __future__ import annotations

import msgspec
import pytest

from cmdesk.core import findings
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.contributions import Analysis, Figure, Finding
from cmdesk.core.drawing import Circle, Drawing, Text
from cmdesk.core.errors import Cancelled
from cmdesk.core.progress import Progress
from cmdesk.pluginhost import Host

FULL = Finding(
    answer="yes", word="ja", sentence="Ja: zo is het.", needs="", table=(("kop", "n"), ("=1+1", 2.5), (None, 3.0)),
    figures=(Figure(name="a", title="A", value=0.5, unit="share", n=12, least=10, low=0.4, high=0.6, word="steady"),
             Figure(name="b", title="B", value=None, missing="Niets.")),
    picture=Drawing(width=10, height=20, title="t", shapes=(Text(x=1, y=2, text="<b>"), Circle(x=1, y=2, radius=3)), table=(("a",),)),
)  # fmt: skip


def host(*given: object) -> Host:
    made = Host()
    for k, finding in enumerate(given):
        def analyse(_snapshot: object, _options: object, _progress: object, finding: object = finding) -> object:
            if isinstance(finding, BaseException):
                raise finding
            return finding

        made.analyses[f"x.a{k}"] = Analysis(name=f"x.a{k}", title=f"T{k}", question=f"Q{k}?", analyse=analyse)  # type: ignore[arg-type]
    return made


def answered(*given: object) -> list[Finding]:
    return [line.finding for line in findings.answer(host(*given), Building().snapshot(), Progress())]


def test_what_was_found_is_read_back_unchanged(community: Community) -> None:
    lines = findings.answer(host(FULL, Finding(answer="cannot_tell", word="", sentence="?")), Building().snapshot(), Progress())
    assert [line.question for line in lines] == ["Q0?", "Q1?"]
    with community.writing("assessments") as connection:
        connection.execute("INSERT INTO assessments (id, at, as_of, window_days, zone, model, model_id, model_version, model_sha256, context, replicates, seed, level)"
                           " VALUES (1, 0, '', 1, '', '', '', '', '', '', 0, 0, 0)")  # fmt: skip
        findings.store(connection, 1, lines)
    with community.reading() as connection:
        assert findings.load(connection, 1) == tuple(lines)
        assert findings.load(connection, 2) == ()


def test_the_document_has_everything_but_the_picture() -> None:
    lines = findings.answer(host(FULL), Building().snapshot(), Progress())
    (document,) = findings.as_json(lines)
    assert "picture" not in document
    assert document["answer"] == "yes" and document["figures"][0]["low"] == 0.4 and document["table"][1] == ("=1+1", 2.5)
    assert msgspec.json.decode(msgspec.json.encode(document))["table"] == [["kop", "n"], ["=1+1", 2.5], [None, 3.0]]


@pytest.mark.parametrize("bad", [ValueError("no luck"), None, "yes", Finding(answer=3, word="", sentence="")])  # type: ignore[arg-type]
def test_an_analysis_that_fails_says_so_and_the_next_goes_on(bad: object) -> None:
    broken, sound = answered(bad, FULL)
    assert broken.answer == "cannot_tell" and "x.a0" in broken.sentence and broken.needs
    assert sound == FULL


def test_a_stop_is_no_failure() -> None:
    with pytest.raises(Cancelled):
        answered(Cancelled())
