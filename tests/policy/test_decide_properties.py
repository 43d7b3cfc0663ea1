"""What must hold for every case: whoever files, whoever is away, whoever is concerned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.answer import Answer, AttemptState, Decider, Part, Status
from candor.policy.decide import decide
from candor.policy.facts import Facts, Interest, InterestReason, Matter, VoteWord
from candor.policy.facts.reading import facts_from
from candor.policy.pack import Pack, load_pack
from candor.policy.pack.rules import WaivableBy
from candor.policy.terms import DecisionKind
from candor.resources import pack_bytes

ON = date(2026, 11, 25)
PACK = load_pack(pack_bytes("immunogen"))
HARBOR = load_pack(pack_bytes(Path(__file__).parent / "packs" / "harbor"))
PACKS = {"immunogen": PACK, "harbor": HARBOR}
PEOPLE = ("ada", "ben", "cleo", "dov", "eva", "fay", "gus", "hal")
DECIDING = frozenset(
    {Part.DECIDES, Part.SIGNS_JOINTLY, Part.DECIDES_ANY, Part.RULES_FIRST, Part.RECEIVES}
)

SECTIONS: dict[Matter, dict[str, list[dict[str, Any]]]] = {
    Matter.GIFT_RECEIVED: {
        "gift_received": [{"kind": "goods"}, {"kind": "meal", "value": {"amount": "30"}}]
    },
    Matter.GIFT_GIVEN: {
        "gift_given": [
            {"kind": "meal", "recipient_classes": ["hcp"], "policy_cited": "4"},
            {"kind": "goods", "recipient_classes": ["private"]},
        ]
    },
    Matter.LOAN: {"loan": [{"kind": "travel_advance", "business_expense": True}]},
    Matter.WAIVER: {"waiver": [{"provisions": [], "actual_conflict_found": True}]},
    Matter.OUTSIDE_SERVICE: {"service": [{"competitor": True}, {"role": "teacher"}]},
    Matter.OPPORTUNITY: {"opportunity": [{"strategic": True}, {}]},
    Matter.FINANCIAL_INTEREST: {"financial_interest": [{}]},
    Matter.CONCERN: {"concern": [{}, {"kind": "accounting"}]},
    Matter.PROPERTY_REMOVAL: {"removal": [{}, {"contains_information": True}]},
    Matter.INFORMATION_COPY: {"information": [{}]},
}
persons = st.sampled_from(PEOPLE)


@st.composite
def cases(draw: Callable[[st.SearchStrategy[Any]], Any], pack: Pack = PACK) -> Facts:
    """Few people with many roles, relatives, absences, vacancies and interests."""
    roles = [*pack.offices, "employee", "director", "executive_officer", "independent"]
    people = []
    for person in PEOPLE:
        held = draw(st.lists(st.sampled_from(roles), max_size=3, unique=True))
        kin = draw(st.lists(persons.filter(lambda p, me=person: p != me), max_size=1))
        relatives = [{"relation": "sibling", "person": one} for one in kin]
        chief = draw(st.sampled_from(["", *[p for p in PEOPLE if p != person]]))
        people.append({"id": person, "roles": held, "relatives": relatives, "reports_to": chief})
    matter = draw(st.sampled_from(list(Matter)))
    document: dict[str, Any] = {
        "matter": str(matter),
        "filer": draw(persons),
        "people": people,
        "vacant": draw(st.lists(st.sampled_from(pack.offices), max_size=2, unique=True)),
        "absences": [
            {"office": office, "since": "2026-11-01", "until": "2026-11-30", "signed": signed}
            for office in draw(st.lists(st.sampled_from(pack.offices), max_size=2, unique=True))
            for signed in [draw(st.booleans())]
        ],
        "interests": [
            {"person": person, "why": str(draw(st.sampled_from(list(InterestReason))))}
            for person in draw(st.lists(persons, max_size=2, unique=True))
        ],
    }
    for section, choices in SECTIONS.get(matter, {}).items():
        document[section] = draw(st.sampled_from(choices))
    return facts_from(document, pack.known)


def _members(answer: Answer, one: Decider) -> tuple[str, ...]:
    if not one.body:
        return (one.person,) if one.person else ()
    assert answer.body is not None
    return answer.body.disinterested if answer.body.id == one.body else ()


def _deciding(answer: Answer) -> set[str]:
    return {
        person
        for one in answer.deciders
        if one.part in DECIDING
        for person in _members(answer, one)
    }


def _relatives(facts: Facts, person: str) -> set[str]:
    pairs = [(p.id, r.person) for p in facts.people for r in p.relatives]
    return {b for a, b in pairs if a == person} | {a for a, b in pairs if b == person}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@given(data=st.data())
def test_nobody_decides_their_own_or_a_relatives_case(data: st.DataObject, pack: Pack) -> None:
    facts = data.draw(cases(pack))
    deciding = _deciding(decide(facts, pack, ON))
    assert deciding.isdisjoint(i.person for i in facts.interests if i.why != "reports_to_filer")
    if facts.matter is not Matter.CODE_AMENDMENT:  # which is nobody's own
        assert facts.filer not in deciding
        assert deciding.isdisjoint(_relatives(facts, facts.filer))


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@given(data=st.data())
def test_every_route_ends_with_somebody_or_says_why_it_waits(
    data: st.DataObject, pack: Pack
) -> None:
    facts = data.draw(cases(pack))
    answer = decide(facts, pack, ON)
    assert answer.sentences
    if answer.status is Status.BLOCKED:
        assert answer.block is not None
        assert answer.block.remedy
    elif answer.status is Status.WAIT:
        assert len(answer.sentences) > 2
    elif answer.status is not Status.SERVE:
        assert answer.deciders


@given(data=st.data())
def test_whoever_decides_holds_the_office_and_is_not_away(data: st.DataObject) -> None:
    facts = data.draw(cases())
    answer = decide(facts, PACK, ON)
    signed = {a.office for a in facts.absences if a.signed}
    for one in answer.deciders:
        if one.part in DECIDING and one.office:
            assert one.office not in facts.vacant
            assert one.office not in signed


ABSOLUTE = [row.id for row in PACK.prohibitions if row.waivable_by is WaivableBy.NOBODY]


@given(
    facts=cases(), rule=st.sampled_from(ABSOLUTE), matter=st.sampled_from(["conflict", "waiver"])
)
def test_what_nobody_may_waive_never_yields_a_decider(facts: Facts, rule: str, matter: str) -> None:
    document: dict[str, Any] = {
        "matter": "waiver",
        "filer": facts.filer,
        "waiver": {"provisions": ["III b3"], "conduct": rule, "actual_conflict_found": True},
    }
    row = next(one for one in PACK.prohibitions if one.id == rule)
    if matter == "conflict":
        if row.matters and Matter.CONFLICT not in row.matters:
            return
        document = {"matter": matter, "filer": facts.filer, "prohibited": [rule]}
    people = [{"id": p.id, "roles": list(p.roles)} for p in facts.people]
    answer = decide(facts_from({**document, "people": people}, PACK.known), PACK, ON)
    assert answer.blocked
    assert answer.deciders == ()
    assert DecisionKind.WAIVER_GRANTED not in answer.allowed_decisions
    assert DecisionKind.APPROVAL not in answer.allowed_decisions


VOTERS = ("one", "two", "three")


def _voted(votes: dict[str, VoteWord], interests: tuple[str, ...]) -> AttemptState:
    people = [
        {"id": "filer", "roles": ["executive_officer"]},
        *({"id": v, "roles": ["ac_chair" if v == "one" else "ac_member"]} for v in VOTERS),
    ]
    document = {
        "matter": "waiver",
        "filer": "filer",
        "people": people,
        "waiver": {"provisions": ["III b3"], "actual_conflict_found": True},
        "decision": {
            "kind": "waiver_granted",
            "on": "2026-11-25",
            "body": "audit",
            "how": "meeting",
        },
        "votes": [{"member": m, "vote": str(v)} for m, v in votes.items()],
        "interests": [{"person": p, "why": "own_interest"} for p in interests],
    }
    answer = decide(facts_from(document, PACK.known), PACK, ON)
    assert answer.attempt is not None
    return answer.attempt.state


@given(
    votes=st.fixed_dictionaries({m: st.sampled_from(list(VoteWord)) for m in VOTERS}),
    recused=st.sampled_from(VOTERS),
    others=st.lists(st.sampled_from(VOTERS), max_size=2, unique=True).map(tuple),
)
def test_in_a_committee_of_three_a_recusal_never_makes_approval_easier(
    votes: dict[str, VoteWord], recused: str, others: tuple[str, ...]
) -> None:
    before = _voted(votes, others)
    after = _voted({**votes, recused: VoteWord.RECUSED}, others)
    if after is AttemptState.COUNTS:
        assert before is AttemptState.COUNTS


@given(data=st.data())
def test_a_further_interest_never_brings_somebody_in(data: st.DataObject) -> None:
    facts = data.draw(cases())
    person = data.draw(persons)
    more = Interest(person, InterestReason.OWN_INTEREST)
    wider = msgspec.structs.replace(facts, interests=(*facts.interests, more))
    assert person not in _deciding(decide(wider, PACK, ON))


@given(data=st.data())
def test_the_same_facts_give_the_same_answer(data: st.DataObject) -> None:
    facts = data.draw(cases())
    assert decide(facts, PACK, ON) == decide(facts, PACK, ON)
