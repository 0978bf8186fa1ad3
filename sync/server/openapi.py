"""The parts of the OpenAPI document that the framework cannot see: bodies we read ourselves.

The schemas of all messages come from the same types that both ends use (`sync/protocol.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    RequestBody,
    Schema,
    SecurityScheme,
)

from sync import protocol, wire

MESSAGES = (
    protocol.SyncRequest,
    protocol.SyncReply,
    protocol.EnrolRequest,
    protocol.RenewRequest,
    protocol.DeviceRegistration,
    protocol.CertificateRequest,
    protocol.CertificateReply,
    protocol.Authority,
    protocol.ContentReply,
    protocol.WipeOrder,
    protocol.WipeReport,
    protocol.Health,
    protocol.Problem,
)
OCTETS = {
    "application/octet-stream": OpenAPIMediaType(
        schema=Schema(content_media_type="application/octet-stream")
    )
}

Headers = dict[str, OpenAPIHeader | Reference]
BLOB_NAME = {
    "company_id": str(get_args(protocol.Uuid)[1].pattern),
    "sha256": str(get_args(protocol.Sha256)[1].pattern),
}
"""Patterns of an attachment's path."""
CONTENT_RANGE = r"^(bytes [0-9]{1,18}-[0-9]{1,18}/[0-9]{1,18})?$"
RANGE = r"^(bytes=[0-9]{1,18}-[0-9]{0,18})?$"
"""Empty: the whole."""


def message_body(message: type[msgspec.Struct]) -> type[Operation]:
    """An operation whose request body is this message."""

    @dataclass
    class WithMessage(Operation):
        def __post_init__(self) -> None:
            schema = Reference(ref=f"#/components/schemas/{message.__name__}")
            self.request_body = RequestBody(
                required=True,
                content={"application/json": OpenAPIMediaType(schema=schema)},
                description="Content-Encoding may be zstd or gzip.",
            )

    return WithMessage


def exchange_body(message: type[msgspec.Struct], reply: type[msgspec.Struct]) -> type[Operation]:
    """An operation whose request body is this message, and whose answer may be MessagePack too.

    In MessagePack the request has the same members, which its schema says of the JSON.
    """

    @dataclass
    class WithExchange(message_body(message)):  # type: ignore[misc]
        def __post_init__(self) -> None:
            super().__post_init__()
            self.request_body.description += (
                f" The same message may come as {wire.MSGPACK}, and is answered so by Accept;"
                " frames, in JSON as Base64, are then bytes."
            )
            answer = (self.responses or {}).get("200")
            if isinstance(answer, OpenAPIResponse):
                answer.content = {
                    **(answer.content or {}),
                    wire.MSGPACK: OpenAPIMediaType(
                        schema=Reference(ref=f"#/components/schemas/{reply.__name__}")
                    ),
                }

    return WithExchange


@dataclass
class PartUpload(Operation):
    """An operation that takes a part of a batch, named by its hash."""

    def __post_init__(self) -> None:
        for parameter in self.parameters or []:
            if isinstance(parameter, Parameter) and parameter.name in BLOB_NAME:
                parameter.schema = _text(BLOB_NAME[parameter.name])
        self.request_body = RequestBody(
            required=True, content=dict(OCTETS), description="A MessagePack array of frames."
        )


@dataclass
class ByteLook(Operation):
    """An operation on one attachment, named by its path."""

    def __post_init__(self) -> None:
        for parameter in self.parameters or []:
            if isinstance(parameter, Parameter) and parameter.name in BLOB_NAME:
                parameter.schema = _text(BLOB_NAME[parameter.name])
        for status, headers in self.told().items():
            response = (self.responses or {}).get(status)
            if isinstance(response, OpenAPIResponse):
                response.headers = {**(response.headers or {}), **headers}

    def told(self) -> dict[str, Headers]:
        """The headers that say more, by status."""
        return {
            "200": {"Upload-Length": _number(), "Accept-Ranges": _header(_text("^bytes$"))},
            "404": {"Upload-Offset": _number()},
        }


@dataclass
class ByteUpload(ByteLook):
    """An operation that takes bytes, or a piece of them."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.request_body = RequestBody(required=False, content=dict(OCTETS))  # no bytes at all
        self.parameters = [*(self.parameters or []), _asked("Content-Range", CONTENT_RANGE)]

    def told(self) -> dict[str, Headers]:
        """Where the upload goes on."""
        offset = {"Upload-Offset": _number()}
        return {"202": dict(offset), "409": dict(offset)}


@dataclass
class ByteBody(ByteLook):
    """An operation that gives bytes, or a piece of them."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.parameters = [*(self.parameters or []), _asked("Range", RANGE)]
        for status in ("200", "206"):
            response = (self.responses or {}).get(status)
            if isinstance(response, OpenAPIResponse):
                response.content = dict(OCTETS)

    def told(self) -> dict[str, Headers]:
        """Which bytes these are."""
        accepted: Headers = {"Accept-Ranges": _header(_text("^bytes$"))}
        part = _header(_text(r"^bytes [0-9]+-[0-9]+/[0-9]+$"))
        none = _header(_text(r"^bytes \*/[0-9]+$"))
        return {
            "200": accepted,
            "206": {**accepted, "Content-Range": part},
            "416": {"Content-Range": none},
        }


def _text(pattern: str) -> Schema:
    return Schema(type=OpenAPIType.STRING, pattern=pattern)


def _header(schema: Schema) -> OpenAPIHeader:
    return OpenAPIHeader(schema=schema, required=True)


def _number(least: int = 0) -> OpenAPIHeader:
    return _header(Schema(type=OpenAPIType.INTEGER, minimum=least))


def _asked(name: str, pattern: str) -> Parameter:
    return Parameter(name=name, param_in="header", required=False, schema=_text(pattern))


def openapi_config() -> OpenAPIConfig:
    """The document at /schema and /schema/openapi.json; no page that loads foreign scripts."""
    token = SecurityScheme(type="http", scheme="bearer", description="A device's token")
    return OpenAPIConfig(
        title="Desktop Advisor sync",
        version=str(protocol.PROTOCOL_VERSION),
        description=(
            "Change exchange between laptops and the central server of a network. "
            "Integers are written as digits alone, without a fraction."
        ),
        components=Components(security_schemes={"deviceToken": token}),
        path="/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    )


def complete(app: Litestar) -> None:
    """Put into the app's document what the framework cannot see.

    The schemas of all messages with their constraints, the headers that go with some statuses, and
    that no answer to a HEAD has content (RFC 9110 §9.3.2).
    """
    _, schemas = msgspec.json.schema_components(
        MESSAGES, ref_template="#/components/schemas/{name}"
    )
    document = app.openapi_schema
    document.components.schemas.update(schemas)
    for path in (document.paths or {}).values():
        for operation in (path.get, path.head, path.put, path.post):
            if operation is not None and operation.responses is not None:
                _complete(operation.responses, is_head=operation is path.head)


def _complete(responses: dict[str, OpenAPIResponse | Reference], *, is_head: bool) -> None:
    for status, response in list(responses.items()):
        if not isinstance(response, OpenAPIResponse):
            continue
        if status == "400" and "application/json" in (response.content or {}):
            del responses[status]  # the framework's own, for paths that we read ourselves
        if is_head:
            response.content = None
        if status in GOES_ALONG:
            response.headers = {**(response.headers or {}), **GOES_ALONG[status]}


GOES_ALONG: dict[str, Headers] = {
    "401": {"WWW-Authenticate": _header(_text("^Bearer$"))},
    "415": {"Accept-Encoding": _header(Schema(type=OpenAPIType.STRING))},
    "429": {"Retry-After": _number(1)},
}
"""Headers of every answer with such a status."""
