"""Rulings, decisions and votes that came before, or are tried."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from candor.policy.conformity import Names
from candor.policy.facts.base import Closed, means
from candor.policy.terms import DecisionKind


class RulingAbout(StrEnum):
    """What a ruling settles.

    rpt_policy_applies: whether the related person policy applies to the matter;
    material_departure: whether a director's or executive officer's approval is a material
    departure from the Code, so in effect a waiver;
    actual_conflict: whether there is an actual conflict.
    """

    RPT_POLICY_APPLIES = "rpt_policy_applies"
    MATERIAL_DEPARTURE = "material_departure"
    ACTUAL_CONFLICT = "actual_conflict"


class Ruling(Closed, frozen=True):
    """A signed ruling that came before."""

    about: Annotated[RulingAbout, means("What it settles.")]
    holds: Annotated[bool, means("The answer.")]
    by: Annotated[str, means("The id of the person who signed it.", Names.PERSON)]
    on: Annotated[date, means("The day it was signed.")]
    reason: Annotated[str, means("The written reason.")] = ""


class DecisionHow(StrEnum):
    """How a decision was taken; written_consent: without a meeting, by every member."""

    INDIVIDUAL = "individual"
    MEETING = "meeting"
    WRITTEN_CONSENT = "written_consent"


class Signature(Closed, frozen=True):
    """One signature under a written consent."""

    person: Annotated[str, means("The id of the member.", Names.PERSON)]
    on: Annotated[date, means("The day.")]


class Decision(Closed, frozen=True):
    """A decision taken or tried; the answer says whether it counts, and why not."""

    kind: Annotated[DecisionKind, means("What was decided.")]
    on: Annotated[date, means("The meeting's day, or the day it was signed.")]
    by: Annotated[
        tuple[str, ...], means("Ids of those who decided, where no vote is given.", Names.PERSON)
    ] = ()
    body: Annotated[
        str,
        means(
            "The committee's id in the pack, or board; empty: no body, a person.", Names.COMMITTEE
        ),
    ] = ""
    how: Annotated[
        DecisionHow | None,
        means("How it was taken; empty: a meeting where a body decides, else individual."),
    ] = None
    signatures: Annotated[
        tuple[Signature, ...], means("For a written consent: who signed when.")
    ] = ()
    effective_on: Annotated[
        date | None, means("A later effective date that the consent itself states.")
    ] = None
    ratified_by_board_on: Annotated[
        date | None, means("Where the decision needs the Board's ratification.")
    ] = None
    needs_board_ratification: Annotated[
        bool, means("Whether it takes effect only when the Board ratifies it.")
    ] = False
    website_route: Annotated[
        bool | None, means("Disclose on the website; empty: as the pack's setting says.")
    ] = None
    filed_on: Annotated[date | None, means("When the disclosure was made.")] = None

    @property
    def taken(self) -> DecisionHow:
        """How it was taken, also where the facts leave it out."""
        return self.how or (DecisionHow.MEETING if self.body else DecisionHow.INDIVIDUAL)


class VoteWord(StrEnum):
    """One member's act. recused: took no part; abstain: was there and did not choose."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RECUSED = "recused"
    ABSENT = "absent"


class Vote(Closed, frozen=True):
    """One member's act on a resolution; a recusal is not an abstention."""

    member: Annotated[str, means("The id of the member.", Names.PERSON)]
    vote: Annotated[VoteWord, means("What the member did.")]
