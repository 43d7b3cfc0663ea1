"""Buttons, check boxes, radio buttons and choosers, drawn from the tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from candor.ui import icons, style


class Button(QPushButton):
    """A button whose text is a verb.

    ``kind``: plain, primary, quiet (a link that acts), bar (top bar), row (a full-width row).
    ``signing`` keeps Enter from pressing it. ``keys`` shows a key hint inside, e.g. "Alt ↓".
    """

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        *,
        icon: str = "",
        small: bool = False,
        on: Callable[[], object] | None = None,
        keys: str = "",
        signing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._kind, self._keys = icon, kind, keys
        self._worn: tuple[int, str, str, bool] | None = None
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setProperty("ring", kind != "segment")
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setProperty("signing", signing)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()
        if on is not None:
            self.clicked.connect(lambda _checked=False: on())

    def set_icon(self, name: str) -> None:
        """Show another icon, or none."""
        self._icon = name
        self._draw()

    def set_keys(self, keys: str) -> None:
        """Show another key hint, or none."""
        self._keys = keys
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Become another kind of button."""
        self._kind = kind
        self.setProperty("kind", kind)
        restyle(self)
        self._draw()

    def set_current(self, *, current: bool) -> None:
        """Mark a button of the top bar as the page that is shown."""
        self.setProperty("current", current)
        restyle(self)
        self._draw()

    def _draw(self) -> None:
        worn = (id(style.look()), self._icon, self._kind, bool(self.property("current")))
        if worn == self._worn:
            return
        self._worn = worn
        tone = {"primary": "on", "quiet": "accent", "row": "text2"}.get(self._kind, "text")
        if self.property("current"):
            tone = "accent"
        if not self._icon:
            if not self.icon().isNull():
                self.setIcon(QIcon())
            return
        size = 20 if self._kind != "quiet" else 16
        gap = 6
        self.setIcon(icons.icon(self._icon, tone, size, gap))
        self.setIconSize(QSize(style.px(size) + gap, style.px(size)))

    def sizeHint(self) -> QSize:
        """Room for the key hint as well."""
        hint = super().sizeHint()
        if self._keys:
            hint.setWidth(hint.width() + self._keys_width() + 8)
        return hint

    def _keys_width(self) -> int:
        metrics = self.fontMetrics()
        return round(metrics.horizontalAdvance(self._keys) * 0.87) + 16

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and its key hint."""
        if not self._keys:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        wide = self._keys_width()
        option.rect = option.rect.adjusted(0, 0, -wide - 8, 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        tall = style.px(22)
        box = QRect(self.width() - wide - 16, (self.height() - tall) // 2, wide, tall)
        tone = "on" if self._kind == "primary" and self.isEnabled() else "text2"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour(tone if tone == "on" else "line"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(style.colour(tone))
        painter.setFont(style.font("note", 600 if tone == "on" else 400))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._keys)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon in the new look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def keys_text(keys: QKeySequence | str) -> str:
    """A shortcut as a person reads it on this system: "Ctrl K"."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")


class _Marked:
    """What check boxes and radio buttons share: an indicator of 18 px, a text, a focus ring."""

    @staticmethod
    def hint(text: str, width: int) -> QSize:
        side = style.px(18)
        return QSize(side + (10 + width if text else 0) + 2, max(style.px(28), side + 4))


class CheckBox(QCheckBox):
    """A check box in the colours of the tokens."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Indicator, gap and text."""
        return _Marked.hint(self.text(), self.fontMetrics().horizontalAdvance(self.text()))

    def minimumSizeHint(self) -> QSize:
        """The same; the text is short."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole widget can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, its mark and the text."""
        painter = QPainter(self)
        side = style.px(18)
        box = QRect(1, (self.height() - side) // 2, side, side)
        paint_check(painter, box, checked=self.isChecked(), enabled=self.isEnabled())
        painter.setPen(style.colour("text" if self.isEnabled() else "off"))
        painter.setFont(self.font())
        rest = self.rect().adjusted(side + 11, 0, 0, 0)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class Radio(QRadioButton):
    """A radio button in the colours of the tokens."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Indicator, gap and text."""
        return _Marked.hint(self.text(), self.fontMetrics().horizontalAdvance(self.text()))

    def minimumSizeHint(self) -> QSize:
        """The same; the text is short."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole widget can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the circle, its mark and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = style.px(18)
        circle = QRectF(1, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        tone = "accent" if self.isChecked() else ("outline" if self.isEnabled() else "line")
        painter.setPen(QPen(style.colour(tone), 2 if self.isChecked() else 1))
        painter.setBrush(style.colour("surface" if self.isEnabled() else "sunken"))
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("accent"))
            inset = side * 0.26
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
        painter.setPen(style.colour("text" if self.isEnabled() else "off"))
        rest = self.rect().adjusted(side + 11, 0, 0, 0)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self.text())


def paint_check(painter: QPainter, box: QRect, *, checked: bool, enabled: bool = True) -> None:
    """The indicator of a check box in ``box``; delegates use it too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = "accent" if checked else "outline"
    painter.setPen(QPen(style.colour(edge if enabled else "line"), 1))
    fill = ("accent" if checked else "surface") if enabled else "sunken"
    painter.setBrush(style.colour(fill))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if checked:
        mark = icons.pixmap("check", "on" if enabled else "off", 14)
        side = round(mark.width() / mark.devicePixelRatio())
        inset = (box.width() - side) // 2
        painter.drawPixmap(box.x() + inset, box.y() + inset, mark)
    painter.restore()


class Chooser(QComboBox):
    """A drop-down of (key, word). `value` is the chosen key, or "" with nothing chosen yet."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        placeholder: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("small", small)
        self.setPlaceholderText(placeholder)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.setMinimumContentsLength(4)
        # a wheel over a closed chooser must scroll the page, never change an answer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; nothing is chosen where a placeholder stands."""
        chosen = self.value()
        self.blockSignals(True)
        self.clear()
        for key, word in choices:
            self.addItem(word, key)
        self.setCurrentIndex(self.findData(chosen) if chosen else -1)
        if self.currentIndex() < 0 and not self.placeholderText() and choices:
            self.setCurrentIndex(0)
        self.blockSignals(False)

    def value(self) -> str:
        """The chosen key, or ""."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, key: str) -> None:
        """Choose by key; "" chooses nothing."""
        self.setCurrentIndex(self.findData(key) if key else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and a chevron in the text's colour."""
        super().paintEvent(event)
        mark = icons.pixmap("chevron-down", "text" if self.isEnabled() else "off", 18)
        side = round(mark.width() / mark.devicePixelRatio())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - side - 12, (self.height() - side) // 2, mark)
