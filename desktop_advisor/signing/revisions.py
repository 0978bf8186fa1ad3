"""One revision appended to a PDF/A file: nothing that describes the document is touched."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Revision(IncrementalPdfFileWriter):
    """Appends to a file that was read strictly.

    Title, dates and XMP stay as the report wrote them: information dictionary and XMP have to
    agree (ISO 19005-3 §6.6.2.3), and an unsigned correction of either would be a new document.
    The second file identifier follows from the file it continues, so that the same input gives
    the same output (ISO 32000-1 §14.4 leaves the choice open).
    """

    @classmethod
    def of(cls, pdf: bytes) -> Revision:
        """A revision of this file. Raises pyHanko's PdfError where that cannot be read."""
        return cls(BytesIO(pdf), strict=True)

    def _update_meta(self) -> None:
        """Nothing: see the class."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stays as it is: PDF/A-3 rests on ISO 32000-1 (PDF 1.7); ETSI's kinds of signatures are
        told by the entry /Extensions instead (ETSI EN 319 142-1 §5.1)."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        prev.stream.seek(0)
        fresh = generic.ByteStringObject(hashlib.sha256(prev.stream.read()).digest()[:16])
        first = prev.trailer["/ID"][0] if "/ID" in prev.trailer else fresh
        if isinstance(first, generic.TextStringObject):
            first = generic.ByteStringObject(first.original_bytes)
        return generic.ArrayObject([first, fresh])
