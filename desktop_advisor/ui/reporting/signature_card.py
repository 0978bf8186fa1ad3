"""The signature lines at the right: who has signed, who may still, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, XS, L, S
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.theme.typography import Size, font
from desktop_advisor.ui.widgets import Card, Label, SmallText, clear, column

LINE_HEIGHT = 76


class SignatureLine(QAbstractButton):
    """One line: dashed while empty, the picture once signed. Pressed, it asks to sign."""

    def __init__(
        self, slot: SignatureSlot, *, is_open: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._slot = slot
        self._picture = QPixmap.fromImage(QImage.fromData(slot.image)) if slot.image else None
        self.setEnabled(is_open)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if is_open:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(theme().px(LINE_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state = self.tr("unterschrieben") if slot.image else self.tr("hier unterschreiben lassen")
        self.setAccessibleName(f"{slot.role}: {state}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, box = tokens(), self.rect().adjusted(1, 1, -2, -2)
        empty = self._picture is None
        style = Qt.PenStyle.DashLine if empty else Qt.PenStyle.SolidLine
        edge = colours.main if self.hasFocus() else colours.control_line
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1, style))
        painter.setBrush(QColor(colours.card if empty else LIGHT.card))
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        if self._picture is not None:
            room = box.adjusted(S, XS, -S, -XS).size() * self.devicePixelRatio()
            shown = self._picture.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(self.devicePixelRatio())
            size = shown.deviceIndependentSize().toSize()
            painter.drawPixmap(
                box.center().x() - size.width() // 2, box.center().y() - size.height() // 2, shown
            )
            return
        painter.setFont(font(Size.TEXT, scale=theme().scale))
        painter.setPen(QColor(colours.soft))
        words = self.tr("hier unterschreiben lassen") if self.isEnabled() else "–"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class SignatureCard(Card):
    """All lines of a report.

    Signals:
        wanted: the index of the line somebody wants to sign.
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("SignatureCard", "Unterschriften"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(XS)
        self.lines: list[SignatureLine] = []
        self.body.addLayout(self._lines)

    def show_slots(self, slots: Sequence[SignatureSlot], *, is_open: bool) -> None:
        """These lines; only an open report can be signed."""
        clear(self._lines)
        self.lines = []
        for number, slot in enumerate(slots):
            line = SignatureLine(slot, is_open=is_open)
            line.clicked.connect(lambda _=False, n=number: self.wanted.emit(n))
            self.lines.append(line)
            self._lines.addLayout(column(self._caption(slot), line, gap=XS))
            self._lines.addSpacing(S)
        self._lines.addSpacing(L - S)

    def _caption(self, slot: SignatureSlot) -> QWidget:
        caption = Label(slot.role, "foot", wrap=True)
        if slot.image and slot.signed_at is not None:
            moment = slot.signed_at.astimezone(BERLIN)
            when = f"{short_date(moment.date())}, {clock_time(moment)}"
            said = ", ".join(part for part in (slot.name, slot.place, when) if part)
        else:
            said = slot.name or self.tr("Name, Ort, Datum")
        holder = QWidget()
        holder.setLayout(column(caption, SmallText(said), gap=0))
        return holder
