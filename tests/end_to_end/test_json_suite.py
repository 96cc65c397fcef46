"""Every document of the JSON suite inside an export, through the real command: as part of a message, and as a file of messages of its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.core.reading.json_suite import documents
from tests.core.reading.slack_shape import files
from tests.end_to_end.gate import Gate
from tests.plugins.mattermost import builder as mattermost

DOCUMENTS = dict(documents())


def test_there_are_as_many_as_in_the_suite() -> None:
    assert len(DOCUMENTS) >= 280
    assert not [name for name, document in DOCUMENTS.items() if b"\n" in document or b"\r" in document]


def test_as_part_of_a_line(gate: Gate, tmp_path: Path) -> None:
    """A line with it is used if it is JSON, and set aside by its number if it is not; the others are read all the same."""
    line = b'{"type":"post","post":{"team":"club","channel":"general","user":"ann","message":"hello","create_at":%d,"extra":%s}}\n'
    path = tmp_path / "import.jsonl"
    lines = [line % (mattermost.ms(n), document) for n, document in enumerate(DOCUMENTS.values())]
    path.write_bytes(mattermost.lines() + b"".join(lines))
    done = gate(path, importer="mattermost.export")
    assert done.code == 0, done.err
    head = mattermost.lines().count(b"\n")
    aside = {int(problem["where"].rpartition(" ")[2].replace(",", "")) - head - 1 for problem in done.json["problems"] if ", line " in problem["where"]}
    names = list(DOCUMENTS)
    assert [names[n] for n in sorted(aside) if names[n].startswith("y_")] == []
    assert [name for n, name in enumerate(names) if name.startswith("n_") and n not in aside and name not in MADE_WHOLE] == []
    assert done.json["facts"]["post"]["stored"] == len(names) - len(aside)


MADE_WHOLE = {
    name for name, document in DOCUMENTS.items() if document in (b'"a"b"', b'{"a":1}}') or document.startswith(b'{"a":1}}')
}
"""What is no document becomes one with what stands around it here."""


def test_as_files_of_messages(gate: Gate, tmp_path: Path) -> None:
    """A day file that is no JSON costs that file alone, and is told by its name; the whole one beside them is read."""
    export = tmp_path / "export"
    for name, content in files().items():
        (export / name).parent.mkdir(parents=True, exist_ok=True)
        (export / name).write_bytes(content)
    days = {}
    for n, (name, document) in enumerate(DOCUMENTS.items()):
        if not name.startswith("i_structure"):  # of these, one too deep refuses all: B01
            days[name] = f"general/{dt.date(2020, 1, 1) + dt.timedelta(n)}.json"
            (export / days[name]).write_bytes(document)
    done = gate(export, importer="slack.export")
    assert done.code == 0, done.err
    assert done.json["facts"]["post"]["stored"] >= 3
    told = {problem["where"].partition(", ")[0] for problem in done.json["problems"]}
    assert [name for name, file in days.items() if name.startswith("n_") and file not in told] == []
