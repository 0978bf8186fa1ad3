"""How large a workbook may be; everything beyond is refused before it is unpacked.

The limits are ours: twenty times a Vollcheck of 96 questions in two languages.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook

FILE_BYTES = 8 * 1024 * 1024
ZIP_ENTRIES = 300
UNPACKED_BYTES = 32 * 1024 * 1024
RATIO = 200
"""Unpacked by packed; counts from a megabyte on, because tiny parts pack extremely well."""
RATIO_FROM_BYTES = 1024 * 1024
XML_TAGS = 600_000
CELLS = 100_000
ROWS = 10_000
COLUMNS = 200

_TODO = "Prüfen Sie, ob es wirklich ein Fragebogen ist, und löschen Sie, was nicht dazugehört."
_XML = (".xml", ".rels")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)")


def too_large(name: str, why: str) -> BrokenWorkbook:
    """The refusal of a file that no questionnaire needs to be."""
    return BrokenWorkbook(f"„{name}“ wurde nicht geöffnet: {why}.", todo=_TODO)


class CellBudget:
    """Counts cells while a file is read and stops the reading beyond the limit."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = CELLS

    def spend(self, cells: int) -> None:
        """Count cells, a blank row as one. Raises BrokenWorkbook when there are too many."""
        self._left -= max(1, cells)
        if self._left < 0:
            raise too_large(self._name, f"Sie hat mehr als {CELLS:,} Zellen".replace(",", "."))


def bounded_bytes(path: Path) -> bytes:
    """The file's bytes. Raises BrokenWorkbook when it is missing, unreadable or too large."""
    try:
        if path.stat().st_size > FILE_BYTES:
            raise too_large(path.name, f"Sie ist größer als {FILE_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise BrokenWorkbook(
            f"„{path.name}“ lässt sich nicht lesen.",
            todo="Prüfen Sie den Pfad und schließen Sie die Datei in anderen Programmen.",
        ) from error


def check_archive(content: bytes, name: str) -> None:
    """Nothing, when the XLSX is small enough to be opened; reads its parts, parses none.

    Raises:
        BrokenWorkbook: too many entries, too large unpacked, packed too densely to be a
            worksheet, too many XML elements, own XML entities, or no ZIP archive at all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive, name)
            _check_parts(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BrokenWorkbook(
            f"„{name}“ ist keine lesbare .xlsx-Datei.",
            todo="Speichern Sie die Arbeitsmappe ohne Kennwort neu im Format .xlsx.",
        ) from error


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise too_large(name, f"Sie besteht aus mehr als {ZIP_ENTRIES} Teilen")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_BYTES:
        raise too_large(name, f"Sie ist entpackt größer als {UNPACKED_BYTES >> 20} MB")
    for entry in entries:
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > RATIO_FROM_BYTES and ratio > RATIO:
            raise too_large(name, "Ein Teil ist auffällig dicht gepackt")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """All parts, whatever they are called: the archive itself says which of them are sheets."""
    tags = 0
    for entry in archive.infolist():
        part = archive.read(entry)
        is_xml = part.lstrip().startswith((b"<", *_MARKS)) or entry.filename.endswith(_XML)
        tags += part.count(b"<") if is_xml else 0
        if _DOCTYPE.search(part) or (is_xml and _hides(part)):
            raise too_large(name, "Ein Teil enthält eigene XML-Vereinbarungen")
        if tags > XML_TAGS:
            raise too_large(name, "Sie enthält zu viele Einträge")


def _hides(part: bytes) -> bool:
    """Whether an encoding keeps its text from being looked through; Excel writes UTF-8."""
    encoding = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    is_odd = encoding is not None and encoding[1].lower() not in {b"utf-8", b"us-ascii"}
    return is_odd or b"\x00" in part
