"""``candor demo`` and ``candor self-test``: the main job on the real parts."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from candor.app import demo
from candor.cli import terminal
from candor.clock import SystemClock
from candor.errors import Cancelled, CandorError

SELF_TEST_PEOPLE = 5


def add_demo(subs: Any, name: str) -> None:
    """``candor demo``."""
    play = terminal.command(
        subs,
        name,
        run_demo,
        "play the annual questionnaire for an invented company",
        "Vaults, exchange files, PDFs and the company's root file stay in a folder. It ends with "
        "0 only if every packet verified.",
    )
    play.add_argument(
        "--out",
        type=terminal.path,
        default=Path("candor-demo"),
        metavar="DIR",
        help="a new or an empty folder (default: candor-demo)",
    )
    play.add_argument(
        "--people", type=int, default=15, metavar="N", help="how many fill it in (default: 15)"
    )
    play.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="S",
        help="the same number tells the same story, apart from keys (default: 1)",
    )


def add_self_test(subs: Any, name: str) -> None:
    """``candor self-test``."""
    test = terminal.command(
        subs, name, run_self_test, "run the main job in a temporary folder and verify it"
    )
    terminal.add_json(test)


def run_demo(parsed: argparse.Namespace) -> int:
    """Play the demo, say how to open each vault, offer to open the secretary's."""
    try:
        story, verdicts = demo.play(
            parsed.out.absolute(),
            people=parsed.people,
            seed=parsed.seed,
            now=SystemClock(),
            say=_step,
        )
    except KeyboardInterrupt:
        raise Cancelled(
            "The demo was stopped.",
            hint=f"What it had made lies in {parsed.out}; delete that before you play it again.",
        ) from None
    demo.close(story)
    for line in _how_to_look(story):
        terminal.say(line)
    code = max(verdict.exit_code for verdict in verdicts)
    if code == 0 and _has_screen():
        _offer(story.secretary.folder)
    return code


def _how_to_look(story: demo.Story) -> Iterator[str]:
    """What to type next: opening a vault, verifying once more."""
    program, root = started_as(), story.out / "root.json"
    yield from ("", "To look at it yourself, open a vault with its passphrase, as in:")
    yield f"  {program} {shlex.quote(str(story.secretary.folder))}"
    yield from ("", "The vaults, with their passphrases:")
    yield from (f"  {line}" for line in demo.how_to_open(story))
    yield from ("", "To verify the packet once more, on any machine:")
    packet = story.out / "packet.pdf"
    yield f"  {program} verify {shlex.quote(str(packet))} --root {shlex.quote(str(root))}"


def started_as() -> str:
    """What a person types to start Candor: in a checkout, installed, or frozen."""
    desktop = Path(__file__).resolve().parents[2]
    if getattr(sys, "frozen", False):
        return shlex.quote(sys.executable)
    if (desktop / "first_start.py").is_file():
        return f"python3 {shlex.quote(os.path.relpath(desktop))}"
    return "candor"


def _step(line: str) -> None:
    terminal.say(line)
    sys.stdout.flush()  # in a pipe, too, each step is told when it is done


def _has_screen() -> bool:
    """Whether somebody sits in front of a screen and can be asked."""
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    shown = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return at_terminal and shown and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


def _offer(folder: Path) -> None:
    answer = input("\nOpen the Secretary's vault now? [y/N] ")
    if answer.strip().casefold() in {"y", "yes"}:
        subprocess.run([*ourselves(), str(folder)], check=False)  # noqa: S603 -- ourselves


def ourselves() -> list[str]:
    """The command that starts Candor again: frozen, the program is its own interpreter."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "candor"]


def run_self_test(parsed: argparse.Namespace) -> int:
    """Play the smallest company in a temporary folder; 0 where everything verified."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="candor-self-test-") as folder:
        story, verdicts = demo.play(
            Path(folder) / "demo",
            people=SELF_TEST_PEOPLE,
            seed=1,
            now=SystemClock(),
            say=lines.append,
        )
        demo.close(story)
    if not parsed.json:
        for line in lines:
            terminal.say(line)
    if any(verdict.exit_code for verdict in verdicts):
        raise CandorError(
            "The self-test ended with a packet that did not verify.",
            hint="Do not use this installation; install Candor again.",
        )
    return terminal.report(
        parsed, {"self_test": "passed"}, lambda: terminal.say("Self-test passed.")
    )
