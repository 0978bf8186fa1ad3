"""The pad: strokes by mouse, pen and finger, and what is kept of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QInputDevice,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.reporting.signature_pad import SignaturePad
from desktop_advisor.ui.reporting.strokes import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    extent,
    is_signature,
    picture,
)


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 220)
    made.show()
    qtbot.waitExposed(made)
    return made


def draw(pad: SignaturePad, points: list[tuple[int, int]], pause_ms: int = -1) -> None:
    """One stroke with the mouse."""
    first, *rest = (QPoint(*point) for point in points)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in rest:
        QTest.mouseMove(pad, point, pause_ms)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


WAVE = [(60 + 20 * n, 110 + (40 if n % 2 else -40)) for n in range(20)]


def dark_pixels(png: bytes) -> int:
    image = QImage.fromData(png)
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def test_a_mouse_draws_and_the_picture_shows_it(pad: SignaturePad) -> None:
    assert not pad.is_signed()
    draw(pad, WAVE)
    assert pad.is_signed()
    image = QImage.fromData(pad.picture())
    assert (image.width(), image.height()) == (PICTURE_WIDTH, PICTURE_HEIGHT)
    assert dark_pixels(pad.picture()) > 200


def test_a_touch_of_the_pad_is_no_signature(pad: SignaturePad) -> None:
    draw(pad, [(100, 100), (103, 101)])
    assert pad.strokes == 1
    assert not pad.is_signed()


def test_the_last_stroke_can_be_taken_back_and_all_of_them(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(pad, WAVE)
    draw(pad, [(300, 60), (340, 150)])
    with qtbot.waitSignal(pad.changed):
        pad.undo()
    assert pad.strokes == 1
    pad.clear()
    assert pad.strokes == 0
    pad.undo()
    assert not pad.is_signed()


def test_the_tempo_leaves_no_trace(pad: SignaturePad) -> None:
    draw(pad, WAVE[:6])
    quick = pad.picture()
    pad.clear()
    draw(pad, WAVE[:6], pause_ms=25)
    assert pad.picture() == quick


def pen(pad: SignaturePad, kind: QEvent.Type, point: QPointF, pressure: float) -> None:
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        point,
        QPointF(pad.mapToGlobal(point.toPoint())),
        pressure,
        12.0,
        -8.0,
        0.4,
        33.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
    )
    QApplication.sendEvent(pad, event)


def signed_by_pen(pad: SignaturePad, pressures: list[float]) -> bytes:
    pad.clear()
    points = [QPointF(x, y) for x, y in WAVE[: len(pressures)]]
    pen(pad, QEvent.Type.TabletPress, points[0], pressures[0])
    for point, pressure in zip(points[1:], pressures[1:], strict=True):
        pen(pad, QEvent.Type.TabletMove, point, pressure)
    pen(pad, QEvent.Type.TabletRelease, points[-1], 0.0)
    return pad.picture()


def test_a_pen_draws_and_its_pressure_leaves_no_trace(pad: SignaturePad) -> None:
    firm = signed_by_pen(pad, [1.0, 0.9, 1.0, 0.8, 1.0])
    light = signed_by_pen(pad, [0.1, 0.2, 0.1, 0.3, 0.1])
    assert pad.is_signed()
    assert firm == light


def test_a_finger_draws_and_the_resting_hand_does_not(pad: SignaturePad) -> None:
    finger = QTest.createTouchDevice(
        QInputDevice.DeviceType.TouchScreen, QPointingDevice.Capability.Position
    )
    hand = QPoint(500, 200)
    QTest.touchEvent(pad, finger).press(0, QPoint(*WAVE[0]), pad).press(1, hand, pad).commit()
    for point in WAVE[1:8]:
        QTest.touchEvent(pad, finger).move(0, QPoint(*point), pad).stationary(1).commit()
    QTest.touchEvent(pad, finger).release(0, QPoint(*WAVE[7]), pad).release(1, hand, pad).commit()
    assert pad.strokes == 1
    assert pad.is_signed()


def test_strokes_end_at_the_edge_of_the_pad(pad: SignaturePad) -> None:
    draw(pad, [(100, 100), (900, 100), (100, 400)])
    assert dark_pixels(pad.picture()) > 0
    assert pad.strokes == 1


def test_the_picture_carries_nothing_but_pixels() -> None:
    png = picture([[QPointF(0, 0), QPointF(80, 40), QPointF(160, 0)]])
    buffer = QBuffer()
    buffer.setData(png)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    assert reader.textKeys() == []
    assert b"tEXt" not in png
    assert b"tIME" not in png


def test_extent_and_least_size() -> None:
    assert extent([]).isEmpty()
    assert not is_signature([[QPointF(0, 0), QPointF(5, 5)]])
    assert is_signature([[QPointF(0, 0), QPointF(0, 30)]])
