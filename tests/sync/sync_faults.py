"""What may go wrong on the line, at the server and on a laptop's disk, each at a chosen moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import Connection, Engine, delete, event

from sync.client.errors import OfflineError
from sync.client.port import ChangeStore
from sync.client.transport import Answer, Transport
from sync.server.database import READ_ONLY
from sync.server.models import Part
from tests.sync.in_process import FAULTS, Step, deliver
from tests.sync.sync_desks import Desk

WRITES = frozenset(
    {
        "settle",
        "sort_in",
        "save_open_batch",
        "save_enrolment",
        "offer_again",
        "blob_sent",
        "write_blob",
        "keep_blob_part",
    }
)
"""What a laptop's store commits: the program dies before or after one of them."""
WRITING = ("INSERT", "UPDATE", "DELETE")
HTML = b"<!doctype html><title>Anmeldung</title><p>Bitte melden Sie sich am WLAN an."


class ServerKilledError(BaseException):
    """The server's process ended; nothing of it gets to answer, so no handler may catch it."""


class LaptopKilledError(Exception):
    """The program on the laptop ended in the middle of a run."""


class DiskFullError(OSError):
    """The laptop's store could not write."""


class Killer:
    """Ends the server before one of its writing statements, or where it commits."""

    def __init__(self, engine: Engine) -> None:
        self._until: int | None = None
        self._engine = engine
        event.listen(engine, "before_cursor_execute", self._execute)
        event.listen(engine, "commit", self._commit)

    def during(self, call: Callable[[], Answer], at: int) -> Answer:
        """The answer of a server that may die on the way. Raises OfflineError when it does.

        at: which writing statement it does not come to, counted from 1; 0 for the next commit.
        """
        self._until = at
        try:
            return call()
        except ServerKilledError as error:
            raise OfflineError("the server is gone") from error
        finally:
            self._until = None

    def lose_parts(self) -> None:
        """A day has passed since they came."""
        with self._engine.begin() as connection:
            connection.execute(delete(Part))

    def _execute(self, _connection: object, _cursor: object, said: str, *_more: object) -> None:
        if self._until and said.startswith(WRITING):
            self._until -= 1
            if self._until == 0:
                raise ServerKilledError

    def _commit(self, connection: Connection) -> None:
        if self._until == 0 and not is_read_only(connection):
            raise ServerKilledError


def is_read_only(connection: Connection) -> bool:
    """Whether its transaction writes nothing, so that its commit changes nothing."""
    return bool(connection.get_execution_options().get(READ_ONLY))


def _says(status: int, body: bytes = HTML, media_type: str = "text/html") -> Step:
    """Something in between answers in the server's place."""

    def step(_call: Callable[[], Answer]) -> Answer:
        headers = {"content-type": media_type, "retry-after": "1"}
        return Answer(status=status, headers=headers, body=body, travelled=len(body))

    return step


def _answers_too_late(call: Callable[[], Answer]) -> Answer:
    """The server did it, but a proxy did not wait for its answer."""
    call()
    return _says(504)(call)


def _cut_reply(call: Callable[[], Answer]) -> Answer:
    """Half of the answer, as if it were all."""
    answer = call()
    return Answer(
        status=answer.status,
        headers=answer.headers,
        body=answer.body[: len(answer.body) // 2],
        travelled=answer.travelled // 2,
    )


LINE_FAULTS: dict[str, Step] = {
    **FAULTS,
    "413": _says(413),
    "429": _says(429),
    "503": _says(503),
    "504": _answers_too_late,
    "html": _says(200),
    "cut reply": _cut_reply,
}
BODY_FAULTS = ("cut request", "late")
"""Half of a request arrives; a request arrives before the next one, its sender long gone."""
KILLS = {"kill at commit": 0} | {f"kill at write {n}": n for n in (2, 3, 4, 5, 7)}
"""Which of a request's writing statements a dying server does not come to; 0: its commit."""
LOST_PARTS = "parts lost"
"""What was sent ahead of a batch is swept before the batch arrives."""
STEPS = sorted([*LINE_FAULTS, *BODY_FAULTS, *KILLS, *KILLS, "kill at commit", LOST_PARTS])
"""A dying server is drawn more often, because of its moments few matter to a request."""


class RoughLine:
    """Passes requests on, each by the next step of a plan; then all of them.

    sent: the requests so far, so that an old one can arrive once more, long after. is_narrow: a
    batch is one parcel. in_parts: a batch's frames travel ahead of it.
    """

    def __init__(
        self,
        transport: Transport,
        killer: Killer,
        *,
        is_narrow: bool = False,
        in_parts: bool = False,
    ) -> None:
        self._transport = transport
        self._killer = killer
        self.is_narrow = is_narrow
        self.in_parts = in_parts
        self._late: list[Callable[[], Answer]] = []
        self.plan: list[str] = []
        self.sent: list[Callable[[], Answer]] = []

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """What the plan makes of this request."""

        def call(part: bytes = body) -> Answer:
            return self._transport.request(method, path, headers=headers, body=part)

        while self._late:
            self._late.pop()()
        self.sent.append(call)
        step = self.plan.pop(0) if self.plan else "deliver"
        if step == LOST_PARTS:
            self._killer.lose_parts()
        if step in KILLS:
            return self._killer.during(call, KILLS[step])
        if step == "late":
            self._late.append(call)
            raise OfflineError("the request is under way")
        if step == "cut request":
            call(body[: len(body) // 2])
            raise OfflineError("cut")
        return LINE_FAULTS.get(step, deliver)(call)


Trouble = tuple[str, int]
"""What happens to the disk, and at which of a run's writes, counted from 1."""
TROUBLES = ("dies before", "dies after", "disk full")


def troubled(store: Desk, trouble: Trouble | None) -> ChangeStore:
    """The store, whose nth write of this run goes wrong; a full disk stays full."""
    return store if trouble is None else cast("ChangeStore", _TroubledStore(store, *trouble))


class _TroubledStore:
    def __init__(self, store: Desk, kind: str, nth: int) -> None:
        self._store = store
        self._kind = kind
        self._left = nth

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        return method if name not in WRITES else self._failing(method)

    def _failing(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def write(*arguments: Any, **members: Any) -> Any:
            self._left -= 1
            if self._left > 0:
                return method(*arguments, **members)
            if self._kind == "disk full":
                raise DiskFullError("no space left on device")
            if self._kind == "dies after":
                method(*arguments, **members)
            raise LaptopKilledError

        return write
