"""What an interview asks of a form: its questions and tables in order, by section.

Worked out once per form. Places are named by keys that outlive a new version of the form: a
question by its name, or by its path where two share one; a row of a table by the table's key and a
key of its own ("products#0190ab"), a cell by the row's key and its name
("products#0190ab/product_share").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from weakref import WeakKeyDictionary

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.questionnaire.sidecar import Indicator, Sidecar
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.questionnaire.xform.model import Control
from desktop_advisor.usecases.question_views import Kind, Span
from desktop_advisor.usecases.workplace import Form

COMPANY_GROUP = "company"
"""Group whose questions the company file answers; the interview never asks them."""
GENERATED = ("reserved_name_for_field_list_labels_", "generated_table_list_label_")
"""Nodes that pyxform adds for the head of a matrix; they ask nothing."""
STATES = (AnswerState.NOT_APPLICABLE, AnswerState.UNKNOWN, AnswerState.CONFIDENTIAL)

_INPUTS = {
    "int": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.MOMENT,
    "geopoint": Kind.OTHER,
    "geotrace": Kind.OTHER,
    "geoshape": Kind.OTHER,
}
_CONTROLS = {
    "select": Kind.CHOICES,
    "rank": Kind.RANK,
    "range": Kind.RANGE,
    "trigger": Kind.CONFIRM,
    "upload": Kind.FILE,
}
_STATED = frozenset(
    {Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.MOMENT, Kind.RANGE, Kind.TABLE}
)
"""Kinds whose form value cannot carry a state: it is kept beside the form, which stays empty."""


@dataclass(frozen=True)
class Item:
    """One question or table as the form has it.

    path: without positions. label: its key without rows. section: code of a dimension, or name of
    the group it stands in, "" at the top. group: path of the labelled group around it, where that
    is not the section itself. repeat: path of the innermost repeat around it, "" for none.
    notes: of a table, paths of the conditional notes right behind it: warnings about the table.
    is_optional: left open, it does not make the form look unfinished.
    """

    path: str
    label: str
    kind: Kind
    section: str
    group: str
    repeat: str
    perspectives: frozenset[str]
    states: tuple[AnswerState, ...]
    indicator: Indicator | None = None
    span: Span | None = None
    columns: tuple[Item, ...] = ()
    inner: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    is_counted: bool = False
    is_optional: bool = False

    def takes(self, state: AnswerState) -> bool:
        """Whether the form itself has a choice for that state."""
        return state in self.states and self.kind not in _STATED


class FormOutline:
    """The items of a form in the order they are asked.

    Attributes:
        items: questions and tables outside of any table.
        by_label: every item, columns and inner tables included.
        path_of, label_of: key without rows ↔ path, for everything that can hold an answer.
        sections: codes in the order of their first item.
    """

    def __init__(self, form: Form) -> None:
        self._xform: XForm = form.xform
        self._sidecar: Sidecar = form.sidecar
        self._indicators = {i.question: i for i in form.sidecar.indicators}
        self.path_of, self.label_of = _labels(form.xform)
        self.items = tuple(self._asked(form.xform.controls, _Place()))
        self.by_label: Mapping[str, Item] = {i.label: i for i in _all(self.items)}
        self.sections = tuple(dict.fromkeys(item.section for item in self.items))

    @cached_property
    def company_paths(self) -> Mapping[str, str]:
        """Name → path of the questions that the company file answers."""
        root = f"/{self._xform.primary.name}/{COMPANY_GROUP}/"
        return {q.name: q.ref for q in self._xform.questions if q.ref.startswith(root)}

    def section_texts(self, code: str, language: str) -> tuple[str, str]:
        """(label, short) of a section; the form's title for what stands in no group."""
        for dimension in self._sidecar.dimensions:
            if dimension.code == code:
                label = dimension.label.get(language, code)
                return label, dimension.short.get(language, code)
        path = f"/{self._xform.primary.name}/{code}"
        label = self._xform.text(path, "label", language) if code else ""
        label = label or code or self._sidecar.title.get(language, "") or self._xform.title
        return label, label

    # -- within ------------------------------------------------------------------------------

    def _asked(self, controls: tuple[Control, ...], place: _Place) -> Iterator[Item]:
        table: list[Item] = []
        for control in controls:
            name = control.path.rpartition("/")[2]
            if control.kind == "repeat":
                yield from table
                table = [self._table(control, place)]
            elif control.kind == "group":
                inside = self._entered(control, place)
                if inside is None:
                    continue
                if control.path in self._xform.repeats:
                    yield from table
                    rows = next(c for c in control.children if c.kind == "repeat")
                    table = [self._table(rows, place)]
                    continue
                yield from table
                table = []
                yield from self._asked(control.children, inside)
            elif control.path and not name.startswith(GENERATED):
                item = self._question(control, place)
                if table and item.kind is Kind.NOTE and self._is_conditional(item.path):
                    table = [_with_note(table[0], item.path)]
                    continue
                yield from table
                table = []
                yield item
        yield from table

    def _is_conditional(self, path: str) -> bool:
        bind = self._xform.binds.get(path)
        return bind is not None and bind.relevant is not None

    def _entered(self, control: Control, place: _Place) -> _Place | None:
        """The place inside a group; None where nothing is asked in it."""
        name = control.path.rpartition("/")[2]
        is_top = control.path.count("/") == 2
        if is_top and name == COMPANY_GROUP:
            return None
        asked = self._sidecar.asked_of.get(name, place.asked)
        if is_top:
            return _Place(self._section(control) or name, "", place.repeat, asked)
        group = control.path if control.label else place.group
        return _Place(place.section, group, place.repeat, asked)

    def _section(self, group: Control) -> str:
        """The dimension of a group whose scored questions all belong to one, else ""."""
        names = {c.path.rpartition("/")[2] for c in _leaves(group)}
        codes = {self._indicators[n].dimension for n in names if n in self._indicators}
        return codes.pop() if len(codes) == 1 else ""

    def _question(self, control: Control, place: _Place) -> Item:
        name = control.path.rpartition("/")[2]
        indicator = self._indicators.get(name)
        kind = self._kind(control, indicator)
        section = indicator.dimension if indicator else place.section
        asked = indicator.perspectives if indicator else self._sidecar.asked_of.get(name)
        return Item(
            path=control.path,
            label=self.label_of[control.path],
            kind=kind,
            section=section,
            group=place.group if section == place.section else "",
            repeat=place.repeat,
            perspectives=_perspectives(asked or place.asked),
            states=self._states(control, kind),
            indicator=indicator,
            span=_span(control) if kind is Kind.RANGE else None,
            is_optional=name in self._sidecar.optional,
        )

    def _table(self, repeat: Control, place: _Place) -> Item:
        name = repeat.path.rpartition("/")[2]
        asked = self._sidecar.asked_of.get(name, place.asked)
        section = place.section or name
        inside = _Place(section, place.group, repeat.path, asked)
        found = tuple(self._asked(repeat.children, inside))
        return Item(
            path=repeat.path,
            label=self.label_of[repeat.path],
            kind=Kind.TABLE,
            section=section,
            group=place.group,
            repeat=place.repeat,
            perspectives=_perspectives(asked),
            states=STATES,
            columns=tuple(i for i in found if i.kind not in (Kind.TABLE, Kind.OTHER)),
            inner=tuple(i for i in found if i.kind is Kind.TABLE),
            is_counted=repeat.count is not None or repeat.is_fixed,
            is_optional=name in self._sidecar.optional,
        )

    def _kind(self, control: Control, indicator: Indicator | None) -> Kind:
        if control.kind == "select1":
            return Kind.CHOICE if indicator is None else Kind.LEVEL
        if control.kind != "input":
            return _CONTROLS[control.kind]
        bind = self._xform.binds.get(control.path)
        readonly = (bind.readonly or "").replace(" ", "") if bind else ""
        if readonly == "true()" and (bind is None or bind.calculate is None):
            return Kind.NOTE
        kind = _INPUTS.get(bind.type if bind else "string", Kind.TEXT)
        if kind is Kind.TEXT and "multiline" in control.appearance:
            return Kind.LONG_TEXT
        return kind

    def _states(self, control: Control, kind: Kind) -> tuple[AnswerState, ...]:
        if kind in _STATED:
            return STATES
        if kind not in (Kind.LEVEL, Kind.CHOICE):
            return ()
        values = {choice.value for choice in self._xform.choices(control.path)}
        return tuple(state for state in STATES if state in values)


@dataclass(frozen=True)
class _Place:
    section: str = ""
    group: str = ""
    repeat: str = ""
    asked: tuple[str, ...] = ()


_OUTLINES: WeakKeyDictionary[XForm, FormOutline] = WeakKeyDictionary()


def outline_of(form: Form) -> FormOutline:
    """The outline of a form, worked out once."""
    outline = _OUTLINES.get(form.xform)
    if outline is None:
        outline = _OUTLINES[form.xform] = FormOutline(form)
    return outline


def _labels(form: XForm) -> tuple[dict[str, str], dict[str, str]]:
    root = f"/{form.primary.name}"
    paths = [
        path
        for path in form.schema.paths()
        if path != root
        and "/@" not in path
        and (path in form.repeats or not any("/@" not in c for c in form.schema.children(path)))
    ]
    names = Counter(path.rpartition("/")[2] for path in paths)
    label_of = {}
    for path in paths:
        name = path.rpartition("/")[2]
        label_of[path] = name if names[name] == 1 else path[len(root) + 1 :].replace("/", ".")
    return {label: path for path, label in label_of.items()}, label_of


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.columns)
        yield from _all(item.inner)


def _leaves(control: Control) -> Iterator[Control]:
    for child in control.children:
        if child.kind in ("group", "repeat"):
            yield from _leaves(child)
        else:
            yield child


def _perspectives(asked: tuple[str, ...]) -> frozenset[str]:
    """Who may answer; the table together may answer whatever one of its sides may."""
    everybody = {str(p) for p in Perspective}
    return frozenset({*asked, str(Perspective.JOINT)} if asked else everybody)


def _with_note(table: Item, path: str) -> Item:
    return replace(table, notes=(*table.notes, path))


def _span(control: Control) -> Span | None:
    try:
        start, end, step = (Decimal(control.parameters[k]) for k in ("start", "end", "step"))
    except (KeyError, InvalidOperation):
        return None
    return Span(start, end, step)
