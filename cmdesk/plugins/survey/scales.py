"""From what stands in a cell to a weight on its scale: numbers, words in English, Dutch, German, French and Spanish, yes and no, check marks."""

from __future__ import annotations

import math
import re
from collections.abc import Collection

import msgspec

from cmdesk.api import N_, CmdeskError, _, relations

_STEPS = {
    0.0: "never|nooit|none|geen|no|nee|not at all|helemaal niet|nothing|niets|no contact|geen contact|strongly disagree|helemaal mee oneens|helemaal oneens|zeer oneens"
    "|very low|zeer laag|niet|false|unchecked|i do not know this person|i don t know this person|ken ik niet|onbekend|unknown to me"
    "|nie|niemals|nein|keiner|gar nicht|uberhaupt nicht|stimme gar nicht zu|jamais|non|aucun|pas du tout|nunca|jamas|ninguno|en absoluto",
    0.25: "rarely|seldom|zelden|yearly|jaarlijks|a few times a year|enkele keren per jaar|paar keer per jaar|een paar keer per jaar|quarterly|per kwartaal|elk kwartaal"
    "|little|a little|weinig|een beetje|disagree|oneens|mee oneens|low|laag|less than monthly|minder dan maandelijks"
    "|selten|jahrlich|vierteljahrlich|wenig|stimme eher nicht zu|rarement|annuel|trimestriel|peu|plutot pas d accord|rara vez|raramente|casi nunca|anual|trimestral|poco|en desacuerdo",
    0.5: "sometimes|soms|monthly|maandelijks|neutral|neutraal|moderately|moderate|redelijk|enigszins|somewhat|medium|gemiddeld|af en toe|occasionally|neither agree nor disagree"
    "|manchmal|gelegentlich|monatlich|teils teils|parfois|de temps en temps|mensuel|tous les mois|moyennement|a veces|de vez en cuando|mensual|mensualmente|regular",
    0.75: "often|vaak|weekly|wekelijks|agree|eens|mee eens|a lot|veel|high|hoog|regelmatig|regularly|frequently"
    "|oft|haufig|wochentlich|viel|stimme eher zu|souvent|hebdomadaire|toutes les semaines|beaucoup|plutot d accord|a menudo|frecuentemente|semanal|semanalmente|mucho|de acuerdo",
    1.0: "always|altijd|daily|dagelijks|strongly agree|helemaal mee eens|helemaal eens|zeer eens|completely|volledig|very much|heel veel|zeer veel|very high|zeer hoog"
    "|very often|zeer vaak|heel vaak|yes|ja|x|v|true|checked|selected|waar|several times a day|meerdere keren per dag"
    "|immer|taglich|sehr oft|sehr viel|stimme voll zu|toujours|quotidien|tous les jours|tres souvent|oui|tout a fait d accord|siempre|diario|diariamente|a diario|cada dia|muy a menudo|totalmente de acuerdo|si",
}  # fmt: skip
_WORDS = {phrase: step for step, phrases in _STEPS.items() for phrase in phrases.split("|")}
_MARKS = frozenset("✓✔☑✅●")
_BLANK = frozenset(
    ["", "n a", "nvt", "n v t", "geen antwoord", "no answer", "weet niet", "weet ik niet", "don t know", "do not know", "prefer not to say", "zeg ik liever niet", "geen mening", "no opinion", "not applicable", "niet van toepassing"]
)
_LED = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(?:[-–—:=.)(]\s*\D.*|)", re.DOTALL)
_COUNTED = re.compile(r"\d+\s*(?:[-–]\s*\d+\s*)?(?:times|keer|x\b)", re.IGNORECASE)
_ENDS = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*(?:-|–|to|tot|\.\.)\s*([-+]?\d+(?:[.,]\d+)?)\s*")


class Unfit(Exception):
    """Something that cannot be taken; the message says why."""


class Scale(msgspec.Struct, frozen=True):
    """A scale from `low` (no tie) to `high`. `levels`: words that the user put in order. `turned`: 1 is the best in the file."""

    low: float = 0.0
    high: float = 1.0
    levels: tuple[str, ...] = ()
    turned: bool = False
    numbers: bool = False

    def weight(self, cell: str, choice: str = "") -> float | None:
        """The weight that a cell gives, `low` for "no tie", None for no answer. Unfit if it is not on the scale. `choice`: what its column is about,
        which a ticked box may repeat."""
        said = relations.words(cell)
        if said in _BLANK and not _MARKS & set(cell):
            return None
        if choice and said == relations.words(choice) and not said.isdigit():
            return self.high
        value = self._value(cell.strip(), said)
        if value is None or not self.low <= value <= self.high:
            raise Unfit(N_("“{value}” is not on the scale from {low:g} to {high:g}").format(value=cell.strip()[:40], low=self.low, high=self.high))
        return self.low + self.high - value if self.turned else value

    def _value(self, cell: str, said: str) -> float | None:
        if said in self.levels:
            return self.low + (self.high - self.low) * self.levels.index(said) / max(len(self.levels) - 1, 1)
        number = numeric(cell)
        if number is not None:
            return number
        step = None if self.levels else word(cell)
        return None if step is None else self.low + (self.high - self.low) * step

    @property
    def told(self) -> str:
        """For people: "1–5"."""
        ends = f"{self.low:g}–{self.high:g}"
        return f"{ends} ({', '.join(self.levels)})" if self.levels else ends


def numeric(cell: str) -> float | None:
    """The number in a cell: 4, "4 - Often", "5 (very much)"; None for "1-3 times"."""
    match = _LED.fullmatch(cell.strip().replace("−", "-"))
    if match is None or _COUNTED.match(cell.strip()):
        return None
    value = float(match[1].replace(",", "."))
    return value if math.isfinite(value) else None


def word(cell: str) -> float | None:
    """Where a word stands between never and always, 0–1; a longer text by its first words."""
    if _MARKS & set(cell):
        return 1.0
    said = relations.words(cell)
    if said in _WORDS:
        return _WORDS[said]
    parts = said.split()
    return next((_WORDS[start] for n in range(min(len(parts) - 1, 6), 0, -1) if (start := " ".join(parts[:n])) in _WORDS and start not in ("x", "v", "no", "niet")), None)


def scale_of(cells: Collection[str], scale: str = "", levels: str = "") -> Scale:
    """The scale on which these different answers lie, or the one that the user says. CmdeskError if that is none."""
    ordered = tuple(said for part in levels.split(";") if (said := relations.words(part)))
    if levels and len(ordered) < 2:
        raise CmdeskError(_("“{levels}” is no scale of words.").format(levels=levels), _("Write at least two, from least to most: levels=Never;Weekly;Daily."))
    if scale.strip():
        ends = _ENDS.fullmatch(scale)
        one, other = (float(end.replace(",", ".")) for end in ends.groups()) if ends else (0.0, 0.0)
        if one == other:
            raise CmdeskError(_("“{scale}” is no scale.").format(scale=scale), _("Write its two ends, as scale=1-5, or scale=5-1 where 1 is the best."))
        return Scale(min(one, other), max(one, other), ordered, one > other, True)
    if ordered:
        return Scale(0.0, float(len(ordered) - 1), ordered)
    numbers = [value for cell in cells if (value := numeric(cell)) is not None]
    if not numbers or len(numbers) * 2 < sum(relations.words(cell) not in _BLANK for cell in cells):
        return Scale()
    return _numbers(min(numbers), max(numbers))


def _numbers(least: float, most: float) -> Scale:
    """The usual scale that holds these numbers: 0–1, 1–5, 1–7, 0–10 …; one with numbers below zero lies around zero."""
    if least < 0:
        end = max(-least, most)
        return Scale(-end, end, numbers=True)
    low = 0.0 if least < 1 else 1.0
    usual = (1, 3, 4, 5, 6, 10, 100) if low == 0 else (5, 7, 10, 100)
    return Scale(low, float(next((end for end in usual if most <= end), math.ceil(most))), numbers=True)
