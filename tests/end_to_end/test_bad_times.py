"""Every case of robustness G by its id, at each platform that can write such a time, through the real command and its worker."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end import sources
from tests.end_to_end.conftest import Run
from tests.end_to_end.gate import Gate
from tests.plugins.discourse import builder as discourse
from tests.plugins.mattermost import builder as mattermost

NAN = float("nan")
LINE = "2024-03-07T10:00:00"
"""What the line before each mail says, without a zone; it counts where the mail itself says nothing that can be."""

ID0, ID1 = "2023-11-14T22:13:20Z", "2023-11-14T22:14:20Z"
"""The moments that the ids of the first two Discord messages tell."""

CASES: dict[str, dict[str, list[tuple[Any, str | None]]]] = {
    "G01_without_zone": {
        "log": [("2024-03-07 10:00:00", LINE)], "mail": [("Thu, 07 Mar 2024 10:00:00", LINE)], "discord": [(LINE, ID0)],
        "discourse": [("2024-03-07T10:00:00.000", LINE + "Z")], "slack": [(LINE, None)], "mattermost": [(LINE, None)],
    },
    "G02_units_mixed": {
        "log": [(str(17 * 10**n), "2023-11-14T22:13:20Z") for n in (8, 11, 14, 17)],
        "mattermost": [(1_700_000_000_000, "2023-11-14T22:13:20Z"), (1_700_000_000, None), (17 * 10**14, None)],
        "slack": [("1700000000.000100", "2023-11-14T22:13:20.000100Z"), ("1700000000000.000100", None), ("1700000000000000", None)],
    },
    "G03_1e18": {
        "log": [("1e18", "2001-09-09T01:46:40Z"), ("1" + "0" * 18, "2001-09-09T01:46:40Z"), ("1e19", None), ("1e999", None)],
        "slack": [("1e18", None), (1e18, None)], "mattermost": [(10**18, None), (1e18, None)],
        "discord": [(10**30, ID0), ("1" + "0" * 30, ID1)], "discourse": [("1e300", None), (10**30, None)], "mail": [("1" + "0" * 30, LINE)],
    },
    "G04_before_1970": {
        "log": [("-86400", None), ("1969-12-30 23:59:59", "1969-12-30T23:59:59"), ("1899-12-31", None)], "slack": [("-86400.000100", None)],
        "mattermost": [(-86_400_000, None)], "discord": [("1969-12-30T23:59:59+00:00", "1969-12-30T23:59:59Z")],
        "discourse": [("1969-12-30T23:59:59Z", "1969-12-30T23:59:59Z")], "mail": [("Tue, 30 Dec 1969 23:59:59 +0000", LINE)],
    },
    "G05_year_0_and_9999": {
        "log": [("0000-01-01 00:00", None), ("9999-12-31T23:59:59-14:00", None)],
        "discord": [("0001-01-01T00:00:00+00:00", ID0), ("9999-12-31T23:59:59-14:00", ID1)],
        "discourse": [("0000-00-00T00:00:00Z", None), ("9999-12-31T23:59:59.999-14:00", None)],
        "mail": [("Sat, 01 Jan 0000 00:00:00 +0000", LINE), ("Fri, 31 Dec 9999 23:59:59 -1400", LINE)],
    },
    "G06_24_hours_and_60_seconds": {
        "log": [("2024-03-07 24:00:00", "2024-03-08T00:00:00"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"), ("2024-03-07 25:00", None),
                ("2024-03-07 10:61", None)],
        "discord": [("2024-03-07T24:00:00Z", "2024-03-08T00:00:00Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")],
        "mail": [("Sat, 31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z"), ("Thu, 07 Mar 2024 24:00:00 +0000", "2024-03-08T00:00:00Z")],
    },
    "G07_zone_of_24_hours": {
        "log": [("2024-03-07 10:00 +24:00", None), ("2024-03-07 10:00 +14:00", "2024-03-06T20:00:00Z")],
        "discord": [("2024-03-07T10:00:00+24:00", ID0)], "discourse": [("2024-03-07T10:00:00+24:00", None)],
        "mail": [("Thu, 07 Mar 2024 11:00:00 +2400", LINE)],
    },
    "G08_summer_time": {
        "log": [("2024-03-31 02:30", "2024-03-31T02:30:00"), ("2024-10-27 02:30", "2024-10-27T02:30:00"), ("2024-10-27 02:30", "2024-10-27T02:30:00")],
        "discord": [("2024-10-27T02:30:00+02:00", "2024-10-27T00:30:00Z"), ("2024-10-27T02:30:00+01:00", "2024-10-27T01:30:00Z")],
        "mail": [("Sun, 27 Oct 2024 02:30:00 +0200", "2024-10-27T00:30:00Z"), ("Sun, 27 Oct 2024 02:30:00 +0100", "2024-10-27T01:30:00Z")],
    },
    "G09_unknown_zone": {
        "log": [("2024-03-07 10:00 Europe/Atlantis", None)],
        "mail": [("Thu, 07 Mar 2024 11:00:00 XYZ", "2024-03-07T11:00:00"), ("Thu, 07 Mar 2024 11:00:00 (Kiev)", "2024-03-07T11:00:00")],
    },
    "G10_other_epochs": {
        "log": [("133545024000000000", "2024-03-10T00:00:00Z")], "slack": [("1700000000.000100", "2023-11-14T22:13:20.000100Z")],
        "mattermost": [(133_545_024_000_000_000, None)],
    },
    "G11_words_and_digits_of_other_languages": {
        "log": [("7 maart 2024 10:00", LINE), ("7. März 2024 10:00 Uhr", LINE), ("7 mars 2024 10:00", LINE), ("7 de marzo de 2024", "2024-03-07T00:00:00"),
                ("٢٠٢٤-٠٣-٠٧", "2024-03-07T00:00:00"), ("٧/٣/٢٠٢٤", None)],
    },
    "G12_future": {
        "log": [("2199-01-01 00:00", "2199-01-01T00:00:00")], "slack": [("7226582400.000100", "2199-01-01T00:00:00.000100Z")],
        "discord": [("2199-01-01T00:00:00Z", "2199-01-01T00:00:00Z")], "discourse": [("2199-01-01T00:00:00Z", "2199-01-01T00:00:00Z")],
        "mattermost": [(7_226_582_400_000, None)], "mail": [("Tue, 01 Jan 2199 00:00:00 +0000", LINE)],
    },
    "G14_nan": {
        "log": [("NaN", None), ("inf", None)], "slack": [(NAN, None), (float("-inf"), None), ("NaN", None)], "mattermost": [(NAN, None), ("NaN", None)],
        "discord": [(NAN, ID0), ("NaN", ID1)], "discourse": [(NAN, None)], "mail": [("NaN", LINE)],
    },
    "G15_excel_serials": {"log": [("45358.5", "2024-03-07T12:00:00"), ("45358", "2024-03-07T00:00:00")]},
    "G16_1970_for_none": {
        "log": [("1970-01-01 00:00:00", None), ("1970-01-01T01:00:00+01:00", None), ("1969-12-31 16:00", None), ("0", None)],
        "slack": [("0.000000", None), (0, None)], "mattermost": [(0, None)], "discord": [("1970-01-01T00:00:00+00:00", ID0)],
        "discourse": [("1970-01-01T00:00:00Z", None)], "mail": [("Thu, 01 Jan 1970 00:00:00 +0000", LINE)],
    },
}  # fmt: skip
"""Case → platform → (time as written, the time that is stored: with Z an instant, without a wall clock; None: set aside)."""

PLATFORM = {"spreadsheet": "log"}


def stored(gate: Gate) -> Counter[tuple[str, str]]:
    """(platform, time) of all posts."""
    found = Counter[tuple[str, str]]()
    for key, _author, _group, at, local, *_rest in gate.dump("post"):
        assert isinstance(at, int)
        shown = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=at)).replace(tzinfo=None).isoformat() + ("" if local else "Z")
        platform = str(key).partition(":")[0]
        found[PLATFORM.get(platform, platform), shown] += 1
    return found


@pytest.mark.parametrize("case", sorted(CASES))
def test_bad_time(case: str, gate: Gate, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    wanted = CASES[case]
    paths = [sources.WITH_TIMES[kind](folder, [time for time, _then in times]) for kind, times in wanted.items()]
    done = gate(*paths)
    assert done.code == 0, done.err
    assert stored(gate) == Counter((kind, then) for kind, times in wanted.items() for _time, then in times if then)
    lost = sum(then is None for times in wanted.values() for _time, then in times)
    assert done.json["records"]["set_aside"] == lost
    assert [problem["where"] for problem in done.json["problems"] if "in the future" in problem["why"]] == (["times"] if case == "G12_future" else [])


def test_G12_what_lies_in_the_future_does_not_move_the_period(gate: Gate, tmp_path: Path, run: Run) -> None:
    times = ["2024-03-05 10:00", "2024-03-06 10:00", "2199-01-01 10:00"]
    assert gate(sources.log_of(tmp_path, times)).code == 0
    assert run("assess", gate.file, "--quick", "--json").json["as_of"] == "2024-03-06"
    assert run("assess", gate.file, "--quick", "--json", "--as-of", "2199-01-01").json["as_of"] == "2199-01-01"


def test_G12_where_all_lies_in_the_future_the_last_of_it_counts(gate: Gate, tmp_path: Path, run: Run) -> None:
    assert gate(sources.log_of(tmp_path, ["2198-12-31 10:00", "2199-01-01 10:00"])).code == 0
    assert run("assess", gate.file, "--quick", "--json").json["as_of"] == "2199-01-01"


def test_G13_edited_before_it_was_written(gate: Gate, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    early = "2020-01-01T00:00:00.000Z"
    topic, lines = folder / "topic.json", folder / "mattermost.jsonl"
    topic.write_text(json.dumps(discourse.topic(discourse.post(1, updated_at=early, version=2))))
    lines.write_bytes(mattermost.lines(mattermost.post(1, edit_at=1_577_836_800_000)))
    slack = sources.slack_of(folder, ["1700000000.000100"])
    day = slack / "general" / "2023-11-14.json"
    day.write_text(json.dumps([{**json.loads(day.read_text())[0], "edited": {"user": "UANN00001", "ts": "1577836800.000000"}}]))
    done = gate(topic, lines, slack)
    assert (done.code, done.json["records"]["set_aside"]) == (0, 0)
    assert [fields[12] for fields in gate.dump("post")] == [1_577_836_800_000_000] * 3
