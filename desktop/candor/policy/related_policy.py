"""Whether the related person policy applies: by ruling, by the transaction, or in doubt.

The Code sends directors' and executive officers' matters to the Audit Committee "under the
related person policy, if applicable" and does not contain it. Doubt, and a missing amount, go to
the committee too (code-map A13; domain reference A6, A7).
"""

from __future__ import annotations

from collections.abc import Iterator

from candor.intervals import add_years
from candor.policy.facts import Matter, PartyRelation, PersonMark, RelatedBasis, RulingAbout
from candor.policy.ground import Ground
from candor.policy.rulings import ruling
from candor.policy.standing import Standing
from candor.policy.terms import FilerClass
from candor.policy.verdict import Verdict

_DEALINGS = frozenset(
    {
        PartyRelation.VENDOR,
        PartyRelation.CUSTOMER,
        PartyRelation.LICENSOR,
        PartyRelation.LICENSEE,
        PartyRelation.CRO,
        PartyRelation.LENDER,
        PartyRelation.BIDDER,
        PartyRelation.SEEKING_BUSINESS,
    }
)
_RELATED = frozenset({FilerClass.DIRECTOR, FilerClass.NOMINEE, FilerClass.EXECUTIVE_OFFICER})


def is_related_person(ground: Ground) -> bool:
    """Whether the filer is a related person: by class, by holding over 5%, or as family."""
    if _related_by_itself(ground, ground.facts.filer):
        return True
    transaction = ground.facts.transaction
    if transaction and transaction.basis in set(RelatedBasis):
        return True
    return any(_related_by_itself(ground, relative) for relative in ground.filer.relatives)


def _related_by_itself(ground: Ground, person: str) -> bool:
    known = ground.standing.people.get(person)
    if known is None:
        return False
    if _RELATED & set(known.classes) or known.has(PersonMark.FIVE_PERCENT_HOLDER):
        return True
    return any(_RELATED & set(classes) for classes in _former_classes(ground, person))


def _former_classes(ground: Ground, person: str) -> Iterator[tuple[FilerClass, ...]]:
    """Classes that ended within the years that Item 404 looks back on: who was a director or
    executive officer at any time in them is a related person still (Instruction 1)."""
    back = -1 if ground.settings.smaller_reporting_company else 0
    since = add_years(ground.last_fiscal_year, back)
    for role in next(one.roles for one in ground.facts.people if one.id == person):
        if not isinstance(role, str) and role.until and since <= role.until < ground.on:
            yield Standing(ground.facts, ground.pack, role.until)[person].classes


def applies(ground: Ground) -> Verdict:
    """Whether the policy applies to this matter, as far as ruling and facts tell."""
    ruled = ruling(ground, RulingAbout.RPT_POLICY_APPLIES)
    if ruled is not None:
        return Verdict.YES if ruled.holds else Verdict.NO
    facts = ground.facts
    if facts.transaction is not None:
        taken = facts.transaction
        both = taken.company_participates and taken.related_person_interest
        return Verdict.YES if both else Verdict.NO
    if facts.matter in {Matter.FAMILY_BUSINESS, Matter.RELATED_PERSON_TRANSACTION}:
        return Verdict.OPEN
    if facts.matter is Matter.GIFT_RECEIVED:
        # the giver gives; the Company takes no part unless a transaction says so
        return Verdict.NO
    relations = {r for party in facts.parties for r in party.relation_to_company}
    if facts.matter is Matter.FINANCIAL_INTEREST and not relations:
        return Verdict.OPEN
    deals = bool(_DEALINGS & relations)
    service = facts.service
    deals = deals or (service is not None and service.business_with_company)
    return Verdict.OPEN if deals else Verdict.NO
