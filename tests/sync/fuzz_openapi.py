"""Schemathesis against the server's own OpenAPI document, on a server that has something to lose.

`python -m tests.sync.fuzz_openapi N [SEED]` draws N cases per operation and phase, on SQLite and on
PostgreSQL (`make fuzz`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import sys
import tempfile
import time
import uuid
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import schemathesis
from litestar import Litestar
from schemathesis.core import NotSet
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.engine import events, from_schema

from sync import protocol
from sync.blocks import block_of, frame_of
from sync.client.enrolment import enrol
from sync.client.port import Enrolment
from sync.protocol import CertificateRequest
from sync.server import administration, authority, content, devices, parts
from sync.server.app import app_over
from sync.server.database import Database, open_database
from sync.server.log import head_of
from sync.server.models import Device, Registration
from sync.server.openapi import CONTENT_RANGE
from sync.server.rates import Rates, unlimited
from sync.server.serving import running
from tests.sync import postgres
from tests.sync.central import CA_PASSPHRASE, COMPANY, NETWORK, sync
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore
from tests.sync.test_server_authority import request

PHASES = ("examples", "coverage", "fuzzing", "stateful")
PHOTO = b"a photo"
SHA256 = hashlib.sha256(PHOTO).hexdigest()
REQUEST = base64.b64encode(request()).decode()
REFUSED = ("401", "403", "404", "409")
ANY_DATA = {"positive_data_acceptance": ("2xx", *REFUSED), "negative_data_rejection": REFUSED}


@dataclass
class Target:
    """A running server and the laptop that asks it."""

    database: Database
    app: Litestar
    laptop: Enrolment

    def code(self) -> str:
        """A fresh one-time code."""
        return administration.enrolment_code(self.database, NETWORK).text

    def staged(self, dice: int) -> str:
        """The hash of a part that the laptop has sent ahead."""
        part = msgspec.msgpack.encode([_frame(dice), _frame(dice + 1)])
        sha256 = hashlib.sha256(part).hexdigest()
        caller = devices.authenticate(self.database, f"Bearer {self.laptop.token}")
        parts.stage(self.database, caller, sha256, part)
        return sha256

    def standing(self) -> tuple[str, int]:
        """What a laptop in step with the server says: its last reply and a cursor."""
        with self.database.reading() as session:
            device = session.get_one(Device, self.laptop.device_id)
            return device.last_reply, head_of(session, device.network_id)


@contextmanager
def target(url: str, folder: Path) -> Iterator[Target]:
    """The server over an empty database, with a company file, an attachment and content."""
    database = open_database(url)
    try:
        administration.add_network(database, NETWORK)
        authority.create(database, NETWORK, CA_PASSPHRASE)
        content.publish(database, NETWORK, {"forms/kurz.md": b"# survey"}, CA_PASSPHRASE)
        app = app_over(
            database, folder / "blobs", passphrase=CA_PASSPHRASE, rates=Rates(unlimited())
        )
        line, store = AppTransport(app), MemoryStore()
        code = administration.enrolment_code(database, NETWORK).text
        laptop = enrol(store, "http://127.0.0.1", code, "Laptop", transport=line)
        store.edit(COMPANY, "company", COMPANY, "name", "Federnwerk Huber", 1)
        store.attach(COMPANY, COMPANY, PHOTO, 2)
        sync(store, line)
        line.close()
        with database.writing() as session:  # as after a restoration: purges are believed
            identity = database.identity(session)
            identity.restored_from_ms, identity.restored_ms = 0, ORDINARY
            registration = session.get_one(Registration, laptop.device_id)
            registration.wipe_ms = ORDINARY  # a report of it is taken, though the token still holds
        yield Target(database, app, laptop)
    finally:
        database.close()


ORDINARY = 1_700_000_000_000
VALID: dict[str, Any] = {
    "device": protocol.Uuid,
    "server_id": protocol.Label,
    "server_epoch": protocol.Label,
    "last_reply": protocol.Label,
    "cursor": protocol.Position,
    "request": get_type_hints(CertificateRequest, include_extras=True)["request"],
}
FIELDS = [("company", "name"), ("case_figures", "figures")]
"""Changes of these are looked into by the server, which else keeps a change as it came."""


class Truth:
    """Puts what is true on this server in place of what is only well formed.

    Whatever a case holds that its schema does not allow stays as it is, so that invalid cases stay
    invalid. One case in four stays as it was drawn.
    """

    def __init__(self, aim: Target) -> None:
        self._aim = aim
        self._batches = 0

    def put_into(self, case: Any) -> None:
        """Make the case's request one that this server has something to do with."""
        if isinstance(case.body, dict | list):
            # JSON Schema counts 1.0 as an integer; the document asks for digits alone.
            case.body = _as_written(case.body)
        dice = zlib.crc32(
            repr((case.body, case.path_parameters, case.headers)).encode("utf-8", "replace")
        )
        if dice % 4 == 0:
            return
        if case.operation.path == "/v1/sync" and isinstance(case.body, dict):
            self._in_step(case.body, dice)
        elif case.operation.path == "/v1/devices" and isinstance(case.body, dict):
            if _is_valid(case.body.get("code"), str) and dice % 4 == 1:
                case.body["code"] = self._aim.code()
        elif case.operation.path == "/v1/certificates" and isinstance(case.body, dict):
            if _is_valid(case.body.get("request"), VALID["request"]):
                case.body["request"] = REQUEST
        elif case.operation.path.startswith("/v1/blobs/"):
            _known_blob(case, dice)
        elif case.operation.path.startswith("/v1/parts/"):
            _true_part(case, dice)

    def _in_step(self, body: dict[str, Any], dice: int) -> None:
        last_reply, head = self._aim.standing()
        laptop = self._aim.laptop
        true = {
            "device": laptop.device_id,
            "server_id": laptop.server_id,
            "server_epoch": laptop.server_epoch,
            "last_reply": last_reply,
            "cursor": dice % (head + 1),
        }
        for name, value in true.items():
            if _is_valid(body.get(name), VALID[name]):
                body[name] = value
        for stone in _dicts(body.get("erased")):
            if _is_valid(stone.get("erased_ms"), protocol.Stamp):
                stone["erased_ms"] = ORDINARY
        for name in ("check", "again"):
            named = body.get(name)
            if isinstance(named, list) and named and _is_valid(named[0], protocol.Uuid):
                named[0] = COMPANY
        batch = body.get("batch")
        if isinstance(batch, dict):
            if _is_valid(batch.get("batch_id"), protocol.BatchId):
                self._batches += 1  # a repeated one would be answered as before
                batch["batch_id"] = f"{self._batches:032x}"
            named = batch.get("parts")
            if isinstance(named, list) and named and _is_valid(named, tuple[protocol.Sha256, ...]):
                batch["parts"] = [self._aim.staged(dice)]
            if isinstance(batch.get("frames"), list):
                batch["frames"] = [
                    _as_text(_frame(dice + number)) if isinstance(drawn, str) else drawn
                    for number, drawn in enumerate(batch["frames"])
                ]
            for number, changeset in enumerate(_dicts(batch.get("changesets"))):
                _of_its_file(changeset, dice + number)


def _of_its_file(changeset: dict[str, Any], dice: int) -> None:
    """Changes of the company file that their changeset names, some of what is looked into."""
    if not _is_valid(changeset.get("company_id"), protocol.Uuid):
        return
    if dice % 3 == 0:
        changeset["company_id"] = COMPANY
    for number, change in enumerate(_dicts(changeset.get("changes"))):
        if _is_valid(change.get("company_id"), protocol.Uuid):
            change["company_id"] = changeset["company_id"]
        if (dice + number) % 2 and _is_valid(change.get("entity"), protocol.Name):
            change["entity"], change["field"] = FIELDS[(dice + number) // 2 % 2]


def _frame(dice: int) -> bytes:
    """A frame of one change, of a file that is there or not; one in five is cut."""
    company = COMPANY if dice % 3 else str(uuid.UUID(int=dice))
    entity, field = FIELDS[dice % 2]
    change = protocol.Change(
        writer=f"{dice % 7:032x}",
        n=dice % 9 + 1,
        company_id=company,
        entity=entity,
        entity_id=company,
        field=field,
        value={"schema": dice},
    )
    frame = frame_of(block_of([change]))
    return frame if dice % 5 else frame[:-1]


def _as_text(frame: bytes) -> str:
    return base64.b64encode(frame).decode()


def _true_part(case: Any, dice: int) -> None:
    path = case.path_parameters or {}
    if _is_valid(path.get("sha256"), protocol.Sha256) and not isinstance(case.body, NotSet):
        case.body = msgspec.msgpack.encode([_frame(dice)])
        path["sha256"] = hashlib.sha256(case.body).hexdigest()


def _known_blob(case: Any, dice: int) -> None:
    path = case.path_parameters or {}
    content = PHOTO if dice % 3 else str(dice).encode()
    if _is_valid(path.get("company_id"), protocol.Uuid):
        path["company_id"] = COMPANY
    if _is_valid(path.get("sha256"), protocol.Sha256):
        path["sha256"] = hashlib.sha256(content).hexdigest()
    if case.method == "PUT" and not isinstance(case.body, NotSet):
        case.body = content
        piece = (case.headers or {}).get("Content-Range")
        if isinstance(piece, str) and re.fullmatch(CONTENT_RANGE, piece):
            whole = len(content) + dice % 2
            case.headers["Content-Range"] = f"bytes 0-{len(content) - 1}/{whole}"


def _as_written(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, dict):
        return {name: _as_written(member) for name, member in value.items()}
    return [_as_written(member) for member in value] if isinstance(value, list) else value


def _is_valid(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _dicts(value: Any) -> list[dict[str, Any]]:
    return (
        [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []
    )


REFUSING: dict[str, dict[str, tuple[str, ...]]] = {
    # No schema says which Base64 is a PKCS#10 that its own key has signed.
    "/v1/certificates": {"positive_data_acceptance": ("422",)},
    # Nor that bytes are a MessagePack array (400) and have the hash of the path (422).
    "/v1/parts/{sha256}": {
        "positive_data_acceptance": ("400", "422"),
        "negative_data_rejection": ("400", "422"),
    },
    # Nor that bytes have the hash of the path and the length of Content-Range (422), that a number
    # in a header is small enough (413), or how many bytes the server has (416).
    "/v1/blobs/{company_id}/{sha256}": {
        "positive_data_acceptance": ("413", "416", "422"),
        # RFC 9110 §15.5.17 for a Range that is no range; 422 where two things are wrong at once.
        "negative_data_rejection": ("400", "416", "422"),
    },
}
"""What requests may be answered with too, beside refusals that any data may meet."""


def _checks(path: str, checks: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    statuses = {
        name: {"expected-statuses": [*ANY_DATA[name], *also]} for name, also in checks.items()
    }
    return {"include-path": path, "checks": statuses}


def _is_rejected_by_verdict(failure: Any, case: Any, response: Any) -> bool:
    """Of a sync, what is wrong within one changeset is rejected by its verdict, in a 200."""
    if case.operation.path != "/v1/sync" or not isinstance(failure, AcceptedNegativeData):
        return False
    verdicts = json.loads(response.content)["verdicts"]
    return any(verdict["reason"] == protocol.Reason.MALFORMED for verdict in verdicts)


@dataclass
class Found:
    """What a run did: cases by operation, answers by operation and status, and what failed."""

    cases: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Failed checks with a request that shows them, and what kept schemathesis from running."""
        return [*(f"{name}\n{detail}" for name, detail in self.failures.items()), *self.errors]

    @property
    def summary(self) -> str:
        """Figures in a line."""
        return f"{self.cases.total()} cases, {len(self.problems)} problems"


def fuzz(
    aim: Target, *, seed: int, cases: int, phases: tuple[str, ...] = PHASES, without: str = ""
) -> Found:
    """Run all checks over the operations, `cases` each and phase; `without` one path."""
    with running(aim.app) as url:
        config = schemathesis.Config.from_dict(
            {
                "seed": seed,
                "base-url": url,
                "continue-on-failure": True,
                "request-timeout": 60,  # a machine that does other things too
                "auth": {"openapi": {"deviceToken": {"bearer": aim.laptop.token}}},
                "checks": {"enabled": True},
                "operations": [
                    *({"include-path": path, "enabled": False} for path in [without] if path),
                    *(_checks(path, checks) for path, checks in REFUSING.items()),
                ],
                "generation": {"max-examples": cases, "no-shrink": True, "database": "none"},
                "phases": {name: {"enabled": name in phases} for name in PHASES},
            }
        )
        schema = schemathesis.openapi.from_url(f"{url}/schema/openapi.json", config=config)
        found, truth = Found(), Truth(aim)

        def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
            truth.put_into(case)

        def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
            return not _is_rejected_by_verdict(failure, case, response)

        for hook in (before_call, filter_failure):
            schemathesis.hook(hook)
        try:
            for event in from_schema(schema).execute():
                _take(event, found)
        finally:
            for hook in (before_call, filter_failure):
                schemathesis.hooks.unregister(hook)
    return found


def _take(event: Any, found: Found) -> None:
    if isinstance(event, events.NonFatalError):
        found.errors.append(f"{event.phase} {event.label}: {event.value!r}")
    elif isinstance(event, events.FatalError):
        found.errors.append(repr(event.exception))
    elif isinstance(event, events.ScenarioFinished):
        recorder = event.recorder
        for identity, node in recorder.cases.items():
            label = node.value.operation.label
            found.cases[label] += 1
            interaction = recorder.interactions.get(identity)
            if interaction is not None and interaction.response is not None:
                found.answers[label, interaction.response.status_code] += 1
            for check in recorder.checks.get(identity, ()):
                if check.failure_info is not None:
                    failure = check.failure_info.failure
                    name = f"{label} {check.name} {failure.title} {failure.message[:150]}"
                    response = interaction.response if interaction else None
                    found.failures.setdefault(
                        name,
                        f"{node.value.meta.phase.data if node.value.meta else ''}\n"
                        + f"{check.failure_info.code_sample[:1500]}\n"
                        + (
                            f"{response.status_code} {response.content[:600]!r}" if response else ""
                        ),
                    )


def campaign(seed: int, cases: int) -> int:
    """Fuzz both databases and say what came of it: 1 if anything failed."""
    say(f"seed {seed}, {cases} cases per operation and phase")
    failed = False
    for kind in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
            url = f"sqlite:///{name}/server.sqlite"
            if kind == "PostgreSQL":
                if reason := postgres.missing():
                    say(f"{kind}: not tried: {reason}")
                    continue
                url = stack.enter_context(postgres.cluster())
            begun = time.monotonic()
            found = fuzz(stack.enter_context(target(url, Path(name))), seed=seed, cases=cases)
            say(f"{kind}: {found.summary}, {time.monotonic() - begun:.0f} s")
            for label, status in sorted(found.answers):
                say(f"  {label}: {status} × {found.answers[label, status]}")
            for problem in found.problems:
                say(problem)
            failed |= bool(found.problems)
    return int(failed)


def say(line: str) -> None:
    """One line to who started the run."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    drawn = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(2**32)
    raise SystemExit(campaign(drawn, int(sys.argv[1])))
