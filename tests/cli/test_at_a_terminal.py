"""What a person at a terminal meets: prompts, progress, stopping; and a reader that goes away."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import SECRETARY, Told

from candor.cli import demo_command

Vault = Callable[..., tuple[object, ...]]


def _typed(arguments: tuple[object, ...], *answers: bytes) -> tuple[int, str]:
    """Run `candor` at a terminal of its own and type each answer when it is asked for."""
    words = [sys.executable, "-m", "candor", *map(str, arguments)]
    child, screen = pty.fork()
    if child == 0:
        os.execv(sys.executable, words)  # noqa: S606
    shown, waiting = b"", list(answers)
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # how Linux says that the other end has closed
            break
        if not piece:
            break
        shown += piece
        if waiting and shown.endswith(b": "):
            os.write(screen, waiting.pop(0))
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def _screen(shown: str) -> list[str]:
    """The lines as they stand at the end: what was wiped is gone."""
    return [re.split(r"\r\x1b\[K", line)[-1].strip("\r") for line in shown.split("\n")]


def test_progress_is_shown_and_wiped_by_the_result(
    vault: Vault, told: Told, tmp_path: Path
) -> None:
    folder, secret = vault()[0], told.passphrases[SECRETARY].encode()
    code, shown = _typed(("backup", folder, tmp_path / "kept"), secret + b"\n")
    assert code == 0
    assert "Copying the vault" in shown
    assert secret.decode() not in shown
    lines = _screen(shown)
    assert any(line.startswith("Backup written:") for line in lines)
    assert not any("Copying" in line or "Checking" in line for line in lines)


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_person_who_stops_at_the_prompt_is_told_so(told: Told, key: bytes) -> None:
    code, shown = _typed(("packet", told.out / "vaults" / SECRETARY), key)
    assert code == 130
    assert "Stopped. Nothing was left half done." in shown
    assert "fault of its own" not in shown


def test_a_reader_that_goes_away_is_no_fault(told: Told) -> None:
    verify = [sys.executable, "-m", "candor", "verify", told.packet, "--root", told.root]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(verify, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ended.returncode == 130
    assert ended.stderr == b""


def test_what_the_demo_tells_to_type_starts_candor() -> None:
    *interpreter, program = demo_command.started_as().split()
    assert interpreter == ["python3"]
    assert (Path(program) / "__main__.py").is_file()


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo_command.ourselves() == [sys.executable, "-m", "candor"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert demo_command.ourselves() == [sys.executable]
    assert demo_command.started_as() == sys.executable
