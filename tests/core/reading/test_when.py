"""Robustness G: every form of time that an export holds, through `parse_when`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.reading.when import HINTS, When, guess_hint, parse_when

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _at(*parts: int) -> int:
    return (datetime(*parts, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)  # type: ignore[misc, arg-type]


MOMENT = _at(2022, 8, 19, 7, 25, 24)


def test_G01_without_zone_is_marked() -> None:
    assert parse_when("2022-08-19 07:25:24") == When(MOMENT, local=True)
    assert parse_when("2022-08-19") == When(_at(2022, 8, 19), local=True)
    assert parse_when("2022-08-19T07:25:24Z") == When(MOMENT)


@pytest.mark.parametrize("factor", [1, 1000, 10**6, 10**9])
def test_G02_epoch_by_range(factor: int) -> None:
    number = 1660893924 * factor
    assert parse_when(number) == parse_when(str(number)) == When(MOMENT)
    assert parse_when(number, {1: "s", 1000: "ms", 10**6: "us", 10**9: "ns"}[factor]) == When(MOMENT)


def test_G02_milliseconds_as_seconds() -> None:
    assert parse_when(1660893924000, "s").at is None


def test_G03_huge_numbers() -> None:
    for value in (10**18, 10**30, 10**400, "9" * 5000, "1e999", 1e300):
        assert parse_when(value, "s").at is None


def test_G04_before_1970() -> None:
    assert parse_when(-5, "s") == When(-5_000_000)
    assert parse_when(-5).at is None
    assert parse_when("1965-03-01T00:00:00Z") == When(_at(1965, 3, 1))


def test_G05_years_out_of_range() -> None:
    for value in ("0000-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "99999-01-01"):
        assert parse_when(value).at is None


def test_G06_midnight_and_leap_second() -> None:
    assert parse_when("2024-01-02T24:00:00Z") == parse_when("2024-01-02T23:59:60Z") == When(_at(2024, 1, 3))
    assert parse_when("2024-01-02T24:00:01Z").at is None
    assert parse_when("2024-01-02T23:61:00Z").at is None


def test_G07_impossible_offset() -> None:
    assert parse_when("2024-01-02T03:04:05+24:00") == When(None, why="the zone is impossible")
    assert parse_when("2024-01-02T03:04:05+14:00") == When(_at(2024, 1, 1, 13, 4, 5))


def test_G09_unknown_zone_leaves_a_wall_clock() -> None:
    assert parse_when("Fri, 19 Aug 2022 07:25:24 XYZ") == When(MOMENT, local=True)
    assert parse_when("Fri, 19 Aug 2022 07:25:24 -0000") == When(MOMENT, local=True)


def test_G10_other_epochs() -> None:
    assert parse_when("1660893924.224059") == When(MOMENT + 224_059)
    assert parse_when("133053675240000000") == When(MOMENT)
    assert parse_when(44792.309305555557, "excel") == When(MOMENT, local=True)
    assert parse_when(44792.309305555557 - 1462, "excel1904") == When(MOMENT, local=True)


@pytest.mark.parametrize(
    "value",
    [
        "19 August 2022 07:25:24", "19 augustus 2022 07:25:24", "19. August 2022 07:25:24", "August 19, 2022 7:25:24 AM",
        "Friday, 19 August 2022 at 07:25:24", "19-Aug-22 07:25:24", "Aug 19, 2022, 7:25:24\u202fAM", "19.8.2022, 07:25:24",
        "٢٠٢٢-٠٨-١٩ ٠٧:٢٥:٢٤", "\u200e19/08/2022, 07:25:24",
    ],
)  # fmt: skip
def test_G11_names_and_digits(value: str) -> None:
    assert parse_when(value) == When(MOMENT, local=True)


def test_G11_months_in_dutch_and_german() -> None:
    assert parse_when("2 mrt 2024") == parse_when("2. März 2024") == parse_when("2 maart 2024") == When(_at(2024, 3, 2), local=True)
    assert parse_when("3 mei 2024") == parse_when("3. Mai 2024") == When(_at(2024, 5, 3), local=True)


def test_G12_the_future_is_read_where_it_is_written_out() -> None:
    assert parse_when("2150-01-01T00:00:00Z").at == _at(2150, 1, 1)
    assert parse_when(_at(2150, 1, 1) // 10**6).at is None


def test_G14_not_a_number() -> None:
    for value in (float("nan"), float("inf"), "nan", "NaN", "-inf"):
        assert parse_when(value).at is None


def test_G15_excel_serial_needs_a_hint() -> None:
    assert parse_when(45000.5).at is None
    assert parse_when("45000.5", "excel") == When(_at(2023, 3, 15, 12), local=True)
    assert parse_when(0, "excel").at is None


def test_G16_zero_stands_for_none() -> None:
    assert parse_when(0, "s").why == parse_when("0", "ms").why == "the time is 0, which stands for none"


def test_unclear_order_is_not_guessed() -> None:
    assert "unclear" in parse_when("01/02/2024").why
    assert parse_when("01/02/2024", "dmy") == When(_at(2024, 2, 1), local=True)
    assert parse_when("01/02/2024", "mdy") == When(_at(2024, 1, 2), local=True)
    assert parse_when("13/02/2024") == When(_at(2024, 2, 13), local=True)
    assert parse_when("02/13/24") == When(_at(2024, 2, 13), local=True)


@pytest.mark.parametrize(
    "value",
    [
        "2022/08/19 07:25:24 +0000", "2022-08-19T07:25:24.0000000+00:00", "2022-08-19 09:25:24.000+02", "Fri, 19 Aug 2022 03:25:24 -0400",
        "2022-08-19 07:25:24 UTC", "Fri Aug 19 2022 09:25:24 GMT+0200 (Central European Summer Time)", "Fri, 19 Aug 2022 03:25:24 EDT",
    ],
)  # fmt: skip
def test_forms_with_a_zone(value: str) -> None:
    assert parse_when(value) == When(MOMENT)


def test_what_is_no_time_says_why() -> None:
    for value in (None, "", "  ", "hello", True, [], "30 Feb 2024", "99 Jan 2024 99:99", "2024-13-01", "32/01/2024"):
        found = parse_when(value)
        assert found.at is None
        assert found.why


def test_hint_of_a_column() -> None:
    assert guess_hint(["1660893924", "1660893925"]) == "s"
    assert guess_hint([1660893924000, None, ""]) == "ms"
    assert guess_hint(["44792", "44793.5"]) == "excel"
    assert guess_hint(["01/02/2024", "13/02/2024"]) == "dmy"
    assert guess_hint(["01/02/2024", "02/13/2024"]) == "mdy"
    assert guess_hint(["13/02/2024", "02/13/2024"]) == ""
    assert guess_hint(["01/02/2024"]) == guess_hint([]) == guess_hint(["hello", "1", "2"]) == ""


@settings(max_examples=300, deadline=None)
@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40), st.sampled_from(HINTS))
def test_law_never_raises(value: Any, hint: str) -> None:
    found = parse_when(value, hint)
    assert (found.at is None) == bool(found.why)
    assert found.at is None or -(2**63) <= found.at < 2**63


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2025, 1, 1)),  # noqa: DTZ001
    st.integers(-15 * 60, 15 * 60),
)
def test_law_iso_round_trip(moment: datetime, offset: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    at = (aware - EPOCH) // timedelta(microseconds=1)
    assert parse_when(aware.isoformat()) == When(at)
    assert parse_when(moment.isoformat(sep=" ")).local is True


MOMENTS = (EPOCH.replace(year=1990, tzinfo=None), EPOCH.replace(year=2199, tzinfo=None))


@given(st.datetimes(min_value=MOMENTS[0], max_value=MOMENTS[1]), st.sampled_from(["Z", "+00:00"]), st.booleans(), st.sampled_from(["T", " "]))
def test_an_instant_in_utc_is_the_same_however_it_is_written(moment: datetime, zone: str, ms: bool, between: str) -> None:
    cut = moment.replace(microsecond=moment.microsecond // 1000 * 1000) if ms else moment
    written = cut.isoformat(between, "milliseconds" if ms else "microseconds") + zone
    expected = (cut.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
    assert parse_when(written) == When(expected)


@pytest.mark.parametrize(
    "written",
    [
        "19 sierpnia 2022 07:25:24", "19 agosto 2022 07:25:24", "19 de agosto de 2022 07:25:24", "19 августа 2022 07:25:24", "2022年8月19日 7時25分24秒", "2022년 8월 19일 7시 25분 24초", "2022年8月19日 07:25:24",
        "19/08/2022 à 7h25:24", "2022-08-19 a las 07:25:24", "19.08.2022, 7:25:24 Uhr", "19.8.2022 klo 7.25.24", "19 août 2022 à 07:25:24",
    ],
)  # fmt: skip
def test_dates_of_other_countries(written: str) -> None:
    assert parse_when(written, "dmy") == When(MOMENT, local=True)
