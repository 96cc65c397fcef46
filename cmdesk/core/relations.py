"""What ties between colleagues are about, known by their words in English, Dutch, German, French and Spanish, and whether a word says that they go one way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PHRASES = {
    "confidence": "vertraulich|confidential|confidence|confide|vertrouwelijk|in vertrouwen|personal matters|privezaken",
    "trust": "trust|vertrouw|betrouwbaar|vertrau|confiance|confianza|confias",
    "advice": "advice|um rat|rat fragen|ratschlag|conseil|consejo|advise|advies|adviseer|raad|help|hulp|consult",
    "innovation": "innovat|new idea|nieuwe idee|idea|idee|vernieuw|brainstorm",
    "decision": "decision|input decision|beslis|besluit",
    "recognition": "recogni|appreciat|waarder|waardeer|erken|compliment",
    "feedback": "feedback|terugkoppel",
    "information": "wissen|savoir|conocimiento|information|informatie|info|knowledge|kennis|expertise",
    "energy": "energ|enthous|enthus",
    "collaboration": "zusammenarbeit|arbeitest du|arbeiten sie mit|travaill|trabaj|colabor|collaborat|cooperat|work with|worked with|working with|works with|work together|samenwerk|werk je samen|werkt u samen|werk je mee",
    "conflict": "conflict|difficult|moeilijk|moeizaam|tension|spanning|avoid|vermijd",
    "friendship": "freundschaft|amitie|amistad|friend|vriend|social|sociaal|leisure|vrije tijd|outside work|buiten het werk",
    "knowing": "kennst du|kennen sie|connais|conoce|know|ken je|kent u|kennen|bekend",
    "contact": "contact|communicat|communiceer|interact|how often|hoe vaak|frequen|spreek|praat|talk|speak|meet|ontmoet",
}  # fmt: skip
_KNOWN = tuple((relation, re.compile(rf"\b(?:{phrases})")) for relation, phrases in _PHRASES.items())
_ONE_WAY = frozenset(["directed", "oneway", "gericht", "gerichtet", "oriente", "dirige", "dirigido"])
_BOTH_WAYS = frozenset(["undirected", "mutual", "bothways", "twoway", "ongericht", "ungerichtet", "nonoriente", "nondirige", "nodirigido"])
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")


@lru_cache(maxsize=1 << 15)
def words(text: str) -> str:
    """Text in small letters without accents and signs, camel case parted: "InfoWork" → "info work"."""
    bare = text if text.isascii() else "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _CAMEL.sub(" ", bare).casefold().strip()


def guess(text: str) -> str:
    """The relation that a question, a head or the name of a file is about (a name in `asked.RELATIONS`), "" if none is known."""
    bare = words(text)
    return next((relation for relation, pattern in _KNOWN if pattern.search(bare)), "")


def one_way(word: str) -> bool | None:
    """True for a word such as Directed, as Gephi writes it, False for Undirected or Mutual, None for another."""
    bare = "".join(sign for sign in words(word) if sign.isalnum())
    return True if bare in _ONE_WAY else False if bare in _BOTH_WAYS else None
