"""No attack is accepted, no honest file refused, and each of the four points is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509

from desktop_advisor.signing import (
    container,
    later_proofs,
    reading,
    sealed_file,
    stamps,
    verification,
)
from desktop_advisor.signing.verification import Level, Outcome, Verdict, verify
from tests.signing import (
    attacks_by_revision,
    attacks_on_the_frame,
    attacks_on_the_seal,
    attacks_prepared,
    hostile,
    sealed,
)
from tests.signing.attack_list import ATTACKS, Attack
from tests.signing.authorities import NOW, Authority, network
from tests.signing.honest import HONEST, Honest
from tests.signing.time_stamp_authority import STAMPED_AT, TimeStampAuthority

assert attacks_by_revision
assert attacks_on_the_frame
assert attacks_on_the_seal
assert attacks_prepared


def _judge(
    pdf: bytes,
    *,
    record: str | None = None,
    anchors: Sequence[bytes] | None = None,
    stamp_anchors: Sequence[bytes] | None = None,
    now: datetime = NOW,
) -> Verdict:
    return verify(
        pdf,
        expected_sha256=record,
        anchors=sealed.anchors() if anchors is None else anchors,
        stamp_anchors=sealed.stamp_anchors() if stamp_anchors is None else stamp_anchors,
        now=now,
    )


@pytest.mark.parametrize("attack", [a for a in ATTACKS if not a.needs_record], ids=lambda a: a.name)
def test_an_attack_is_never_accepted(attack: Attack) -> None:
    verdict = _judge(attack.build(), now=attack.now)
    assert verdict.outcome is not Outcome.VALID
    assert verdict.outcome is not Outcome.VALID_BUT_UNKNOWN_ISSUER or attack.is_resealed
    assert not all(point.holds for point in verdict.points[1:])


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.is_resealed or a.needs_record], ids=lambda a: a.name
)
def test_the_recorded_hash_alone_gives_a_sound_forgery_away(attack: Attack) -> None:
    recorded = hashlib.sha256(hostile.basic()).hexdigest()
    assert _judge(attack.build(), record=recorded, now=attack.now).outcome is Outcome.CHANGED


def test_there_are_enough_attacks_and_honest_files() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 100
    assert len({honest.name for honest in HONEST}) == len(HONEST) >= 30


@pytest.mark.parametrize("honest", HONEST, ids=lambda h: h.name)
def test_an_honest_file_is_accepted(honest: Honest) -> None:
    pdf = honest.build()
    verdict = _judge(
        pdf,
        record=hashlib.sha256(pdf).hexdigest() if honest.level == "B-T" else None,
        anchors=honest.anchors(),
        stamp_anchors=honest.stamp_anchors(),
        now=honest.now,
    )
    assert (verdict.outcome, verdict.level) == (Outcome.VALID, Level(honest.level)), verdict.points
    assert verdict.is_time_trusted is (honest.level != "B-B" and bool(honest.stamp_anchors()))


# -- each point is needed -------------------------------------------------------------------------


def _named(name: str) -> Attack:
    return next(attack for attack in ATTACKS if attack.name == name)


def test_without_the_record_another_honest_report_would_pass() -> None:
    assert _judge(_named("another honest report in its place").build()).outcome is Outcome.VALID


def _nothing(*_: Any, **__: Any) -> None:
    """A rule that is not there."""


def _as_told(_pdf: bytes, _range: Any, contents: bytes) -> bytes:
    return contents


RULES: dict[str, tuple[str, list[tuple[Any, str, Any]]]] = {
    "look of the pages": (
        "script that runs at opening",
        [(reading, "_look_fault", lambda _: "")],
    ),
    "bytes in the gap": (
        "bytes behind the structure",
        [(sealed_file, "check_gap", _as_told), (sealed_file, "check_seal_structure", _nothing)],
    ),
    "one encoding only": (
        "structure in a longer length",
        [(container, "expect_distinguished", _nothing)],
    ),
    "fixed parts": (
        "version of the structure changed",
        [(container, "_expect_fixed_parts", _nothing)],
    ),
    "chain and nothing else": (
        "foreign certificate stuffed",
        [(container, "_expect_chain_only", _nothing)],
    ),
    "no bit of the root left open": (
        "issuer of the root certificate altered",
        [(sealed_file, "expect_confirmed", _nothing)],
    ),
    "structure of the time stamp": (
        "attribute stuffed into the time stamp",
        [(container, "check_token_structure", _nothing)],
    ),
    "structure of the last time stamp": (
        "attributes stuffed into the time stamp over the file",
        [(later_proofs, "check_token_structure", _nothing)],
    ),
    "whole file covered": (
        "page content replaced",
        [
            (sealed_file, "check_gap", _as_told),
            (sealed_file, "check_seal_structure", _nothing),
            (sealed_file, "_expect_last", _nothing),
            (sealed_file, "_expect_covered", _nothing),
        ],
    ),
    "seal that allows no changes": (
        "seal that allows filling in",
        [(sealed_file, "expect_certification", _nothing)],
    ),
    "proofs only": (
        "page changed under a trusted time stamp",
        [(later_proofs, "_expect_proofs_only", _nothing)],
    ),
    "own list of what was touched": (
        "unseen object under a trusted time stamp",
        [(later_proofs, "_touched", lambda *_: ())],
    ),
    "trusted authority of time stamps": (
        "closed by a self made time stamp authority",
        [(stamps, "_is_fit", lambda *_: True)],
    ),
    "chain to the anchors": (
        "sealed anew by somebody of the same name",
        [(verification, "_question", lambda *_, **__: "")],
    ),
}
"""Each rule: an attack that passes as soon as these functions say yes to everything."""


@pytest.mark.parametrize("rule", RULES)
def test_without_one_rule_an_attack_would_pass(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, weakened = RULES[rule]
    attack = _named(name)
    pdf = attack.build()
    assert _judge(pdf, now=attack.now).outcome is not Outcome.VALID
    for module, function, otherwise in weakened:
        monkeypatch.setattr(module, function, otherwise)
    assert _judge(pdf, now=attack.now).outcome is Outcome.VALID


def test_whatever_raises_is_not_checkable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise MemoryError

    for module, name in (
        (reading, "first_reader"),
        (sealed_file, "read_seal"),
        (verification, "_judged"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, fail)
            assert _judge(hostile.basic()).outcome is Outcome.NOT_CHECKABLE


# -- time -----------------------------------------------------------------------------------------

YEARS_LATER = NOW + timedelta(days=400)


def test_an_expired_certificate_is_said_plainly_where_no_stamp_proves_its_age() -> None:
    verdict = _judge(hostile.Freely(hostile.expired()).sign(hostile.drawn()), now=YEARS_LATER)
    assert verdict.outcome is Outcome.VALID_BUT_UNKNOWN_ISSUER
    assert "abgelaufen" in verdict.points[-1].reason
    assert "ist nicht belegt" in verdict.headline


def test_a_record_made_at_sealing_outlasts_the_certificate() -> None:
    pdf = hostile.Freely(hostile.expired()).sign(hostile.drawn())
    recorded = hashlib.sha256(pdf).hexdigest()
    assert _judge(pdf, record=recorded, now=YEARS_LATER).outcome is Outcome.VALID


def test_a_trusted_time_stamp_is_the_proven_time_and_an_unnamed_one_only_says_so() -> None:
    trusted = _judge(hostile.stamped())
    assert trusted.is_time_trusted
    assert trusted.proof[-1].startswith("Belegt: Das Siegel bestand am 24.11.2026 um 15:42")
    named = _judge(hostile.stamped(), stamp_anchors=())
    assert not named.is_time_trusted
    assert named.proof[-1].startswith("Nach Angabe von „Zeitstempeldienst“, hier nicht bekannt")


def test_a_self_made_stamp_rescues_no_expired_certificate() -> None:
    verdict = _judge(
        sealed.add_time_stamp(
            hostile.Freely(hostile.expired()).sign(hostile.drawn()), sealed.service()
        ),
        stamp_anchors=(),
        now=YEARS_LATER,
    )
    assert verdict.outcome is Outcome.VALID_BUT_UNKNOWN_ISSUER


# -- revoked --------------------------------------------------------------------------------------

REVOKED_AT = STAMPED_AT + timedelta(days=3)
SOON_AFTER = REVOKED_AT + timedelta(days=1)


@cache
def _lost() -> tuple[bytes, int]:
    """A seal by a laptop that was lost, and the number of its certificate."""
    key = hostile.issued_by(network())
    serial = x509.load_der_x509_certificate(key.certificate().der).serial_number
    return sealed.make_sealed("B-B", key, pdf=hostile.drawn()), serial


def _list(authority: Authority, since: datetime = REVOKED_AT) -> bytes:
    """The authority's revocation list with the lost laptop on it."""
    return replace(authority, revoked=[_lost()[1]]).revocation_list(made=since)


def test_a_revoked_certificate_takes_seals_along_that_nothing_proves_older() -> None:
    pdf, _serial = _lost()
    early = sealed.add_time_stamp(pdf, sealed.service())
    late = sealed.add_time_stamp(pdf, sealed.service(TimeStampAuthority(at=SOON_AFTER)))

    def judge(file: bytes, **more: Any) -> Verdict:
        return verify(
            file,
            expected_sha256=more.get("record"),
            anchors=sealed.anchors(),
            stamp_anchors=sealed.stamp_anchors(),
            lists=[b"no list", more.get("listed", _list(network()))],
            now=SOON_AFTER,
        )

    for file in (pdf, late):
        verdict = judge(file)
        assert verdict.outcome is Outcome.VALID_BUT_UNKNOWN_ISSUER
        assert "gesperrt" in verdict.points[-1].reason
        assert "nicht belegt" in verdict.headline
        assert judge(file, record=hashlib.sha256(file).hexdigest()).outcome is Outcome.VALID
    verdict = judge(early)
    assert verdict.outcome is Outcome.VALID
    assert "gesperrt; gesiegelt wurde vorher" in verdict.points[-1].reason
    stranger = Authority("Netzwerk-CA", "fremd")
    assert judge(pdf, listed=_list(stranger)).outcome is Outcome.VALID


def test_a_lost_laptop_s_own_record_rescues_no_seal_of_later() -> None:
    pdf, _serial = _lost()
    verdict = verify(
        pdf,
        expected_sha256=hashlib.sha256(pdf).hexdigest(),
        anchors=sealed.anchors(),
        lists=[_list(network(), NOW - timedelta(hours=2))],
        now=SOON_AFTER,
    )
    assert verdict.outcome is Outcome.VALID_BUT_UNKNOWN_ISSUER
