"""What an approval asks for, read strictly: a condition that nobody can read is none."""

from __future__ import annotations

import msgspec

from candor.records.dates import is_date


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``owner``: a person's id or name, '' for the filer; ``due``: an ISO date, or ''."""

    text: str
    owner: str
    due: str

    def __post_init__(self) -> None:
        if not self.text.strip() or (self.due and not is_date(self.due)):
            raise ValueError
