"""The advisor's workplace: an unlocked store and the content it works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from desktop_advisor.advice.network_profile import NetworkProfile, load_profile
from desktop_advisor.advice.offers import Offer, read_offers
from desktop_advisor.domain.clock import Clock, system_clock
from desktop_advisor.questionnaire.compiled import load_questionnaire
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.questionnaire.xform import XForm, read_xform
from desktop_advisor.storage.store import Store

KURZCHECK = "kurzcheck"


@dataclass(frozen=True)
class Resources:
    """The folder of forms, catalogues, network profiles and fonts that ships with the program."""

    root: Path

    @property
    def forms(self) -> Path:
        """Compiled questionnaires."""
        return self.root / "forms" / "compiled"

    @property
    def fonts(self) -> Path:
        """Source Sans 3 as TrueType."""
        return self.root / "fonts"

    @property
    def translations(self) -> Path:
        """Qt translation files."""
        return self.root / "i18n"

    def profiles(self) -> list[NetworkProfile]:
        """All network profiles, in alphabetical order of their names."""
        found = [load_profile(path) for path in sorted((self.root / "networks").glob("*.json"))]
        return sorted(found, key=lambda profile: profile.name)

    def offers(self) -> tuple[Offer, ...]:
        """The offer catalogue: training, funding, contacts."""
        return read_offers((self.root / "catalogues" / "offers.json").read_bytes())


@dataclass(frozen=True)
class Form:
    """A questionnaire ready to be asked."""

    xform: XForm
    sidecar: Sidecar


@lru_cache(maxsize=8)
def load_form(folder: Path, name: str) -> Form:
    """The compiled questionnaire of that name; forms never change while the program runs."""
    questionnaire = load_questionnaire(folder, name)
    return Form(read_xform(questionnaire.xform_bytes), questionnaire.sidecar)


@dataclass(frozen=True)
class Workplace:
    """What every use case is handed.

    author: the advisor's name, written into every change. profile: the network's branding and
    texts. folder: where store, key file and attachments lie.
    """

    store: Store
    author: str
    profile: NetworkProfile
    resources: Resources
    folder: Path
    offers: tuple[Offer, ...] = ()
    clock: Clock = field(default=system_clock)

    def form(self, name: str = KURZCHECK) -> Form:
        """A questionnaire by name. Raises a KnownError where it is missing or damaged."""
        return load_form(self.resources.forms, name)

    def close(self) -> None:
        """Lock the store."""
        self.store.close()
