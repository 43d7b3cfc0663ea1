"""``candor decide``: what the Code says of the facts of one matter, and their schema."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from candor import resources
from candor.cli import terminal
from candor.clock import SystemClock, today
from candor.errors import CandorError
from candor.policy.answer import Answer, Status
from candor.policy.decide import day_judged, decide
from candor.policy.facts.reading import FactsFaults, read_facts
from candor.policy.pack import Pack, load_pack
from candor.policy.schema import schema

DEFAULT_PACK = "immunogen"
"""The pack that answers where none is named."""


class FactsUnreadable(CandorError):
    """The file of facts could not be opened."""

    exit_code = 2


def add_decide(subs: Any, name: str) -> None:
    """``candor decide``."""
    decide_it = terminal.command(
        subs,
        name,
        run,
        "say who decides a matter under the Code, and what follows",
        "Blocked and why, else who decides and who is left out, quorum, flags, duties with "
        "dates. --schema says what facts are. That nobody may approve it is an answer: 0. Facts "
        "or a code pack with faults are refused with every fault in a sentence: 2.",
    )
    decide_it.add_argument("facts", nargs="?", metavar="FACTS.json", help="a file, or - for input")
    add_code_option(decide_it)
    decide_it.add_argument("--on", type=_day, metavar="DATE", help="the day judged (YYYY-MM-DD)")
    decide_it.add_argument("--explain", action="store_true", help="give the reasons as sentences")
    decide_it.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of facts and answer instead"
    )
    terminal.add_json(decide_it)


def add_code_option(command: argparse.ArgumentParser) -> None:
    """``--code PACK``."""
    command.add_argument(
        "--code",
        default=DEFAULT_PACK,
        metavar="PACK",
        help=f"a code pack: its id, folder or file (default: {DEFAULT_PACK})",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = f"“{text}” is no day of the calendar; write it as 2026-11-25"
        raise argparse.ArgumentTypeError(words) from None


def run(parsed: argparse.Namespace) -> int:
    """Answer, or print the schema. Raises FactsFaults, PackFaults and FactsUnreadable (2)."""
    pack = load_pack(resources.pack_bytes(parsed.code))
    if parsed.schema:
        terminal.say_json(schema(pack))
        return 0
    answer = _answered(parsed, pack)
    if parsed.json:
        terminal.say_json(msgspec.to_builtins(answer))
        return 0
    for line in answer.sentences if parsed.explain else _summary(answer):
        terminal.say(line)
    return 0


def _answered(parsed: argparse.Namespace, pack: Pack) -> Answer:
    facts = read_facts(_read(parsed.facts), pack.known)
    try:
        return decide(facts, pack, parsed.on or day_judged(facts, today(SystemClock())))
    except FactsFaults:
        raise
    except CandorError as fault:
        # a date beyond the calendar, a setting of the wrong kind: the facts cannot be judged
        problems = getattr(fault, "problems", (fault.message,))
        own = any(f"“{name}”" in problem for name in facts.settings for problem in problems)
        raise FactsFaults(
            f"The facts cannot be judged. {fault.message}",
            problems,
            hint="Mend settings in the facts; nothing was guessed." if own else fault.hint,
        ) from fault


def _read(name: str | None) -> bytes:
    if name is None:
        raise FactsUnreadable(
            "No facts were given.", hint="Name a JSON file, or - to read from the input."
        )
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise FactsUnreadable(
            f"The facts in {name} could not be read: {fault.strerror}.",
            hint="Check that the file is there.",
        ) from fault


_STATUS = {
    Status.BLOCKED: "Nobody may approve this.",
    Status.DECIDE: "To be decided.",
    Status.RECORD: "Nothing to decide; it goes on record.",
    Status.RECEIVE: "A report, to be received.",
    Status.SERVE: "A notice, to be served on every other director.",
    Status.WAIT: "Nobody may decide this now.",
}


def _summary(answer: Answer) -> Iterator[str]:
    yield f"{_STATUS[answer.status]} {answer.reason}"
    if answer.block:
        yield f"  rule {answer.block.rule}, Code {answer.block.clause}"
        yield f"  instead: {answer.block.remedy}"
    for one in answer.deciders:
        name = f" ({one.name})" if one.name else ""
        yield f"  {one.part.replace('_', ' ')}: {one.title}{name}"
    for other in answer.fallbacks:
        yield f"  or, {other.only_if}: {other.title}"
    for left in answer.excluded:
        yield f"  left out: {left.name or left.office}: {left.reason}"
    for item in answer.information:
        yield f"  told: {item.title}"
    if answer.attempt:
        yield f"Decision: {answer.attempt.state}. {' '.join(answer.attempt.reasons)}"
    for flag in answer.flags:
        yield f"{flag.severity} {flag.code}: {flag.reason}"
    for duty in answer.duties:
        when = f"{duty.due or ''} {duty.at}".strip() or duty.when
        yield f"duty: {duty.what} ({when})"
