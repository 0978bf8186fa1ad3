"""Attachment bytes as objects of an S3-compatible store.

An upload is a row of objects, one for each piece: an S3 multipart upload asks for parts of at
least 5 MiB (AWS S3 user guide, "Amazon S3 multipart upload limits"), more than a cut line may
cost. When it is whole, its pieces become one object.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.orm import Session

from sync.server.blob_stores.store import BlobStoreError

if TYPE_CHECKING:
    from obstore import ObjectMeta

PART_BYTES = 8 * 1024 * 1024
READ_BYTES = 1024 * 1024
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BucketStore:
    """Objects `PREFIX/ab/HASH`, and `PREFIX/partial/UPLOAD/START` for pieces."""

    def __init__(self, address: str) -> None:
        try:
            import obstore
        except ModuleNotFoundError as error:
            raise BlobStoreError("S3 needs the package obstore (extra s3).") from error
        self._obstore = obstore
        self._store = _connect(address)

    def has(self, session: Session, sha256: str) -> bool:
        """Whether the whole is here."""
        return self._has(sha256)

    def _has(self, sha256: str) -> bool:
        try:
            self._obstore.head(self._store, _path(sha256))
        except FileNotFoundError:
            return False
        return True

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, in pieces. What is not here gives none."""
        if start >= end:
            return
        try:
            found = self._obstore.get(self._store, _path(sha256), options={"range": (start, end)})
        except FileNotFoundError:
            return
        for piece in found.stream(min_chunk_size=READ_BYTES):
            yield bytes(piece)

    def received(self, upload: str) -> int:
        """How many bytes of an upload are here; 0 where there is none."""
        return sum(size for _, size in self._pieces(upload))

    def append(self, upload: str, start: int, content: bytes) -> int:
        """How many are here after these; only what is new of them is written."""
        here = self.received(upload)
        if not start <= here < start + len(content):
            return here
        self._obstore.put(self._store, f"{_folder(upload)}{here:012d}", content[here - start :])
        return start + len(content)

    def finish(self, upload: str, sha256: str, total: int) -> bool:
        """Put the upload under its hash, if it has it."""
        pieces = self._pieces(upload)
        if not pieces and total:
            return self._has(sha256)  # the last piece came twice, and the other one was quicker
        is_whole = sum(size for _, size in pieces) == total
        if is_whole:
            try:
                is_whole = self._join(pieces, sha256)
            except FileNotFoundError:
                return self._has(sha256)
        self._delete([path for path, _ in pieces])
        return is_whole

    def drop_uploads(self, before_ms: int) -> int:
        """Let go of uploads that got nothing since then; how many."""
        newest: dict[str, float] = {}
        paths: dict[str, list[str]] = {}
        for entry in self._list("partial/"):
            upload = entry["path"].split("/")[1]
            moment_ms = entry["last_modified"].timestamp() * 1000
            newest[upload] = max(newest.get(upload, 0.0), moment_ms)
            paths.setdefault(upload, []).append(entry["path"])
        old = [upload for upload, moment_ms in newest.items() if moment_ms < before_ms]
        for upload in old:
            self._delete(paths[upload])
        return len(old)

    def stored(self) -> Iterator[str]:
        """The hash of everything that is here."""
        for entry in self._list(None):
            folder, _, name = entry["path"].rpartition("/")
            if len(folder) == 2:
                yield name

    def remove(self, session: Session, sha256: str) -> None:
        """Let go of these bytes, if they are here."""
        self._delete([_path(sha256)])

    def _join(self, pieces: list[tuple[str, int]], sha256: str) -> bool:
        """Whether the pieces together are now the object of this hash.

        A writer that is not closed makes no object.
        """
        digest = hashlib.sha256()
        writer = self._obstore.open_writer(
            self._store, _path(sha256), buffer_size=PART_BYTES, max_concurrency=2
        )
        for path, _ in pieces:
            piece = bytes(self._obstore.get(self._store, path).bytes())
            digest.update(piece)
            writer.write(piece)
        is_right = digest.hexdigest() == sha256
        if is_right:
            writer.close()
        return is_right

    def _pieces(self, upload: str) -> list[tuple[str, int]]:
        """Path and size of each piece, in order and without gap."""
        found: list[tuple[str, int]] = []
        at = 0
        for entry in sorted(self._list(_folder(upload)), key=lambda entry: str(entry["path"])):
            if int(entry["path"].rpartition("/")[2]) == at:
                found.append((entry["path"], entry["size"]))
                at += entry["size"]
        return found

    def _list(self, prefix: str | None) -> Iterator[ObjectMeta]:
        for some in self._obstore.list(self._store, prefix):
            yield from some

    def _delete(self, paths: list[str]) -> None:
        for path in paths:
            try:
                self._obstore.delete(self._store, path)
            except FileNotFoundError:
                continue


def _connect(address: str) -> Any:
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    parts = urlsplit(address)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = asked.keys() - {"endpoint", "region"}
    if not parts.netloc or parts.username is not None or unknown:
        raise BlobStoreError(
            "An S3 store is given as s3://BUCKET/PREFIX?endpoint=URL&region=NAME; "
            "credentials come from the environment."
        )
    more: dict[str, Any] = {}
    if "endpoint" in asked:
        endpoint = urlsplit(asked["endpoint"])
        is_local = endpoint.scheme == "http" and endpoint.hostname in LOOPBACK
        if endpoint.scheme != "https" and not is_local:
            raise BlobStoreError("An S3 endpoint is https, or http on this very machine.")
        more |= {"endpoint": asked["endpoint"], "virtual_hosted_style_request": False}
        more["client_options"] = {"allow_http": is_local}
    if "region" in asked:
        more["region"] = asked["region"]
    try:
        return S3Store(parts.netloc, prefix=parts.path.strip("/") or None, **more)
    except BaseError as error:
        raise BlobStoreError(str(error)) from error


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _folder(upload: str) -> str:
    return f"partial/{upload}/"
