"""Distinguished encoding (X.690 §10–11): one structure has exactly one form, so nothing hides."""

from __future__ import annotations

from collections.abc import Iterator

_DEEPEST = 32
_BOOLEAN, _INTEGER, _NULL, _SET = 0x01, 0x02, 0x05, 0x31


class NotDistinguished(ValueError):
    """The bytes are another form of what they say."""


def expect_distinguished(data: bytes, kept: bytes = b"") -> None:
    """Refuse every form but the distinguished one.

    kept: an element inside that is left as it is, because its issuer encoded it. Lengths,
    integers, booleans and the order of sets are looked at; what a value means is not.

    Raises:
        NotDistinguished: some element has a shorter or another order.
    """
    ends = [end for _tag, _start, end in _elements(data, 0, len(data))]
    if ends != [len(data)]:
        raise NotDistinguished("more than one element")
    _check(data, 0, len(data), kept, 0)


def _check(data: bytes, start: int, stop: int, kept: bytes, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotDistinguished("nested too deeply")
    begin = start
    for tag, inner, end in _elements(data, start, stop):
        whole = data[begin:end]
        begin = end
        if kept and whole == kept:
            continue
        if tag & 0x20:
            _check(data, inner, end, kept, depth + 1)
        _check_value(tag, data[inner:end])
        if tag == _SET:
            _check_order(data, inner, end)


def _check_value(tag: int, value: bytes) -> None:
    if tag == _BOOLEAN and value not in (b"\x00", b"\xff"):
        raise NotDistinguished("boolean")
    if tag == _NULL and value:
        raise NotDistinguished("null")
    if tag == _INTEGER and (not value or _is_padded(value)):
        raise NotDistinguished("integer")


def _is_padded(value: bytes) -> bool:
    return len(value) > 1 and (value[0], value[1] >> 7) in ((0x00, 0), (0xFF, 1))


def _check_order(data: bytes, start: int, stop: int) -> None:
    begin, members = start, []
    for _tag, _inner, end in _elements(data, start, stop):
        members.append(data[begin:end])
        begin = end
    if members != sorted(members):
        raise NotDistinguished("set out of order")


def _elements(data: bytes, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """(tag, where the content begins, where it ends) of each element from start to stop."""
    while start < stop:
        if stop - start < 2 or data[start] & 0x1F == 0x1F or not data[start]:
            raise NotDistinguished("tag")
        first = data[start + 1]
        inner, length = start + 2, first
        if first >= 0x80:
            count = first & 0x7F
            inner += count
            length = int.from_bytes(data[start + 2 : inner], "big")
            if not 1 <= count <= 4 or data[start + 2] == 0 or length < 0x80:
                raise NotDistinguished("length")
        if inner + length > stop:
            raise NotDistinguished("length")
        yield data[start], inner, inner + length
        start = inner + length
