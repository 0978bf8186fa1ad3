"""No attack is accepted, no honest file refused, and each of the four points is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop_advisor.signing import later_proofs, reading, sealed_file, verification
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
from tests.signing.authorities import NOW
from tests.signing.honest import HONEST, Honest

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


def test_without_the_strict_reading_a_prepared_script_would_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attack = _named("script that runs at opening")
    monkeypatch.setattr(reading, "_look_fault", lambda _: "")
    assert _judge(attack.build()).outcome is Outcome.VALID


def test_without_the_look_into_the_gap_bytes_in_it_would_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attack = _named("bytes behind the structure")
    monkeypatch.setattr(sealed_file, "check_gap", lambda _p, _r, der: der)
    monkeypatch.setattr(sealed_file, "check_seal_structure", lambda _der: None)
    assert _judge(attack.build()).outcome is Outcome.VALID


def test_without_our_own_list_an_unseen_object_would_pass_under_a_time_stamp(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attack = _named("unseen object under a trusted time stamp")
    monkeypatch.setattr(later_proofs, "_expect_proofs_only", lambda *_: None)
    assert _judge(attack.build()).outcome is Outcome.VALID


def test_without_the_chain_somebody_of_the_same_name_would_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attack = _named("sealed anew by somebody of the same name")
    monkeypatch.setattr(verification, "_question", lambda *_, **__: "")
    assert _judge(attack.build()).outcome is Outcome.VALID


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
