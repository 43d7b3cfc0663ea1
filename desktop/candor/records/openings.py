"""Who a case is about, whom it is for, and the answers signed in it."""

from __future__ import annotations

import msgspec

from candor.records.codec import RecordRefused
from candor.records.events import EventType
from candor.records.items import (
    CampaignItems,
    IssueItems,
    PacketItems,
    SignedItems,
    read_answers,
)
from candor.records.judge import Judged
from candor.records.matter_items import FiledItems
from candor.records.matters import Audience, Campaign, Issue, Submission
from candor.records.read_against import reading_fault
from candor.records.working import Working

NOT_SUBJECT = "Its author is not the person whose questionnaire this is."
OTHER_CASE = "It belongs to another kind of case than this one."
NO_REASON = "It amends an earlier version and does not say why."
OTHER_MATTER = "It amends a version that is about another kind of matter."


def read_openings(work: Working) -> None:
    """Who opened the case, for whom and what it is about."""
    for judged in work.each(EventType.CAMPAIGN_OPENED):
        if fault := work.secretary_fault(judged):
            work.void[judged.id] = fault
            continue
        work.kind = "campaign"
        if items := work.read(judged, CampaignItems):
            _open_campaign(work, items)
    people = set()
    for judged in work.each(EventType.QUESTIONNAIRE_ISSUED):
        if fault := work.secretary_fault(judged):
            work.void[judged.id] = fault
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
        if work.kind == "unknown" and items and not work.secretary_fault(judged):
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


SIGNED: dict[str, str] = {
    EventType.QUESTIONNAIRE_SIGNED: "sealed",
    EventType.MATTER_FILED: "matter",
}
"""The events that carry signed answers, and what a case is that begins with one."""


def read_submissions(work: Working) -> None:
    """The answers that count, each with the later ones that replace it."""
    signed = [j for j in work.events if j.header.type in SIGNED and j.id not in work.void]
    if work.kind == "unknown" and signed:
        _open_by_signing(work, signed)
    for judged in signed:
        if fault := _author_fault(work, judged):
            work.void[judged.id] = fault
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


def _author_fault(work: Working, judged: Judged) -> str:
    if work.subject and not work.contested and work.author(judged) != work.subject:
        return NOT_SUBJECT
    is_matter = judged.header.type == EventType.MATTER_FILED
    return "" if is_matter == (work.kind == "matter") else OTHER_CASE


def _open_by_signing(work: Working, signed: list[Judged]) -> None:
    """A case for an audience of its own, and a matter, is opened by the signing itself."""
    work.kind = SIGNED[signed[0].header.type]
    people = {work.author(j) for j in signed}
    work.contested = len(people) > 1
    work.subject = min(people) if len(people) == 1 else ""
    for judged in signed:
        items = read_signed(work, judged) if judged.body else None
        if items is not None:
            work.audience = Audience(
                items.audience.name, work.audience.offices, work.audience.people
            )
            work.widen(items.audience.offices, (*items.audience.people, work.author(judged)))
    work.opened_to = work.audience.offices


def read_signed(work: Working, judged: Judged) -> SignedItems | FiledItems | None:
    """The items of signed answers; None, with the reason noted, where they cannot be read."""
    if judged.header.type == EventType.MATTER_FILED:
        return work.read(judged, FiledItems)
    return work.read(judged, SignedItems)


def _submission(work: Working, judged: Judged) -> Submission | None:
    head, person = judged.header, work.author(judged)
    if judged.body is None:
        # Not in this vault's audience, or destroyed under retention: that it was signed stays.
        return Submission(judged.id, person, head.claimed_at, here=False)
    items = read_signed(work, judged)
    if items is None:
        return None
    try:
        answers = read_answers(judged.body)
    except RecordRefused as refusal:
        work.void[judged.id] = refusal.message
        return None
    if fault := reading_fault(work, items.form, items.context):
        work.void[judged.id] = fault
        return None
    if fault := _amendment_fault(work, items):
        work.void[judged.id] = fault
        return None
    filed = items if isinstance(items, FiledItems) else None
    return Submission(
        event=judged.id,
        person=person,
        claimed_at=head.claimed_at,
        form=items.form,
        form_id=items.form_id,
        campaign="" if isinstance(items, FiledItems) else items.campaign,
        audience=items.audience.name,
        answers=answers,
        supersedes=items.supersedes,
        meaning=items.meaning,
        name=items.name,
        consent=items.consent,
        language=items.language,
        context=items.context,
        matter=filed.matter if filed else "",
        reason=filed.reason if filed else "",
        request=filed.request if filed else "",
        links=filed.links if filed else (),
        pack=filed.pack if filed else "",
    )


def _amendment_fault(work: Working, items: SignedItems | FiledItems) -> str:
    """Why a version of a matter cannot stand beside the earlier ones."""
    if not isinstance(items, FiledItems) or not items.supersedes:
        return ""
    if not items.reason.strip():
        return NO_REASON
    before = work.submissions.get(items.supersedes)
    return OTHER_MATTER if before and before.here and before.matter != items.matter else ""
