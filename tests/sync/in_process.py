"""Transports without a network: the real server called in this process, and a line that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from litestar import Litestar

from sync import wire
from sync.client.errors import OfflineError
from sync.client.transport import Answer, Transport
from sync.protocol import MAX_REPLY_BYTES


class InlineExecutor(ThreadPoolExecutor):
    """Runs the server's blocking work at once, where a web server would use a thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What `fn` returned or raised, already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 whatever it is, the caller sees it
            future.set_exception(error)
        return future


class AppTransport:
    """Calls an ASGI application as a web server would, one request at a time."""

    def __init__(self, app: Litestar) -> None:
        self._app = app
        self.scheme = "http"
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(InlineExecutor())

    def close(self) -> None:
        """Close the event loop."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """The answer of the application."""
        return self._loop.run_until_complete(self._call(method, path, headers, body))

    async def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        sent = {"accept-encoding": "zstd", "content-length": str(len(body)), **headers}
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": self.scheme,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode()) for k, v in sent.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "extensions": {},
        }
        received: list[dict[str, Any]] = []
        is_answered = asyncio.Event()
        requests = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if requests:
                return requests.pop()
            await is_answered.wait()  # the caller stays connected until then
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            received.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                is_answered.set()

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        answer = {k.decode().lower(): v.decode() for k, v in received[0]["headers"]}
        whole = b"".join(message.get("body", b"") for message in received[1:])
        plain = wire.unpack(whole, answer.get("content-encoding", ""), MAX_REPLY_BYTES)
        return Answer(
            status=received[0]["status"], headers=answer, body=plain, travelled=len(whole)
        )


Step = Callable[[Callable[[], Answer]], Answer]


def deliver(call: Callable[[], Answer]) -> Answer:
    """The line works."""
    return call()


def lose_request(call: Callable[[], Answer]) -> Answer:
    """The request never arrives."""
    raise OfflineError("request lost")


def lose_reply(call: Callable[[], Answer]) -> Answer:
    """The request arrives, its reply does not."""
    call()
    raise OfflineError("reply lost")


def repeat(call: Callable[[], Answer]) -> Answer:
    """The request arrives twice; the second reply is the one that counts."""
    call()
    return call()


FAULTS: dict[str, Step] = {
    "deliver": deliver,
    "lose request": lose_request,
    "lose reply": lose_reply,
    "repeat": repeat,
}


class FaultyLine:
    """Passes requests on, each by the next step of a plan; then all of them.

    sent: the requests so far, so that an old one can arrive once more, long after.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.plan: list[Step] = []
        self.sent: list[Callable[[], Answer]] = []

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """What the plan makes of this request."""

        def call() -> Answer:
            return self._transport.request(method, path, headers=headers, body=body)

        self.sent.append(call)
        step = self.plan.pop(0) if self.plan else deliver
        return step(call)
