"""A case while it is being read: what is known so far, and what does not count and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import msgspec

from candor.policy.terms import Office
from candor.records.authority import Authority
from candor.records.codec import RecordRefused
from candor.records.committee_parts import ItemPart
from candor.records.cosigning import CoSigning
from candor.records.events import EventType
from candor.records.items import read_items
from candor.records.judge import Judged
from candor.records.matter_parts import ClosedDay, MatterPart, NoticePart
from candor.records.matters import (
    Audience,
    Campaign,
    Case,
    Issue,
    Receipt,
    Referral,
    Submission,
)
from candor.records.order import parents

NOT_HERE = "Its content is not in this vault."
NOT_SECRETARY = "Its author was not the secretary then."
NO_LONGER_SECRETARY = (
    "The directory has since recorded that its author was not the secretary on that day."
)
QUESTIONNAIRE = "questionnaire"
_T = TypeVar("_T", bound=msgspec.Struct)


@dataclass
class Working:
    """A case while it is being read. ``void`` says why an event does not count; ``items`` are
    the committee's cases that are here, by id."""

    id: str
    events: tuple[Judged, ...]
    void: dict[str, str]
    authority: Authority
    items: Mapping[str, Case] = field(default_factory=dict)
    kind: str = "unknown"
    subject: str = ""
    contested: bool = False
    audience: Audience = field(default_factory=Audience)
    opened_to: tuple[str, ...] = ()
    campaign: Campaign | None = None
    campaign_id: str = ""
    issued: Issue | None = None
    issued_event: str = ""
    submissions: dict[str, Submission] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    matter: MatterPart | None = None
    item: ItemPart | None = None
    chair: str = ""
    notice: NoticePart | None = None
    closed_days: list[ClosedDay] = field(default_factory=list)
    cosigning: CoSigning | None = None
    forked: str = ""

    @property
    def matter_kind(self) -> str:
        """The kind of matter, as absences name it."""
        return self.matter.matter if self.matter is not None else QUESTIONNAIRE

    @cached_property
    def by_id(self) -> dict[str, Judged]:
        """The case's events that can be read."""
        return {judged.id: judged for judged in self.events}

    def knows(self, judged: Judged) -> frozenset[str]:
        """The events of this case that stand behind an event: what its author knew."""
        found: set[str] = set()
        stack = list(parents(judged))
        while stack:
            event = stack.pop()
            if event in self.by_id and event not in found:
                found.add(event)
                stack.extend(parents(self.by_id[event]))
        return frozenset(found)

    def each(self, kind: EventType) -> Iterable[Judged]:
        """The events of one type that count so far, in order."""
        for judged in self.events:
            if judged.header.type == kind and judged.id not in self.void:
                yield judged

    def read(self, judged: Judged, kind: type[_T]) -> _T | None:
        """The items of an event; None, with the reason noted, where they cannot be read."""
        try:
            if judged.body is None:
                raise RecordRefused(NOT_HERE)
            return read_items(judged.body, kind)
        except RecordRefused as refusal:
            self.void[judged.id] = refusal.message
            return None

    def author(self, judged: Judged) -> str:
        """The id of the event's author."""
        return self.authority.author(judged)

    def secretary_fault(self, judged: Judged) -> str:
        """Why an event is not the secretary's word; '' if it is.

        A former secretary could name an old directory for ever: what is known since counts too.
        """
        if not self.authority.is_secretary(judged):
            return NOT_SECRETARY
        lasting = self.authority.still_holds(judged, Office.SECRETARY)
        return "" if lasting else NO_LONGER_SECRETARY

    def widen(self, offices: Iterable[str], people: Iterable[str]) -> None:
        """Add to the audience; nothing ever takes away from it."""
        self.audience = Audience(
            self.audience.name,
            tuple(sorted({*self.audience.offices, *offices} - {""})),
            tuple(sorted({*self.audience.people, *people} - {""})),
        )
