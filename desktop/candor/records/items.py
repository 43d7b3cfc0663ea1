"""The items of each event's body (schema 1), read strictly into types."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import msgspec

from candor.forms.answers import Answer, Filer
from candor.forms.kinds import Value
from candor.policy.terms import DecisionKind
from candor.records.acts import shaped
from candor.records.codec import RecordRefused
from candor.records.conditions import Condition
from candor.records.dates import is_date, is_instant
from candor.records.events import Body
from candor.records.matter_parts import Named
from candor.records.matters import Audience, LastAnswer, MaterialDeparture, Signer

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
    meeting_on: str
    audience: Audience | tuple[str, ...] = ()
    committee: str = ""

    def __post_init__(self) -> None:
        _dated(self.opens, self.due, self.fiscal_year_end, self.determination_date, self.meeting_on)


class IssueItems(msgspec.Struct, frozen=True):
    """questionnaire.issued."""

    campaign: str
    person: str
    form: str
    form_id: str
    audience: Audience
    due: str
    opens: str
    fiscal_year_end: str
    determination_date: str
    filer: dict[str, Any]
    title: str = ""
    attributes: tuple[str, ...] = ()
    settings: dict[str, int | str | bool] = {}
    facts: dict[str, Value] = {}
    last_year: dict[str, LastAnswer] = {}

    def __post_init__(self) -> None:
        _dated(self.opens, self.due, self.fiscal_year_end, self.determination_date)
        shaped(self.filer, Filer)
        if not all(is_instant(said["signed_at"]) for said in self.last_year.values()):
            raise ValueError


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

    def __post_init__(self) -> None:
        if not is_instant(self.received_at):
            raise ValueError


class ReferralItems(msgspec.Struct, frozen=True):
    """exceptions.referred. ``deciders``: who acts for the ``office`` while a signed absence says
    that it is away; ``person`` is then ''."""

    questions: tuple[str, ...]
    office: str
    person: str = ""
    reason: str = ""
    clause: str = ""
    deciders: tuple[Named, ...] = ()


class DecisionItems(msgspec.Struct, frozen=True):
    """exception.determined. ``in_absence_of``: the office that a signed absence lets it stand in
    for."""

    question: str
    kind: DecisionKind
    office: str
    reason: str = ""
    conditions: tuple[Condition, ...] = ()
    material_departure: MaterialDeparture | None = None
    meaning: str = ""
    name: str = ""
    in_absence_of: str = ""


class PacketItems(msgspec.Struct, frozen=True):
    """campaign.packet_compiled."""

    packet: str
    kind: Literal["packet", "supplement"]
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


def _dated(*days: str) -> None:
    if not all(map(is_date, days)):
        raise ValueError


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
