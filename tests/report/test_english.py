"""The English report: every sentence has its translation, and no German one is left on a page."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from desktop_advisor.advice.offers import Status
from desktop_advisor.advice.resource_files import BrokenResource
from desktop_advisor.advice.sentences import places, read_sentences
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.enterprise_group import Relation
from desktop_advisor.domain.language import Language, say, speaking
from desktop_advisor.report.documents.short import draw_short
from desktop_advisor.report.documents.short_model import short_version
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.statements_model import Statements
from desktop_advisor.usecases.report_language import said_statements
from desktop_advisor.usecases.workplace import Resources
from tests.report.english_words import GERMAN
from tests.report.reading import pages_of
from tests.report.sample import FONTS, sample_report

ROOT = Path(__file__).parents[2]
RESOURCES = Resources(ROOT / "resources")
CODE = ROOT / "desktop_advisor"
SPOKEN_CONSTANTS = {
    "report/wording.py": (
        *("NOT_LOOKED_AT", "METHOD", "LIABILITY", "PRIVACY", "PRINCIPLES", "FUNDING"),
        *("SIGNATURE_WORTH", "SELF_ISSUED", "ISSUED_BY", "GLOSSARY"),
    ),
    "report/explanations.py": (
        *("SITE", "EXPOSURE", "EXPOSURE_ENDS", "EXPOSURE_SCENARIOS", "JOBS", "JOBS_SOURCE"),
        *("PRIORITIES", "PRIORITIES_USUAL", "VIEWS", "REFERRALS", "EMPLOYEE_ADVICE"),
    ),
    "report/annex.py": ("_OPEN_ELSEWHERE",),
    "report/annex_derivations.py": ("_REMARKS",),
    "report/annex_edits.py": ("_LEAD", "_LEFT_OUT"),
    "report/chapter_changes.py": ("_HEADER",),
    "report/chapter_priorities.py": ("_HEADER",),
    "report/chapter_referrals.py": ("_HEADER",),
    "report/chapter_exposure.py": ("_OWN",),
    "report/chapters_advice.py": (
        *("_ELSEWHERE", "_UNDECIDED", "_UNCONFIRMED", "_CLOSED"),
        *("_VERDICT_SIGNS", "_REASON_LEADS"),
    ),
    "report/chapters_close.py": ("_DRAFT", "_COUNCIL_SIGNS", "_UNSEALED"),
    "report/exposure_chart.py": ("UNASSIGNED",),
    "report/jobs_chart.py": ("BAND_WORDS",),
    "report/timeline_chart.py": ("LEGEND", "_MONTHS"),
    "report/timeline_sketch.py": ("_LEGEND_IN_WORDS",),
    "report/passage_spots.py": ("_FINDINGS",),
    "report/explained.py": ("EXPLAINED",),
    "report/documents/short.py": ("_NO_PLAN", "_NO_RESULT", "_SCALE", "_NO_PROMISE"),
    "report/documents/short_model.py": ("TITLE", "_EXCLUDED"),
    "report/exports/workbook.py": ("_AS_DAYS",),
    "report/exports/word_frame.py": ("EDITABLE",),
    "report/exports/sheets.py": ("_CUT",),
    "usecases/comparing.py": ("_WITHHELD",),
    "usecases/composing.py": ("_WITHHELD",),
    "usecases/causes.py": ("FIGURES",),
    "usecases/report_advice.py": ("_PARKED_SINCE", "_SINCE_CHANGED"),
    "usecases/report_jobs.py": ("_FEW", "_UNKNOWN"),
    "usecases/report_tables.py": ("_FEW", "_UNKNOWN"),
    "assessment/exposure_figures.py": ("NAMELESS", "_OWN_RULE"),
    "assessment/job_figures.py": ("_GAP_SOURCE", "_TABLE", "_SHOWN_ONLY", "_TODAY", "UNIT"),
    "assessment/job_rows.py": ("_REQUIREMENT",),
    "assessment/priorities.py": ("SOURCE",),
    "domain/size_finding.py": ("DISCLAIMER", "SOURCE", "MID_CAP_SOURCE"),
}
"""Module constants that are said where they are used, because they stand outside any function."""
IN_DATA = {"Erstgespräch und Kurzcheck", "Empfehlung aus der Beratungspraxis"}
"""What the program or its catalogue writes by default and the report prints."""
SAME_IN_BOTH = {"%", "●", "○", "×"}
PRINTING = ("report/chapter*.py", "report/annex*.py", "usecases/report_*.py", "report/cover.py")


@pytest.fixture(scope="module")
def english() -> Language:
    return RESOURCES.language("en")


def test_every_sentence_has_its_english_one_and_none_is_left_over(english: Language) -> None:
    needed = {*_said(), *_constants(), *_in_resources(), *IN_DATA} - SAME_IN_BOTH
    assert english.sentences is not None
    assert needed - set(english.sentences) == set()
    assert set(english.sentences) - needed == set()


def test_english_sentences_keep_the_places_of_values_and_are_not_german(english: Language) -> None:
    table = dict(english.sentences or {})
    assert {german for german, other in table.items() if places(german) != places(other)} == set()
    assert {other for other in table.values() if re.search("[äöüÄÖÜß„]", other)} == set()
    blanks = {g for g, e in table.items() if g.split("[")[0][:1].isspace() != e[:1].isspace()}
    assert blanks == set()


def test_no_umlaut_is_printed_by_a_chapter_without_being_said() -> None:
    files = [path for pattern in PRINTING for path in CODE.glob(pattern)]
    assert [found for path in files for found in _unsaid(path)] == []


def test_a_table_that_lost_the_place_of_a_value_is_refused() -> None:
    with pytest.raises(BrokenResource, match="Satz „Seite"):
        read_sentences(b'{"Seite {0} von {1}": "Page {0}"}', "report.en.json")
    with pytest.raises(BrokenResource):
        RESOURCES.language("fr")


def test_drawn_pages_say_nothing_german_of_their_own(english: Language) -> None:
    model = _masked(sample_report())
    with speaking(english):
        statements = said_statements(Statements())
        model = msgspec.structs.replace(model, language="en", statements=statements)
        pages = pages_of(draw_report(model, FONTS)) + pages_of(
            draw_short(short_version(model), FONTS)
        )
    text = " ".join(pages)
    assert "Action plan" in text
    assert "24 Nov 2026" in text
    assert [m.group() for m in GERMAN.finditer(text)] == []


def test_the_language_holds_only_within_its_block(english: Language) -> None:
    with speaking(english):
        assert say("Maßnahmenplan") == "Action plan"
    assert say("Maßnahmenplan") == "Maßnahmenplan"


def _masked(value: Any) -> Any:
    """The same report with an x for every letter of what people, not the program, wrote."""
    if isinstance(value, msgspec.Struct):
        fields = {f: _masked(getattr(value, f)) for f in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(_masked(one) for one in value)
    if type(value) is str and not re.fullmatch(r"[a-z0-9_.#-]*", value):
        return re.sub(r"[^\W\d_]", "x", value).replace("„", "x").replace("“", "x")
    return value


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(CODE.rglob("*.py")):
        content = path.read_text(encoding="utf-8")
        if "ui" not in path.relative_to(CODE).parts and "domain.language" in content:
            yield str(path.relative_to(CODE)), ast.parse(content)


def _said() -> Iterator[str]:
    """Every literal handed to `say`, with its meaning, and every value of a table of `Words`."""
    for _name, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            words = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if node.func.id == "say" and words and isinstance(node.args[0], ast.Constant):
                yield f"{words[0]} [{words[1]}]" if len(words) > 1 else str(words[0])
            if node.func.id == "Words" and isinstance(node.args[0], ast.Dict):
                yield from filter(None, map(_literal, node.args[0].values))


def _constants() -> Iterator[str]:
    for name, wanted in SPOKEN_CONSTANTS.items():
        tree = ast.parse((CODE / name).read_text(encoding="utf-8"))
        values = dict(filter(None, map(_assigned, tree.body)))
        for constant in wanted:
            yield from _words_of(values[constant])


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return (statement.target.id, statement.value) if statement.value else None
    return None


def _words_of(value: ast.expr) -> Iterator[str]:
    """The literals but for keys, which are one word of lower case: fields, kinds, fillings."""
    known = {"beantwortet", "offen", "vereinbart", "läuft", "umgesetzt", "ausgeschlossen"}
    for node in ast.walk(value):
        found = _literal(node)
        if found in known or (found and not re.fullmatch(r"[a-z0-9_.]+", found)):
            yield found


def _literal(node: ast.AST) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text else ""  # type: ignore[attr-defined]


def _in_resources() -> Iterator[str]:
    """What the report prints out of files that are kept in German, and of enumerations."""
    yield from (str(one) for one in (*SizeClass, *Relation))
    yield from get_args(Status)
    for offer in RESOURCES.offers():
        yield from offer.eligibility.to_clarify
    for profile in RESOURCES.profiles():
        yield from (*profile.privacy, *profile.liability, *profile.signatures)
    groups = json.loads((RESOURCES.root / "catalogues" / "dependencies.json").read_bytes())
    yield groups["source"]
    yield from (group["label"] for group in groups["groups"])
    yield from (v["source"] for year in groups["scenarios"] for v in year["variants"])


def _unsaid(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("say", "Words")
        for inner in ast.walk(node)
    }
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        docstring = function.body[0].value if isinstance(function.body[0], ast.Expr) else None
        for node in ast.walk(function):
            words = _literal(node)
            if node is docstring or id(node) in said or function.name == "__init__":
                continue
            if re.search("[äöüÄÖÜß]", words):
                yield f"{path.name}:{node.lineno} {words}"  # type: ignore[attr-defined]
