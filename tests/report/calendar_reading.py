"""A strict reader of calendar files: what RFC 5545 forbids fails."""

from __future__ import annotations

import re

_LINE = re.compile(r"^([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)$", re.DOTALL)


def unfolded(content: bytes) -> list[str]:
    """Content lines (§3.1): CRLF ends them, CRLF and a blank do not; 75 octets at most."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    for line in raw:
        line.decode("utf-8")  # no character is cut in two
    return content.replace(b"\r\n ", b"").decode("utf-8")[:-2].split("\r\n")


def unescaped(text: str) -> str:
    """TEXT (§3.3.11): only \\\\ \\; \\, \\n are allowed, and a bare ; or , is not."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", text, re.DOTALL)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def read(content: bytes) -> list[dict[str, str]]:
    """The events, name with parameters → raw value; fails on anything the grammar forbids."""
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, str]] = []
    open_event: dict[str, str] | None = None
    for line in lines[1:-1]:
        found = _LINE.match(line)
        assert found, line
        name, value = found[1] + found[2], found[3]
        if (name, value) == ("BEGIN", "VEVENT"):
            assert open_event is None
            open_event = {}
        elif (name, value) == ("END", "VEVENT"):
            assert open_event is not None
            events.append(open_event)
            open_event = None
        elif open_event is not None:
            assert name not in open_event, f"{name} twice"
            open_event[name] = value
    assert open_event is None
    return events
