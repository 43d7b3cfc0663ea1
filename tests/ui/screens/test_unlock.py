"""Unlocking: the passphrase, the recovery sheet, refusals beside their field, Cancel, locking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_company import PARTS, SECRET, SECRETARY, Town
from hands import Hands
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from candor.app import chooser, preferences, vaults
from candor.ui.application import Application
from candor.ui.screens.first_start import FirstStart, ForgottenPassphrase
from candor.ui.screens.unlock import UnlockPage

Start = Callable[..., Application]


def _page(app: Application) -> Any:
    return app.window.centralWidget().content  # type: ignore[attr-defined]


@pytest.fixture
def town(town_after: Callable[[str], Town], desk: object) -> Town:
    """The company with everybody joined, locked."""
    made = town_after("joined")
    made[SECRETARY]
    made.close()
    return made


@pytest.fixture
def page(town: Town, application: Start) -> UnlockPage:
    """The page that asks for the Secretary's passphrase."""
    app = application(town.clock)
    return app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))


def _type(page: UnlockPage, qtbot: QtBot, text: str) -> None:
    page.secret.edit.clear()
    qtbot.keyClicks(page.secret.edit, text)
    qtbot.keyClick(page.secret.edit, Qt.Key.Key_Return)


def test_the_passphrase_has_the_focus_at_once(page: UnlockPage) -> None:
    assert page.secret.edit.hasFocus()


def test_enter_unlocks_and_shows_home(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    app = application(town.clock)
    page = app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    _type(page, qtbot, SECRET)
    assert page.unlock.text() == "Unlocking…"
    assert page.secret.edit.isReadOnly()
    hands.until(app.window.shell)
    shell = app.window.shell()
    assert shell is not None
    assert shell.current() == "home"


def test_a_wrong_passphrase_is_said_beside_the_field_and_stays_selected(
    page: UnlockPage, qtbot: QtBot, hands: Hands
) -> None:
    _type(page, qtbot, "one two three four sixx")
    hands.until(page.field.fault.isVisible)
    hands.rest()
    assert "does not open" in page.field.fault.plain()
    assert page.secret.edit.selectedText() == page.secret.text() != ""
    assert page.unlock.isEnabled()
    assert not page.secret.edit.isReadOnly()


def test_cancel_leaves_the_vault_closed_for_whoever_comes_next(
    page: UnlockPage, qtbot: QtBot, hands: Hands, town: Town
) -> None:
    _type(page, qtbot, SECRET)
    page.leave()
    hands.until(page.unlock.isEnabled)
    hands.rest()
    _until_free(hands, town)
    assert page.isVisible()


def _until_free(hands: Hands, town: Town) -> None:
    def free() -> bool:
        try:
            session = vaults.open_vault(town.vault(SECRETARY), SECRET, town.clock, PARTS)
        except vaults.CandorError:
            return False
        session.close()
        return True

    hands.until(free)


def test_a_page_that_goes_while_it_opens_leaves_the_vault_closed(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    app = application(town.clock)
    page = app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    _type(page, qtbot, SECRET)
    app.show_first()
    _until_free(hands, town)
    assert isinstance(_page(app), FirstStart)


def test_the_recovery_code_opens_and_asks_for_a_new_passphrase(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    code = preferences.new_recovery_code(town[SECRETARY], SECRET)
    town.close()
    app = application(town.clock)
    page = app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    hands.press(page.switch)
    assert page.code.hasFocus()
    qtbot.keyClicks(page.code, code.lower())
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    hands.until(lambda: isinstance(_page(app), ForgottenPassphrase))
    asked = _page(app)
    for field in (asked.new.first.edit, asked.new.second.edit):
        qtbot.keyClicks(field, "six seven eight nine")
    hands.press(asked.save)
    hands.until(app.window.shell)
    assert app.session is not None
    assert app.session.check_passphrase("six seven eight nine")
    assert not app.session.check_passphrase(SECRET)


def test_a_mistyped_recovery_code_is_said_beside_its_field(
    page: UnlockPage, qtbot: QtBot, hands: Hands
) -> None:
    hands.press(page.switch)
    qtbot.keyClicks(page.code, "AAAAA-BBBBB")
    hands.press(page.unlock)
    hands.until(page.code_field.fault.isVisible)
    assert page.code_field.fault.plain()


def test_ctrl_l_locks_and_another_window_may_open_the_vault(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    app = application(town.clock)
    page = app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    _type(page, qtbot, SECRET)
    hands.until(app.window.shell)
    shell = app.window.shell()
    assert shell is not None
    hands.until(shell.isVisible)
    qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert app.session is None
    assert isinstance(_page(app), UnlockPage)
    hands.rest()
    _until_free(hands, town)


def test_unlocking_again_waits_until_the_vault_was_closed(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    app = application(town.clock)
    _type(app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),)), qtbot, SECRET)
    hands.until(app.window.shell)
    app.window.auto_lock.due.emit()
    _type(_page(app), qtbot, SECRET)
    hands.until(app.window.shell)
    assert app.session is not None


def test_caps_lock_is_told_once_a_letter_shows_it(page: UnlockPage, qtbot: QtBot) -> None:
    edit = page.secret.edit
    qtbot.keyClick(edit, "a")
    assert page.caps._caps is False
    qtbot.keyClick(edit, "A")  # a capital without Shift
    assert page.caps._caps is True
    qtbot.keyClick(edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert page.caps._caps is False


def test_report_a_concern_covers_the_page_and_gives_it_back(
    town: Town, application: Start, qtbot: QtBot, hands: Hands
) -> None:
    app = application(town.clock)
    page = app.show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    hands.until(page.isVisible)
    qtbot.keyClicks(page.secret.edit, "half a passph")
    app.window.centralWidget().concern.click()  # type: ignore[attr-defined]
    assert not page.isVisible()
    pile = page.parentWidget()
    pile.currentWidget().back.click()  # type: ignore[attr-defined]
    assert page.isVisible()
    assert page.secret.text() == "half a passph"
