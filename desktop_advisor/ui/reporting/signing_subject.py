"""What somebody signs, in words: shown beside the pad, so that nobody signs a blank."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_advisor.domain.german import short_date
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.widgets import (
    Card,
    Heading,
    Label,
    SmallText,
    Strong,
    Text,
    clear,
    column,
    scrolling,
)


@dataclass(frozen=True)
class SigningSubject:
    """The document one signs. checksum: the first digits of the frozen content's hash.

    sentences: its summary. measures: what was agreed, one line each.
    """

    title: str
    company: str
    checksum: str
    sentences: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


def subject_of(model: ReportModel) -> SigningSubject:
    """The report in the words of its summary and its plan."""
    title = QCoreApplication.translate("SigningSubject", "Beratungsbericht, Fassung {0}")
    return SigningSubject(
        title=title.format(model.version),
        company=model.company.name,
        checksum=short_hash(content_hash(model)),
        sentences=model.summary.sentences,
        measures=tuple(
            " · ".join(p for p in (m.title, m.owner, short_date(m.due_on) if m.due_on else "") if p)
            for m in model.measures
        ),
    )


class SubjectView(Card):
    """The document's name and checksum on top, its substance below, to be scrolled."""

    def __init__(self) -> None:
        super().__init__(fill=True)
        self._title, self._company = Heading(""), Strong("", wrap=True)
        self._hash = Label("", "foot")
        self._hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._substance = QVBoxLayout()
        self._substance.setSpacing(S)
        inside = QWidget()
        body = column(self._substance, gap=0)
        body.addStretch(1)
        inside.setLayout(body)
        self._scroll: QScrollArea = scrolling(inside)
        self.body.addLayout(column(self._title, self._company, self._hash, gap=S))
        self.body.addWidget(self._scroll, 1)

    def show_substance(self, is_shown: bool) -> None:
        """Summary and measures too, where there is room for them beside the pad."""
        self._scroll.setVisible(is_shown)

    def show_subject(self, subject: SigningSubject) -> None:
        """This document."""
        self._title.setText(subject.title)
        self._company.setText(subject.company)
        self._hash.setText(self.tr("Prüfsumme {0}").format(subject.checksum))
        clear(self._substance)
        for sentence in subject.sentences:
            self._substance.addWidget(Text(sentence))
        if subject.measures:
            self._substance.addSpacing(L)
            self._substance.addWidget(Strong(self.tr("Vereinbarte Maßnahmen")))
            for measure in subject.measures:
                self._substance.addWidget(_bulleted(measure))
        self._substance.addWidget(
            SmallText(self.tr("Den ganzen Bericht zeigt Ihnen die beratende Person gern vorher."))
        )
        self._scroll.verticalScrollBar().setValue(0)


def _bulleted(words: str) -> QLabel:
    return Text(f"•  {words}")
