"""Hostile files: bounded in time and memory, never a crash of the program that asked."""

from __future__ import annotations

import time
import zlib

import pytest

from desktop_advisor.signing.isolated import CheckCancelled, verify_isolated
from desktop_advisor.signing.verdict import Level, Outcome, Verdict
from desktop_advisor.signing.verification import verify
from tests.signing import hostile, sealed
from tests.signing.authorities import NOW
from tests.signing.fuzz_verification import campaign


def _judge(pdf: bytes, **limits: float) -> Verdict:
    return verify_isolated(
        pdf,
        expected_sha256=None,
        anchors=sealed.anchors(),
        stamp_anchors=sealed.stamp_anchors(),
        now=NOW,
        **limits,  # type: ignore[arg-type]
    )


def test_the_confined_check_says_what_the_check_says() -> None:
    pdf = hostile.long_term()
    there = _judge(pdf)
    here = verify(
        pdf,
        expected_sha256=None,
        anchors=sealed.anchors(),
        stamp_anchors=sealed.stamp_anchors(),
        now=NOW,
    )
    assert there == here
    assert (there.outcome, there.level) == (Outcome.VALID, Level.LONG_TERM)
    assert there.attached == b'{"company":{"name":"Guss"},"version":1}'


def test_a_check_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    verdict = _judge(hostile.basic(), seconds=0.01)
    assert time.monotonic() - began < 5
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert "nicht fertig" in verdict.points[0].reason


def test_a_check_that_needs_too_much_memory_is_ended() -> None:
    verdict = _judge(hostile.basic(), memory=64 * 1024 * 1024)
    assert verdict.outcome is Outcome.NOT_CHECKABLE


def test_a_check_is_cancelled_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(CheckCancelled):
        verify_isolated(hostile.basic(), expected_sha256=None, anchors=[], cancelled=lambda: True)
    assert time.monotonic() - began < 5


def _file(*objects: bytes, root: bytes = b"1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a table that fits."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
    end = b"trailer\n<</Size %d/Root %b>>\nstartxref\n%d\n%%%%EOF\n" % (count, root, len(out))
    return out + table + end


_CATALOG = b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>"
_PAGES = b"<</Type/Pages/Kids[]/Count 0>>"


def _bomb() -> bytes:
    """400 MB of blanks behind 400 kB, as the object stream that holds the catalogue."""
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(b" " * 2**20) for _ in range(400)) + packer.flush()
    stream = b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
    return _file(_CATALOG, _PAGES, b"<</Fields[]>>", stream % (len(data), data))


HOSTILE = {
    "empty": b"",
    "deep arrays": _file(_CATALOG, _PAGES, b"[" * 100_000 + b"]" * 100_000),
    "deep dictionaries": _file(_CATALOG, _PAGES, b"<</A" * 50_000 + b">>" * 50_000),
    "million fields": _file(
        _CATALOG, _PAGES, b"<</Fields[" + b"4 0 R " * 1_000_000 + b"]>>", b"<<>>"
    ),
    "field that is its own parent": _file(
        _CATALOG, _PAGES, b"<</Fields[4 0 R]>>", b"<</FT/Sig/Parent 4 0 R/Kids[4 0 R]/T(Siegel)>>"
    ),
    "pages that hold themselves": _file(
        _CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>", b"<</Fields[]>>"
    ),
    "catalogue that refers to itself": _file(b"1 0 R", _PAGES),
    "object that is its own stream length": _file(
        _CATALOG, _PAGES, b"<</Fields[]>>", b"<</Length 4 0 R>>\nstream\n\nendstream"
    ),
    "table of impossible length": _file(_CATALOG, _PAGES, b"<</Fields[]>>").replace(
        b"xref\n0 4", b"xref\n0 999999999"
    ),
    "impossible size": _file(_CATALOG, _PAGES, b"<</Fields[]>>").replace(
        b"/Size 4", b"/Size 99999999999"
    ),
    "binary noise": b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\nstartxref\n9\n%%EOF\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_not_checkable_and_soon_said_so(name: str) -> None:
    began = time.monotonic()
    verdict = verify(HOSTILE[name], expected_sha256=None, anchors=sealed.anchors(), now=NOW)
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert time.monotonic() - began < 10


def test_a_bomb_stays_within_the_memory_it_is_given() -> None:
    verdict = _judge(_bomb(), memory=384 * 1024 * 1024)
    assert verdict.outcome is Outcome.NOT_CHECKABLE


def test_random_damage_is_never_accepted() -> None:
    """A sample; `make fuzz-verify` does thousands."""
    outcomes, accepted = campaign(60, seed=20261124)
    assert not accepted
    assert sum(outcomes.values()) >= 45
