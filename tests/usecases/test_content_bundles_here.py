"""What the network publishes comes into force whole and proven, or the old content stays."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.storage.models import Assessment
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.content_bundles import content_version, refresh_content, take_content
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.network_authority import pinned_authority
from desktop_advisor.usecases.network_certificate import join_network
from desktop_advisor.usecases.published_forms import ContentRefused
from desktop_advisor.usecases.questionnaire_moves import move, preview_move
from desktop_advisor.usecases.questionnaires import available, choose, newer_version
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.client.calls import Calls
from sync.client.enrolment import enrol
from sync.client.port import Enrolment
from sync.client.transport import HttpTransport
from sync.protocol import ContentReply
from sync.server import authority
from sync.server.content import publish
from tests.sync.memory_store import MemoryStore
from tests.workplaces import PASSPHRASE, resources

CA = "Siegel am Bergaltar 5"
FORM = """| survey |
| | type | name | label::Deutsch (de) | relevant |
| | begin_group | view | Blick | |
| | integer | heads | Wie viele Beschäftigte? | {relevant} |
| | text | aims | Welche Ziele? | |{more}
| | end_group | | | |

| settings |
| | form_title | form_id | version | default_language |
| | Betriebsblick | betriebsblick | {version} | Deutsch (de) |
"""
NEW_PROFILE = "Netz der Zukunft"


def _form(version: str, more: str = "", relevant: str = "") -> bytes:
    return FORM.format(version=version, more=more, relevant=relevant).encode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS", passphrase=CA) as running:
        authority.create(running.database, "ITAS", CA)
        yield running


@pytest.fixture
def enrolled(place: Workplace, server: CentralServer) -> Enrolment:
    join_network(place, server.url, server.one_time_code(), "Laptop")
    found = StoreChanges(place.store).enrolment()
    assert found is not None
    return found


def _publish(server: CentralServer, files: Mapping[str, bytes]) -> None:
    publish(server.database, "ITAS", files, CA)


def _names(place: Workplace) -> list[str]:
    return [view.name for view in available(place)]


def _reply(enrolment: Enrolment) -> ContentReply:
    with HttpTransport(enrolment.server_url) as transport:
        reply = Calls(transport).content(enrolment)
    assert reply is not None
    return reply


@pytest.mark.usefixtures("enrolled")
def test_published_content_is_in_force_after_a_sync_and_after_a_restart(
    place: Workplace, server: CentralServer
) -> None:
    assert refresh_content(place) == ""
    profile = (place.resources.networks / "itas" / "profile.json").read_text(encoding="utf-8")
    name = place.profile.name
    files = {
        "forms/betriebsblick.md": _form("1"),
        "networks/itas/profile.json": profile.replace(name, NEW_PROFILE).encode(),
    }
    _publish(server, files)
    (notice,) = [notice for notice in synchronise(place).notices if "Fassung 1" in notice]
    assert "Die Fragebögen gelten sofort" in notice
    assert "Netzwerkprofil gelten erst, wenn Sie das Programm neu starten." in notice
    assert place.profile.name == name
    assert content_version(place) == 1
    assert "betriebsblick" in _names(place)
    assert place.form("betriebsblick").sidecar.version == "1"
    assert refresh_content(place) == ""
    (line,) = [line for line in read_journal(place) if line.kind == "content"]
    assert "Fassung 1" in line.text
    place.close()
    again = unlock(resources(), place.folder, PASSPHRASE)
    try:
        assert again.profile.name == NEW_PROFILE
        assert "betriebsblick" in _names(again)
        assert again.offers
    finally:
        again.close()


@pytest.mark.usefixtures("enrolled")
def test_a_broken_form_keeps_the_old_content_and_is_named_with_its_place(
    place: Workplace, server: CentralServer
) -> None:
    _publish(server, {"forms/betriebsblick.md": _form("1")})
    refresh_content(place)
    _publish(server, {"forms/betriebsblick.md": _form("2", relevant="${nobody} = 1")})
    said = refresh_content(place)
    assert "betriebsblick" in said
    assert "Blatt survey" in said
    assert (content_version(place), place.form("betriebsblick").sidecar.version) == (1, "1")
    _publish(server, {"catalogues/offers.json": b"{"})
    assert "nicht übernommen" in refresh_content(place)
    assert content_version(place) == 1
    assert not list((place.folder / "content").glob(".neu-*"))


def test_what_is_not_signed_by_the_pinned_authority_or_not_newer_is_refused(
    place: Workplace, server: CentralServer, enrolled: Enrolment, tmp_path: Path
) -> None:
    _publish(server, {"forms/betriebsblick.md": _form("1")})
    first = _reply(enrolled)
    _publish(server, {"forms/betriebsblick.md": _form("2")})
    second = _reply(enrolled)
    own = pinned_authority(place, enrolled)
    mixed = msgspec.structs.replace(second, archive=first.archive)
    renamed = msgspec.structs.replace(second, version=9)
    swapped = msgspec.structs.replace(second, manifest=first.manifest)
    unread = msgspec.structs.replace(second, manifest="?")
    for forged in (mixed, renamed, swapped, unread):
        with pytest.raises(ContentRefused):
            take_content(place, enrolled, forged, own)
    with central_server(tmp_path / "fremd", "ITAS", passphrase=CA) as other:
        authority.create(other.database, "ITAS", CA)
        _publish(other, {"forms/betriebsblick.md": _form("3")})
        with HttpTransport(other.url) as transport:
            store = MemoryStore()
            enrol(store, other.url, other.one_time_code(), "Laptop", transport=transport)
            theirs = store.enrolment()
            assert theirs is not None
            foreign = Calls(transport).content(theirs)
    assert foreign is not None
    with pytest.raises(ContentRefused, match="unterschrieben"):
        take_content(place, enrolled, foreign, own)
    assert content_version(place) == 0
    take_content(place, enrolled, second, own)
    with pytest.raises(ContentRefused, match="nicht neuer"):
        take_content(place, enrolled, first, own)
    assert content_version(place) == 2


@pytest.mark.usefixtures("enrolled")
def test_a_draft_keeps_its_version_until_it_is_moved_after_a_preview(
    place: Workplace, server: CentralServer, visit_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    _publish(server, {"forms/betriebsblick.md": _form("1")})
    refresh_content(place)
    choose(place, case_id, "betriebsblick")
    talk = Interview(place, visit_id)
    talk.answer("heads", "118")
    talk.answer("aims", "Gießen ohne Gas")
    more = "\n| | text | plans | Welche Pläne? | |"
    changed = _form("2", more).replace(b"| text | aims |", b"| integer | aims |")
    _publish(server, {"forms/betriebsblick.md": changed})
    refresh_content(place)
    assert place.form("betriebsblick").sidecar.version == "2"

    draft = Interview(place, visit_id)
    assert draft.question("aims").response.value == "Gießen ohne Gas"
    assert "plans" not in draft.questions()
    newer = newer_version(place, case_id)
    assert newer is not None
    assert newer.version == "2"
    preview = preview_move(place, case_id, "betriebsblick")
    (side,) = preview.perspectives
    assert (side.answered, side.carried, [left.label for left in side.left]) == (
        2,
        1,
        ["Welche Ziele?"],
    )
    assert preview.added == ("Welche Pläne?",)
    move(place, case_id, "betriebsblick")
    moved = Interview(place, visit_id)
    assert "plans" in moved.questions()
    assert moved.question("heads").response.value == "118"
    with place.store.read() as session:
        rows = session.scalars(select(Assessment).where(Assessment.case_id == case_id))
        assert {row.form_version for row in rows if row.form_id == "betriebsblick"} == {"2"}


def test_content_that_this_version_cannot_read_does_not_lock_the_advisor_out(
    place: Workplace, server: CentralServer, enrolled: Enrolment
) -> None:
    assert enrolled
    _publish(
        server, {"catalogues/offers.json": place.resources.catalogue("offers.json").read_bytes()}
    )
    refresh_content(place)
    published = place.resources.content
    assert published is not None
    (published / "catalogues" / "offers.json").write_bytes(b"{")
    place.close()
    again = unlock(resources(), place.folder, PASSPHRASE)
    assert again.offers
    again.close()
