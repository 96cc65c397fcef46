"""The one style sheet, made from the theme's tokens. Roles are set as dynamic properties (`kind`), never by object name."""

from __future__ import annotations

from string import Template

_SHEET = Template(
    """
* { outline: 0; }
QWidget { font-size: 13px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 6px 8px; }
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 22px; font-weight: 600; }
QLabel[kind="heading"] { font-size: 15px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="small"] { color: $muted; font-size: 12px; }
QLabel[kind="number"] { font-size: 22px; font-weight: 600; }
QLabel[kind="pill"] { background: $warn_back; color: $partly; border: 1px solid $partly; border-radius: 9px; padding: 1px 10px; min-height: 18px; font-size: 12px; }
QLabel[kind="fits"] { color: $fits; font-weight: 600; }
QLabel[kind="bad_words"] { color: $not_yet; font-size: 12px; }
QLabel[kind="partly"] { color: $partly; font-weight: 600; }
QLabel[kind="not_yet"] { color: $not_yet; font-weight: 600; }
QLabel[kind="no_verdict"] { color: $no_verdict; font-weight: 600; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="card"]:focus, QFrame[kind="info"]:focus { border: 2px solid $accent; }
QFrame[kind="drop"] { background: $surface; border: 1px dashed $edge; border-radius: 8px; }
QFrame[kind="drop"][over="true"] { background: $selected; border: 2px solid $accent; }
QFrame[kind="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[kind="topbar"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[kind="rail"] { background: $rail; border: 0; border-right: 1px solid $line; }
QFrame[kind="inspector"] { background: $surface; border: 0; border-left: 1px solid $line; }
QFrame[kind="status"] { background: $rail; border: 0; border-top: 1px solid $line; }
QFrame[kind="info"] { background: $selected; border: 0; border-radius: 8px; }
QFrame[kind="good"] { background: $good_back; border: 0; border-radius: 8px; }
QFrame[kind="warn"] { background: $warn_back; border: 0; border-radius: 8px; }
QFrame[kind="bad"] { background: $bad_back; border: 0; border-radius: 8px; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $edge; border-radius: 8px; }

QPushButton { background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 12px; min-height: 30px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 0 10px; min-height: 28px; }
QPushButton:disabled { color: $edge; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[kind="link"] { background: transparent; color: $accent; border: 1px solid transparent; padding: 0 4px; min-height: 24px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; border-radius: 4px; }
QPushButton[kind="flat"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:checked { background: $selected; }
QPushButton[kind="flat"]:focus { border: 1px solid $accent; }
QPushButton[kind="choice"] { text-align: left; padding: 0 12px; }
QPushButton[kind="choice"]:checked { background: $selected; border: 2px solid $accent; padding: 0 10px; }
QPushButton::menu-indicator { width: 0; }

QLineEdit, QSpinBox, QDateEdit, QComboBox, QPlainTextEdit {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 8px; min-height: 30px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0 7px; min-height: 28px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; background: transparent; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus { border: 0; padding: 0; min-height: 0; background: transparent; }
QPlainTextEdit { padding: 6px 8px; }
QPlainTextEdit:focus { padding: 5px 7px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled { color: $edge; border-color: $line; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 20px; background: transparent; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; selection-background-color: $selected; selection-color: $text; }

QTableView { background: $surface; border: 1px solid $line; border-radius: 8px; gridline-color: transparent;
  selection-background-color: $selected; selection-color: $text; }
QTableView:focus { border: 1px solid $accent; }
QTableView::item { padding: 0 8px; border: 0; border-bottom: 1px solid $line; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $selected; color: $text; }
QHeaderView { background: $surface; border: 0; border-radius: 8px; }
QHeaderView::section { background: $surface; color: $muted; border: 0; border-bottom: 1px solid $line; padding: 0 11px; height: 34px; font-size: 12px; }
QHeaderView::section:hover { color: $text; }
QListWidget { background: $surface; border: 0; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $selected; color: $text; }

QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea[kind="plain"] { background: transparent; border: 0; }
QAbstractScrollArea::corner, QTableCornerButton::section { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenuBar { background: $rail; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $selected; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QSplitter::handle { background: transparent; }
"""
)


def style_sheet(colours: dict[str, str]) -> str:
    """The sheet with `colours` filled in."""
    return _SHEET.substitute(colours)
