"""Einstellungen: whose workplace it is, how it looks, what seals, where the data lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Screen, StatePill
from desktop_advisor.ui.settings.about import About, DataFolder
from desktop_advisor.ui.settings.appearance_card import AppearanceCard
from desktop_advisor.ui.settings.certificate_card import CertificateCard
from desktop_advisor.ui.settings.lock_card import LockCard
from desktop_advisor.ui.settings.passphrase_card import PassphraseCard
from desktop_advisor.ui.settings.person_card import PersonCard
from desktop_advisor.ui.settings.questionnaires_card import QuestionnairesCard
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import SaveState, TwoColumns, column, scrolling
from desktop_advisor.usecases.settings import Settings, save_settings, show_settings
from desktop_advisor.usecases.workplace import Workplace


class SettingsScreen(Screen):
    """Every change is saved at once; there is nothing to press at the end.

    Signals:
        appearance_changed: palette or font size was saved.
    """

    RAIL: ClassVar[Where] = Where.SETTINGS
    appearance_changed = Signal()

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self.save_state = SaveState()
        self.person = PersonCard(place.resources.profiles())
        self.appearance = AppearanceCard()
        self.passphrase = PassphraseCard(place)
        self.certificate = CertificateCard(place)
        self.locking = LockCard(place)
        left = column(self.person, self.appearance, self.locking, self.passphrase, gap=spacing.L)
        left.addStretch(1)
        self.questionnaires = QuestionnairesCard(place)
        right = column(
            self.questionnaires,
            self.certificate,
            DataFolder(place.folder),
            About(),
            gap=spacing.L,
        )
        right.addStretch(1)
        page = QWidget()
        edge = spacing.XXL
        page.setLayout(column(TwoColumns(left, right), margins=(edge, 22, edge, 22)))
        self.setLayout(column(scrolling(page)))
        self.person.changed.connect(self._save)
        self.appearance.changed.connect(self._save_appearance)
        self.certificate.changed.connect(self._note_saved)
        self.passphrase.changed.connect(self._note_saved)
        self.locking.changed.connect(self._note_saved)
        self.questionnaires.changed.connect(self._note_saved)

    def title(self) -> str:
        return self.tr("Einstellungen")

    def pills(self) -> Sequence[StatePill | QWidget]:
        return (self.save_state,)

    def refresh(self) -> None:
        settings = show_settings(self._place)
        self.person.show_settings(settings)
        self.appearance.show_settings(settings)
        self.questionnaires.show_questionnaires()
        self.certificate.read()

    def settle(self) -> bool:
        self.person.form.settle()
        return True

    def _save(self) -> None:
        save_settings(
            self._place,
            Settings(
                author=self.person.author(),
                profile_id=self.person.profile_id(),
                palette=self.appearance.palette_name(),
                scale_percent=self.appearance.scale_percent(),
                phone=self.person.phone(),
                email=self.person.email(),
                time_stamp_url=self.person.time_stamp_url(),
            ),
        )
        self._note_saved()

    def _save_appearance(self) -> None:
        self._save()
        self.appearance_changed.emit()

    def _note_saved(self) -> None:
        self.save_state.saved(self._place.clock())
