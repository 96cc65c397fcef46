"""A form for an options struct: a check box for yes and no, a list for choices, a field for the rest. Its answer is texts by name."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from cmdesk.core.text import _
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import Form


class OptionsForm(QWidget):
    """`changed` when an answer changes; `values()` holds what differs from the defaults."""

    changed = Signal()

    def __init__(self, kind: type[msgspec.Struct], more: dict[str, bool | str] | None = None) -> None:
        super().__init__()
        self.fields: dict[str, QWidget] = {}
        self._first: dict[str, str] = {}
        form = Form()
        self.setLayout(form)
        hints = get_type_hints(kind)
        for field in msgspec.structs.fields(kind):
            default = field.default if field.default is not msgspec.NODEFAULT else ""
            self._add(form, field.encode_name, hints.get(field.name, str), default)
        for name, value in (more or {}).items():
            self._add(form, name, type(value), value)

    def _add(self, form: Form, name: str, kind: Any, default: Any) -> None:
        title = words(name)
        choices = _choices(kind)
        made: QWidget
        if kind is bool:
            made = CheckBox(title)
            made.setChecked(bool(default))
            made.toggled.connect(lambda _on: self.changed.emit())
        elif choices:
            made = Chooser(title)
            made.addItems([choice or _("(guess)") for choice in choices])
            made.setProperty("choices", list(choices))
            made.setCurrentIndex(choices.index(str(default)) if str(default) in choices else 0)
            made.currentIndexChanged.connect(lambda _number: self.changed.emit())
        else:
            made = QLineEdit("" if default in (None, "", (), {}) else str(default))
            made.setPlaceholderText(_("guessed from the file") if default in (None, "") else "")
            made.editingFinished.connect(self.changed.emit)
        made.setAccessibleName(title)
        self.fields[name] = made
        self._first[name] = self._value(made)
        form.add("" if kind is bool else title, made)

    @staticmethod
    def _value(field: QWidget) -> str:
        if isinstance(field, QCheckBox):
            return "yes" if field.isChecked() else "no"
        if isinstance(field, QComboBox):
            return str(field.property("choices")[max(0, field.currentIndex())])
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def values(self) -> dict[str, str]:
        """Answers that differ from what the importer would do by itself."""
        return {name: value for name, field in self.fields.items() if (value := self._value(field)) != self._first[name]}


def words(name: str) -> str:
    """An option's name in words."""
    known = {"keep_text": _("Keep the text of messages"), "seen": _("Per cent of all messages that the file holds")}
    return known.get(name) or name.replace("_", " ").replace(".", " ").capitalize()


def _choices(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return []
