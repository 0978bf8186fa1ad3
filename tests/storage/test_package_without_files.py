"""A hand-over package that was made by somebody else's program."""

from __future__ import annotations

import io

from desktop_advisor.storage.package_records import Manifest, read_records
from sync import wire


class Plain(io.BytesIO):
    """Stands for a sealed stream that was opened."""

    def finish(self) -> None:
        """Nothing follows."""


def test_changes_of_no_file_in_a_package_of_no_files_are_no_fault() -> None:
    none = wire.compress(b"[]")
    records = Plain(b"C" + len(none).to_bytes(4) + none + b"E" + bytes(4))
    manifest = Manifest(author="Anna", device="", network="", written_ms=0, files=(), blobs=())

    assert list(read_records(records, manifest)) == [[]]  # type: ignore[arg-type]
