"""Preferences: language, look, and for the open community its names, time zone and goal model."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QCompleter, QHBoxLayout, QPushButton, QWidget

from cmdesk.core.text import _, languages
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import Form, box, button, label

_LANGUAGES = {"en": "English", "nl": "Nederlands"}


class Choices(QWidget):
    """A few buttons of which one is pressed."""

    def __init__(self, name: str, every: list[tuple[str, str]], chosen: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for value, text in every:
            each = button(text, kind="choice", name=f"{name}: {text}")
            each.setCheckable(True)
            each.setChecked(value == chosen)
            self.group.addButton(each)
            self.buttons[value] = each
            row.addWidget(each)
        row.addStretch(1)


class PreferencesPage(Page):
    """Every choice holds at once."""

    tables = frozenset({"settings"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk, _("Preferences"), _("What you choose here holds at once."))
        self.body.addWidget(self._desk_card())
        self._community, self._column = box(gap=12)
        self._form = Form()
        self.body.addWidget(self._community)
        self.body.addStretch(1)
        self._fill_community()

    def _desk_card(self) -> QWidget:
        frame, column = box(gap=12)
        column.addWidget(label(_("This desk"), "heading"))
        form = Form()
        every = [("", _("As the system")), *((code, _LANGUAGES.get(code, code)) for code in dict.fromkeys((*languages(), "nl")))]
        self.language = Choices(_("Language"), every, self.desk.settings.language)
        looks = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        self.theme = Choices(_("Look"), looks, self.desk.settings.theme)
        for value, each in self.language.buttons.items():
            each.clicked.connect(lambda _checked=False, value=value: self._speak(value))
        for value, each in self.theme.buttons.items():
            each.clicked.connect(lambda _checked=False, value=value: self._look(value))
        form.add(_("Language"), self.language)
        form.add(_("Look"), self.theme)
        column.addLayout(form)
        return frame

    def _speak(self, code: str) -> None:
        self.desk.change(language=code)
        self.session.go("language")

    def _look(self, choice: str) -> None:
        self.desk.change(theme=choice)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)

    def _fill_community(self) -> None:
        self._community.setVisible(self.session.community is not None)
        if self.session.community is None:
            return
        self._column.addWidget(label(_("This community"), "heading"))
        form = Form()
        self.names = Choices(
            _("Names"), [("yes", _("Names on this screen")), ("no", _("Pseudonyms"))], "yes" if self.session.names else "no"
        )
        self.names.buttons["yes"].clicked.connect(lambda: self.session.show_names(True))
        self.names.buttons["no"].clicked.connect(lambda: self.session.show_names(False))
        self.zone = Chooser(_("Time zone"))
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(Chooser.InsertPolicy.NoInsert)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setCurrentText(self.session.zone)
        self.zone.setAccessibleName(_("Time zone"))
        self.zone.setMaximumWidth(320)
        completer = self.zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.zone.activated.connect(lambda _number: self._move(self.zone.currentText()))
        models = [("closeness", _("Closeness")), ("competence", _("Competence"))]
        self.model = Choices(_("Goal model"), models, str(self.session.current().setting("goal_model", "closeness")))
        for value, each in self.model.buttons.items():
            each.clicked.connect(lambda _checked=False, value=value: self._keep("goal_model", value))
        form.add(_("Names"), self.names)
        form.add(_("Time zone"), self.zone)
        form.add("", label(_("Days begin and end in this zone."), "small"))
        form.add(_("Goal model"), self.model)
        note = _(
            "Closeness: trust is the density of ties. Competence: trust is knowing who is good at what. It holds from the next assessment on."
        )
        form.add("", label(note, "small", wrap=True))
        self._column.addLayout(form)

    def _move(self, zone: str) -> None:
        if zone in available_timezones():
            self._keep("zone", zone)

    def _keep(self, key: str, value: str) -> None:
        self.session.write(
            _("Keep the preference"),
            lambda community: community.set_setting(key, value),
            lambda _none: self.session.say(_("Kept."), kind="good"),
        )

    def refresh(self) -> None:
        if self.session.community is not None:
            self.names.buttons["yes" if self.session.names else "no"].setChecked(True)
