"""The parts every screen is made of; import them from here.

They say what they are (`kind`, `tone`); the stylesheet says how that looks.
"""

from desktop_advisor.ui.widgets.buttons import (
    KeyButton,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
)
from desktop_advisor.ui.widgets.card import Card, HairLine, clear
from desktop_advisor.ui.widgets.check_box import CheckBox
from desktop_advisor.ui.widgets.derivation import DerivationSheet, FigureButton
from desktop_advisor.ui.widgets.field import Field, Kind
from desktop_advisor.ui.widgets.field_form import FieldForm
from desktop_advisor.ui.widgets.icons import IconLabel, icon
from desktop_advisor.ui.widgets.inputs import ChoiceBox, DateEdit, NoteEdit, PassphraseEdit
from desktop_advisor.ui.widgets.labels import (
    Heading,
    KeyHint,
    Label,
    Pill,
    SaveState,
    SmallText,
    SoftText,
    Strong,
    Text,
)
from desktop_advisor.ui.widgets.layout import (
    TwoColumns,
    column,
    grid,
    row,
    scrolling,
    spacer,
    tab_through,
)
from desktop_advisor.ui.widgets.list_row import ListRow, RowList
from desktop_advisor.ui.widgets.search import SearchField
from desktop_advisor.ui.widgets.segmented import Option, Segmented
from desktop_advisor.ui.widgets.states import Banner, EmptyState, LoadingState, ProgressLine

__all__ = [
    "Banner",
    "Card",
    "CheckBox",
    "ChoiceBox",
    "DateEdit",
    "DerivationSheet",
    "EmptyState",
    "Field",
    "FieldForm",
    "FigureButton",
    "HairLine",
    "Heading",
    "IconLabel",
    "KeyButton",
    "KeyHint",
    "Kind",
    "Label",
    "ListRow",
    "LoadingState",
    "NoteEdit",
    "Option",
    "PassphraseEdit",
    "Pill",
    "PrimaryButton",
    "ProgressLine",
    "QuietButton",
    "RowList",
    "SaveState",
    "SearchField",
    "SecondaryButton",
    "Segmented",
    "SmallText",
    "SoftText",
    "Strong",
    "Text",
    "TwoColumns",
    "clear",
    "column",
    "grid",
    "icon",
    "row",
    "scrolling",
    "spacer",
    "tab_through",
]
