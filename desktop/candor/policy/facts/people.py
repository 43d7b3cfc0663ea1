"""People as the rules see them: their classes, offices, relatives, absences and interests."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from candor.policy.conformity import Names
from candor.policy.facts.base import Closed, means
from candor.policy.facts.matters import Matter


class PersonMark(StrEnum):
    """Marks of a person beside classes and offices.

    section16_officer: an officer under Rule 16a-1(f); eo_3b7: an executive officer under
    Rule 3b-7; peo, pfo, pao_or_controller: principal executive, financial, accounting officer;
    independent: the Board so determined; five_percent_holder: holds over 5% of a voting class;
    financial_reporting: helps with the financial statements; hcp_facing: works with health
    professionals.
    """

    SECTION16_OFFICER = "section16_officer"
    EO_3B7 = "eo_3b7"
    PEO = "peo"
    PFO = "pfo"
    PAO_OR_CONTROLLER = "pao_or_controller"
    INDEPENDENT = "independent"
    FIVE_PERCENT_HOLDER = "five_percent_holder"
    FINANCIAL_REPORTING = "financial_reporting"
    HCP_FACING = "hcp_facing"


class Relation(StrEnum):
    """How a relative stands to a person. The family sets of the rules differ in what they take."""

    SPOUSE = "spouse"
    DOMESTIC_PARTNER = "domestic_partner"
    CHILD = "child"
    STEPCHILD = "stepchild"
    PARENT = "parent"
    STEPPARENT = "stepparent"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    NIECE_OR_NEPHEW = "niece_or_nephew"
    COUSIN = "cousin"
    FORMER_SPOUSE = "former_spouse"
    HOUSEHOLD_MEMBER = "household_member"
    CLOSE_RELATIONSHIP = "close_relationship"


class Role(Closed, frozen=True):
    """A class, office or mark that a person has, and when; open ends are left out."""

    role: Annotated[
        str, means("A filer class, an office of the pack, or a person mark.", Names.ROLE)
    ]
    since: Annotated[date | None, means("First day; empty: since before every date here.")] = None
    until: Annotated[date | None, means("Last day; empty: still.")] = None


class Relative(Closed, frozen=True):
    """One relationship of a person, as it is now."""

    relation: Annotated[Relation, means("What the relative is to the person.")]
    person: Annotated[
        str, means("The relative's id, where the relative stands in people.", Names.PERSON)
    ] = ""
    name: Annotated[str, means("The relative's name, for the printed reason.")] = ""
    shares_home: Annotated[bool, means("Whether they live in one home.")] = False
    minor: Annotated[bool, means("Whether the relative is under age.")] = False
    tenant_or_employee: Annotated[
        bool, means("Shares the home only as a tenant or as a domestic employee.")
    ] = False
    domestic_employee: Annotated[bool, means("Shares the home as a domestic employee.")] = False


class PersonFacts(Closed, frozen=True):
    """A person who may file, decide, or be concerned. ``id`` is how other facts name them."""

    id: Annotated[str, means("Any short name, unique among people.")]
    name: Annotated[str, means("The name as printed; empty: the id.")] = ""
    roles: Annotated[
        tuple[str | Role, ...],
        means(
            "Filer classes (employee, director, nominee, executive_officer), offices of the "
            "pack (clo, cfo, ceo, ac_chair, ac_member, ...), and person marks "
            "(section16_officer, eo_3b7, peo, pfo, pao_or_controller, independent, "
            "five_percent_holder, financial_reporting, hcp_facing). An office implies what the "
            "pack says it implies, e.g. cfo an executive officer, ac_chair a director. With "
            "dates: {role, since, until}.",
            Names.ROLE,
        ),
    ] = ()
    relatives: Annotated[
        tuple[Relative, ...], means("Relatives who matter here; one direction is enough.")
    ] = ()
    reports_to: Annotated[str, means("The id of the person's manager.", Names.PERSON)] = ""


class Absence(Closed, frozen=True):
    """That somebody is away. Only a signed, dated declaration counts; silence never does."""

    office: Annotated[str, means("The office whose holder is away.", Names.OFFICE)]
    since: Annotated[date, means("First day away.")]
    until: Annotated[date, means("Last day away.")]
    signed: Annotated[
        bool, means("Whether a signed declaration is on record; without it nothing changes.")
    ] = False
    deputy: Annotated[
        str,
        means(
            "The office that acts, one further down the chain; empty: the next in the chain.",
            Names.OFFICE,
        ),
    ] = ""
    matters: Annotated[tuple[Matter, ...], means("Its scope; empty: every matter.")] = ()


class InterestReason(StrEnum):
    """Why somebody may not decide.

    own_interest: has an interest of their own; named_party: is a party, or is named in it;
    relative_of_filer, relative_of_party: is a relative; reports_to_filer: works for the filer;
    counterparty_facts: supplied the facts as counterparty;
    supervisor_interested: supervises the filer and has an interest in the outcome.
    """

    OWN_INTEREST = "own_interest"
    NAMED_PARTY = "named_party"
    RELATIVE_OF_FILER = "relative_of_filer"
    RELATIVE_OF_PARTY = "relative_of_party"
    REPORTS_TO_FILER = "reports_to_filer"
    COUNTERPARTY_FACTS = "counterparty_facts"
    SUPERVISOR_INTERESTED = "supervisor_interested"


class Interest(Closed, frozen=True):
    """Why a person other than the filer is concerned by the matter, so may not decide it."""

    person: Annotated[str, means("The id of the person.", Names.PERSON)]
    why: Annotated[InterestReason, means("The kind of interest.")]
