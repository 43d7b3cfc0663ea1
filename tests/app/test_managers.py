"""Whom people report to: recorded, read by the rules, and heeded on the way of a matter."""

from __future__ import annotations

import pytest
from a_company import SECRET
from village import CHIEF, EMMA, FIN, LAW, MAYA, SEC, Village, entry, fill

from candor.app import company, matter_deciding, matter_drafts, matter_forecast, matter_routing
from candor.app.matter_deciding import Choice
from candor.app.people import PersonInput
from candor.app.session import NotYours
from candor.errors import CandorError, Problems
from candor.policy.terms import DecisionKind
from candor.records import decisions

APPROVED = Choice(DecisionKind.APPROVAL, "It comes back on Monday.", (), False, "A small thing.")
OWNER = {"name": "Finn Figures", "id": ""}


def lead(village: Village, person: str, manager: str) -> None:
    """The Secretary records whom somebody reports to, and everybody learns it."""
    company.set_manager(village[SEC], village.id(person), village.id(manager))


def removal(village: Village) -> str:
    """Emma asks to take a thing of the Company home; it is sent on."""
    case = village.file(EMMA, "property-removal", q1_02=OWNER, q1_03=False, q2_01=False).case
    village.post(EMMA)
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    return case


def test_manager_is_recorded_by_address_and_changed_by_a_signed_act(village):
    nora = PersonInput("Nora New", "nora@village.example", classes=("employee",))
    below = PersonInput("Otto New", "otto@village.example", classes=("employee",))
    people = [
        PersonInput(**{**vars(nora), "manager": entry(CHIEF).email.upper()}),
        PersonInput(**{**vars(below), "manager": nora.email}),
    ]
    first, second = company.add_people(village[SEC], people)
    directory = village[SEC].directory
    assert directory.managers(second) == (first, village.id(CHIEF))
    company.set_manager(village[SEC], second, "")
    assert village[SEC].directory.managers(second) == ()
    assert village[SEC].directory.people[second].name == "Otto New"


def test_circle_of_managers_is_refused_and_nothing_recorded(village):
    lead(village, EMMA, FIN)
    lead(village, FIN, CHIEF)
    before = village[SEC].state.project()
    for person, manager in ((CHIEF, EMMA), (FIN, EMMA), (EMMA, EMMA)):
        with pytest.raises(CandorError, match="a circle"):
            lead(village, person, manager)
    unknown = PersonInput("X Y", "x@village.example", "", ("employee",), manager="no@where.example")
    with pytest.raises(Problems, match="nobody has the manager's address"):
        company.add_people(village[SEC], [unknown])
    assert village[SEC].state.project() == before
    with pytest.raises(NotYours):
        company.set_manager(village[LAW], village.id(EMMA), village.id(FIN))


def test_whoever_reports_to_the_filer_does_not_decide_their_matter(village):
    lead(village, LAW, FIN)
    case = village.file(FIN).case
    village.post(FIN)
    assert matter_routing.where(village[SEC], village[SEC].case(case)).office not in {"clo", "cfo"}


def test_manager_and_who_answers_for_the_thing_both_sign_what_leaves_the_premises(village):
    lead(village, EMMA, MAYA)
    case = removal(village)
    route = village[SEC].case(case).route
    assert (route.office, route.person) == ("manager", village.id(MAYA))
    assert set(route.joint) == {"manager", "asset_owner"}
    for key in (MAYA, FIN):
        assert [row.case for row in matter_deciding.queue(village[key])] == [case]
        matter_deciding.decide(village[key], case, APPROVED, village.name(key), SECRET)
        village.post(key)
    found = village[EMMA].case(case)
    assert {d.office: d.void for d in found.determinations} == {"manager": "", "asset_owner": ""}
    assert found.determination("").kind == "approval"


def test_nobody_signs_as_a_manager_whom_the_matter_does_not_name(village):
    lead(village, EMMA, MAYA)
    case = removal(village)
    with pytest.raises(Problems):
        matter_deciding.decide(village[LAW], case, APPROVED, village.name(LAW), SECRET)
    session = village[SEC]
    posing = matter_deciding.Capacity("manager")
    matter_deciding.write_decision(session, session.case(case), posing, APPROVED, village.name(SEC))
    assert session.case(case).determinations[0].void == decisions.NO_OFFICE


def test_filer_is_told_the_managers_name_before_filing(village):
    lead(village, EMMA, MAYA)
    village[EMMA].receive(village[SEC].directory_events)
    draft = matter_drafts.start(village[EMMA], "property-removal")
    fill(draft, {"q1_02": OWNER, "q1_03": False, "q2_01": False})
    assert village.name(MAYA) in matter_forecast.forecast(village[EMMA], draft).title
