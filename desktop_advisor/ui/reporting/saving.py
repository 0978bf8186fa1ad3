"""Asking where a file goes, beginning where the last one went; the first time at home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_advisor.usecases.save_folder import last_folder, remember_folder

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


def ask_target(parent: QWidget, place: Workplace, title: str, name: str, kinds: str) -> Path | None:
    """The file chosen; None where the advisor thought better of it. kinds: Qt's filter."""
    offered = str((last_folder(place) or Path.home()) / name)
    keep = QFileDialog.Option.DontConfirmOverwrite  # no file is ever replaced, so do not ask
    found, _ = QFileDialog.getSaveFileName(parent, title, offered, kinds, "", keep)
    if not found:
        return None
    target = Path(found)
    remember_folder(place, target.parent)
    return target


def ask_folder(parent: QWidget, place: Workplace, title: str) -> Path | None:
    """The folder chosen; None where the advisor thought better of it."""
    folder = last_folder(place) or Path.home()
    found = QFileDialog.getExistingDirectory(parent, title, str(folder))
    if not found:
        return None
    remember_folder(place, Path(found))
    return Path(found)
