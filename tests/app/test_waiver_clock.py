"""A waiver's clock: for whom it runs, when it is due, what moves it and what ends it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from a_company import SECRET
from boardroom import DIRK, DORA, MEETING, WAIVER
from village import CHAIR, EMMA, FIN, LAW, MAYA, MILO, SEC, everything

from candor.app import (
    acts,
    committee,
    company,
    disclosing,
    home,
    matter_deciding,
    matter_routing,
    waiver_clock,
)
from candor.app.committee import Choice
from candor.app.company import pack_bytes
from candor.app.session import PACK, NotYours
from candor.errors import CandorError
from candor.policy.terms import DecisionKind
from candor.records import decisions
from candor.records.acts import PersonAct
from candor.records.events import EventType


def test_officers_waiver_is_granted_by_the_committee_with_its_clock(boardroom):
    case = boardroom.granted(FIN)
    decided = boardroom[FIN].case(case).determination("")
    assert (decided.kind, decided.material_departure.is_departure) == ("waiver_granted", True)
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.runs, view.item, view.event.on) == (True, "5.05", MEETING)
    assert (view.due, view.at) == (date(2026, 12, 15), "17:30 America/New_York")
    assert [(d.on.day, d.count) for d in view.days] == [
        (9, 0),
        (10, 1),
        (11, 2),
        (12, 0),
        (13, 0),
        (14, 3),
        (15, 4),
    ]
    assert view.due_text == "Due in 6 days, 5:30\N{NO-BREAK SPACE}pm\N{NO-BREAK SPACE}ET"
    sheet = disclosing.worksheet(boardroom[SEC], case)
    assert (sheet.name, sheet.body, sheet.item) == (
        "Finn Figures",
        "Audit Committee",
        "Item 5.05",
    )
    assert "asks in" in sheet.text
    assert [key for key, _ in sheet.routes] == ["form_8k"]
    (card,) = (c for c in home.home(boardroom[SEC]).needs if c.button == "Open the worksheet")
    assert (card.title, card.due, card.due_words) == (
        "Disclose the waiver of Finn Figures",
        view.due,
        view.due_text,
    )
    assert "principal" in card.text
    assert "The day of the meeting." in card.text


def test_filer_knows_the_clock_from_the_decision_alone(boardroom):
    case = boardroom.granted(FIN)
    view = waiver_clock.clock_of(boardroom[FIN], case)
    assert (view.event.on, view.due) == (MEETING, date(2026, 12, 15))


def test_attempt_of_the_chief_legal_officer_to_grant_it_alone_is_kept_as_void(boardroom):
    case = boardroom.waiver(FIN)
    session = boardroom[LAW]
    found = session.case(case)
    pairs = [
        ("kind", "waiver_granted"),
        ("office", "clo"),
        ("reason", "It is harmless."),
        ("material_departure", {"is": True, "reason": "He advises a rival."}),
        ("name", "Lora Lawless"),
    ]
    deps = (found.submissions[-1].event, *found.heads, *session.directory.head)
    alone = session.write(case, EventType.MATTER_DECIDED, pairs, deps=deps)
    boardroom.post(LAW)
    for key in (LAW, SEC, FIN, MAYA):
        found = boardroom[key].case(case)
        (kept,) = found.determinations
        assert kept.event == alone
        assert kept.void in {decisions.BODY_ONLY, decisions.NOT_REFERRED}
        assert found.determination("") is None
    assert waiver_clock.clocks(boardroom[SEC]) == ()


def _sent_to_one_person(town, who, router=SEC):
    """A request for a waiver that was sent to the Chief Legal Officer, whatever the rules say."""
    case = town.file(who, WAIVER).case
    town.carry(who)
    session = town[router]
    alone = matter_routing.Destination(
        office="clo",
        person=town.id(LAW),
        reason="It is modest.",
        clause="III ¶2",
        row="",
        deciders=(),
        information=(),
        allowed=("waiver_granted", "waiver_denied"),
    )
    matter_routing.write(session, session.case(case), alone)
    town.carry(router)
    return case


def _granted_alone(town, case):
    """The Chief Legal Officer signs a waiver; returns how each vault that has it judges it."""
    session = town[LAW]
    found = session.case(case)
    pairs = [
        ("kind", "waiver_granted"),
        ("office", "clo"),
        ("reason", "It is harmless."),
        ("material_departure", {"is": True, "reason": "It advises a rival."}),
        ("name", "Lora Lawless"),
    ]
    deps = (found.submissions[-1].event, *found.heads, *session.directory.head)
    session.write(case, EventType.MATTER_DECIDED, pairs, deps=deps)
    town.post(LAW)
    vaults = [town[key] for key in (LAW, SEC) if case in town[key].state.cases]
    return {vault.case(case).determinations[-1].void for vault in vaults}


def test_nobody_alone_grants_a_waiver_to_whoever_an_office_makes_an_executive_officer(boardroom):
    session = boardroom[SEC]
    today = boardroom.clock.now().date()
    company.assign_office(session, "controller", boardroom.id(EMMA), today)
    assert session.directory.people[boardroom.id(EMMA)].classes == ("employee",)
    case = _sent_to_one_person(boardroom, EMMA)
    assert _granted_alone(boardroom, case) == {decisions.BODY_ONLY}
    assert boardroom[EMMA].case(case).determination("") is None


def test_nobody_alone_grants_a_waiver_to_whoever_a_mark_of_the_directory_covers(boardroom):
    emma = boardroom[SEC].directory.people[boardroom.id(EMMA)]
    marked = PersonAct(emma.id, emma.name, emma.email, emma.classes, ("section16_officer",), "")
    acts.say(boardroom[SEC], [marked])
    case = _sent_to_one_person(boardroom, EMMA)
    assert _granted_alone(boardroom, case) == {decisions.BODY_ONLY}


def test_plain_employees_waiver_counts_from_the_chief_legal_officer_alone(boardroom):
    case = _sent_to_one_person(boardroom, EMMA)
    assert _granted_alone(boardroom, case) == {""}


def test_waiver_that_is_not_carried_is_denied_and_starts_no_clock(boardroom):
    case = boardroom.waiver(FIN)
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED)
    for key in (CHAIR, MAYA):
        boardroom.vote(key, item, Choice.AGAINST)
    boardroom.post(CHAIR, MAYA)
    boardroom.resolve(CHAIR, item)
    assert boardroom[FIN].case(case).determination("").kind == "waiver_denied"
    with pytest.raises(CandorError, match="no clock runs"):
        waiver_clock.clock_of(boardroom[SEC], case)


def test_written_consent_starts_the_clock_with_its_last_signature(boardroom):
    case = boardroom.waiver(FIN)
    how = committee.Voting.WRITTEN_CONSENT
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED, how=how, meeting_on=None)
    for key, day in ((CHAIR, 2), (MAYA, 3), (MILO, 5)):
        boardroom.clock.move_to(datetime.fromisoformat(f"2026-12-{day:02d}T10:00:00+00:00"))
        boardroom.vote(key, item, Choice.FOR)
        boardroom.post(key)
    committee.sign_resolution(boardroom[CHAIR], item, "Cara Chair", SECRET)
    boardroom.post(CHAIR)
    for key in (SEC, FIN):
        view = waiver_clock.clock_of(boardroom[key], case)
        # Saturday: counting begins on the Monday after
        assert (view.event.on, view.due) == (date(2026, 12, 5), date(2026, 12, 10))


def test_later_day_that_a_written_consent_states_starts_the_clock(boardroom):
    case = boardroom.waiver(FIN)
    how = committee.Voting.WRITTEN_CONSENT
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED, how=how, meeting_on=None)
    for key in (CHAIR, MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(CHAIR, MAYA, MILO)
    early = committee.Signing(effective_on=date(2026, 11, 30))
    with pytest.raises(CandorError, match="before it is signed"):
        committee.sign_resolution(boardroom[CHAIR], item, "Cara Chair", SECRET, early)
    later = committee.Signing(effective_on=date(2026, 12, 7))
    committee.sign_resolution(boardroom[CHAIR], item, "Cara Chair", SECRET, later)
    boardroom.post(CHAIR)
    for key in (SEC, FIN):
        view = waiver_clock.clock_of(boardroom[key], case)
        assert (view.event.on, view.due) == (date(2026, 12, 7), date(2026, 12, 11))


def test_day_that_the_sec_closes_moves_the_clock_and_keeps_the_earlier_date(boardroom):
    case = boardroom.granted(FIN)
    closed = date(2026, 12, 14)
    with pytest.raises(NotYours):
        disclosing.record_closure(boardroom[MAYA], closed, "Mourning", "Maya Member", SECRET)
    disclosing.record_closure(
        boardroom[SEC], closed, "A day of mourning, by order.", "Sela Secretary", SECRET
    )
    boardroom.carry(SEC)
    for key in (SEC, LAW):
        view = waiver_clock.clock_of(boardroom[key], case)
        assert (view.due, [old.due for old in view.replaced]) == (
            date(2026, 12, 16),
            [date(2026, 12, 15)],
        )
        assert "2026-12-14" in view.replaced[0].reason
    with pytest.raises(CandorError, match="recorded already"):
        disclosing.record_closure(boardroom[SEC], closed, "Again", "Sela Secretary", SECRET)


def test_closure_known_before_the_waiver_is_counted_and_replaces_nothing(boardroom):
    disclosing.record_closure(
        boardroom[SEC], date(2026, 12, 14), "By order.", "Sela Secretary", SECRET
    )
    boardroom.carry(SEC)
    view = waiver_clock.clock_of(boardroom[SEC], boardroom.granted(FIN))
    assert (view.due, view.replaced) == (date(2026, 12, 16), ())


def test_recorded_filing_freezes_the_clock(boardroom):
    case = boardroom.granted(FIN)
    with pytest.raises(CandorError, match="still to come"):
        _record(boardroom, case, date(2026, 12, 11))
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-11T18:00:00+00:00"))
    _record(boardroom, case, date(2026, 12, 11))
    disclosing.record_closure(
        boardroom[SEC], date(2026, 12, 14), "By order.", "Sela Secretary", SECRET
    )
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.runs, view.due, view.replaced) == (False, date(2026, 12, 15), ())
    assert view.due_text.endswith("in time")
    with pytest.raises(CandorError, match="recorded already"):
        _record(boardroom, case, date(2026, 12, 11))


def test_late_filing_says_by_how_many_business_days(boardroom):
    case = boardroom.granted(FIN)
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-21T18:00:00+00:00"))
    assert waiver_clock.clock_of(boardroom[SEC], case).due_text.startswith("Overdue by 6 days")
    _record(boardroom, case, date(2026, 12, 17))
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.late_business_days, view.due_text[-20:]) == (2, "2 business days late")


def test_website_serves_only_where_the_annual_report_said_so(boardroom):
    case = boardroom.granted(FIN)
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-11T18:00:00+00:00"))
    with pytest.raises(CandorError, match="last annual report"):
        _record(boardroom, case, date(2026, 12, 11), route="website")


def test_disclosure_on_the_website_is_kept_up_a_year_and_retained_five_more(boardroom):
    case = boardroom.granted(FIN)
    _elect_the_website(boardroom)
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-11T18:00:00+00:00"))
    assert waiver_clock.clock_of(boardroom[SEC], case).website_route
    _record(boardroom, case, date(2026, 12, 11), route="website")
    (task,) = waiver_clock.website_tasks(boardroom[SEC])
    assert (task.posted_on, task.keep_until, task.retain_until) == (
        date(2026, 12, 11),
        date(2027, 12, 11),
        date(2032, 12, 11),
    )
    assert task.is_posted_still
    filed = boardroom[SEC].case(case).matter.disclosures[0]
    assert (filed.keep_until, filed.retain_until) == ("2027-12-11", "2032-12-11")


def _elect_the_website(town):
    """The company's pack says that its annual report named the website."""
    text = pack_bytes("immunogen").decode()
    before, mark, after = text.partition("[settings.website_election]\n")
    assert mark
    elected = before + mark + after.replace("value = false", "value = true", 1)
    town[SEC].vault.put_document(PACK, "current", elected.encode(), {})
    town.close()


def _record(town, case, on, route="form_8k"):
    return disclosing.record_filing(town[SEC], case, route, on, "", "Sela Secretary", SECRET)


def test_committee_without_a_mandate_grants_no_waiver(boardroom):
    today = boardroom.clock.now().date()
    for key in (DORA, DIRK):
        company.assign_office(boardroom[SEC], "cc_member", boardroom.id(key), today)
    case = boardroom.file(FIN, WAIVER).case
    boardroom.post(FIN)
    session = boardroom[SEC]
    seats = matter_routing.Destination(
        office="cc_member",
        person="",
        reason="Pay is theirs.",
        clause="III ¶2",
        row="",
        deciders=(),
        information=(),
        allowed=(),
        body="compensation",
        member="cc_member",
        people=(boardroom.id(DORA), boardroom.id(DIRK)),
    )
    matter_routing.write(session, session.case(case), seats)
    choice = committee.ItemChoice(kind=DecisionKind.WAIVER_GRANTED, meeting_on=MEETING)
    draft = committee.draft_item(session, case, choice)
    assert any("only the Board can grant one" in problem for problem in draft.problems)


def test_waiver_of_a_director_runs_under_the_exchange_rule(boardroom):
    case = boardroom.waiver(CHAIR)
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED)
    assert "Form 8-K by Tue" in boardroom[SEC].case(item).item.text
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.resolve(MAYA, item)
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.runs, view.item) == (True, "5.05 or 8.01")
    assert item not in boardroom[CHAIR].state.cases
    assert boardroom[SEC].case(item).item.text not in everything(boardroom[CHAIR])


def test_employees_waiver_by_the_chief_legal_officer_starts_no_clock(boardroom):
    case = boardroom.sent(EMMA, WAIVER)
    granted = matter_deciding.Choice(DecisionKind.WAIVER_GRANTED, "Harmless, and it ends in May.")
    matter_deciding.decide(boardroom[LAW], case, granted, "Lora Lawless", SECRET)
    boardroom.post(LAW)
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.runs, view.due) == (False, None)
    assert "employee" in view.why
    with pytest.raises(CandorError, match="employee"):
        disclosing.worksheet(boardroom[SEC], case)
    with pytest.raises(CandorError, match="employee"):
        _record(boardroom, case, boardroom.clock.now().date())


def test_absent_chair_leaves_the_result_to_the_next_member(boardroom):
    case = boardroom.waiver(FIN)
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    absent = committee.Signing(absent=(boardroom.id(CHAIR),))
    with pytest.raises(CandorError, match="Cara Chair signs"):
        boardroom.resolve(MAYA, item)
    voted = (boardroom.id(CHAIR), boardroom.id(MILO))
    with pytest.raises(CandorError, match="who voted was not absent"):
        boardroom.resolve(MAYA, item, committee.Signing(absent=voted))
    boardroom.resolve(MAYA, item, absent)
    assert boardroom[SEC].case(case).determination("").kind == "waiver_granted"
