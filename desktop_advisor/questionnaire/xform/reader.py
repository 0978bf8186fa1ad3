"""ODK XForm XML → XForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_advisor.questionnaire.expression import ExpressionError, check_calls, parse
from desktop_advisor.questionnaire.expression.names import NAMESPACES, OPENROSA
from desktop_advisor.questionnaire.expression.nodes import Kind, Node, descendants, string_value
from desktop_advisor.questionnaire.expression.xml_source import (
    UnreadableXml,
    namespaces_of,
    read_xml,
)
from desktop_advisor.questionnaire.xform.binds import is_action, merged, read_action, read_bind
from desktop_advisor.questionnaire.xform.body import BodyReader
from desktop_advisor.questionnaire.xform.errors import BrokenForm
from desktop_advisor.questionnaire.xform.form import XForm
from desktop_advisor.questionnaire.xform.instances import read_instances
from desktop_advisor.questionnaire.xform.model import Action, Bind
from desktop_advisor.questionnaire.xform.texts import Itext

_RULES = ("relevant", "required", "readonly", "constraint", "calculate")


def read_xform(source: bytes | str, *, attachments: Mapping[str, bytes] | None = None) -> XForm:
    """The form of the text. attachments: file name → content, for lists kept beside the form.

    Raises:
        BrokenForm: not XML, no form, or an expression that cannot be read.
    """
    try:
        document = read_xml(source)
    except UnreadableXml as fault:
        raise BrokenForm(str(fault)) from None
    model = _first(document, "model")
    if model is None:
        raise BrokenForm("es fehlt das Element <model>")
    primary = _primary(model)
    root = f"/{primary.name}"
    namespaces = {**NAMESPACES, **_declared(primary)}
    ids, binds = _binds(model, root)
    reader = BodyReader(root, ids)
    body = _first(document, "body")
    controls = () if body is None else reader.read(body, root)
    instances, missing = read_instances(model, attachments or {})
    _add_meta(primary, root, binds)
    form = XForm(
        form_id=primary.attribute("id") or "",
        version=primary.attribute("version") or primary.attribute("version", OPENROSA) or "",
        title=_title(document),
        primary=primary,
        instances=instances,
        binds=binds,
        controls=controls,
        actions=(*_model_actions(model, root, ids), *reader.actions),
        itext=Itext(model),
        namespaces=namespaces,
        notices=(*reader.notices, *missing),
    )
    form.notices += tuple(_check(form))
    return form


def _first(document: Node, local: str) -> Node | None:
    for node in descendants(document):
        if node.local == local and node.kind == Kind.ELEMENT:
            return node
    return None


def _primary(model: Node) -> Node:
    for instance in model.elements():
        if instance.local == "instance":
            root = next(iter(instance.elements()), None)
            if root is None:
                break
            return root
    raise BrokenForm("es fehlt die Hauptinstanz")


def _declared(primary: Node) -> dict[str, str]:
    return {prefix: uri for prefix, uri in namespaces_of(primary).items() if prefix}


def _title(document: Node) -> str:
    title = _first(document, "title")
    return "" if title is None else string_value(title).strip()


def _binds(model: Node, root: str) -> tuple[dict[str, Bind], dict[str, Bind]]:
    """Binds by id, and binds by path."""
    by_id: dict[str, Bind] = {}
    by_path: dict[str, Bind] = {}
    for element in model.elements():
        bind = read_bind(element, root) if element.local == "bind" else None
        if bind is None:
            continue
        known = by_path.get(bind.path)
        by_path[bind.path] = bind if known is None else merged(known, bind)
        name = element.attribute("id")
        if name is not None:
            by_id[name] = bind
    return by_id, by_path


def _model_actions(model: Node, root: str, ids: Mapping[str, Bind]) -> Iterator[Action]:
    for element in model.elements():
        action = read_action(element, "", root, ids) if is_action(element) else None
        if action is not None:
            yield action


def _check(form: XForm) -> Iterator[str]:
    """Unknown functions as notices; what decides and is no expression breaks the form."""
    for place, written in _deciding(form):
        try:
            form.compiled(written)
        except ExpressionError as error:
            raise BrokenForm(f"{place}: {error}") from None
        for fault in check_calls(parse(written), form.namespaces):
            yield f"{place}: {fault}"


def _deciding(form: XForm) -> Iterator[tuple[str, str]]:
    """Place and text of every expression that decides values, relevance, rows or choices."""
    for bind in form.binds.values():
        for rule in _RULES:
            written = getattr(bind, rule)
            if written is not None:
                yield f"{bind.path}, {rule}", written
    for path, repeat in form.repeats.items():
        if repeat.count is not None:
            yield f"{path}, jr:count", repeat.count
    for path, control in form.control_of.items():
        if control.itemset is not None:
            yield f"{path}, itemset", control.itemset.nodeset
            yield f"{path}, itemset", control.itemset.value
    for action in form.actions:
        yield f"{action.target}, setvalue", action.written
        if action.expression is not None:
            yield f"{action.target}, setvalue", action.expression


def _add_meta(primary: Node, root: str, binds: dict[str, Bind]) -> None:
    """Every instance has meta/instanceID, filled where we add it (OpenRosa metadata schema)."""
    meta = primary.element("meta")
    is_declared = "orx" in namespaces_of(primary)
    prefix = "orx:" if meta is None and is_declared else ("" if meta is None else _prefix(meta))
    if meta is None:
        meta = Node(Kind.ELEMENT, f"{prefix}meta", uri=OPENROSA)
        primary.append(meta)
    if meta.element("instanceID") is None:
        name = f"{prefix}instanceID"
        meta.append(Node(Kind.ELEMENT, name, uri=meta.uri))
        path = f"{root}/{meta.name}/{name}"
        binds.setdefault(path, Bind(path=path, preload="uid"))


def _prefix(node: Node) -> str:
    return f"{node.prefix}:" if node.prefix else ""
