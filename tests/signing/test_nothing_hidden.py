"""No element more fits into a seal: readers skip what follows the fields they know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from desktop_advisor.signing.container import check_seal_structure
from desktop_advisor.signing.verification import verify
from tests.signing import sealed
from tests.signing.authorities import NOW
from tests.signing.hostile import basic, cms_of, stamped, with_cms

EXTRAS = [b"\x00\x00", b"\x05\x00", b"\x02\x01\x01", b"\x85\x01x", b"\xa5\x02\x05\x00"]


@dataclass(frozen=True)
class Element:
    """One DER element: its members if it is constructed, else its value."""

    tag: int
    members: tuple[Element, ...]
    value: bytes = b""

    def written(self) -> bytes:
        body = b"".join(m.written() for m in self.members) + self.value
        size = len(body)
        if size < 128:
            return bytes([self.tag, size]) + body
        count = (size.bit_length() + 7) // 8
        return bytes([self.tag, 0x80 | count]) + size.to_bytes(count, "big") + body


def _read(data: bytes) -> Iterator[Element]:
    while data:
        tag, size, start = data[0], data[1], 2
        if size >= 128:
            start += size & 0x7F
            size = int.from_bytes(data[2:start], "big")
        body, data = data[start : start + size], data[start + size :]
        yield Element(tag, tuple(_read(body))) if tag & 0x20 else Element(tag, (), body)


def _with_one_more(element: Element, extra: bytes) -> Iterator[Element]:
    """The element with extra at the end of itself, then of each element inside it."""
    if not element.tag & 0x20:
        return
    yield replace(element, value=extra)
    for place, member in enumerate(element.members):
        before, after = element.members[:place], element.members[place + 1 :]
        for changed in _with_one_more(member, extra):
            yield replace(element, members=(*before, changed, *after))


def _is_refused(der: bytes, victim: bytes) -> bool:
    try:
        check_seal_structure(der)
    except Exception:  # noqa: BLE001 - whatever raises is not accepted
        return True
    verdict = verify(
        with_cms(victim, der),
        expected_sha256=None,
        anchors=sealed.anchors(),
        stamp_anchors=sealed.stamp_anchors(),
        now=NOW,
    )
    return not verdict.is_intact


@pytest.mark.parametrize("extra", EXTRAS, ids=bytes.hex)
@pytest.mark.parametrize("victim", [basic, stamped])
def test_no_element_more_fits_into_a_seal(victim: Callable[[], bytes], extra: bytes) -> None:
    file = victim()
    (whole,) = _read(cms_of(file).dump())
    assert whole.written() == cms_of(file).dump()
    changed = list(_with_one_more(whole, extra))
    assert len(changed) > 50
    accepted = [one.written().hex() for one in changed if not _is_refused(one.written(), file)]
    assert accepted == []


def test_a_length_that_takes_zeros_in_is_refused() -> None:
    der = cms_of(basic()).dump()
    longer = der[:2] + (int.from_bytes(der[2:4], "big") + 0x1000).to_bytes(2, "big") + der[4:]
    assert _is_refused(longer + bytes(0x1000), basic())
