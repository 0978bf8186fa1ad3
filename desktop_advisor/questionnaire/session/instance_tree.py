"""The running instance: a copy of the form's, its cells, and its repeats growing and shrinking."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression.names import JAVAROSA
from desktop_advisor.questionnaire.expression.nodes import Kind, Node, string_value
from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.offering import selectable
from desktop_advisor.questionnaire.session.value_types import bounded, normalized
from desktop_advisor.questionnaire.xform import XForm

MAX_ROWS = 1_000
"""Rows of one repeat; our choice: no consultation lists more."""


class InstanceTree:
    """Nodes and cells of one session.

    Attributes:
        document: the root expressions start from. root: cell of the instance's root element.
    """

    def __init__(self, form: XForm) -> None:
        self._form = form
        self._by_path: dict[str, list[Cell]] | None = None
        self._by_ref: dict[str, Cell] | None = None
        self._by_name: dict[str, Cell] | None = None
        self.document = Node(Kind.DOCUMENT)
        self.document.append(_copy(form.primary))
        templates = list(_templates(form.primary, f"/{form.primary.name}", form))
        self._templates = {path: template for path, template, _ in templates}
        self._fixed = {path: max(1, count) for path, _, count in templates}
        root = self.document.children[0]
        self.root = self._build(root, f"/{root.name}", None)
        self._name(self.root, "", "")

    def cells_at(self, path: str) -> list[Cell]:
        """The cells of a path, in document order."""
        if self._by_path is None:
            self._by_path = {}
            for cell in self.root.walk():
                if cell.kind != "range":
                    self._by_path.setdefault(cell.path, []).append(cell)
        return self._by_path.get(path, [])

    def ranges_at(self, path: str) -> list[Cell]:
        """The ranges of a repeat's path: one, or one per row of the repeat around it."""
        return [cell for cell in self.root.walk() if cell.kind == "range" and cell.path == path]

    def cell(self, ref: str) -> Cell:
        """The cell with that ref; raises KeyError."""
        return self.refs()[ref]

    def refs(self) -> dict[str, Cell]:
        """Ref → cell of all of them, in document order."""
        if self._by_ref is None:
            self._by_ref = {cell.ref: cell for cell in self.root.walk()}
        return self._by_ref

    def named(self, name: str) -> Cell:
        """The first value of that name; raises KeyError."""
        if self._by_name is None:
            self._by_name = {}
            for cell in self.root.walk():
                if cell.kind == "leaf":
                    self._by_name.setdefault(cell.path.rpartition("/")[2], cell)
        return self._by_name[name]

    def range(self, ref: str) -> Cell:
        """The range of that repeat, written with or without "#range"; raises KeyError."""
        return self.refs()[f"{ref.removesuffix('#range')}#range"]

    def cells(self) -> Iterator[Cell]:
        """All cells but the root, in document order."""
        return (cell for cell in self.root.walk() if cell is not self.root)

    def add_row(self, rows: Cell) -> Cell | None:
        """A new last row; None when the repeat is full."""
        if len(rows.children) >= MAX_ROWS:
            return None
        number = len(rows.children)
        source = rows.written[number] if number < len(rows.written) else self._templates[rows.path]
        node = _copy(source)
        parent = rows.node.parent
        if parent is None:
            raise KeyError(rows.ref)
        after = rows.children[-1].node if rows.children else None
        place = self._place(parent, rows, after)
        parent.insert(place, node)
        row = self._build(node, rows.path, rows)
        rows.children.append(row)
        self._renumber(rows)
        return row

    def remove_row(self, row: Cell) -> None:
        """Take the row and everything in it away."""
        rows = row.parent
        if rows is None or row.node.parent is None:
            raise KeyError(row.ref)
        row.node.parent.remove(row.node)
        rows.children.remove(row)
        self._renumber(rows)

    def _place(self, parent: Node, rows: Cell, after: Node | None) -> int:
        """Behind the last row, or where the rows stand in the form."""
        if after is not None:
            return parent.children.index(after) + 1
        siblings = [] if rows.parent is None else rows.parent.children
        for cell in siblings[siblings.index(rows) + 1 :]:
            node = next(iter(cell.children), cell).node if cell.kind == "range" else cell.node
            if node in parent.children:
                return parent.children.index(node)
        return len(parent.children)

    def _renumber(self, rows: Cell) -> None:
        self._by_path = self._by_ref = self._by_name = None
        for number, row in enumerate(rows.children, start=1):
            self._name(row, rows.ref.removesuffix("#range"), f"[{number}]")

    def _name(self, cell: Cell, prefix: str, suffix: str) -> None:
        """Write the refs of the cell and of all below; a row continues the ref of its range."""
        own = prefix if cell.kind == "repeat" else f"{prefix}/{cell.path.rpartition('/')[2]}"
        cell.ref = f"{own}#range" if cell.kind == "range" else f"{own}{suffix}"
        base = own if cell.kind == "range" else cell.ref
        for number, child in enumerate(cell.children, start=1):
            self._name(child, base, f"[{number}]" if cell.kind == "range" else "")

    def _build(self, node: Node, path: str, parent: Cell | None) -> Cell:
        form = self._form
        is_row = parent is not None and parent.kind == "range"
        is_leaf = not any(
            not name.rpartition("/")[2].startswith("@") for name in form.schema.children(path)
        )
        kind = "repeat" if is_row else ("leaf" if is_leaf and not self._is_group(path) else "group")
        cell = Cell(
            path, kind, node, parent, bind=form.binds.get(path), control=form.control_of.get(path)
        )
        if kind == "leaf":
            type_name = "string" if cell.bind is None else cell.bind.type
            cell.answer = bounded(normalized(string_value(node), type_name), cell.control)
            cell.default = cell.answer
            cell.write(selectable(cell))
        self._build_children(cell)
        return cell

    def _is_group(self, path: str) -> bool:
        control = self._form.control_of.get(path)
        return control is not None and control.kind == "group"

    def _build_children(self, cell: Cell) -> None:
        node, seen = cell.node, set()
        for attribute in node.attributes:
            path = f"{cell.path}/@{attribute.name}"
            if path in self._form.binds:
                cell.children.append(self._attribute(attribute, path, cell))
        nodes: dict[str, list[Node]] = {}
        for child in node.elements():
            nodes.setdefault(f"{cell.path}/{child.name}", []).append(child)
        for path in self._form.schema.children(cell.path):
            if path in seen:
                continue
            seen.add(path)
            found = nodes.get(path, [])
            if path in self._form.repeats:
                cell.children.append(self._range(path, found, cell))
            elif found:
                cell.children.append(self._build(found[0], path, cell))

    def _attribute(self, node: Node, path: str, parent: Cell) -> Cell:
        cell = Cell(path, "leaf", node, parent, bind=self._form.binds.get(path))
        cell.answer = node.value
        return cell

    def _range(self, path: str, nodes: list[Node], parent: Cell) -> Cell:
        stand_in = Node(Kind.ELEMENT, path.rpartition("/")[2])
        stand_in.parent = parent.node
        form = self._form
        rows = Cell(
            path, "range", stand_in, parent, bind=form.binds.get(path), control=form.repeats[path]
        )
        if rows.control is not None and rows.control.is_fixed:
            nodes = self._fixed_rows(nodes, path, parent)
        if rows.control is not None and rows.control.count is not None:
            rows.written = [_copy(node) for node in nodes]
        rows.children = [self._build(node, path, rows) for node in nodes]
        return rows

    def _fixed_rows(self, nodes: list[Node], path: str, parent: Cell) -> list[Node]:
        """As many rows as the form writes first, wherever the repeat is (jr:noAddRemove)."""
        missing = self._fixed[path] - len(nodes)
        for _ in range(missing):
            nodes = [*nodes, _copy(self._templates[path])]
            parent.node.append(nodes[-1])
        for surplus in nodes[self._fixed[path] :]:
            parent.node.remove(surplus)
        return nodes[: self._fixed[path]]


def _copy(node: Node, *, is_blank: bool = False) -> Node:
    """The element without the templates in it; a blank copy has them, but no values."""
    twin = Node(node.kind, node.name, uri=node.uri, value=node.value)
    for attribute in node.attributes:
        twin.append(Node(attribute.kind, attribute.name, uri=attribute.uri, value=attribute.value))
    has_elements = any(child.kind == Kind.ELEMENT for child in node.children)
    for child in node.children:
        if child.kind == Kind.ELEMENT:
            if is_blank or not _is_template(child):
                _adopt(twin, _copy(child, is_blank=is_blank))
        elif child.kind == Kind.TEXT and not (has_elements or is_blank):
            _adopt(twin, Node(Kind.TEXT, value=child.value))
    return twin


def _adopt(parent: Node, child: Node) -> None:
    child.parent = parent
    parent.children.append(child)


def _is_template(node: Node) -> bool:
    return node.attribute("template", JAVAROSA) is not None


def _templates(node: Node, path: str, form: XForm) -> Iterator[tuple[str, Node, int]]:
    """Path of a repeat, what a new row looks like, and how many rows the form writes.

    Where the first row is not marked as template, a new row has its structure but none of its
    values (ODK XForms, "Default values in repeats"; web-forms).
    """
    written: dict[str, list[Node]] = {}
    for child in node.elements():
        written.setdefault(f"{path}/{child.name}", []).append(child)
    for name, rows in written.items():
        template = rows[0]
        if name in form.repeats:
            is_marked = _is_template(template)
            template = template if is_marked else _copy(template, is_blank=True)
            yield name, template, len(rows) - is_marked
        yield from _templates(template, name, form)
