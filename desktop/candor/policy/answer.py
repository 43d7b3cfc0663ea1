"""What the rules answer for the facts of one matter: closed, and explained field by field."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from candor.policy.audit_committee import AuditCommittee
from candor.policy.boards import Competing, Seats
from candor.policy.bright_lines import BrightLines
from candor.policy.deadlines import Clock, Covered, ImplicitWaiver
from candor.policy.facts import Matter, RulingAbout
from candor.policy.facts.base import means
from candor.policy.gifts import Received
from candor.policy.gifts_given import Given
from candor.policy.pack.rules import WaivableBy
from candor.policy.quorum import Quorum
from candor.policy.related import RptAssessment
from candor.policy.section16 import Section16
from candor.policy.terms import DecisionKind, FilerClass, FlagKind, Severity


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Answers are complete: a field that does not apply is empty, never left out."""


class Status(StrEnum):
    """What happens next.

    blocked: nobody may approve it; decide: the deciders decide; record: nothing is decided, it is
    noted; receive: the deciders receive a report; serve: a notice goes to every other member;
    wait: nobody may decide now, and the explanation says what can be done.
    """

    BLOCKED = "blocked"
    DECIDE = "decide"
    RECORD = "record"
    RECEIVE = "receive"
    SERVE = "serve"
    WAIT = "wait"


class Part(StrEnum):
    """What somebody does in the case.

    rules_first: signs a ruling before anything else; decides: decides alone, or as a body;
    signs_jointly: decides together with the others of this part; decides_any: any one of those
    with this part; recommends: prepares or recommends; certifies: certifies what a body decided,
    or that the law allows it; notes: puts it on record; receives: reads a report; serves: is
    served with a notice.
    """

    RULES_FIRST = "rules_first"
    DECIDES = "decides"
    SIGNS_JOINTLY = "signs_jointly"
    DECIDES_ANY = "decides_any"
    RECOMMENDS = "recommends"
    CERTIFIES = "certifies"
    NOTES = "notes"
    RECEIVES = "receives"
    SERVED = "served"


class Block(_Answer, frozen=True):
    """A prohibition that stops the matter."""

    rule: Annotated[str, means("The prohibition's id in the pack.")]
    title: Annotated[str, means("Its title.")]
    reason: Annotated[str, means("Why, as printed.")]
    clause: Annotated[str, means("The clause of the Code.")]
    remedy: Annotated[str, means("What to do instead.")]
    waivable_by: Annotated[WaivableBy, means("How it could still become possible.")]
    law: Annotated[bool, means("Whether a law forbids it too.")]
    record_allowed: Annotated[
        bool, means("Whether what happened (returned, refused) can be put on record.")
    ]


class Decider(_Answer, frozen=True):
    """Somebody with a part in the case, in the order in which they act."""

    part: Annotated[Part, means("What they do.")]
    office: Annotated[str, means("The office's id; empty for a body.")]
    person: Annotated[str, means("The person's id; empty for a body, or where nobody is named.")]
    body: Annotated[str, means("The body's id; empty for an office.")]
    title: Annotated[str, means("The office or body as printed.")]
    name: Annotated[str, means("The person's name.")]
    reason: Annotated[str, means("Why them, as printed.")]
    clause: Annotated[str, means("The clause of the Code.")]
    about: Annotated[RulingAbout | None, means("For rules_first: what the ruling settles.")] = None


class Fallback(_Answer, frozen=True):
    """Who decides if the one before cannot."""

    office: Annotated[str, means("The office's id; empty for a body.")]
    person: Annotated[str, means("The person's id, where known.")]
    body: Annotated[str, means("The body's id; empty for an office.")]
    title: Annotated[str, means("The office or body as printed.")]
    only_if: Annotated[str, means("The condition, as printed. Silence is never absence.")]


class Excluded(_Answer, frozen=True):
    """Somebody who may not take part, or an office that is passed over."""

    person: Annotated[str, means("The person's id; empty where an office is vacant.")]
    name: Annotated[str, means("The person's name.")]
    office: Annotated[str, means("The office that was passed over; empty for a body's member.")]
    body: Annotated[str, means("The body in which a member is recused; empty for an office.")]
    reason: Annotated[str, means("Why.")]
    clause: Annotated[str, means("The clause of the Code.")]


class Body(_Answer, frozen=True):
    """The body that decides: who may act, and what a vote needs."""

    id: Annotated[str, means("The body's id in the pack.")]
    title: Annotated[str, means("The body as printed.")]
    members: Annotated[tuple[str, ...], means("Ids of all members that the facts name.")]
    disinterested: Annotated[tuple[str, ...], means("Ids of those who may act.")]
    recused: Annotated[tuple[str, ...], means("Ids of those who may not.")]
    chair: Annotated[str, means("The chair's id, where known.")]
    acting_chair_needed: Annotated[bool, means("Whether the others choose an acting chair.")]
    quorum_needed: Annotated[
        int | None, means("Disinterested members who must be present; null: members not named.")
    ]
    votes_needed: Annotated[int | None, means("Votes in favour that an act needs at least.")]
    can_act: Annotated[bool | None, means("Whether enough disinterested members remain.")]
    written_consent_possible: Annotated[
        bool | None, means("Whether all members could sign a consent; never with a recusal.")
    ]
    escalated_from: Annotated[
        tuple[str, ...], means("Ids of bodies that had too few disinterested members.")
    ]


class InformationItem(_Answer, frozen=True):
    """Who is told, without deciding."""

    to: Annotated[str, means("The body's or office's id.")]
    title: Annotated[str, means("As printed.")]
    person: Annotated[str, means("The person, for an office whose holder is known.")]


class Ruling(_Answer, frozen=True):
    """A ruling that the matter needs before it is decided."""

    about: Annotated[RulingAbout, means("What it settles.")]
    made: Annotated[bool, means("Whether one that counts is on file.")]
    holds: Annotated[bool | None, means("What it says; null while there is none.")]
    by: Annotated[str, means("The id of the person who made it, or who has to make it.")]
    office: Annotated[str, means("The office that rules.")]


class Flag(_Answer, frozen=True):
    """What somebody should look at."""

    id: Annotated[str, means("The row's id in the pack, or the calculator's name for it.")]
    code: Annotated[FlagKind, means("What it is about.")]
    severity: Annotated[Severity, means("How soon.")]
    reason: Annotated[str, means("Why, as printed.")]
    clause: Annotated[str, means("The clause of the Code, or the rule.")]


class Duty(_Answer, frozen=True):
    """What must be done, by whom and by when."""

    id: Annotated[str, means("The row's id in the pack.")]
    what: Annotated[str, means("What to do.")]
    who: Annotated[str, means("The office that does it; empty: the deciders or the filer.")]
    due: Annotated[date | None, means("The day; null where only words can say when.")]
    at: Annotated[str, means("The time of that day and its zone, where one counts.")]
    when: Annotated[str, means("When, in words.")]
    basis: Annotated[str, means("From what the date was counted.")]
    reason: Annotated[str, means("Why.")]
    clause: Annotated[str, means("The clause of the Code.")]


class AttemptState(StrEnum):
    """What a decision that the facts tell of comes to.

    counts: it takes effect; failed: the vote did not carry; pending: something is still missing;
    void: it is kept and has no effect.
    """

    COUNTS = "counts"
    FAILED = "failed"
    PENDING = "pending"
    VOID = "void"


class Attempt(_Answer, frozen=True):
    """Whether a decision counts, and why not."""

    kind: Annotated[DecisionKind, means("What was decided.")]
    counts_as: Annotated[
        DecisionKind, means("What it is: a yes to what had begun is a ratification.")
    ]
    state: Annotated[AttemptState, means("What it comes to.")]
    counts: Annotated[bool, means("Whether it takes effect.")]
    reasons: Annotated[tuple[str, ...], means("Why, as printed.")]
    is_waiver: Annotated[
        bool, means("Whether it is a waiver, also where it was called an approval.")
    ]


class Assessments(_Answer, frozen=True):
    """What the calculators say; null where the facts do not ask."""

    rpt: Annotated[RptAssessment | None, means("Regulation S-K Item 404.")] = None
    independence: Annotated[BrightLines | None, means("Nasdaq 5605(a)(2), tests A to G.")] = None
    audit_committee: Annotated[AuditCommittee | None, means("Rule 10A-3.")] = None
    gift_received: Annotated[Received | None, means("Limits on what is received.")] = None
    gift_given: Annotated[Given | None, means("Limits on what is given.")] = None
    seats: Annotated[tuple[Seats, ...], means("Board seats against their limits.")] = ()
    clayton: Annotated[Competing | None, means("Clayton Act Section 8.")] = None
    section16: Annotated[Section16 | None, means("Forms 3, 4 and 5.")] = None
    covered: Annotated[
        Covered | None, means("Whether a waiver for the filer starts the clock.")
    ] = None
    clock: Annotated[Clock | None, means("The four-business-day clock, once it runs.")] = None
    implicit_waiver: Annotated[
        ImplicitWaiver | None, means("From when silence may be a waiver.")
    ] = None
    quorum: Annotated[Quorum | None, means("The votes on the decision.")] = None


class Named(_Answer, frozen=True):
    """Which pack answered."""

    company: str
    code_version: str
    rule_set_date: str
    digest: Annotated[str, means("SHA-256 of the pack's exact bytes, in hex.")]


class Answer(_Answer, frozen=True):
    """The answer for the facts of one matter."""

    matter: Annotated[Matter, means("What was put.")]
    filer: Annotated[str, means("The filer's id.")]
    filer_class: Annotated[
        FilerClass | None, means("The strictest class on the day; null: the Code binds nobody so.")
    ]
    on: Annotated[date, means("The day judged.")]
    status: Annotated[Status, means("What happens next.")]
    blocked: Annotated[bool, means("Whether a prohibition stops it.")]
    block: Annotated[Block | None, means("The first prohibition that stops it.")]
    also_blocked_by: Annotated[tuple[Block, ...], means("Further prohibitions that stop it.")]
    route: Annotated[str, means("The id of the row that routed it; empty where it is blocked.")]
    reason: Annotated[str, means("The row's reason, or the prohibition's.")]
    decided_by: Annotated[
        tuple[str, ...],
        means(
            "Whose decision it is, without those who rule first, recommend or certify: the body's "
            "id, else the person's, else the office's where nobody is named. Empty where nobody "
            "may approve it, and where it is only noted, received or served."
        ),
    ]
    deciders: Annotated[
        tuple[Decider, ...],
        means(
            "Everybody with a part, in the order in which they act; `part` says which. Empty "
            "where it is blocked."
        ),
    ]
    fallbacks: Annotated[tuple[Fallback, ...], means("Who decides instead, and only if.")]
    excluded: Annotated[tuple[Excluded, ...], means("Who may not take part, and why.")]
    body: Annotated[Body | None, means("The body that decides, if one does.")]
    alternative_bodies: Annotated[
        tuple[str, ...], means("Ids of other bodies that may decide instead.")
    ]
    information: Annotated[tuple[InformationItem, ...], means("Who is told.")]
    prior_approval: Annotated[bool, means("Whether approval is needed before it begins.")]
    ratification: Annotated[
        bool, means("Whether it began before, so that a yes is a ratification.")
    ]
    ruling: Annotated[Ruling | None, means("The ruling that comes first, if one is needed.")]
    allowed_decisions: Annotated[
        tuple[DecisionKind, ...], means("What may be recorded. Approval is never waiver.")
    ]
    notice_missing: Annotated[
        tuple[str, ...], means("Ids of directors whom a notice has not reached yet.")
    ]
    flags: Annotated[tuple[Flag, ...], means("What somebody should look at, worst first.")]
    duties: Annotated[tuple[Duty, ...], means("What must be done.")]
    assessments: Annotated[Assessments, means("What the calculators say.")]
    attempt: Annotated[Attempt | None, means("What the decision in the facts comes to.")]
    clauses: Annotated[tuple[str, ...], means("Every clause that the answer rests on.")]
    sentences: Annotated[tuple[str, ...], means("The explanation, in order.")]
    pack: Annotated[Named, means("Which pack answered.")]
