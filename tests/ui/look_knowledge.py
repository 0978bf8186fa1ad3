"""Pictures of Wissen & Angebote to judge by eye: `python -m tests.ui.look_knowledge OUTDIR`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.knowledge.screen import KnowledgeScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from tests.ui.look import LOOKS, pause
from tests.ui.sample import RESOURCES, furnished_workplace

STATES = (
    ("anfang", "", "", "all"),
    ("suche", "", "foerderung energie", "all"),
    ("artikel", "paragraf-82", "", "all"),
    ("angebot", "regionales-wachstum-land", "", "funding"),
    ("notiz", "", "ofen", "note"),
    ("nichts", "", "mondlandung", "all"),
    ("vertippt", "", "wissenstafette", "all"),
)
"""Name, focus, what is typed, kind."""


def main(folder: Path, wanted: str = "") -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        app = create_application(RESOURCES, "light")
        place = furnished_workplace(Path(scratch) / "full")
        for look, palette, size, scale in LOOKS:
            apply_theme(app, network_tokens(palette, place.profile), scale)
            for name, focus, words, kind in STATES:
                if wanted not in f"{name}-{look}":
                    continue
                window = MainWindow(place, start=Destination(Where.KNOWLEDGE, focus=focus))
                window.resize(*size)
                window.show()
                screen = window.screen_shown
                assert isinstance(screen, KnowledgeScreen)
                screen.kind.set_value(kind)
                screen.kind.chosen.emit(kind)
                screen.search.setText(words)
                pause(1500)
                window.grab().save(str(folder / f"wissen-{name}-{look}.png"))
                window.close()
                window.deleteLater()
        place.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
