"""Which values last: those no later session could compute anew from the others."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression import ExpressionError, parse
from desktop_advisor.questionnaire.expression.tree import Call, walk
from desktop_advisor.questionnaire.session.dependencies import reads
from desktop_advisor.questionnaire.xform import XForm

MOMENTARY = frozenset({"once", "random", "randomize", "uuid", "now", "today"})
"""Functions whose result depends on when or how often they are called."""


def kept_paths(form: XForm) -> Iterator[str]:
    """The paths of leaves that are answered, or calculated from what does not come back."""
    for path in form.schema.paths():
        if "/@" in path or _is_meta(path) or not _is_leaf(form, path):
            continue
        bind = form.binds.get(path)
        if bind is None or bind.calculate is None or _is_momentary(form, path, bind.calculate):
            yield path


def _is_leaf(form: XForm, path: str) -> bool:
    control = form.control_of.get(path)
    has_children = any("/@" not in below for below in form.schema.children(path))
    return not has_children and (control is None or control.kind != "group")


def _is_meta(path: str) -> bool:
    """`/data/meta` and what is in it, whatever its prefix (OpenRosa metadata schema)."""
    names = path.split("/")[2:]
    return bool(names) and names[0].rpartition(":")[2] == "meta"


def _is_momentary(form: XForm, path: str, calculate: str) -> bool:
    """Also true of a calculation that reads its own last value."""
    try:
        called = {node.name for node in walk(parse(calculate)) if isinstance(node, Call)}
    except ExpressionError:
        return False
    return not MOMENTARY.isdisjoint(called) or path in reads(calculate, path, form.schema)
