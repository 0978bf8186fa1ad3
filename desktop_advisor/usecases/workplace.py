"""The advisor's workplace: an unlocked store and the content it works with."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from desktop_advisor.advice.articles import Article, read_article
from desktop_advisor.advice.network_profile import NetworkProfile
from desktop_advisor.advice.offers import CATALOGUE, Offer, join_offers, read_offers
from desktop_advisor.advice.resource_files import broken
from desktop_advisor.advice.sentences import read_sentences
from desktop_advisor.domain.clock import Clock, system_clock
from desktop_advisor.domain.language import GERMAN, Language
from desktop_advisor.questionnaire.compiled import (
    BrokenQuestionnaire,
    load_questionnaire,
)
from desktop_advisor.questionnaire.compiled import available as compiled_names
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.questionnaire.xform import XForm, read_xform
from desktop_advisor.storage.errors import DiskFull
from desktop_advisor.storage.store import Store
from desktop_advisor.usecases.networks import PROFILE, Network, read_network, read_networks

KURZCHECK = "kurzcheck"
_PACKING_S = 0.5
PUBLISHED, CURRENT = "content", "current"
"""Folder of published contents in the data folder, and its file that names the one in force."""


@dataclass(frozen=True)
class Resources:
    """The folder of forms, catalogues, network profiles and fonts that ships with the program.

    published: where `usecases.content_bundles` puts what the network has published, which goes
    before the program's own; None for nothing of that kind.
    """

    root: Path
    published: Path | None = None

    @property
    def content(self) -> Path | None:
        """The folder of published content in force: forms, catalogues, networks."""
        if self.published is None:
            return None
        try:
            name = (self.published / CURRENT).read_text(encoding="ascii")
        except (OSError, ValueError):
            return None
        folder = self.published / name
        return folder if re.fullmatch(r"v[0-9a-f-]+", name) and folder.is_dir() else None

    def form_home(self, name: str) -> Path:
        """The folder that holds the compiled form of that name: the published one first."""
        published = self.content
        if published is not None and (published / "forms" / f"{name}.json").is_file():
            return published / "forms"
        return self.forms

    def form_names(self) -> list[str]:
        """Names of the program's and the published questionnaires, sorted."""
        published = self.content
        more = compiled_names(published / "forms") if published is not None else []
        return sorted({*compiled_names(self.forms), *more})

    def network_folder(self, network_id: str) -> Path:
        """The folder of that network: the published one first."""
        published = self.content
        if published is not None and (published / "networks" / network_id / PROFILE).is_file():
            return published / "networks" / network_id
        return self.networks / network_id

    def catalogue(self, name: str) -> Path:
        """The file of a catalogue: the published one first."""
        published = self.content
        if published is not None and (published / "catalogues" / name).is_file():
            return published / "catalogues" / name
        return self.root / "catalogues" / name

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
        """German sentence → another language's, a file for each."""
        return self.root / "i18n"

    @property
    def networks(self) -> Path:
        """One folder per network."""
        return self.root / "networks"

    def profiles(self) -> list[NetworkProfile]:
        """All network profiles that can be read, in alphabetical order of their names."""
        published = self.content
        more = read_networks(published / "networks")[0] if published is not None else []
        found = {
            made.profile.id: made.profile for made in (*read_networks(self.networks)[0], *more)
        }
        return sorted(found.values(), key=lambda profile: profile.name)

    def network(self, network_id: str) -> Network:
        """The network of that folder. Raises BrokenResource where it is missing or damaged."""
        return read_network(self.network_folder(network_id))

    def language(self, code: str) -> Language:
        """The sentences a report is made of in that language. Raises BrokenResource.

        German needs no file: its sentences stand in the program.
        """
        if code == GERMAN:
            return Language()
        path = self.translations / f"report.{code}.json"
        return Language(code, _sentences(path, _stamp(path)))

    def offers(self) -> tuple[Offer, ...]:
        """The catalogue that all networks share: training, funding, contacts."""
        return read_offers(self.catalogue(CATALOGUE).read_bytes())

    def offers_of(self, network: Network) -> tuple[Offer, ...]:
        """The shared catalogue and the network's own; raises BrokenResource naming each clash."""
        own = f"{network.profile.id}/{CATALOGUE}"
        return join_offers((CATALOGUE, self.offers()), (own, network.offers))

    def articles(self) -> tuple[Article, ...]:
        """The knowledge articles, in alphabetical order of their titles."""
        files = sorted((self.root / "knowledge").glob("*.md"))
        found = [read_article(path.read_text(encoding="utf-8"), path.name) for path in files]
        return tuple(sorted(found, key=lambda article: article.title))


@dataclass(frozen=True)
class Form:
    """A questionnaire ready to be asked.

    notice: that it is not the version which was asked for, in German; "" when it is.
    """

    xform: XForm
    sidecar: Sidecar
    notice: str = ""


def load_form(folder: Path, name: str) -> Form:
    """The compiled questionnaire NAME of a folder; read again only when its files have changed.

    Raises:
        BrokenQuestionnaire: a file is missing, unreadable or altered.
    """
    return _load(folder, name, tuple(_stamp(folder / f"{name}{end}") for end in FORM_FILES))


FORM_FILES = (".xml", ".json")
"""The two halves of a compiled form, in the order in which they are written."""


@lru_cache(maxsize=8)
def _load(folder: Path, name: str, _stamps: tuple[tuple[int, int], ...]) -> Form:
    questionnaire = load_questionnaire(folder, name)
    return Form(read_xform(questionnaire.xform_bytes), questionnaire.sidecar)


@lru_cache(maxsize=64)
def _sidecar(folder: Path, name: str, _of: tuple[int, int]) -> Sidecar:
    return load_questionnaire(folder, name).sidecar


@lru_cache(maxsize=4)
def _sentences(path: Path, _of: tuple[int, int]) -> Mapping[str, str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise broken(path.name, "fehlt oder lässt sich nicht lesen") from error
    return read_sentences(content, path.name)


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was last written and how long it is; zeros where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def version_name(name: str, form_hash: str) -> str:
    """Under which name a version of a form is kept; twelve digits tell versions apart."""
    return f"{name}@{form_hash[:12]}"


def _another_version(sidecar: Sidecar) -> str:
    title = sidecar.title.get("de", sidecar.form_id)
    return (
        f"Begonnen wurde mit einer anderen Fassung des Fragebogens „{title}“, die auf diesem "
        f"Gerät nicht vorliegt. Gezeigt wird die Fassung {sidecar.version}."
    )


@dataclass(frozen=True)
class Workplace:
    """What every use case is handed.

    author: the advisor's name, written into every change. profile: the network's branding and
    texts, logo: its PNG, empty where it has none. folder: where store, key file and attachments
    lie. offers: the shared catalogue and the network's own.
    """

    store: Store
    author: str
    profile: NetworkProfile
    resources: Resources
    folder: Path
    offers: tuple[Offer, ...] = ()
    logo: bytes = b""
    clock: Clock = field(default=system_clock)
    articles: tuple[Article, ...] = ()

    @property
    def forms(self) -> Path:
        """The advisor's own questionnaires and the versions that drafts were begun with.

        NAME@HASH12.xml and .json are one version, never changed; NAME.own holds the HASH12 of the
        one in force. Forms hold no confidential data, so they lie here unencrypted.
        """
        return self.folder / "forms"

    def form(self, name: str = KURZCHECK, form_hash: str = "") -> Form:
        """A questionnaire by name, in the version of that hash; "" is the one in force.

        Where this device lacks the version, the one in force stands in, with a notice. Raises a
        KnownError where there is no such questionnaire, or it is damaged.
        """
        try:
            current = load_form(*self._home(name))
        except BrokenQuestionnaire:
            if not form_hash:
                raise
            return load_form(self.forms, version_name(name, form_hash))
        if form_hash in ("", current.sidecar.form_hash):
            return current
        try:
            return load_form(self.forms, version_name(name, form_hash))
        except BrokenQuestionnaire:
            return replace(current, notice=_another_version(current.sidecar))

    def sidecar(self, name: str) -> Sidecar:
        """Title, version and scoring of a questionnaire in force, without reading the form.

        Raises a KnownError where it is missing or damaged.
        """
        folder, stem = self._home(name)
        return _sidecar(folder, stem, _stamp(folder / f"{stem}{FORM_FILES[-1]}"))

    def own_forms(self) -> list[str]:
        """Names of the advisor's own questionnaires, sorted."""
        return sorted(path.stem for path in self.forms.glob("*.own"))

    def _home(self, name: str) -> tuple[Path, str]:
        """Folder and file name of the version in force; the advisor's own forms come last."""
        home = self.resources.form_home(name)
        if (home / f"{name}.json").is_file():
            return home, name
        try:
            form_hash = (self.forms / f"{name}.own").read_text(encoding="ascii")
        except (OSError, ValueError):
            return self.forms, name
        return self.forms, version_name(name, form_hash)

    def pack_ahead(self) -> None:
        """Pack what is unsent while nobody waits for it, for half a second or so at most.

        Where that fails, as on a full disk, the next run packs it.
        """
        from desktop_advisor.storage.sync_port import StoreChanges

        if self.store.is_locked:
            return
        until_s = time.monotonic() + _PACKING_S
        changes = StoreChanges(self.store)
        with suppress(DatabaseError, DiskFull):
            if changes.enrolment() is not None:
                changes.prepare(lambda: time.monotonic() > until_s)

    def close(self) -> None:
        """Close the store."""
        self.pack_ahead()
        self.store.close()
