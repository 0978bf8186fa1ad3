"""A relay on loopback that counts what two programs say to each other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PIECE = 64 * 1024


@dataclass
class Counted:
    """Bytes of the TCP streams, headers of HTTP included, and how often the client spoke anew."""

    sent: int = 0
    received: int = 0
    requests: int = 0

    @property
    def both(self) -> int:
        """Bytes of both ways."""
        return self.sent + self.received


class Relay:
    """Carries each connection on to a port of this machine."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self._counting = threading.Lock()
        self._so_far = Counted()
        threading.Thread(target=self._listen, daemon=True).start()

    def counted(self) -> Counted:
        """What was carried since this was last asked."""
        with self._counting:
            done, self._so_far = self._so_far, Counted()
        return done

    def close(self) -> None:
        """Take no more connections."""
        self._ear.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._ear.accept()
                server = socket.create_connection(self._to)
                is_clients_turn = [True]
                for way in ((client, server, True), (server, client, False)):
                    arguments = (*way, is_clients_turn)
                    threading.Thread(target=self._carry, args=arguments, daemon=True).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, is_client: bool, turn: list[bool]
    ) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                with self._counting:
                    if is_client:
                        self._so_far.sent += len(piece)
                        self._so_far.requests += turn[0]
                    else:
                        self._so_far.received += len(piece)
                    turn[0] = not is_client
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay_to(port: int) -> Iterator[Relay]:
    """A relay to this port while the block runs."""
    made = Relay(port)
    try:
        yield made
    finally:
        made.close()
