"""The wording of the six lines: what was found, said for people.

A line is green only for what was checked. What cannot be checked says what is missing; what is
wrong says what of it holds. What to do is said once, above them, by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from candor.clock import as_utc
from candor.packet.dates import machine_time
from candor.packet.verify_events import Records
from candor.packet.verify_file import OTHER_CONTENT, Examined
from candor.packet.verify_lines import NAMES, Line, LineState, count, joined
from candor.packet.verify_people import Standing
from candor.records.directory import Directory

RECENT = timedelta(days=60)
"""How old the directory may be before what it says of keys needs a look."""
CLOCKS_APART = timedelta(minutes=10)
"""How far the clocks of two machines may differ before their times contradict each other."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the lines are drawn from. ``pinned``: the reader trusts a root; ``directory``
    None: the file rests on another one. ``newest``: claimed times of the directory's news."""

    examined: Examined
    at: datetime
    pinned: bool
    directory: Directory | None
    records: Records
    standing: Standing
    newest: tuple[str, ...]

    def when(self, instant: datetime) -> str:
        """An instant in words, on the clock of whoever reads."""
        return machine_time(instant, self.at.tzinfo)


def lines(known: Known) -> tuple[Line, ...]:
    """The six lines in their order."""
    if known.examined.proof is None:
        fault = known.examined.faults[0] if known.examined.faults else "It cannot be read"
        rests = "Nothing in it can be relied on."
        return (Line(NAMES[0], LineState.STOPPED, fault, rests), *map(_unreadable, NAMES[1:]))
    return (
        _content(known),
        _who(known),
        _when(known),
        _expected(known),
        _certificates(known),
        _age(known),
    )


def _unreadable(name: str) -> Line:
    missing = "The file does not hold what this would rest on."
    return Line(name, LineState.NEEDS, "Cannot be checked", missing)


def _line(number: int, state: LineState, statement: str, rests: str = "", *detail: str) -> Line:
    return Line(NAMES[number], state, _plain(statement), _plain(rests), tuple(map(_plain, detail)))


def _plain(text: str) -> str:
    """Printed dates keep together; on a screen, and in a search, a space is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _content(known: Known) -> Line:
    examined, records = known.examined, known.records
    broken = [f"{m.expected.name}'s signature: {m.fault}." for m in examined.marks if m.fault]
    faults = list(dict.fromkeys((*examined.faults, *records.faults)))
    pages = count(examined.pages, "page", "pages")
    if faults:
        rests = f"{pages}. The lines below say what still holds."
        return _line(0, LineState.STOPPED, faults[0].rstrip("."), rests, *faults, *broken)
    if broken:
        other = any(m.fault in OTHER_CONTENT for m in examined.marks)
        said = "It was changed after it was signed" if other else "A signature in it does not hold"
        return _line(0, LineState.STOPPED, said, broken[0], *broken)
    if not examined.marks:
        said = "Nobody has signed it, so nothing binds what it says"
        return _line(0, LineState.NEEDS, said, f"{pages}.")
    start = f"As compiled: SHA-256 {examined.start}."
    if records.doubts:
        said = records.doubts[0].rstrip(".")
        return _line(0, LineState.NEEDS, said, f"{pages}.", start, *records.notes)
    inside = count(records.count, "signed record", "signed records")
    rests = f"{pages}. The {inside} inside hold." if known.directory else f"{pages}."
    said = "Unchanged since the last signature"
    return _line(0, LineState.DONE, said, rests, start, *records.notes)


def _who(known: Known) -> Line:
    examined, standing = known.examined, known.standing
    marks = examined.marks
    if examined.unexpected:
        said = f"Also signed by {joined(examined.unexpected)}, whom nobody asked to sign"
        return _line(1, LineState.STOPPED, said, "Only the expected signers may sign a packet.")
    if broken := [m for m in marks if m.fault]:
        said = f"Not proved to be signed by {joined(m.expected.name for m in broken)}"
        reasons = [f"{m.expected.name}: {m.fault}." for m in broken]
        return _line(1, LineState.STOPPED, said, reasons[0], *reasons)
    if not marks:
        return _line(1, LineState.NEEDS, *_nobody(examined))
    if standing.offices:
        rests = "The directory gives that office to somebody else on the day of signing."
        return _line(1, LineState.STOPPED, standing.offices[0], rests, *standing.offices)
    names = joined(m.expected.name for m in marks)
    detail = [f"{m.expected.name}, {m.expected.title}: “{m.expected.meaning}”" for m in marks]
    if known.directory is None or not known.pinned:
        rests = "The file says so itself: no root known here vouches for these keys."
        return _line(1, LineState.NEEDS, names, rests, *detail)
    offices = "; ".join(m.expected.title for m in marks)
    return _line(1, LineState.DONE, names, f"{offices}. Keys match the directory.", *detail)


def _nobody(examined: Examined) -> tuple[str, str]:
    if not examined.whole or examined.unreadable:
        return "Cannot be checked", "The signatures in the file cannot be read."
    return "Nobody yet", "All its signature fields are empty."


def _when(known: Known) -> Line:
    marks = known.examined.marks
    if not marks:
        return _line(2, LineState.NEEDS, *_nobody(known.examined))
    times = [m.at for m in marks]
    detail = [f"{m.expected.name}: {known.when(m.at)}, by the signer's own clock." for m in marks]
    first, last = known.when(times[0]), known.when(times[-1])
    said = first if len(times) == 1 else f"Between {first} and {last}"
    if any(m.fault for m in marks):
        rests = "A signature does not hold, so its time says nothing."
        return _line(2, LineState.NEEDS, said, rests, *detail)
    if any(later < earlier - CLOCKS_APART for earlier, later in pairwise(times)):
        rests = "A later signature claims an earlier time: a signer's clock was wrong."
        return _line(2, LineState.NEEDS, said, rests, *detail)
    if max(times) > known.at + CLOCKS_APART:
        rests = "A signature claims a time that has not come yet by this computer's clock."
        return _line(2, LineState.NEEDS, said, rests, *detail)
    rests = "By the signers' own clocks; no independent time stamp."
    if stamps := known.examined.stamps:
        rests = f"By the signers' own clocks. {count(len(stamps), 'time stamp', 'time stamps')}."
    return _line(2, LineState.DONE, said, rests, *detail)


def _expected(known: Known) -> Line:
    proof, marks = known.examined.proof, known.examined.marks
    signers = proof.signers if proof else ()
    state = {m.expected.field: m.fault for m in marks}
    words = {None: "has not signed", "": "signed"}
    detail = [
        f"{n}. {s.name}, {s.title}: {words.get(state.get(s.field), 'signature does not hold')}"
        for n, s in enumerate(signers, start=1)
    ]
    good, total = sum(not m.fault for m in marks), len(signers)
    if good < len(marks):
        said = f"{good} of {total} signatures hold"
        return _line(
            3, LineState.STOPPED, said, "A signature that does not hold counts as none.", *detail
        )
    if not marks and (not known.examined.whole or known.examined.unreadable):
        return _line(3, LineState.NEEDS, *_nobody(known.examined), *detail)
    if good == total:
        rests = "The last signature locks the file against further signing."
        return _line(3, LineState.DONE, f"All {total} of {total} have signed", rests, *detail)
    waiting = next(s for s in signers if s.field not in state)
    said = f"{good} of {total} have signed; next: {waiting.name}"
    return _line(3, LineState.NEEDS, said, "It is complete when all have.", *detail)


def _certificates(known: Known) -> Line:
    examined, standing = known.examined, known.standing
    inside = examined.proof.root.fingerprint if examined.proof else ""
    if known.directory is None:
        said = "It rests on another root than the one that you trust"
        rests = "Whoever made it chose that root, so it proves nothing about your company."
        return _line(4, LineState.STOPPED, said, rests, f"Root inside: {inside}.")
    if not examined.marks:
        return _line(4, LineState.NEEDS, *_nobody(examined))
    if standing.faults:
        rests = "A signature counts only under a certificate that was good then."
        return _line(4, LineState.STOPPED, standing.faults[0], rests, *standing.faults)
    if doubt := _certificates_in_doubt(known, inside):
        return doubt
    said = "Valid when they signed, none withdrawn"
    rests = f"Issued under the root of {known.directory.company.rstrip('.')}."
    return _line(4, LineState.DONE, said, rests, f"Root: {inside}.", *standing.notes)


def _certificates_in_doubt(known: Known, inside: str) -> Line | None:
    examined, standing = known.examined, known.standing
    if any(m.fault for m in examined.marks):
        rests = "A signature does not hold, so nothing says when its certificate was used."
        return _line(4, LineState.NEEDS, "Cannot be checked", rests, *standing.notes)
    if not known.pinned:
        said = "No root is known here to check them against"
        rests = f"Compare this root with the company's, then give its file: {inside}."
        return _line(4, LineState.NEEDS, said, rests, *standing.notes)
    if standing.doubts:
        rests = "Cannot be checked: a receipt or a time stamp from before would prove it."
        detail = (*standing.doubts, *standing.notes)
        return _line(4, LineState.NEEDS, standing.doubts[0], rests, *detail)
    return None


def _age(known: Known) -> Line:
    if known.directory is None:
        return _unreadable(NAMES[5])
    claims = [as_utc(claim) for claim in known.newest if claim]
    if not claims:
        return _line(5, LineState.NEEDS, "There is no list of people and keys", "")
    newest = max(claims)
    if newest > known.at + CLOCKS_APART:
        rests = f"From {known.when(newest)}, which has not come yet by this computer's clock."
        return _line(5, LineState.NEEDS, "The list of people and keys is from the future", rests)
    days = max((known.at - newest).days, 0)
    said = f"The list of people and keys is {count(days, 'day', 'days')} old"
    rests = f"From {known.when(newest)}. Up to {RECENT.days} days counts as recent."
    state = LineState.DONE if known.at - newest <= RECENT else LineState.NEEDS
    return _line(5, state, said, rests)
