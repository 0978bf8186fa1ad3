"""A server that was set back to a copy: the words after the run tell new from offered again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.models import Company
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import add_contact
from desktop_advisor.usecases.run_outcome import BROUGHT_BACK_LATE, restored_words
from desktop_advisor.usecases.sync_failures import SyncFailed
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import enrol_device, result_words, synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.server import administration
from sync.server.serving import running
from sync.tally import Tally
from tests.sync.central import Central


def test_what_was_only_offered_again_is_not_told_as_sent(place: Workplace) -> None:
    with Central() as central, running(central.app) as url:
        enrol_device(place, url, central.code(), "Laptop")
        first = create_company(place, CompanyDraft(name="Muldental GmbH"))
        synchronise(place)
        at_copy = sum(tally.count for tally in tallies(place))
        copy = central.copy()
        for number in range(30):
            create_company(place, CompanyDraft(name=f"Erz {number} GmbH"))
        synchronise(place)
        held = sum(tally.count for tally in tallies(place))
        lacked = held - at_copy
        central.put_back(copy)
        administration.restored(central.database)
        create_company(place, CompanyDraft(name="Neue GmbH"))
        add_contact(place, first, name="Ines Vogel", role="gf")
        new = StoreChanges(place.store).waiting()

        result = synchronise(place)

        assert (result.sent, result.received) == (new, 0)
        words = result_words(result)
        assert f"{counted(new, 'Änderung', 'Änderungen')} gesendet und bestätigt" in words
        assert f"{lacked} Änderungen fehlten ihm, dieses Gerät hat sie zurückgebracht." in words
        assert sum(tally.count for tally in tallies(place)) == held + new
        after = synchronise(place)
        assert (after.sent, after.received, after.notices) == (0, 0, ())


def test_what_a_cut_run_had_not_brought_back_is_not_told_as_plainly_sent(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Central() as central, running(central.app) as url:
        enrol_device(place, url, central.code(), "Laptop")
        copy = central.copy()
        create_company(place, CompanyDraft(name="Muldental GmbH"))
        held = synchronise(place).sent
        central.put_back(copy)
        administration.restored(central.database)
        with monkeypatch.context() as patch, pytest.raises(SyncFailed):
            synchronise(place, cancelled=once_offered_again(patch))

        result = synchronise(place)

        assert (result.sent, result.notices) == (held, (BROUGHT_BACK_LATE,))
        assert read_journal(place)[0].text == result_words(result)
        create_company(place, CompanyDraft(name="Neue GmbH"))
        after = synchronise(place)
        assert after.sent > 0
        assert after.notices == ()


def once_offered_again(patch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """When the advisor stops the run."""
    offer_again, is_offered = StoreChanges.offer_again, threading.Event()

    def watched(changes: StoreChanges, company_id: str | None = None) -> None:
        offer_again(changes, company_id)
        is_offered.set()

    patch.setattr(StoreChanges, "offer_again", watched)
    return is_offered.is_set


def tallies(place: Workplace) -> list[Tally]:
    """What both ends hold of every file."""
    with place.store.read() as session:
        ids = [str(company) for company in session.scalars(select(Company.id))]
    return list(StoreChanges(place.store).tallies(ids).values())


def test_the_words_are_whole_sentences_for_none_one_and_thousands() -> None:
    assert restored_words(0).endswith("; von diesem Gerät fehlte ihm nichts.")
    assert "; 1 Änderung fehlte ihm" in restored_words(1)
    assert "; 3.120 Änderungen fehlten ihm" in restored_words(3120)
