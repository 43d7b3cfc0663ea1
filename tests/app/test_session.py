"""What an open vault knows: kept up to date step by step, never another than reading it anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from a_company import CHAIR, CLO, DIRECTOR, PARTS, PEOPLE, SECRET, SECRETARY, START, Town

from candor.app import awake, chooser, company, deciding, marks, vaults
from candor.app.people import PersonInput
from candor.app.session import Session
from candor.clock import SteppingClock
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.records import chain
from candor.records.case import fold
from candor.records.events import EventType

NORA = PersonInput("Nora Newly", "nora@example.com", classes=("nominee",))


def anew(session: Session) -> bytes:
    """The state that the vault's events tell to whoever never heard of any of them."""
    return fold(session.vault.events(), session.root).project()


def test_step_by_step_ends_where_reading_everything_ends(town_after):
    town = town_after("replied")
    session = town[SECRETARY]
    assert session.state.project() == anew(session)
    rows = deciding.exceptions(session)
    deciding.refer(session, [(row.case, row.fact.question) for row in rows])
    town.carry(SECRETARY)
    company.add_people(session, [NORA])
    for key in (SECRETARY, CLO):
        assert town[key].state.project() == anew(town[key])


def test_directory_events_are_those_of_the_vault_whatever_came_last(town_after):
    town = town_after("joined")
    session = town[SECRETARY]
    before = session.directory_events
    session.write(new_id(), EventType.REMINDER_WRITTEN, [("note", "elsewhere")])
    assert session.directory_events is before
    with pytest.raises(Stopped):
        stop_after(
            session, lambda: company.add_people(session, [NORA]), lambda: session.directory_events
        )
    assert session.directory_events == before
    company.add_people(session, [NORA])
    assert len(session.directory_events) > len(before)
    assert session.directory_events == tuple(session.vault.events(session.root.directory))


class Stopped(CandorError):
    """What stops a batch half way."""


def stop_after(session: Session, *acts: Callable[[], object]) -> None:
    """Do these in one batch, and fail."""
    with session.batch():
        for act in acts:
            act()
        raise Stopped("stopped")


def test_a_failed_batch_leaves_the_vault_and_what_is_known_as_they_were(town_after):
    session = town_after("joined")[SECRETARY]
    before, logs = session.state.project(), session.state.logs
    with pytest.raises(Stopped):
        stop_after(session, lambda: company.add_people(session, [NORA]))
    assert session.state.project() == before == anew(session)
    company.add_people(session, [NORA])
    assert session.state.project() == anew(session)
    assert session.state.logs != logs


@pytest.mark.parametrize("reading", ["refresh", "rest"])
def test_what_was_read_inside_a_failed_batch_is_forgotten(town_after, reading):
    session = town_after("joined")[SECRETARY]
    before, seen = session.state.project(), []
    with pytest.raises(Stopped):
        stop_after(
            session,
            lambda: company.add_people(session, [NORA]),
            getattr(session, reading),
            lambda: seen.append(session.state.project()),
        )
    assert seen != [before]
    assert session.state.project() == before


def test_screens_see_that_something_changed(town_after):
    session = town_after("joined")[SECRETARY]
    before = session.changed
    company.add_people(session, [NORA])
    assert session.changed > before


def test_what_was_found_signed_before_is_not_verified_at_the_next_opening(town_after, monkeypatch):
    town = town_after("decided")
    before = town[CLO].state.project()
    town.close()
    verified: list[bytes] = []
    real = chain.signature_holds

    def watched(signed: object, public: bytes) -> bool:
        verified.append(public)
        return real(signed, public)  # type: ignore[arg-type]

    monkeypatch.setattr(chain, "signature_holds", watched)
    assert town[CLO].state.project() == before
    assert verified == []


@pytest.mark.parametrize("junk", [b"", b"junk", b'{"upto": "all"}', b"[]"])
def test_marks_that_cannot_be_read_only_make_opening_slower(town_after, junk):
    town = town_after("replied")
    session = town[SECRETARY]
    before = session.state.project()
    session.vault.set_projection(marks.NAME, junk)
    session.vault.close()
    town.sessions.clear()
    assert town[SECRETARY].state.project() == before


def test_marks_do_not_cover_events_that_came_after_them(town_after):
    town = town_after("joined")
    session = town[SECRETARY]
    session.rest()
    data = session.vault.projection(marks.NAME)
    assert data is not None
    count = session.vault.event_count()
    company.add_people(session, [NORA])
    found = marks.Marks.of(session.vault)
    assert found.upto == count
    ids = [chain.event_id(signed) for signed, _ in session.vault.events()]
    assert [found.covers(place, event) for place, event in enumerate(ids)] == (
        [True] * count + [False] * (len(ids) - count)
    )


def test_projections_dropped_are_worked_out_again(town_after):
    town = town_after("decided")
    session = town[SECRETARY]
    before = session.state.project()
    session.vault.drop_projections()
    session.vault.close()
    town.sessions.clear()
    assert town[SECRETARY].state.project() == before


def test_sessions_longest_unused_rest_and_go_on_when_they_are_used(town_after, monkeypatch):
    town = town_after("replied")
    monkeypatch.setattr(awake, "MOST_EVENTS", 30)
    before = {key: town[key].state.project() for key in PEOPLE}
    assert {key: town[key].state.project() for key in PEOPLE} == before
    deciding.refer(
        town[SECRETARY],
        [(row.case, row.fact.question) for row in deciding.exceptions(town[SECRETARY])],
    )
    town.carry(SECRETARY)
    for key in PEOPLE:
        assert town[key].state.project() == anew(town[key])


def test_a_session_at_work_is_not_sent_to_rest(town_after):
    session = town_after("joined")[SECRETARY]
    with session.batch():
        company.add_people(session, [NORA])
        assert not session.doze()
    assert session.doze()
    assert session.state.project() == anew(session)


def test_an_answer_claims_no_earlier_time_than_what_it_answers(town_after):
    town = town_after("issued")
    town.close()
    slow = Town(town.folder, SteppingClock(START - timedelta(days=300)))
    slow.answer(DIRECTOR)
    (case,) = [c for c in slow[DIRECTOR].state.cases.values() if c.kind == "questionnaire"]
    assert case.submissions
    assert not slow[DIRECTOR].state.void
    slow.close()


def test_an_event_of_a_later_candor_is_kept_and_counts_for_nothing(town_after):
    town = town_after("issued")
    session = town[SECRETARY]
    case = next(c for c in session.state.cases.values() if c.subject == town.id(CHAIR))
    event = session.write(case.id, EventType("questionnaire.receipt_given"), [("event", "x")])
    assert event in session.state.void
    assert session.vault.has_event(event)


def test_a_vault_lists_itself_in_the_chooser_and_can_be_taken_off(town_after):
    town = town_after("joined")
    folder = str(town.vault(DIRECTOR))
    assert town[DIRECTOR].is_enrolled is False
    (entry,) = [row for row in chooser.known_vaults() if row.folder == folder]
    assert (entry.person, entry.company) == (PEOPLE[DIRECTOR].name, town[DIRECTOR].company)
    chooser.forget_vault(folder)
    assert folder not in {row.folder for row in chooser.known_vaults()}
    assert town.vault(DIRECTOR).is_dir()


def test_a_second_opening_of_an_open_vault_is_refused(town_after):
    town = town_after("joined")
    assert town[DIRECTOR].person_id
    with pytest.raises(CandorError, match="open"):
        vaults.open_vault(town.vault(DIRECTOR), SECRET, town.clock, PARTS)
