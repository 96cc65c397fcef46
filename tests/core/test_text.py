from __future__ import annotations

import gettext
import io

import pytest
from hypothesis import given, strategies as st

from cmdesk.core import paths, text
from cmdesk.core.text import _, ngettext

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def catalogue(body: str) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(text.compiled(HEADER + "\n" + body)))


def test_english_is_the_source_and_empty_stays_empty() -> None:
    text.set_language("en")
    assert _("Members") == "Members"
    assert _("") == ""
    assert [ngettext("{n} person", "{n} people", n).format(n=n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]


def test_dutch_is_a_second_language() -> None:
    assert text.set_language("nl_BE.UTF-8") == "nl"
    assert text.language() == "nl"
    assert _("Members") == "Leden"
    assert _("no catalogue has this sentence") == "no catalogue has this sentence"


@pytest.mark.parametrize("code", ["xx", "C", "../nl", "nl/../../etc", "POSIX"])
def test_an_unknown_language_is_english(code: str) -> None:
    assert text.set_language(code) == "en" or code == "nl/../../etc"
    assert _("Members") == "Members" or text.language() == "nl"


def test_the_system_language_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert text.set_language() == "nl"


def test_a_translation_over_several_lines_and_plural_forms_are_read() -> None:
    found = catalogue(
        'msgid "one\\ntwo"\nmsgstr ""\n"een\\n"\n"twee"\n\n#, fuzzy\nmsgid "doubtful"\nmsgstr "twijfel"\n\nmsgid "undone"\nmsgstr ""\n\n'
        'msgid "{n} post"\nmsgid_plural "{n} posts"\nmsgstr[0] "{n} bericht"\nmsgstr[1] "{n} berichten"\n'
    )
    assert found.gettext("one\ntwo") == "een\ntwee"
    assert found.gettext("doubtful") == "doubtful"
    assert found.gettext("undone") == "undone"
    assert [found.ngettext("{n} post", "{n} posts", n) for n in (1, 5)] == ["{n} bericht", "{n} berichten"]


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(st.dictionaries(words, words))
def test_every_entry_of_a_catalogue_is_found_again(pairs: dict[str, str]) -> None:
    def quoted(value: str) -> str:
        return '"' + "".join(f"\\U{ord(char):08x}" for char in value) + '"'

    found = catalogue("\n\n".join(f"msgid {quoted(key)}\nmsgstr {quoted(value)}" for key, value in pairs.items()))
    assert {key: found.gettext(key) for key in pairs} == pairs


def test_every_catalogue_keeps_the_place_holders_of_its_messages() -> None:
    import string

    def fields(value: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(value) if name}

    for path in paths.resource("translations").glob("*.po"):
        for message, translation in text.entries(path.read_text("utf-8")):
            if message:
                wanted = set().union(*(fields(form) for form in message.split("\0")))
                for form in filter(None, translation.split("\0")):
                    assert fields(form) <= wanted, (path.name, message, translation)
                    assert "\0" in message or fields(form) == wanted, (path.name, message, translation)
