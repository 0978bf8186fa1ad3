"""The list of companies: one line each, painted, so that a thousand cost no more than ten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_advisor.domain.german import BERLIN, counted, short_date
from desktop_advisor.ui.theme import spacing, typography
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets.icons import pixmap
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.companies import CompanyRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CompanyModel(QAbstractListModel):
    """Rows as Qt wants them; the display text is also what a screen reader says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[CompanyRow] = ()

    def show(self, rows: Sequence[CompanyRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        company = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return joined(company.name, self.detail(company))
        return company if role == Qt.ItemDataRole.UserRole else None

    def detail(self, company: CompanyRow) -> str:
        """Town, size, and the files that are shown in this one."""
        heads = company.heads
        size = "" if heads is None else counted(heads, self.tr("Kopf"), self.tr("Beschäftigte"))
        also = self.tr("mit Akte {0}").format(", ".join(company.also)) if company.also else ""
        return joined(company.town or company.county, size, also)


class CompanyDelegate(QStyledItemDelegate):
    """Name over detail, last visit at the right, a hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme().px(44) + spacing.L)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        company = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        if not isinstance(company, CompanyRow) or not isinstance(model, CompanyModel):
            return
        colours, scale = theme().tokens, theme().scale
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._ground(painter, box, state)
        inner = box.adjusted(spacing.XL, spacing.S, -spacing.XL, -spacing.S)
        right = self._last_visit(painter, inner, company)
        words = inner.adjusted(0, 0, -right - spacing.L, 0)
        upper = QRect(words.left(), words.top(), words.width(), words.height() // 2)
        lower = QRect(words.left(), upper.bottom(), words.width(), words.height() // 2)
        painter.setPen(QColor(colours.ink))
        painter.setFont(typography.font(typography.Size.TEXT, typography.SEMIBOLD, scale))
        _line(painter, upper, company.name)
        painter.setPen(QColor(colours.soft))
        painter.setFont(typography.font(typography.Size.SMALL, scale=scale))
        _line(painter, lower, model.detail(company))
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        colours = theme().tokens
        painter.setPen(QColor(colours.line))
        painter.drawLine(
            box.left() + spacing.XL, box.bottom(), box.right() - spacing.XL, box.bottom()
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = box.adjusted(6, 2, -6, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.main_tint))
            painter.drawRoundedRect(frame, spacing.CONTROL_RADIUS, spacing.CONTROL_RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.paper))
            painter.drawRoundedRect(frame, spacing.CONTROL_RADIUS, spacing.CONTROL_RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.main), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, spacing.CONTROL_RADIUS, spacing.CONTROL_RADIUS)

    def _last_visit(self, painter: QPainter, box: QRect, company: CompanyRow) -> int:
        """Draws the date and the arrow; the width both take."""
        colours, scale = theme().tokens, theme().scale
        side = theme().px(16)
        painter.drawPixmap(
            box.right() - side, box.center().y() - side // 2, pixmap("next", colours.soft, side)
        )
        words = self.tr("noch kein Termin")
        if company.last_visit is not None:
            day = short_date(company.last_visit.astimezone(BERLIN).date())
            words = self.tr("zuletzt {0}").format(day)
        painter.setFont(typography.font(typography.Size.SMALL, scale=scale))
        painter.setPen(QColor(colours.soft))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(0, 0, -side - spacing.M, 0), int(align), words)
        return side + spacing.M + painter.fontMetrics().horizontalAdvance(words)


def _line(painter: QPainter, box: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, int(align), shown)


class CompanyList(QListView):
    """Walk with the arrow keys, open with Enter or one click.

    Signals:
        opened: the CompanyRow.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.companies = CompanyModel(self)
        self.setModel(self.companies)
        self.setItemDelegate(CompanyDelegate(self))
        self.setProperty("kind", "bare")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Unternehmen"))
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        company = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(company, CompanyRow):
            self.opened.emit(company)

    def enter_from_search(self) -> None:
        """The keyboard comes down from the search field."""
        if self.companies.rows:
            self.setFocus()
            self.setCurrentIndex(self.companies.index(0, 0))
