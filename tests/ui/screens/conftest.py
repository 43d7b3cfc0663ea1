"""Screens over real vaults: the small company of tests/app, and a desk where files are saved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "app"))

from a_company import PARTS, Story, Town
from boardroom import Boardroom, BoardroomFounding
from hands import LONG, Hands
from village import Founding, Village

from candor.app.session import Session
from candor.clock import Clock
from candor.ui import tasks
from candor.ui.application import Application
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.unlocked import Unlocked
from candor.ui.window import Window


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The small company's year, told as far as tests ask for it."""
    return Story(tmp_path_factory.mktemp("story"))


@pytest.fixture
def town_after(story: Story, tmp_path: Path) -> Iterator[Callable[[str], Town]]:
    """The company's vaults as they lay after a step: "joined", "replied", "referred" ..."""
    made: list[Town] = []

    def after(step: str) -> Town:
        made.append(story.until(step, tmp_path / f"town-{len(made)}"))
        return made[-1]

    yield after
    for town in made:
        town.close()


@pytest.fixture(scope="session")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Founding:
    """The village, founded once."""
    return Founding(tmp_path_factory.mktemp("village"))


@pytest.fixture
def village(founding: Founding, tmp_path: Path) -> Iterator[Village]:
    """The vaults of a company with an Audit Committee, where nothing was filed yet."""
    made = founding.copy(tmp_path / "village")
    yield made
    made.close()


@pytest.fixture(scope="session")
def boardroom_founding(
    founding: Founding, tmp_path_factory: pytest.TempPathFactory
) -> BoardroomFounding:
    """The village with its whole Board, founded once."""
    return BoardroomFounding(tmp_path_factory.mktemp("boardroom"), founding)


@pytest.fixture
def boardroom(boardroom_founding: BoardroomFounding, tmp_path: Path) -> Iterator[Boardroom]:
    """The vaults of a company with an Audit Committee and two directors beside it."""
    made = boardroom_founding.copy(tmp_path / "boardroom")
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the desktop's own dialogs, which a test cannot answer, put and find everything."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(Ask, "folder", staticmethod(lambda _parent, _title: folder))
    monkeypatch.setattr(
        Ask, "save_as", staticmethod(lambda _parent, _title, name, _kinds="": folder / name)
    )
    monkeypatch.setattr(Ask, "open_mail", staticmethod(lambda _to, _subject, _text: False))
    return folder


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    """Hands; when a test ends, so does what it started."""
    yield Hands(qtbot)
    tasks.cancel_all()
    qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=LONG)


@pytest.fixture
def open_window(qtbot: QtBot, desk: Path, hands: Hands) -> Callable[[], Window]:
    """Make a window that is on the screen."""

    def make() -> Window:
        window = Window()
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return make


@pytest.fixture
def enter(open_window: Callable[[], Window], hands: Hands) -> Callable[..., Shell]:
    """Show an unlocked vault, with one of its screens in front and read."""

    def show(session: Session, screen: str = "home") -> Shell:
        window = open_window()
        session.runner = tasks.runner
        unlocked = Unlocked(window, session, lambda: None, window)
        shell = unlocked.show(screen)
        window.unlocked = unlocked  # type: ignore[attr-defined]
        page = shell.page(screen)
        if callable(getattr(page, "is_read", None)):
            hands.read(page)
        return shell

    return show


@pytest.fixture
def application(
    open_window: Callable[[], Window], hands: Hands
) -> Iterator[Callable[[Clock], Application]]:
    """The application before unlocking, with a cheap key derivation."""
    made: list[Application] = []

    def start(clock: Clock) -> Application:
        made.append(Application(open_window(), clock, PARTS))
        return made[-1]

    yield start
    for one in made:
        one.quit()
