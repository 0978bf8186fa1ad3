"""Prüfen: drop or choose a PDF and read whether it is unchanged, and why."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.signing.verification import Outcome, Point, Verdict
from desktop_advisor.ui.destinations import Destination
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    IconLabel,
    Label,
    LoadingState,
    SecondaryButton,
    SmallText,
    SoftText,
    Strong,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.reporting import verify_file, verify_report

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

TONES = {
    Outcome.VALID: Tone.GOOD,
    Outcome.VALID_BUT_UNKNOWN_ISSUER: Tone.ATTENTION,
    Outcome.CHANGED: Tone.DANGER,
    Outcome.NOT_CHECKABLE: Tone.DANGER,
}


class VerifyPanel(QWidget):
    """A place to drop a PDF, and the verdict on it.

    Attributes:
        verdict: the last one, None before the first.
    """

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.verdict: Verdict | None = None
        self.setAcceptDrops(True)
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.choose = SecondaryButton(self.tr("PDF wählen …"), "folder")
        self.choose.clicked.connect(self.choose_file)
        self._answer = QVBoxLayout()
        self._answer.setSpacing(L)
        inside = QWidget()
        middle = column(
            self.trouble, self._drop_card(), self._answer, spacer(), gap=L, margins=(0, 0, 0, XXL)
        )
        inside.setLayout(middle)
        inside.setMaximumWidth(theme().px(760))
        line = row(margins=(XXL, XXL - 2, XXL, 0), gap=0)
        line.addStretch(1)
        line.addWidget(inside, 8)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self.setLayout(column(scrolling(holder), gap=0))

    def _drop_card(self) -> Card:
        card = Card(self.tr("Ist dieses PDF unverändert?"), self.choose)
        card.add(
            SoftText(
                self.tr(
                    "Ziehen Sie einen Bericht hierher oder wählen Sie ihn. Geprüft wird auf "
                    "diesem Gerät, ohne Netz; die Datei wird nicht gespeichert."
                )
            )
        )
        return card

    # -- asking ------------------------------------------------------------------------------

    def check_report(self, report_id: uuid.UUID, name: str) -> None:
        """Check a sealed report of the company file."""
        self._run(name, lambda: verify_report(self._place, report_id))

    def check_file(self, path: Path) -> None:
        """Check a file from outside."""
        self._run(path.name, lambda: verify_file(self._place, path))

    def choose_file(self) -> None:
        """Ask which file."""
        found, _ = QFileDialog.getOpenFileName(
            self, self.tr("PDF wählen"), "", self.tr("PDF-Dateien (*.pdf)")
        )
        if found:
            self.check_file(Path(found))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_pdf(event)
        if path is not None:
            event.acceptProposedAction()
            self.check_file(path)

    def _run(self, name: str, work: Callable[[], Verdict]) -> None:
        self.verdict = None
        self.trouble.say_nothing()
        clear(self._answer)
        self._answer.addWidget(LoadingState(self.tr("{0} wird geprüft.").format(name)))

        def check(_control: Control) -> Verdict:
            return work()

        run_task(
            self,
            check,
            on_done=lambda verdict: self.show_verdict(name, verdict),
            on_failed=self._on_trouble,
        )

    def _on_trouble(self, error: Exception) -> None:
        clear(self._answer)
        if isinstance(error, OSError):
            self.trouble.say(self.tr("Die Datei lässt sich nicht lesen."))
        else:
            self.trouble.say_error(error)

    # -- answering ---------------------------------------------------------------------------

    def show_verdict(self, name: str, verdict: Verdict) -> None:
        """The headline first, then the four points with their reasons."""
        self.verdict = verdict
        clear(self._answer)
        tone = TONES[verdict.outcome]
        card = Card()
        mark = IconLabel("check" if verdict.is_intact else "warning", tone, 32)
        words = column(Label(verdict.headline, "title", wrap=True), SmallText(name), gap=0)
        head = row(gap=L)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        card.add(head, M)
        for point in verdict.points:
            card.add(self._point(point))
        if verdict.signer:
            card.add(M, *self._seal_lines(verdict))
        card.setAccessibleName(verdict.headline)
        self._answer.addWidget(card)

    def _point(self, point: Point) -> QWidget:
        name, tone, said = {
            True: ("check", Tone.GOOD, self.tr("erfüllt")),
            False: ("close", Tone.DANGER, self.tr("nicht erfüllt")),
            None: ("info", Tone.NEUTRAL, self.tr("nicht gefragt")),
        }[point.holds]
        line = row(gap=M, margins=(0, S // 2, 0, S // 2))
        line.addWidget(IconLabel(name, tone, 18, said), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(Strong(point.title), SmallText(point.reason), gap=0), 1)
        holder = QWidget()
        holder.setLayout(line)
        holder.setAccessibleName(f"{point.title}: {said}. {point.reason}")
        return holder

    def _seal_lines(self, verdict: Verdict) -> list[QWidget]:
        said = verdict.sealed_by
        if verdict.sealed_at is not None:
            moment = verdict.sealed_at.astimezone(BERLIN)
            said += self.tr(" am {0} um {1}, Uhr des Rechners").format(
                short_date(moment.date()), clock_time(moment)
            )
        lines: list[QWidget] = [Label(said, "small-ink", wrap=True)]
        if verdict.fingerprint:
            groups = [verdict.fingerprint[i : i + 4].upper() for i in range(0, 32, 4)]
            words = self.tr("Fingerabdruck des Zertifikats {0} …").format(" ".join(groups))
            lines.append(SmallText(words))
        return lines


def _dropped_pdf(event: QDropEvent) -> Path | None:
    """The one local PDF that is being dropped."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == ".pdf" else None


class VerifyScreen(Screen):
    """The panel as a screen of its own."""

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self.panel = VerifyPanel(place)
        self.setLayout(column(self.panel, gap=0))

    def title(self) -> str:
        return self.tr("Bericht prüfen")

    def primary(self) -> Action | None:
        return Action(self.tr("PDF wählen …"), self.panel.choose_file)
