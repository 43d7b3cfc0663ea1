"""Verify a packet to a verdict of six lines that says exactly what is proved and what is not.

The library's own "valid" is only a part: the expected fields and signers come from the manifest
that the first signature certifies, the keys from the company's directory, and the directory
from the root that the reader trusts.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from candor.clock import as_utc, stamp
from candor.packet.appearance import when
from candor.packet.parsing import FAULTS, NotAPacket, opened
from candor.packet.verify_events import (
    ForeignRoot,
    Pairs,
    Records,
    agreed_root,
    checked,
    directory_of,
    newest_claim,
)
from candor.packet.verify_file import Examined, examine
from candor.packet.verify_lines import (
    NAMES,
    Line,
    LineState,
    SeenSigner,
    Verdict,
    count,
    joined,
    verdict,
)
from candor.packet.verify_people import Standing, standing
from candor.packet.verify_start import revision_0_end
from candor.records.directory import Directory
from candor.records.root import RootTrust

__all__ = [
    "Line",
    "LineState",
    "SeenSigner",
    "Trust",
    "Verdict",
    "revision_0_digest",
    "to_json",
    "verify",
]

RECENT = timedelta(days=60)
"""How old the directory may be before what it says of keys needs a look."""
_CLOCKS = timedelta(minutes=10)
"""How far apart the clocks of two machines may stand before their times contradict."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader knows already. ``root`` None: nothing is pinned. ``directory_events``:
    what a vault holds beyond the evidence inside (witnessing events too);
    ``directory_as_of``: the instant (`clock.stamp`) of its newest directory event."""

    root: RootTrust | None
    directory_events: Pairs = ()
    directory_as_of: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What all lines are drawn from."""

    examined: Examined
    trust: Trust
    at: datetime
    agreed: RootTrust | None
    directory: Directory | None
    records: Records
    standing: Standing


def verify(pdf: bytes, trust: Trust, at: datetime) -> Verdict:
    """The verdict on a file that anybody may have made, judged at the instant ``at``.

    Never raises for what is in the file: whatever is wrong becomes a line.
    """
    examined = examine(pdf)
    known = _known(pdf, examined, trust, at)
    lines = (
        _content(known),
        _who(known),
        _when(known),
        _expected(known),
        _certificates(known),
        _age(known),
    )
    return verdict(lines, _signers(examined), *_naming(examined))


def revision_0_digest(pdf: bytes) -> str:
    """SHA-256 (hex) of the file as it was compiled, before any signature. Raises NotAPacket."""
    try:
        return hashlib.sha256(pdf[: revision_0_end(pdf, opened(pdf))]).hexdigest()
    except FAULTS:
        raise NotAPacket from None


def to_json(of: Verdict) -> dict[str, Any]:
    """A verdict as JSON values, for other programs."""
    found = asdict(of)
    for signer in found["signers"]:
        signer["signed_at"] = stamp(signer["signed_at"]) if signer["signed_at"] else None
    found["lines"] = [
        {**line, "state": line["state"].value, "detail": list(line["detail"])}
        for line in found["lines"]
    ]
    found["signers"] = list(found["signers"])
    return found


def _known(pdf: bytes, examined: Examined, trust: Trust, at: datetime) -> _Known:
    proof = examined.proof
    if proof is None:
        return _Known(examined, trust, at, None, None, Records(), Standing())
    try:
        agreed = agreed_root(proof.root, trust.root)
    except ForeignRoot:
        return _Known(examined, trust, at, None, None, Records(), Standing())
    directory = directory_of(proof, trust.directory_events, agreed)
    judged = standing(pdf, examined.marks, directory, trust.directory_events, at)
    return _Known(examined, trust, at, agreed, directory, checked(proof, directory), judged)


def _signers(examined: Examined) -> tuple[SeenSigner, ...]:
    if examined.proof is None:
        return ()
    marks = {m.expected.field: m for m in examined.marks}
    return tuple(
        SeenSigner(
            **{n: getattr(s, n) for n in s.__struct_fields__},
            signed_at=marks[s.field].at if s.field in marks else None,
            holds=s.field in marks and not marks[s.field].fault,
        )
        for s in examined.proof.signers
    )


def _naming(examined: Examined) -> tuple[str, str]:
    proof = examined.proof
    if proof is None:
        return "", ""
    name = f"{proof.company_name}, {proof.kind} version {proof.version}"
    return name, f"{name}. {count(examined.pages, 'page', 'pages')}."


def _line(number: int, state: LineState, statement: str, rests: str = "", *detail: str) -> Line:
    return Line(NAMES[number], state, _plain(statement), _plain(rests), tuple(map(_plain, detail)))


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _unreadable(number: int) -> Line:
    return _line(
        number,
        LineState.NEEDS,
        "Cannot be checked",
        "The file does not hold what this would rest on.",
    )


def _content(known: _Known) -> Line:
    examined, records = known.examined, known.records
    broken = [f"{m.expected.name}'s signature: {m.fault}" for m in examined.marks if m.fault]
    faults = (*examined.faults, *records.faults)
    if faults:
        advice = "Do not rely on it; ask the Secretary for the file again, and keep this one."
        return _line(0, LineState.STOPPED, faults[0].rstrip("."), advice, *faults, *broken)
    pages = count(examined.pages, "page", "pages")
    if not examined.marks:
        said = "Nobody has signed it, so nothing binds what it says"
        return _line(0, LineState.NEEDS, said, f"{pages}.")
    if broken:
        said = "Not as it was signed"
        return _line(0, LineState.STOPPED, said, f"{broken[0]}.", *broken)
    inside = count(records.count, "signed record", "signed records")
    start = f"As compiled: SHA-256 {examined.start}."
    if records.doubts:
        return _line(0, LineState.NEEDS, records.doubts[0].rstrip("."), pages, start)
    checkable = known.directory is not None
    return _line(
        0,
        LineState.DONE,
        "Unchanged since the last signature",
        f"{pages}. The {inside} inside hold." if checkable else f"{pages}.",
        start,
        *records.notes,
    )


def _who(known: _Known) -> Line:
    examined = known.examined
    if examined.proof is None:
        return _unreadable(1)
    if examined.unexpected:
        names = joined(examined.unexpected)
        said = f"Also signed by {names}, whom nobody asked to sign"
        return _line(1, LineState.STOPPED, said, "Only the expected signers may sign a packet.")
    if not examined.marks:
        return _line(1, LineState.NEEDS, "Nobody yet", "All its signature fields are empty.")
    broken = [m for m in examined.marks if m.fault]
    detail = [
        f"{m.expected.name}, {m.expected.title}: {m.expected.meaning}" for m in examined.marks
    ]
    if broken:
        said = f"Not proved to be {joined(m.expected.name for m in broken)}"
        reasons = [f"{m.expected.name}: {m.fault}." for m in broken]
        return _line(1, LineState.STOPPED, said, reasons[0], *reasons)
    names = joined(m.expected.name for m in examined.marks)
    offices = "; ".join(m.expected.title for m in examined.marks)
    if known.trust.root is None:
        rests = "The file says so itself: no root is known here that vouches for these keys."
        return _line(1, LineState.NEEDS, names, rests, *detail)
    if known.directory is None:
        rests = "The file says so itself: it rests on another root than yours."
        return _line(1, LineState.NEEDS, names, rests, *detail)
    return _line(1, LineState.DONE, names, f"{offices}. Keys match the directory.", *detail)


def _when(known: _Known) -> Line:
    marks = known.examined.marks
    if known.examined.proof is None:
        return _unreadable(2)
    if not marks:
        return _line(2, LineState.NEEDS, "Not signed yet", "")
    times = [m.at for m in marks]
    detail = [f"{m.expected.name}: {when(m.at)}, by their own clock." for m in marks]
    first, last = when(times[0]), when(times[-1])
    said = first if len(times) == 1 else f"Between {first} and {last}"
    if any(b < a - _CLOCKS for a, b in zip(times, times[1:], strict=False)):
        rests = "A later signature claims an earlier time: a signer's clock was wrong."
        return _line(2, LineState.NEEDS, said, rests, *detail)
    if times[-1] > known.at + _CLOCKS:
        rests = "A signature claims a time that has not come yet by this computer's clock."
        return _line(2, LineState.NEEDS, said, rests, *detail)
    return _line(2, LineState.DONE, said, _how_we_know(known), *detail)


def _how_we_know(known: _Known) -> str:
    stamps = known.examined.stamps
    if stamps:
        return (
            f"By the signers' own clocks. {count(stamps, 'time stamp', 'time stamps')} by an "
            "authority that is not known here."
        )
    return "By the signers' own clocks; no independent time stamp."


def _expected(known: _Known) -> Line:
    proof = known.examined.proof
    if proof is None:
        return _unreadable(3)
    signed = {m.expected.field for m in known.examined.marks if not m.fault}
    total = len(proof.signers)
    detail = [
        f"{n}. {s.name}, {s.title}: {'signed' if s.field in signed else 'has not signed'}"
        for n, s in enumerate(proof.signers, start=1)
    ]
    if len(signed) == total:
        rests = "The last signature locks the file against further signing."
        return _line(3, LineState.DONE, f"All {total} of {total} have signed", rests, *detail)
    waiting = next(s for s in proof.signers if s.field not in signed)
    said = f"{len(signed)} of {total} have signed; next: {waiting.name}"
    return _line(3, LineState.NEEDS, said, "It is not complete until all have.", *detail)


def _certificates(known: _Known) -> Line:
    examined = known.examined
    if examined.proof is None:
        return _unreadable(4)
    inside = examined.proof.root.fingerprint
    if known.agreed is None:
        said = "It rests on another root than the one you trust"
        return _line(4, LineState.STOPPED, said, f"Inside: {inside}.")
    if not examined.marks:
        return _line(4, LineState.NEEDS, "Nothing to check yet", "Nobody has signed.")
    faults = known.standing.faults
    if faults:
        return _line(4, LineState.STOPPED, faults[0], "It cannot count.", *faults)
    if known.trust.root is None:
        said = "No root is known here to check them against"
        rests = f"Compare this root with the company's, then give its file: {inside}."
        return _line(4, LineState.NEEDS, said, rests, *known.standing.notes)
    doubts = known.standing.doubts
    if doubts:
        rests = "Cannot be checked: a receipt or a time stamp from before would prove it."
        return _line(4, LineState.NEEDS, doubts[0], rests, *doubts, *known.standing.notes)
    company = known.agreed.document.name
    return _line(
        4,
        LineState.DONE,
        "Valid when they signed, none withdrawn",
        f"Issued under the root of {company}.",
        f"Root: {inside}.",
        *known.standing.notes,
    )


def _age(known: _Known) -> Line:
    proof = known.examined.proof
    if proof is None or known.directory is None:
        return _unreadable(5)
    claims = [known.trust.directory_as_of, newest_claim(known.directory, proof.directory)]
    dated = [as_utc(c) for c in claims if c]
    if not dated:
        return _line(5, LineState.NEEDS, "No list of people and keys is inside", "")
    newest = max(dated)
    days = max((known.at - newest).days, 0)
    said = f"The list of people and keys is {count(days, 'day', 'days')} old"
    rests = f"From {when(newest)}. Up to {RECENT.days} days counts as recent."
    if newest > known.at + _CLOCKS:
        rests = f"From {when(newest)}, which has not come yet by this computer's clock."
        return _line(5, LineState.NEEDS, said, rests)
    state = LineState.DONE if known.at - newest <= RECENT else LineState.NEEDS
    return _line(5, state, said, rests)
