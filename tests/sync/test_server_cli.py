"""advisor-server, as an administrator types it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync.client.enrolment import enrol
from sync.client.transport import HttpTransport
from sync.server.cli import main
from tests.sync.central import sync
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the network ITAS, which commands find by the environment."""
    path = tmp_path / "server.sqlite"
    monkeypatch.setenv("ADVISOR_DATABASE_URL", f"sqlite:///{path}")
    assert main(["network", "add", "ITAS"]) == 0
    return path


def test_a_code_is_printed_alone_on_the_first_line(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert main(["enrol", "--network", "ITAS", "--valid-hours", "2"]) == 0

    code, explanation = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert "ITAS" in explanation


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["network", "add", "ITAS"], 'There is a network "ITAS" already.'),
        (["network", "add", " "], "A network needs a name"),
        (["enrol", "--network", "X"], 'There is no network "X".'),
        (["enrol", "--network", "ITAS", "--valid-hours", "0"], "valid for more than 0 hours"),
        (["device", "revoke", "x"], "There is no device x."),
        (["device", "rename", "x", "Laptop Ute"], "There is no device x."),
        (["device", "rename", "x", " "], "A laptop needs a name"),
        (["network", "add", "A", "--database-url", "x"], "The database cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    database: Path, capsys: pytest.CaptureFixture[str], command: list[str], message: str
) -> None:
    assert main(command) == 1

    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_served_laptop_is_listed_revoked_and_the_server_ends_when_asked(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["enrol", "--network", "ITAS"])
    code = capsys.readouterr().out.splitlines()[-2]
    command = ["serve", "--blobs", str(tmp_path / "blobs"), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "sync.server", *command],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        assert process.stdout.readline().split()[-1] == f"{url}/konsole"
        store = MemoryStore()
        enrolment = enrol(store, url, code, "Laptop Süd")
        with HttpTransport(url) as line:
            assert sync(store, line).requests == 1
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    main(["device", "list"])
    assert "Laptop Süd" in capsys.readouterr().out
    assert main(["device", "revoke", enrolment.device_id]) == 0
    main(["device", "list"])
    assert "revoked" in capsys.readouterr().out
    assert main(["restored"]) == 0
