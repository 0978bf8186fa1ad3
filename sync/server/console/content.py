"""Published forms, catalogues and network profiles: which version the laptops get."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread

from sync.content import MAX_ARCHIVE_BYTES, ContentError, check_files, unpack
from sync.server import content
from sync.server.console.desk import Answer, AtDesk, Desk, NotHereError, done_at
from sync.server.console.rendering import BASE, roles_of
from sync.server.routes import Passphrase

PATH = f"{BASE}/inhalte"
ADMINS = {"roles": roles_of("content")}
MULTIPART_BYTES = 64_000
"""Room for the form around the file."""
NO_FILE = "Bitte wählen Sie die ZIP-Datei mit den Inhalten aus."
UNUSABLE = "Diese Datei ist kein brauchbares Paket von Inhalten. Der Server meldet: {0}"


@get("/inhalte", opt=ADMINS, sync_to_thread=True)
def show_content(desk: AtDesk) -> Response[str]:
    """All versions that were published."""
    return _list(desk)


@post("/inhalte", opt=ADMINS, request_max_body_size=MAX_ARCHIVE_BYTES + MULTIPART_BYTES)
async def publish(desk: AtDesk, passphrase: Passphrase) -> Answer:
    """Publish the files of a ZIP file as the next version."""
    file = desk.sent.files.get("paket")
    archive = await file.read() if file is not None else b""

    def act() -> Answer:
        if not archive:
            raise NotHereError(NO_FILE)
        try:
            files = unpack(archive)
            check_files(files)
        except ContentError as error:
            raise NotHereError(UNUSABLE.format(error)) from error
        content.publish(desk.database, desk.visitor.network, files, passphrase, desk.visitor.name)
        return done_at(PATH, "veroeffentlicht")

    return await sync_to_thread(desk.tried, act, lambda wrong: _list(desk, wrong))


def _list(desk: Desk, wrong: str = "") -> Response[str]:
    return desk.page(
        "console/content.html",
        wrong,
        bundles=content.bundles(desk.database, desk.visitor.network),
        most_mb=MAX_ARCHIVE_BYTES // 2**20,
    )


HANDLERS = [show_content, publish]
