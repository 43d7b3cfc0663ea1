"""The demonstration, played once for all tests of this folder, with a cheap key derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from candor.app import demo
from candor.app.demo import Story
from candor.app.vaults import VaultParts
from candor.app.verifying import VerdictView
from candor.clock import SteppingClock
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=1024, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
LEAST = 5


@dataclass(frozen=True)
class Played:
    """A finished story, its verdicts and the lines that it said."""

    story: Story
    verdicts: tuple[VerdictView, ...]
    lines: tuple[str, ...]


def play(out: Path, *, seed: int = 1, people: int = LEAST) -> Played:
    """Play the demonstration as the command does, at a fixed time."""
    lines: list[str] = []
    story, verdicts = demo.play(
        out, people=people, seed=seed, now=SteppingClock(NOW), say=lines.append, parts=PARTS
    )
    return Played(story, verdicts, tuple(lines))


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The smallest story, played once; its sessions stay open."""
    found = play(tmp_path_factory.mktemp("story") / "demo")
    yield found
    demo.close(found.story)
