"""What holds after every step of a history, and what must hold once the faults have stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sync.client.outcome import Outcome
from sync.protocol import Change, ChangeName
from tests.sync.memory_store import REPORT, Shown, Upload
from tests.sync.newer_laptop import NewerLaptop
from tests.sync.sync_desks import Desk
from tests.sync.sync_faults import RoughLine
from tests.sync.sync_world import COMPANIES, Badge, Sight, World

ROUNDS = 3
"""In which all laptops become equal once the faults have stopped; our promise."""
NOTHING_TAKEN_ASIDE = "what the server has taken is not kept aside"


class BrokenPromiseError(AssertionError):
    """An invariant does not hold; its text is the invariant.

    raised: all of them so far, whatever became of them.
    """

    raised: ClassVar[list[str]] = []


def hold(is_kept: bool, promise: str) -> None:
    """Raises BrokenPromiseError."""
    if not is_kept:
        BrokenPromiseError.raised.append(promise)
        raise BrokenPromiseError(promise)


@dataclass
class Laptop:
    """One device, its last backup, and everything it has ever held since it was last put back.

    may_be_copy: whether the server has a reason to take it for a restored copy. patience: frames
    that it sorts in after a run. damaged: names in frames that cannot be read any more.
    """

    badge: Badge
    store: Desk
    line: RoughLine
    backup: Desk
    held: set[ChangeName] = field(default_factory=set)
    may_be_copy: bool = False
    skew_ms: int = 0
    patience: int = 0
    damaged: set[ChangeName] = field(default_factory=set)

    def keeps(self) -> set[ChangeName]:
        """What is here and can be read."""
        return self.store.held() - (self.damaged - self.store.log.keys())

    def waits(self, sight: Sight, somewhere: set[str]) -> bool:
        """Whether a run has anything to do: to send, to receive, or to find out.

        somewhere: attachments whose bytes any laptop has; others are asked for in vain.
        """
        store, enrolment = self.store, self.store.enrolment()
        return bool(
            enrolment is None
            or enrolment.server_epoch != sight.epoch
            or enrolment.cursor != sight.head[self.badge.network]
            or store.open_batch()
            or store.outbox(1)
            or store.blobs_to_send()
            or any(sha256 in somewhere for _, sha256 in store.blobs_to_fetch())
        )


@dataclass
class Ledger:
    """What the histories' people were promised.

    written: every change as it was typed, and in which network. acknowledged: edits that no
    restored copy took away from their only holder, and no coordinator dropped. purged: (network,
    company file) that were ever erased for good; nobody is promised their edits. reports: sealed
    bytes by their hash. lost: attachments whose bytes the server lost since it was last restored.
    """

    written: dict[ChangeName, tuple[int, Change]] = field(default_factory=dict)
    acknowledged: set[ChangeName] = field(default_factory=set)
    purged: set[tuple[int, str]] = field(default_factory=set)
    reports: dict[tuple[int, str], tuple[str, bytes]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def typed(self, network: int, changes: Iterable[Change]) -> None:
        """What is committed on a laptop counts from now on."""
        for change in changes:
            hold(change.name not in self.written, "no name is given twice")
            self.written[change.name] = (network, change)
            self.acknowledged.add(change.name)

    def promised(self, network: int) -> set[ChangeName]:
        """Edits of this network that may not be lost."""
        return {name for name in self.acknowledged if self._is_promised(name, network)}

    def _is_promised(self, name: ChangeName, network: int) -> bool:
        where, change = self.written[name]
        return where == network and (where, change.company_id) not in self.purged


def check_step(world: World, laptops: Sequence[Laptop], ledger: Ledger) -> None:
    """After every step."""
    sight = world.sight()
    for network in {laptop.badge.network for laptop in laptops}:
        ours = [laptop for laptop in laptops if laptop.badge.network == network]
        promised, on_server = ledger.promised(network), sight.anywhere(network)
        kept = on_server.union(*(laptop.keeps() for laptop in ours))
        hold(promised <= kept, "no acknowledged edit is lost")
        foreign = {n for n in on_server if ledger.written[n][0] != network}
        hold(not foreign, "no network's log holds another network's edits")
        for laptop in ours:
            _check_laptop(laptop, sight, promised & on_server, promised, ledger)


def _check_laptop(
    laptop: Laptop,
    sight: Sight,
    safe: set[ChangeName],
    promised: set[ChangeName],
    ledger: Ledger,
) -> None:
    store, network = laptop.store, laptop.badge.network
    keeps, log, uploads = laptop.keeps(), store.log, store.uploads
    hold((laptop.held - keeps) & promised <= safe, "a laptop lets go of nothing unsent")
    laptop.held = keeps
    enrolment = store.enrolment()
    if enrolment is not None and enrolment.server_epoch == sight.epoch:
        applied = {n for n, upload in uploads.items() if upload is Upload.APPLIED}
        waiting_to_be_merged = keeps - log.keys()
        hold(
            (applied | waiting_to_be_merged) & promised <= safe,
            "what counts as sent is on the server",
        )
    for name, change in log.items():
        where, original = ledger.written[name]
        hold(where == network, "nobody holds what another network wrote")
        hold(change is original or change == original, "no edit is changed on its way")
    _check_reports(store, network, ledger)


def _check_reports(store: Desk, network: int, ledger: Ledger) -> None:
    """Where two laptops seal one report, each keeps what it had first: stamps can be backdated."""
    sealings = [change for change in store.log.values() if change.entity == REPORT]
    for report in {(c.company_id, c.entity_id, c.field) for c in sealings}:
        of_it = (c for c in sealings if (c.company_id, c.entity_id, c.field) == report)
        first = next(of_it)  # the log is read as it arrived
        company, entity_id, name = report
        shown = store.shown((company, REPORT, entity_id, name))
        hold(shown == first.value, "a report stays as it was first sealed")
    present = store.blob_names()
    for (where, entity_id), (sha256, content) in ledger.reports.items():
        if where == network:
            shown_hashes = [
                c.value
                for c in store.log.values()
                if c.entity_id == entity_id and c.field == "sha256"
            ]
            hold(all(value == sha256 for value in shown_hashes), "a sealed report never changes")
            if shown_hashes and sha256 in present:
                hold(store.read_blob(sha256) == content, "a sealed report's bytes never change")


def check_run(world: World, laptop: Laptop, outcome: Outcome) -> None:
    """After a run that came to its end."""
    sight = world.sight()
    visible = sight.visible(laptop.badge)
    hold(laptop.store.held_files() <= visible, "nobody holds what they may not read")
    differing = outcome.differing - laptop.store.purged.keys()
    hold(not differing, "after a run both ends hold the same")
    is_explained = laptop.may_be_copy or not outcome.device_was_restored
    hold(is_explained, "only a restored laptop is taken for a copy")
    if outcome.quarantined and not outcome.withdrawn and not outcome.purged:
        is_lacking = not laptop.held <= sight.log[laptop.badge.network]
        hold(is_lacking, NOTHING_TAKEN_ASIDE)


def known_purges(world: World, laptops: Sequence[Laptop]) -> set[str]:
    """Files of the first network that stay purged: the server or who works with them knows it.

    What a laptop claims of a file that its advisor does not work with is for a person to judge.
    """
    sight = world.sight()
    known = set(sight.purged[world.network])
    for laptop in laptops:
        if laptop.badge.network == world.network:
            known |= laptop.store.purged.keys() & sight.visible(laptop.badge)
    return known


def check_end(world: World, laptops: Sequence[Laptop], ledger: Ledger, buried: set[str]) -> None:
    """Once the faults have stopped and three rounds are over.

    buried: company files of the first network that were known to be purged before the rounds.
    """
    sight = world.sight()
    hold(buried <= sight.purged[world.network], "what was purged stays purged")
    for laptop in laptops:
        store, visible = laptop.store, sight.visible(laptop.badge)
        hold(not store.outbox(1) and store.open_batch() is None, "nothing stalls")
        enrolment = store.enrolment()
        is_up = enrolment is not None and enrolment.cursor == sight.head[laptop.badge.network]
        hold(is_up, "nothing stalls on its way down")
        hold(store.held_files() <= visible, "nobody holds what they may not read")
        if laptop.badge.network == world.network:
            hold(not store.held_files() & buried, "what was purged stays purged")
        aside = {n for n, upload in store.uploads.items() if upload is Upload.QUARANTINED}
        taken = aside & sight.log[laptop.badge.network]
        hold(not taken, NOTHING_TAKEN_ASIDE)
    for network in {laptop.badge.network for laptop in laptops}:
        ours = [laptop for laptop in laptops if laptop.badge.network == network]
        promised = ledger.promised(network)
        hold(promised <= sight.anywhere(network), "every acknowledged edit reaches the server")
        for company in COMPANIES:
            seeing = [x for x in ours if company in sight.visible(x.badge)]
            _check_equal(company, seeing, ledger.lost)


def check_newer(world: World, newer: NewerLaptop) -> None:
    """What a newer program sent is given to one as it was, with what nobody here understands."""
    if not newer.sent:
        return
    sight = world.sight()
    visible = sight.visible(world.newer)
    expected = {
        name
        for name, change in newer.sent.items()
        if change.company_id in visible and name in sight.log[world.network]
    }
    hold(expected <= newer.with_the_member(), "what one version does not know survives it")


def _without_sealed_values(
    shown: Shown, behind: Mapping[ChangeName, Change]
) -> tuple[Shown, Mapping[ChangeName, Change]]:
    """Of a report sealed twice only the heads are the same: it shows what was on a laptop first."""
    return {
        key: (None if key[1] == REPORT else value, heads) for key, (value, heads) in shown.items()
    }, behind


def _check_equal(company: str, seeing: Sequence[Laptop], lost: set[str]) -> None:
    views = [
        _without_sealed_values(*x.store.view_of(company))
        for x in seeing
        if not x.store.is_kept_aside(company)
    ]
    hold(all(view == views[0] for view in views), "equal rights see equal state")
    attached = [{b for b in x.store.referenced() if b[0] == company} for x in seeing]
    here = [
        {name for name in names if name[1] in x.store.blob_names()}
        for x, names in zip(seeing, attached, strict=True)
    ]
    somewhere = {name for name in set().union(*here) if name[1] not in lost}
    for names, present in zip(attached, here, strict=True):
        hold(names & somewhere <= present, "whoever sees a file has its attachments")
