"""Which place for attachment bytes an address means."""

from __future__ import annotations

from pathlib import Path

from sync.server.blob_stores.bucket import BucketStore
from sync.server.blob_stores.folder import FolderStore
from sync.server.blob_stores.rows import RowStore
from sync.server.blob_stores.store import BlobStore, BlobStoreError
from sync.server.database import Database


def open_store(address: str | Path, database: Database) -> BlobStore:
    """The store at a folder, `database:`, or `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`.

    Credentials of an S3 store come from the environment ($AWS_ACCESS_KEY_ID,
    $AWS_SECRET_ACCESS_KEY) or the machine's role. Raises: BlobStoreError.
    """
    text = str(address)
    if text == "database:":
        return RowStore(database)
    if text.startswith("s3://"):
        return BucketStore(text)
    if "://" in text:
        raise BlobStoreError(f"Attachments are kept in a folder, database: or s3://, not {text}.")
    return FolderStore(Path(address))
