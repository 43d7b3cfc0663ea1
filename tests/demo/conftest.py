"""The demonstration, played once for all tests of this folder, with a cheap key derivation."""

from __future__ import annotations

import shutil
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
CLO = "rosalind_vale"


@dataclass(frozen=True)
class Played:
    """A finished story, its verdicts and the lines that it said."""

    story: Story
    verdicts: tuple[VerdictView, ...]
    lines: tuple[str, ...]


def play(out: Path, *, seed: int = 1, people: int = LEAST, joined: Path | None = None) -> Played:
    """Play the demonstration as the command does, at a fixed time. ``joined`` receives a copy
    of the Chief Legal Officer's vault as it stands when everybody has joined."""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if joined is not None and line.startswith("Invited"):
            shutil.copytree(out / "vaults" / CLO, joined)

    story, verdicts = demo.play(
        out, people=people, seed=seed, now=SteppingClock(NOW), say=say, parts=PARTS
    )
    return Played(story, verdicts, tuple(lines))


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the Chief Legal Officer's vault is copied to as it stands after joining."""
    return tmp_path_factory.mktemp("joined") / "clo"


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, joined: Path) -> Iterator[Played]:
    """The smallest story, played once; its sessions stay open."""
    found = play(tmp_path_factory.mktemp("story") / "demo", joined=joined)
    yield found
    demo.close(found.story)
