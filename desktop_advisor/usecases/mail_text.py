"""A mail as a file that the mail program at the office opens as a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""An address every mail program takes (HTML, 4.10.5.1.5, with a dot in the domain)."""
_LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Enclosure:
    """A file to be sent along."""

    name: str
    media_type: str
    content: bytes


def is_address(text: str) -> bool:
    """Whether mail can be sent there; no blank, no second address, no end of line."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def mail_file(
    *,
    sender: tuple[str, str],
    recipient: tuple[str, str],
    subject: str,
    text: str,
    enclosures: Sequence[Enclosure],
    at: datetime,
    boundary: str,
) -> bytes:
    """The .eml. sender, recipient: name and address; a sender without an address is left out.

    Ends of lines in a name or in the subject become blanks, so that nobody writes a header.
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"  # Outlook and Thunderbird open it for sending, not as received
    if is_address(sender[1]):
        mail["From"] = Address(_line(sender[0]), addr_spec=sender[1])
    mail["To"] = Address(_line(recipient[0]), addr_spec=recipient[1])
    mail["Subject"] = _line(subject)[:_LONGEST_SUBJECT]
    mail["Date"] = at
    mail.set_content(_printable(text))
    for enclosure in enclosures:
        main, _, sub = enclosure.media_type.partition("/")
        mail.add_attachment(
            enclosure.content, maintype=main, subtype=sub, filename=_line(enclosure.name)
        )
    if enclosures:
        mail.set_boundary(boundary)
    return mail.as_bytes()


def _line(text: str) -> str:
    """Words for a header. The library decodes "=?…?=" in them, ends of lines included."""
    return " ".join(_printable(text).replace("=?", "= ?").split())


def _printable(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() or c == "\u00a0"))
