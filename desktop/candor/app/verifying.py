"""Verify a file to six lines that anyone can read, with or without a vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from candor.app.files import read_whole
from candor.app.jobs import Runner, run_here
from candor.app.session import ROOT, Session
from candor.app.words import counted
from candor.clock import Clock, Tick, no_tick
from candor.packet.trust import Trust
from candor.packet.verify_lines import LineState, Verdict, to_json
from candor.records.directory import Person
from candor.records.root import RootTrust, verify_root

LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True)
class VerdictLine:
    """One of the six lines; ``state``: "done", "needs" or "stopped"."""

    name: str
    state: str
    statement: str
    evidence: str
    detail: tuple[str, ...]


@dataclass(frozen=True)
class Message:
    """A message that asks ``name`` for the file again."""

    name: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class VerdictView:
    """A verdict as screens and the command line show it; ``ask``: whom to ask for the file again,
    where the vault knows."""

    title: str
    about: str
    banner: str
    banner_title: str
    banner_text: str
    lines: tuple[VerdictLine, ...]
    exit_code: int
    as_json: dict[str, Any]
    ask: Message | None = None


def verify_file(
    path: Path,
    root: Path | None,
    session: Session | None,
    clock: Clock,
    runner: Runner = run_here,
    tick: Tick = no_tick,
) -> VerdictView:
    """Verify a PDF against a root file, else against the open vault's root, else against none.

    Raises CandorError where a file cannot be read at all; whatever is wrong inside is a line.
    """
    pdf = read_whole(path, LARGEST)
    trust = _trust(root, session)
    now = clock.now() if session is None else clock.now().astimezone(session.zone)
    verdict: Verdict = runner("verify_pdf", pdf, trust, now, tick=tick)
    return view(verdict, path.name, session)


def _trust(root: Path | None, session: Session | None) -> Trust:
    if root is not None:
        return Trust(root=verify_root(read_whole(root, 4 * 1024 * 1024)))
    return Trust(root=None) if session is None else trust_of(session)


def trust_of(session: Session) -> Trust:
    """What an open vault knows: its root, its directory, and who has seen which packet signed."""
    document = session.vault.document(ROOT, "current")
    known: RootTrust | None = verify_root(document.data) if document else None
    packets = (case.id for case in session.state.cases.values() if case.packets)
    cases = (session.root.directory, *packets)
    return Trust(
        root=known,
        directory_events=tuple(pair for case in cases for pair in session.vault.events(case)),
        directory_as_of=session.directory_as_of,
    )


def view(verdict: Verdict, file_name: str, session: Session | None = None) -> VerdictView:
    """A verdict with its banner: green only when every line is."""
    states = {line.state for line in verdict.lines}
    if states == {LineState.DONE}:
        told = f"All six lines are green. It is what {_signers(verdict)} signed, page by page."
        banner = ("done", "You can rely on this file", told)
    elif LineState.STOPPED in states:
        first = next(line for line in verdict.lines if line.state is LineState.STOPPED)
        told = f"{first.statement}. {_again(_sender(session))}"
        banner = ("stopped", "Do not rely on this file", told)
    else:
        first = next(line for line in verdict.lines if line.state is not LineState.DONE)
        told = f"{first.name}: {first.statement}. {first.evidence}".strip()
        banner = ("needs", "Not proved yet", told)
    return VerdictView(
        title=verdict.title or file_name,
        about=str(verdict.about),
        banner=banner[0],
        banner_title=banner[1],
        banner_text=banner[2],
        ask=_message(session, file_name) if banner[0] == "stopped" else None,
        lines=tuple(
            VerdictLine(line.name, line.state.value, line.statement, line.evidence, line.detail)
            for line in verdict.lines
        ),
        exit_code=verdict.exit_code,
        as_json=to_json(verdict),
    )


def _signers(verdict: Verdict) -> str:
    number = len(verdict.signers)
    return "its one signer" if number == 1 else f"the {counted(number, 'signer').lower()}"


def _sender(session: Session | None) -> Person | None:
    """The Secretary, by the reader's own directory: a file that is not sound cannot say whom to
    ask. None where that is not known, or it is the reader."""
    if session is None:
        return None
    found = next(iter(session.directory.holders("secretary")), "")
    return None if found == session.person_id else session.directory.people.get(found)


def _again(sender: Person | None) -> str:
    whom = sender.name if sender else "whoever sent it"
    return f"Ask {whom} for the file again; keep this one."


def _message(session: Session | None, file_name: str) -> Message | None:
    sender = _sender(session)
    if session is None or sender is None:
        return None
    text = (
        f"Dear {sender.name},\n\nCandor says that I cannot rely on the file {file_name}. Please "
        f"send it to me again. I keep the one that I have.\n\n{session.me.name}\n{session.title}\n"
    )
    return Message(sender.name, sender.email, f"{session.company}: please send a file again", text)
