"""Opening a questionnaire, and knowing no more about it than the files say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from a_company import (
    CHAIR,
    CLO,
    DIRECTOR,
    FILERS,
    FORM,
    PEOPLE,
    SECRETARY,
    Town,
    speaks_up,
)

from candor.app import campaign_setup, campaigns, outbox, receipts
from candor.app.session import NotYours
from candor.errors import CandorError, Problems


def test_a_new_campaign_starts_from_suggestions_that_can_be_opened_as_they_are(town_after):
    session = town_after("joined")[SECRETARY]
    suggested = campaign_setup.suggested(session)
    assert len(suggested.people) == len(FILERS)
    case = campaigns.open_campaign(session, suggested)
    (view,) = campaigns.campaigns(session)
    assert (view.id, view.total) == (case, len(FILERS))
    assert {row.what_we_know for row in view.rows} == {"Not sent yet: the file is in the outbox"}


def test_everything_wrong_with_a_campaign_is_said_at_once_and_nothing_is_opened(town_after):
    session = town_after("joined")[SECRETARY]
    good = campaign_setup.suggested(session)
    bad = replace(good, title=" ", due=good.opens - timedelta(days=1), people=("nobody",))
    before = session.state.project()
    with pytest.raises(Problems) as refused:
        campaigns.open_campaign(session, bad)
    assert len(refused.value.problems) == 3
    with pytest.raises(Problems, match="Nobody is chosen"):
        campaigns.open_campaign(session, replace(good, people=()))
    assert session.state.project() == before


def test_nobody_but_the_secretary_opens_a_campaign(town_after):
    town = town_after("joined")
    with pytest.raises(NotYours):
        campaigns.open_campaign(town[CLO], campaign_setup.suggested(town[SECRETARY]))


def test_a_filer_gets_their_own_form_and_learns_of_nobody_elses(town_after):
    town = town_after("issued")
    session = town[DIRECTOR]
    kinds = {case.kind for case in session.state.cases.values()}
    subjects = {case.subject for case in session.state.cases.values()}
    assert kinds == {"questionnaire"}
    assert subjects == {session.person_id}
    (case,) = session.state.cases.values()
    assert case.issued is not None
    assert session.form(case.issued.form).id == FORM


def rows(town: Town) -> dict[str, campaigns.CampaignRow]:
    (view,) = campaigns.campaigns(town[SECRETARY])
    names = {person.name: key for key, person in PEOPLE.items()}
    return {names[row.name]: row for row in view.rows}


def test_a_row_says_what_the_files_prove_and_nothing_more(town_after):
    town = town_after("issued")
    assert rows(town)[DIRECTOR].what_we_know.startswith("File made")
    assert rows(town)[DIRECTOR].what_we_know.endswith("no reply imported")
    town.answer(DIRECTOR, speaks_up)
    assert rows(town)[DIRECTOR].group == "waiting"
    town.carry(DIRECTOR)
    row = rows(town)[DIRECTOR]
    assert row.group == "needs"
    assert "imported" in row.what_we_know
    assert row.number == "DOQ-2026-0001"
    assert row.exceptions > 0
    assert row.in_short.endswith(f"imported; 0 of {row.exceptions} decided")


def test_counts_add_up_as_answers_are_decided(town_after):
    for step, waiting in (("issued", len(FILERS)), ("decided", 0)):
        (view,) = campaigns.campaigns(town_after(step)[SECRETARY])
        counts = view.counts
        assert counts.done + counts.needs_you + counts.waiting == view.total == len(FILERS)
        assert counts.waiting == waiting
    assert counts.needs_you == 0


def test_every_reply_gets_one_number_and_keeps_it(town_after):
    town = town_after("replied")
    numbers = {row.number for row in rows(town).values()}
    assert numbers == {f"DOQ-2026-{n:04d}" for n in range(1, len(FILERS) + 1)}
    assert receipts.give(town[SECRETARY]) == 0


def test_the_receipt_reaches_the_filer_with_the_number(town_after):
    town = town_after("replied")
    (case,) = [c for c in town[CHAIR].state.cases.values() if c.kind == "questionnaire"]
    assert case.number == rows(town)[CHAIR].number
    assert case.receipts[0].person == town.id(SECRETARY)


def test_a_filer_cannot_give_numbers(town_after):
    town = town_after("replied")
    assert receipts.give(town[DIRECTOR]) == 0


def test_a_reminder_is_composed_and_recorded_and_not_claimed_to_be_sent(town_after):
    town = town_after("issued")
    (view,) = campaigns.campaigns(town[SECRETARY])
    wanted = town.id(DIRECTOR)
    (reminder,) = campaigns.write_reminders(town[SECRETARY], view.id, (wanted,))
    assert reminder.to == PEOPLE[DIRECTOR].email
    assert PEOPLE[DIRECTOR].name in reminder.text
    assert "reminder written" in rows(town)[DIRECTOR].what_we_know
    assert "reminder" not in rows(town)[CHAIR].what_we_know
    assert rows(town)[DIRECTOR].reminded_on == town.clock.now().date()
    assert rows(town)[CHAIR].reminded_on is None
    assert f"{view.title} is due on" in reminder.text


def test_a_reminder_after_the_due_day_says_so(town_after):
    town = town_after("issued")
    town.clock.move_to(town.clock.now() + timedelta(days=40))
    (view,) = campaigns.campaigns(town[SECRETARY])
    (reminder,) = campaigns.write_reminders(town[SECRETARY], view.id, (town.id(DIRECTOR),))
    assert f"{view.title} was due on" in reminder.text


def test_a_late_reply_is_marked_late(town_after):
    town = town_after("issued")
    town.clock.move_to(town.clock.now() + timedelta(days=40))
    town.answer(DIRECTOR)
    town.carry(DIRECTOR)
    assert rows(town)[DIRECTOR].late
    assert "Overdue" not in rows(town)[DIRECTOR].what_we_know


def test_next_years_questionnaire_proposes_what_was_signed(town_after):
    town = town_after("replied")
    session = town[SECRETARY]
    campaigns.open_campaign(session, replace(campaign_setup.suggested(session), title="Next"))
    mine = [
        case
        for case in session.state.cases.values()
        if case.subject == town.id(DIRECTOR) and case.issued and case.issued.title == "Next"
    ]
    last = mine[0].issued.last_year if mine[0].issued else {}
    assert "13.01" in last
    assert not {"13.03", "13.04"} & set(last)


def test_company_facts_are_read_by_address_and_the_unknown_are_named(town_after):
    session = town_after("joined")[SECRETARY]
    data = json.dumps({PEOPLE[DIRECTOR].email.upper(): {"1.05": "x"}, "who@example.com": {}})
    found = campaign_setup.match_facts(session, data.encode())
    assert found.unknown == ("who@example.com",)
    assert list(found.by_person) == [
        i for i, p in session.directory.people.items() if p.email == PEOPLE[DIRECTOR].email
    ]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a": 1}', b"\xff", b'{"a": {"b": 1e999}}'])
def test_facts_of_another_shape_are_refused_in_words(data):
    with pytest.raises(CandorError, match="cannot be read"):
        campaigns.read_facts(data)


def test_files_for_the_filers_are_named_for_them(town_after):
    town = town_after("joined")
    session = town[SECRETARY]
    campaigns.open_campaign(session, campaign_setup.suggested(session))
    ready = [item for item in outbox.outbox(session) if item.state == "ready"]
    assert {item.purpose_text for item in ready} == {"Questionnaire"}
    assert {item.recipient_name for item in ready} == {PEOPLE[key].name for key in FILERS}
