"""The answer to a what-if question: a goal as it is now and as it would be then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui import theme, words
from cmdesk.ui.widgets.plain import label, line
from cmdesk.ui.widgets.verdict import Mark

if TYPE_CHECKING:
    from cmdesk.core.contributions import Score
    from cmdesk.core.supposing import Supposed


class Answer(QWidget):
    """A goal now → then."""

    def __init__(self, row: Supposed, *, many: bool) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 8)
        outer.setSpacing(2)
        title = words.goal(row.goal).title
        outer.addWidget(label(f"{row.group} · {title}" if many else title, "strong", wrap=True))
        sides = [] if row.new else [(_("now"), row.before)]
        for word, score in (*sides, (_("then"), row.after)):
            outer.addLayout(_side(word, score))
        if row.before is not None and row.after is not None and row.before.fit is not None and row.after.fit is not None:
            change = round(row.after.fit - row.before.fit, 2)
            outer.addWidget(label(_("the fit stays as it is") if not change else _("{change} in the fit").format(change=("+" if change > 0 else "−") + words.decimal(abs(change))), "small"))
        self.setAccessibleName(f"{title}: {_words(row.before)} → {_words(row.after)}")


def _side(word: str, score: Score | None) -> QHBoxLayout:
    name = label(word, "muted")
    name.setFixedWidth(44)
    look = theme.verdict(score.verdict if score is not None else "no_verdict")
    return line(name, Mark(score.verdict if score is not None else "no_verdict", look.token, 16), label(_words(score), look.token), 1)


def _words(score: Score | None) -> str:
    if score is None:
        return _("not shown: fewer than 5 people, or it would tell of such a group")
    fit = "" if score.fit is None or score.verdict == "no_verdict" else f" · {words.decimal(score.fit)}"
    return theme.verdict(score.verdict).word + fit
