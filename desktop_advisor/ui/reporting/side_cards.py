"""Beside the pages: what the signatures are worth, and the versions so far."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    Field,
    Kind,
    Label,
    ListRow,
    Pill,
    SecondaryButton,
    SmallText,
    clear,
)
from desktop_advisor.ui.widgets.field_form import FieldLine
from desktop_advisor.usecases.company_file import ReportView


class WorthCard(Card):
    """The truth about signatures and seal, and the checksum people can compare (domain §6)."""

    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate("WorthCard", "Was die Unterschriften wert sind")
        )
        self.heading.setWordWrap(True)
        self.add(
            SmallText(
                self.tr(
                    "Gezeichnete Unterschriften sind einfache elektronische Signaturen, ohne "
                    "Prüfung der Identität. Gespeichert wird nur das Bild, weder Druck noch "
                    "Tempo. Das Siegel danach macht jede spätere Änderung erkennbar; "
                    "es ist keine qualifizierte Signatur."
                )
            )
        )
        self._checksum = Label("", "foot")
        self.add(self._checksum)

    def show_checksum(self, checksum: str) -> None:
        """The first digits of the content's hash."""
        self._checksum.setText(self.tr("Prüfsumme {0}").format(checksum))
        self._checksum.setToolTip(
            self.tr("Prüfsumme des Inhalts; sie bleibt gleich, bis der Inhalt sich ändert.")
        )


class VersionsCard(Card):
    """Sealed versions, newest first, and the way to a correction.

    Signals:
        chosen: id of the version to show.
        correction_wanted: the reason; the next version should be made.
    """

    chosen = Signal(object)
    correction_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("VersionsCard", "Fassungen"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        self.correct = SecondaryButton("")
        self.correct.clicked.connect(lambda _checked: self._ask_why())
        self.reason = FieldLine(Field("reason", self.tr("Grund der neuen Fassung"), Kind.NOTE))
        self.reason.hide()
        self.level = SmallText("")
        self.body.addLayout(self._rows)
        self.body.addWidget(self.level)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.correct)
        self.rows: dict[uuid.UUID, ListRow] = {}

    def show_versions(self, versions: Sequence[ReportView], shown: uuid.UUID | None) -> None:
        """These versions; `shown` is on the desk, None for the draft of the next one."""
        clear(self._rows)
        self.rows = {}
        for version in versions:
            made = self._row(version)
            made.set_chosen(version.report_id == shown)
            if version.report_id == shown:
                self.level.setText(self._level_words(version))
            self.rows[version.report_id] = made
            self._rows.addWidget(made)
        following = versions[0].version + 1 if versions else 1
        self.correct.setText(self.tr("Fassung {0} erstellen").format(following))
        self.correct.setToolTip(
            self.tr("Eine Korrektur ist eine neue Fassung, die diese ersetzt und sie nennt.")
        )
        self.correct.setVisible(shown is not None)
        self.level.setVisible(shown is not None)
        self.reason.put("")
        self.reason.hide()
        self.setVisible(bool(versions))

    def _level_words(self, version: ReportView) -> str:
        words = {
            "B-T": self.tr("Das Siegel trägt einen Zeitstempel (PAdES-B-T)."),
            "B-LT": self.tr(
                "Das Siegel trägt Zeitstempel und alle Nachweise für spätere Jahre (PAdES-B-LT)."
            ),
        }.get(version.level, self.tr("Das Siegel trägt keinen Zeitstempel (PAdES-B-B)."))
        unbroken = words.replace("PAdES-B-", "PAdES\u2011B\u2011")
        return f"{unbroken} {version.upgrade_note}".strip()

    def _ask_why(self) -> None:
        """First the reason, which stands in the report; then the version."""
        reason = self.reason.raw().strip()
        if self.reason.isHidden():
            self.reason.show()
            self.reason.edit.setFocus()
        elif reason:
            self.correction_wanted.emit(reason)
        else:
            self.reason.say(self.tr("Bitte nennen Sie den Grund in einem Satz."))

    def _row(self, version: ReportView) -> ListRow:
        pill = Pill(self.tr("final"), Tone.GOOD)
        if version.is_replaced:
            pill = Pill(self.tr("ersetzt"), Tone.NEUTRAL)
        detail = version.sealed_by
        if version.sealed_at is not None:
            moment = version.sealed_at.astimezone(BERLIN)
            detail = f"{short_date(moment.date())}, {clock_time(moment)} · {detail}"
        title = self.tr("Fassung {0}").format(version.version)
        made = ListRow(title, detail, trail=(pill,), arrow=False)
        made.pressed.connect(lambda: self.chosen.emit(version.report_id))
        return made
