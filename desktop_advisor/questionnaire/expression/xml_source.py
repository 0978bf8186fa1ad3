"""XML text → nodes, bounded and without entities.

Expat instead of lxml here, because it tells CDATA from text and refuses declarations before any of
them is expanded.
"""

from __future__ import annotations

from xml.parsers import expat

from desktop_advisor.questionnaire.expression.nodes import Kind, Node

MAX_BYTES = 20_000_000
"""Our choice: twenty times the largest public ODK form."""

MAX_DEPTH = 200
"""Our choice: a form nested deeper was not written by a person."""

XML_URI = "http://www.w3.org/XML/1998/namespace"


class UnreadableXml(ValueError):
    """The text is not XML we accept; the message says why, with the line."""


def read_xml(source: bytes | str) -> Node:
    """The document node of the text.

    Raises:
        UnreadableXml: not well-formed, too large, too deep, or with entity declarations.
    """
    data = source.encode() if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise UnreadableXml(f"größer als {MAX_BYTES // 1_000_000} MB")
    builder = _Builder()
    parser = expat.ParserCreate("utf-8" if isinstance(source, str) else None)
    builder.listen_to(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "kein XML")
        raise UnreadableXml(f"Zeile {error.lineno}: {reason}") from None
    return builder.document


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self) -> None:
        self.document = Node(Kind.DOCUMENT)
        self._open: list[Node] = [self.document]
        self._scopes: list[dict[str, str]] = [{"xml": XML_URI}]
        self._text: list[str] = []

    def listen_to(self, parser: expat.XMLParserType) -> None:
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartCdataSectionHandler = self._flush
        parser.EndCdataSectionHandler = self._flush
        parser.EntityDeclHandler = _refuse_entity

    def _flush(self) -> None:
        if self._text:
            self._add(Node(Kind.TEXT, value="".join(self._text)))
            self._text.clear()

    def _add(self, node: Node) -> None:
        parent = self._open[-1]
        node.parent = parent
        parent.children.append(node)

    def _start(self, name: str, attributes: list[str]) -> None:
        self._flush()
        if len(self._open) > MAX_DEPTH:
            raise UnreadableXml("zu tief geschachtelt")
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        scope = self._scope_of(pairs)
        element = Node(Kind.ELEMENT, name, uri=_uri(name, scope, scope.get("", "")))
        for key, value in pairs:
            is_namespace = key == "xmlns" or key.startswith("xmlns:")
            kind = Kind.NAMESPACE if is_namespace else Kind.ATTRIBUTE
            uri = "" if is_namespace else _uri(key, scope, "")
            attribute = Node(kind, key, uri=uri, value=value)
            attribute.parent = element
            element.attributes.append(attribute)
        self._add(element)
        self._open.append(element)
        self._scopes.append(scope)

    def _scope_of(self, pairs: list[tuple[str, str]]) -> dict[str, str]:
        scope = self._scopes[-1]
        declared = {
            key[6:]: value for key, value in pairs if key == "xmlns" or key.startswith("xmlns:")
        }
        return {**scope, **declared} if declared else scope

    def _end(self, name: str) -> None:
        self._flush()
        self._open.pop()
        self._scopes.pop()

    def _comment(self, text: str) -> None:
        self._flush()
        self._add(Node(Kind.COMMENT, value=text))

    def _instruction(self, target: str, data: str) -> None:
        self._flush()
        self._add(Node(Kind.INSTRUCTION, target, value=data))


def _uri(name: str, scope: dict[str, str], default: str) -> str:
    prefix, colon, _ = name.partition(":")
    if not colon:
        return default
    if prefix not in scope:
        raise UnreadableXml(f"Präfix »{prefix}« ist nicht erklärt")
    return scope[prefix]


def _refuse_entity(*_: object) -> None:
    raise UnreadableXml("Entitäten sind nicht erlaubt")


def namespaces_of(node: Node) -> dict[str, str]:
    """Prefix → URI as declared on the node and above it; "" is the default namespace."""
    declared: dict[str, str] = {"xml": XML_URI}
    chain: list[Node] = []
    current: Node | None = node
    while current is not None:
        chain.append(current)
        current = current.parent
    for element in reversed(chain):
        for attribute in element.attributes:
            if attribute.kind == Kind.NAMESPACE:
                declared[attribute.name[6:]] = attribute.value
    return declared
