"""Keeps the compiled questionnaires up to date with their workbooks; does nothing when they are.

Called before every run and every test run, so a folder that is current costs reading and hashing
a few small files and imports neither pyxform nor openpyxl.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.questionnaire import sidecar
from desktop_advisor.questionnaire.compiled import BrokenQuestionnaire, load_questionnaire

if TYPE_CHECKING:
    from desktop_advisor.questionnaire.authoring.compiling import Compiled

_STAMP = ".stamp"
_LISTS = (".csv", ".xml", ".geojson")


def build_forms(source: Path, target: Path) -> list[str]:
    """Names of the questionnaires that had to be compiled, sorted; [] when all were current.

    source: folder of workbooks (`.md`, `.xlsx`). target: gets NAME.xml, NAME.json and a stamp of
    what they were made from. What has no workbook any more is removed from it.

    Raises:
        BrokenWorkbook: a workbook does not compile, or a check finds an error in it; its former
            compiled files stay as they are.
    """
    workbooks = _workbooks(source)
    target.mkdir(parents=True, exist_ok=True)
    _remove_orphans(target, set(workbooks))
    compiler = _compiler_stamp() + _lists_stamp(source)
    built = []
    for name, path in workbooks.items():
        stamp = hashlib.sha256(compiler + path.read_bytes()).hexdigest()
        if not _is_current(target, name, stamp):
            _build(path, target)
            _replace(target / f"{name}{_STAMP}", stamp.encode())
            built.append(name)
    return built


def _workbooks(source: Path) -> dict[str, Path]:
    """Name → workbook. Excel's lock files ("~$…") are none; `.md` wins over `.xlsx`."""
    found = sorted([*source.glob("*.xlsx"), *source.glob("*.md")], key=lambda p: p.suffix != ".md")
    named: dict[str, Path] = {}
    for path in found:
        if not path.name.startswith(("~", ".", "README")):
            named.setdefault(path.stem, path)
    return dict(sorted(named.items()))


def _remove_orphans(target: Path, names: set[str]) -> None:
    for path in target.iterdir():
        if path.suffix in {".xml", ".json", _STAMP} and path.stem not in names:
            path.unlink()


def _compiler_stamp() -> bytes:
    """Changes whenever the code that compiles does, so that no form of an old compiler stays."""
    digest = hashlib.sha256(version("pyxform").encode())
    for path in sorted([*Path(__file__).parent.rglob("*.py"), Path(sidecar.__file__)]):
        digest.update(path.read_bytes())
    return digest.digest()


def _lists_stamp(source: Path) -> bytes:
    """Changes whenever a list beside the workbooks does, as forms hold the lists they use."""
    digest = hashlib.sha256()
    for path in sorted(path for path in source.iterdir() if path.suffix in _LISTS):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


def _is_current(target: Path, name: str, stamp: str) -> bool:
    try:
        if (target / f"{name}{_STAMP}").read_text(encoding="ascii") != stamp:
            return False
        load_questionnaire(target, name)
    except (OSError, ValueError, BrokenQuestionnaire):
        return False
    return True


def compile_file(file: Path, target: Path) -> list[Path]:
    """The XForm and the sidecar written to the folder `target`, in this order.

    Raises:
        BrokenWorkbook: it does not compile.
    """
    from desktop_advisor.questionnaire.authoring.compiling import compile_workbook

    return write_compiled(compile_workbook(file), target, file.stem)


def write_compiled(compiled: Compiled, target: Path, name: str) -> list[Path]:
    """NAME.xml and NAME.json in the folder `target`, which is made where it is missing."""
    encoded = msgspec.json.format(msgspec.json.encode(compiled.sidecar), indent=1)
    target.mkdir(parents=True, exist_ok=True)
    contents = {".xml": compiled.xform, ".json": encoded}
    for ending, content in contents.items():
        _replace(target / f"{name}{ending}", content)
    return [target / f"{name}{ending}" for ending in contents]


def _build(path: Path, target: Path) -> None:
    from desktop_advisor.questionnaire.authoring.checking import refuse_errors

    refuse_errors(path)
    compile_file(path, target)


def _replace(path: Path, content: bytes) -> None:
    """Write whole or not at all: a build that is killed leaves no half a form."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
