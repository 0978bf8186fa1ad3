"""A network is a folder: copying one gives another, and a broken one locks nobody else out."""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.advice.resource_files import BrokenResource
from desktop_advisor.ui.start.first_start import FirstStartPage, NetworkChoice
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.networks import MOST_PIXELS, read_network, read_networks
from desktop_advisor.usecases.offers import list_offers
from desktop_advisor.usecases.setting_up import set_up, unlock
from desktop_advisor.usecases.visits import begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Resources, Workplace
from tests.report.reading import words_of
from tests.workplaces import CHEAP, PASSPHRASE, SteppingClock, resources

Edit = Callable[[dict[str, Any]], None]


def picture(width: int = 4, height: int = 2) -> bytes:
    """A PNG of one colour; a drawing for the test, no network's logo."""
    rows = b"".join(b"\x00" + b"\x0e\x5a\x6b" * min(width, 8) for _ in range(min(height, 8)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def root(tmp_path: Path) -> Resources:
    """The program's resources in a folder of the test, fonts left where they are."""
    found = resources()
    for name in ("networks", "catalogues"):
        shutil.copytree(found.root / name, tmp_path / "resources" / name)
    for name in ("forms", "fonts"):
        (tmp_path / "resources" / name).symlink_to(found.root / name)
    return Resources(tmp_path / "resources")


def change(path: Path, edit: Edit) -> None:
    """Edit a JSON file as an editor would."""
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def copied(root: Resources) -> Path:
    """A fourth network, made as the recipe says: copy, rename, edit name and regions."""
    folder = root.networks / "lausitz"
    shutil.copytree(root.networks / "itas", folder)

    def named(profile: dict[str, Any]) -> None:
        profile.update(
            name="Mobilität Lausitz",
            short_name="MoLau",
            region="Bautzen und Görlitz",
            counties=["14625", "14626"],
            funder_line="Gefördert vom Freistaat.",
            funding_number="16THB0042L",
            note="",
            main_color="#1f4e79",
        )

    def offered(catalogue: dict[str, Any]) -> None:
        first = catalogue["offers"][0]
        first.update(id="lausitz-helpdesk", title="Helpdesk Lausitz")
        catalogue["offers"] = [first]

    change(folder / "profile.json", named)
    change(folder / "offers.json", offered)
    (folder / "logo.png").write_bytes(picture())
    return folder


def working_in(root: Resources, folder: Path, network: str) -> Workplace:
    return set_up(
        root,
        folder,
        name="Jana Vogel",
        profile_id=network,
        passphrase=PASSPHRASE,
        clock=SteppingClock(),
        cost=CHEAP,
    )


def test_a_copied_network_is_offered_by_the_wizard(qtbot: QtBot, root: Resources) -> None:
    copied(root)
    networks = [NetworkChoice(p.id, p.name, p.region, p.note) for p in root.profiles()]
    page = FirstStartPage(networks, lambda wanted: wanted)
    qtbot.addWidget(page)

    page.form.put({"profile": "lausitz"})

    assert page.form.texts()["profile"] == "lausitz"
    assert "Mobilität Lausitz" in [network.name for network in networks]
    assert len(networks) == len(resources().profiles()) + 1


def test_a_copied_network_brings_its_contacts_and_its_branding(
    root: Resources, tmp_path: Path
) -> None:
    copied(root)
    place = working_in(root, tmp_path / "laptop", "lausitz")

    found = {row.offer.id for row in list_offers(place)}
    company_id = create_company(place, CompanyDraft(name="Werk Bautzen GmbH", ags="14625"))
    begin_visit(place, plan_visit(place, company_id, starts_at=place.clock()))
    case_id = show_company_file(place, company_id).case_id
    assert case_id is not None
    report = compose_report(place, case_id)
    branding = report.network

    assert "lausitz-helpdesk" in found
    assert "bafa-beratung" in found
    assert "amz-sachsen" not in found
    assert (branding.name, branding.short_name) == ("Mobilität Lausitz", "MoLau")
    assert branding.funder_line == "Gefördert vom Freistaat."
    assert branding.main_color == "#1f4e79"
    assert branding.logo == picture()
    words = words_of(report)
    assert "Mobilität Lausitz" in words
    assert "Gefördert vom Freistaat. · Förderkennzeichen 16THB0042L" in words
    place.close()


def test_each_network_sees_the_shared_offers_and_its_own_only(root: Resources) -> None:
    shared = {offer.id for offer in root.offers()}
    own = {n.profile.id: {o.id for o in n.offers} for n in read_networks(root.networks)[0]}

    for name, ids in own.items():
        seen = {offer.id for offer in root.offers_of(root.network(name))}
        assert seen == shared | ids
    assert all(own[name] for name in ("itas", "molewa", "retranetz-bb"))
    assert own["neutral"] == set()


def test_a_clash_with_the_shared_catalogue_names_every_identifier(root: Resources) -> None:
    twice = [root.offers()[0].id, root.offers()[3].id]

    def clash(catalogue: dict[str, Any]) -> None:
        first = catalogue["offers"][0]
        catalogue["offers"] = [first | {"id": name} for name in twice]

    change(root.networks / "itas" / "offers.json", clash)

    with pytest.raises(BrokenResource) as caught:
        root.offers_of(root.network("itas"))
    assert "itas/offers.json" in caught.value.what
    assert all(name in caught.value.what for name in twice)


def test_a_network_without_logo_and_offers_is_complete(root: Resources) -> None:
    folder = copied(root)
    (folder / "logo.png").unlink()
    (folder / "offers.json").unlink()

    network = read_network(folder)

    assert (network.logo, network.offers) == (b"", ())
    assert network.profile.id == "lausitz"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"<svg/>", "kein PNG"),
        (b"\x89PNG\r\n\x1a\n", "kein PNG"),
        (picture(MOST_PIXELS + 1, 2), "Bildpunkte"),
        (picture(0, 2), "Bildpunkte"),
        (picture() + b" " * 1_000_000, "größer als"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_named(
    root: Resources, content: bytes, named: str
) -> None:
    (root.networks / "itas" / "logo.png").write_bytes(content)

    with pytest.raises(BrokenResource, match=r"itas/logo\.png") as caught:
        root.network("itas")
    assert named in caught.value.what


def test_a_broken_network_is_left_out_and_named_and_the_others_stay(root: Resources) -> None:
    folder = copied(root)
    (folder / "profile.json").write_text("{", encoding="utf-8")

    found, faults = read_networks(root.networks)

    assert "itas" in {network.profile.id for network in found}
    assert [fault.what for fault in faults] == [
        "Die Datei „lausitz/profile.json“ ist keine gültige JSON-Datei."
    ]


def test_a_profile_that_names_another_folder_is_refused(root: Resources) -> None:
    change(copied(root) / "profile.json", lambda profile: profile.update(id="itas"))

    with pytest.raises(BrokenResource, match="Name des Ordners"):
        root.network("lausitz")


def test_a_missing_network_is_a_known_error(root: Resources) -> None:
    with pytest.raises(BrokenResource, match="fehlt"):
        root.network("nirgends")
    with pytest.raises(BrokenResource, match="Kleinbuchstaben"):
        root.network("..")


def test_a_laptop_whose_network_is_gone_works_on_with_the_neutral_one(
    root: Resources, tmp_path: Path
) -> None:
    folder = copied(root)
    working_in(root, tmp_path / "laptop", "lausitz").close()
    shutil.rmtree(folder)

    place = unlock(root, tmp_path / "laptop", PASSPHRASE, clock=SteppingClock())

    assert place.profile.id == "neutral"
    assert place.logo == b""
    place.close()
