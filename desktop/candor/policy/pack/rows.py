"""The rows of a pack that say what is: company, offices, bodies, settings, words, clauses."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from candor.policy.conformity import Names

MANAGER = "manager"
ASSET_OWNER = "asset_owner"
CASE_OFFICES = {
    MANAGER: "the filer's manager",
    ASSET_OWNER: "the person responsible for the asset",
}
"""Not offices of the company but of one case: who the filer reports to, whose asset it is."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every table of a pack is closed: an unknown key is a fault, never ignored."""


OfficeId = Annotated[str, Meta(extra={"names": Names.OFFICE})]
CommitteeId = Annotated[str, Meta(extra={"names": Names.COMMITTEE})]
ClauseNumber = Annotated[str, Meta(extra={"names": Names.CLAUSE})]
ListId = Annotated[str, Meta(extra={"names": Names.LIST})]
SettingName = Annotated[str, Meta(extra={"names": Names.SETTING})]
RoleId = Annotated[str, Meta(extra={"names": Names.ROLE})]


class Company(Row, frozen=True):
    """The company as the pack knows it; ``fiscal_year_end`` is "MM-DD"."""

    name: str
    short_name: str
    state: str
    exchange: str
    fiscal_year_end: str
    time_zone: str
    rule_set_date: str
    code_version: str


class OfficeRow(Row, frozen=True):
    """An office with its title on paper.

    ``implies``: filer classes and person marks that come with it, e.g. a chief financial
    officer is an executive officer and the principal financial officer; ``implies_when``: only
    while that setting is true; while it is not, ``implies_otherwise`` comes with it.
    """

    id: str
    title: str
    implies: tuple[RoleId, ...] = ()
    implies_when: SettingName = ""
    implies_otherwise: tuple[RoleId, ...] = ()


class Members(StrEnum):
    """Who sits in a body: the holders of its offices, all directors, or the independent ones."""

    OFFICE = "office"
    DIRECTORS = "directors"
    INDEPENDENT_DIRECTORS = "independent_directors"


class Committee(Row, frozen=True):
    """A body that decides by vote: the Board or a committee of it.

    ``chair`` and ``member`` are offices. ``waivers_by`` cites the Board resolution that names
    it for waivers of directors and executive officers; empty: it may grant none.
    ``escalates_to``: the body that decides where too few disinterested members remain.
    """

    id: str
    title: str
    chair: OfficeId
    member: OfficeId
    members: Members = Members.OFFICE
    waivers_by: str = ""
    escalates_to: CommitteeId = ""


class AudienceExample(Row, frozen=True):
    """Offices that the filer holds, offices that nobody holds, and who may then read."""

    filer: tuple[OfficeId, ...]
    absent: tuple[OfficeId, ...]
    readers: tuple[OfficeId, ...]


class Audience(Row, frozen=True):
    """Which offices may read a body; ``alternates`` serve where the filer holds them all."""

    id: str
    offices: tuple[OfficeId, ...]
    alternates: tuple[OfficeId, ...] = ()
    reason: str = ""
    holds: tuple[AudienceExample, ...] = ()
    fails: tuple[AudienceExample, ...] = ()


class LineUp(Row, frozen=True):
    """Who signs a packet, in order. ``office`` may be "acting_chair"."""

    packet: str
    office: str
    meaning: str
    act: str


class IndependenceTest(Row, frozen=True):
    """One bright-line test, the questions and flag kinds that decide it."""

    code: str
    title: str
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    source: str


class Setting(Row, frozen=True):
    """A value in a rule, with its date and source."""

    value: int | str | bool
    effective: str
    source: str
    checked_by: str = ""
    checked_on: str = ""
    note: str = ""


class SignedText(Row, frozen=True):
    """A text that people sign or read before signing, with its version."""

    id: str
    version: str
    text: str
    clauses: tuple[ClauseNumber, ...] = ()
    """The clauses whose behaviour is that people read or sign this."""


class Clause(Row, frozen=True):
    """A clause of the Code in our own words.

    ``waivable``: whether a waiver under it can be granted at all. ``conflict``: whether a
    waiver under it needs a finding of an actual conflict first. ``forms``: forms that give it
    its behaviour. ``no_behaviour``: the recorded reason where it has none.
    """

    number: str
    title: str
    paraphrase: str
    waivable: bool = True
    conflict: bool = False
    forms: tuple[str, ...] = ()
    no_behaviour: str = ""


class Contact(Row, frozen=True):
    """A contact card: dated, because a number can be dead."""

    id: str
    title: str
    lines: tuple[str, ...]
    checked_on: str
    clause: ClauseNumber = ""


class Vocabulary(Row, frozen=True):
    """A list that a condition looks in, e.g. what is as good as cash."""

    id: str
    values: tuple[str, ...]
    reason: str


class Cap(Row, frozen=True):
    """The most that a gift from or to a country may be worth, in that country's money.

    ``direction``: received or given; ``country``: ISO 3166 code; ``most``: whole units, as
    text where cents matter.
    """

    direction: str
    country: str
    currency: str
    most: int | str
    source: str
    effective: str


class Retention(Row, frozen=True):
    """How long records of one kind are kept. ``years`` empty: for ever.

    ``starts``: the day from which the years run, in words; where it is unknown, nothing ends.
    """

    id: str
    records: str
    starts: str
    reason: str
    years: int | None = None
    days: int | None = None
    clause: ClauseNumber = ""
