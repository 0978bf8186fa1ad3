"""Published forms, catalogues and network profiles: which version the laptops get."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery

from sync.content import MAX_ARCHIVE_BYTES, ContentError, check_files, unpack
from sync.server import content
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import SentForm, SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.intake import OpenDatabase
from sync.server.routes import Passphrase

PATH = f"{BASE}/inhalte"
ADMINS = {"roles": roles_of("content")}
MULTIPART_BYTES = 64_000
"""Room for the form around the file."""
NO_FILE = "Bitte wählen Sie die ZIP-Datei mit den Inhalten aus."
UNUSABLE = "Diese Datei ist kein brauchbares Paket von Inhalten. Der Server meldet: {0}"


@get("/inhalte", opt=ADMINS, sync_to_thread=True)
def show_content(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """All versions that were published."""
    return _list(request, database, visitor, done=wording.done(getan))


@post("/inhalte", opt=ADMINS, request_max_body_size=MAX_ARCHIVE_BYTES + MULTIPART_BYTES)
async def publish(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    passphrase: Passphrase,
) -> Response[Any]:
    """Publish the files of a ZIP file as the next version."""
    file = form.files.get("paket")
    archive = await file.read() if file is not None else b""

    def act() -> Response[Any]:
        if not archive:
            return _list(request, database, visitor, wrong=NO_FILE)
        try:
            files = unpack(archive)
            check_files(files)
            content.publish(database, visitor.network, files, passphrase, visitor.name)
        except ContentError as error:
            return _list(request, database, visitor, wrong=UNUSABLE.format(error))
        except AdministrationError as error:
            return _list(request, database, visitor, wrong=wording.wrong(error))
        return go_to(f"{PATH}?getan=veroeffentlicht")

    return await sync_to_thread(act)


def _list(
    request: AnyRequest, database: Database, visitor: Visitor, *, done: str = "", wrong: str = ""
) -> Response[str]:
    return render(
        request,
        "console/content.html",
        409 if wrong else 200,
        bundles=content.bundles(database, visitor.network),
        most_mb=MAX_ARCHIVE_BYTES // 2**20,
        done=done,
        wrong=wrong,
    )


HANDLERS = [show_content, publish]
