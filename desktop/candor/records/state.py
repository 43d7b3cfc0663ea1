"""Everything that a set of events says, at one moment; two vaults agree when these are equal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from candor.clock import as_utc
from candor.keys.identity import Identity
from candor.records import chain, codec
from candor.records.directory import Directory
from candor.records.logbook import Fork, Gap
from candor.records.matters import Case


class State(msgspec.Struct, frozen=True):
    """The cases and the directory, and what became of every event that does not simply count.

    ``held`` (waiting), ``refused`` (malformed, changed or out of place), ``quarantined``
    (after a revocation) and ``void`` (read, never counted) map event ids to sentences.
    ``logs``: "log/author" -> (highest seq, id). ``claims``: event id -> the time that its
    author claims, for every event that can be read.
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

    def next_place(self, case: str, identity: Identity) -> tuple[int, str]:
        """The ``seq`` and ``prev`` of the next event in this identity's log of a case."""
        log = chain.log_id(case, identity.signing.public, identity.incarnation)
        seq, last = self.logs.get(f"{log}/{identity.key_id}", (0, ""))
        return seq + 1, last

    def earliest(self, deps: Iterable[str]) -> datetime | None:
        """The instant (UTC) before which an answer to those events would be void."""
        return max((as_utc(self.claims[d]) for d in deps if d in self.claims), default=None)

    def project(self) -> bytes:
        """Everything as RFC 8785 bytes."""
        names = [n for n in self.__struct_fields__ if n != "directory"]
        plain = {n: msgspec.to_builtins(getattr(self, n)) for n in names}
        return codec.encode({"directory": self.directory.to_builtins(), **plain})
