"""The full check of everything stored, for the background and before a case is signed on.

Opening compares only heads. The walk reads every row: that events are what was signed, that
bodies fit them, that nothing is missing or came back, and, given keys, that signatures hold.
It reads in pages and lets others work in between; what then looks wrong is counted once more
with everybody waiting, so that a change in mid-walk is no finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from candor.clock import Tick, no_tick
from candor.vault.ledger import Ledger
from candor.vault.readings import INDEXES, PAGE, Finding, Index, PublicKey, Reader, Sums
from candor.vault.refusals import VaultDamaged
from candor.vault.room import Room

__all__ = ["Finding", "PublicKey", "Walk"]


class Walk(Room):
    """Checks that read rows."""

    def walk(
        self, tick: Tick = no_tick, public_key: PublicKey | None = None
    ) -> tuple[Finding, ...]:
        """Check everything; () means that all is as it was written. Raises Cancelled from tick."""
        reader = Reader(self._database, self._ledger, public_key)
        findings = self._walk_events(reader, tick)
        for log, read in reader.others().items():
            tick(f"Checking {log[1:]}", 0, 1)
            findings += self._check_set(log, reader, read)
        for index in INDEXES:
            tick("Checking indexes", 0, 1)
            findings += self._check_index(reader, index)
        tick("Checking pages", 0, 1)
        return (*findings, *self._check_pages())

    def verify_case(self, case: str, public_key: PublicKey | None = None) -> tuple[Finding, ...]:
        """Check one case before something is signed, exported or approved on it."""
        reader = Reader(self._database, self._ledger, public_key)
        sums: dict[str, Sums] = defaultdict(Sums)
        with self._database.lock:
            try:
                for _ in reader.events(sums, case=case):
                    pass
            except VaultDamaged as error:
                return (*reader.findings, Finding("page", case, error.message))
            heads = self._ledger.heads(case)
            logs = sorted(heads.keys() | sums.keys())
            wrong = [_missing(log) for log in logs if not sums[log].fits(heads.get(log))]
        return (*reader.findings, *wrong)

    def _walk_events(self, reader: Reader, tick: Tick) -> list[Finding]:
        total = max(1, self._ledger.state.events)
        sums: dict[str, Sums] = defaultdict(Sums)
        try:
            for done in reader.events(sums):
                if done % PAGE == 0:
                    tick("Checking records", min(done, total), total)
            heads = {log: h for log, h in self._ledger.heads().items() if not log.startswith("#")}
            logs = sorted(heads.keys() | sums.keys())
            doubtful = [log for log in logs if not sums[log].fits(heads.get(log))]
            wrong = [log for log in doubtful if not self._log_fits(reader, self._ledger, log)]
        except VaultDamaged as error:
            return [*reader.findings, Finding("page", "events", error.message)]
        return [*reader.findings, *map(_missing, wrong)]

    def _log_fits(self, reader: Reader, ledger: Ledger, log: str) -> bool:
        with self._database.lock:  # nobody writes now: what differs here really differs
            head = ledger.head(log)
            return head is not None and reader.log(log, head.case).fits(head)

    def _check_set(self, log: str, reader: Reader, read: Callable[[], Sums]) -> list[Finding]:
        reader.findings.clear()
        try:
            if read().fits(self._ledger.head(log)) and not reader.findings:
                return []
            with self._database.lock:
                reader.findings.clear()
                fits = read().fits(self._ledger.head(log))
                return [*reader.findings, *(() if fits else (_missing(log),))]
        except VaultDamaged as error:
            return [Finding("page", log, error.message)]

    def _check_index(self, reader: Reader, index: Index) -> list[Finding]:
        try:
            if reader.index_fits(index):
                return []
            with self._database.lock:
                fits = reader.index_fits(index)
        except VaultDamaged as error:
            return [Finding("page", index.name, error.message)]
        return [] if fits else [_missing(index.name)]

    def _check_pages(self) -> list[Finding]:
        """Authenticate every page of the file, also unused ones, and how they hang together."""
        try:
            faults = self._database.long_rows("PRAGMA cipher_integrity_check")
            told = self._database.long_rows("PRAGMA integrity_check(10)")
        except VaultDamaged as error:
            return [Finding("page", "file", error.message)]
        faults += [row for row in told if row != ("ok",)]
        return [Finding("page", "file", "A page of the vault's file is damaged.") for _ in faults]


def _missing(log: str) -> Finding:
    return Finding("ledger", log, "Records are missing here, or an older state came back.")
