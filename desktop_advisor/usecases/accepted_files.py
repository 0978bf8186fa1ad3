"""Which files are taken as evidence, told by their content and not by their name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PureWindowsPath

from desktop_advisor.domain.errors import KnownError

LARGEST_BYTES = 25 * 1024 * 1024
"""Largest file taken (our choice: it still goes over a hotel's network within minutes)."""
LONGEST_NAME = 120


class TooLarge(KnownError):
    """The file is over the limit."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist größer als 25 MB.",
            safe="Es wurde nichts gespeichert, die Datei ist unverändert.",
            todo="Bitte wählen Sie eine kleinere Fassung oder nur die Seiten, die Sie brauchen.",
        )


class EmptyFile(KnownError):
    """There is nothing in the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist leer.",
            safe="Es wurde nichts gespeichert.",
            todo="Bitte prüfen Sie, ob die Datei vollständig kopiert wurde.",
        )


class Executable(KnownError):
    """A program or script."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist ein Programm und kein Beleg.",
            safe="Es wurde nichts gespeichert und nichts ausgeführt.",
            todo="Bitte wählen Sie ein Dokument, eine Tabelle oder ein Bild.",
        )


class UnknownKind(KnownError):
    """Neither a document nor a picture nor a text."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist keine Datei, die hier abgelegt werden kann.",
            safe="Es wurde nichts gespeichert.",
            todo="Möglich sind PDF, Bilder, Office-Dokumente, Text und CSV.",
        )


@dataclass(frozen=True)
class FileKind:
    """What a file is. suffixes: the ways its name may end, the usual one first."""

    media_type: str
    suffixes: Sequence[str]

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture of points."""
        return self.media_type.startswith("image/")


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
PNG = FileKind("image/png", (".png",))
HEIC = FileKind("image/heic", (".heic", ".heif", ".avif"))
_PDF = FileKind("application/pdf", (".pdf",))
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", FileKind("image/gif", (".gif",))),
    (b"GIF89a", FileKind("image/gif", (".gif",))),
    (b"II*\x00", FileKind("image/tiff", (".tif", ".tiff"))),
    (b"MM\x00*", FileKind("image/tiff", (".tif", ".tiff"))),
    (b"{\\rtf", FileKind("application/rtf", (".rtf",))),
)
_WEBP = FileKind("image/webp", (".webp",))
_BMP = FileKind("image/bmp", (".bmp",))
_IN_ZIP = (
    ("word/", FileKind(_OOXML + "wordprocessingml.document", (".docx", ".docm"))),
    ("xl/", FileKind(_OOXML + "spreadsheetml.sheet", (".xlsx", ".xlsm"))),
    ("ppt/", FileKind(_OOXML + "presentationml.presentation", (".pptx", ".pptm"))),
)
_OPEN_DOCUMENT = {
    _ODF + "text": FileKind(_ODF + "text", (".odt",)),
    _ODF + "spreadsheet": FileKind(_ODF + "spreadsheet", (".ods",)),
    _ODF + "presentation": FileKind(_ODF + "presentation", (".odp",)),
}
_OLD_OFFICE = (
    ("WordDocument", FileKind("application/msword", (".doc",))),
    ("Workbook", FileKind("application/vnd.ms-excel", (".xls",))),
    ("Book", FileKind("application/vnd.ms-excel", (".xls",))),
    ("PowerPoint Document", FileKind("application/vnd.ms-powerpoint", (".ppt",))),
)
"""Name of a stream in a compound file → its kind ([MS-DOC], [MS-XLS], [MS-PPT], 2.1)."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CSV = FileKind("text/csv", (".csv", ".tsv"))
_TEXT = FileKind("text/plain", (".txt", ".md", ".log", ".json", ".xml", ".eml", ".vcf", ".ics"))
_PROGRAM_STARTS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
"""Windows, Linux and macOS programs, scripts, Java classes, Windows shortcuts."""
_PROGRAM_SUFFIXES = frozenset(
    {
        *(".exe", ".com", ".scr", ".pif", ".msi", ".msp", ".dll", ".cpl", ".lnk", ".url", ".jar"),
        *(".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta"),
        *(".reg", ".inf", ".sh", ".py", ".pl", ".rb", ".php", ".html", ".htm", ".svg", ".desktop"),
    }
)
"""Names that an operating system or a browser would run, whatever is in the file."""


def kind_of(name: str, content: bytes) -> FileKind:
    """What the file is.

    Raises: EmptyFile, TooLarge, Executable, UnknownKind.
    """
    if not content:
        raise EmptyFile(name)
    if len(content) > LARGEST_BYTES:
        raise TooLarge(name)
    if content.startswith(_PROGRAM_STARTS):
        raise Executable(name)
    found = _document(content) or _picture(content)
    if found is not None:
        return found
    if _suffix(name) in _PROGRAM_SUFFIXES:
        raise Executable(name)
    if not _is_text(content):
        raise UnknownKind(name)
    return _CSV if _suffix(name) in _CSV.suffixes else _TEXT


def proper_name(name: str, kind: FileKind) -> str:
    """The bare name without folders and control signs, ending as its kind ends."""
    bare = PureWindowsPath(name).name
    bare = "".join(c for c in bare if c.isprintable() and c not in '<>:"|?*').strip(" .")
    bare = bare or "Datei"
    stem, suffix = _split(bare)
    if suffix.lower() not in kind.suffixes:
        stem, suffix = (stem if suffix.lower() in _KNOWN_SUFFIXES else bare), kind.suffixes[0]
    return stem[: LONGEST_NAME - len(suffix)] + suffix


def _document(content: bytes) -> FileKind | None:
    if b"%PDF-" in content[:1024]:  # readers allow that much before it (PDF 1.7, annex H, note 13)
        return _PDF
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    if content.startswith(_COMPOUND):
        streams = ((name.encode("utf-16-le"), kind) for name, kind in _OLD_OFFICE)
        return next((kind for name, kind in streams if name in content), None)
    return None


def _in_zip(content: bytes) -> FileKind | None:
    """An Office document; None for any other archive, whose content nobody has looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").decode("ascii", "replace"))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((k for start, k in _IN_ZIP if any(n.startswith(start) for n in names)), None)


def _picture(content: bytes) -> FileKind | None:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _WEBP
    if content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00":
        return _BMP
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)


_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of ISO/IEC 23008-12 (HEIF) and AVIF."""


def _is_text(content: bytes) -> bool:
    """Readable in UTF-8, UTF-16 with its mark, or Windows-1252, without control signs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError:
            return False
    else:
        text = content.decode("latin-1")
    return not any(ord(c) < 32 and c not in "\t\r\n\f" for c in text)


def _suffix(name: str) -> str:
    return _split(PureWindowsPath(name).name)[1].lower()


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem and suffix else (name, "")


_KNOWN_SUFFIXES = _PROGRAM_SUFFIXES.union(
    *(kind.suffixes for _, kind in (*_STARTS, *_IN_ZIP, *_OLD_OFFICE)),
    *(kind.suffixes for kind in (_PDF, _WEBP, _BMP, HEIC, _CSV, _TEXT, *_OPEN_DOCUMENT.values())),
)
"""Endings that say a kind, and are taken off where they say the wrong one."""
