"""Crypto-erasure of a whole store: first its key, then its files (NIST SP 800-88 Rev. 1, §2.5)."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from desktop_advisor.storage.store import KEY_FILE, LOCK_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_advisor.storage.store import Store


def destroy_store(store: Store, folder: Path) -> tuple[str, ...]:
    """Close the store and make it unreadable for ever; names of files that could not be removed.

    The wrapped data key goes first, overwritten and then removed, so that a power cut afterwards
    leaves bytes that nobody can read; so are the leftovers. Raises OSError while the key still
    stands: then nothing has been destroyed but the store is closed.
    """
    store.close()
    for path in sorted(folder.glob(f"*{KEY_FILE}*")):
        _overwrite(path)
        path.unlink()
    left = []
    for path in sorted(folder.iterdir()):
        if path.name == LOCK_FILE:
            continue
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError:
            left.append(path.name)
    with contextlib.suppress(OSError):
        (folder / LOCK_FILE).unlink()
    return tuple(left)


def _overwrite(path: Path) -> None:
    """Other bytes in the same place; a flash drive may keep the old ones, so they also go."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        for content in (os.urandom(size), bytes(size)):
            file.seek(0)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
