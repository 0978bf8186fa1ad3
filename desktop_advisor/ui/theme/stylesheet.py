"""The one application stylesheet, generated from the theme in force.

Widgets say what they are by the dynamic property `kind` (and `tone`), never how they look.
"""

from __future__ import annotations

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import Theme
from desktop_advisor.ui.theme.spacing import CARD_RADIUS, CONTROL_RADIUS
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import BOLD, FAMILY, REGULAR, SEMIBOLD, Size


def stylesheet(theme: Theme) -> str:
    """All rules; parts in the order a page is built up."""
    parts = (_surfaces, _labels, _buttons, _rail, _fields, _pills, _lists, _small_parts)
    return "\n".join(part(theme) for part in parts)


def _surfaces(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QMainWindow, QDialog, QWidget[kind="page"], QStackedWidget[kind="page"] {{ background: {t.paper}; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="clear"], QWidget[kind="clear"] {{
  background: transparent; border: none; }}
QFrame[kind="card"], QFrame[kind="menu"] {{
  background: {t.card}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
QFrame[kind="card"]:focus {{ border: 2px solid {t.main}; }}
QFrame[kind="header"] {{ background: {t.card}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[kind="rail"] {{ background: {t.card}; border: none; border-right: 1px solid {t.line}; }}
QFrame[kind="side"] {{ background: {t.card}; border: none; }}
QFrame[kind="side"][edge="right"] {{ border-right: 1px solid {t.line}; }}
QFrame[kind="side"][edge="left"] {{ border-left: 1px solid {t.line}; }}
QFrame[kind="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QToolTip {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.line}; padding: 6px; }}
"""


_LABELS = {
    "title": (Size.TITLE, SEMIBOLD, "ink"),
    "subtitle": (Size.TEXT, REGULAR, "soft"),
    "heading": (Size.LARGE, SEMIBOLD, "ink"),
    "text": (Size.TEXT, REGULAR, "ink"),
    "strong": (Size.TEXT, SEMIBOLD, "ink"),
    "soft": (Size.TEXT, REGULAR, "soft"),
    "small": (Size.SMALL, REGULAR, "soft"),
    "small-ink": (Size.SMALL, REGULAR, "ink"),
    "label": (Size.SMALL, SEMIBOLD, "soft"),
    "question": (Size.QUESTION, SEMIBOLD, "ink"),
    "figure": (Size.FIGURE, BOLD, "ink"),
    "brand": (Size.LARGE, BOLD, "ink"),
    "foot": (Size.SMALL, SEMIBOLD, "ink"),
    "error": (Size.SMALL, SEMIBOLD, "danger"),
}
"""Kind of a label → size, weight, colour."""


def _labels(theme: Theme) -> str:
    rules = [f'QLabel {{ color: {theme.tokens.ink}; font-family: "{FAMILY}"; }}']
    for kind, (size, weight, colour) in _LABELS.items():
        rules.append(
            f'QLabel[kind="{kind}"] {{ font-size: {theme.px(size)}px; font-weight: {weight};'
            f" color: {getattr(theme.tokens, colour)}; }}"
        )
    return "\n".join(rules)


def _buttons(theme: Theme) -> str:
    t = theme.tokens
    height = spacing.control_height(theme.scale) - 2
    faint = mixed(t.soft, t.card, 0.35)
    return f"""
QPushButton {{ font-size: {theme.px(Size.TEXT)}px; font-weight: {SEMIBOLD};
  color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
  border-radius: {CONTROL_RADIUS}px; min-height: {height}px; padding: 0 20px; }}
QPushButton:hover {{ border-color: {t.control_line}; background: {mixed(t.card, t.paper, 0.6)}; }}
QPushButton:focus {{ border: 2px solid {t.main}; padding: 0 19px; min-height: {height - 2}px; }}
QPushButton:pressed {{ background: {t.paper}; }}
QPushButton:disabled {{ color: {faint}; background: {t.paper}; }}
QPushButton[kind="primary"] {{ color: {t.on_main}; background: {t.main}; border-color: {t.main}; }}
QPushButton[kind="primary"]:hover {{
  background: {t.main_pressed}; border-color: {t.main_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ink}; }}
QPushButton[kind="primary"]:disabled {{
  color: {t.soft}; background: {t.line}; border-color: {t.line}; }}
QPushButton[keyed="true"] {{ text-align: left; }}
QPushButton[keyed="true"]:checked {{ background: {t.main_tint}; border: 2px solid {t.main};
  color: {t.text_on_tint(Tone.MAIN)}; padding: 0 19px; min-height: {height - 2}px; }}
QPushButton[kind="danger"] {{ color: {t.danger}; }}
QPushButton[kind="back"] {{ padding: 0; min-width: 42px; max-width: 42px; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent;
  color: {t.main}; padding: 0 12px; }}
QPushButton[kind="quiet"]:hover {{ background: {t.main_tint}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.main}; padding: 0 11px; }}
QPushButton[kind="segment"] {{ border: none; border-radius: 0; color: {t.soft};
  padding: 0 6px; background: transparent; }}
QPushButton[kind="segment"]:checked {{ background: {t.main_tint};
  color: {t.text_on_tint(Tone.MAIN)}; }}
QPushButton[kind="segment"][tone="br"] {{ color: {t.br}; }}
QPushButton[kind="segment"][tone="br"]:checked {{ background: {t.br_tint};
  color: {t.text_on_tint(Tone.BR)}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {t.main}; border-radius: 6px;
  padding: 0 4px; }}
QPushButton[kind="figure"], QPushButton[kind="big-figure"] {{ background: transparent;
  border: 2px solid transparent; padding: 0 2px; text-align: left;
  text-decoration: underline; }}
QPushButton[kind="figure"][align="right"] {{ text-align: right; }}
QPushButton[kind="big-figure"] {{ font-size: {theme.px(Size.FIGURE)}px; font-weight: {BOLD}; }}
QPushButton[kind="figure"]:hover, QPushButton[kind="big-figure"]:hover {{ color: {t.main}; }}
QPushButton[kind="figure"]:focus, QPushButton[kind="big-figure"]:focus {{
  border: 2px solid {t.main}; border-radius: 6px; padding: 0 2px; }}
QFrame[kind="segmented"] {{ background: {t.card}; border: 1px solid {t.line};
  border-radius: {CONTROL_RADIUS}px; }}
QFrame[kind="segment-line"] {{ background: {t.line}; border: none; max-width: 1px; }}
"""


def _rail(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QPushButton[kind="rail"] {{ text-align: left; border: 2px solid transparent; color: {t.ink};
  font-weight: {REGULAR}; background: transparent; padding: 0 10px; min-height: 40px; }}
QPushButton[kind="rail"]:hover {{ background: {t.paper}; }}
QPushButton[kind="rail"]:checked {{ background: {t.main_tint}; font-weight: {SEMIBOLD};
  color: {t.text_on_tint(Tone.MAIN)}; }}
QPushButton[kind="rail"]:focus {{ border: 2px solid {t.main}; padding: 0 10px;
  min-height: 40px; }}
"""


def _fields(theme: Theme) -> str:
    t = theme.tokens
    height = spacing.control_height(theme.scale) - 2
    return f"""
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QAbstractSpinBox {{
  font-size: {theme.px(Size.TEXT)}px; color: {t.ink}; background: {t.card};
  border: 1px solid {t.control_line}; border-radius: {CONTROL_RADIUS}px; padding: 0 12px;
  selection-background-color: {t.main}; selection-color: {t.on_main}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {height}px; }}
QLineEdit[kind="search"] {{ padding-left: 4px; }}
QLineEdit[kind="search"]:focus {{ padding-left: 3px; }}
QPlainTextEdit, QTextEdit {{ padding: 8px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus {{
  border: 2px solid {t.main}; padding: 0 11px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ min-height: {height - 2}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 7px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{
  border: 2px solid {t.danger}; padding: 0 11px; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ min-height: {height - 2}px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{
  color: {t.soft}; background: {t.paper}; }}
QLineEdit[readOnly="true"] {{ background: {t.paper}; }}
QComboBox::drop-down {{ border: none; width: 32px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {t.card}; color: {t.ink};
  border: 1px solid {t.line}; selection-background-color: {t.main_tint};
  selection-color: {t.ink}; outline: none; padding: 4px; }}
QComboBox QAbstractItemView::item {{ min-height: 36px; padding: 0 8px; }}
QRadioButton {{ font-size: {theme.px(Size.TEXT)}px; color: {t.ink}; spacing: 10px;
  min-height: {spacing.TARGET - 4}px; border: 2px solid transparent; border-radius: 6px; }}
QRadioButton:focus {{ border: 2px solid {t.main}; }}
"""


def _pills(theme: Theme) -> str:
    t = theme.tokens
    rules = [
        f'QLabel[kind="pill"] {{ font-size: {theme.px(Size.SMALL)}px; padding: 4px 11px;'
        f" border: 1px solid transparent; border-radius: {round(9 * theme.scale) + 4}px; }}",
        f'QLabel[kind="key"] {{ font-size: {theme.px(Size.SMALL)}px; font-weight: {SEMIBOLD};'
        f" color: {t.soft}; background: {t.paper}; border: 1px solid {t.line};"
        " border-bottom-width: 2px; border-radius: 5px; padding: 0 7px; }",
    ]
    for tone in Tone:
        edge = t.line if tone is Tone.NEUTRAL else t.tint(tone)
        rules.append(
            f'QLabel[kind="pill"][tone="{tone}"] {{ color: {t.text_on_tint(tone)};'
            f" background: {t.tint(tone)}; border-color: {edge}; }}"
        )
        rules.append(
            f'QPushButton[kind="pill"][tone="{tone}"] {{ color: {t.text_on_tint(tone)};'
            f" background: {t.tint(tone)}; font-size: {theme.px(Size.SMALL)}px;"
            f" border-color: {mixed(t.tint(tone), t.stroke(tone), 0.35)}; padding: 0 14px; }}"
            f'QPushButton[kind="pill"][tone="{tone}"]:focus {{'
            f" border: 2px solid {t.main}; padding: 0 13px; }}"
        )
        rules.append(
            f'QFrame[kind="banner"][tone="{tone}"] {{ background: {t.tint(tone)};'
            f" border: 1px solid {mixed(t.tint(tone), t.stroke(tone), 0.35)};"
            f" border-radius: {CARD_RADIUS}px; }}"
        )
    return "\n".join(rules)


def _lists(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QFrame[kind="row"] {{ background: transparent; border: 2px solid transparent;
  border-radius: {CONTROL_RADIUS}px; }}
QFrame[kind="row"][pressable="true"]:hover {{ background: {t.paper}; }}
QFrame[kind="row"]:focus {{ border: 2px solid {t.main}; }}
QFrame[kind="row"][chosen="true"] {{ background: {t.main_tint}; }}
QFrame[kind="version"] {{ background: {t.card}; border: 1px solid {t.line};
  border-radius: {CARD_RADIUS}px; }}
QFrame[kind="version"][chosen="true"] {{ background: {t.main_tint}; border: 2px solid {t.main}; }}
QListView, QTableView, QTreeView {{ background: {t.card}; color: {t.ink};
  border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; gridline-color: {t.line};
  selection-background-color: {t.main_tint}; selection-color: {t.ink}; outline: none; }}
QListView:focus, QTableView:focus, QTreeView:focus {{ border: 2px solid {t.main}; }}
QListView[kind="bare"], QListView[kind="bare"]:focus, QTableView[kind="bare"],
QTableView[kind="bare"]:focus {{ border: none; background: transparent; }}
QHeaderView::section {{ background: {t.card}; color: {t.soft}; border: none;
  border-bottom: 1px solid {t.line}; padding: 8px; font-size: {theme.px(Size.SMALL)}px;
  font-weight: {SEMIBOLD}; }}
"""


def _small_parts(theme: Theme) -> str:
    t = theme.tokens
    handle = mixed(t.line, t.soft, 0.3)
    return f"""
QProgressBar {{ background: {t.paper}; border: 1px solid {t.line}; border-radius: 4px;
  min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.main}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; min-height: 32px;
  min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.soft}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 10px 20px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.main_tint}; }}
QTabBar::tab {{ min-height: 40px; padding: 0 16px; color: {t.soft};
  border-bottom: 2px solid transparent; font-weight: {SEMIBOLD}; }}
QTabBar::tab:selected {{ color: {t.main}; border-bottom: 2px solid {t.main}; }}
"""
