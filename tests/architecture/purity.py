"""Which modules read a clock or a file, seen from their imports and from what they call."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from tests.architecture.floors import room

PURE_ROOMS = ("assessment", "advice")
READING_MODULES = frozenset(
    {
        *("os", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "zipfile", "mmap"),
        *("time", "calendar", "random", "secrets", "subprocess", "socket", "importlib", "pkgutil"),
    }
)
"""Modules that reach a file, the clock or chance; `datetime` is allowed for its types only."""
READING_CALLS = frozenset(
    {
        *("open", "input", "exec", "eval", "__import__", "exists", "is_file", "is_dir", "stat"),
        *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob"),
        *("now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime"),
        *("fromtimestamp", "system_clock"),
    }
)
"""Names that are read or called in a module: each of them means a file or the clock."""


def impurities(modules: Mapping[str, str]) -> list[str]:
    """What in the pure rooms reads a clock or a file, as "module:line what"."""
    return [
        f"{name}:{line} {what}"
        for name, text in modules.items()
        if room(name) in PURE_ROOMS
        for line, what in _findings(ast.parse(text))
    ]


def _findings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = [node.module or "", *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Attribute) and node.attr in READING_CALLS:
            yield node.lineno, f"uses .{node.attr}"
            continue
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in READING_CALLS - own and not _is_parameter(node.func.id, tree):
                yield node.lineno, f"calls {node.func.id}"
            continue
        else:
            continue
        for target in named:
            if target.partition(".")[0] in READING_MODULES or target in READING_CALLS:
                yield node.lineno, f"imports {target}"


def _is_parameter(name: str, tree: ast.Module) -> bool:
    """Whether a function takes it as an argument: a clock handed in is what we want."""
    return any(isinstance(node, ast.arg) and node.arg == name for node in ast.walk(tree))
