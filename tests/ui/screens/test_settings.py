"""Settings: every change counts at once and is there after unlocking again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from a_company import DIRECTOR, SECRET, Town
from hands import Hands
from pytestqt.qtbot import QtBot

from candor.app import company, exchange_folder, preferences
from candor.ui import style
from candor.ui.screens.recovery import NewRecoveryPage, PassphrasePage
from candor.ui.shell import Shell

Enter = Callable[..., Shell]


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    """Everybody has joined."""
    return town_after("joined")


def test_each_choice_is_kept(town: Town, enter: Enter, hands: Hands) -> None:
    session = town[DIRECTOR]
    page: Any = enter(session, "settings").page("settings")
    page.lock.set_value("15")
    page.lock.activated.emit(page.lock.currentIndex())
    hands.rest()
    page.language.set_value("en-GB")
    page.language.activated.emit(page.language.currentIndex())
    hands.rest()
    page.paper.button("a4").click()
    hands.rest()
    page.theme.button("dark").click()
    hands.until(lambda: style.look().scheme is style.Scheme.DARK)
    now = preferences.preferences(session)
    assert (now.lock_minutes, now.language, now.paper, now.theme) == (15, "en-GB", "a4", "dark")


def test_a_larger_text_rebuilds_the_window_on_the_same_screen(
    town: Town, enter: Enter, hands: Hands
) -> None:
    session = town[DIRECTOR]
    shell = enter(session, "settings")
    window: Any = shell.window()
    page: Any = shell.page("settings")
    page.scale.button("150").click()
    hands.until(lambda: style.look().scale == 1.5)
    window.unlocked.look()
    now = window.shell()
    assert now is not shell
    assert now.current() == "settings"


def test_the_keyring_is_off_with_its_reason_where_there_is_none(town: Town, enter: Enter) -> None:
    page: Any = enter(town[DIRECTOR], "settings").page("settings")
    assert not page.keyring.isEnabled()
    assert "keyring" in page.keyring_note.plain()


def test_the_passphrase_is_changed_and_a_wrong_one_is_said_beside_its_field(
    town: Town, enter: Enter, hands: Hands, qtbot: QtBot
) -> None:
    session = town[DIRECTOR]
    shell = enter(session, "settings")
    page: Any = shell.page("settings")
    hands.press(hands.word("Change…", page))
    asked: Any = shell.stack.currentWidget()
    assert isinstance(asked, PassphrasePage)
    hands.until(asked.old.edit.hasFocus)
    qtbot.keyClicks(asked.old.edit, "not the old one at all")
    for field in (asked.new.first.edit, asked.new.second.edit):
        qtbot.keyClicks(field, "six seven eight nine")
    hands.press(asked.save)
    hands.until(asked.old_field.fault.isVisible)
    asked.old.clear()
    qtbot.keyClicks(asked.old.edit, SECRET)
    hands.press(asked.save)
    hands.until(page.isVisible)
    assert session.check_passphrase("six seven eight nine")


def test_a_new_recovery_code_needs_the_passphrase_and_is_typed_again(
    town: Town, enter: Enter, hands: Hands, qtbot: QtBot
) -> None:
    session = town[DIRECTOR]
    shell = enter(session, "settings")
    page: Any = shell.page("settings")
    hands.press(hands.word("Make a new one…", page))
    asked: Any = shell.stack.currentWidget()
    assert isinstance(asked, NewRecoveryPage)
    qtbot.keyClicks(asked.secret.edit, "wrong wrong wrong")
    hands.press(asked.make)
    hands.until(asked.field.fault.isVisible)
    asked.secret.clear()
    qtbot.keyClicks(asked.secret.edit, SECRET)
    hands.press(asked.make)
    hands.until(lambda: hasattr(asked, "sheet"))
    hands.press(asked.sheet.written)
    assert not asked.sheet._code.isVisible()
    qtbot.keyClicks(asked.sheet.typed, asked.sheet.code)
    hands.press(asked.sheet.check)
    hands.until(page.isVisible)
    assert preferences.recovery_confirmed(session)


def test_the_root_document_is_saved_as_it_is(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    session = town[DIRECTOR]
    page: Any = enter(session, "settings").page("settings")
    hands.press(hands.word("Save the root file…", page))
    hands.until(page.said.isVisible)
    assert (desk / "root.json").read_bytes() == company.export_root(session)


def test_a_backup_is_saved_in_the_background(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    page: Any = enter(town[DIRECTOR], "settings").page("settings")
    hands.press(hands.word("Save a backup…", page))
    hands.until(page.said.isVisible)
    assert list(desk.glob("*.candor-backup"))


def test_the_exchange_folder_is_chosen(town: Town, enter: Enter, hands: Hands, desk: Path) -> None:
    session = town[DIRECTOR]
    page: Any = enter(session, "settings").page("settings")
    hands.press(hands.word("Choose…", page.folder))
    hands.until(lambda: exchange_folder.chosen(session) == desk)
    assert exchange_folder.chosen(session) == desk
