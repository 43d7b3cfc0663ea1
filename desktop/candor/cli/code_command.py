"""``candor code print``: the whole code pack, to be read as text or on paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from candor import resources
from candor.app import code_pages
from candor.cli import terminal
from candor.cli.decide_command import add_code_option
from candor.clock import SystemClock
from candor.policy.examples import faults
from candor.policy.pack import load_pack


def add_code(subs: Any, name: str) -> None:
    """``candor code`` with what can be done to a pack."""
    code = terminal.command(
        subs,
        name,
        run_print,
        "print a code pack, or check it with all its examples",
        "A pack is a company's Code of Conduct as tables; resources/README.md says how to write "
        "one.",
    )
    acts = code.add_subparsers(dest="act", metavar="ACT", required=True, help="print or check")
    show = terminal.command(
        acts, "print", run_print, "print the whole pack as text, or as a PDF with --out"
    )
    add_code_option(show)
    show.add_argument("--out", type=terminal.path, metavar="FILE.pdf", help="write a PDF there")
    show.add_argument("--text", action="store_true", help="print text (the default without --out)")
    test = terminal.command(
        acts, "check", run_check, "check a pack whole: its tables, and every example of every rule"
    )
    add_code_option(test)
    terminal.add_json(test)


def run_print(parsed: argparse.Namespace) -> int:
    """Print the pack. Raises PackFaults and PackMissing (2), CandorError where a file stands."""
    pack = load_pack(resources.pack_bytes(parsed.code))
    at = SystemClock().now()
    if parsed.out is not None:
        terminal.need_free(parsed.out)
        Path(parsed.out).write_bytes(code_pages.code_pdf(pack, at))
        terminal.say(f"Printed {pack.company.name} to {parsed.out}.")
    if parsed.text or parsed.out is None:
        for line in code_pages.code_text(pack, at):
            terminal.say(line)
    return 0


def run_check(parsed: argparse.Namespace) -> int:
    """Check the tables and every example; 2 where one is not true."""
    pack = load_pack(resources.pack_bytes(parsed.code))
    found = faults(pack)
    told = {"company": pack.company.name, "digest": pack.digest, "faults": list(found)}

    def say() -> None:
        for one in found:
            terminal.say(f"  - {one}.")
        count = len(found) or "no"
        terminal.say(f"{pack.company.name}: {count} examples are not true of their rules.")

    terminal.report(parsed, told, say)
    return 2 if found else 0
