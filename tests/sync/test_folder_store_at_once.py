"""Two requests bring one attachment at the same time, over processes that share a folder."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.server.blob_stores import folder
from sync.server.blob_stores.folder import PARTIAL, FolderStore

CONTENT = b"Foto" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UPLOAD = f"0190d000-0000-7000-8000-000000000001-{SHA256}"
LONG_ENOUGH_S = 0.5
"""For a write that nothing holds up."""


def held(store: FolderStore) -> bytes:
    """The bytes under the hash."""
    return b"".join(store.read(SHA256, 0, 2 * len(CONTENT)))


@pytest.mark.parametrize("start", [0, len(CONTENT) - 4])
def test_nothing_is_written_between_the_look_at_the_bytes_and_their_new_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: int
) -> None:
    store, of_another_process = FolderStore(tmp_path), FolderStore(tmp_path)
    late = threading.Thread(
        target=lambda: of_another_process.append(UPLOAD, start, b"X" * (len(CONTENT) - start + 1))
    )
    digest: Callable[..., Any] = hashlib.file_digest

    def looked_at(*arguments: Any) -> Any:
        found = digest(*arguments)
        late.start()
        late.join(LONG_ENOUGH_S)
        return found

    monkeypatch.setattr(folder.hashlib, "file_digest", looked_at)
    store.append(UPLOAD, 0, CONTENT)

    assert store.finish(UPLOAD, SHA256, len(CONTENT))
    late.join()

    assert held(store) == CONTENT


def test_a_write_that_has_begun_is_part_of_what_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, of_another_process = FolderStore(tmp_path), FolderStore(tmp_path)
    store.append(UPLOAD, 0, CONTENT[:-4])
    begun, go_on = threading.Event(), threading.Event()
    opened = os.fdopen

    def slowly(descriptor: int, mode: str) -> Any:
        file = opened(descriptor, mode)
        if threading.current_thread() is early:
            begun.set()
            assert go_on.wait(10)
        return file

    early = threading.Thread(
        target=lambda: of_another_process.append(UPLOAD, len(CONTENT) - 4, b"XXXX")
    )
    monkeypatch.setattr(folder.os, "fdopen", slowly)
    done: list[bool] = []

    def bring_the_rest() -> None:
        store.append(UPLOAD, len(CONTENT) - 4, CONTENT[-4:])
        done.append(store.finish(UPLOAD, SHA256, len(CONTENT)))

    other = threading.Thread(target=bring_the_rest)
    early.start()
    assert begun.wait(10)
    other.start()
    other.join(LONG_ENOUGH_S)
    go_on.set()
    early.join()
    other.join()

    assert done == [False]
    assert held(store) == b""
    assert not (tmp_path / PARTIAL / UPLOAD).exists()
