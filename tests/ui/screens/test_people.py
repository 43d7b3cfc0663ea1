"""People: adding, importing, inviting with file and code apart, offices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from a_company import CLO, DIRECTOR, PEOPLE, SECRETARY, Town
from hands import Hands
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from candor.app import joining
from candor.app.company import PersonStatus
from candor.ui.screens.invitations import InvitationPage, InvitationsPage
from candor.ui.screens.manager import ManagerPage
from candor.ui.screens.people import AddPersonPage, ImportPeoplePage, OfficePage
from candor.ui.shell import Shell
from candor.ui.widgets import RichText

Enter = Callable[..., Shell]


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    """The company founded, nobody invited."""
    return town_after("founded")


def said(inside: QWidget) -> str:
    """Every word that is on a part of the screen."""
    return " ".join(text.plain() for text in inside.findChildren(RichText))


def _person(page: Any, key: str) -> Any:
    return next(row for row in page.model.rows() if row.name == PEOPLE[key].name)


def test_a_person_is_added_and_stands_in_the_list(
    town: Town, enter: Enter, hands: Hands, qtbot: QtBot
) -> None:
    shell = enter(town[SECRETARY], "people")
    page: Any = shell.page("people")
    before = page.model.rowCount()
    page._add()
    adding: Any = shell.stack.currentWidget()
    assert isinstance(adding, AddPersonPage)
    hands.until(adding.form.name.hasFocus)
    qtbot.keyClicks(adding.form.name, "Nadia Fairweather")
    hands.press(adding.save)
    assert adding.form._fields["email"].fault.plain()
    qtbot.keyClicks(adding.form.email, "nadia@immunogen.example")
    adding.form.classes.box("executive_officer").click()
    hands.press(adding.save)
    hands.until(lambda: page.isVisible() and page.model.rowCount() == before + 1)


def test_an_e_mail_address_that_is_known_is_refused_in_words(
    town: Town, enter: Enter, hands: Hands, qtbot: QtBot
) -> None:
    shell = enter(town[SECRETARY], "people")
    page: Any = shell.page("people")
    page._add()
    adding: Any = shell.stack.currentWidget()
    qtbot.keyClicks(adding.form.name, "Somebody Else")
    adding.form.email.setText(PEOPLE[CLO].email)
    adding.form.classes.box("director").click()
    hands.press(adding.save)
    hands.until(adding.refusal.isVisible)
    assert "in the directory already" in adding.refusal.accessibleName()


def test_an_invitation_shows_file_and_code_apart_and_shows_the_same_again(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    session = town[SECRETARY]
    shell = enter(session, "people")
    page: Any = shell.page("people")
    person = _person(page, CLO)
    page.table.pick(lambda row: bool(row.id == person.id))
    hands.press(hands.word("Invite", page.card))
    hands.until(lambda: isinstance(shell.stack.currentWidget(), InvitationPage))
    shown: Any = shell.stack.currentWidget()
    made = joining.invitation(session, person.id)
    assert made is not None
    texts = [text.plain() for text in shown.findChildren(RichText)]
    assert made.code in texts
    hands.press(shown.save)
    hands.until(shown.said.isVisible)
    assert (desk / made.file_name).read_bytes() == made.data
    assert made.code not in made.message
    shell.back()
    hands.read(page)
    hands.until(lambda: _person(page, CLO).status is PersonStatus.INVITED)
    hands.press(hands.word("Show invitation", page.card))
    hands.until(lambda: isinstance(shell.stack.currentWidget(), InvitationPage))
    again: Any = shell.stack.currentWidget()
    assert made.code in [text.plain() for text in again.findChildren(RichText)]


def test_all_are_invited_at_once_with_a_list_of_codes(
    town: Town, enter: Enter, hands: Hands, desk: Path
) -> None:
    shell = enter(town[SECRETARY], "people")
    page: Any = shell.page("people")
    assert page.invite_all.text() == "Invite 5 people"
    hands.press(page.invite_all)
    hands.until(lambda: isinstance(shell.stack.currentWidget(), InvitationsPage))
    made: Any = shell.stack.currentWidget()
    hands.press(made.save)
    hands.until(made.said.isVisible)
    assert len(list(desk.glob("*.candor"))) == 5
    assert len({row.code for row in made.table.rows.rows()}) == 5


def test_the_filters_count_and_narrow_the_list(town: Town, enter: Enter) -> None:
    page: Any = enter(town[SECRETARY], "people").page("people")
    assert page.filters.button("not_invited").text() == "Not invited 5"
    page.filters.button("enrolled").click()
    assert page.table.proxy.rowCount() == 1


def test_a_spreadsheet_dropped_on_people_is_a_list_of_people(
    town: Town, enter: Enter, hands: Hands, tmp_path: Path
) -> None:
    shell = enter(town[SECRETARY], "people")
    page: Any = shell.page("people")
    before = page.model.rowCount()
    file = tmp_path / "more.csv"
    file.write_text("name,email,classes\nNadia Fairweather,nadia@immunogen.example,employee\n")
    assert not page.drop_files((tmp_path / "reply.candor",))
    assert page.drop_files((file,))
    asked: Any = shell.stack.currentWidget()
    assert isinstance(asked, ImportPeoplePage)
    hands.press(asked.list.take)
    hands.until(lambda: page.isVisible() and page.model.rowCount() == before + 1)


def test_a_file_that_is_no_list_is_refused_in_words(
    town: Town, enter: Enter, hands: Hands, tmp_path: Path
) -> None:
    shell = enter(town[SECRETARY], "people")
    file = tmp_path / "holiday.csv"
    file.write_text("beach,sea\n1,2\n")
    page: Any = shell.page("people")
    page.drop_files((file,))
    asked: Any = shell.stack.currentWidget()
    hands.until(asked.list.refusal.isVisible)
    assert "not a list of people" in asked.list.refusal.accessibleName()
    assert not asked.list.take.isVisible()


def test_an_office_is_assigned_and_says_whom_it_replaces(
    town: Town, enter: Enter, hands: Hands
) -> None:
    session = town[SECRETARY]
    shell = enter(session, "people")
    page: Any = shell.page("people")
    director = _person(page, DIRECTOR)
    page._assign(director)
    asked: Any = shell.stack.currentWidget()
    assert isinstance(asked, OfficePage)
    hands.press(asked.save)
    assert "Choose the office" in asked.office_field.fault.plain()
    asked.office.set_value("cfo")
    assert "takes it over" in asked.note.plain()
    hands.press(asked.save)
    hands.until(page.isVisible)
    assert session.directory.holders("cfo") == (director.id,)


def test_a_manager_is_chosen_and_a_circle_refused_in_words(
    town: Town, enter: Enter, hands: Hands
) -> None:
    shell = enter(town[SECRETARY], "people")
    page: Any = shell.page("people")
    director, clo = _person(page, DIRECTOR), _person(page, CLO)
    for person, manager in ((clo, director), (director, clo)):
        page.open_item(person.id)
        hands.press(hands.word("Set the manager", page.card))
        choosing: Any = shell.stack.currentWidget()
        assert isinstance(choosing, ManagerPage)
        choosing.manager.set_value(manager.id)
        hands.press(choosing.save)
        if person is clo:
            hands.until(lambda: page.isVisible() and "Harold" in said(page.card))
    hands.until(choosing.refusal.isVisible)
    assert "so this would be a circle" in said(choosing.refusal)
    assert town[SECRETARY].directory.managers(director.id) == ()


def test_search_leads_to_a_person(town: Town, enter: Enter, hands: Hands) -> None:
    shell = enter(town[SECRETARY])
    found = shell._find("quill")
    assert [one.words for one in found] == [PEOPLE[DIRECTOR].name]
    found[0].go()
    page: Any = shell.page("people")
    hands.read(page)
    hands.until(lambda: page.table.selected() and page.table.selected()[0].name == found[0].words)
