"""Quarantine: what a revoked key signed beyond the last events that are still believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from candor.records.acts import AcceptedHead, RevokeAct
from candor.records.judge import Judged

QUARANTINED = "Its author's key was revoked, and it is not among the events still believed."


class Revoked:
    """Revoked keys and, for each, the accepted heads of all its revocations together."""

    def __init__(self, acts: Iterable[RevokeAct]) -> None:
        self._heads: dict[str, set[AcceptedHead]] = {}
        for act in acts:
            self._heads.setdefault(act.key_id, set()).update(act.heads)

    def concerns(self, judged: Judged) -> bool:
        """Whether that event's author has a revoked key."""
        return judged.header.author in self._heads

    def quarantined(self, events: Mapping[str, Judged]) -> dict[str, str]:
        """Of those events, the ones of a revoked key that no accepted head leads back to.

        Until an accepted head has itself arrived, what precedes it stays in quarantine.
        """
        if not self._heads:
            return {}
        believed: set[str] = set()
        for key, heads in self._heads.items():
            for head in heads:
                believed |= _behind(head, key, events)
        return {
            e: QUARANTINED
            for e, j in events.items()
            if j.header.author in self._heads and e not in believed
        }


def _behind(head: AcceptedHead, key: str, events: Mapping[str, Judged]) -> set[str]:
    """The head and everything before it in its log, as far as it is here."""
    found: set[str] = set()
    judged = events.get(head.id)
    if judged is None or (judged.header.log, judged.header.seq) != (head.log, head.seq):
        return found
    while judged is not None and judged.header.author == key and judged.id not in found:
        found.add(judged.id)
        judged = events.get(judged.header.prev)
    return found
