"""A member's votes: the exact paper, what each vote would bring about, and the signed ballot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from candor.app import notices
from candor.app.committee_begun import overtaken
from candor.app.committee_items import STUCK, gave_way, item_of, items
from candor.app.integrity import require_decidable
from candor.app.referring import WORDS
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.errors import CandorError, Problems
from candor.policy import quorum
from candor.policy.facts import Vote, VoteWord
from candor.policy.quorum import Outcome
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import Ballot, Choice, ItemPart, Voting
from candor.records.events import EventType
from candor.records.matters import Case
from candor.records.tally import FINAL

CHOICES = {Choice.FOR: "In favour", Choice.AGAINST: "Against", Choice.ABSTAIN: "Abstain"}
HOW = {
    Voting.MEETING: "At a meeting",
    Voting.WRITTEN_CONSENT: "By written consent of every member",
}


@dataclass(frozen=True)
class BallotRow:
    """An item in a member's list; ``state``: to_vote, contradicts, to_sign, voted, again or
    done."""

    item: str
    title: str
    body: str
    state: str
    meeting_on: date | None


@dataclass(frozen=True)
class VoteEffect:
    """What one vote of the reader would bring about, as far as it alone can."""

    choice: Choice
    words: str
    text: str


@dataclass(frozen=True)
class MemberRow:
    """A member on the sheet; ``state``: voted, waiting, contradicts or recused. ``vote`` and
    ``reason`` are '' while they are hidden; a recusal's reason never is."""

    person: str
    name: str
    state: str
    vote: str
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class BallotSheet:
    """The page on which a member votes: the exact text and its digest (hex SHA-256).

    ``revealed``: the others' votes are shown, which they are once one's own is signed.
    ``blocked``: '' or why no vote can be cast here now.
    """

    item: str
    matter: str
    title: str
    body: str
    proposes: str
    text: str
    digest: str
    how: str
    meeting_on: date | None
    chair: str
    acting: bool
    members: tuple[MemberRow, ...]
    quorum: tuple[str, ...]
    effects: tuple[VoteEffect, ...]
    mine: Ballot | None
    revealed: bool
    blocked: str
    warnings: tuple[str, ...]


def my_ballots(session: Session) -> tuple[BallotRow, ...]:
    """The items in which the owner votes, those that wait for a vote first."""
    rows = [
        _row(session, case, item)
        for case, item in items(session)
        if session.person_id in item.disinterested and not gave_way(session, case, item)
    ]
    order = ("to_vote", "contradicts", "to_sign", "voted", "again", "done")
    return tuple(sorted(rows, key=lambda r: (order.index(r.state), r.meeting_on or date.max)))


def _row(session: Session, case: Case, item: ItemPart) -> BallotRow:
    return BallotRow(
        item=case.id,
        title=item.title,
        body=session.pack.committee(item.committee).title,
        state=_state(session, item),
        meeting_on=day_of(item),
    )


def _state(session: Session, item: ItemPart) -> str:
    me = session.person_id
    outcome = item.result.outcome if item.result else ""
    found: tuple[tuple[bool, str], ...] = (
        (item.resolution is not None, "done"),
        (outcome in STUCK or bool(overtaken(session, item)), "again"),
        (me in item.doubled, "contradicts"),
        (me in item.waiting, "to_vote"),
        (outcome in FINAL and item.chair == me, "to_sign"),
    )
    return next((state for holds, state in found if holds), "voted")


def day_of(item: ItemPart) -> date | None:
    """The day of the meeting; None for a written consent."""
    return date.fromisoformat(item.meeting_on) if item.meeting_on else None


def ballot_sheet(session: Session, item_id: str) -> BallotSheet:
    """The page of one item. Raises CandorError, NotYourItem for a recused member."""
    case, item = item_of(session, item_id)
    shown = revealed(session, item)
    return BallotSheet(
        item=case.id,
        matter=item.matter,
        title=item.title,
        body=session.pack.committee(item.committee).title,
        proposes=WORDS[DecisionKind(item.kind)],
        text=item.text,
        digest=item.digest,
        how=HOW[Voting(item.how)],
        meeting_on=day_of(item),
        chair=session.name_of(item.chair),
        acting=item.acting,
        members=member_rows(session, item, shown=shown),
        quorum=_quorum_words(item),
        effects=tuple(_effect(session, item, choice) for choice in Choice),
        mine=next(iter(counting_ballots(item, session.person_id)), None),
        revealed=shown,
        blocked=_blocked(session, case, item),
        warnings=_warnings(session, item),
    )


def revealed(session: Session, item: ItemPart) -> bool:
    """Whether the others' votes may be shown: to a member only beside a vote of their own, so
    that nobody votes after the others."""
    me = session.person_id
    return me not in item.disinterested or bool(counting_ballots(item, me))


def counting_ballots(item: ItemPart, person: str) -> tuple[Ballot, ...]:
    """A member's ballots that count; more than one only where they contradict each other."""
    return tuple(b for b in item.ballots if b.person == person and not b.void and not b.replaced_by)


def member_rows(session: Session, item: ItemPart, *, shown: bool) -> tuple[MemberRow, ...]:
    """Every member with what is to be shown of them."""
    return tuple(_member(session, item, person, shown) for person in item.members)


def _member(session: Session, item: ItemPart, person: str, shown: bool) -> MemberRow:
    name = session.name_of(person)
    out = next((r for r in item.recused if r.person == person), None)
    if out is not None:
        return MemberRow(person, name, "recused", "", out.reason, None)
    cast = counting_ballots(item, person)
    if not cast:
        return MemberRow(person, name, "waiting", "", "", None)
    if person in item.doubled:
        return MemberRow(person, name, "contradicts", "", "", None)
    mine = shown or person == session.person_id
    vote = CHOICES[Choice(cast[-1].vote)] if mine else ""
    at = datetime.fromisoformat(cast[-1].claimed_at)
    return MemberRow(person, name, "voted", vote, cast[-1].reason if mine else "", at)


def _quorum_words(item: ItemPart) -> tuple[str, ...]:
    if item.result is None:
        return ()
    able, serving = len(item.disinterested), len(item.members)
    needed = item.result.needed_in_favour
    return (
        f"{able} of {serving} members may vote; a quorum is {item.result.quorum_needed}.",
        f"At least {needed} votes in favour are needed. A tie is no approval.",
    )


def _effect(session: Session, item: ItemPart, choice: Choice) -> VoteEffect:
    """Reckoned from the reader's vote alone: the others' votes must not shine through."""
    me = session.person_id
    others = tuple(m for m in item.disinterested if m != me)
    mine = Vote(me, VoteWord(choice.value))
    outcome = _outcome(item, (mine,))
    text = _carried_with(item, mine, others) if outcome is Outcome.PENDING else _EFFECTS[outcome]
    return VoteEffect(choice, CHOICES[choice], text)


def _outcome(item: ItemPart, votes: tuple[Vote, ...]) -> Outcome:
    out = {r.person for r in item.recused}
    found = quorum.assess(item.members, out, item.how, votes, item.counting, chair=item.chair)
    return found.outcome


def _carried_with(item: ItemPart, mine: Vote, others: tuple[str, ...]) -> str:
    """How many of the others it takes."""
    for needed in range(1, len(others) + 1):
        more = (Vote(person, VoteWord.FOR) for person in others[:needed])
        if _outcome(item, (mine, *more)) is Outcome.PASSED:
            return f"It is carried once {_of_the_others(needed, len(others))} in favour too."
    return _EFFECTS[Outcome.FAILED]


def _of_the_others(needed: int, others: int) -> str:
    if needed < others:
        return f"{needed} of the {others} others {'votes' if needed == 1 else 'vote'}"
    return f"all {others} others vote" if others > 1 else "the one other member votes"


_EFFECTS = {
    Outcome.PASSED: "It is carried.",
    Outcome.FAILED: "It fails, whatever the others vote.",
    **{Outcome(outcome): text for outcome, text in STUCK.items()},
}


def _blocked(session: Session, case: Case, item: ItemPart) -> str:
    outcome = item.result.outcome if item.result else ""
    newer = "Another paper on this matter took this one's place. Vote on that one."
    rules = (
        (session.person_id in item.members, "You do not sit on this body, so you have no vote."),
        (item.resolution is None, "The result is signed, so no vote can be cast any more."),
        (not gave_way(session, case, item), newer),
        (not case.forked, case.forked),
        (outcome not in STUCK, STUCK.get(outcome, "")),
        (not overtaken(session, item), overtaken(session, item)),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _warnings(session: Session, item: ItemPart) -> tuple[str, ...]:
    found = [*notices.missing_words(session, item.matter, item.notices)]
    matter = session.state.cases.get(item.matter)
    voted_on = {event for _, event in item.papers}
    if matter is not None and any(
        s.event in voted_on and s.superseded_by for s in matter.submissions
    ):
        found.append("The filer has amended the matter since this paper was written.")
    for person in item.doubled:
        name = session.name_of(person)
        found.append(f"{name} signed ballots that contradict each other; none of them counts.")
    void = [b for b in item.ballots if b.void]
    found += [f"A ballot of {session.name_of(b.person)} does not count: {b.void}" for b in void]
    return tuple(found)


def vote(
    session: Session,
    item_id: str,
    choice: Choice,
    reason: str,
    full_name: str,
    passphrase: str,
) -> str:
    """Sign a ballot on the exact text; it takes the place of the owner's earlier ones.

    Returns the event. Raises CandorError where no vote can be cast, SignatureRefused.
    """
    case, item = item_of(session, item_id)
    if blocked := _blocked(session, case, item):
        raise CandorError(blocked, hint="Nothing was signed.")
    require_decidable(session, (case.id,))
    require_signature(session, full_name, passphrase)
    earlier = [b.event for b in counting_ballots(item, session.person_id)]
    return session.write(
        case.id,
        EventType.BALLOT_CAST,
        [
            ("digest", item.digest),
            ("vote", choice.value),
            ("reason", reason.strip()),
            ("replaces", earlier),
            ("meaning", session.pack.text_version("ballot")),
            ("name", full_name.strip()),
        ],
        deps=(item.event, *earlier, *session.directory.head),
    )


def recuse(session: Session, item_id: str, reason: str, full_name: str, passphrase: str) -> str:
    """Step aside from an item, signed, with the reason; its papers are not shown any more.

    A ballot already cast stops counting. Raises CandorError, Problems, SignatureRefused.
    """
    case, item = item_of(session, item_id)
    if blocked := _blocked(session, case, item):
        raise CandorError(blocked, hint="Nothing was signed.")
    if not reason.strip():
        raise Problems(
            "Give the reason in a sentence.",
            ("The minutes name the reason for which a member stands aside.",),
            hint="Nothing was signed.",
        )
    require_decidable(session, (case.id,))
    require_signature(session, full_name, passphrase)
    return session.write(
        case.id,
        EventType.MEMBER_RECUSED,
        [
            ("reason", reason.strip()),
            ("meaning", session.pack.text_version("recusal")),
            ("name", full_name.strip()),
        ],
        deps=(item.event, *session.directory.head),
    )
