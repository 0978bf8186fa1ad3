"""The advisor's seal: PAdES B-B, certification without allowed changes, made offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.stamp import BaseStampStyle

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.certificate import require_period
from desktop_advisor.signing.keys import SealingKey
from desktop_advisor.signing.revisions import Revision

FIELD = "Siegel"
STAMP_FIELD = "Zeitstempel"
BYTES_RESERVED = 32768
"""Hex digits kept free for the seal, half as many bytes: the seal needs 1–4 kB, the time stamp that
the synchronisation may add (B-T) 2–8 kB. ISO 19005-3 §6.1.13 allows 32,767 bytes in a string."""

Mark = Callable[[float, float], bytes]
"""Draws the visible mark for a field of this width and height in points, as a PDF of one page.

Its fonts have to be embedded with their Unicode maps (ISO 19005-3 §6.2.11), and it must not be
transparent: the page has no transparency group that would say how to blend."""


class CannotSeal(KnownError):
    """The file is no PDF, or is sealed already."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Der Bericht konnte nicht gesiegelt werden: {why}",
            safe="Der Bericht und die Unterschriften sind gespeichert.",
            todo="Bitte erstellen Sie den Bericht neu und siegeln Sie noch einmal.",
        )


class _AtMoment(signers.PdfSigner):
    """Signs with the moment it is handed instead of the machine's clock and zone."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        """The session, at our moment."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


@dataclass(frozen=True)
class _Appearance(BaseStampStyle):
    """What the field shows; None leaves the prepared appearance as it is."""

    draw: Mark | None = None

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Any:
        """The mark for this box."""
        return _Stamp(writer, self.draw(box.width, box.height)) if self.draw else None


@dataclass(frozen=True)
class _Stamp:
    writer: Any
    page: bytes

    def apply_appearance(self, annotation: Any) -> None:
        """One normal appearance, no other states (ISO 19005-3 §6.3.3)."""
        form = self.writer.import_page_as_xobject(PdfFileReader(BytesIO(self.page)))
        states: Any = generic.DictionaryObject
        annotation[pdf_name("/AP")] = states({pdf_name("/N"): form})


def seal(
    pdf: bytes,
    key: SealingKey,
    *,
    reason: str,
    location: str,
    at: datetime,
    mark: Mark | None = None,
) -> bytes:
    """The PDF with its seal appended; every byte of it is covered, no change is allowed after.

    Baseline signature B-B of ETSI EN 319 142-1 §6.3. It fills the field „Siegel“; a file without
    one gets an invisible one. Later only proofs of its age and validity may be added, which
    ISO 32000-2 table 257 does not count as a change even where none is permitted.

    reason, location: as a viewer's signature panel shows them. at: with time zone; without a
    time-stamp service it is a claim. mark: what a visible field shows.

    Raises:
        CertificateError, TokenError: the key cannot be used, now or at all.
        CannotSeal: no PDF, or already signed.
    """
    with key.opened() as signer:
        require_period(signer.signing_cert.dump(), at)
        pdf_signer = _AtMoment(
            _metadata(signer, reason, location),
            signer=signer,
            stamp_style=_Appearance(draw=mark),
            new_field_spec=SigFieldSpec(FIELD),
        )
        pdf_signer.moment = at
        return _signed(pdf, pdf_signer)


def _metadata(signer: Any, reason: str, location: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        location=location or None,
        name=str(signer.subject_name),
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )


def _signed(pdf: bytes, pdf_signer: signers.PdfSigner) -> bytes:
    out = BytesIO()
    try:
        writer = Revision.of(pdf)
        if list(writer.prev.embedded_signatures):
            raise CannotSeal("Er trägt bereits ein Siegel.")
        pdf_signer.sign_pdf(writer, bytes_reserved=BYTES_RESERVED, output=out)
    except SigningError as refused:
        raise CannotSeal("Das Siegel passt nicht in die Datei.") from refused
    except (PdfError, ValueError) as broken:
        raise CannotSeal("Die Datei ist kein vollständiges PDF.") from broken
    return out.getvalue()
