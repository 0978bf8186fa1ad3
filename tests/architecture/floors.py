"""The floors of the house (design §3) as rules over imports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.architecture.imports import Import

FLOORS = (
    *("domain", "questionnaire", "assessment", "advice"),
    *("storage", "signing", "report", "usecases", "ui"),
)
"""From the ground up; an import may go down or stay, never rise."""
SEES_EVERYTHING = (
    "__main__",
    "cli",
    "form_commands",
    "catalogue_commands",
    "verify_command",
    "bootstrap",
    "demo",
    "selftest",
)
PURE = ("domain", "questionnaire", "assessment", "advice")
HTTP = ("requests", "httpx", "aiohttp", "urllib", "http", "socket")


@dataclass(frozen=True)
class Rule:
    """says: the rule in words. is_broken_by: whether one import breaks it."""

    says: str
    is_broken_by: Callable[[Import], bool]

    def broken(self, found: Iterable[Import]) -> Iterator[str]:
        """The imports that break the rule, as text."""
        return (str(item) for item in found if self.is_broken_by(item))


def room(module: str) -> str:
    """Name of the floor a module of desktop_advisor belongs to, "" for others."""
    parts = module.split(".")
    return parts[1] if parts[0] == "desktop_advisor" and len(parts) > 1 else ""


def _package(item: Import) -> str:
    return item.target.partition(".")[0]


def _rises(item: Import) -> bool:
    source, target = room(item.module), room(item.target)
    if source not in FLOORS or not target:
        return False
    return target not in FLOORS or FLOORS.index(target) > FLOORS.index(source)


def _is_below_ui(item: Import) -> bool:
    return room(item.module) in FLOORS and room(item.module) != "ui"


def _in_ui_http(item: Import) -> bool:
    return room(item.module) == "ui" and _package(item) in HTTP


RULES = (
    Rule("an import never rises", _rises),
    Rule("Qt stays in ui/", lambda i: _package(i) == "PySide6" and _is_below_ui(i)),
    Rule(
        "Qt stays out of sync/",
        lambda i: _package(i) == "PySide6" and i.module.partition(".")[0] == "sync",
    ),
    Rule(
        "SQL stays out of ui/",
        lambda i: room(i.module) == "ui" and _package(i) in {"sqlalchemy", "sqlite3", "sqlcipher3"},
    ),
    Rule(
        "ReportLab stays in report/",
        lambda i: (
            _package(i) == "reportlab"
            and room(i.module) != "report"
            and not i.module.startswith("desktop_advisor.report")
        ),
    ),
    Rule("ui/ speaks no HTTP", _in_ui_http),
    Rule(
        "sync/ knows nothing of desktop_advisor",
        lambda i: _package(i) == "desktop_advisor" and i.module.partition(".")[0] == "sync",
    ),
    Rule(
        "only the demo starts the server",
        lambda i: i.target.startswith("sync.server") and room(i.module) not in {"", "demo"},
    ),
    Rule(
        "the pure floors know no database",
        lambda i: room(i.module) in PURE and _package(i) in {"sqlalchemy", "sqlcipher3", "sqlite3"},
    ),
    Rule(
        "domain/ needs the standard library only",
        lambda i: (
            room(i.module) == "domain"
            and _package(i)
            in {"msgspec", "lxml", "lark", "sqlalchemy", "requests", "pikepdf", "cryptography"}
        ),
    ),
    Rule(
        "pyxform and openpyxl stay out of the start-up path",
        lambda i: (
            _package(i) in {"pyxform", "openpyxl"}
            and room(i.module) == "questionnaire"
            and not i.module.startswith("desktop_advisor.questionnaire.authoring")
        ),
    ),
)
