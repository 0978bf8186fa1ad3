"""sRGB as a small ICC profile, so that a PDF says what its colours mean (ISO 19005-3, 6.2.3).

Built here from the numbers of IEC 61966-2-1, so that nobody's licence is concerned. Format:
ICC.1:2001-04 (version 2), clauses 6.1 header, 6.2 tag table, 6.5.3 curve, 6.5.17 description.
"""

from __future__ import annotations

import struct
from functools import lru_cache

NAME = "sRGB IEC61966-2.1"
_WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of the profile connection space; the primaries are adapted to it (Bradford)."""
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 1024
_HEAD = 128


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The profile; always the same bytes."""
    curve = _curve()
    tags = {
        b"desc": _description(NAME),
        b"cprt": b"text\0\0\0\0No copyright, use freely.\0",
        b"wtpt": _xyz(_WHITE),
        **{name: _xyz(values) for name, values in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    start = _HEAD + 4 + 12 * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    """Version 2.1, a display, RGB to XYZ, made on 1 January 2026."""
    head = struct.pack(">I4sI4s4s4s", size, b"", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp")
    head += bytes(28) + b"".join(map(_fixed, _WHITE))
    return head + bytes(_HEAD - len(head))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _curve() -> bytes:
    values = [round(65535 * _linear(n / (_STEPS - 1))) for n in range(_STEPS)]
    return struct.pack(f">4sII{_STEPS}H", b"curv", 0, _STEPS, *values)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _description(name: str) -> bytes:
    words = name.encode("ascii") + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(words)) + words + bytes(8 + 3 + 67)
