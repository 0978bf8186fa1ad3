"""The verdict on a sealed file: the outcome in a sentence, by whom and when, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.signing.verdict import Outcome, Point, Verdict
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    IconLabel,
    Label,
    Pill,
    QuietButton,
    SmallText,
    Strong,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.checking import AboutReport, Checked

TONES = {
    Outcome.VALID: Tone.GOOD,
    Outcome.VALID_BUT_UNKNOWN_ISSUER: Tone.ATTENTION,
    Outcome.CHANGED: Tone.DANGER,
    Outcome.NOT_CHECKABLE: Tone.ATTENTION,
}
_ICONS = {
    Outcome.VALID: "check",
    Outcome.VALID_BUT_UNKNOWN_ISSUER: "info",
    Outcome.CHANGED: "close",
    Outcome.NOT_CHECKABLE: "warning",
}


class VerdictCard(Card):
    """What came out for one file.

    Attributes:
        why: shows or hides the reasons.
    """

    def __init__(self, name: str, checked: Checked, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        verdict = checked.verdict
        self.add(self._summary(name, verdict), M)
        if checked.about is not None:
            self.add(*self._about_lines(checked.about), S)
        if verdict.is_intact:
            self.add(*self._seal_lines(verdict), S)
        self.why = QuietButton(self.tr("Begründung ausblenden"))
        self.why.clicked.connect(self._toggle)
        self.add(HairLine())
        self.add(row(self.why, spacer(), gap=0))
        self._reasons = QWidget()
        self._reasons.setLayout(column(*(self._point(point) for point in verdict.points), gap=S))
        self.add(self._reasons)
        self.setAccessibleName(verdict.headline)

    def _toggle(self) -> None:
        is_shown = self._reasons.isHidden()
        self._reasons.setVisible(is_shown)
        hide, show = self.tr("Begründung ausblenden"), self.tr("Begründung zeigen")
        self.why.setText(hide if is_shown else show)

    def _summary(self, name: str, verdict: Verdict) -> QWidget:
        tone = TONES[verdict.outcome]
        pill = row(Pill(verdict.outcome.word, tone), spacer(), gap=0)
        title = Label(verdict.headline, "title", wrap=True)
        line = row(gap=L)
        mark = IconLabel(_ICONS[verdict.outcome], tone, 32, verdict.outcome.word)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(pill, title, SmallText(name), gap=S // 2), 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _about_lines(self, about: AboutReport) -> list[QWidget]:
        what = self.tr("Bericht für {0}, Fassung {1}").format(about.company, about.version)
        short = " ".join(about.content_hash[i : i + 4].upper() for i in range(0, 12, 4))
        hash_words = self.tr("{0} Prüfsumme des Inhalts: {1} …").format(about.words, short)
        line = row(gap=S)
        if about.is_printed is False:
            mark = IconLabel("warning", Tone.ATTENTION, 18, self.tr("Achtung"))
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(SmallText(hash_words), 1)
        holder = QWidget()
        holder.setLayout(line)
        return [Strong(what, wrap=True), holder]

    def _seal_lines(self, verdict: Verdict) -> list[QWidget]:
        lines: list[QWidget] = [Label(verdict.sealed_by, "small-ink", wrap=True)]
        lines += [SmallText(words) for words in verdict.proof]
        if verdict.fingerprint:
            groups = [verdict.fingerprint[i : i + 4].upper() for i in range(0, 32, 4)]
            words = self.tr("Fingerabdruck des Zertifikats {0} …").format(" ".join(groups))
            lines.append(SmallText(words))
        lines.append(
            SmallText(
                self.tr(
                    "Gezeichnete Unterschriften sind Bilder im Dokument; wer sie gezeichnet hat, "
                    "kann diese Prüfung nicht sagen."
                )
            )
        )
        return lines

    def _point(self, point: Point) -> QWidget:
        name, tone, said = {
            True: ("check", Tone.GOOD, self.tr("erfüllt")),
            False: ("close", Tone.DANGER, self.tr("nicht erfüllt")),
            None: ("info", Tone.NEUTRAL, self.tr("nicht gefragt")),
        }[point.holds]
        line = row(gap=M, margins=(0, S // 2, 0, S // 2))
        line.addWidget(IconLabel(name, tone, 18, said), 0, Qt.AlignmentFlag.AlignTop)
        title = Strong(self.tr("{0}: {1}").format(point.title, said))
        line.addLayout(column(title, SmallText(point.reason), gap=0), 1)
        holder = QWidget()
        holder.setLayout(line)
        holder.setAccessibleName(f"{point.title}: {said}. {point.reason}")
        return holder
