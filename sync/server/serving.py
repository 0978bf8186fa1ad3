"""Runs the server on a socket: in the foreground for the command, in a thread beside a caller."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from litestar import Litestar
from uvicorn.supervisors import Multiprocess

BACKLOG = 128
STARTING_S = 60
"""A process that does not answer for so long is replaced; on a busy machine it starts slowly."""


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listening.set_inheritable(True)
    # asyncio does this only for sockets that say their protocol, which accepted ones here do not:
    # the last bytes of an answer would wait 40 ms for the laptop's acknowledgement of the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def url_of(listening: socket.socket, *, is_tls: bool = False) -> str:
    """The address of a listening socket."""
    host, port = listening.getsockname()[:2]
    scheme = "https" if is_tls else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def server_for(
    app: Litestar, *, certificate: str | None = None, key: str | None = None
) -> uvicorn.Server:
    """A server that leaves logging, and headers of a proxy, to the program around it.

    certificate, key: PEM files, for https; key None where the certificate's file holds it too.
    Raises: OSError (ssl.SSLError is one) when they cannot be used.
    """
    config = _config(app, certificate, key)
    config.load()
    return uvicorn.Server(config)


def serve_by_processes(
    make_app: Callable[[], Litestar],
    listening: socket.socket,
    processes: int,
    *,
    certificate: str | None = None,
    key: str | None = None,
) -> None:
    """Answer at one socket from several processes, until a signal comes; one that dies is replaced.

    make_app: called in each process; it and what it is bound to can be pickled.
    """
    config = _config(make_app, certificate, key, processes)
    Multiprocess(config, [listening]).run()


def _config(
    app: Litestar | Callable[[], Litestar],
    certificate: str | None,
    key: str | None,
    processes: int = 1,
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=not isinstance(app, Litestar),
        workers=processes,
        timeout_worker_healthcheck=STARTING_S,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


@contextmanager
def running(app: Litestar, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The address at which `app` answers while the block runs."""
    listening = bound_socket(host, port)
    server = server_for(app)
    thread = threading.Thread(target=server.run, args=([listening],), name="advisor-server")
    thread.start()
    try:
        yield url_of(listening)  # connections wait in the backlog until the server has started
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
