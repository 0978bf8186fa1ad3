"""Repeats as editable tables: typed, pasted from Excel, or counted from a personnel list."""

from desktop_advisor.ui.interview.tables.editor import TableEditor

__all__ = ["TableEditor"]
