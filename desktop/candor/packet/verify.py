"""Verify a packet to a verdict of six lines that says exactly what is proved and what is not.

The library's own "valid" is only a part: the expected fields and signers come from the manifest
that the first signature certifies, the keys from the company's directory, and the directory
from the root that the reader trusts.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from candor.packet import verify_report
from candor.packet.parsing import FAULTS, NotAPacket, opened
from candor.packet.trust import Trust
from candor.packet.verify_events import (
    ForeignRoot,
    Records,
    agreed_root,
    checked,
    directory_of,
    newest_claim,
)
from candor.packet.verify_file import Examined, examine
from candor.packet.verify_lines import Line, LineState, SeenSigner, Verdict, count, to_json, verdict
from candor.packet.verify_people import Standing, standing
from candor.packet.verify_report import Known
from candor.packet.verify_start import revision_0_end
from candor.packet.verify_witness import stamped, witnesses

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


def verify(pdf: bytes, trust: Trust, at: datetime) -> Verdict:
    """The verdict on a file that anybody may have made, judged at the instant ``at``, in whose
    zone it tells every time.

    Never raises for what is in the file: whatever is wrong becomes a line.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    examined = examine(pdf)
    title, about = _naming(examined)
    lines = verify_report.lines(_known(pdf, examined, trust, at))
    return verdict(lines, _signers(examined), title, about)


def revision_0_digest(pdf: bytes) -> str:
    """SHA-256 (hex) of the file as it was compiled, before any signature. Raises NotAPacket."""
    try:
        return hashlib.sha256(pdf[: revision_0_end(pdf, opened(pdf))]).hexdigest()
    except FAULTS:
        raise NotAPacket from None


def _known(pdf: bytes, examined: Examined, trust: Trust, at: datetime) -> Known:
    proof, pinned = examined.proof, trust.root is not None
    nothing = Known(examined, at, pinned, None, Records(), Standing(), ())
    if proof is None:
        return nothing
    try:
        agreed = agreed_root(proof.root, trust.root)
    except ForeignRoot:
        return nothing
    directory = directory_of(proof, trust.directory_events, agreed)
    seen = (
        *witnesses(trust.directory_events, directory),
        *stamped(examined.stamps, trust.time_authorities, at),
    )
    return Known(
        examined,
        at,
        pinned,
        directory,
        checked(proof, directory),
        standing(pdf, examined.marks, directory, seen, at),
        (trust.directory_as_of, newest_claim(directory, proof.directory)),
    )


def _signers(examined: Examined) -> tuple[SeenSigner, ...]:
    marks = {m.expected.field: m for m in examined.marks}
    found = []
    for signer in examined.proof.signers if examined.proof else ():
        mark = marks.get(signer.field)
        found.append(
            SeenSigner(
                field=signer.field,
                person=signer.person,
                name=signer.name,
                office=signer.office,
                title=signer.title,
                meaning=signer.meaning,
                certificate=signer.certificate,
                signed_at=mark.at if mark else None,
                holds=mark is not None and not mark.fault,
            )
        )
    return tuple(found)


def _naming(examined: Examined) -> tuple[str, str]:
    proof = examined.proof
    if proof is None:
        return "", ""
    name = f"{proof.company_name}, {proof.kind} version {proof.version}"
    return name, f"{name}, {count(examined.pages, 'page', 'pages')}"
