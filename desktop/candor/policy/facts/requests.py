"""Waivers, concerns, copies of information, property, Board matters, amendments."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from candor.policy.conformity import Names
from candor.policy.facts.base import Closed, means


class Waiver(Closed, frozen=True):
    """A waiver that is asked for (Code III ¶2, X)."""

    provisions: Annotated[
        tuple[str, ...],
        means("Clause numbers of the pack, e.g. III b3; any provision.", Names.CLAUSE),
    ]
    conduct: Annotated[
        str,
        means(
            "What is to be waived, as a prohibition's id of the pack, where one fits.",
            Names.PROHIBITION,
        ),
    ] = ""
    breaks_law: Annotated[bool, means("Whether the conduct breaks a law too.")] = False
    actual_conflict_found: Annotated[
        bool, means("Whether a signed determination of an actual conflict is linked.")
    ] = False
    known_to_officer_on: Annotated[
        date | None, means("When an executive officer first knew of the departure.")
    ] = None


class ConcernKind(StrEnum):
    """What is reported. significant_deficiency, material_weakness and management_fraud are
    what Code V ¶3 sends to the Audit Committee Chair alone."""

    ACCOUNTING = "accounting"
    FRAUD = "fraud"
    HARASSMENT = "harassment"
    HCP_KICKBACK = "hcp_kickback"
    BRIBERY = "bribery"
    TRADING = "trading"
    SAFETY = "safety"
    RETALIATION = "retaliation"
    SIGNIFICANT_DEFICIENCY = "significant_deficiency"
    MATERIAL_WEAKNESS = "material_weakness"
    MANAGEMENT_FRAUD = "management_fraud"
    OTHER = "other"


class Concern(Closed, frozen=True):
    """A report of a breach, weak controls or fraud (Code V, IX). The filer is the reporter."""

    kind: Annotated[ConcernKind, means("What it is about.")] = ConcernKind.OTHER
    names: Annotated[
        tuple[str, ...], means("Ids of the people whom it concerns.", Names.PERSON)
    ] = ()
    send_to: Annotated[
        tuple[str, ...],
        means(
            "The offices that the reporter picks, e.g. cco, clo, ac_chair; empty: all of them.",
            Names.OFFICE,
        ),
    ] = ()
    next_filing_on: Annotated[
        date | None, means("When the next periodic report is due to be filed.")
    ] = None


class InformationCopy(Closed, frozen=True):
    """Company information for people outside (Code IV b2)."""

    agreement_covers: Annotated[
        bool, means("A written confidentiality agreement covers recipient and subject.")
    ] = False
    agreement_expires_on: Annotated[date | None, means("When that agreement ends.")] = None
    may_contain_mnpi: Annotated[
        bool, means("Whether it may hold material non-public information.")
    ] = False
    third_party_information: Annotated[
        bool, means("Whether it belongs to somebody else and is in the Company's care.")
    ] = False
    recipient_is_director: Annotated[
        bool, means("Whether the recipient is a director, who counts as inside.")
    ] = False
    board_set_deputy: Annotated[
        str, means("An office that the Board named to act for the CLO here.", Names.OFFICE)
    ] = ""


class PropertyRemoval(Closed, frozen=True):
    """Company property that leaves the premises (Code IV b1)."""

    company_business: Annotated[bool, means("Whether it is for conducting Company business.")] = (
        False
    )
    contains_information: Annotated[bool, means("Whether it holds or is Company information.")] = (
        False
    )
    due_back_on: Annotated[date | None, means("When it is due back.")] = None
    asset_owner: Annotated[
        str, means("The id of the person responsible for the asset.", Names.PERSON)
    ] = ""


class BoardMatter(Closed, frozen=True):
    """A director's interest in something that the Board votes on (Code III ¶2)."""

    body: Annotated[str, means("The committee's id in the pack, or board.", Names.COMMITTEE)] = (
        "board"
    )
    notice_served_on: Annotated[
        tuple[str, ...], means("Ids of the directors who have the notice.", Names.PERSON)
    ] = ()
    conflict: Annotated[
        bool, means("Whether the interest is a conflict, so that the director must recuse.")
    ] = True


class Acknowledgement(Closed, frozen=True):
    """The signature that the Code was read, or a sub-certification."""

    refused: Annotated[bool, means("Whether the person refuses to sign.")] = False
    exceptions: Annotated[
        bool, means("Whether it is signed with exceptions, which open their own forms.")
    ] = False
    due_on: Annotated[date | None, means("The day it is due.")] = None


class Amendment(Closed, frozen=True):
    """A change of the Code (Code X)."""

    technical: Annotated[bool, means("Technical, administrative or otherwise of no substance.")] = (
        False
    )
    resolution: Annotated[str, means("The Board resolution that adopts it.")] = ""
