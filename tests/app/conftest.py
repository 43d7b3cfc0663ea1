"""The small company's year, told once for all tests of this folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from a_company import Story, Town
from boardroom import Boardroom, BoardroomFounding
from village import Founding, Village


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The story, told as far as tests ask for it."""
    return Story(tmp_path_factory.mktemp("story"))


@pytest.fixture
def town_after(story: Story, tmp_path: Path) -> Iterator[Callable[[str], Town]]:
    """The company's vaults as they lay after a step: "joined", "replied", "decided" ..."""
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
