"""Checking files from outside in a worker: what the window sends over and gets back."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from candor.app.jobs import job
from candor.clock import Tick, no_tick
from candor.errors import CandorError
from candor.exchange import intake
from candor.exchange.checked import Checked, Known
from candor.exchange.outbox import Place


@dataclass(frozen=True)
class Places:
    """The last place of each sender's files; picklable, unlike a closure."""

    places: Mapping[str, Place] = field(default_factory=dict)

    def __call__(self, person: str) -> Place:
        """The last place of that sender, zero where nothing arrived yet."""
        return self.places.get(person, Place(0, ""))


@dataclass(frozen=True)
class Opened:
    """One file: what passed every check, or the refusal in words."""

    path: str
    name: str
    size: int
    checked: Checked | None
    refused: str = ""
    hint: str = ""


@job
def check_files(
    paths: tuple[str, ...], secrets: tuple[str, ...], known: Known, *, tick: Tick = no_tick
) -> tuple[Opened, ...]:
    """Check each file against the vault's knowledge; nothing is stored."""
    found = []
    for number, path in enumerate(paths, start=1):
        tick(f"Check {Path(path).name}", number, len(paths))
        found.append(_check(Path(path), secrets, known))
    return tuple(found)


def _check(path: Path, secrets: tuple[str, ...], known: Known) -> Opened:
    try:
        found = path.stat()
        # A pipe would be waited for; it is none that anybody was sent.
        size = found.st_size if stat.S_ISREG(found.st_mode) else None
    except OSError:
        size = None
    if size is None:
        return Opened(
            str(path),
            path.name,
            0,
            None,
            "This file is not there any more, or you may not open it.",
            "Copy it to this computer and drop it again.",
        )
    try:
        return Opened(str(path), path.name, size, intake.check(path, secrets=secrets, known=known))
    except CandorError as refusal:
        return Opened(str(path), path.name, size, None, refusal.message, refusal.hint)


@job
def check_sealed(
    data: bytes, secrets: tuple[str, ...], known: Known, *, tick: Tick = no_tick
) -> Checked:
    """Check a sealed file that came inside another. Raises BundleRefused."""
    tick("Open a sealed part", 1, 1)
    return intake.check(data, secrets=secrets, known=known)


@job
def check_sealed_files(
    files: tuple[bytes, ...], secrets: tuple[str, ...], known: Known, *, tick: Tick = no_tick
) -> tuple[Checked | None, ...]:
    """Check sealed files that came inside others; None for one that is refused.

    The courier cannot look into them, so a bad one must not keep the courier's own file out.
    """
    found: list[Checked | None] = []
    for number, data in enumerate(files, start=1):
        tick("Open the sealed parts", number, len(files))
        try:
            found.append(intake.check(data, secrets=secrets, known=known))
        except CandorError:
            found.append(None)
    return tuple(found)
