"""A process killed at any moment leaves all of an import, or none of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from a_company import DIRECTOR, MEMBER, PARTS, SECRET, SECRETARY, START, Town

from candor.app import importing, outbox, vaults
from candor.clock import SteppingClock

NOW = START + timedelta(days=12)
_IMPORTER = """
import sys
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from a_company import PARTS, SECRET, START
from candor.app import importing, vaults
from candor.clock import SteppingClock
clock = SteppingClock(START + timedelta(days=12))
session = vaults.open_vault(Path(sys.argv[2]), SECRET, clock, PARTS)
previews = importing.preview(session, [Path(sys.argv[3])])
print("ready", flush=True)
sys.stdin.readline()
importing.import_files(session, previews)
print("done", flush=True)
"""


@pytest.fixture
def waiting(town_after, tmp_path: Path) -> tuple[Path, Path]:
    """The secretary's locked vault, and a folder with two replies for it."""
    town: Town = town_after("issued")
    folder = tmp_path / "replies"
    for key in (DIRECTOR, MEMBER):
        town.answer(key)
        (item,) = [i for i in outbox.outbox(town[key]) if i.state == "ready"]
        outbox.save_to(town[key], item.id, folder)
    town.close()
    return town.vault(SECRETARY), folder


def events_after(vault: Path, replies: Path, delay: float) -> int:
    """How many events the vault holds once its importer was killed ``delay`` seconds in."""
    process = subprocess.Popen(
        [sys.executable, "-c", _IMPORTER, str(Path(__file__).parent), str(vault), str(replies)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stdin.close()
    session = vaults.open_vault(vault, SECRET, SteppingClock(NOW), PARTS)
    count = session.vault.event_count()
    assert session.vault.walk() == ()
    session.close()
    return count


def test_a_killed_import_leaves_all_or_nothing_and_a_sound_vault(waiting, tmp_path):
    vault, replies = waiting
    session = vaults.open_vault(vault, SECRET, SteppingClock(NOW), PARTS)
    before = session.vault.event_count()
    session.close()
    whole = tmp_path / "whole"
    shutil.copytree(vault, whole)
    session = vaults.open_vault(whole, SECRET, SteppingClock(NOW), PARTS)
    importing.import_files(session, importing.preview(session, [replies]))
    after = session.vault.event_count()
    session.close()
    assert after > before
    seen = set()
    for number, delay in enumerate((0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 1.5)):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(vault, copy)
        seen.add(events_after(copy, replies, delay))
    assert seen <= {before, after}
