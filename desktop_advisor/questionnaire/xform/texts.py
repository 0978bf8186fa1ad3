"""The translations of a form: text id → value elements, per language."""

from __future__ import annotations

import re

from desktop_advisor.questionnaire.expression.nodes import Node

MEDIA = frozenset({"image", "big-image", "audio", "video"})
"""Forms of a value that name a file, not words."""

SINGLE = "default"
"""What a form without translations calls its only language."""


_CALL = re.compile(r"""\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*""")


def text_id(expression: str) -> str | None:
    """`x` for `jr:itext('x')`, None for anything that has to be worked out.

    A form has thousands of these; recognising them saves parsing them.
    """
    match = _CALL.fullmatch(expression)
    return None if match is None else match[1] or match[2] or ""


class Itext:
    """All translations. languages: in the order of the form; default: marked, else the first."""

    def __init__(self, model: Node) -> None:
        self._texts: dict[str, dict[str, list[Node]]] = {}
        marked = ""
        for translation in _translations(model):
            language = translation.attribute("lang") or SINGLE
            self._texts[language] = _values_by_id(translation)
            if translation.attribute("default") is not None:
                marked = marked or language
        self.languages = tuple(self._texts)
        self.default = marked or next(iter(self.languages), SINGLE)

    def values(self, text: str, language: str) -> list[Node]:
        """The value elements of that text; those of the default language where it is missing."""
        found = self._texts.get(language, {}).get(text)
        return found if found is not None else self._texts.get(self.default, {}).get(text, [])

    def language_named(self, name: str) -> str | None:
        """The language of that name or of that code: "de" finds "Deutsch (de)"."""
        if name in self._texts:
            return name
        return next((known for known in self._texts if known.endswith(f"({name})")), None)


def _translations(model: Node) -> list[Node]:
    return [
        translation
        for itext in model.elements()
        if itext.local == "itext"
        for translation in itext.elements()
    ]


def _values_by_id(translation: Node) -> dict[str, list[Node]]:
    texts: dict[str, list[Node]] = {}
    for text in translation.elements():
        name = text.attribute("id")
        if text.local == "text" and name is not None:
            texts[name] = [value for value in text.elements() if value.local == "value"]
    return texts


def words_of(values: list[Node]) -> list[Node]:
    """The values to be read: without files, and without guidance."""
    return [v for v in values if (v.attribute("form") or "") not in MEDIA | {"guidance"}]


def guidance_of(values: list[Node]) -> list[Node]:
    """The values that explain further (form="guidance")."""
    return [value for value in values if value.attribute("form") == "guidance"]
