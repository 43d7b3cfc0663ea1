"""``candor demo`` and ``candor self-test``: the main job on the real parts."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from candor.app import demo
from candor.cli.terminal import add_json
from candor.clock import SystemClock
from candor.errors import CandorError

SELF_TEST_PEOPLE = 5


def add(subs: Any) -> None:
    """Add the two commands."""
    play = subs.add_parser(
        "demo", help="play the main job for the demo company and leave everything in a folder"
    )
    play.add_argument("--out", type=Path, default=Path("candor-demo"), metavar="DIR")
    play.add_argument("--people", type=int, default=15, metavar="N", help="filers (default 15)")
    play.add_argument("--seed", type=int, default=1, metavar="S")
    play.set_defaults(run=run_demo)
    test = subs.add_parser("self-test", help="run the main job in a temporary folder")
    add_json(test)
    test.set_defaults(run=run_self_test)


def run_demo(parsed: argparse.Namespace) -> int:
    """Play the demo, say how to open each vault, offer to open the secretary's."""
    story, verdicts = demo.play(
        parsed.out.absolute(),
        people=parsed.people,
        seed=parsed.seed,
        now=SystemClock(),
        say=lambda line: print(line, flush=True),
    )
    print("\nTo look at it yourself, start Candor and open a vault:")
    for line in demo.how_to_open(story):
        print(f"  {line}")
    secretary = story.secretary.folder
    demo.close(story)
    code = max(verdict.exit_code for verdict in verdicts)
    if code == 0 and _has_screen():
        _offer(secretary)
    return code


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
        subprocess.run([sys.executable, "-m", "candor", str(folder)], check=False)  # noqa: S603 -- ourselves


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
        print("\n".join(lines))
    if any(verdict.exit_code for verdict in verdicts):
        raise CandorError(
            "The self-test ended with a packet that did not verify.",
            hint="Do not use this installation; install Candor again.",
        )
    print('{"self_test": "passed"}' if parsed.json else "Self-test passed.")
    return 0
