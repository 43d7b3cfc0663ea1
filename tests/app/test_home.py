"""The first screen: what needs its owner, for each part in the story."""

from __future__ import annotations

from datetime import timedelta

import pytest
from a_company import CFO, CHAIR, CLO, DIRECTOR, MEMBER, PEOPLE, SECRETARY, Town

from candor.app import filing, home, inbox, places
from candor.forms.answers import Answer


def needs(town: Town, key: str) -> dict[str, home.Card]:
    """The cards by the screen they lead to."""
    return {card.target.screen: card for card in home.home(town[key]).needs}


def test_with_nothing_to_do_it_says_so(town_after):
    view = home.home(town_after("joined")[DIRECTOR])
    assert view.title == "Nothing needs you"
    assert view.needs == ()


def test_a_new_certificate_waits_to_be_handed_over(town_after):
    card = needs(town_after("joined"), SECRETARY)["exchange"]
    assert card.title == "Hand over 5 files"


def test_a_form_is_started_then_continued_then_done(town_after):
    town = town_after("issued")
    card = needs(town, DIRECTOR)["forms"]
    assert (card.button, card.due_words) == ("Start", "Due in 18 days")
    draft = filing.open_draft(town[DIRECTOR], card.target.argument)
    draft.set_answer(Answer("13.01", value=False))
    again = needs(town, DIRECTOR)["forms"]
    assert again.button == "Continue"
    assert again.progress is not None
    assert again.progress[0] == 1
    (task,) = filing.my_forms(town[DIRECTOR])
    assert (f"{task.proposed} of the rest" in again.progress_text) == bool(task.proposed)
    town.answer(DIRECTOR)
    view = home.home(town[DIRECTOR])
    assert [card.target.screen for card in view.needs] == ["exchange"]
    assert view.done[0].title == "Annual questionnaire 2026"


def test_an_overdue_form_says_so(town_after):
    town = town_after("issued")
    town.clock.move_to(town.clock.now() + timedelta(days=30))
    card = needs(town, DIRECTOR)["forms"]
    assert card.overdue
    assert card.due_words.startswith("Overdue by")
    assert " The first was due on " in home.home(town[DIRECTOR]).line


def test_the_secretary_is_reminded_of_the_silent_in_the_last_week(town_after):
    town = town_after("issued")
    assert "campaigns" not in needs(town, SECRETARY)
    town.clock.move_to(town.clock.now() + timedelta(days=12))
    card = needs(town, SECRETARY)["campaigns"]
    assert card.title == "Remind 5 people: Annual questionnaire 2026"


def test_the_secretary_refers_and_the_deciders_decide(town_after):
    town = town_after("replied")
    assert needs(town, SECRETARY)["exceptions"].title == "Refer 12 exceptions"
    assert "decisions" not in needs(town, CFO)
    later = town_after("referred")
    assert "exceptions" not in needs(later, SECRETARY)
    assert needs(later, CLO)["decisions"].title.startswith("Decide ")
    assert PEOPLE[CLO].name in needs(later, CFO)["decisions"].text
    decided = town_after("decided")
    assert "decisions" not in needs(decided, CLO)
    assert home.home(decided[CLO]).done[0].title.startswith("Decided ")


@pytest.mark.parametrize("key", [CLO, CHAIR])
def test_a_sealed_answer_needs_its_reader_until_it_is_read(town_after, key):
    town = town_after("replied")
    card = needs(town, key)["sealed"]
    assert card.title == f"An answer for you alone, from {PEOPLE[DIRECTOR].name}"
    inbox.mark_read(town[key], card.target.argument)
    assert "sealed" not in needs(town, key)


def test_a_compiled_packet_needs_its_first_signer_only(town_after):
    town = town_after("compiled")
    assert needs(town, SECRETARY)["packet"].button == "Read and sign"
    assert "packet" not in needs(town, CLO)


def test_what_was_saved_and_not_acknowledged_waits_for_others(town_after):
    waiting = home.home(town_after("issued")[SECRETARY]).waiting
    assert PEOPLE[DIRECTOR].name in {row.title for row in waiting}
    assert all(row.text.startswith("Questionnaire, saved ") for row in waiting)


def test_everybody_has_the_screens_of_their_part(town_after):
    town = town_after("referred")
    shown = {key: places.places(town[key]) for key in PEOPLE}
    assert {"campaigns", "exceptions", "packet", "people"} <= shown[SECRETARY]
    assert "forms" not in shown[SECRETARY]
    for key in (CLO, CFO, CHAIR, MEMBER, DIRECTOR):
        assert "forms" in shown[key]
        assert not {"campaigns", "people", "exceptions"} & shown[key]
    assert "decisions" in shown[CFO]
    assert "decisions" not in shown[DIRECTOR]
    assert "sealed" in shown[CLO] & shown[CHAIR]
    assert "sealed" not in shown[DIRECTOR] | shown[MEMBER] | shown[SECRETARY]


def test_the_numbers_beside_the_screens_are_those_of_the_cards(town_after):
    town = town_after("referred")
    found = places.overview(town[CLO])
    assert found.counts["home"] == len(found.home.needs)
    assert found.counts["decisions"] > 0
    assert places.overview(town[SECRETARY]).counts["exceptions"] == 0
