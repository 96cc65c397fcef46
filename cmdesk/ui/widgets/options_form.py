"""A form for an options struct: a check box for yes and no, a list for choices, a field for the rest. Its answer is texts by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import label, tip

_NOT_GUESSED = ("adds_to", "on", "relation")


class OptionsForm(QWidget):
    """`changed` when an answer changes; `values()` holds what differs from the defaults. Fields in `without` are asked elsewhere."""

    changed = Signal()

    def __init__(self, kind: type[msgspec.Struct], more: dict[str, bool | str] | None = None, without: Collection[str] = ()) -> None:
        super().__init__()
        self.fields: dict[str, QWidget] = {}
        self._first: dict[str, str] = {}
        form = QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        hints = get_type_hints(kind)
        for field in msgspec.structs.fields(kind):
            if field.encode_name in without:
                continue
            default = field.default if field.default is not msgspec.NODEFAULT else ""
            self._add(form, field.encode_name, hints.get(field.name, str), default)
        for name, value in (more or {}).items():
            self._add(form, name, type(value), value)

    def _add(self, form: QVBoxLayout, name: str, kind: Any, default: Any) -> None:
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
            made.setPlaceholderText(_("guessed from the file") if default in (None, "") and name not in _NOT_GUESSED else "")
            made.editingFinished.connect(self.changed.emit)
        made.setAccessibleName(title)
        made.setToolTip(tip(hint(name)))
        made.setAccessibleDescription(hint(name))
        self.fields[name] = made
        self._first[name] = self._value(made)
        if kind is not bool:
            form.addWidget(label(title, "muted"))
        form.addWidget(made)
        if name == "columns":
            form.addWidget(label(hint(name), "small", wrap=True))

    @staticmethod
    def _value(field: QWidget) -> str:
        if isinstance(field, QCheckBox):
            return "yes" if field.isChecked() else "no"
        if isinstance(field, QComboBox):
            return str(field.property("choices")[max(0, field.currentIndex())])
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def fill(self, answers: Mapping[str, str]) -> None:
        """Show answers that were given before; nobody is told."""
        for name, text in answers.items():
            field = self.fields.get(name)
            if field is None:
                continue
            field.blockSignals(True)
            if isinstance(field, QCheckBox):
                field.setChecked(text == "yes")
            elif isinstance(field, QComboBox):
                choices = list(field.property("choices"))
                field.setCurrentIndex(choices.index(text) if text in choices else 0)
            elif isinstance(field, QLineEdit):
                field.setText(text)
            field.blockSignals(False)

    def values(self) -> dict[str, str]:
        """Answers that differ from what the importer would do by itself."""
        return {name: value for name, field in self.fields.items() if (value := self._value(field)) != self._first[name]}


def words(name: str) -> str:
    """An option's name in words."""
    known = {
        "keep_text": _("Keep the text of messages"), "direct_messages": _("Read direct messages too"),
        "former_members": _("Keep who left a channel as its former member"), "unit_field": _("Profile field with the department"),
        "expertise_field": _("Profile field with the expertise"), "columns": _("Columns"), "delimiter": _("Between the columns"),
        "encoding": _("Encoding of the text"), "sheet": _("Sheet"), "source": _("Name of this source"), "date_order": _("Order in dates"),
        "relation": _("What a tie is"), "directed": _("A tie holds one way only"),
        "adds_to": _("Adds to this export"), "header": _("Header"), "on": _("So it was on"),
        "seen": _("Per cent of all messages that the file holds"),
    }  # fmt: skip
    return known.get(name) or name.replace("_", " ").replace(".", " ").capitalize()


def hint(name: str) -> str:
    """What one may answer, where a title does not tell."""
    known = {
        "columns": _("Where the guess is wrong: what a column holds = its head, as in “name=Full name; unit=Team”. “unit=” takes the guess away."),
        "delimiter": _("One character, or tab or space."), "date_order": _("dmy, mdy or ymd."),
        "source": _("Files with the same name here belong together: the same key is the same person."),
        "keep_text": _("Without it only facts about a message are kept: when, who, how long, a question or not."),
    }
    return known.get(name, "")


def _choices(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return []
