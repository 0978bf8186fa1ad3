"""The parts of the OpenAPI document that the framework cannot see: bodies we read ourselves.

The schemas of all messages come from the same types that both ends use (`sync/protocol.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
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

from sync import protocol

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


@dataclass
class ByteUpload(Operation):
    """An operation that takes bytes, or a piece of them."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(required=True, content=dict(OCTETS))
        self.parameters = [*(self.parameters or []), _header("Content-Range", "bytes 0-9/100")]


@dataclass
class ByteBody(Operation):
    """An operation that gives bytes, or a piece of them."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), _header("Range", "bytes=10-")]
        if self.responses:
            whole = OpenAPIResponse(description="The whole attachment", content=dict(OCTETS))
            self.responses["200"] = whole


def _header(name: str, example: str) -> Parameter:
    return Parameter(
        name=name,
        param_in="header",
        required=False,
        schema=Schema(type=OpenAPIType.STRING, examples=[example]),
    )


def openapi_config() -> OpenAPIConfig:
    """The document at /schema and /schema/openapi.json; no page that loads foreign scripts."""
    token = SecurityScheme(type="http", scheme="bearer", description="A device's token")
    return OpenAPIConfig(
        title="Desktop Advisor sync",
        version=str(protocol.PROTOCOL_VERSION),
        description="Change exchange between laptops and the central server of a network.",
        components=Components(security_schemes={"deviceToken": token}),
        path="/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    )


def add_message_schemas(app: Litestar) -> None:
    """Put the schemas of all messages, constraints included, into the app's document."""
    _, schemas = msgspec.json.schema_components(
        MESSAGES, ref_template="#/components/schemas/{name}"
    )
    components = app.openapi_schema.components
    components.schemas.update(schemas)
