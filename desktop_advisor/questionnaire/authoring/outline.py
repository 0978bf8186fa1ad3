"""A workbook read as a questionnaire: questions, choice lists, languages, our own sheets.

Both the compiler and the checks start from here. Nothing is judged: what cannot be understood
stays in the rows as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from desktop_advisor.questionnaire.authoring.sheets import Sheet, Workbook
from desktop_advisor.questionnaire.sidecar import Text

LEVELS = tuple("012345")
"""The six anchored levels of a scored question (domain §3)."""
LOCATION_LEVELS = tuple("12345")
"""Importance and satisfaction of a site factor (domain §3)."""
YES = frozenset({"yes", "ja", "true", "x", "1"})
OWN_SURVEY_COLUMNS = (
    "score_dimension",
    "score_role",
    "score_factor",
    "score_weight",
    "weight_reason",
    "critical",
    "core",
    "perspective",
    "reference",
    "optional",
)
OWN_SHEETS = ("dimensions", "recommendations", "rule_tests", "renames")

_ALIASES = {  # header → the name used here; pyxform 4.5 aliases.survey_header, list_header
    "relevance": "relevant",
    "calculate": "calculation",
    "caption": "label",
    "read_only": "readonly",
    "command": "type",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::required": "required",
    "bind::readonly": "readonly",
}
_TRANSLATABLE = frozenset(
    {
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "image",
        "audio",
        "video",
    }
)
_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,3})(?:-[\w-]+)?\)\s*$")
_SELECT = re.compile(
    r"^(?P<kind>select[ _]one|select1|select[ _]multiple|rank|select one from|"
    r"select all that apply from|select_one_external|"
    r"select[ _]one[ _]from[ _]file|select[ _]multiple[ _]from[ _]file)\s+(?P<list>\S+)"
    r"(?P<other>\s+or[ _]other|\s+or specify other)?\s*$"
)
_STRUCTURE = re.compile(r"^(begin|end)[ _](group|repeat|loop)\b")


def canonical_header(header: str) -> str:
    """The header as this package names it: "Relevance" → relevant, "Label :: X" → label::X."""
    parts = [part.strip() for part in header.split("::")]
    base, colon, language = header.partition(":")
    if len(parts) == 1 and colon and base.lower() in _TRANSLATABLE:
        parts = [base, language.strip()]
    first = "_".join(parts[0].split()).lower()
    joined = "::".join([first, *parts[1:]])
    return _ALIASES.get(joined) or "::".join([_ALIASES.get(first, first), *parts[1:]])


def language_code(language: str) -> str:
    """ "Deutsch (de)" → de; a language without a code stands for itself."""
    match = _LANGUAGE_CODE.search(language)
    return match[1].lower() if match else language.strip().lower()


@dataclass(frozen=True)
class Row:
    """One filled row: its number in the sheet and its cells by canonical header."""

    number: int
    cells: dict[str, str]

    def get(self, header: str) -> str:
        """The cell's text, "" when empty or without such a column."""
        return self.cells.get(header, "")

    def says_yes(self, header: str) -> bool:
        """Whether the cell is one of yes, ja, true, x, 1."""
        return self.get(header).lower() in YES


@dataclass(frozen=True)
class Table:
    """One sheet with canonical headers. default_language: code of columns without language."""

    sheet: Sheet
    default_language: str = "de"

    @property
    def name(self) -> str:
        """The sheet's name as the editor wrote it."""
        return self.sheet.name

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Canonical headers in the order of the columns."""
        return tuple(canonical_header(h) if h else "" for h in self.sheet.headers)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The filled rows."""
        return tuple(
            Row(number, {canonical_header(h): text for h, text in cells.items()})
            for number, cells in self.sheet.rows()
        )

    def languages(self, base: str) -> dict[str, str]:
        """Language code → header, for the columns of one translatable text."""
        found = {}
        for header in self.headers:
            first, _, language = header.partition("::")
            if first == base:
                found[language_code(language) if language else self.default_language] = header
        return found

    def text(self, row: Row, base: str) -> Text:
        """Language code → text of this row; languages without text are left out."""
        texts = {code: row.get(header) for code, header in self.languages(base).items()}
        return {code: text for code, text in texts.items() if text}


@dataclass(frozen=True)
class Question:
    """One row of the survey sheet that has a name: question, group, repeat or calculation.

    kind: the type without its list ("select_one"), blanks as underscores. list_name: of a
    selection, else "". parents: names of the groups and repeats around it, outermost first.
    """

    row: Row
    kind: str
    list_name: str
    name: str
    parents: tuple[str, ...]
    repeats: tuple[str, ...]

    @property
    def is_selection(self) -> bool:
        """Whether the answer is one or several of a list."""
        return bool(self.list_name)

    @property
    def is_container(self) -> bool:
        """Whether it holds other questions and has no answer of its own."""
        return self.kind.startswith("begin_")

    @property
    def dimension(self) -> str:
        """Code of the dimension it is scored in, "" when it is not scored."""
        return self.row.get("score_dimension")

    @property
    def role(self) -> str:
        """level, importance or satisfaction."""
        return self.row.get("score_role") or "level"


@dataclass(frozen=True)
class Outline:
    """The questionnaire of a workbook."""

    book: Workbook
    default_language: str
    survey: Table
    choices: Table
    settings_table: Table
    dimensions: Table
    recommendations: Table
    rule_tests: Table
    renames: Table
    settings: dict[str, str] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Named rows of the survey sheet in their order."""
        return tuple(_questions(self.survey))

    @cached_property
    def lists(self) -> dict[str, dict[str, Row]]:
        """List name → choice name → row. A name used twice keeps its first row."""
        lists: dict[str, dict[str, Row]] = {}
        for row in self.choices.rows:
            if row.get("list_name"):
                lists.setdefault(row.get("list_name"), {}).setdefault(row.get("name"), row)
        return lists

    @cached_property
    def scored(self) -> tuple[Question, ...]:
        """Questions that count for a dimension."""
        return tuple(question for question in self.questions if question.dimension)


def outline_of(book: Workbook) -> Outline:
    """The outline; a workbook with a single sheet of any name has it as survey, like pyxform."""
    settings_rows = Table(book.sheet("settings")).rows
    settings = settings_rows[0].cells if settings_rows else {}
    language = language_code(settings.get("default_language", "de"))
    survey = book.sheet("survey")
    if not survey.cells and len(book.sheets) == 1:
        survey = book.sheets[0]
    tables = {
        name: Table(book.sheet(name), language) for name in ("choices", "settings", *OWN_SHEETS)
    }
    return Outline(
        book=book,
        default_language=language,
        survey=Table(survey, language),
        choices=tables["choices"],
        settings_table=tables["settings"],
        dimensions=tables["dimensions"],
        recommendations=tables["recommendations"],
        rule_tests=tables["rule_tests"],
        renames=tables["renames"],
        settings=settings,
    )


def split_type(text: str) -> tuple[str, str]:
    """Type and list: "select_one yes_no" → (select_one, yes_no); list "" if it has none."""
    text = " ".join(text.split())
    match = _SELECT.match(text)
    if match:
        kind = match["kind"].replace(" ", "_").replace("select1", "select_one")
        kind = kind.removesuffix("_from") if not kind.endswith("file") else kind
        return kind.replace("select_all_that_apply", "select_multiple"), match["list"]
    match = _STRUCTURE.match(text)
    if match:
        return f"{match[1]}_{match[2]}", ""
    return text, ""


def _questions(survey: Table) -> Iterator[Question]:
    around: list[tuple[str, str]] = []
    for row in survey.rows:
        kind, list_name = split_type(row.get("type"))
        if kind.startswith("end_"):
            if around:
                around.pop()
            continue
        name = row.get("name")
        if kind == "note" and not name:
            name = f"generated_note_name_{row.number}"  # as pyxform names it
        if not kind or (not name and not kind.startswith("begin_")):
            continue
        parents = tuple(name for _, name in around)
        repeats = tuple(name for opener, name in around if opener == "begin_repeat")
        yield Question(row, kind, list_name, name, parents, repeats)
        if kind.startswith("begin_"):
            around.append((kind, name))
