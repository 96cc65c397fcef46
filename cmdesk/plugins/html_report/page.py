"""The whole page, from the sections and the template beside this file. Every text is escaped by the template; pictures are SVG of core.svg,
which escapes what it holds."""

from __future__ import annotations

import datetime
import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from cmdesk.api import Drawing, Progress, Report, _, frame, language, limits, matrix, position, svg

from . import cards, coverage, findings, words

MADE = '<p class="made">'
"""How the one line begins that is another one each day."""
_MOVING = re.compile(r"<\s*(script|iframe|object|embed|link|img|form|base)\b|\bon\w+\s*=\s*[\"']|(href|src)\s*=\s*[\"'](?!#)|url\(|@import", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def html(report: Report, progress: Progress) -> str:
    """The page of `report` in the language in use."""
    progress.step(_("Writing the page"))
    return _environment().get_template("page.html").render(_content(report, progress))


def undated(text: str) -> str:
    """The page without the line that says when it was made."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(MADE))


def moving(text: str) -> bool:
    """True if a page holds anything that runs, or loads from elsewhere, within its tags and style."""
    style = "".join(re.findall(r"<style>.*?</style>", text, re.DOTALL))
    return any(_MOVING.search(tag) for tag in _TAG.findall(text)) or _MOVING.search(style[7:-8]) is not None


def picture(drawing: Drawing) -> Markup:
    """A drawing as SVG that scales with the page."""
    text = svg.text(drawing).partition("?>\n")[2]
    return Markup(text.strip())  # noqa: S704 core.svg escapes every text in it


def _content(report: Report, progress: Progress) -> dict[str, Any]:

    chosen = cards.chosen(report)
    progress.step(_("Writing the page"), len(chosen), _("goals"))
    made = []
    for line, score in chosen:
        made.append(cards.card(report, line, score, picture))
        progress.advance()
    return {
        "report": report, "language": language(), "word": frame.word, "made": datetime.datetime.now().astimezone().date().isoformat(), "words": words, "limits": limits,
        "matrix": picture(matrix.compose(report)), "position": picture(position.compose(report)), "short": cards.in_short(report), "groups": cards.by_group(made),
        "questions": findings.questions(report, picture), "changes": findings.changes(report), "pulse": findings.pulse(report), "circles": findings.circles(report),
        "facts": coverage.facts(report), "imports": coverage.imports(report), "hidden": coverage.hidden(report), "goals": cards.goals(report),
        "measures": cards.measures(report),
    }  # fmt: skip


class _Beside(BaseLoader):
    """Templates beside this file, from wherever the package was installed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        if template not in ("page.html", "page.css", "card.html", "back.html"):
            raise TemplateNotFound(template)
        return resources.files(__package__ or "").joinpath(template).read_text("utf-8"), template, lambda: True


@cache
def _environment() -> Environment:
    made = Environment(loader=_Beside(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["_"] = _
    made.filters["one_line"] = lambda words: " ".join(str(words).split())
    return made
