"""The command line's entry: parse, call one use case, show errors in one place.

Exit codes: 0 done (or proved), 1 refused or not to be relied on, 2 wrong use or a file refused,
3 not proved yet, 4 the vault was not opened or could not be used, 130 stopped by the person.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from candor import __version__
from candor.cli import (
    code_command,
    commands,
    decide_command,
    demo_command,
    packets,
    terminal,
    vault_commands,
)
from candor.cli.terminal import EXIT_CODES
from candor.errors import Cancelled, CandorError, Problems

COMMANDS = (
    ("demo", demo_command.add_demo),
    ("new-company", vault_commands.add_new_company),
    ("join", vault_commands.add_join),
    ("import", commands.add_import),
    ("export", commands.add_export),
    ("inspect", commands.add_inspect),
    ("packet", packets.add_packet),
    ("sign", packets.add_sign),
    ("verify", commands.add_verify),
    ("decide", decide_command.add_decide),
    ("code", code_command.add_code),
    ("backup", vault_commands.add_backup),
    ("self-test", demo_command.add_self_test),
)
"""The commands in the order of the help; a new one is a function and a line here."""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = terminal.Parser(
        prog="candor",
        description="Disclosures and approvals under a Code of Conduct: offline and signed. "
        "Without a command the window opens; with the folder of a vault, on that vault.",
        epilog=EXIT_CODES,
    )
    top.add_argument("--version", action="version", version=f"candor {__version__}")
    subs = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, add in COMMANDS:
        add(subs, name)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code."""
    parsed = _parsed(arguments)
    try:
        code = int(parsed.run(parsed))
        sys.stdout.flush()  # here, where a reader that went away is still met with a word
    except CandorError as refused:
        return _refused(refused, as_json=getattr(parsed, "json", False))
    except (KeyboardInterrupt, EOFError):
        stopped = Cancelled("Stopped. Nothing was left half done.")
        return _refused(stopped, as_json=False)
    except BrokenPipeError:
        # Nobody reads on, as with `| head`: Python must not try once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Cancelled.exit_code
    except OSError as fault:
        # Below this edge a fault of the disk has words of its own; here it is about an argument.
        name = Path(str(fault.filename or "A file")).name
        return _refused(
            CandorError(
                f"“{name}” cannot be used: {fault.strerror or 'the disk said no'}.",
                hint="Check the name, and that you may open it.",
            ),
            as_json=getattr(parsed, "json", False),
        )
    return code


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    top, first = parser(), next(iter(arguments), "-")
    if not first.startswith("-") and first not in dict(COMMANDS):
        top.error(f"“{first}” is neither a command nor a folder; candor --help lists the commands")
    return top.parse_args(arguments)


def _refused(refused: CandorError, *, as_json: bool) -> int:
    if as_json:
        problems = refused.problems if isinstance(refused, Problems) else ()
        found = {"refused": refused.message, "hint": refused.hint, "problems": list(problems)}
        terminal.say_json(found)
    else:
        terminal.say(terminal.short(refused.sentence()), errors=True)
        if isinstance(refused, Problems):
            for problem in refused.problems:
                terminal.say(f"  - {terminal.short(problem)}", errors=True)
    return refused.exit_code
