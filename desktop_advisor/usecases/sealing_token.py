"""The card or stick that seals instead of the key in this store; its PIN is never kept."""

from __future__ import annotations

import msgspec

from desktop_advisor.usecases.workplace import Workplace

_TOKEN = "seal.token"  # noqa: S105 - the name under which it lies


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """Where the key is. module: path of the maker's PKCS#11 library. der, issuers: its certificate.

    key_label: "" where the token holds one key only.
    """

    module: str
    token_label: str
    key_label: str = ""
    der: bytes = b""
    issuers: tuple[bytes, ...] = ()


def token_in_use(place: Workplace) -> Token | None:
    """The token that seals, None where the key lies in this store."""
    kept = place.store.secret(_TOKEN)
    return None if kept is None else msgspec.json.decode(kept, type=Token)


def remember_token(place: Workplace, token: Token) -> None:
    """This token seals from now on."""
    place.store.save_secret(_TOKEN, msgspec.json.encode(token))


def forget_token(place: Workplace) -> None:
    """The key in this store seals again."""
    place.store.save_secret(_TOKEN, None)
