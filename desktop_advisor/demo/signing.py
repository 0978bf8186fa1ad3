"""Everybody signs on the real pad with the mouse, then the advisor seals."""

from __future__ import annotations

import math
import uuid

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_advisor.demo import story
from desktop_advisor.ui.reporting.signature_pad import SignaturePad
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.workplace import Workplace

PAD_SIZE = (560, 180)


def sign_and_seal(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    """Every line of the report is signed by its person; the report's id."""
    model = compose_report(place, case_id)
    drawn = [
        DrawnSignature(
            name=slot.name,
            role=slot.role,
            place=story.COMPANY.town,
            image=_signed(hand),
            signed_at=place.clock(),
        )
        for hand, slot in enumerate(model.signatures, start=1)
    ]
    return seal_report(place, case_id, model, drawn, story.PIN)


def _signed(hand: int) -> bytes:
    """The picture of what this hand draws on a pad."""
    pad = SignaturePad()
    pad.resize(*PAD_SIZE)
    pen = _handwriting(hand)
    _mouse(pad, QEvent.Type.MouseButtonPress, pen[0])
    for point in pen[1:]:
        _mouse(pad, QEvent.Type.MouseMove, point)
    _mouse(pad, QEvent.Type.MouseButtonRelease, pen[-1])
    return pad.picture()


def _handwriting(hand: int) -> list[QPointF]:
    """Loops that run out to the right, a little different for each hand."""
    return [
        QPointF(
            40 + 4.2 * t + 16 * math.sin(t / 2.6 + hand),
            95 - (52 - t / 2.6) * math.sin(t / (3.2 + hand / 3)),
        )
        for t in range(100)
    ]


def _mouse(pad: SignaturePad, kind: QEvent.Type, point: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, point, pad.mapToGlobal(point), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(pad, event)
