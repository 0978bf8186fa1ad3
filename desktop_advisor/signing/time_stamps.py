"""Asks a time-stamp service for tokens (RFC 3161) and believes none that does not fit.

The request goes through a function that is handed in: this floor speaks no HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.container import check_token_structure
from desktop_advisor.signing.faults import Fault
from desktop_advisor.signing.quiet import quiet

Post = Callable[[str, bytes, str], bytes]
"""(address, body, media type of the body) → body of the answer; raises OSError or KnownError."""
QUERY = "application/timestamp-query"
"""RFC 3161 §3.4."""
_GRANTED = ("granted", "granted_with_mods")


class NoTimeStamp(KnownError):
    """The service gave no token that could be used. why: a German sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why,
            safe="Das Siegel bleibt gültig wie bisher.",
            todo="Bei der nächsten Synchronisation wird es noch einmal versucht.",
        )


class TimeStampService(TimeStamper):
    """Tokens of one service.

    Attributes:
        url: where it listens.
        anchors: what its certificate has to lead to; empty trusts whichever root comes along, as
            the address was configured and reached by verified TLS.
    """

    def __init__(self, url: str, post: Post, anchors: Sequence[bytes] = ()) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self.url = url
        self.anchors = tuple(x509.Certificate.load(der) for der in anchors)
        self._post = post

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over this digest. Raises NoTimeStamp."""
        ask: Any = self.request_cms
        nonce, request = ask(message_digest, md_algorithm)
        try:
            answer = self._post(self.url, request.dump(), QUERY)
        except (OSError, ValueError) as failed:  # ValueError: what is configured is no address
            raise NoTimeStamp("Der Zeitstempeldienst ist nicht erreichbar.") from failed
        try:
            token = _granted(answer)
            check_token_structure(token.dump())
            await self._check(token, message_digest, nonce)
        except NoTimeStamp:
            raise
        except Fault as odd:  # our own check would not accept it afterwards
            why = f"Der Zeitstempel des Dienstes ist nicht verwendbar. {odd}"
            raise NoTimeStamp(why) from odd
        except Exception as broken:  # a foreign answer may raise anything
            why = "Die Antwort des Zeitstempeldienstes ist nicht lesbar."
            raise NoTimeStamp(why) from broken
        return token

    async def _check(self, token: cms.ContentInfo, digest: bytes, nonce: int) -> None:
        """The token is for this digest and request, and properly signed (RFC 3161 §2.2, §2.3)."""
        signed = token["content"]
        info = signed["encap_content_info"]["content"].parsed
        if info["nonce"].native != nonce or len(signed["signer_infos"]) != 1:
            raise NoTimeStamp("Der Zeitstempel gehört nicht zu dieser Anfrage.")
        if info["message_imprint"]["hash_algorithm"]["algorithm"].native != "sha256":
            raise NoTimeStamp("Der Zeitstempel gehört nicht zu diesem Siegel.")
        context = self._context(signed, info["gen_time"].native)
        with quiet():
            status = await validate_tst_signed_data(signed, context, lambda _algorithm: digest)
        if not (status["intact"] and status["valid"]):
            raise NoTimeStamp("Der Zeitstempel gehört nicht zu diesem Siegel.")
        if status["trust_problem_indic"] is not None:
            raise NoTimeStamp("Der Zeitstempel stammt nicht von dem eingestellten Dienst.")

    def _context(self, signed: cms.SignedData, moment: datetime) -> ValidationContext:
        came = certificates_in(signed)
        anchors = self.anchors or (topmost(signer_of(signed), came),)
        return ValidationContext(
            trust_roots=list(anchors),
            other_certs=came,
            allow_fetching=False,
            moment=moment,
            best_signature_time=moment,
        )


class _Response(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
    """TimeStampResp of RFC 3161 §2.4.2; asn1crypto's own demands a token of refusals too."""

    _fields = [  # noqa: RUF012 - asn1crypto completes the list itself
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def _granted(answer: bytes) -> cms.ContentInfo:
    response = _Response.load(answer, strict=True)
    if response["status"]["status"].native not in _GRANTED:
        raise NoTimeStamp("Der Zeitstempeldienst hat die Anfrage abgelehnt.")
    return response["time_stamp_token"]


def token_time(signed: cms.SignedData) -> datetime:
    """The moment a token vouches for."""
    moment: datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def certificates_in(signed: cms.SignedData) -> list[x509.Certificate]:
    """The certificates that came with a signature."""
    return [each.chosen for each in signed["certificates"]]


def signer_of(signed: cms.SignedData) -> x509.Certificate:
    """The certificate of the one who signed. Raises StopIteration where it is not there."""
    sid: Any = signed["signer_infos"][0]["sid"].chosen
    wanted = (sid["issuer"].dump(), sid["serial_number"].native)
    came = certificates_in(signed)
    return next(c for c in came if (c.issuer.dump(), c.serial_number) == wanted)


def topmost(leaf: x509.Certificate, others: Iterable[x509.Certificate]) -> x509.Certificate:
    """Where the way up from a certificate ends among those others."""
    current, left = leaf, list(others)
    while current.issuer != current.subject:
        above = next((c for c in left if c.subject == current.issuer), None)
        if above is None:
            break
        left.remove(above)
        current = above
    return current
