"""The look, applied once: tokens become one palette, one style sheet and a set of fonts.

Widgets ask here for a tone by name (`colour`, `px`, `font`); none sets its own colour or size.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from candor.resources import resource

SMALLEST_SCALE, LARGEST_SCALE = 0.8, 2.5
FAMILY = "Inter"
SERIF = "Source Serif 4"


class Scheme(StrEnum):
    """Which set of colours the window wears; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Meaning(StrEnum):
    """The four meanings a colour may have; each comes with an icon and a word."""

    NEEDS = "needs"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    NEUTRAL = "neutral"


MEANING_ICON = {
    Meaning.NEEDS: "circle-alert",
    Meaning.WAITING: "hourglass",
    Meaning.DONE: "circle-check",
    Meaning.STOPPED: "octagon-x",
    Meaning.NEUTRAL: "info",
}


@dataclass(frozen=True)
class Look:
    """What is worn now: the scheme in force, the text scale (1.0 = 100 %), tone -> colour."""

    scheme: Scheme
    scale: float
    colours: dict[str, str]


class _Announcer(QObject):
    """Tells painters that the look changed; widgets also get QEvent.StyleChange."""

    changed = Signal()


@cache
def _announcer() -> _Announcer:
    return _Announcer()


def announcer() -> _Announcer:
    """The object whose ``changed`` signal follows every change of look."""
    return _announcer()


@cache
def tokens() -> dict[str, Any]:
    """The tables of resources/style/tokens.toml."""
    return tomllib.loads(resource("style", "tokens.toml").read_text("utf-8"))


_FIRST = Look(Scheme.LIGHT, 1.0, dict(tokens()["light"]))
_worn: list[Look] = [_FIRST]
_asked: list[tuple[Scheme, float | None]] = [(Scheme.SYSTEM, None)]


def look() -> Look:
    """The look in force."""
    return _worn[-1]


def colour(tone: str) -> QColor:
    """The colour of a tone in the look in force. Raises KeyError for an unknown name."""
    return QColor(look().colours[tone])


def px(size: float) -> int:
    """A measure given in pixels at 100 % text, in pixels at the text size in force."""
    return round(size * look().scale)


def line_height(kind: str) -> int:
    """The height in pixels of one line of a type size: title, section, body or note."""
    return px(tokens()["type"][kind]["line"])


def font(kind: str = "body", weight: int | None = None, *, figures: bool = False) -> QFont:
    """The font of a type size (title, section, body, note), for painters and delegates.

    ``figures`` makes all digits as wide as each other: amounts and dates stand in columns. In
    running text they are not, because Inter then widens the hyphens of "8-K" too.
    """
    size = tokens()["type"][kind]
    face = _face(FAMILY, px(size["size"]), weight or size["weight"])
    if figures:
        face.setFeature(QFont.Tag("tnum"), 1)
    return face


def serif(kind: str = "body") -> QFont:
    """The serif for text that will be signed word for word."""
    return _face(SERIF, px(tokens()["type"][kind]["size"]), 400)


def _face(family: str, pixels: int, weight: int) -> QFont:
    face = QFont(family)
    face.setPixelSize(pixels)
    face.setWeight(QFont.Weight(weight))
    return face


def apply(app: QApplication, scheme: Scheme = Scheme.SYSTEM, scale: float | None = None) -> Look:
    """Dress the application; call once at start and again when a setting changes.

    ``scale`` None takes the system text size. With Scheme.SYSTEM later changes of the desktop
    are followed.
    """
    before = look()
    worn = measure(app, scheme, scale)
    if worn is before and app.styleSheet():
        return worn  # Qt would match every widget with the style sheet anew
    app.setStyleSheet(sheet(worn))
    announcer().changed.emit()
    return worn


def measure(app: QApplication, scheme: Scheme = Scheme.SYSTEM, scale: float | None = None) -> Look:
    """All of the look but the style sheet: enough to build widgets by.

    Qt matches a widget with the sheet again wherever it is put into another, so the first page is
    built before `apply` sets the sheet.
    """
    first = not app.property("candor-dressed")
    if first:
        _prepare(app)
    _asked[0] = (scheme, scale)
    worn = _wear(app, scheme, scale if scale is not None else system_scale(app))
    if worn == look() and not first:
        return look()
    _worn[:] = [worn]
    app.setPalette(QPalette() if worn.scheme is Scheme.CONTRAST else _palette(worn))
    app.setFont(font())
    return worn


def _prepare(app: QApplication) -> None:
    app.setProperty("candor-dressed", True)
    app.setProperty("candor-points", app.font().pointSizeF())
    app.setStyle("Fusion")
    for file in sorted(resource("fonts").glob("*.ttf")):
        if file.name.startswith(("Inter-", "SourceSerif4-")):
            QFontDatabase.addApplicationFont(str(file))
    app.styleHints().colorSchemeChanged.connect(lambda _: _follow(app))


def _follow(app: QApplication) -> None:
    scheme, scale = _asked[0]
    if scheme is Scheme.SYSTEM:
        apply(app, scheme, scale)


def system_scale(app: QApplication) -> float:
    """The system text size over its usual one: 9 pt, on macOS 13 pt."""
    usual = 13.0 if sys.platform == "darwin" else 9.0
    points = float(app.property("candor-points") or usual)
    if app.platformName() in {"offscreen", "minimal"} or points <= 0:
        return 1.0
    return min(max(points / usual, SMALLEST_SCALE), LARGEST_SCALE)


def _wear(app: QApplication, scheme: Scheme, scale: float) -> Look:
    hints = app.styleHints()
    if scheme is Scheme.SYSTEM:
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            scheme = Scheme.CONTRAST
        else:
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
            scheme = Scheme.DARK if dark else Scheme.LIGHT
    if scheme is not Scheme.CONTRAST:
        return Look(scheme, scale, dict(tokens()[scheme.value]))
    roles = tokens()["contrast"]
    system = app.style().standardPalette()
    return Look(scheme, scale, {k: system.color(_role(v)).name() for k, v in roles.items()})


def _role(name: str) -> QPalette.ColorRole:
    words = "".join(part.capitalize() for part in name.split("-"))
    return QPalette.ColorRole[words]


def _palette(worn: Look) -> QPalette:
    """The palette for whatever the style sheet does not reach (native parts, text cursors)."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, tone in (
        (roles.Window, "window"),
        (roles.WindowText, "text"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "sunken"),
        (roles.Text, "text"),
        (roles.Button, "surface"),
        (roles.ButtonText, "text"),
        (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "text2"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
        (roles.Mid, "line"),
        (roles.Dark, "outline"),
    ):
        palette.setColor(role, QColor(worn.colours[tone]))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(worn.colours["off"]))
    return palette


def sheet(worn: Look) -> str:
    """The style sheet for a look: tokens and sizes filled into resources/style/candor.qss."""
    contrast = worn.scheme is Scheme.CONTRAST
    template = resource("style", "candor.qss").read_text("utf-8")

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "edge":
            return "2px" if contrast else "1px"
        # roles, not colours: a system contrast theme must show through
        return f"palette({tokens()['contrast'][name]})" if contrast else worn.colours[name]

    sized = re.sub(r"@px\((\d+)\)", lambda m: f"{round(int(m[1]) * worn.scale)}px", template)
    return re.sub(r"@([a-z][a-z0-9-]*)", value, sized)
