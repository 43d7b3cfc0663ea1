"""An officer's strange record must not close a screen, and says in a sentence why it is void."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.attacks.conftest import Bring, Forge
from tests.attacks.test_unreadable_answers import SEALED, own_case, screens, signed

from candor.app import decision_sheet, filing, packets, printing, reading
from candor.app.demo import Player, Story
from candor.forms import shapes
from candor.keys.codes import new_id
from candor.records import chain
from candor.records.body import make_body
from candor.records.events import EventType

Items = dict[str, Any]
UNREADABLE = "This record does not have the parts that it should."
WHOLE = {"text": "Keep apart from it.", "owner": "The filer", "due": "2027-03-01"}


def written(
    player: Player, case: str, kind: EventType, items: Items, deps: set[str]
) -> tuple[Any, ...]:
    """An event that the player's own keys signed, with any content."""
    session = player.session
    with session.batch():
        event = session.write(case, kind, make_body(items.items()), deps=deps)
    made = session.vault.event(event)
    assert made is not None
    return made


def decided(clo: Player, conditions: list[Any]) -> tuple[tuple[Any, ...], str, str]:
    """A further decision of an exception, under these conditions."""
    session = clo.session
    case = next(c for c in reading.questionnaires(session) if c.determinations)
    last = next(d for d in case.determinations if d.question)
    before = session.vault.event(last.event)
    assert before is not None
    assert before[1] is not None
    items = {item.id: item.value for item in before[1].items}
    items |= {"kind": "approval_with_conditions", "conditions": conditions}
    deps = {reading.newest(case).event, *session.directory.head}
    deps |= {r.event for r in case.referrals}
    made = written(clo, case.id, EventType.EXCEPTION_DETERMINED, items, deps)
    return made, case.id, last.question


@pytest.mark.parametrize(
    "conditions",
    [
        [{"owner": "The filer", "due": ""}],
        [{"text": "Keep apart from it.", "due": ""}],
        [{"text": "Keep apart from it.", "owner": "The filer"}],
        [{**WHOLE, "due": "next spring"}],
        [{**WHOLE, "text": " "}],
        [{**WHOLE, "until": "2027-03-01"}],
        [{}],
        ["Keep apart from it."],
    ],
)
def test_conditions_that_nobody_can_read_make_a_decision_void_and_close_no_screen(
    story: Story, secretary: Player, forge: Forge, bring: Bring, conditions: list[Any]
) -> None:
    clo = story.office("clo")
    event, case, question = decided(clo, conditions)
    bring(secretary, forge(clo, secretary, events=(event,)))
    for session in (secretary.session, clo.session):
        found = session.case(case)
        void = {d.event: d.void for d in found.determinations}
        assert void[chain.event_id(event[0])] == UNREADABLE
        screens(session)
        decision_sheet.sheet(session, case, question)
        printing.exceptions(session, found)


def test_whole_conditions_are_shown_and_printed(
    story: Story, secretary: Player, forge: Forge, bring: Bring
) -> None:
    clo = story.office("clo")
    event, case, question = decided(clo, [WHOLE, {**WHOLE, "due": ""}])
    bring(secretary, forge(clo, secretary, events=(event,)))
    session = secretary.session
    shown = decision_sheet.sheet(session, case, question).determination
    assert shown is not None
    assert [c.due for c in shown.conditions] == [date(2027, 3, 1), None]
    printed = printing.exceptions(session, session.case(case))
    assert {c.text for e in printed for d in e.determinations for c in d.conditions} >= {
        WHOLE["text"]
    }


def issued(secretary: Player, insider: Player, change: Items) -> tuple[tuple[Any, ...], str]:
    """The insider's questionnaire issued once more, as another case, with some items changed."""
    session = secretary.session
    source = session.case(own_case(session, insider.id))
    before = session.vault.event(source.issued_event)
    assert before is not None
    assert before[1] is not None
    items = {item.id: item.value for item in before[1].items} | change
    items = {name: value for name, value in items.items() if value is not None}
    case = new_id()
    deps = set(session.directory.head)
    return written(secretary, case, EventType.QUESTIONNAIRE_ISSUED, items, deps), case


STRANGE_ISSUES: list[Items] = [
    {"filer": {}},
    {"filer": {"classes": "director"}},
    {"filer": {"classes": [5]}},
    {"settings": {"d_test_floor": {"minor": 1}}},
    {"settings": {"d_test_floor": [1]}},
    {"facts": {"1.03": None}},
    {"last_year": {"1.03": {}}},
    {"last_year": {"1.03": {"answer": {"question": "1.03", "value": True}}}},
    {"last_year": {"1.03": {"answer": {"value": True}, "signed_at": "2026-01-05T09:00:00+00:00"}}},
    {"last_year": {"1.03": {"answer": {"question": "1.03"}, "signed_at": "last winter"}}},
    {"due": "soon"},
    {"due": ""},
    {"opens": "2027-02-30"},
    {"fiscal_year_end": "December"},
    {"determination_date": ""},
    {"filer": None},
    {"due": None},
]


@pytest.mark.parametrize("change", STRANGE_ISSUES)
def test_a_questionnaire_that_nobody_can_read_is_void_and_closes_no_screen(
    secretary: Player, insider: Player, forge: Forge, bring: Bring, change: Items
) -> None:
    event, case = issued(secretary, insider, change)
    forms = len(filing.my_forms(insider.session))
    bring(insider, forge(secretary, insider, events=(event,)))
    for session in (insider.session, secretary.session):
        assert session.case(case).issued is None
        assert [step.standing for step in session.case(case).timeline] == [UNREADABLE]
        screens(session)
    assert len(filing.my_forms(insider.session)) == forms


SUPPLIED = ("1.03", "1.05", "2.01", "2.02", "2.09", "4.01", "5.02", "9.01", "13.02")


@pytest.mark.parametrize("fact", [5, "x", True, [5], [{"odd": {}}], {"minor": "x"}, {}])
def test_facts_of_another_shape_than_the_question_are_not_offered(
    secretary: Player, insider: Player, forge: Forge, bring: Bring, fact: Any
) -> None:
    """Whatever is offered can be confirmed, signed and printed."""
    event, case = issued(secretary, insider, {"facts": dict.fromkeys(SUPPLIED, fact)})
    bring(insider, forge(secretary, insider, events=(event,)))
    draft = filing.open_draft(insider.session, case)
    for question in draft.facts:
        draft.confirm_fact(question)
        assert not shapes.value_fault(draft.form.question(question), draft.answers[question].value)
    draft.problems()
    draft.flags()
    screens(insider.session)


def test_a_receipt_without_a_time_is_void(
    secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    session = secretary.session
    case = session.case(own_case(session, insider.id))
    said = {"event": reading.newest(case).event, "number": "X-1", "received_at": "yesterday"}
    deps = {*session.directory.head, said["event"]}
    event = written(secretary, case.id, EventType.RECEIPT_GIVEN, said, deps)
    receipts = session.case(case.id).receipts
    bring(insider, forge(secretary, insider, events=(event,)))
    assert "yesterday" not in {r.received_at for r in receipts}
    for reader in (insider.session, session):
        printing.annex(reader, reader.case(case.id))
        screens(reader)


@pytest.mark.parametrize(
    "change",
    [{"due": "soon"}, {"opens": ""}, {"meeting_on": ""}, {"meeting_on": "spring"}, {"due": None}],
)
def test_a_campaign_without_dates_is_void_and_closes_no_screen(
    secretary: Player, change: Items
) -> None:
    session = secretary.session
    first = next(c for c in session.state.cases.values() if c.campaign_info)
    opened = first.timeline[0].event
    before = session.vault.event(opened)
    assert before is not None
    assert before[1] is not None
    items = {item.id: item.value for item in before[1].items} | change
    items = {name: value for name, value in items.items() if value is not None}
    written(secretary, new_id(), EventType.CAMPAIGN_OPENED, items, set(session.directory.head))
    screens(session)
    packets.packets(session)


@pytest.mark.parametrize("change", [{"kind": "poem"}, {"signers": [{}]}, {"pages": "many"}])
def test_a_packet_of_no_known_kind_is_void_and_closes_no_screen(
    secretary: Player, change: Items
) -> None:
    session = secretary.session
    case = next(c for c in session.state.cases.values() if c.packets)
    before = session.vault.event(case.packets[0].event)
    assert before is not None
    assert before[1] is not None
    items = {item.id: item.value for item in before[1].items} | change
    written(secretary, case.id, EventType.PACKET_COMPILED, items, set(session.directory.head))
    packets.packets(session)
    screens(session)


DATES = {"determination_date": "2027-03-01", "fiscal_year_end": "2026-12-31"}


@pytest.mark.parametrize(
    "dates", [{}, {**DATES, "determination_date": "x"}, {**DATES, "fiscal_year_end": ""}]
)
def test_sealed_answers_read_against_no_dates_are_void(
    story: Story, insider: Player, forge: Forge, bring: Bring, dates: Items
) -> None:
    clo = story.office("clo")
    context = {"filer": {"classes": ["director"]}, **dates}
    event = signed(insider, {"audience": SEALED, "context": context}, sealed=True)
    bring(clo, forge(insider, clo, events=(event,)))
    screens(clo.session)
    sealed = [c for c in clo.session.state.cases.values() if c.kind == "sealed"]
    assert all(c.submissions or c.timeline[0].standing for c in sealed)
