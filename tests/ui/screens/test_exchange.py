"""Exchange: looking before importing, all or nothing, the outbox, the exchange folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from a_company import CHAIR, CLO, DIRECTOR, SECRETARY, Town
from hands import Hands
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from candor.app import exchange_folder, outbox
from candor.clock import Tick, no_tick
from candor.errors import Cancelled
from candor.ui.screens.sending import MessagePage
from candor.ui.shell import Shell

Enter = Callable[..., Shell]


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    """Forms are out; two directors have signed, and their files are on a stick."""
    made = town_after("issued")
    for key in (DIRECTOR, CLO):
        made.answer(key)
    return made


def _replies(town: Town) -> tuple[Path, ...]:
    return tuple(town.files(key)[0] for key in (DIRECTOR, CLO))


def _look(shell: Shell, hands: Hands, paths: tuple[Path, ...]) -> Any:
    page: Any = shell.go("exchange")
    hands.read(page)
    page.drop_files(paths)
    hands.until(page.imports.import_button.isVisible)
    return page


def test_nothing_changes_before_import_is_pressed(town: Town, enter: Enter, hands: Hands) -> None:
    files = _replies(town)
    session = town[SECRETARY]
    before = len(session.vault.event_ids())
    page = _look(enter(session), hands, files)
    assert page.imports.head.title.plain() == "Import 2 files"
    assert page.imports.import_button.text() == "Import 2 files"
    assert {row.verdict for row in page.imports.model.rows()} == {"import"}
    hands.press(page.imports.close_button)
    assert page.drop.isVisible()
    assert len(session.vault.event_ids()) == before


def test_a_damaged_file_is_refused_in_words_and_the_others_are_imported(
    town: Town, enter: Enter, hands: Hands, tmp_path: Path
) -> None:
    files = _replies(town)
    bad = tmp_path / "damaged.candor"
    bad.write_bytes(files[0].read_bytes()[:-40])
    session = town[SECRETARY]
    page = _look(enter(session), hands, (*files, bad))
    rows = {row.name: row for row in page.imports.model.rows()}
    assert rows["damaged.candor"].verdict == "refused"
    assert page.imports.import_button.text() == "Import 2 files"
    words = " ".join(_words(page.imports.right))
    assert "Refused: 1 file" in words
    assert "The other files are not affected." in words
    hands.press(page.imports.import_button)
    hands.until(page.said.isVisible)
    assert "2 files imported" in page.said.accessibleName()
    assert len([c for c in session.state.cases.values() if c.submissions]) == 2


def _words(widget: Any) -> list[str]:
    from candor.ui.widgets import RichText

    return [text.plain() for text in widget.findChildren(RichText)]


def test_files_that_add_nothing_leave_the_button_off(
    town: Town, enter: Enter, hands: Hands
) -> None:
    files = _replies(town)
    town.take(SECRETARY, files)
    page = _look(enter(town[SECRETARY]), hands, files)
    assert {row.verdict for row in page.imports.model.rows()} == {"nothing_new"}
    assert not page.imports.import_button.isEnabled()


def test_cancel_in_mid_import_leaves_the_vault_as_it_was(
    town: Town, enter: Enter, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from candor.app import importing

    files = _replies(town)
    session = town[SECRETARY]
    page = _look(enter(session), hands, files)
    before = session.vault.event_ids()
    real = importing.import_files

    def stopped(one: Any, previews: Any, tick: Tick = no_tick) -> Any:
        def stop(step: str, done: int, total: int) -> None:
            tick(step, done, total)
            if done == 2:
                raise Cancelled("You stopped this.")

        return real(one, previews, stop)

    monkeypatch.setattr(importing, "import_files", stopped)
    hands.press(page.imports.import_button)
    hands.until(page.imports.import_button.isVisible)
    hands.rest()
    assert session.vault.event_ids() == before
    assert page.imports.head.title.plain() == "Import 2 files"


def test_a_file_dropped_on_another_screen_lands_in_exchange(
    town: Town, enter: Enter, hands: Hands
) -> None:
    files = _replies(town)
    shell = enter(town[SECRETARY], "settings")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    act, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys, place = Qt.KeyboardModifier.NoModifier, QPointF(300, 300)
    entering = QDragEnterEvent(place, act, data, button, keys)
    QApplication.sendEvent(shell, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(shell, QDropEvent(place, act, data, button, keys))
    assert shell.current() == "exchange"
    page: Any = shell.page("exchange")
    hands.until(page.imports.import_button.isVisible)


def test_saving_again_gives_the_same_bytes(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    shell = enter(town[DIRECTOR], "exchange")
    page: Any = shell.page("exchange")
    assert page.outbox.model.rows()[0].state == "ready"
    hands.press(hands.word("Save file…", page.outbox.card))
    hands.until(page.outbox.said.isVisible)
    hands.rest()
    saved = list(desk.glob("*.candor"))
    assert len(saved) == 1
    first = saved[0].read_bytes()
    saved[0].unlink()
    hands.press(hands.word("Send again…", page.outbox.card))
    hands.until(saved[0].exists)
    assert saved[0].read_bytes() == first


def test_all_ready_files_are_saved_at_once(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    town.take(SECRETARY, _replies(town))
    session = town[SECRETARY]
    ready = [item for item in outbox.outbox(session) if item.state == "ready"]
    page: Any = enter(session, "exchange").page("exchange")
    hands.press(page.outbox.save_all)
    hands.until(page.outbox.said.isVisible)
    assert len(list(desk.glob("*.candor"))) == len(ready) > 1


def test_a_message_names_the_file_and_says_where_it_was_saved(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    shell = enter(town[DIRECTOR], "exchange")
    page: Any = shell.page("exchange")
    hands.press(hands.word("Compose e-mail", page.outbox.card))
    hands.until(lambda: isinstance(shell.stack.currentWidget(), MessagePage))
    message: Any = shell.stack.currentWidget()
    assert "Eleanor Whitcombe" in message.text.toPlainText()
    hands.press(message.save)
    hands.until(message.saved.isVisible)
    assert list(desk.glob("*.candor"))
    hands.press(message.mail)
    assert "no mail program" in message.saved.accessibleName()


def test_the_exchange_folder_offers_what_others_put_there_once(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    session = town[SECRETARY]
    exchange_folder.choose(session, desk)
    for path in _replies(town):
        (desk / path.name).write_bytes(path.read_bytes())
    page: Any = enter(session, "exchange").page("exchange")
    look = hands.word("Look at", page.folder_card)
    assert look.text() in {"Look at 1 file", "Look at 2 files"}
    hands.press(look)
    hands.until(page.imports.import_button.isVisible)
    hands.press(page.imports.import_button)
    hands.until(page.said.isVisible)
    hands.rest()
    assert exchange_folder.waiting(session) == ()


def test_an_own_file_in_the_exchange_folder_is_not_offered_back(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    session = town[DIRECTOR]
    exchange_folder.choose(session, desk)
    page: Any = enter(session, "exchange").page("exchange")
    hands.press(hands.word("Put in exchange folder", page.outbox.card))
    hands.until(page.outbox.said.isVisible)
    hands.rest()
    assert list(desk.glob("*.candor"))
    assert exchange_folder.waiting(session) == ()


def test_without_a_folder_the_button_is_off_and_says_why(
    town: Town, enter: Enter, hands: Hands
) -> None:
    page: Any = enter(town[DIRECTOR], "exchange").page("exchange")
    put = hands.word("Put in exchange folder", page.outbox.card)
    assert not put.isEnabled()
    assert any("Choose an exchange folder" in text for text in _words(page.outbox.card))


def test_an_empty_outbox_says_what_will_stand_there(
    town_after: Callable[[str], Town], enter: Enter
) -> None:
    page: Any = enter(town_after("founded")[SECRETARY], "exchange").page("exchange")
    assert page.outbox.empty.isVisible()
    assert not page.outbox.table.isVisible()


def test_the_chair_reads_a_sealed_answer_once(
    town_after: Callable[[str], Town], enter: Enter, hands: Hands
) -> None:
    town = town_after("replied")
    session = town[CHAIR]
    shell = enter(session)
    assert "sealed" in shell.rail._buttons
    page: Any = shell.go("sealed")
    hands.read(page)
    assert page.model.rowCount() == 1
    assert not page.model.rows()[0].read
    page.open_item(page.model.rows()[0].case)
    hands.until(lambda: page.model.rows() and page.model.rows()[0].read)
    assert any("Kanarienvogel" in text for text in _words(page.card))
