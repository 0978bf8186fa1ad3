"""What the server writes down is for its own account on the machine, whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server import backup
from sync.server.blob_stores.opening import open_store
from tests.sync.central import COMPANY, Central, sync
from tests.sync.memory_store import MemoryStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders of a service have an ACL there")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """New files are for everybody unless a program says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def is_private(path: Path) -> bool:
    """Whether group and others may do nothing with it."""
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


@pytest.mark.parametrize("is_there", [False, True])
def test_nobody_else_reads_the_database_or_a_backup(
    open_umask: None, tmp_path: Path, is_there: bool
) -> None:
    database_url = f"sqlite:///{tmp_path / 'server.sqlite'}"
    with Central(database_url=database_url) as central:
        laptop = MemoryStore()
        central.enrol(laptop)
        laptop.attach(COMPANY, COMPANY, b"a photo", 1)
        sync(laptop, central.transport)
        target = tmp_path / "backup"
        if is_there:
            target.mkdir(mode=0o755)

        backup.write(
            central.database, open_store(central.folder / "blobs", central.database), target
        )

        kept = list(tmp_path.glob("server.sqlite*"))
        assert len(kept) == 3
        assert all(is_private(path) for path in kept)
        assert is_private(target / "tables")
        assert is_private(target / "blobs")
        assert is_private(target) or is_there
