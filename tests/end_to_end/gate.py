"""What must hold of every `cmdesk import`, whatever it is given: see `Gate`."""

from __future__ import annotations

import hashlib
import resource
from pathlib import Path

from tests.end_to_end.conftest import Ran, Run

SMALL = 200_000  # bytes of sources that are imported a second time
MOST_MEMORY = 1 << 20  # KiB that a worker may ever need


class Gate:
    """Imports into a community and checks: exit code and sentence, the file unchanged where it was refused, the ledger exact, nothing left in
    `temp` or beside the file, no name in what is told, the worker within its memory, and that a second import adds nothing."""

    def __init__(self, run: Run, file: Path, temp: Path, home: Path) -> None:
        self._run, self.file, self._temp, self._home = run, file, temp, home

    def __call__(self, *sources: Path, importer: str = "", names: tuple[str, ...] = (), twice: bool = True, note: str = "") -> Ran:
        """Import `sources`; `names` must be told nowhere; `twice`: once more, if they are small."""
        before, beside = hashlib.sha256(self.file.read_bytes()).hexdigest(), sorted(self.file.parent.iterdir())
        arguments = [self.file, *sources, *(("--as", importer) if importer else ()), "--json"]
        done = self._run("import", *arguments, expect=None)
        assert done.code in (0, 1), (note, done.err)
        assert "Traceback" not in done.err, note
        assert list(self._temp.iterdir()) == [], note
        assert sorted(self.file.parent.iterdir()) == beside, note
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_MEMORY
        self._no_name(done, names, note)
        if done.code:
            check_refusal(done)
            assert hashlib.sha256(self.file.read_bytes()).hexdigest() == before, note
            return done
        check_ledger(done)
        if twice and sum(path.stat().st_size for path in sources) < SMALL:
            again = self._run("import", *arguments).json
            assert all(line["stored"] == line["changed"] == 0 for line in again["facts"].values()), (note, again["facts"])
        return done

    def _no_name(self, done: Ran, names: tuple[str, ...], note: str) -> None:
        kept = [path.read_bytes().decode("utf-8", "replace") for path in self._home.rglob("*") if path.is_file()]
        for name in names:
            assert all(name not in text for text in (done.out, done.err, *kept)), (note, name)

    def dump(self, kind: str) -> list[list[object]]:
        """The facts of a kind that the community holds, as `cmdesk dump` gives them."""
        import msgspec

        lines = self._run("dump", self.file).out.splitlines()
        return [msgspec.json.decode(line.partition("\t")[2]) for line in lines if line.startswith(f"{kind}\t")]


def check_refusal(done: Ran) -> None:
    """Two lines: what happened, and what to do."""
    assert done.out == ""
    error, hint = done.err.splitlines()
    assert error.startswith("error: ") and error.endswith(".") and len(error) < 300 and error.isprintable(), error
    assert hint.startswith("hint: ") and hint.isprintable(), hint


def check_ledger(done: Ran) -> None:
    """Read = used + left out + set aside; stated = stored + merged + set aside; every problem has a place and a reason."""
    records = done.json["records"]
    assert records["read"] == records["used"] + sum(records["left_out"].values()) + records["set_aside"], records
    for line in done.json["facts"].values():
        assert line["stated"] == line["stored"] + line["merged"] + line["set_aside"], line
    for problem in done.json["problems"]:
        assert problem["where"] and problem["why"] and "Traceback" not in problem["why"], problem
    if records["set_aside"]:
        assert sum(problem.get("records", 1) for problem in done.json["problems"]) >= min(records["set_aside"], 1_000)
