"""The state that a set of events tells: a pure function, whatever their order or number.

Judge each event once (form, signature, body); read the directory; place the rest by
predecessors and dependencies, holding what waits for something; leave out what a revoked key
wrote too late; then read each case. Nothing here knows when a file arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from candor.clock import as_utc
from candor.keys.ed25519 import key_id
from candor.keys.identity import Identity
from candor.records import chain, codec
from candor.records.authority import Authority
from candor.records.case_fold import fold_case
from candor.records.directory import Directory
from candor.records.directory_fold import fold_judged
from candor.records.events import Body, SignedEvent
from candor.records.judge import Judged, Verified, judge
from candor.records.matters import (
    Campaign,
    Case,
    Determination,
    Issue,
    Packet,
    PageSignature,
    Receipt,
    Referral,
    Signer,
    Step,
    Submission,
)
from candor.records.order import (
    WAITS_FOR_CERTIFICATE,
    Fork,
    Gap,
    Placed,
    find_forks,
    find_gaps,
    place,
)
from candor.records.root import RootDocument

__all__ = [
    "Campaign",
    "Case",
    "Determination",
    "Issue",
    "Packet",
    "PageSignature",
    "Receipt",
    "Referral",
    "Signer",
    "State",
    "Step",
    "Submission",
    "fold",
]

TOO_EARLY = "It claims an earlier time than an event that it answers."


class State(msgspec.Struct, frozen=True, dict=True):
    """Everything that the events say.

    ``held`` (waiting), ``refused`` (malformed, changed or out of place), ``quarantined``
    (after a revocation) and ``void`` (read, never counted) map event ids to sentences.
    ``logs``: "log/author" -> (highest seq, id), for whoever continues a log.
    """

    directory: Directory
    cases: dict[str, Case]
    held: dict[str, str]
    refused: dict[str, str]
    quarantined: dict[str, str]
    void: dict[str, str]
    forks: tuple[Fork, ...]
    gaps: tuple[Gap, ...]
    logs: dict[str, tuple[int, str]]
    claims: dict[str, str]
    """Event id -> the time its author claims, for every event that can be read."""

    def next_place(self, case: str, identity: Identity) -> tuple[int, str]:
        """The ``seq`` and ``prev`` of the next event in this identity's log of a case."""
        log = chain.log_id(case, identity.signing.public, identity.incarnation)
        seq, last = self.logs.get(f"{log}/{identity.key_id}", (0, ""))
        return seq + 1, last

    def earliest(self, deps: Iterable[str]) -> datetime | None:
        """The instant (UTC) before which an answer to those events would be void."""
        return max((as_utc(self.claims[d]) for d in deps if d in self.claims), default=None)

    def project(self) -> bytes:
        """Everything as RFC 8785 bytes: two vaults agree when these are equal."""
        return codec.encode(self._builtins)

    @cached_property
    def _builtins(self) -> dict[str, Any]:
        names = [n for n in self.__struct_fields__ if n != "directory"]
        plain = {n: msgspec.to_builtins(getattr(self, n)) for n in names}
        return {"directory": self.directory.to_builtins(), **plain}


def fold(
    events: Iterable[tuple[SignedEvent, Body | None]],
    root: RootDocument,
    verified: Verified | None = None,
) -> State:
    """The state that ``events`` tell under a trusted root (any version of it).

    ``verified`` remembers what was verified before and learns what is verified now; without
    it every signature and body is checked. The result never depends on it.
    """
    verified = Verified() if verified is None else verified
    known, refused = judge(events, root, verified)
    people = fold_judged(known, root, verified)
    others = {e: j for e, j in known.items() if j.header.case != root.directory}
    placed = place(others, _certified(people.directory), people.placed.depth)
    readable = {e: others[e] for e in placed.order}
    quarantined = people.revoked.quarantined(readable)
    early = _too_early(readable, known)
    cases, void, forks = _fold_cases(
        readable, {**early, **quarantined}, _forks_of(others, placed), Authority(people.directory)
    )
    return State(
        directory=people.directory,
        cases=cases,
        held={**people.placed.held, **placed.held},
        refused={**refused, **people.placed.refused, **placed.refused},
        quarantined={**people.quarantined, **quarantined},
        void={**people.void, **{e: r for e, r in void.items() if e not in quarantined}},
        forks=tuple(sorted((*people.forks, *forks), key=_fork_order)),
        gaps=find_gaps(j for j in known.values() if j.signed),
        logs=_logs(known, {**people.placed.refused, **placed.refused}),
        claims={e: known[e].header.claimed_at for e in (*people.placed.order, *placed.order)},
    )


def _certified(directory: Directory) -> set[str]:
    root = {key_id(bytes.fromhex(k.ed25519)) for k in directory.root.keys}
    return root | {c.key_id for c in directory.certificates()}


def _forks_of(others: Mapping[str, Judged], placed: Placed) -> tuple[Fork, ...]:
    """Forks among events whose author is certified; held ones are evidence too."""
    waiting = {e for e, why in placed.held.items() if why == WAITS_FOR_CERTIFICATE}
    return find_forks(j for e, j in others.items() if e not in waiting and e not in placed.refused)


def _too_early(readable: Mapping[str, Judged], known: Mapping[str, Judged]) -> dict[str, str]:
    """The events that claim a time before that of an event they depend on."""
    times = {e: as_utc(j.header.claimed_at) for e, j in known.items()}
    return {
        e: TOO_EARLY
        for e, j in readable.items()
        if any(times[e] < times[dep] for dep in j.header.deps)
    }


def _fold_cases(
    readable: Mapping[str, Judged],
    outside: Mapping[str, str],
    forks: Iterable[Fork],
    authority: Authority,
) -> tuple[dict[str, Case], dict[str, str], list[Fork]]:
    by_case: dict[str, list[Judged]] = {}
    for judged in readable.values():
        by_case.setdefault(judged.header.case, []).append(judged)
    forks_in: dict[str, list[Fork]] = {}
    for fork in forks:
        forks_in.setdefault(fork.case, []).append(fork)
    cases: dict[str, Case] = {}
    void: dict[str, str] = {}
    settled: list[Fork] = []
    for case, events in by_case.items():
        reasons = {j.id: outside[j.id] for j in events if j.id in outside}
        cases[case], found, heard = fold_case(
            case, events, reasons, forks_in.pop(case, ()), authority
        )
        void.update(found)
        settled.extend(heard)
    settled.extend(fork for left in forks_in.values() for fork in left)
    return cases, void, settled


def _fork_order(fork: Fork) -> tuple[str, str, str, int]:
    return fork.case, fork.author, fork.log, fork.seq


def _logs(known: Mapping[str, Judged], apart: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """The end of every log, held events included; where a fork leaves two, the smaller id."""
    ends: dict[str, tuple[int, str]] = {}
    for event, judged in known.items():
        head = judged.header
        if not judged.signed or event in apart:
            continue
        name = f"{head.log}/{head.author}"
        seq, last = ends.get(name, (0, ""))
        if head.seq > seq or (head.seq == seq and event < last):
            ends[name] = (head.seq, event)
    return ends
