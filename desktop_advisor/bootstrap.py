"""Wires the parts: where resources and data lie, and the window on top of them."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path

from desktop_advisor.usecases.workplace import Resources

APPLICATION = "Desktop Advisor"


def find_resources() -> Resources:
    """The resources folder: bundled in a frozen build, inside a wheel, or beside the checkout."""
    package = Path(__file__).resolve().parent
    candidates = [
        Path(getattr(sys, "_MEIPASS", package)) / "resources",
        package / "_resources",
        package.parent / "resources",
    ]
    return Resources(next((path for path in candidates if path.is_dir()), candidates[-1]))


def data_folder() -> Path:
    """Where the encrypted store lies on this system."""
    return user_data_path(APPLICATION, appauthor=False)


def open_window(folder: Path, arguments: list[str]) -> int:
    """Run the program until its window is closed; the exit code."""
    from desktop_advisor.ui.app import run_application

    return run_application(find_resources(), folder, arguments)


def open_preview(file: Path, arguments: list[str]) -> int:
    """Run the preview of a questionnaire workbook until its window is closed; the exit code."""
    from desktop_advisor.ui.preview.window import run_preview

    return run_preview(find_resources(), file, arguments)
