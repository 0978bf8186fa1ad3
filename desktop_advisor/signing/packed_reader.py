"""pyHanko's strict reader, made quick for files whose objects lie packed in streams.

pyHanko reads a stream's table of contents anew for each object in it, which takes seconds for a
tagged report. Here it is read once; what counts as faulty is the same.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.misc import PdfReadError, PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

_MOST_PER_STREAM = 100_000


class PackedReader(PdfFileReader):
    """Strict, always. Objects in streams: ISO 32000-2 §7.5.7."""

    def __init__(self, pdf: bytes) -> None:
        self._contents: dict[int, tuple[bytes, dict[int, tuple[int, int]]]] = {}
        super().__init__(BytesIO(pdf), strict=True)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._contents:
            self._contents[stmnum] = self._read_contents(stmnum)
        data, places = self._contents[stmnum]
        if idnum not in places or places[idnum][0] != idx:
            raise PdfStrictReadError("Object is not where the table says.")
        stream = BytesIO(data)
        stream.seek(places[idnum][1])
        try:
            found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        except (misc.PdfStreamError, PdfReadError) as broken:
            raise PdfStrictReadError("Object in stream cannot be read.") from broken
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("Forbidden kind of object in an object stream.")
        return found

    def _read_contents(self, stmnum: int) -> tuple[bytes, dict[int, tuple[int, int]]]:
        """(the stream's data, place in the order and in the data by number of object)."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("Not an object stream.")
        data, first, count = stream.data, int(stream["/First"]), int(stream["/N"])
        if not 0 <= count <= _MOST_PER_STREAM or not 0 <= first <= len(data):
            raise PdfStrictReadError("Object stream of impossible size.")
        numbers = [int(word) for word in data[:first].split()[: 2 * count] if word.isdigit()]
        if len(numbers) != 2 * count or len(set(numbers[::2])) != count:
            raise PdfStrictReadError("Object stream header possibly corrupted.")
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return data, {number: (i, first + at) for i, (number, at) in enumerate(pairs)}
