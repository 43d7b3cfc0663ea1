"""Text on the screen: one line, or several with the line height of the type scale."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from candor.ui import style

NBSP = "\u00a0"


class Html(str):
    """Text that is already markup; only the helpers of this module make it."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Plain text as markup; line breaks stay."""
    return Html(text if isinstance(text, Html) else html.escape(text).replace("\n", "<br>"))


def strong(text: str) -> Html:
    """The text in weight 600."""
    return Html(f'<span style="font-weight:600">{escaped(text)}</span>')


def muted(text: str) -> Html:
    """The text in the colour of second lines and the size of notes."""
    size = style.px(style.tokens()["type"]["note"]["size"])
    tone = style.colour("text2").name()
    return Html(f'<span style="color:{tone};font-size:{size}px">{escaped(text)}</span>')


def link(text: str, target: str) -> Html:
    """The text as a link; `RichText.linkActivated` tells the target."""
    tone = style.colour("accent").name()
    look = f"color:{tone};text-decoration:none;font-weight:500"
    return Html(f'<a href="{html.escape(target)}" style="{look}">{escaped(text)}</a>')


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Parts as one markup; plain ones are escaped."""
    return Html(escaped(between).join(escaped(part) for part in parts))


class Label(QLabel):
    """One line of plain text. ``kind``: title, section, name, strong, group, second, note,
    label, small or body. With ``elide`` a text that does not fit ends in an ellipsis and
    shows itself whole as a tool tip."""

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        parent: QWidget | None = None,
        *,
        elide: bool = False,
        tone: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        if tone:
            self.setProperty("tone", tone)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """An eliding label may shrink to a few letters."""
        hint = super().minimumSizeHint()
        return QSize(style.px(32), hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, shortened where it has to be."""
        if not self._elide or self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)
            return
        short = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip(self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), short)


class RichText(QLabel):
    """Text of any length, wrapped, with the line height of its size.

    Parts are plain strings (escaped here) or markup made by `strong`, `link`, `muted`.
    """

    def __init__(
        self, *parts: str, kind: str = "body", tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self._kind = kind
        self._look = style.look()
        self.setProperty("type", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_parts(*parts)

    def set_parts(self, *parts: str) -> None:
        """Show other parts."""
        self._parts = parts
        size = {"title": "title", "section": "section"}.get(self._kind, "body")
        if self._kind in {"note", "label", "small", "tight"}:
            size = "note"
        body = joined(parts)
        tall = style.line_height(size)
        # Qt puts the extra height of a line above its letters; half of it belongs below
        lift = max(tall - QFontMetrics(style.font(size)).height(), 0) // 2
        if self._kind == "tight":
            lift, tall = 0, 0
        self.setContentsMargins(0, -lift, 0, lift)
        self.setText(f'<p style="line-height:{tall}px;margin:0">{body}</p>' if body else "")
        has_link = "<a href=" in body
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_link else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.plain())

    def set_kind(self, kind: str) -> None:
        """Take another size of the type scale."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("type", kind)
            self.style().unpolish(self)
            self.style().polish(self)
            self.set_parts(*self._parts)

    def plain(self) -> str:
        """What it says, without markup."""
        out = "".join(html.unescape(_untagged(escaped(part))) for part in self._parts)
        return out.replace(NBSP, " ")

    def minimumSizeHint(self) -> QSize:
        """Wrapped text may be as narrow as its longest word, about twelve letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), style.px(96)), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        """Take the line height of a changed text size."""
        super().changeEvent(event)
        # Qt tells of a change of style at each change of parent too, which changes no size
        if event.type() == QEvent.Type.StyleChange and self._look is not style.look():
            self._look = style.look()
            self.set_parts(*self._parts)


def _untagged(markup: str) -> str:
    out, inside = [], False
    for letter in markup.replace("<br>", "\n"):
        if letter == "<":
            inside = True
        elif letter == ">":
            inside = False
        elif not inside:
            out.append(letter)
    return "".join(out)
