"""What cannot be true of facts as a whole, although every single value could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from candor.policy.conformity import Path
from candor.policy.facts.matters import Matter
from candor.policy.facts.people import Relation
from candor.policy.facts.whole import Facts

Fault = tuple[Path, str]

_NEEDED = {
    Matter.GIFT_RECEIVED: "gift_received",
    Matter.GIFT_GIVEN: "gift_given",
    Matter.LOAN: "loan",
    Matter.WAIVER: "waiver",
}
"""Matters whose hard stops cannot be judged without their section."""
_HUNDRED = Decimal(100)


def unsound(facts: Facts) -> Iterator[Fault]:
    """Every contradiction within the facts: where it stands, and a clause about it."""
    yield from _people(facts)
    yield from _periods(facts)
    yield from _numbers(facts)
    yield from _decision(facts)
    section = _NEEDED.get(facts.matter)
    if section and getattr(facts, section) is None:
        yield (
            (section,),
            f"this is missing, and the matter {facts.matter} cannot be judged without it",
        )


def _people(facts: Facts) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, person in enumerate(facts.people):
        if not person.id.strip():
            yield ("people", place, "id"), "this is empty"
        if person.id in seen:
            yield ("people", place, "id"), f"“{person.id}” stands twice in people"
        seen.add(person.id)
        if person.reports_to == person.id:
            yield ("people", place, "reports_to"), "a person does not report to themselves"
        for number, relative in enumerate(person.relatives):
            if relative.person == person.id:
                where: Path = ("people", place, "relatives", number, "person")
                yield where, "a person is not their own relative"
            elif relative.relation is Relation.FORMER_SPOUSE and relative.minor:
                yield (
                    ("people", place, "relatives", number, "minor"),
                    "no former spouse is under age",
                )
    if not facts.filer:
        yield ("filer",), "this is empty"


def _periods(facts: Facts) -> Iterator[Fault]:
    for place, away in enumerate(facts.absences):
        yield from _order(("absences", place, "until"), away.since, away.until)
    for place, person in enumerate(facts.people):
        for number, role in enumerate(person.roles):
            if not isinstance(role, str):
                yield from _order(
                    ("people", place, "roles", number, "until"), role.since, role.until
                )
    gift = facts.gift_received
    if gift is not None:
        yield from _order(("gift_received", "pending_to"), gift.pending_from, gift.pending_to)
    held = facts.independence
    for number, post in enumerate(held.employments if held else ()):
        yield from _order(("independence", "employments", number, "until"), post.since, post.until)
    yield from _order(("filed_on",), facts.first_known_on, facts.filed_on)


def _order(path: Path, first: date | None, last: date | None) -> Iterator[Fault]:
    if first is not None and last is not None and last < first:
        yield path, f"{last} lies before {first}, when it began"


def _numbers(facts: Facts) -> Iterator[Fault]:
    percents: list[tuple[Path, Decimal | None]] = [
        (("parties", place, "ownership_percent"), party.ownership_percent)
        for place, party in enumerate(facts.parties)
    ]
    if stake := facts.financial_interest:
        percents.append((("financial_interest", "class_percent"), stake.class_percent))
        percents.append((("financial_interest", "net_worth_percent"), stake.net_worth_percent))
    if facts.independence:
        percents.append((("independence", "voting_percent"), facts.independence.voting_percent))
    for path, percent in percents:
        if percent is not None and not 0 <= percent <= _HUNDRED:
            yield path, f"{percent} is no share in percent, which lies between 0 and 100"
    yield from _negative(_counts(facts))


def _counts(facts: Facts) -> Iterable[tuple[Path, int | None]]:
    if facts.loan:
        yield ("loan", "settled_within_days"), facts.loan.settled_within_days
    if facts.service:
        yield ("service", "public_boards_in_all"), facts.service.public_boards_in_all
    if facts.boards:
        yield ("boards", "public_boards"), facts.boards.public_boards
        yield ("boards", "audit_committees"), facts.boards.audit_committees


def _negative(counts: Iterable[tuple[Path, int | None]]) -> Iterator[Fault]:
    for path, count in counts:
        if count is not None and count < 0:
            yield path, "this must not be negative"


def _decision(facts: Facts) -> Iterator[Fault]:
    members = [vote.member for vote in facts.votes]
    for place, member in enumerate(members):
        if member in members[:place]:
            yield ("votes", place, "member"), f"“{member}” votes twice"
    decision = facts.decision
    if decision is None:
        if facts.votes:
            yield ("decision",), "this is missing, so nobody knows what the votes are on"
        return
    signers = [signature.person for signature in decision.signatures]
    for place, signer in enumerate(signers):
        if signer in signers[:place]:
            yield ("decision", "signatures", place, "person"), f"“{signer}” signs twice"
    if decision.body and decision.how == "individual":
        yield (
            ("decision", "how"),
            "this says individual although a body decides; say meeting or written_consent",
        )
    if facts.votes and not decision.body:
        yield ("decision", "body"), "this is missing, so nobody knows whose votes these are"
