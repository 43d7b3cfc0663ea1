"""Vaults with cheap keys, events to put into them, and a child process to kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from candor.clock import SteppingClock
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import chain
from candor.records.body import make_body
from candor.records.events import Body, EventType, SignedEvent
from candor.vault.kdf import Kdf
from candor.vault.store import Vault

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
RECEIVED = "2027-01-16T09:00:00+00:00"
PASSPHRASE = "correct horse battery staple"
CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
CHILD = Path(__file__).with_name("child.py")

Pair = tuple[SignedEvent, Body]


class Author:
    """Someone who writes signed events, log by log."""

    def __init__(self) -> None:
        self.identity = Identity.new(new_id())
        self.company = new_id()
        self._last: dict[str, tuple[int, str]] = {}

    def write(self, case: str, text: str = "Nothing to report.") -> Pair:
        """The author's next event in that case."""
        seq, prev = self._last.get(case, (0, ""))
        body = make_body([("answer/1.01", text), ("count", seq)])
        signed = chain.write(
            identity=self.identity,
            company=self.company,
            case=case,
            seq=seq + 1,
            prev=prev,
            deps=(),
            type=EventType.QUESTIONNAIRE_SIGNED,
            body=body,
            claimed_at=NOON + timedelta(minutes=seq),
        )
        self._last[case] = (seq + 1, chain.event_id(signed))
        return signed, body

    def several(self, count: int, case: str = "") -> list[Pair]:
        """So many events of one case."""
        of = case or new_id()
        return [self.write(of, f"Answer {n}") for n in range(count)]

    def public_key(self, key_id: str) -> bytes | None:
        """The resolver that a walk asks."""
        return self.identity.signing.public if key_id == self.identity.key_id else None


@pytest.fixture
def author() -> Author:
    """Someone with keys."""
    return Author()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault of this test lies."""
    return tmp_path / "vault"


def create(folder: Path, **more: Any) -> tuple[Vault, str]:
    """A new vault with a cheap passphrase slot."""
    return Vault.create(
        folder, PASSPHRASE, label="Test", kdf=CHEAP, floor=CHEAP, clock=SteppingClock(NOON), **more
    )


unlock = partial(Vault.unlock, floor=CHEAP)


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    """An open, empty vault."""
    made, _ = create(folder)
    yield made
    made.close()


@pytest.fixture
def reopen(folder: Path) -> Callable[[], Any]:
    """Open the vault of this test for the length of a block."""

    @contextmanager
    def opened() -> Iterator[Vault]:
        with unlock(folder, PASSPHRASE) as again:
            yield again

    return opened


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the helper process in one of its roles; whatever still runs is killed at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(role: str, folder: Path, *more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(CHILD), role, str(folder), *more],
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
