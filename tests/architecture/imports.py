"""Which module imports which, read from the source: functions and TYPE_CHECKING included."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop_advisor", "sync")


@dataclass(frozen=True)
class Import:
    """module imports target in this line."""

    module: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def sources() -> dict[str, str]:
    """Module name → source text of everything in the two packages."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = path.read_text(encoding="utf-8")
    return found


def imports_of(modules: Mapping[str, str], packages: Iterable[str] = ()) -> list[Import]:
    """All imports. packages: names whose relative imports start at themselves (`__init__`)."""
    parents = {name.rpartition(".")[0] for name in modules} | set(packages)
    return [
        found
        for name, text in modules.items()
        for found in _imports(name, ast.parse(text), modules, name in parents)
    ]


def _imports(
    name: str, tree: ast.Module, modules: Mapping[str, str], is_package: bool
) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            targets = _from_targets(name, node, modules, is_package)
        else:
            continue
        for target in targets:
            yield Import(name, target, node.lineno)


def _from_targets(
    name: str, node: ast.ImportFrom, modules: Mapping[str, str], is_package: bool
) -> list[str]:
    """Modules named by a from-import: `from a import b` is a.b where that is a module, else a."""
    base = node.module or ""
    if node.level:
        steps = node.level - (1 if is_package else 0)
        around = name.split(".")
        kept = around[: len(around) - steps]
        base = ".".join([*kept, *([base] if base else [])])
    full = [f"{base}.{alias.name}" for alias in node.names]
    return [target if target in modules else base for target in full]


def circles(found: Iterable[Import]) -> list[list[str]]:
    """Rings of modules that import each other, be it late or for their types only."""
    graph: dict[str, set[str]] = {}
    for item in found:
        if not item.module.startswith(f"{item.target}."):
            graph.setdefault(item.module, set()).add(item.target)
    rings: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            rings.append([*path[path.index(module) :], module])
        elif module not in done:
            for target in sorted(graph.get(module, ())):
                visit(target, [*path, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return rings
