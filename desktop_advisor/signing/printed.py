"""Whether the pages of a file print the checksum of the data that are attached to it."""

from __future__ import annotations

import hashlib
import re

_BREAKS = re.compile(r"[\s\u00ad\u2011\ufffe]+")
_MOST_PAGES = 200


def is_digest_printed(pdf: bytes, attached: bytes) -> bool | None:
    """True where some page prints the SHA-256 of the attached data, even broken over two lines.

    None where nothing is attached, or the pages cannot be read.
    """
    import pypdfium2

    if not attached:
        return None
    wanted = hashlib.sha256(attached).hexdigest()
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    with document:
        pages = reversed(range(min(len(document), _MOST_PAGES)))
        return any(wanted in _text(document, index) for index in pages)


def _text(document: object, index: int) -> str:
    page = document[index]  # type: ignore[index]
    words = page.get_textpage()
    found = _BREAKS.sub("", words.get_text_range())
    words.close()
    page.close()
    return found
