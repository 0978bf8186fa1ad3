"""The line to the central server a laptop belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.client.port import Enrolment

if TYPE_CHECKING:
    from sync.client.transport import HttpTransport


def server_line(enrolment: Enrolment) -> HttpTransport:
    """Not yet opened; trusts the authority that was pinned at the enrolment, if one was."""
    from sync.client.transport import HttpTransport

    return HttpTransport(enrolment.server_url, ca_pem=enrolment.ca_pem)
