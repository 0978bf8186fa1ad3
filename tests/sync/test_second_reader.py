"""A second process reads a share of a batch's frames, and nothing depends on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sync import wire
from sync.server import frame_reading, second_reader
from sync.server.arrival import ArrivedFrame
from sync.server.database import open_database
from sync.server.second_reader import SecondReader
from tests.sync.by_hand import change, frame, many_names

WAIT_S = 30.0
GONE = "The second reader is gone; the server reads alone."
FRAMES = [frame(change(n), change(n + 100, field="note")) for n in range(1, 81)]
SEEN = ("company_id", "count", "is_readable", "weight", "spread", "runs", "of_interest")


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this machine had several."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The frames that this process has read."""
    found: list[bytes] = []
    begin = ArrivedFrame.__init__

    def watched(arrived: ArrivedFrame, frame: bytes, reading: Any = None) -> None:
        if reading is None:
            found.append(frame)
        begin(arrived, frame, reading)

    monkeypatch.setattr(ArrivedFrame, "__init__", watched)
    return found


@pytest.fixture
def reader(processors: None) -> Iterator[SecondReader]:
    """With its process."""
    found = SecondReader()
    with found.running():
        yield found


def seen(frames: list[bytes], reader: SecondReader) -> list[tuple[Any, ...]]:
    """What is known of each."""
    placed = dict(reader.read(frames))
    assert sorted(placed) == list(range(len(frames)))
    assert all(placed[place].frame is one for place, one in enumerate(frames))
    return [tuple(getattr(placed[n], name) for name in SEEN) for n in sorted(placed)]


def process_of(reader: SecondReader) -> int:
    process = reader._process
    assert process is not None
    return process._running.pid


def test_two_see_what_one_sees(reader: SecondReader, read_here: list[bytes]) -> None:
    outline_only = wire.compress(b'{"company_id": "%s", "runs": 1}' % (b"c" * 36))
    frames = [
        *FRAMES,
        b"",
        b"no frame",
        outline_only,
        frame(change(1, value=10**30)),
        frame(change(1, value=1.0e-300)),
        frame(change(1, value="Müller & Söhne \u2028 \U0001f512")),
        frame(change(1, value=None, bases=[["b" * 32, 7]], hlc=2**52, author="Anna", device="x")),
        wire.compress(b" " * (second_reader.LARGEST_FRAME + 1)),
    ]

    found = seen(frames, reader)

    assert 0 < len(read_here) < len(frames) - len(FRAMES) / 4
    assert found == seen(frames, SecondReader())


def test_large_frames_are_read_here(reader: SecondReader, read_here: list[bytes]) -> None:
    note = "x" * (second_reader.LARGEST_FRAME + 1)
    large = [frame(change(n, value=f"{n}{note}")) for n in range(1, 12)]

    seen([*FRAMES, *large], reader)

    assert {*large} <= {*read_here}


def test_a_process_that_ends_leaves_its_frames_to_the_server(
    reader: SecondReader, read_here: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    alone = seen(FRAMES, SecondReader())
    frames = reader.read(FRAMES)
    first = dict([next(frames)])
    os.kill(process_of(reader), signal.SIGKILL)
    read_here.clear()

    placed = {**first, **dict(frames)}
    again = seen(FRAMES, reader)

    assert [tuple(getattr(placed[n], name) for name in SEEN) for n in sorted(placed)] == alone
    assert again == alone
    assert len(read_here) >= len(FRAMES)
    assert caplog.messages == [GONE]
    caplog.clear()


def test_a_process_that_stands_still_is_not_waited_for_long(
    reader: SecondReader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(second_reader, "PATIENCE_S", 0.2)
    os.kill(process_of(reader), signal.SIGSTOP)

    assert seen(FRAMES, reader) == seen(FRAMES, SecondReader())
    assert caplog.messages == [GONE]
    caplog.clear()


def test_whoever_has_enough_does_not_spoil_the_next_batch(reader: SecondReader) -> None:
    refused = reader.read(FRAMES[::-1])
    next(refused)
    del refused

    assert seen(FRAMES, reader) == seen(FRAMES, SecondReader())


def test_a_second_batch_meanwhile_is_read_by_the_server_alone(
    reader: SecondReader, read_here: list[bytes]
) -> None:
    first = reader.read(FRAMES)
    next(first)
    read_here.clear()

    seen(FRAMES, reader)

    assert read_here == FRAMES
    assert len(list(first)) == len(FRAMES) - 1


def test_few_bytes_that_stand_for_much_are_not_all_answered() -> None:
    one = many_names(40_000)
    readings = frame_reading.readings_of([one] * 32)

    assert len(readings) < 4
    assert [r.count for r in readings] == [40_000] * len(readings)


def test_what_the_process_left_out_is_read_here(
    reader: SecondReader, read_here: list[bytes]
) -> None:
    frames = [many_names(4_000)] * 64

    found = seen(frames, reader)

    assert [count for _, count, *_ in found] == [4_000] * 64
    assert len(read_here) > 16


def test_the_process_knows_no_secret(processors: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADVISOR_CA_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD"):
        monkeypatch.setenv(name, "streng geheim")
    reader = SecondReader()
    with reader.running():
        seen(FRAMES, reader)
        environment = Path("/proc", str(process_of(reader)), "environ").read_bytes()

    assert b"geheim" not in environment


def test_where_there_is_one_processor_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, read_here: list[bytes]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    reader = SecondReader()
    with reader.running():
        assert reader._process is None
        seen(FRAMES, reader)

    assert read_here == FRAMES


@contextmanager
def served(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, once it answers."""
    url = f"sqlite:///{folder / 'server.db'}"
    open_database(url).close()
    command = ["serve", "--port", "0", "--blobs", str(folder / "blobs"), "--database-url", url]
    with subprocess.Popen(
        [sys.executable, "-m", "sync.server", *command], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert "answers at" in process.stdout.readline()
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_process_ends_with_the_server(tmp_path: Path, how: signal.Signals) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one processor: the server starts none")
    with served(tmp_path) as server:
        children = Path("/proc", str(server.pid), "task", str(server.pid), "children")
        (child,) = children.read_text().split()
        server.send_signal(how)
        server.wait(WAIT_S)
        until = time.monotonic() + WAIT_S
        while Path("/proc", child).exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert not Path("/proc", child).exists()
