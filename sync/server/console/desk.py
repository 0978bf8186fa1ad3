"""Where a request of somebody signed in is dealt with: who asks, and of which database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import Response
from litestar.di import NamedDependency

from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import Form
from sync.server.console.rendering import AnyRequest, go_to, render
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.intake import OpenDatabase

Answer = Response[str] | Response[None]


class NotHereError(AdministrationError):
    """The console itself refuses what was asked; the message is German."""


@dataclass(frozen=True)
class Desk:
    """A request with what every handler needs for it."""

    request: AnyRequest
    database: Database
    visitor: Visitor

    @property
    def network_id(self) -> int:
        """The visitor's network, the only one that this request may touch."""
        return self.visitor.network_id

    @property
    def sent(self) -> Form:
        """The form that was sent; an empty one where none was."""
        found: Form = self.request.state.get("form") or Form()
        return found

    def page(self, template: str, wrong: str = "", **context: Any) -> Response[str]:
        """The page; it says what its address names as done, or what is `wrong`."""
        done = wording.done(self.request.query_params.get("getan", ""))
        status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
        return render(self.request, template, status, done=done, wrong=wrong, **context)

    def tried(self, act: Callable[[], Answer], page: Callable[[str], Response[str]]) -> Answer:
        """Do it and answer what it says, or show `page` with why not."""
        try:
            return act()
        except NotHereError as refusal:
            return page(str(refusal))
        except AdministrationError as error:
            return page(wording.wrong(error))


def done_at(path: str, done: str) -> Answer:
    """Send the browser to a page that says what was done: a key of `wording.DONE`."""
    return go_to(f"{path}?getan={done}")


def provide_desk(request: AnyRequest, database: OpenDatabase) -> Desk:
    """For whoever was let in by the gate."""
    return Desk(request, database, request.state["visitor"])


AtDesk = NamedDependency[Desk]
