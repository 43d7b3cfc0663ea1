"""What a case holds once its events are read: typed, frozen, ready to show.

Everything that does not count stays, with ``void`` saying in a sentence why; '' counts.
"""

from __future__ import annotations

from typing import Any, TypedDict

import msgspec

from candor.forms.answers import Answer
from candor.forms.kinds import Value
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart
from candor.records.conditions import Condition
from candor.records.cosigning import CoSigning
from candor.records.dates import is_date
from candor.records.matter_parts import ClosedDay, Link, MatterPart, Named, NoticePart

SIGNS_JOINTLY = "signs_jointly"
"""The part of a decider who decides only together with the others of that part."""


REFUSALS = frozenset({DecisionKind.DISAPPROVAL.value, DecisionKind.WAIVER_DENIED.value})
"""Decisions that say no: one of them refuses what several must allow together."""


class Audience(msgspec.Struct, frozen=True):
    """Who may have a case: offices, and people by id."""

    name: str = ""
    offices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Campaign(msgspec.Struct, frozen=True):
    """A round of questionnaires. Dates are ISO 8601; ``form`` is the form's digest (hex)."""

    title: str
    form: str
    form_id: str
    opens: str
    due: str
    fiscal_year_end: str
    determination_date: str
    people: tuple[str, ...] = ()
    committee: str = ""
    meeting_on: str = ""


class LastAnswer(TypedDict):
    """What was answered to a question last year, and the instant at which it was signed."""

    answer: Answer
    signed_at: str


class Issue(msgspec.Struct, frozen=True):
    """One person's questionnaire, as the secretary issued it."""

    campaign: str
    person: str
    form: str
    form_id: str
    due: str = ""
    opens: str = ""
    title: str = ""
    fiscal_year_end: str = ""
    determination_date: str = ""
    attributes: tuple[str, ...] = ()
    filer: dict[str, Any] = {}
    settings: dict[str, int | str | bool] = {}
    facts: dict[str, Value] = {}
    last_year: dict[str, LastAnswer] = {}


class Submission(msgspec.Struct, frozen=True):
    """Answers as their author signed them for one audience. ``here``: the content is in this
    vault. ``superseded_by``: the later submission that replaces it, or ''. Of a filed matter:
    ``reason`` for an amendment, the ``request`` that it answers, ``links`` to other cases, and
    the digest of the ``pack`` under which it was filed."""

    event: str
    person: str
    claimed_at: str
    form: str = ""
    form_id: str = ""
    campaign: str = ""
    audience: str = ""
    answers: dict[str, Answer] = {}
    supersedes: str = ""
    superseded_by: str = ""
    meaning: str = ""
    name: str = ""
    consent: str = ""
    language: str = ""
    context: dict[str, Any] = {}
    here: bool = True
    void: str = ""
    matter: str = ""
    reason: str = ""
    request: str = ""
    links: tuple[Link, ...] = ()
    pack: str = ""


class Receipt(msgspec.Struct, frozen=True):
    """The secretary witnesses that ``of`` arrived at ``received_at``, as case ``number``."""

    event: str
    of: str
    number: str
    received_at: str
    person: str


class Referral(msgspec.Struct, frozen=True):
    """Questions, or a whole matter where there are none, sent to an office for decision; its
    holder's id as then known.

    Of a matter: the ``row`` of the ``pack`` (digest) that sends it; the ``body`` whose chair has
    ``office``, whose members have the role ``member`` and take part as ``people``; everybody
    named on the route; the kinds of decision that it allows (none: all); ``replaced_by``: a
    later route that knows of this one.
    """

    event: str
    questions: tuple[str, ...]
    office: str
    person: str
    reason: str
    clause: str
    by: str
    claimed_at: str
    row: str = ""
    pack: str = ""
    body: str = ""
    member: str = ""
    people: tuple[str, ...] = ()
    deciders: tuple[Named, ...] = ()
    information: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    due: str = ""
    replaced_by: str = ""

    @property
    def joint(self) -> tuple[str, ...]:
        """The offices that must all sign, where one is not enough."""
        return tuple(d.office for d in self.deciders if d.part == SIGNS_JOINTLY)


class MaterialDeparture(msgspec.Struct, frozen=True, rename={"is_departure": "is"}):
    """Whether what was allowed departs materially from the Code (Form 8-K Item 5.05)."""

    is_departure: bool
    reason: str = ""


class BodyResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The resolution that a body's decision rests on: the item's case, the event that the chair
    signed, and what it states. ``held_on``: the day of the meeting, or of the last signature
    under a written consent (ISO), which starts the clock of a waiver."""

    item: str
    event: str
    outcome: str
    votes_for: int
    votes_against: int
    abstained: int = 0
    held_on: str = ""

    def __post_init__(self) -> None:
        if self.held_on and not is_date(self.held_on):
            raise ValueError


class Determination(msgspec.Struct, frozen=True):
    """One decision on one question, or on a whole matter.

    ``office`` is the office acted in, ``absent`` the one it stood in for under a signed absence;
    ``submission`` the answers decided on; a condition maps ``text``, ``owner`` and ``due`` (ISO
    date or ''). ``caution`` names a doubt that leaves the decision counting. ``replaced_by``: a
    later decision that knew of this one; ``conflicts``: decisions that say something else and
    knew nothing of this one, nor it of them.
    """

    event: str
    person: str
    claimed_at: str
    question: str = ""
    kind: str = ""
    reason: str = ""
    conditions: tuple[Condition, ...] = ()
    office: str = ""
    material_departure: MaterialDeparture | None = None
    meaning: str = ""
    name: str = ""
    submission: str = ""
    void: str = ""
    caution: str = ""
    clause: str = ""
    absent: str = ""
    body: str = ""
    resolution: BodyResult | None = None
    effective_on: str = ""
    route: str = ""
    replaced_by: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it counts and no later decision replaces it."""
        return not self.void and not self.replaced_by


class Signer(msgspec.Struct, frozen=True):
    """Who is to sign a packet, in which office, in which field, meaning what."""

    person: str
    office: str
    field: str
    meaning: str = ""


class PageSignature(msgspec.Struct, frozen=True):
    """That a field of a packet was signed; digests (hex SHA-256) of the file before and after."""

    event: str
    person: str
    claimed_at: str
    field: str = ""
    digest_before: str = ""
    digest_after: str = ""
    void: str = ""


class Packet(msgspec.Struct, frozen=True):
    """A compiled packet; ``digest`` is the SHA-256 (hex) of its unsigned bytes. ``branched``:
    two signatures were put on one state of the file, so that one of them must be undone."""

    event: str
    packet: str
    kind: str
    version: int
    digest: str
    pages: int
    claimed_at: str
    person: str
    signers: tuple[Signer, ...] = ()
    cases: tuple[str, ...] = ()
    signatures: tuple[PageSignature, ...] = ()
    branched: bool = False


class Step(msgspec.Struct, frozen=True):
    """One event of a case in its place. ``standing`` is '' or why it does not count."""

    event: str
    type: str
    person: str
    claimed_at: str
    standing: str


class Case(msgspec.Struct, frozen=True):
    """A case, as its events tell it.

    ``kind``: ``campaign``, ``questionnaire``, ``packet``, ``sealed`` (answers for an audience
    of their own), ``matter``, ``item`` (before a committee), ``notice``, ``calendar``,
    ``root`` (what the root's officers sign together) or ``unknown``; ``subject``: the id of the
    person whose matter it is; ``campaign``: the campaign's case id. ``submissions`` are the
    answers that stand, oldest first; ``set_aside`` the ones that do not count. ``forked`` is ''
    or why approvals have
    stopped. ``heads`` are the events here that no other event of the case names.
    """

    id: str
    kind: str = "unknown"
    subject: str = ""
    audience_name: str = ""
    audience_offices: tuple[str, ...] = ()
    audience_people: tuple[str, ...] = ()
    campaign: str = ""
    campaign_info: Campaign | None = None
    issued: Issue | None = None
    issued_event: str = ""
    submissions: tuple[Submission, ...] = ()
    set_aside: tuple[Submission, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    number: str = ""
    referrals: tuple[Referral, ...] = ()
    determinations: tuple[Determination, ...] = ()
    packets: tuple[Packet, ...] = ()
    matter: MatterPart | None = None
    item: ItemPart | None = None
    notice: NoticePart | None = None
    closed_days: tuple[ClosedDay, ...] = ()
    cosigning: CoSigning | None = None
    forked: str = ""
    heads: tuple[str, ...] = ()
    timeline: tuple[Step, ...] = ()

    @property
    def standing(self) -> tuple[Submission, ...]:
        """The submissions that no later one replaces: more than one only after a fork or a
        signing on two machines."""
        return tuple(s for s in self.submissions if not s.superseded_by)

    def standing_on(self, question: str) -> tuple[Determination, ...]:
        """The decisions on a question ('' for the whole matter) that no later one replaces."""
        return tuple(d for d in self.determinations if d.question == question and d.stands)

    def determination(self, question: str) -> Determination | None:
        """The decision that stands on a question; None while decisions contradict each other,
        and while somebody who must sign with the others has not."""
        found = self.standing_on(question)
        if not found or any(d.conflicts for d in found):
            return None
        refused = [d for d in found if d.kind in REFUSALS]
        joint = set(self.route.joint) if self.route and not question else set()
        signed = {office for d in found for office in (d.office, d.absent)}
        return (refused or found)[-1] if refused or joint <= signed else None

    @property
    def route(self) -> Referral | None:
        """Where the whole matter lies; None before it is routed, or while two routes that do
        not know of each other send it to different places."""
        found = [r for r in self.referrals if not r.questions and not r.replaced_by]
        places = {(r.office, r.person, r.body) for r in found}
        return found[-1] if len(places) == 1 else None

    def receipt(self, event: str) -> Receipt | None:
        """The first receipt given for an event."""
        return next((r for r in self.receipts if r.of == event), None)
