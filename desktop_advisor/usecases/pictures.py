"""Pictures made harmless: bounded when read, upright, and without anything but the picture.

Pillow is imported where it is used; it would cost every start.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from desktop_advisor.domain.errors import KnownError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 50_000_000
"""Largest picture that is decoded (our choice: twice what a good telephone takes)."""
LONGEST_SIDE = 2560
"""Pixels of a stored photo: fills a page at 200 dpi, and 1 to 2 MB travel quickly."""
QUALITY = 85
PRINTED_SIDE = 1600
"""Pixels of a photo in a report: half a page at 200 dpi, and every version carries it along."""
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")


class UnreadablePicture(KnownError):
    """The bytes are no picture that can be decoded."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ lässt sich nicht als Bild lesen.",
            safe="Es wurde nichts gespeichert, die Datei ist unverändert.",
            todo="Bitte nehmen Sie das Bild noch einmal auf oder wählen Sie eine andere Datei.",
        )


class TooManyPixels(KnownError):
    """The picture is larger than anything a camera takes; it is not decoded."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ hat mehr als 50 Millionen Bildpunkte.",
            safe="Es wurde nichts gespeichert, die Datei ist unverändert.",
            todo="Bitte verkleinern Sie das Bild oder nehmen Sie es noch einmal auf.",
        )


class HeicPhoto(KnownError):
    """A telephone's own format, which needs a decoder that is not part of the program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist ein HEIC-Foto, das dieses Programm nicht lesen kann.",
            safe="Es wurde nichts gespeichert, das Foto ist unverändert.",
            todo=(
                "Bitte senden Sie es als JPEG, oder stellen Sie die Kamera auf"
                " „Maximale Kompatibilität“."
            ),
        )


def clean_photo(name: str, content: bytes) -> bytes:
    """The picture as an upright JPEG of at most 2560 pixels, without any metadata.

    Raises: UnreadablePicture, TooManyPixels.
    """
    from PIL import Image

    upright = _decoded(name, content, LONGEST_SIDE).convert("RGBA")
    bare = Image.new("RGB", upright.size, "white")  # a new picture carries nothing along
    bare.paste(upright, mask=upright.getchannel("A"))
    return _saved(bare, "JPEG", quality=QUALITY, optimize=True)


def printed_photo(name: str, content: bytes) -> bytes:
    """The picture as an upright JPEG in the size of a printed page, without any metadata.

    Raises: UnreadablePicture, TooManyPixels.
    """
    return _saved(_decoded(name, content, PRINTED_SIDE).convert("RGB"), "JPEG", quality=QUALITY)


def clean_drawing(name: str, content: bytes) -> bytes:
    """A PNG point for point the same, without any metadata.

    Raises: UnreadablePicture, TooManyPixels.
    """
    from PIL import Image

    read = _decoded(name, content, None)
    mode = read.mode if read.mode in {"1", "L", "LA", "RGB", "RGBA"} else "RGBA"
    bare = Image.new(mode, read.size)
    bare.paste(read.convert(mode))
    return _saved(bare, "PNG")


def thumbnail_of(content: bytes, side_px: int) -> bytes:
    """A PNG whose longer side is at most `side_px`.

    Raises: UnreadablePicture, TooManyPixels.
    """
    return _saved(_decoded("", content, side_px).convert("RGBA"), "PNG")


def _decoded(name: str, content: bytes, longest_side: int | None) -> Image:
    """The first picture of the file, upright; its size is known before any pixel is decoded."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise TooManyPixels(name)
        if longest_side is not None:
            opened.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
        return ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(name) from None
    except KnownError:
        raise
    except Exception as error:  # a broken picture makes decoders raise almost anything
        raise UnreadablePicture(name) from error


def _saved(picture: Image, form: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
