"""What every page is: a title, a sentence, actions at the right, and a body that is filled when the page is first shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import label


class Page(QWidget):
    """`tables`: a commit that touches one of them makes the page read again. `refresh` reads; a hidden page waits until it is shown."""

    tables: frozenset[str] = frozenset()

    def __init__(self, session: Session, desk: Desk, title: str = "", sentence: str = "") -> None:
        super().__init__()
        self.session = session
        self.desk = desk
        self.stale = True
        self.sheet: Sheet | None = None
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "title")
        self.sentence = label(sentence, "muted", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.title, 1)
        above.addLayout(self.buttons)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(above)
        head.addWidget(self.sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(16)
        outer.addLayout(head)
        outer.addLayout(self.body, 1)

    def say(self, sentence: str) -> None:
        """The sentence under the title."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def refresh(self) -> None:
        """Read again what is shown."""

    def come(self, what: object = None) -> None:
        """The page is shown, at `what` if that is given."""
        if self.stale:
            self.stale = False
            self.refresh()
        if what is not None:
            self.show_this(what)

    def show_this(self, what: object) -> None:
        """Select or open `what`."""

    def touched(self, tables: frozenset[str]) -> None:
        """A commit changed these tables."""
        if tables & self.tables:
            self.again()

    def again(self) -> None:
        """Read again, now or when the page is next shown."""
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    def inspect(self, sheet: Sheet | None) -> None:
        """Put `sheet` into the inspector at the right."""
        self.sheet = sheet
        self.session.inspect(sheet)

    def walk(self, *, ahead: bool) -> bool:
        """Back (or Forward) inside the page; False where it has nowhere to go, and the window goes to another page."""
        return False

    def leave_ok(self) -> bool:
        """False where something would be lost by leaving."""
        return True
