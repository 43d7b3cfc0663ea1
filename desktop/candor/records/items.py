"""The items of each event's body (schema 1), read strictly into types."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from candor.forms.answers import Answer
from candor.policy.terms import DecisionKind
from candor.records.acts import shaped
from candor.records.codec import RecordRefused
from candor.records.events import Body
from candor.records.matters import Audience, MaterialDeparture, Signer

ANSWER = "answer/"
_T = TypeVar("_T", bound=msgspec.Struct)


class CampaignItems(msgspec.Struct, frozen=True):
    """campaign.opened; ``audience`` also in the short form of its offices alone."""

    title: str
    form: str
    form_id: str
    opens: str
    due: str
    fiscal_year_end: str
    determination_date: str
    people: tuple[str, ...]
    audience: Audience | tuple[str, ...] = ()
    committee: str = ""
    meeting_on: str = ""


class IssueItems(msgspec.Struct, frozen=True):
    """questionnaire.issued."""

    campaign: str
    person: str
    form: str
    form_id: str
    audience: Audience
    due: str = ""
    opens: str = ""
    title: str = ""
    fiscal_year_end: str = ""
    determination_date: str = ""
    attributes: tuple[str, ...] = ()
    filer: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    last_year: dict[str, Any] = {}


class SignedItems(msgspec.Struct, frozen=True):
    """questionnaire.signed, without its answers."""

    form: str
    form_id: str
    audience: Audience
    campaign: str = ""
    meaning: str = ""
    name: str = ""
    consent: str = ""
    language: str = ""
    supersedes: str = ""
    context: dict[str, Any] = {}


class ReceiptItems(msgspec.Struct, frozen=True):
    """questionnaire.receipt_given."""

    event: str
    number: str
    received_at: str


class ReferralItems(msgspec.Struct, frozen=True):
    """exceptions.referred."""

    questions: tuple[str, ...]
    office: str
    person: str = ""
    reason: str = ""
    clause: str = ""


class DecisionItems(msgspec.Struct, frozen=True):
    """exception.determined."""

    question: str
    kind: DecisionKind
    office: str
    reason: str = ""
    conditions: tuple[dict[str, str], ...] = ()
    material_departure: MaterialDeparture | None = None
    meaning: str = ""
    name: str = ""


class PacketItems(msgspec.Struct, frozen=True):
    """campaign.packet_compiled."""

    packet: str
    kind: str
    version: int
    digest: str
    pages: int
    signers: tuple[Signer, ...] = ()
    cases: tuple[str, ...] = ()


class PageItems(msgspec.Struct, frozen=True):
    """campaign.packet_signed."""

    packet: str
    field: str
    digest_before: str
    digest_after: str


class ForkItems(msgspec.Struct, frozen=True):
    """case.fork_resolved: which of the branches stands."""

    keep: str
    set_aside: tuple[str, ...]
    reason: str = ""


def read_items(body: Body, kind: type[_T]) -> _T:
    """The items of a body as ``kind``; items of other names are passed over.

    Raises RecordRefused where one is missing or of another shape.
    """
    return shaped({item.id: item.value for item in body.items}, kind)


def read_answers(body: Body) -> dict[str, Answer]:
    """The answers in a body by question id. Raises RecordRefused."""
    answers: dict[str, Answer] = {}
    for item in body.items:
        if item.id.startswith(ANSWER):
            answer = shaped(item.value, Answer)
            if item.id != ANSWER + answer.question:
                raise RecordRefused("An answer stands under the name of another question.")
            answers[answer.question] = answer
    return answers
