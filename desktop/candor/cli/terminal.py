"""Asking and telling on a terminal: passphrases, progress, JSON."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from candor.clock import Tick, no_tick
from candor.errors import CandorError

MAX_PASSPHRASE_FILE = 4096
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def add_passphrase(command: argparse.ArgumentParser) -> None:
    """The option by which a script hands over a passphrase."""
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="read the passphrase from the first line of FILE instead of asking",
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """The option for reports that programs read."""
    command.add_argument("--json", action="store_true", help="report as JSON")


def passphrase(parsed: argparse.Namespace, prompt: str = "Passphrase: ") -> str:
    """The passphrase from the file, else asked for without showing it. Raises CandorError."""
    if parsed.passphrase_file is not None:
        return _from_file(parsed.passphrase_file)
    if not sys.stdin.isatty():
        raise CandorError(
            "A passphrase is needed, and there is nobody to ask.",
            hint="Name a file with --passphrase-file.",
        )
    return getpass.getpass(prompt)


def new_passphrase(parsed: argparse.Namespace) -> str:
    """A passphrase for a new vault, asked for twice."""
    first = passphrase(parsed, "New passphrase: ")
    if parsed.passphrase_file is None and getpass.getpass("Once more: ") != first:
        raise CandorError("The two passphrases differ.", hint="Nothing was created. Try again.")
    return first


def _from_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(MAX_PASSPHRASE_FILE).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise CandorError(
            f"The passphrase file “{path.name}” could not be read.",
            hint="Check its name and that it is text.",
        ) from fault


def ask(prompt: str, given: str | None) -> str:
    """A value from an option, else asked for. Raises CandorError in a pipe."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CandorError(f"{prompt} is needed.", hint="Give it as an option.")
    return input(f"{prompt}: ")


def progress() -> Tick:
    """Progress on one line of a terminal; none in a pipe."""
    if not sys.stderr.isatty():
        return no_tick

    def tick(step: str, done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r\x1b[K{line(step)} ({done} of {total})", end=end, file=sys.stderr, flush=True)

    return tick


def line(text: object) -> str:
    """``text`` as one line that a terminal only shows: names from files, people and folders
    could otherwise move the cursor, turn words around or print a verdict of their own."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _acts(c) else c for c in str(text))


def say(text: object, *, errors: bool = False) -> None:
    """Print one harmless line, to standard error where it says what went wrong."""
    print(line(text), file=sys.stderr if errors else sys.stdout)


def say_json(value: Any) -> None:
    """Print JSON whose strings hold nothing that a terminal would act on."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    print("".join(f"\\u{ord(c):04x}" if c != "\n" and _acts(c) else c for c in text))


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _CONTROLS or character in _REORDERING


def report(parsed: argparse.Namespace, value: Any, say: Callable[[], None]) -> int:
    """Print ``value`` as JSON where asked for, else let ``say`` print words. Returns 0."""
    if parsed.json:
        say_json(value)
    else:
        say()
    return 0
