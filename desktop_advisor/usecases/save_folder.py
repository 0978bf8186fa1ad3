"""Where files were saved last, so that the next one is offered the same place."""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.usecases.workplace import Workplace

_SETTING = "save_folder"


def last_folder(place: Workplace) -> Path | None:
    """The folder of the last file saved; None for none, or where it is gone (a stick pulled)."""
    kept = place.store.setting(_SETTING)
    if not kept:
        return None
    try:
        return Path(kept) if Path(kept).is_dir() else None
    except OSError:
        return None


def remember_folder(place: Workplace, folder: Path) -> None:
    """The next file is offered this folder."""
    place.store.save_setting(_SETTING, str(folder))
