"""The keys that seal: a PKCS#12 file in the encrypted store, or a card or stick (PKCS#11).

TokenError
├── TokenUnreadable: the driver cannot be loaded, or the device fails
├── TokenMissing: no such token is inserted
├── WrongTokenPin: one attempt is spent
├── TokenPinLocked: too many of them
└── TokenKeyMissing: the token holds no such key with a certificate
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.signing.certificate import (
    Certificate,
    opened_p12,
    read_certificates,
)

_SAFE = "Der Bericht und die Unterschriften bleiben erhalten."


class TokenError(KnownError):
    """A card or stick that does not seal."""


class TokenUnreadable(TokenError):
    """Driver or device fail."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Karte oder Stick lassen sich nicht ansprechen ({why}).",
            safe=_SAFE,
            todo="Bitte prüfen Sie, ob der Treiber (PKCS#11-Modul) installiert und richtig "
            "angegeben ist, und stecken Sie das Gerät neu ein.",
        )


class TokenMissing(TokenError):
    """No token of that name is inserted."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"Die Karte oder der Stick „{label}“ ist nicht eingesteckt.",
            safe=_SAFE,
            todo="Bitte stecken Sie das Gerät ein und versuchen Sie es noch einmal.",
        )


class WrongTokenPin(TokenError):
    """The PIN was refused; the device counts the attempts."""

    def __init__(self) -> None:
        super().__init__(
            "Die PIN der Karte oder des Sticks ist falsch.",
            safe=_SAFE,
            todo="Bitte geben Sie sie noch einmal ein; nach wenigen Fehlversuchen sperrt sich "
            "das Gerät selbst.",
        )


class TokenPinLocked(TokenError):
    """The device has locked itself."""

    def __init__(self) -> None:
        super().__init__(
            "Die PIN der Karte oder des Sticks ist nach zu vielen Fehlversuchen gesperrt.",
            safe=_SAFE,
            todo="Bitte entsperren Sie das Gerät mit der PUK des Herausgebers, oder siegeln Sie "
            "mit dem Zertifikat dieses Programms.",
        )


class TokenKeyMissing(TokenError):
    """The token is there, the key is not."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"Auf der Karte oder dem Stick liegt kein Schlüssel „{label}“ mit Zertifikat.",
            safe=_SAFE,
            todo="Bitte prüfen Sie den Namen des Schlüssels in den Einstellungen.",
        )


class SealingKey(Protocol):
    """Whatever can seal, wherever its private key lies."""

    def certificate(self) -> Certificate:
        """Whose key it is, with the certificates above that came along."""

    def opened(self) -> AbstractContextManager[Any]:
        """pyHanko's signer, usable until it is left."""


@dataclass(frozen=True)
class SoftwareKey:
    """A key in a PKCS#12 file. Both calls raise CertificateError.

    It is decrypted once, since that is made slow on purpose: a key object lives as long as one
    session of signing.
    """

    p12: bytes = field(repr=False)
    password: str = field(repr=False)

    def certificate(self) -> Certificate:
        """See SealingKey."""
        _key, certificate, above = self._parts
        ders = [each.public_bytes(Encoding.DER) for each in (certificate, *above)]
        return read_certificates(ders[0], ders[1:])

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """See SealingKey."""
        from asn1crypto import keys
        from asn1crypto import x509 as asn1
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        key, certificate, above = self._parts
        plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        for each in above:
            store.register(asn1.Certificate.load(each.public_bytes(Encoding.DER)))
        yield SimpleSigner(
            signing_cert=asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(plain),
            cert_registry=store,
        )

    @cached_property
    def _parts(self) -> tuple[PrivateKeyTypes, x509.Certificate, list[x509.Certificate]]:
        return opened_p12(self.p12, self.password)


@dataclass(frozen=True)
class TokenKey:
    """A key that never leaves its card or stick. Both calls raise TokenError.

    module: the maker's PKCS#11 library. key_label: "" where the token holds one key only. The
    certificate is the one with the key's CKA_ID, as PKCS#11 §4.6.3 recommends.
    """

    module: Path
    token_label: str
    key_label: str
    pin: str = field(repr=False)

    def certificate(self) -> Certificate:
        """See SealingKey."""
        with self.opened() as signer:
            others = [c.dump() for c in signer.cert_registry]
            return read_certificates(signer.signing_cert.dump(), others)

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """See SealingKey."""
        from pkcs11.exceptions import PKCS11Error

        with _in_words(self.token_label, self.key_label):
            session = self._session()
        try:
            with _in_words(self.token_label, self.key_label):
                signer = self._signer(session)
            yield signer
        except PKCS11Error as failed:  # while signing: unplugged, for instance
            raise _named(failed, self.token_label, self.key_label) from failed
        finally:
            session.close()

    def _session(self) -> Any:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import find_token

        slots = pkcs11.lib(str(self.module)).get_slots()
        token = find_token(slots, token_criteria=TokenCriteria(label=self.token_label))
        if token is None:
            raise TokenMissing(self.token_label)
        return token.open(user_pin=self.pin)

    def _signer(self, session: Any) -> Any:
        """The key with its certificate and those above; others on the token stay out of seals."""
        from asn1crypto import x509 as asn1
        from pkcs11 import Attribute, ObjectClass
        from pyhanko.sign.pkcs11 import PKCS11Signer

        wanted: dict[Any, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
        if self.key_label:
            wanted[Attribute.LABEL] = self.key_label
        keys = list(session.get_objects(wanted))
        identifier = bytes(keys[0][Attribute.ID]) if len(keys) == 1 else b""
        held = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ders = [(bytes(c[Attribute.ID]), bytes(c[Attribute.VALUE])) for c in held]
        own = [der for name, der in ders if name == identifier]
        if len(keys) != 1 or len(own) != 1:
            raise TokenKeyMissing(self.key_label)
        above = read_certificates(own[0], [der for _name, der in ders]).issuers
        return PKCS11Signer(
            session,
            key_id=identifier,
            cert_id=identifier,
            ca_chain=[asn1.Certificate.load(der) for der in above],
            # Many tokens know only the bare ECDSA operation; RSA they hash themselves.
            use_raw_mechanism=asn1.Certificate.load(own[0]).public_key.algorithm == "ec",
        )


@contextmanager
def _in_words(token_label: str, key_label: str) -> Iterator[None]:
    from pkcs11.exceptions import PKCS11Error

    try:
        yield
    except (PKCS11Error, RuntimeError, OSError) as failed:
        raise _named(failed, token_label, key_label) from failed


def _named(failed: Exception, token_label: str, key_label: str) -> TokenError:
    from pkcs11 import exceptions as p11

    if isinstance(failed, p11.PinLocked):
        return TokenPinLocked()
    if isinstance(failed, p11.PinIncorrect | p11.PinInvalid | p11.PinLenRange):
        return WrongTokenPin()
    gone = (p11.NoSuchToken, p11.TokenNotPresent, p11.TokenNotRecognised, p11.DeviceRemoved)
    if isinstance(failed, gone):
        return TokenMissing(token_label)
    if isinstance(failed, p11.NoSuchKey) or "Could not find" in str(failed):
        return TokenKeyMissing(key_label)
    return TokenUnreadable(type(failed).__name__)
