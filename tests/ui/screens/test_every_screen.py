"""What holds for every screen: it opens for whoever has it, names every control, fits narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_company import CHAIR, CLO, DIRECTOR, SECRETARY, Town
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from candor.app import preferences
from candor.ui import registry, style
from candor.ui.shell import Shell

Enter = Callable[..., Shell]
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTableView)


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    """Exceptions were referred: everybody has something to see."""
    return town_after("referred")


def _nameless(page: QWidget) -> list[str]:
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for kind in CONTROLS
        for control in page.findChildren(kind)
        if control.isVisible() and not (control.accessibleName() or _text(control))
    ]


def _text(control: Any) -> str:
    text = getattr(control, "text", None)
    return text() if callable(text) and isinstance(control, QAbstractButton) else ""


@pytest.mark.parametrize("who", [SECRETARY, CLO, CHAIR, DIRECTOR])
def test_every_screen_of_a_person_opens_and_names_its_controls(
    who: str, town: Town, enter: Enter, hands: Hands
) -> None:
    shell = enter(town[who])
    seen = []
    for screen in shell._screens:
        page = shell.go(screen)
        if callable(getattr(page, "is_read", None)):
            hands.read(page)
        hands.until(page.isVisible)
        seen.append(screen)
        assert _nameless(page) == [], screen
    assert {"home", "exchange", "verify", "settings", "help"} <= set(seen)
    assert ("people" in seen) == (who == SECRETARY)


@pytest.mark.parametrize(("percent", "width"), [(100, 1024), (200, 1280)])
def test_no_screen_of_the_secretary_needs_a_horizontal_bar(
    percent: int, width: int, town: Town, enter: Enter, hands: Hands
) -> None:
    session = town[SECRETARY]
    preferences.set_text_scale(session, percent)
    shell = enter(session)
    shell.window().resize(width, 700)
    assert style.look().scale == percent / 100
    for screen in shell._screens:
        page = shell.go(screen)
        if callable(getattr(page, "is_read", None)):
            hands.read(page)
        hands.rest()
        for area in page.findChildren(QScrollArea):
            inside = area.widget()
            wide = inside.minimumSizeHint().width() if inside else 0
            assert wide <= area.viewport().width(), (screen, wide, area.viewport().width())


def test_every_page_is_reached_with_the_keyboard(town: Town, enter: Enter, qtbot: Any) -> None:
    shell = enter(town[SECRETARY])
    for number, screen in enumerate(list(shell._screens)[:9], start=1):
        key = getattr(Qt.Key, f"Key_{number}")
        qtbot.keyClick(shell, key, Qt.KeyboardModifier.AltModifier)
        assert shell.current() == screen


def test_every_entry_has_its_own_id_word_and_icon() -> None:
    entries = registry.SCREENS
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({entry.word for entry in entries}) == len(entries)


def test_report_a_concern_names_the_service_and_the_agencies(town: Town, enter: Enter) -> None:
    from candor.ui.widgets import RichText

    shell = enter(town[DIRECTOR])
    shell.open_concern()
    page: Any = shell.stack.currentWidget()
    words = " ".join(text.plain() for text in page.findChildren(RichText))
    assert "1-866-293-2597" in words
    assert "SEC" in words
    assert "Retaliation" in words
