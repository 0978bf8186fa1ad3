"""Signed content that is no PDF: an Ed25519 signature beside the file (RFC 8032)."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(content: bytes, signature: bytes, key: str) -> bool:
    """Whether `signature` is that of `content` under the key; never on an exception.

    signature: 64 bytes in Base64. key: 32 bytes in Base64.
    """
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature.strip(), validate=True), content)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
