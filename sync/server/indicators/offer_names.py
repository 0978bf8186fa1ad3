"""What the offers are called that companies chose, as the network's own published content says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from sync.content import MAX_FILE_BYTES
from sync.server.database import Database
from sync.server.people_models import ContentBundle


class _Offer(msgspec.Struct):
    id: str
    title: str


class _Catalogue(msgspec.Struct):
    """As much of an offers.json as is needed."""

    offers: list[_Offer]


def offer_names(database: Database, network_id: int) -> Mapping[str, str]:
    """Offer's id → its title in the newest bundle; {} where none was published."""
    newest = (
        select(ContentBundle.body)
        .where(ContentBundle.network_id == network_id)
        .order_by(ContentBundle.version.desc())
        .limit(1)
    )
    with database.reading() as session:
        archive = session.scalar(newest)
    if archive is None:
        return {}
    names: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for path in sorted(opened.namelist()):
            if path.endswith("/offers.json"):
                with opened.open(path) as file:
                    names |= _names(file.read(MAX_FILE_BYTES))
    return names


def _names(content: bytes) -> dict[str, str]:
    """{} for a catalogue that cannot be read; the laptops say what is wrong with it."""
    try:
        found = msgspec.json.decode(content, type=_Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return {offer.id: " ".join(offer.title.split()) for offer in found.offers if offer.title}
