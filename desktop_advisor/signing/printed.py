"""What checksums the pages of a file print, to compare with the data attached to it."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\s\u00ad\u2011\ufffe]+")
_RUN = re.compile(r"[0-9a-f]{64,}")
_MOST_PAGES = 200


def printed_digests(pdf: bytes) -> tuple[str, ...] | None:
    """Every SHA-256 in hex on the pages, even broken over two lines; None where none can be read.

    Blanks are taken out first, so that what follows may run into a digest; its beginning counts.
    """
    from desktop_advisor.signing.pdfium import UnreadablePdf, opened

    try:
        with opened(pdf) as document:
            pages = range(min(len(document), _MOST_PAGES))
            found = (run[:64] for index in pages for run in _RUN.findall(_text(document, index)))
            return tuple(dict.fromkeys(found))
    except UnreadablePdf:
        return None


def _text(document: object, index: int) -> str:
    page = document[index]  # type: ignore[index]
    words = page.get_textpage()
    found = _BREAKS.sub("", words.get_text_range())
    words.close()
    page.close()
    return found
