"""Users into persons, and persons who are only met in messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cmdesk.core.records import Person
from tests.plugins.slack.builder import START, Export, Read, small


def person(tmp_path: Path, options: dict[str, Any] | None = None, **user: Any) -> Person:
    export = small()
    export.lists["users.json"].append({"id": "UCAS00003", **user})
    read = Read(export.zip(tmp_path / "x.zip"), **(options or {}))
    return next(found for found in read.all(Person) if found.key == "UCAS00003")


def test_a_full_user(tmp_path: Path) -> None:
    fields = {"Xf01": {"value": "Sales", "alt": "", "label": "Afdeling"}, "Xf02": {"value": "Python; maps, Python", "label": "Skills"}}
    profile = {"real_name": " Cas Vos ", "display_name": "cas", "email": "cas@example.org", "title": "Lead", "fields": fields, "image_72": "x"}
    found = person(
        tmp_path, team_id="T00000001", name="c.vos", tz="Europe/Amsterdam", updated=START, is_bot=False, is_admin=True, deleted=True,
        is_restricted=True, is_ultra_restricted=False, profile=profile,
    )  # fmt: skip
    assert found == Person(
        "UCAS00003", "Cas Vos", "cas", "cas@example.org", "Sales", "Lead", expertise=("Python", "maps"), zone="Europe/Amsterdam",
        updated=START * 1_000_000, has_photo=False, is_bot=False, is_moderator=True, is_guest=True, deleted=True,
    )  # fmt: skip


def test_a_user_of_whom_only_the_id_is_known_says_nothing_else(tmp_path: Path) -> None:
    assert person(tmp_path) == Person("UCAS00003", is_bot=None)


@pytest.mark.parametrize("field", ["Xf09", "xf09", "Cost Centre"])
def test_the_field_of_the_unit_can_be_named(tmp_path: Path, field: str) -> None:
    fields = {"Xf01": {"value": "Sales", "label": "Department"}, "Xf09": {"value": "North", "label": "Cost centre"}}
    assert person(tmp_path, {"unit_field": field}, profile={"fields": fields}).unit == "North"


def test_empty_fields_as_php_writes_them(tmp_path: Path) -> None:
    assert person(tmp_path, profile={"fields": []}).unit == ""


def test_people_of_another_team_are_of_another_organisation(tmp_path: Path) -> None:
    assert person(tmp_path, team_id="T09999999", is_stranger=True).organisation == "T09999999"


def test_strangers_in_messages_are_stated_from_their_profile(tmp_path: Path) -> None:
    export = small()
    profile = {"real_name": "Zoë Far", "display_name": "zoe", "team": "T09999999", "is_restricted": True}
    export.message(1, "UZOE00009", user_profile=profile, user_team="T09999999")
    export.message(2, "UZOE00009", user_profile=profile)
    export.message(3, "UNOB00010")
    strangers = [found for found in Read(export.zip(tmp_path / "x.zip")).all(Person) if found.key not in ("UANN00001", "UBOB00002")]
    assert strangers == [Person("UZOE00009", "Zoë Far", "zoe", organisation="T09999999", is_guest=True)]


def test_users_come_once_each_and_before_what_they_wrote(tmp_path: Path) -> None:
    export = small()
    export.message(1)
    read = Read(export.zip(tmp_path / "x.zip"))
    assert [found.key for found in read.all(Person)] == ["UANN00001", "UBOB00002"]
    assert [type(record).__name__ for record in read.records] == ["Origin", "Person", "Person", "Group", "Post", "Membership", "Membership"]


def test_no_users_at_all(tmp_path: Path) -> None:
    export = Export()
    del export.lists["users.json"]
    export.channel("CGEN00001", "general", ["UANN00001"])
    export.message(1)
    read = Read(export.zip(tmp_path / "x.zip"))
    assert not read.all(Person) and read.ledger.used == 2
