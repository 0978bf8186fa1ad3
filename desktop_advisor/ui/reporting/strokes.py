"""A drawn signature as strokes: where the pen was, never how fast or how hard (design §10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop_advisor.ui.theme.tokens import LIGHT

Stroke = Sequence[QPointF]
PICTURE_WIDTH = 900
"""Pixels of the stored picture: 300 dpi on the 7.5 cm line of the page."""
PICTURE_HEIGHT = 300
INK_SHARE = 1 / 110
"""Width of the line by the width of the pad."""
LEAST_SPAN = 12
"""Pixels a signature must extend in one direction; less is a slip of the pen."""


def path_of(stroke: Stroke) -> QPainterPath:
    """A smooth line through the middles of neighbouring points; a single point is a dot."""
    points = list(stroke)
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0.1))
        return path
    for here, there in pairwise(points[1:]):
        path.quadTo(here, (here + there) / 2)
    path.lineTo(points[-1])
    return path


def extent(strokes: Iterable[Stroke]) -> QRectF:
    """The rectangle around all points; empty without any."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return QRectF()
    xs, ys = [p.x() for p in points], [p.y() for p in points]
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def is_signature(strokes: Sequence[Stroke]) -> bool:
    """Whether this is more than an accidental touch."""
    box = extent(strokes)
    return max(box.width(), box.height()) >= LEAST_SPAN


def draw_strokes(painter: QPainter, strokes: Iterable[Stroke], ink: str, width: float) -> None:
    """Paint the strokes where they are."""
    pen = QPen(QColor(ink), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        painter.drawPath(path_of(stroke))


def picture(strokes: Sequence[Stroke]) -> bytes:
    """The signature as PNG on white, cropped and centred; only the picture is ever kept."""
    image = QImage(PICTURE_WIDTH, PICTURE_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    box = extent(strokes)
    margin = PICTURE_HEIGHT * 0.08
    room_x, room_y = PICTURE_WIDTH - 2 * margin, PICTURE_HEIGHT - 2 * margin
    scale = min(room_x / max(box.width(), 1.0), room_y / max(box.height(), 1.0), 4.0)
    painter = QPainter(image)
    painter.translate(PICTURE_WIDTH / 2, PICTURE_HEIGHT / 2)
    painter.scale(scale, scale)
    painter.translate(-box.center())
    draw_strokes(painter, strokes, LIGHT.ink, PICTURE_WIDTH * INK_SHARE / scale)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
