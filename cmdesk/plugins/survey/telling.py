"""What all shapes of survey have in common: names of relations, one person's answers as facts, and in the end who did not answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, Asked, CmdeskError, Record, StatedTie, _, relations, survey_roles

from .options import Options
from .people import People
from .scales import Scale, Unfit

if TYPE_CHECKING:
    from cmdesk.api import Source

HEADS, PREVIEWS, NOTHING = "header_rows", "previews_and_spam", "nothing_answered"
N_("header rows"), N_("previews and spam"), N_("nothing answered")  # as the rules are shown
_LONGEST = 80
_HALF = 2


class Said(msgspec.Struct, frozen=True):
    """What one person says of a colleague (a key): the cell and the choice of its column, and where it stands."""

    about: str
    cell: str
    place: str
    choice: str = ""


class Telling:
    """The facts of one source. `asked`: relation → person → answered? `local`: the times of the table at hand name no zone."""

    def __init__(self, source: Source, options: Options, people: People) -> None:
        self.source, self.options, self.people = source, options, people
        self.asked: dict[str, dict[str, bool]] = {}
        self.local = False
        self._labels: dict[str, str] = {}
        self._given = _given(options.relation)

    # — names of relations —

    def relation(self, question: str) -> str:
        """The name under which a question is kept: as the user says, else the relation it asks for; of a second question for the same one its own
        words."""
        if question not in self._labels:
            said = self._given.get(survey_roles.plain(question)) or self._given.get("")
            name = said or relations.guess(question) or _short(question)
            if not said and name in self._labels.values():
                name = _short(question) or name
            self._labels[question] = name
        return self._labels[question]

    def unknown_questions(self) -> list[str]:
        """Questions that the option `relation` names and the survey does not have."""
        known = {survey_roles.plain(question) for question in self._labels}
        return [question for question in self._given if question and question not in known]

    # — answers —

    def invite(self, relation: str, person: str) -> None:
        """A person stands among those asked about a relation."""
        self.asked.setdefault(relation, {}).setdefault(person, False)

    def answers(self, person: str, relation: str, said: Iterable[Said], scale: Scale, *, blank_is_none: bool, at: int | None) -> Iterator[Record]:
        """The ties that a person states in answer to one question, each colleague once; nothing if every cell is empty."""
        ties, blank, answered, seen = list[StatedTie](), list[str](), False, set[str]()
        for one in said:
            try:
                weight = scale.weight(one.cell, one.choice)
            except Unfit as why:
                self.source.set_aside(one.place, str(why), 0)
                continue
            if one.about == person or one.about in seen:
                if weight is not None:
                    self.source.set_aside(one.place, ABOUT_SELF if one.about == person else TWICE, 0)
                continue
            seen.add(one.about)
            if weight is None:
                blank.append(one.about)
                continue
            answered = True
            if weight > scale.low:
                ties.append(StatedTie(person, one.about, relation, weight, True, at, True, scale.low, scale.high, self.local))
        if answered:
            yield from self.answered(person, relation, at)
            yield from ties
            if not blank_is_none:
                yield from (Asked(person, relation, False, about, at, self.local) for about in blank)
        else:
            self.invite(relation, person)

    def answered(self, person: str, relation: str, at: int | None) -> Iterator[Record]:
        """A person answered a question, with ties or without."""
        self.asked.setdefault(relation, {})[person] = True
        yield Asked(person, relation, True, "", at, self.local)

    def blank_is_none(self, scale: Scale, cells: Iterable[str]) -> bool:
        """Whether an empty cell says "no tie": it does where nobody chose the lowest answer, because then there is no other way to say it."""
        if self.options.blank in ("none", "unanswered"):
            return self.options.blank == "none"
        return not any(_weight(scale, cell) == scale.low for cell in cells)

    def silent(self) -> Iterator[Record]:
        """Those who were asked and did not answer; tells how many did."""
        for relation, people in self.asked.items():
            for person in self.people.listed:
                people.setdefault(person, False)
            yield from (Asked(person, relation, False) for person, answered in people.items() if not answered)
            n = sum(people.values())
            text = N_("{relation}: {n} of {total} people answered").format(relation=relation, n=n, total=len(people))
            low = N_("{relation}: {n} of {total} people answered, fewer than half; read it with care").format(relation=relation, n=n, total=len(people))
            self.source.set_aside(self.source.name, low if n * _HALF < len(people) else text, 0)


ABOUT_SELF = N_("an answer about oneself")
TWICE = N_("a second answer about the same colleague")


def _weight(scale: Scale, cell: str) -> float | None:
    try:
        return scale.weight(cell)
    except Unfit:
        return None


def _given(said: str) -> dict[str, str]:
    """The option `relation`: plain question → name; "" for all questions."""
    found: dict[str, str] = {}
    for part in said.split(";"):
        question, sign, name = part.rpartition("=")
        name = " ".join(name.split())
        if sign and not (question.strip() and name):
            raise CmdeskError(_("“{part}” does not name a relation.").format(part=part.strip()), _("Write relation=trust, or Question=trust;Other question=advice."))
        if name:
            found[survey_roles.plain(question)] = relations.guess(name) if name in ("vertrouwen", "advies", "informatie", "energie", "samenwerking") else name
    return found


def _short(question: str) -> str:
    text = " ".join(question.split()).strip(" :?-–")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def noted(source: Source, label: str, relation: str, question: str, scale: Scale | None) -> None:
    """Keep what was asked and on which scale."""
    if scale is None:
        source.set_aside(label, N_("{relation}: “{question}”").format(relation=relation, question=question), 0)
    else:
        source.set_aside(label, N_("{relation}: “{question}”, scale {scale}").format(relation=relation, question=question, scale=scale.told), 0)


Moment = Callable[[str], int | None]
"""From a cell to the time in it."""
