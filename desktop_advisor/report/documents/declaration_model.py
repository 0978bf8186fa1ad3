"""What every declaration of a company has in common: who declares, what is missing, who signs."""

from __future__ import annotations

import msgspec

COMPANY_DATA = "Firmenakte, Karte „Unternehmensdaten“"
GROUP = "Firmenakte, Karte „Unternehmensgruppe und KMU-Klasse“"
AIDS = "Firmenakte, Karte „De-minimis-Beihilfen“"
PEOPLE = "Firmenakte, Beteiligte des Termins"
"""Where something is entered, as the screen calls it."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What is missing and where it is entered."""

    what: str
    where: str

    @property
    def sentence(self) -> str:
        """As printed."""
        return f"fehlt: {self.what}, einzutragen unter {self.where}"


class Declarant(msgspec.Struct, frozen=True, kw_only=True):
    """The company that declares; "" where nothing is known.

    register: court and number. no_register: why there need be none, "" where one is expected.
    signer: who usually signs for it, function beside the name.
    """

    name: str
    legal_form: str = ""
    street: str = ""
    town: str = ""
    register: str = ""
    no_register: str = ""
    vat_id: str = ""
    signer: str = ""
    function: str = ""

    @property
    def address(self) -> str:
        """On one line; "" where any part of it is missing."""
        return f"{self.street}, {self.town}" if self.street and self.town else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each line; "" where it is missing."""
        return (
            ("Unternehmen", self.name),
            ("Rechtsform", self.legal_form),
            ("Anschrift", self.address),
            ("Registergericht und Nummer", self.register or self.no_register),
            ("USt-IdNr.", self.vat_id),
        )

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing of it."""
        missing = [Gap(what=label, where=COMPANY_DATA) for label, value in self.facts if not value]
        if not self.signer:
            missing.append(Gap(what="Name und Funktion der unterzeichnenden Person", where=PEOPLE))
        return tuple(missing)
