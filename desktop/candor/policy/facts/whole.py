"""Everything that the rules may look at, in one struct."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from candor.policy.conformity import Names
from candor.policy.facts.base import Closed, means
from candor.policy.facts.conflicts import (
    Conflict,
    FinancialInterest,
    Loan,
    Opportunity,
    Party,
    Proposal,
    Service,
)
from candor.policy.facts.dealings import Transaction
from candor.policy.facts.decisions import Decision, Ruling, Vote
from candor.policy.facts.directors import Boards, Independence, Trade
from candor.policy.facts.gifts import GiftGiven, GiftReceived
from candor.policy.facts.matters import Matter
from candor.policy.facts.people import Absence, Interest, PersonFacts
from candor.policy.facts.requests import (
    Acknowledgement,
    Amendment,
    BoardMatter,
    Concern,
    InformationCopy,
    PropertyRemoval,
    Waiver,
)


class Facts(Closed, frozen=True):
    """The facts of one matter: what is the case, never what follows.

    Always give ``matter``, ``filer`` and the filer in ``people``. Fill the section that the
    matter is about (gift_received for a gift received, and so on); other sections may stand
    beside it where they are true too.
    """

    matter: Annotated[Matter, means("What is put to the Code.")]
    filer: Annotated[
        str, means("The id, in people, of the person whose matter it is.", Names.PERSON)
    ]
    on: Annotated[
        date | None,
        means(
            "The day on which classes, offices and absences are judged; empty: the decision's "
            "day, else the filing's, else today."
        ),
    ] = None
    filed_on: Annotated[date | None, means("When the filer signed the form.")] = None
    first_known_on: Annotated[date | None, means("When the filer first knew of it.")] = None
    begins_on: Annotated[date | None, means("When the conduct began or will begin.")] = None
    people: Annotated[
        tuple[PersonFacts, ...],
        means(
            "The filer, the deciders, and everybody else whom the facts name. Where a committee "
            "or the Board decides, name every member, so that the quorum can be counted."
        ),
    ] = ()
    absences: Annotated[tuple[Absence, ...], means("Who is away, and whether it is signed.")] = ()
    vacant: Annotated[
        tuple[str, ...],
        means(
            "Offices that nobody holds. An office that no one in people holds is not vacant.",
            Names.OFFICE,
        ),
    ] = ()
    interests: Annotated[
        tuple[Interest, ...], means("Who else is concerned, so may not decide.")
    ] = ()
    parties: Annotated[tuple[Party, ...], means("Who is on the other side.")] = ()
    proposed: Annotated[Proposal | None, means("What the filer proposes.")] = None
    actual_conflict: Annotated[
        bool | None, means("The filer's own view whether it is an actual conflict.")
    ] = None
    own_gain: Annotated[
        bool, means("Use of Company property, information or position for private gain.")
    ] = False
    prohibited: Annotated[
        tuple[str, ...],
        means(
            "Ids of the pack's prohibitions that the conduct falls under, where facts say so.",
            Names.PROHIBITION,
        ),
    ] = ()
    conflict: Conflict | None = None
    financial_interest: FinancialInterest | None = None
    service: Service | None = None
    opportunity: Opportunity | None = None
    loan: Loan | None = None
    gift_received: GiftReceived | None = None
    gift_given: GiftGiven | None = None
    transaction: Transaction | None = None
    waiver: Waiver | None = None
    acknowledgement: Acknowledgement | None = None
    concern: Concern | None = None
    information: InformationCopy | None = None
    removal: PropertyRemoval | None = None
    board_matter: BoardMatter | None = None
    amendment: Amendment | None = None
    independence: Independence | None = None
    boards: Boards | None = None
    trade: Trade | None = None
    rulings: Annotated[tuple[Ruling, ...], means("Signed rulings that came before.")] = ()
    decision: Annotated[Decision | None, means("A decision taken or tried, to be judged.")] = None
    votes: Annotated[tuple[Vote, ...], means("The vote of each member on that decision.")] = ()
    closures: Annotated[tuple[date, ...], means("Further days on which the SEC was closed.")] = ()
    settings: Annotated[
        dict[str, int | bool | str],
        means(
            "Values of the pack's settings that are different in this case, by their names, "
            "e.g. website_election; money in whole US dollars. The answer says that they differ.",
            Names.SETTING,
        ),
    ] = msgspec.field(default_factory=dict)
