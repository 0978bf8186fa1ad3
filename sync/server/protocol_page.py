"""The protocol's reference in the README, made from the types and paths that both ends use.

`python -m sync.server.protocol_page README.md` renews it between its two marks (`make protocol`).
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar.handlers import HTTPRouteHandler

from sync import blocks, protocol, wire
from sync.server.openapi import MESSAGES
from sync.server.routes import HANDLERS

BEGIN, END = "<!-- protocol: begin -->", "<!-- protocol: end -->"
PARTS = (
    protocol.Batch,
    protocol.Changeset,
    protocol.Change,
    protocol.Verdict,
    protocol.Held,
    protocol.Tombstone,
    protocol.Gone,
    protocol.FileTally,
    protocol.Block,
)
"""What stands inside messages."""


def page() -> str:
    """The reference as Markdown, without its marks."""
    lines = [
        f"Version {protocol.PROTOCOL_VERSION}. Bodies are JSON, compressed with zstd (or gzip) by "
        "`Content-Encoding`; errors are problem documents (RFC 9457). By `Content-Type` and "
        f"`Accept` `/v1/sync` speaks MessagePack too (`{wire.MSGPACK}`), where bytes need no "
        "Base64. A device proves itself by `Authorization: Bearer TOKEN`. Unknown members are "
        "ignored, so that a newer end may say more. How changes are merged stands in "
        "`sync/merge.py`, how they are counted in `sync/tally.py`, and their columns in "
        "`sync/blocks.py`; the server tells its OpenAPI document at `/schema/openapi.json`.",
        "",
        "| Operation | What | Answers |",
        "|---|---|---|",
        *sorted(_operation(handler) for handler in HANDLERS),
        "",
        *_limits(),
        "",
        "| Scalar | |",
        "|---|---|",
        *_scalars(),
    ]
    for message in (*PARTS, *MESSAGES):
        lines += ["", *_message(message)]
    return "\n".join(lines)


def _operation(handler: HTTPRouteHandler) -> str:
    method = next(iter(sorted(handler.http_methods)))
    path = next(iter(sorted(handler.paths))).replace(":str", "")
    answers = sorted({handler.status_code, *(handler.responses or {})})
    return f"| `{method} {path}` | {handler.summary or ''} | {', '.join(map(str, answers))} |"


def _limits() -> Iterator[str]:
    yield "| Limit | Bytes |"
    yield "|---|---|"
    for name, value in sorted(vars(protocol).items()):
        if name.startswith("MAX_") and name.endswith("_BYTES"):
            yield f"| {name[4:-6].replace('_', ' ').lower()} | {value} |"


def _scalars() -> Iterator[str]:
    for alias, name in _aliases().items():
        kind, *metas = get_args(alias)
        rules = [
            f"{rule} `{value}`"
            for meta in metas
            for rule in ("pattern", "ge", "lt", "le", "min_length", "max_length")
            if (value := getattr(meta, rule)) is not None
        ]
        yield f"| {name} | {kind.__name__}, {', '.join(rules)} |"


def _aliases() -> dict[Any, str]:
    """The named scalars of both modules; the first name of equal ones counts."""
    found: dict[Any, str] = {}
    for module in (protocol, blocks):
        for name, value in vars(module).items():
            if get_origin(value) is Annotated and get_args(value)[0] in (int, str):
                found.setdefault(value, name)
    return found


def _message(message: type[msgspec.Struct]) -> Iterator[str]:
    words = inspect.cleandoc(message.__doc__ or "").replace("\n\n", "<br>").replace("\n", " ")
    yield f"**{message.__name__}** – {words.replace('|', chr(92) + '|')}"
    yield ""
    hints = get_type_hints(message, include_extras=True)
    aliases = _aliases()
    members = []
    for member in msgspec.structs.fields(message):
        said = _type(hints[member.name], aliases)
        members.append(f"`{member.encode_name}`: {said}{'' if member.required else ' (optional)'}")
    yield "; ".join(members) + "."


def _type(hint: Any, aliases: dict[Any, str]) -> str:
    """A type in few words."""
    if hint in aliases:
        return aliases[hint]
    origin, inner = get_origin(hint), [a for a in get_args(hint) if a is not Ellipsis]
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in inner)
    named = [_type(one, aliases) for one in inner if not isinstance(one, msgspec.Meta)]
    if origin in (Union, types.UnionType):
        return " or ".join(named)
    if origin is list or (origin is tuple and Ellipsis in get_args(hint)):
        return f"list of {named[0]}"
    if origin is tuple:
        return f"[{', '.join(named)}]"
    plain = {type(None): "null", Any: "any JSON"}
    return named[0] if named else plain.get(hint, getattr(hint, "__name__", ""))


def renewed(text: str) -> str:
    """The document with the reference between its marks made anew."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{page()}\n{END}{after}"


if __name__ == "__main__":
    readme = Path(sys.argv[1])
    readme.write_text(renewed(readme.read_text(encoding="utf-8")), encoding="utf-8")
