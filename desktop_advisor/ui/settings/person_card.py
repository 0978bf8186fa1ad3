"""Who advises, for which network, and how to reach that person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop_advisor.advice.network_profile import NetworkProfile
from desktop_advisor.ui.widgets import Card, Field, FieldForm, Kind, SmallText
from desktop_advisor.usecases.settings import Settings


class PersonCard(Card):
    """Name and network profile, which take effect at the next start; phone and e-mail at once.

    Signals:
        changed: a valid value was entered.
    """

    changed = Signal()

    def __init__(self, profiles: Sequence[NetworkProfile]) -> None:
        super().__init__()
        self.set_title(self.tr("Person und Netzwerk"))
        self._notes = {profile.id: profile.note for profile in profiles}
        networks = [(profile.id, profile.name) for profile in profiles]
        hint = self.tr("steht auf Übergabenotizen")
        self.form = FieldForm(
            (
                Field("author", self.tr("Ihr Name, wie er im Bericht steht"), required=True),
                Field("profile_id", self.tr("Netzwerk"), Kind.CHOICE, options=networks),
                Field("phone", self.tr("Telefon für Rückfragen"), hint=hint),
                Field("email", self.tr("E-Mail für Rückfragen"), hint=hint),
                Field(
                    "time_stamp_url",
                    self.tr("Zeitstempeldienst für Siegel (Adresse)"),
                    hint=self.tr("leer: der Ihres Netzwerks, falls es einen nennt"),
                ),
            )
        )
        self._note = SmallText()
        self.form.put_below("profile_id", self._note)
        self.add(
            self.form,
            SmallText(self.tr("Name und Netzwerk gelten ab dem nächsten Start.")),
        )
        self.form.settled.connect(lambda _key, _value: self._on_changed())

    def _on_changed(self) -> None:
        self._say_note()
        self.changed.emit()

    def _say_note(self) -> None:
        note = self._notes.get(self.profile_id(), "")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_settings(self, settings: Settings) -> None:
        """As saved."""
        self.form.put(
            {
                "author": settings.author,
                "profile_id": settings.profile_id,
                "phone": settings.phone,
                "email": settings.email,
                "time_stamp_url": settings.time_stamp_url,
            }
        )
        self._say_note()

    def author(self) -> str:
        """The name in the field."""
        return self.form.texts()["author"]

    def profile_id(self) -> str:
        """The network chosen."""
        return self.form.texts()["profile_id"]

    def phone(self) -> str:
        """How to call, "" for not given."""
        return self.form.texts()["phone"]

    def email(self) -> str:
        """Where to write, "" for not given."""
        return self.form.texts()["email"]

    def time_stamp_url(self) -> str:
        """Where sealed reports get their time stamp, "" for the network's service."""
        return self.form.texts()["time_stamp_url"]
