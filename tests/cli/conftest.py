"""One finished story and one company founded by command, for every test of the command line.

The vaults have the lowest cost that an unchanged program opens; copies keep tests apart.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from candor.app import demo
from candor.app.vaults import VaultParts
from candor.cli.main import run
from candor.clock import SystemClock
from candor.vault.kdf import Kdf

from .deciding import Ask, Facts, written

PARTS = VaultParts(kdf=Kdf.lowest(), floor=Kdf.lowest())
LEAST = 5
SECRETARY = "eleanor_whitcombe"
SECRET = "brass lantern under quiet snow"


@dataclass(frozen=True)
class Told:
    """The finished story's folder; every vault in it is locked."""

    out: Path
    passphrases: dict[str, str]

    @property
    def packet(self) -> Path:
        """The signed packet."""
        return self.out / "packet.pdf"

    @property
    def root(self) -> Path:
        """The company's public root file."""
        return self.out / "root.json"


@dataclass(frozen=True)
class Said:
    """What one command returned and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The smallest story, played once up to the signed packets, by the clock of the commands."""
    out = tmp_path_factory.mktemp("cli") / "demo"
    story, _ = demo.play(
        out, people=LEAST, seed=1, now=SystemClock(), say=lambda _line: None, parts=PARTS
    )
    demo.close(story)
    return Told(out, {key: player.passphrase for key, player in story.players.items()})


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs one command in this process; neither stream is a terminal."""

    def ran(*arguments: object) -> Said:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        found = capsys.readouterr()
        return Said(code, found.out, found.err)

    return ran


@pytest.fixture
def vault(told: Told, tmp_path: Path) -> Callable[[str], tuple[object, ...]]:
    """A copy of somebody's vault, with the option that unlocks it."""

    def copied(key: str = SECRETARY) -> tuple[object, ...]:
        folder = tmp_path / "vaults" / key
        shutil.copytree(told.out / "vaults" / key, folder)
        secret = tmp_path / f"{key}.txt"
        secret.write_text(told.passphrases[key] + "\n", encoding="utf-8")
        return folder, "--passphrase-file", secret

    return copied


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    """A passphrase for a new vault, as a script hands it over."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET + "\n", encoding="utf-8")
    return path


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks ``candor decide`` about facts."""

    def asked(facts: Facts, *options: str) -> dict[str, Any]:
        assert run(["decide", written(tmp_path, facts), "--json", *options]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked
