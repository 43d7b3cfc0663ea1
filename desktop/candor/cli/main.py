"""The command line's entry: parse, call one use case, show errors in one place.

Exit codes: 0 done (or proved), 1 refused or not to be relied on, 2 wrong use or a file refused,
3 not proved yet, 4 the vault was not opened or could not be used, 130 stopped by the person.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from candor import __version__
from candor.cli import commands, demo_command, packets, terminal, vault_commands
from candor.errors import CandorError, Problems

EXIT_CODES = (
    "exit codes: 0 done or proved; 1 refused, or do not rely on it; 2 wrong use, or a file was "
    "refused; 3 not proved yet; 4 the vault was not opened or could not be used; 130 stopped"
)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="candor",
        description="Disclosures and approvals under a Code of Conduct: offline and signed. "
        "Without a command, the window opens.",
        epilog=EXIT_CODES,
    )
    top.add_argument("--version", action="version", version=f"candor {__version__}")
    subs = top.add_subparsers(dest="command", metavar="COMMAND")
    for module in (demo_command, vault_commands, commands, packets):
        module.add(subs)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except CandorError as refused:
        return _refused(refused, as_json=getattr(parsed, "json", False))
    except KeyboardInterrupt:
        print("Stopped. Nothing was left half done.", file=sys.stderr)
        return 130


def _refused(refused: CandorError, *, as_json: bool) -> int:
    if as_json:
        problems = refused.problems if isinstance(refused, Problems) else ()
        found = {"refused": refused.message, "hint": refused.hint, "problems": list(problems)}
        terminal.say_json(found)
    else:
        terminal.say(refused.sentence(), errors=True)
        if isinstance(refused, Problems):
            for problem in refused.problems:
                terminal.say(f"  - {problem}", errors=True)
    return refused.exit_code
