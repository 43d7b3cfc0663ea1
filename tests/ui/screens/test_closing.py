"""The window is closed while something runs: the work ends, the vault stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from a_company import DIRECTOR, SECRETARY, Town

from candor.app import board_book, campaigns, importing
from candor.app.board_book import PacketKind

CHILD = Path(__file__).with_name("closing_child.py")
OFFSCREEN = "propagateSizeHints"
"""What Qt says of a screen that is none."""


def closed_during(town: Town, act: str, *files: Path) -> list[int]:
    """Run the secretary's Candor in a process of its own and close it amid ``act``; the ids of
    the workers that ran then."""
    at = town.clock.now().isoformat()
    town.close()
    command = [sys.executable, "-W", "error", str(CHILD), str(town.vault(SECRETARY)), at, act]
    path = os.pathsep.join([str(CHILD.parents[2] / "app"), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        [*command, *map(str, files)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    said = [line for line in ended.stderr.splitlines() if OFFSCREEN not in line]
    assert (ended.returncode, said) == (0, [])
    return [int(word) for word in ended.stdout.split()]


def is_gone(process: int) -> bool:
    """Whether no such process runs any more."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("act", ["preview", "import"])
def test_closing_during_an_import_leaves_all_of_it_or_nothing(
    town_after: Callable[[str], Town], act: str
) -> None:
    town = town_after("issued")
    town.answer(DIRECTOR)
    files = town.files(DIRECTOR, SECRETARY)
    before = len(town[SECRETARY].state.claims)
    assert all(map(is_gone, closed_during(town, act, *files)))
    previews = importing.preview(town[SECRETARY], files)
    new = {preview.new for preview in previews}
    assert len(town[SECRETARY].state.claims) == before or new == {0}
    importing.import_files(town[SECRETARY], previews)
    assert [p.new for p in importing.preview(town[SECRETARY], files)] == [0]


def test_closing_during_a_compilation_leaves_no_half_packet(
    town_after: Callable[[str], Town],
) -> None:
    town = town_after("decided")
    workers = closed_during(town, "compile")
    assert workers
    assert all(map(is_gone, workers))
    session = town[SECRETARY]
    before = len(board_book.packets(session))
    (campaign,) = campaigns.campaigns(session)
    packet = board_book.compile_packet(session, campaign.id, PacketKind.PACKET)
    assert len(board_book.packets(session)) == before + 1
    assert board_book.packet_pdf(session, packet).startswith(b"%PDF-")


def test_closing_while_signing_leaves_a_packet_that_can_be_signed_or_is(
    town_after: Callable[[str], Town],
) -> None:
    town = town_after("compiled")
    workers = closed_during(town, "sign")
    assert workers
    assert all(map(is_gone, workers))
    shown = board_book.packets(town[SECRETARY])
    for packet in shown:
        signed = [row for row in packet.line_up if row.state == "signed"]
        assert packet.mine_next != bool(signed)
        assert board_book.packet_pdf(town[SECRETARY], packet.id).startswith(b"%PDF-")


def test_closing_while_verifying_leaves_nothing_running(
    town_after: Callable[[str], Town], tmp_path: Path
) -> None:
    town = town_after("compiled")
    pdf = tmp_path / "packet.pdf"
    board_book.save_packet(town[SECRETARY], board_book.packets(town[SECRETARY])[0].id, pdf)
    workers = closed_during(town, "verify", pdf)
    assert workers
    assert all(map(is_gone, workers))
    assert board_book.packets(town[SECRETARY])
