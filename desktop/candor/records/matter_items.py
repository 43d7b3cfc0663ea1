"""The items of matter, notice and calendar events (schema 1), read strictly into types."""

from __future__ import annotations

from typing import Any

import msgspec

from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.records.codec import RecordRefused
from candor.records.conditions import Condition
from candor.records.dates import is_date
from candor.records.matter_parts import Link, Named
from candor.records.matters import Audience, BodyResult, MaterialDeparture


class FiledItems(msgspec.Struct, frozen=True):
    """matter.filed, without its answers. ``supersedes``: the version that this one amends, with
    the ``reason``; ``request``: the question of a decider that it answers; ``pack``: the digest of
    the code pack under which it is filed."""

    form: str
    form_id: str
    matter: str
    audience: Audience
    meaning: str = ""
    name: str = ""
    consent: str = ""
    language: str = ""
    supersedes: str = ""
    reason: str = ""
    request: str = ""
    links: tuple[Link, ...] = ()
    pack: str = ""
    context: dict[str, Any] = {}

    def __post_init__(self) -> None:
        if not self.matter:
            raise ValueError


class WithdrawnItems(msgspec.Struct, frozen=True):
    """matter.withdrawn."""

    reason: str


class RetiredItems(msgspec.Struct, frozen=True):
    """matter.retired: what was disclosed ended on that ISO date."""

    ended_on: str
    reason: str = ""

    def __post_init__(self) -> None:
        _dated(self.ended_on)


class RoutedItems(msgspec.Struct, frozen=True):
    """matter.routed: where the rules (``pack``: their digest; ``row``: the row) send the matter.

    For a body, ``office`` is its chair's role, ``member`` its members' role and ``people`` the
    members who are not concerned: the matter opens to them by name, never by an office, so
    that one who is recused receives nothing. ``allowed``: kinds of decision; none names all.
    """

    office: str
    person: str = ""
    reason: str = ""
    clause: str = ""
    row: str = ""
    pack: str = ""
    body: str = ""
    member: str = ""
    people: tuple[str, ...] = ()
    deciders: tuple[Named, ...] = ()
    information: tuple[str, ...] = ()
    allowed: tuple[DecisionKind, ...] = ()
    due: str = ""

    def __post_init__(self) -> None:
        if not self.office or (self.body and not self.people):
            raise ValueError
        _dated(self.due, optional=True)


class RuledItems(msgspec.Struct, frozen=True):
    """matter.ruled."""

    about: RulingAbout
    holds: bool
    reason: str
    office: str
    name: str = ""


class RequestedItems(msgspec.Struct, frozen=True):
    """matter.info_requested."""

    text: str
    office: str
    due: str = ""

    def __post_init__(self) -> None:
        _dated(self.due, optional=True)


class DecidedItems(msgspec.Struct, frozen=True):
    """matter.decided. ``in_absence_of``: the office that a signed absence lets it stand in for;
    ``body`` with ``resolution``: a committee or the Board decided, and its chair signs."""

    kind: DecisionKind
    office: str
    reason: str = ""
    conditions: tuple[Condition, ...] = ()
    material_departure: MaterialDeparture | None = None
    meaning: str = ""
    name: str = ""
    clause: str = ""
    in_absence_of: str = ""
    body: str = ""
    resolution: BodyResult | None = None
    effective_on: str = ""

    def __post_init__(self) -> None:
        _dated(self.effective_on, optional=True)


class ConditionMetItems(msgspec.Struct, frozen=True):
    """matter.condition_met: condition ``number`` (from 0) of a decision."""

    decision: str
    number: int
    note: str = ""


class DisclosedItems(msgspec.Struct, frozen=True):
    """filing.recorded."""

    decision: str
    route: str
    filed_on: str
    due: str = ""
    keep_until: str = ""
    retain_until: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.route not in {"form_8k", "website"}:
            raise ValueError
        _dated(self.filed_on)
        for day in (self.due, self.keep_until, self.retain_until):
            _dated(day, optional=True)


class ClosedItems(msgspec.Struct, frozen=True):
    """calendar.closed: the SEC was closed on that ISO date besides its holidays."""

    day: str
    reason: str
    audience: Audience = Audience()

    def __post_init__(self) -> None:
        _dated(self.day)


class ServedItems(msgspec.Struct, frozen=True):
    """notice.served: ``directors`` are all the others; ``people`` keep the record beside them."""

    matter: str
    subject: str
    text: str
    directors: tuple[str, ...]
    audience: Audience
    meeting_on: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        _dated(self.meeting_on, optional=True)


class ReceivedItems(msgspec.Struct, frozen=True):
    """notice.received."""

    notice: str
    name: str = ""


def _dated(day: str, *, optional: bool = False) -> None:
    if not (is_date(day) or (optional and not day)):
        raise RecordRefused("This record gives a day that is not a date.")
