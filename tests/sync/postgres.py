"""A PostgreSQL server of our own in a temporary folder, where its programs are installed."""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest

_NUMBERS = itertools.count(1)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest version; None where there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


def account() -> str | None:
    """Whom to run it as: PostgreSQL refuses root. None: as we are."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    return "postgres"


def missing() -> str:
    """Why no server can be started here; "" when one can."""
    if programs() is None:
        return "PostgreSQL's initdb is not installed (Debian package postgresql)"
    user = account()
    if user is not None:
        try:
            pwd.getpwnam(user)
        except KeyError:
            return "PostgreSQL does not run as root, and there is no account postgres"
    return ""


@contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[str]:
    """The URL of an empty database, reachable by a socket in the folder only.

    is_durable: it waits for the disk at each commit, which measurements need and tests do not.
    """
    binaries = programs()
    assert binaries is not None
    user = account()
    folder = Path(tempfile.mkdtemp(prefix="advisor-pg-"))
    if user is not None:
        shutil.chown(folder, user, user)
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(binaries / program), *arguments],
            check=True,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    unsynced = [] if is_durable else ["--no-sync"]
    options = f"-c listen_addresses='' -k {folder} -c fsync={'on' if is_durable else 'off'}"
    with subprocess.Popen(
        ["sh", "-c", _AT_THE_END, str(binaries / "pg_ctl"), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        user=user,
    ):
        call("initdb", "-D", str(data), "-U", "advisor", "-A", "trust", "-E", "UTF8", *unsynced)
        call("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        yield f"postgresql+psycopg://advisor@/postgres?host={folder}"


_AT_THE_END = 'cat; "$0" -D "$1/data" -w -m immediate stop; rm -rf "$1"'
"""Waits for its standard input to end, which it also does when this process is killed."""


@contextmanager
def database() -> Iterator[str]:
    """The URL of an empty database in the cluster of this process, which lasts until it ends.

    The test is skipped where there can be none.
    """
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra postgresql)")
    if reason := missing():
        pytest.skip(reason)
    folder = _shared()
    name = f"advisor_{next(_NUMBERS)}"
    with psycopg.connect(host=folder, user="advisor", dbname="postgres", autocommit=True) as to:
        to.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://advisor@/{name}?host={folder}"
        finally:
            to.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _shared() -> str:
    """The folder of its socket."""
    until_the_end = ExitStack()
    url = until_the_end.enter_context(cluster())
    atexit.register(until_the_end.close)
    return url.partition("?host=")[2]
