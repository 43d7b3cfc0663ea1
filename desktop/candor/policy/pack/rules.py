"""The rows of a pack that say what follows: chains, routes, prohibitions, flags, duties."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta

from candor.policy.conformity import Names
from candor.policy.facts import Matter, RulingAbout
from candor.policy.pack.rows import ClauseNumber, CommitteeId, OfficeId, Row
from candor.policy.terms import DecisionKind, FilerClass, FlagKind, Severity

PredicateName = Annotated[str, Meta(extra={"names": Names.PREDICATE})]
ChainId = Annotated[str, Meta(extra={"names": Names.CHAIN})]
Example = dict[str, Any]
"""Facts that differ from the pack's cast; `candor.policy.examples` completes them."""


class Step(Row, frozen=True):
    """One step of a chain: an office, or a body that decides by vote.

    ``reason`` is printed where the step decides. An office is passed over when it is vacant,
    when its holder signed an absence, or when its holder may not decide this case.
    """

    reason: str
    clause: ClauseNumber
    office: OfficeId = ""
    body: CommitteeId = ""


class Chain(Row, frozen=True):
    """Offices in order; ``then`` goes on with another chain.

    A chain may end: ``end`` then says what the filer waits for or can do instead.
    ``deputy``: whether an office that the Board named to act may stand in at the end.
    """

    id: str
    title: str
    step: tuple[Step, ...]
    then: ChainId = ""
    end: str = ""
    deputy: bool = False


class Rule(Row, frozen=True, kw_only=True):
    """What every rule looks at. An empty list means: whatever it may be.

    ``filers``: classes on the day; ``offices``: the filer holds one of them; ``named``: every
    person whom a concern names holds one of them; ``when``: conditions that all hold;
    ``unless``: conditions of which none holds.
    """

    id: str
    matters: tuple[Matter, ...] = ()
    filers: tuple[FilerClass, ...] = ()
    offices: tuple[OfficeId, ...] = ()
    named: tuple[OfficeId, ...] = ()
    when: tuple[PredicateName, ...] = ()
    unless: tuple[PredicateName, ...] = ()
    reason: str
    clause: ClauseNumber
    holds: tuple[Example, ...] = ()
    fails: tuple[Example, ...] = ()


class By(StrEnum):
    """How a route decides, and what ``who`` then lists.

    chain: the first free office of one chain; body: a vote of the first body, the others may
    decide too; joint: one signature from each of several chains; any_of: any one of several
    offices; chosen: the offices that the filer picked among these; record: nothing is decided,
    the first free office of a chain notes it; notice: served on every member of a body.
    """

    CHAIN = "chain"
    BODY = "body"
    JOINT = "joint"
    ANY_OF = "any_of"
    CHOSEN = "chosen"
    RECORD = "record"
    NOTICE = "notice"


class Route(Rule, frozen=True, kw_only=True):
    """Who decides. The first row that matches counts, so a row's place is part of the rule.

    ``who``: see `By`; a body may be "setting.NAME". ``distinct``: one person signs once only.
    ``always``: with chosen, offices that are told whatever was picked. ``otherwise``: the chain
    that serves where all of ``who`` are excluded. ``ruling``: what must be settled in writing
    first, by the chain ``ruling_by``. ``recommends``, ``certifies``: offices or a chain beside
    the deciders. ``inform``: bodies that get an information item, offices that get a copy.
    ``prior``: approval is needed before the conduct begins. ``subordinates``: whether somebody who
    works for the filer may act too, where nothing is approved by it.
    """

    by: By
    who: tuple[str, ...]
    distinct: bool = True
    always: tuple[OfficeId, ...] = ()
    otherwise: ChainId = ""
    ruling: RulingAbout | None = None
    ruling_by: ChainId = ""
    recommends: tuple[str, ...] = ()
    certifies: ChainId = ""
    inform: tuple[str, ...] = ()
    prior: bool = False
    subordinates: bool = False
    decisions: tuple[DecisionKind, ...] = ()


class WaivableBy(StrEnum):
    """How a prohibited thing can still become possible.

    nobody: not at all; waiver: by a waiver; written_decline: once the Company declined in
    writing; signed_basis: once the named offices signed a written legal basis.
    """

    NOBODY = "nobody"
    WAIVER = "waiver"
    WRITTEN_DECLINE = "written_decline"
    SIGNED_BASIS = "signed_basis"


class Prohibition(Rule, frozen=True, kw_only=True):
    """What nobody may approve. A row without ``when`` holds where facts name its id.

    ``remedy``: what to do instead, in plain words. ``record_allowed``: whether what happened
    can still be put on record (returned, refused, handed over). ``law``: whether a law forbids
    it too.
    """

    title: str
    waivable_by: WaivableBy
    remedy: str
    record_allowed: bool = True
    law: bool = False


class FlagRow(Rule, frozen=True, kw_only=True):
    """What somebody should look at; every row that matches is raised."""

    code: FlagKind
    severity: Severity


class DueFrom(StrEnum):
    """The day from which a duty's time runs."""

    FILED = "filed"
    DECIDED = "decided"
    EVENT = "event"
    BEGINS = "begins"
    DUE_BACK = "due_back"
    CALENDAR_YEAR = "calendar_year"
    DUE_ON = "due_on"


class DutyRow(Rule, frozen=True, kw_only=True):
    """What must be done; ``reason`` says why. Every row that matches is a duty.

    ``runs_from`` with ``business_days`` (of the SEC) or ``days`` gives the date; each may be
    "setting.NAME". ``clock``: due with the four-business-day clock. ``words``: the time in
    words, where no date can be known, e.g. at the next regular meeting. ``who``: an office.
    """

    what: str
    who: OfficeId = ""
    runs_from: DueFrom | None = None
    business_days: int | str | None = None
    days: int | str | None = None
    words: str = ""
    clock: bool = False
