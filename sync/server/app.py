"""The central server as an ASGI application."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException

from sync.protocol import MAX_BODY_BYTES
from sync.server import problems
from sync.server.blob_stores.opening import open_store
from sync.server.blobs import BlobShelf
from sync.server.database import Database, open_database
from sync.server.openapi import complete, openapi_config
from sync.server.options import options_of
from sync.server.rates import Rates
from sync.server.routes import HANDLERS
from sync.server.sweeping import sweeping

LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"


def create_app(
    database_url: str,
    blobs: Path | str,
    passphrase: str = "",
    rates: Rates | None = None,
    authority: bytes = b"",
) -> Litestar:
    """The server over this database and place for attachments; both are made ready on first use.

    passphrase: opens the networks' certificate authorities. rates: how often who may ask, None for
    what is usual. authority: who vouches for the server, as codes tell the laptops (DER), b"" for
    one that they know. Raises: NewerDatabaseError, BlobStoreError.
    """
    database = open_database(database_url)
    return app_over(
        database, blobs, passphrase=passphrase, rates=rates, authority=authority, closes=True
    )


def process_app(
    database_url: str, blobs: str, passphrase: str, authority: bytes, behind_proxy: bool
) -> Litestar:
    """The server as one of several processes, which share a database that is ready."""
    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    rates = Rates(behind_proxy=behind_proxy)
    return create_app(database_url, blobs, passphrase, rates, authority)


def app_over(
    database: Database,
    blobs: Path | str,
    *,
    passphrase: str = "",
    rates: Rates | None = None,
    authority: bytes = b"",
    closes: bool = False,
    with_console: bool = True,
) -> Litestar:
    """The server over a database that is open already; `closes` it at shutdown.

    with_console: without it the start takes a tenth of a second less, and no template library.
    """
    pages = _console(database, authority) if with_console else []
    shelf = BlobShelf(database, open_store(blobs, database))
    buckets = rates or Rates()

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        with sweeping(database, shelf):
            yield
        if closes:
            database.close()

    app = Litestar(
        [*options_of(HANDLERS), *HANDLERS, *pages],
        dependencies={
            "database": Provide(lambda: database, sync_to_thread=False),
            "shelf": Provide(lambda: shelf, sync_to_thread=False),
            "rates": Provide(lambda: buckets, sync_to_thread=False),
            "passphrase": Provide(lambda: passphrase, sync_to_thread=False),
        },
        exception_handlers={
            problems.RefusalError: problems.answer_refusal,
            HTTPException: problems.answer_http_error,
            Exception: problems.answer_unexpected,
        },
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=openapi_config(),
        request_max_body_size=MAX_BODY_BYTES,
    )
    complete(app)
    return app


def _console(database: Database, authority: bytes) -> list[Router]:
    from sync.server.console.router import console_router

    return [console_router(database, authority)]
