"""How one case comes from its events, in their order, under one directory.

Openings and answers first, then who may read, then what is decided and signed: each step
needs only the ones before it, whatever the order in which files arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from candor.policy.terms import Office
from candor.records import decisions
from candor.records.authority import Authority
from candor.records.codec import RecordRefused
from candor.records.events import EventType
from candor.records.forks import SET_ASIDE, Resolution, Settled, settle
from candor.records.items import (
    CampaignItems,
    ForkItems,
    IssueItems,
    PacketItems,
    ReceiptItems,
    ReferralItems,
    SignedItems,
    read_answers,
    read_items,
)
from candor.records.judge import Judged
from candor.records.logbook import Fork
from candor.records.matters import (
    Audience,
    Campaign,
    Case,
    Issue,
    Receipt,
    Referral,
    Step,
    Submission,
)
from candor.records.order import parents

NOT_HERE = "Its content is not in this vault."
NOT_SECRETARY = "Its author was not the secretary then."
NOT_SUBJECT = "Its author is not the person whose questionnaire this is."
NOT_AUDIENCE = "Its author held no office that may send this case on."
OWN_REFERRAL = "Nobody is sent their own matter to decide."
NEWER = "It was written by a newer Candor and is kept, not read."
FORKED = "An author's log in this case is forked, and nobody has said yet which branch stands."
CONTESTED = "Several people claim that this case is theirs."
OWN_FORK = "Nobody resolves a fork in their own log."
_T = TypeVar("_T", bound=msgspec.Struct)
_KNOWN = frozenset(EventType)


@dataclass
class Working:
    """A case while it is being read. ``void`` says why an event does not count."""

    id: str
    events: tuple[Judged, ...]
    void: dict[str, str]
    authority: Authority
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
    forked: str = ""

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

    def widen(self, offices: Iterable[str], people: Iterable[str]) -> None:
        """Add to the audience; nothing ever takes away from it."""
        self.audience = Audience(
            self.audience.name,
            tuple(sorted({*self.audience.offices, *offices} - {""})),
            tuple(sorted({*self.audience.people, *people} - {""})),
        )


def fold_case(
    case: str,
    events: Iterable[Judged],
    void: Mapping[str, str],
    forks: Iterable[Fork],
    authority: Authority,
) -> tuple[Case, dict[str, str], tuple[Fork, ...]]:
    """One case from its readable events in order, with why each void event does not count.

    ``void`` starts with what is void for reasons outside the case; ``forks`` are this case's.
    """
    work = Working(case, tuple(events), dict(void), authority)
    _set_newer_apart(work)
    settled = _settle_forks(work, tuple(forks))
    _open(work)
    _read_submissions(work)
    _read_receipts(work)
    _read_referrals(work)
    work.forked = FORKED if settled.open else CONTESTED if work.contested else ""
    return _finished(work), work.void, settled.forks


def _set_newer_apart(work: Working) -> None:
    for judged in work.events:
        if judged.header.schema != 1 and judged.header.type in _KNOWN:
            work.void.setdefault(judged.id, NEWER)


def _settle_forks(work: Working, forks: tuple[Fork, ...]) -> Settled:
    """Hear what people said of this case's forks; branches set aside no longer count."""
    events = {j.id: j for j in work.events}
    heard = []
    for judged in work.each(EventType.FORK_RESOLVED):
        items = work.read(judged, ForkItems)
        if items is None:
            continue
        if reason := _resolution_fault(work, judged, items, events):
            work.void[judged.id] = reason
        else:
            heard.append(Resolution(judged.id, items.keep, items.set_aside))
    settled = settle(forks, events, heard)
    for event, reason in settled.left_out.items():
        if reason == SET_ASIDE:
            work.void[event] = reason
    return settled


def _resolution_fault(
    work: Working, judged: Judged, items: ForkItems, events: Mapping[str, Judged]
) -> str:
    branch = events.get(items.keep)
    if branch is not None and work.author(branch) == work.author(judged):
        return OWN_FORK
    offices = {Office.SECRETARY, *_claimed_offices(work)}
    return "" if work.authority.holds_any(judged, tuple(sorted(offices))) else NOT_AUDIENCE


def _claimed_offices(work: Working) -> set[str]:
    """The offices that any branch of the case's openings names as its audience."""
    found: set[str] = set()
    for judged in work.events:
        value = judged.body.value("audience") if judged.body else None
        if isinstance(value, dict) and isinstance(offices := value.get("offices"), list):
            found.update(o for o in offices if isinstance(o, str))
    return found


def _open(work: Working) -> None:
    """Who opened the case, for whom and what it is about."""
    for judged in work.each(EventType.CAMPAIGN_OPENED):
        work.kind = "campaign"
        if not work.authority.is_secretary(judged):
            work.void[judged.id] = NOT_SECRETARY
        elif items := work.read(judged, CampaignItems):
            _open_campaign(work, items)
    people = set()
    for judged in work.each(EventType.QUESTIONNAIRE_ISSUED):
        if not work.authority.is_secretary(judged):
            work.void[judged.id] = NOT_SECRETARY
            continue
        work.kind = "questionnaire"
        work.issued_event = judged.id
        if issue := work.read(judged, IssueItems):
            people.add(issue.person)
            _open_issue(work, issue)
    work.contested = len(people) > 1
    _open_packet(work)


def _open_packet(work: Working) -> None:
    """A packet has a case of its own, for those who sign it and nobody else."""
    for judged in work.each(EventType.PACKET_COMPILED):
        items = work.read(judged, PacketItems)
        if work.kind == "unknown" and items and work.authority.is_secretary(judged):
            work.kind = "packet"
            work.widen((), tuple(signer.person for signer in items.signers))


def _open_campaign(work: Working, items: CampaignItems) -> None:
    given = items.audience
    audience = given if isinstance(given, Audience) else Audience("campaign", given)
    work.audience = Audience(audience.name, work.audience.offices, work.audience.people)
    work.widen(audience.offices, audience.people)
    work.campaign_id = work.id
    work.campaign = Campaign(**{name: getattr(items, name) for name in Campaign.__struct_fields__})


def _open_issue(work: Working, items: IssueItems) -> None:
    work.subject, work.campaign_id = items.person, items.campaign
    work.issued = Issue(**{name: getattr(items, name) for name in Issue.__struct_fields__})
    work.audience = Audience(items.audience.name, work.audience.offices, work.audience.people)
    work.widen(items.audience.offices, (*items.audience.people, items.person))


def _read_submissions(work: Working) -> None:
    if work.kind == "unknown" and any(work.each(EventType.QUESTIONNAIRE_SIGNED)):
        _open_by_signing(work)
    for judged in work.each(EventType.QUESTIONNAIRE_SIGNED):
        if work.subject and not work.contested and work.author(judged) != work.subject:
            work.void[judged.id] = NOT_SUBJECT
            continue
        submission = _submission(work, judged)
        if submission is not None:
            work.submissions[judged.id] = submission
            work.campaign_id = work.campaign_id or submission.campaign
    for submission in list(work.submissions.values()):
        earlier = work.submissions.get(submission.supersedes)
        if earlier is not None and earlier.person == submission.person:
            work.submissions[earlier.event] = msgspec.structs.replace(
                earlier, superseded_by=submission.event
            )


def _open_by_signing(work: Working) -> None:
    """A case for an audience of its own is opened by the signing itself."""
    work.kind = "sealed"
    people = {work.author(j) for j in work.each(EventType.QUESTIONNAIRE_SIGNED)}
    work.contested = len(people) > 1
    work.subject = min(people) if len(people) == 1 else ""
    for judged in work.each(EventType.QUESTIONNAIRE_SIGNED):
        items = work.read(judged, SignedItems) if judged.body else None
        if items is not None:
            work.audience = Audience(
                items.audience.name, work.audience.offices, work.audience.people
            )
            work.widen(items.audience.offices, (*items.audience.people, work.author(judged)))
    work.opened_to = work.audience.offices


def _submission(work: Working, judged: Judged) -> Submission | None:
    head, person = judged.header, work.author(judged)
    if judged.body is None:
        # Not in this vault's audience, or destroyed under retention: that it was signed stays.
        return Submission(judged.id, person, head.claimed_at, here=False)
    items = work.read(judged, SignedItems)
    if items is None:
        return None
    try:
        answers = read_answers(judged.body)
    except RecordRefused as refusal:
        work.void[judged.id] = refusal.message
        return None
    return Submission(
        event=judged.id,
        person=person,
        claimed_at=head.claimed_at,
        form=items.form,
        form_id=items.form_id,
        campaign=items.campaign,
        audience=items.audience.name,
        answers=answers,
        supersedes=items.supersedes,
        meaning=items.meaning,
        name=items.name,
        consent=items.consent,
        language=items.language,
        context=items.context,
    )


def _read_receipts(work: Working) -> None:
    for judged in work.each(EventType.RECEIPT_GIVEN):
        if not work.authority.is_secretary(judged):
            work.void[judged.id] = NOT_SECRETARY
        elif items := work.read(judged, ReceiptItems):
            work.receipts.append(
                Receipt(
                    judged.id, items.event, items.number, items.received_at, work.author(judged)
                )
            )


def _read_referrals(work: Working) -> None:
    for judged in work.each(EventType.EXCEPTIONS_REFERRED):
        offices = tuple(sorted({Office.SECRETARY.value, *work.audience.offices}))
        if not work.authority.holds_any(judged, offices):
            work.void[judged.id] = NOT_AUDIENCE
            continue
        items = work.read(judged, ReferralItems)
        if items is None:
            continue
        if work.subject and items.person == work.subject:
            work.void[judged.id] = OWN_REFERRAL
            continue
        work.widen((items.office,), (items.person,))
        work.referrals.append(
            Referral(
                event=judged.id,
                questions=items.questions,
                office=items.office,
                person=items.person,
                reason=items.reason,
                clause=items.clause,
                by=work.author(judged),
                claimed_at=judged.header.claimed_at,
            )
        )


def _finished(work: Working) -> Case:
    determinations = decisions.determinations(work)
    packets = decisions.packets(work)
    named = {p for j in work.events for p in parents(j)}
    return Case(
        id=work.id,
        kind=work.kind,
        subject=work.subject,
        audience_name=work.audience.name,
        audience_offices=work.audience.offices,
        audience_people=work.audience.people,
        campaign=work.campaign_id,
        campaign_info=work.campaign,
        issued=work.issued,
        issued_event=work.issued_event,
        submissions=tuple(work.submissions.values()),
        set_aside=_set_aside(work),
        receipts=tuple(work.receipts),
        number=work.receipts[0].number if work.receipts else "",
        referrals=tuple(work.referrals),
        determinations=determinations,
        packets=packets,
        forked=work.forked,
        heads=tuple(j.id for j in work.events if j.id not in named),
        timeline=tuple(_step(work, j) for j in work.events),
    )


def _set_aside(work: Working) -> tuple[Submission, ...]:
    return tuple(
        Submission(
            j.id,
            work.author(j),
            j.header.claimed_at,
            here=j.body is not None,
            void=work.void[j.id],
        )
        for j in work.events
        if j.header.type == EventType.QUESTIONNAIRE_SIGNED and j.id in work.void
    )


def _step(work: Working, judged: Judged) -> Step:
    head = judged.header
    standing = work.void.get(judged.id, "")
    return Step(judged.id, head.type, work.author(judged), head.claimed_at, standing)
