"""What the log of version 2 says of its company files, for the tables that version 3 brings.

It reads with the shapes of that time, so that it stays right whatever the protocol becomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import zstandard
from sqlalchemy import Connection, text

from sync.server.migrations.log_in_portions import log_rows
from sync.tally import Tally, runs


class OldChange(msgspec.Struct):
    """As much of a change as is needed; unknown members are skipped."""

    writer: str
    n: int
    entity: str
    field: str
    value: msgspec.Raw
    hlc: int = 0


@dataclass
class OldFile:
    """A company file as its changes show it."""

    created_ms: int
    tally: Tally = field(default_factory=Tally)
    name: str = ""
    name_hlc: int = 0


def bring_files_along(connection: Connection) -> None:
    """A file for each company of the log, assigned to its network's first team."""
    files: dict[tuple[int, str], OldFile] = {}
    entries = log_rows(connection, "company_id", "received_ms", "body")
    run_rows = []
    for network_id, seq, company_id, received_ms, body in entries:
        changes = _changes(body)
        its_runs = runs((change.writer, change.n) for change in changes)
        file = files.setdefault((network_id, company_id), OldFile(received_ms))
        file.tally = file.tally.with_runs(its_runs)
        _follow_name(file, changes)
        place = {"network_id": network_id, "company_id": company_id, "seq": seq}
        run_rows += [
            {**place, "writer": writer, "first": first, "last": first + length - 1}
            for writer, first, length in its_runs
        ]
    if run_rows:
        connection.execute(
            text(
                "INSERT INTO known_run (network_id, writer, first, last, company_id, seq) "
                "VALUES (:network_id, :writer, :first, :last, :company_id, :seq)"
            ),
            run_rows,
        )
    for (network_id, company_id), file in files.items():
        _write(connection, network_id, company_id, file)


def _changes(body: bytes) -> list[OldChange]:
    plain = zstandard.ZstdDecompressor().stream_reader(bytes(body)).read()
    return msgspec.json.decode(plain, type=list[OldChange])


def _follow_name(file: OldFile, changes: list[OldChange]) -> None:
    for change in changes:
        if (change.entity, change.field) != ("company", "name") or change.hlc < file.name_hlc:
            continue
        name = msgspec.json.decode(change.value)
        if isinstance(name, str):
            file.name, file.name_hlc = name.replace("\x00", "")[:200], change.hlc


def _write(connection: Connection, network_id: int, company_id: str, file: OldFile) -> None:
    connection.execute(
        text(
            "INSERT INTO company_file (network_id, company_id, name, name_hlc, created_ms, "
            "created_by, change_count, mark, purge_reason) VALUES (:network_id, :company_id, "
            ":name, :name_hlc, :created_ms, '', :change_count, :mark, '')"
        ),
        {
            "network_id": network_id,
            "company_id": company_id,
            "name": file.name,
            "name_hlc": file.name_hlc,
            "created_ms": file.created_ms,
            "change_count": file.tally.count,
            "mark": file.tally.text,
        },
    )
    connection.execute(
        text(
            "INSERT INTO assignment (network_id, company_id, team_id, since_ms) SELECT "
            ":network_id, :company_id, MIN(id), :since_ms FROM team WHERE network_id = :network_id"
        ),
        {"network_id": network_id, "company_id": company_id, "since_ms": file.created_ms},
    )
