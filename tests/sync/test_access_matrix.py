"""Every operation of the server × everybody who may not: refused alike, whatever is there."""

from __future__ import annotations

import base64
import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from litestar.routes import HTTPRoute
from sqlalchemy import update

from sync import wire
from sync.blocks import open_frame
from sync.client.transport import Answer
from sync.protocol import PROTOCOL_VERSION, SyncRequest
from sync.server import assignments, laptops, passphrases, people
from sync.server.audit import AdministrationError
from sync.server.console import sessions
from sync.server.database import open_database
from sync.server.people_models import ROLES, ConsoleSession
from tests.sync import postgres
from tests.sync.access_world import (
    ACTOR,
    ELSEWHERE,
    OWN,
    SECRET_NAME,
    SHA256,
    TEAM,
    UNKNOWN,
    World,
    build,
)

Operation = tuple[str, str]
OPEN = {
    ("GET", "/v1/health"),
    ("POST", "/v1/devices"),
    ("GET", "/schema"),
    ("GET", "/schema/openapi.json"),
    ("GET", "/schema/{path:str}"),
    ("GET", "/konsole/konsole.css"),
    ("GET", "/konsole/anmelden"),
    ("POST", "/konsole/anmelden"),
}
"""What anybody may ask: nothing here says anything about a network, a person or a file."""
ORDER = {("GET", "/v1/devices/order"), ("POST", "/v1/devices/order")}
"""For laptops that are shut out; what they are told is not about the network's data."""
OF_DEVICE = {
    ("POST", "/v1/devices/renewal"),
    ("POST", "/v1/certificates"),
    ("GET", "/v1/certificates/authority"),
    ("POST", "/v1/sync"),
    ("PUT", "/v1/parts/{sha256:str}"),
    ("GET", "/v1/content"),
}
"""Answered for the token's own laptop and network: no id in it could name somebody else's."""
OF_FILE = {(method, "/v1/blobs/{company_id:str}/{sha256:str}") for method in ("HEAD", "GET", "PUT")}
"""Answered for a company file that the path names."""
CONSOLE = "/konsole"

BODIES: dict[str, dict[str, Any]] = {
    "/v1/devices/renewal": {"protocol": 1},
    "/v1/certificates": {"protocol": 1, "request": "AAAA"},
    "/v1/devices/order": {"protocol": 1, "unsent": 0, "files": 0, "done": True},
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The world, on a database of each kind."""
    folder = tmp_path_factory.mktemp("access")
    if request.param == "sqlite":
        yield from _world(f"sqlite:///{folder / 'server.sqlite'}", folder)
        return
    with postgres.database() as address:
        yield from _world(address, folder)


def _world(url: str, folder: Any) -> Iterator[World]:
    database = open_database(url)
    made = build(database, folder)
    yield made
    made.line.close()
    database.close()


@dataclass(frozen=True)
class Route:
    """An operation of the application, with what its handler says about who may call it."""

    operation: Operation
    opt: dict[str, Any]


def routes(world: World) -> list[Route]:
    """Every operation that the application answers."""
    return [
        Route((method, route.path), dict(handler.opt))
        for route in world.app.routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS"
    ]


def behind_sign_in(world: World) -> list[Route]:
    """Those of the console, but for its sign-in."""
    return [
        r for r in routes(world) if r.operation[1].startswith(CONSOLE) and r.operation not in OPEN
    ]


def seen(answer: Answer, *names: str) -> tuple[int, dict[str, str], str]:
    """What the caller can tell apart: status, headers, body; ids that it named itself aside."""
    body = answer.body.decode("utf-8", "replace")
    headers = {k: v for k, v in answer.headers.items() if k not in {"date", "content-length"}}
    for name in names:
        body = body.replace(name, "ID")
        headers = {k: v.replace(name, "ID") for k, v in headers.items()}
    return int(answer.status), headers, body


def one(answers: list[tuple[int, dict[str, str], str]]) -> tuple[int, dict[str, str], str]:
    """The one answer that all of these are."""
    assert all(answer == answers[0] for answer in answers), answers
    return answers[0]


def body_of(world: World, path: str, **changed: Any) -> bytes:
    """A request that would be carried out, were the caller accepted."""
    if path != "/v1/sync":
        return msgspec.json.encode(BODIES[path]) if path in BODIES else b""
    known = world.enrolled["Owner"]
    request = SyncRequest(
        protocol=PROTOCOL_VERSION,
        device=known.device_id,
        server_id=known.server_id,
        server_epoch=known.server_epoch,
        cursor=0,
        last_reply="",
    )
    return msgspec.json.encode(msgspec.structs.replace(request, **changed))


def path_of(template: str, company: str = TEAM, *, number: int = 1) -> str:
    """The path with everything filled in that it names."""
    filled = template.replace("{company_id:str}", company).replace("{sha256:str}", SHA256)
    filled = re.sub(r"\{\w+:int\}", str(number), filled)
    return re.sub(r"\{\w+:str\}", company, filled)


def test_every_operation_is_in_the_matrix(world: World) -> None:
    known = OPEN | ORDER | OF_DEVICE | OF_FILE
    others = [r for r in routes(world) if r.operation not in known]

    assert {r.operation for r in others} == {r.operation for r in behind_sign_in(world)}
    assert all(r.opt.get("roles") and not r.opt.get("open") for r in others)
    assert known <= {r.operation for r in routes(world)}


@pytest.mark.parametrize("operation", sorted(OF_DEVICE | OF_FILE | ORDER))
def test_whoever_is_not_accepted_is_refused_as_if_unknown(
    world: World, operation: Operation
) -> None:
    method, template = operation
    body = body_of(world, template)
    headers = ["", "Bearer ", "Basic eDp5", "Bearer " + "x" * 43]
    if operation not in ORDER:
        shut_out = ("Expired", "Revoked", "Disabled")
        headers += [f"Bearer {world.enrolled[name].token}" for name in shut_out]

    answers = [seen(world.ask_with(h, method, path_of(template), body)) for h in headers]

    status, _, text = one(answers)
    assert status == 401
    assert "token-not-accepted" in text or method == "HEAD"


@pytest.mark.parametrize("who", ["Expired", "Revoked", "Disabled"])
def test_whoever_is_shut_out_is_told_only_that_nothing_is_ordered(world: World, who: str) -> None:
    answers = [
        seen(world.ask(name, method, path, body_of(world, path)))
        for name in (who, "Owner")
        for method, path in sorted(ORDER)
    ]

    assert answers[:2] == answers[2:]
    assert [status for status, _, _ in answers[:2]] == [200, 409]


def test_another_device_is_answered_like_an_unknown_one(world: World) -> None:
    devices = [world.enrolled[n].device_id for n in ("Colleague", "Other team", "Stranger")]

    answers = [
        seen(world.ask("Owner", "POST", "/v1/sync", body_of(world, "/v1/sync", device=device)))
        for device in (*devices, UNKNOWN)
    ]

    assert one(answers)[0] == 409


BARRED = [
    ("Colleague", OWN),
    *itertools.product(["Other team", "Stranger", "Auditor", "Admin"], [OWN, TEAM]),
]
"""Other user, other team, other network, other roles: and the files that are not theirs."""


@pytest.mark.parametrize("operation", sorted(OF_FILE))
def test_the_owner_reaches_what_the_matrix_keeps_from_others(
    world: World, operation: Operation
) -> None:
    method, template = operation
    if method == "PUT":
        return  # would only repeat what the first sync did
    for company in (OWN, TEAM):
        assert world.ask("Owner", method, path_of(template, company)).status == 200


@pytest.mark.parametrize(("who", "company"), BARRED)
@pytest.mark.parametrize("operation", sorted(OF_FILE))
def test_somebody_elses_file_is_answered_like_an_unknown_one(
    world: World, operation: Operation, who: str, company: str
) -> None:
    method, template = operation
    asked, unknown = path_of(template, company), path_of(template, UNKNOWN)
    paths = ((asked, company), (unknown, UNKNOWN))
    answers = [seen(world.ask(who, method, path), name) for path, name in paths]

    assert one(answers)[0] >= 400


@pytest.mark.parametrize(("who", "company"), BARRED)
def test_a_sync_tells_nothing_of_somebody_elses_file(world: World, who: str, company: str) -> None:
    def answered(asked: str) -> tuple[int, dict[str, str], str]:
        device = world.enrolled[who].device_id
        body = body_of(world, "/v1/sync", device=device, again=(asked,), check=(asked,))
        status, headers, text = seen(world.ask(who, "POST", "/v1/sync", body))
        return status, headers, re.sub(r'"server_time_ms":\d+,', "", text)

    status, _, text = one([answered(company), answered(UNKNOWN)])

    reply = msgspec.json.decode(text)
    theirs = {TEAM} if who == "Colleague" else set()
    assert status == 200
    frames = [msgspec.json.decode(open_frame(base64.b64decode(f))) for f in reply["frames"]]
    assert {pulled["company_id"] for pulled in [*reply["pulled"], *frames]} == theirs
    assert {tally["company_id"] for tally in reply["tallies"]} == theirs
    assert SECRET_NAME not in text
    assert (SECRET_NAME in str(frames)) is bool(theirs)


def visit(world: World, role: str, network: str) -> str:
    """The cookie of somebody of that role who signed in."""
    number, name = world.network(network), f"{role} {time.monotonic_ns()}"
    person = people.add_advisor(world.database, number, name, ACTOR, role=role)
    return sessions.begin(world.database, person.id)


def shown(world: World, token: str, operation: Operation, *names: str, **fields: str) -> Any:
    """What the console answers to somebody with this cookie."""
    method, path = operation
    form = {"pruefwert": sessions.csrf_of(token), **fields}
    body = urlencode(form).encode() if method == "POST" else b""
    kind = {"content-type": "application/x-www-form-urlencoded"} if body else {}
    cookie = {"cookie": f"konsole={token}"} if token else {}
    return seen(world.ask_with("", method, path, body, **kind, **cookie), *names)


def state_of(world: World) -> Any:
    """What somebody of another network could have changed."""
    network = world.network()
    return (
        people.advisors(world.database, network),
        assignments.files(world.database, network),
        [
            (d.device_id, d.name, d.revoked_ms, d.wipe_ms)
            for d in laptops.devices(world.database, network)
        ],
    )


def test_the_console_leads_everybody_who_is_not_signed_in_to_its_sign_in(world: World) -> None:
    ended, disabled = visit(world, "admin", "ITAS"), visit(world, "admin", "ITAS")
    with world.database.writing() as session:
        session.execute(
            update(ConsoleSession)
            .where(ConsoleSession.token_hash == sessions._hash(ended))
            .values(expires_ms=1)
        )
    visitor = sessions.visitor_of(world.database, disabled, frozenset(ROLES))
    assert visitor is not None
    people.disable(world.database, visitor.network_id, visitor.advisor_id, ACTOR)
    tokens = ["x" * 43, ended, disabled, world.enrolled["Owner"].token]
    bearer = f"Bearer {world.enrolled['Owner'].token}"

    for route in behind_sign_in(world):
        method, path = route.operation[0], path_of(route.operation[1])
        answers = [shown(world, token, (method, path)) for token in tokens]
        assert one(answers)[0] == 303
        assert one(answers)[1]["location"].startswith("/konsole/anmelden")
        anonymous = [
            seen(world.ask_with(authorization, method, path)) for authorization in ("", bearer)
        ]
        assert one(anonymous)[0] == 303


def test_the_console_refuses_other_roles_alike_whatever_is_there(world: World) -> None:
    advisor = world.advisor("Owner").id
    for role in ROLES:
        token = visit(world, role, "ITAS")
        for route in behind_sign_in(world):
            if role in route.opt["roles"]:
                continue
            method, template = route.operation
            answers = [
                shown(world, token, (method, path_of(template, name)), name)
                for name in (TEAM, advisor, UNKNOWN)
            ]
            assert one(answers)[0] in {303, 403}, route.operation


def test_the_console_answers_other_networks_ids_like_unknown_ones(world: World) -> None:
    names = [TEAM, world.advisor("Owner").id, world.enrolled["Owner"].device_id, UNKNOWN]
    fields = {
        "rolle": "admin",
        "team": "Beratung",
        "wem": f"team:{people.team_id_of(world.database, world.network(ELSEWHERE), 'Beratung')}",
        "grund": "unlawful",
        "zugang": "nein",
        "passphrase": "Laterne am Werkstor 3",
        "noch_einmal": "Laterne am Werkstor 3",
        "bestaetigung": "LÖSCHEN",
    }
    before = state_of(world)
    for role in ("admin", "coordinator", "auditor"):
        token = visit(world, role, ELSEWHERE)
        for route in behind_sign_in(world):
            method, template = route.operation
            if role not in route.opt["roles"] or "{" not in template:
                continue
            answers = [
                shown(world, token, (method, path_of(template, name)), name, **fields)
                for name in names
            ]
            assert SECRET_NAME not in one(answers)[2]
    assert state_of(world) == before


def test_no_act_of_another_network_reaches_a_person_a_laptop_or_a_file(world: World) -> None:
    """Below the console's pages, which look people up by their own network's list first."""
    theirs, database = world.network(ELSEWHERE), world.database
    owner, device = world.advisor("Owner").id, world.enrolled["Owner"].device_id
    acts: list[Callable[[], object]] = [
        lambda: people.set_role(database, theirs, owner, "admin", ACTOR),
        lambda: people.move(database, theirs, owner, "Beratung", ACTOR),
        lambda: people.disable(database, theirs, owner, ACTOR),
        lambda: people.enable(database, theirs, owner, ACTOR),
        lambda: passphrases.set_passphrase(database, theirs, owner, "", ACTOR),
        lambda: assignments.assign(database, theirs, TEAM, ACTOR, advisor_id=owner),
        lambda: assignments.withdraw(database, theirs, OWN, ACTOR, advisor_id=owner),
        lambda: assignments.purge(database, theirs, TEAM, "unlawful", ACTOR),
        lambda: laptops.revoke(database, device, ACTOR, network_id=theirs),
        lambda: laptops.rename(database, device, "Renamed", ACTOR, network_id=theirs),
        lambda: laptops.order_wipe(database, device, ACTOR, network_id=theirs),
        lambda: laptops.cancel_wipe(database, device, ACTOR, network_id=theirs),
    ]
    before = state_of(world)

    for act in acts:
        with pytest.raises(AdministrationError, match="There is no"):
            act()

    assert state_of(world) == before


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        ("/v1/devices/renewal", {"network": "MoLeWa"}),
        ("/v1/devices/renewal", {"device_id": UNKNOWN}),
        ("/v1/certificates", {"person": "Jemand anderes"}),
        ("/v1/devices/order", {"wiped_ms": 1}),
        ("/v1/devices", {"role": "admin"}),
        ("/v1/devices", {"advisor_id": UNKNOWN}),
    ],
)
def test_messages_about_who_one_is_refuse_members_that_are_not_theirs_to_say(
    world: World, path: str, extra: dict[str, Any]
) -> None:
    enrolment: dict[str, Any] = {
        "protocol": 1,
        "code": "A" * 16,
        "device_name": "Laptop",
        "token": "x" * 43,
    }
    message = BODIES.get(path, enrolment)

    answer = world.ask("Owner", "POST", path, msgspec.json.encode(message | extra))

    assert answer.status == 400
    assert wire.decode(answer.body, dict)["type"] == "urn:advisor:problem:malformed-request"


def test_a_sync_ignores_members_that_it_does_not_know(world: World) -> None:
    """By design (sync/protocol.py): a newer laptop may say more than this server understands."""
    message = msgspec.json.decode(body_of(world, "/v1/sync"))
    message |= {"role": "admin", "team": "Zweites", "mood": 7}
    message["device"] = world.enrolled["Other team"].device_id

    answer = world.ask("Other team", "POST", "/v1/sync", msgspec.json.encode(message))

    assert answer.status == 200
    assert wire.decode(answer.body, dict)["pulled"] == []
