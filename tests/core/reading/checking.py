"""Reads a case of the corpus and checks what must hold of every one."""

from __future__ import annotations

from pathlib import Path

from . import corpus

BOMB = 48 << 10  # KiB that a refused bomb may cost at its peak


def check(tmp_path: Path, case: str, growth: int = corpus.GROWTH) -> corpus.Outcome:
    """The outcome of `case`: as the table says; a refusal is one plain sentence with a hint, a reading adds up exactly."""
    make, expected = corpus.CASES[case]
    path = make(tmp_path)
    before = corpus.peak()
    outcome = corpus.read(path)
    assert corpus.peak() - before < growth, f"{case} took {corpus.peak() - before:,} KiB"
    assert outcome.kind == expected, (outcome.refusal, outcome.told)
    if outcome.refusal is not None:
        message = outcome.refusal.message
        assert message.endswith(".") and message.count(". ") == 0 and len(message) < 250 and message.isprintable(), message
        assert outcome.refusal.hint
        assert "Error" not in message and "Traceback" not in message
    else:
        ledger = outcome.ledger
        assert ledger.adds_up
        assert ledger.read == ledger.used + ledger.set_aside
        assert ledger.problem_count == len(ledger.problems) >= ledger.set_aside
    assert sorted(tmp_path.iterdir()) == [path]  # no temporary file stays
    return outcome


def refused(tmp_path: Path, case: str, words: str, growth: int = BOMB) -> None:
    """`case` is refused in a sentence that holds `words`."""
    outcome = check(tmp_path, case, growth)
    assert outcome.refusal is not None
    assert words in outcome.refusal.message, outcome.refusal.message
