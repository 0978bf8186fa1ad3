"""A drawn document as the bytes of a file: small objects packed, references as a stream.

ReportLab writes each object in plain text; a tagged report has thousands of them, which object
streams (ISO 32000-1, 7.5.7) and a cross-reference stream (7.5.8) make a third as large.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from typing import Any

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END = b"endstream"
_IN_STREAM = 200
"""Objects of one object stream: a reader unpacks the whole for one of them."""
_FREE, _PLAIN, _PACKED = range(3)


def written(document: Any, canvas: Any) -> bytes:
    """The whole file; equal documents give equal bytes."""
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    for font in document.delayedFonts:
        font.addObjects(document)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    else:
        document.Catalog.showOutline()
    file = _File(_bodies(document))
    return file.closed(root.format(document), info.format(document))


def _bodies(document: Any) -> list[bytes]:
    """All objects by their number from 1; writing one may add others."""
    bodies: list[bytes] = []
    names = document.numberToId
    while len(bodies) + 1 in names:
        body = document.idToObject[names[len(bodies) + 1]].format(document).rstrip()
        if body.endswith(_END):  # on a line of its own (ISO 19005-3, 6.1.7.1)
            body = body.removesuffix(_END) + b"\n" + _END
        bodies.append(body)
    return bodies


class _File:
    """The bytes so far, and where each object is: kind, offset or stream, index in it."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._parts = [_HEADER]
        self._length = len(_HEADER)
        self._places = [(_FREE, 0, 0xFFFF)] + [(_FREE, 0, 0)] * len(bodies)
        small: list[tuple[int, bytes]] = []
        for number, body in enumerate(bodies, start=1):
            if body.endswith(_END):
                self._places[number] = self._add(number, body)
            else:
                small.append((number, body))
        for first in range(0, len(small), _IN_STREAM):
            self._pack(small[first : first + _IN_STREAM])

    def closed(self, root: bytes, info: bytes) -> bytes:
        """With the references, which are an object themselves, at its end."""
        number, start = len(self._places), self._length
        self._places.append((_PLAIN, start, 0))
        table = b"".join(struct.pack(">BIH", *place) for place in self._places)
        name = b"<%b>" % sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        entries = b"/Type /XRef /Size %d /W [1 4 2] /Root %b /Info %b /ID [%b %b]"
        self._add(number, _stream(table, entries % (number + 1, root, info, name, name)))
        return b"".join((*self._parts, b"startxref\n%d\n%%%%EOF\n" % start))

    def _pack(self, objects: list[tuple[int, bytes]]) -> None:
        number, offset, head = len(self._places), 0, []
        for index, (each, body) in enumerate(objects):
            head.append(b"%d %d" % (each, offset))
            offset += len(body) + 1
            self._places[each] = (_PACKED, number, index)
        start = b" ".join(head) + b"\n"
        entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(start))
        data = start + b"\n".join(body for _, body in objects)
        self._places.append(self._add(number, _stream(data, entries)))

    def _add(self, number: int, body: bytes) -> tuple[int, int, int]:
        place = (_PLAIN, self._length, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(part)
        self._length += len(part)
        return place


def _stream(data: bytes, entries: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<<%b /Filter /FlateDecode /Length %d>>" % (entries, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"
