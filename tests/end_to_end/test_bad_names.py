"""Every case of robustness H by its id: the same names at every platform, in one import through the real command and its worker. Names are kept
as they are; only what no file can hold is replaced, what shows nothing counts as unsaid, and what is endless is cut."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.end_to_end import sources
from tests.end_to_end.conftest import Ran, Run
from tests.end_to_end.gate import Gate

ZALGO = "a" + "\u0301" * 50_000
NAUGHTY = (
    "undefined", "undef", "nil", "NULL", "true", "False", "NaN", "Infinity", "1E+02", "0x0", "１２３", "١٢٣", "½", "¯\\_(ツ)_/¯", "(╯°□°）╯︵ ┻━┻)", "田中さん", "社會科學院",
    "Ⱥ", "𝐓𝐡𝐞", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "𠜎𠜱𠝹", "₀₁₂", "Ω≈ç√∫˜µ≤≥÷", "<script>alert(1)</script>", "' OR 1=1 -- 1", "'; DROP TABLE members;--", "%s%d%n", "{0.__class__}", "{name}",
    "$HOME", "$(touch x)", "`ls`", "System(\"ls\")", "../../../etc/passwd", "C:\\Windows", "file.txt", "LPT1", "http://a/%%30%30", "DCC SEND STARTKEYLOGGER 0 0 0", "🏳0🌈️", "🇺🇸🇷🇺🇸",
    "👾 🙇 💁", "\u2066test\u2067", "Å", "ﬀ", "ﷺ", "İ", "ı", "ǅ", "ẞ", "\\u0041", "&amp;", "&#65;", "-1", "+31 6", "@SUM(1)", "|calc", "--help", "~root", "*", "?", "_", "[b]", "#1", "name,comma",
    'name"quote', "name;semi",
)  # fmt: skip
"""In the manner of the Big List of Naughty Strings (Max Woolf): what breaks programs that take text for something else."""

CASES: dict[str, tuple[str, ...]] = {
    "H01_blank": ("", "   "),
    "H02_bidi_controls": ("\u202egnimoc\u202c \u2067ab\u2069",),
    "H03_zero_width": ("\u200b\u200c\u200d\ufeff", "\u3164", "\u2800 \u00ad"),
    "H04_emoji": ("👩‍👩‍👧‍👦", "🏳️‍🌈 Kim"),
    "H05_homoglyphs": ("р\u0430ypal", "paypal"),
    "H06_10000_characters": ("W" * 10_000,),
    "H07_combining_marks": (ZALGO,),
    "H08_html": ("<b>x</b><img src=http://example.org/x.png>",),
    "H09_ampersand": ("A&B & Co",),
    "H10_newline": ("Ann\nLee\tx",),
    "H11_lone_surrogate": ("A\ud800b",),
    "H12_nul": ("A\0b",),
    "H13_same_name_twice": ("Jan Jansen", "Jan Jansen"),
    "H14_equal_but_for_case_or_form": ("Zoë", "Zoe\u0308", "ZOË", "ＺＯË"),
    "H15_words_for_nothing": ("null", "None", "0", "test", "admin"),
    "H16_formulas": ("=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-1"),
    "H17_file_names": ("CON", "../x", "a/b:c", "x.exe"),
    "H18_case_folding": ("İsmail", "ısmail", "Straße", "STRASSE"),
    "H19_addresses": ("ann+news@example.org", "a.n.n@example.org"),
    "H20_right_to_left": ("דָּוִד כהן", "محمد علي"),
    "H21_placeholders": ("Deleted User", "ghost", "GitHub bot"),
    "H22_naughty": NAUGHTY,
}


def kept(platform: str, name: str) -> str | None:
    """What is kept of a name that a platform shows; None: nothing."""
    if platform in ("spreadsheet", "mail"):
        name = " ".join(name.replace("\0", " " if platform == "mail" else "\0").split())
    name = name.replace("\0", "\ufffd").replace("\ud800", "?" if platform == "mail" else "\ufffd")
    name = unicodedata.normalize("NFC", name) if platform == "spreadsheet" else name
    shows = any(c.isprintable() and c not in " \u2800\u3164" for c in name)
    return name[:1_000].strip() if shows else None


ALL = [name for case in sorted(CASES) for name in CASES[case]]


class Imported:
    """All names at all platforms: what `cmdesk dump` and `cmdesk show members` tell afterwards."""

    def __init__(self, folder: Path) -> None:
        home, temp, source = folder / "home", folder / "temp", folder / "source"
        for made in (home, temp, source):
            made.mkdir()
        self._environment = {**os.environ, "CMDESK_HOME": str(home), "TMPDIR": str(temp)}
        file = folder / "community.cmdesk"
        self._run("new", file)
        gate = Gate(self._run, file, temp, home)
        self.done = gate(*sources.everywhere(source, ALL).values())
        assert self.done.code == 0, self.done.err
        self.members = self._run("show", file, "members", "--names", "--json").json["members"]
        self.found: dict[str, dict[str, str | None]] = {}
        for reference, _stated, facts in gate.dump("person"):
            platform, _, key = str(reference).partition(":")
            self.found.setdefault(platform, {})[key.rpartition("/")[2]] = json.loads(str(facts)).get("name")

    def _run(self, *arguments: object, expect: int | None = 0) -> Ran:
        words = [sys.executable, "-m", "cmdesk", *map(str, arguments)]
        done = subprocess.run(words, env=self._environment, capture_output=True, encoding="utf-8", check=False, timeout=100)
        assert expect is None or done.returncode == expect, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return Imported(tmp_path_factory.mktemp("names"))


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_names(case: str, imported: Imported) -> None:
    begin = sum(len(CASES[earlier]) for earlier in sorted(CASES) if earlier < case)
    for n, name in enumerate(CASES[case], begin):
        handle = f"p{n}"
        keys = {
            "slack": sources.slack_id(n), "discord": str(10**17 + n), "mattermost": handle, "discourse": handle, "mail": f"{handle}@example.org",
            "spreadsheet": str(n),
        }  # fmt: skip
        for platform, key in keys.items():
            if platform != "spreadsheet" or sources.in_a_table(name):
                wanted = {kept(platform, name)} - {None} or {None, handle}
                assert imported.found[platform][key] in wanted, (platform, name[:50])


def test_everybody_is_there_under_a_name_that_shows(imported: Imported) -> None:
    accounts = sum(map(len, imported.found.values()))
    assert accounts == 5 * len(ALL) + 2 + sum(map(sources.in_a_table, ALL))
    assert len(imported.members) == accounts - len(ALL)  # mail and Mattermost tell the same addresses
    assert all(any(c.isprintable() and not c.isspace() for c in member["label"]) for member in imported.members)
    assert imported.done.json["records"]["set_aside"] == 0
    assert [problem["where"] for problem in imported.done.json["problems"] if "cut there" in problem["why"]] == ["names"]


def test_H12_a_row_with_a_nul_is_set_aside(gate: Gate, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"id,name,team\n1,A\0b,Alpha\n2,Bob,Beta\n")
    assert gate(path).json["records"]["set_aside"] == 1


def test_no_name_is_told(gate: Gate, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    canary = "Quirinalia Zwartbroek"
    assert gate(*sources.everywhere(folder, [canary]).values(), names=(canary, "Zwartbroek")).code == 0
    broken = folder / "broken.csv"
    broken.write_text(f"id,name,team,joined\n1,{canary},Alpha,tomorrow\n2,Bob,Beta,2024-13-45\n3,{canary},\n")
    gate(broken, names=(canary, "Zwartbroek"), importer="spreadsheet.people")


def test_H17_names_of_groups_are_no_paths(gate: Gate, tmp_path: Path, run: Run) -> None:
    """A group that is called like a path is exported into its file and nowhere else."""
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[f"2024-03-0{n} 10:00", actor, place, "hello"] for n in range(1, 9) for actor, place in (("ann", "../up"), ("bob", "CON"), ("cem", "a/b"))]
        csv.writer(file).writerows([["time", "actor", "group", "text"], *rows])
    assert gate(path).code == 0
    run("assess", gate.file, "--quick")
    before = sorted(tmp_path.rglob("*"))
    target = tmp_path / "report.html"
    run("export", gate.file, "--with", "html.report", "--to", target)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, target])
