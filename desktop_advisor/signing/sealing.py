"""The advisor's seal: PAdES B-B, certification without allowed changes, made offline."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.certificate import WrongCertificatePassword

FIELD = "Siegel"
BYTES_RESERVED = 32768
"""Room in the file for the time stamp that the synchronisation may add later (B-T)."""


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


class _SameMetadata(IncrementalPdfFileWriter):
    """Leaves title, dates and XMP as the report wrote them."""

    def _update_meta(self) -> None:
        """The seal changes nothing that describes the document."""


def seal(
    pdf: bytes, p12: bytes, password: str, *, reason: str, location: str, at: datetime
) -> bytes:
    """The PDF with its seal appended; every byte of it is covered, no change is allowed after.

    reason, location: as a viewer's signature panel shows them. at: with time zone; without a
    time-stamp service it is a claim.

    Raises:
        WrongCertificatePassword: the PKCS#12 does not open.
        CannotSeal: no PDF, or already signed.
    """
    signer = _signer(p12, password)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        location=location or None,
        name=str(signer.subject_name),
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    pdf_signer = _AtMoment(metadata, signer=signer, new_field_spec=SigFieldSpec(FIELD))
    pdf_signer.moment = at
    out = BytesIO()
    try:
        writer = _SameMetadata(BytesIO(pdf), strict=True)
        if list(writer.prev.embedded_signatures):
            raise CannotSeal("Er trägt bereits ein Siegel.")
        pdf_signer.sign_pdf(writer, bytes_reserved=BYTES_RESERVED, output=out)
    except (PdfError, ValueError) as broken:
        raise CannotSeal("Die Datei ist kein vollständiges PDF.") from broken
    return out.getvalue()


def _signer(p12: bytes, password: str) -> Any:
    try:
        return signers.SimpleSigner.load_pkcs12_data(
            p12, other_certs=[], passphrase=password.encode()
        )
    except (ValueError, TypeError, AttributeError) as closed:
        raise WrongCertificatePassword from closed
