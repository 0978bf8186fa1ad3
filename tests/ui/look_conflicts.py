"""Pictures of conflicts and duplicates: `python -m tests.ui.look_conflicts OUTDIR [part]`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.conflicts import Rule
from desktop_advisor.usecases.duplicates import proposals
from desktop_advisor.usecases.merged_files import merge
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.disputes import disagree
from tests.ui.look import LOOKS, pause
from tests.ui.sample import RESOURCES
from tests.usecases.laptops import two_laptops

FOUNDRY = CompanyDraft(
    name="Gießerei Muldental GmbH", postcode="08056", town="Zwickau", heads="118", street="Hang 3"
)
TWIN = CompanyDraft(
    name="Giesserei Muldenthal", postcode="08056", heads="121", website="muldental-guss.de"
)


def screens(place: Workplace) -> Iterator[tuple[str, MainWindow]]:
    """Every state worth looking at."""
    window = MainWindow(place, start=Destination(Where.CONFLICTS))
    screen = window.screen_shown
    keys = [d.key for d in screen._disputes]  # type: ignore[union-attr]
    yield "fassungen", window
    screen.open_field(next(k for k in keys if k[2] == "steps"))  # type: ignore[union-attr]
    screen.comparison.choose(2)  # type: ignore[union-attr]
    yield "fassungen-text", window
    answer = next(d for d in screen._disputes if d.key[0] == "answer" and not d.is_covered)  # type: ignore[union-attr]
    screen.open_field(answer.key)  # type: ignore[union-attr]
    yield "fassungen-antwort", window
    covered = next(d for d in screen._disputes if d.is_covered)  # type: ignore[union-attr]
    screen.open_field(covered.key)  # type: ignore[union-attr]
    yield "fassungen-verdeckt", window
    screen.preview_batch("all", Rule.MINE)  # type: ignore[union-attr]
    yield "fassungen-vorschau", window
    screen.confirm()  # type: ignore[union-attr]
    yield "fassungen-entschieden", window
    window.open(Destination(Where.SYNCHRONISE))
    window.open(Destination(Where.CONFLICTS))
    screen = window.screen_shown
    yield "fassungen-zuletzt", window
    screen.undo()  # type: ignore[union-attr]
    window.open(Destination(Where.COMPANIES))
    yield "doppelt-hinweis", window
    window.open(Destination(Where.COMPANIES, create=True))
    form = window.screen_shown.form.form  # type: ignore[union-attr]
    form.put({"name": "Gießerei Muldental", "postcode": "08056"})
    form.settled.emit("postcode", "08056")
    yield "doppelt-neu", window
    window.open(Destination(Where.DUPLICATES))
    yield "doppelt", window
    found = proposals(place)
    window.screen_shown.ask_to_merge(found[0])  # type: ignore[union-attr]
    QTest.qWait(50)
    yield "doppelt-vorschau", window
    first, second = found[0].first.company_id, found[0].second.company_id
    merge(place, first, second, {})
    window.open(Destination(Where.COMPANY, company_id=first))
    yield "doppelt-akte", window
    window.open(Destination(Where.COMPANY, company_id=second))
    yield "doppelt-akte-zweite", window
    window.open(Destination(Where.DUPLICATES))
    yield "doppelt-leer", window


def main(folder: Path, wanted: str = "") -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_application(RESOURCES, "light")
    for look, palette, size, scale in LOOKS:
        if wanted not in look:
            continue
        with tempfile.TemporaryDirectory() as scratch, two_laptops(Path(scratch)) as pair:
            disagree(pair)
            for draft in (FOUNDRY, TWIN):
                create_company(pair.jana, draft)
            apply_theme(app, network_tokens(palette, pair.jana.profile), scale)
            for name, window in screens(pair.jana):
                window.resize(*size)
                window.show()
                pause()
                window.grab().save(str(folder / f"{name}-{look}.png"))
            window.close()
            window.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
