"""What a screen is to the shell: one line in SCREENS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from candor.ui.shell import Shell


@dataclass(frozen=True)
class Screen:
    """An entry of the rail. ``build(shell)`` makes the page on the first visit.

    ``foot`` puts it at the lower end (Settings, Help; "More" where the window is narrow).
    ``roles``: offices or filer classes that see it, empty for everybody.
    """

    id: str
    word: str
    icon: str
    build: Callable[[Shell], QWidget]
    foot: bool = False
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """Something that search found: words, a second line, and how to go there."""

    words: str
    second: str
    go: Callable[[], object]


def screens_for(screens: tuple[Screen, ...], roles: frozenset[str]) -> tuple[Screen, ...]:
    """The screens that a person with these roles sees, in order."""
    return tuple(s for s in screens if not s.roles or s.roles & roles)
