"""What was verified before, remembered in the vault, so that unlocking need not do it again.

Events never change once stored, so a mark stays true for ever: an older set of marks only makes
opening slower. The marks stand in the encrypted database beside the events they speak of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from candor.records.judge import Verified
from candor.vault.store import Vault

NAME = "verified"


class Marks(msgspec.Struct):
    """``upto``: the signature of every event before that place of arrival held, except
    ``unsigned`` (ids). ``acts``: by event id, which root keys signed a directory act."""

    upto: int = 0
    unsigned: set[str] = set()
    acts: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, vault: Vault) -> Marks:
        """What the vault remembers; nothing where it remembers nothing readable."""
        data = vault.projection(NAME)
        try:
            return msgspec.json.decode(data, type=Marks) if data else cls()
        except msgspec.DecodeError:
            return cls()  # a later version's marks: verify again

    def covers(self, place: int, event: str) -> bool:
        """Whether the signature of the event at that place was found good."""
        return place < self.upto and event not in self.unsigned

    def recall_acts(self, verified: Verified) -> None:
        """Hand over which keys signed each act."""
        verified.acts.update({event: frozenset(keys) for event, keys in self.acts.items()})

    def save(
        self, vault: Vault, events: Sequence[str], directory: Iterable[str], verified: Verified
    ) -> None:
        """Remember what is verified now, if it is more than before. Raises NotSaved."""
        unsigned = {event for event in events if event not in verified.signatures}
        if (self.upto, self.unsigned) == (len(events), unsigned):
            return
        self.upto, self.unsigned = len(events), unsigned
        known = verified.acts
        self.acts = {event: tuple(sorted(known[event])) for event in directory if event in known}
        vault.set_projection(NAME, msgspec.json.encode(self))
