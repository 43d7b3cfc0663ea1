"""Asking and telling on a terminal: passphrases, progress, JSON."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from candor.clock import Tick, no_tick
from candor.errors import CandorError

EXIT_CODES = (
    "exit codes: 0 done or proved; 1 refused, or do not rely on it; 2 wrong use, or a file was "
    "refused; 3 not proved yet; 4 the vault was not opened or could not be used; 130 stopped"
)
VAULT = "the folder of the vault"
MAX_PASSPHRASE_FILE = 4096
LONGEST_NAME = 255
"""Bytes that the name of one file or folder may have on the usual file systems."""
_LONGEST_WORD, _SHOWN_WORD = 300, 80
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Parser(argparse.ArgumentParser):
    """Says wrong use in one short line that only a terminal shows and nothing acts on."""

    def error(self, message: str) -> NoReturn:
        """Print how it is used and what was wrong, then end with 2."""
        super().error(short(line(message)))


def command(subs: Any, name: str, run: Any, says: str, more: str = "") -> argparse.ArgumentParser:
    """One command: ``says`` stands in the list of all, ``more`` follows it in its own help."""
    description = f"{says[0].upper()}{says[1:]}. {more}".strip()
    made: argparse.ArgumentParser = subs.add_parser(
        name, help=says, description=description, epilog=EXIT_CODES
    )
    made.set_defaults(run=run)
    return made


def path(text: str) -> Path:
    """An argument that names a file or a folder; one that no system could hold is wrong use."""
    if "\0" in text or any(len(os.fsencode(part)) > LONGEST_NAME for part in Path(text).parts):
        raise argparse.ArgumentTypeError("no file or folder can have a name like that")
    return Path(text)


def need_free(file: Path, otherwise: str = "") -> None:
    """Refuse to write over what is there. Raises CandorError."""
    if os.path.lexists(file):
        raise CandorError(
            f"“{file.name}” is there already, and nothing was written over it.",
            hint=f"Choose another name{otherwise}.",
        )


def add_passphrase(command: argparse.ArgumentParser) -> None:
    """The option by which a script hands over a passphrase."""
    command.add_argument(
        "--passphrase-file",
        type=path,
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
        # utf-8-sig: editors on Windows begin a text with a mark that is no part of a passphrase
        with path.open(encoding="utf-8-sig") as file:
            found = file.readline(MAX_PASSPHRASE_FILE + 1).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise CandorError(
            f"The passphrase file “{path.name}” could not be read.",
            hint="Check its name and that it is text.",
        ) from fault
    if not found or len(found) > MAX_PASSPHRASE_FILE:
        raise CandorError(
            f"The first line of the passphrase file “{path.name}” holds no passphrase.",
            hint="Put the passphrase, and nothing else, into its first line.",
        )
    return found


def ask(prompt: str, given: str | None, option: str) -> str:
    """A value from ``option``, else asked for. Raises CandorError in a pipe."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CandorError(f"{prompt} is needed.", hint=f"Give it with {option}.")
    return input(f"{prompt}: ")


def progress() -> Tick:
    """Progress on one line of a terminal, wiped by what is said next; none in a pipe."""
    if not sys.stderr.isatty():
        return no_tick

    def tick(step: str, done: int, total: int) -> None:
        count = f" ({done:,} of {total:,})" if total > 1 else ""
        print(f"{_WIPE}{line(step)}{count}", end="", file=sys.stderr, flush=True)

    return tick


_WIPE = "\r\x1b[K"


def _wipe() -> None:
    """Take the line of progress away: what comes now is the result."""
    if sys.stderr.isatty():
        print(_WIPE, end="", file=sys.stderr, flush=True)


def line(text: object) -> str:
    """``text`` as one line that a terminal only shows: names from files, people and folders
    could otherwise move the cursor, turn words around or print a verdict of their own."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _acts(c) else c for c in str(text))


def short(text: str) -> str:
    """``text`` with words that nobody reads to their end cut short: a typed name may be huge."""
    return re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda found: f"{found[0][:_SHOWN_WORD]}…", text)


def say(text: object, *, errors: bool = False) -> None:
    """Print one harmless line, to standard error where it says what went wrong."""
    _wipe()
    print(line(text), file=sys.stderr if errors else sys.stdout)


def say_json(value: Any) -> None:
    """Print JSON whose strings hold nothing that a terminal would act on."""
    _wipe()
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
