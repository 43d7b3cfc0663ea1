"""A body decides in the window: the item is put, each member votes, the chair signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from a_company import SECRET
from boardroom import AT_THE_MEETING, DORA, Boardroom
from hands import Hands
from PySide6.QtWidgets import QWidget
from test_matter_decision import said, sign
from village import CHAIR, FIN, MAYA, MILO, SEC

from candor.app import committee, notices
from candor.app.committee import Choice
from candor.policy.terms import DecisionKind
from candor.ui.screens.ballot import BallotPage
from candor.ui.screens.item_put import PutItemPage
from candor.ui.screens.notice import NoticePage, ServePage
from candor.ui.shell import Shell

Enter = Callable[..., Shell]


def front(shell: Shell, hands: Hands, kind: type[QWidget]) -> Any:
    """The page in front, once it is of a kind and read."""
    hands.until(lambda: isinstance(shell.stack.currentWidget(), kind))
    return hands.read(shell.stack.currentWidget())


def ballot(shell: Shell, hands: Hands, item: str) -> Any:
    """The paper of an item."""
    page: Any = hands.read(shell.page("committee"))
    page.open_item(item)
    return front(shell, hands, BallotPage)


def test_secretary_puts_an_item_whose_every_word_is_written(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.lease()
    shell = enter(boardroom[SEC], "committee")
    room: Any = hands.read(shell.page("committee"))
    hands.press(hands.word("Prepare the item", room))
    page = front(shell, hands, PutItemPage)
    hands.until(lambda: "It is their own matter." in said(page))
    assert page.no_consent.isVisible()  # a member stands aside, so only a meeting can decide
    hands.press(page.kinds.radio("approval"))
    hands.until(lambda: "{what_was_weighed}" in page.text.toPlainText())
    hands.press(page.box.onward)
    hands.until(page.box.missing.isVisible)
    assert "Say on which day the meeting is." in said(page.box)
    assert "Write what stands in braces: what was weighed." in said(page.box)
    page.on.edit.setText("9 Dec 2026")
    hands.until(lambda: not page.later.is_asking())
    words = page.text.toPlainText().replace("{", "the ").replace("}", "").replace("_", " ")
    page.text.setPlainText(words)
    hands.until(lambda: not page.later.is_asking() and not page.open_fields.findChildren(QWidget))
    sign(page.box, hands, boardroom.name(SEC))
    hands.until(lambda: shell.stack.currentWidget() is shell.page("committee"))
    (row,) = committee.agenda_of(boardroom[SEC])
    assert (row.case, row.state) == (case, "voting")
    assert boardroom[SEC].case(row.item).item.text == words  # type: ignore[union-attr]


def test_written_consent_is_refused_on_the_page_where_a_member_stands_aside(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.lease()
    shell = enter(boardroom[SEC], "committee")
    page: Any = hands.read(shell.page("committee"))
    page.open_item(case)
    page = front(shell, hands, PutItemPage)
    hands.press(page.kinds.radio("approval"))
    hands.press(page.how.button("written_consent"))
    assert not page.on.isVisible()
    hands.press(page.box.onward)
    hands.until(page.box.missing.isVisible)
    assert "put it to a meeting" in said(page.box)


def test_others_votes_are_hidden_until_ones_own_is_signed(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    item = boardroom.put(boardroom.lease())
    boardroom.vote(MAYA, item, Choice.AGAINST, "Too dear.")
    boardroom.post(MAYA)
    shell = enter(boardroom[MILO], "committee")
    page = ballot(shell, hands, item)
    assert page.voting.options.value() == ""
    assert not page.voting.box.onward.isEnabled()
    assert "Voted. Shown after you vote" in said(page)
    assert "Too dear" not in said(page)
    assert page.result is None
    hands.press(page.voting.options.radio("for"))
    assert page.voting.box.onward.text() == "Sign my vote: In favour"
    sign(page.voting.box, hands, boardroom.name(MILO))
    hands.until(lambda: page.result is not None and page.result.isVisible())
    assert "Too dear" in said(page)
    (ballots,) = [b for b in boardroom[MILO].case(item).item.ballots if b.vote == "for"]  # type: ignore[union-attr]
    assert ballots.person == boardroom.id(MILO)


def test_acting_chair_signs_two_to_nothing_after_the_meeting(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.lease()
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.clock.move_to(AT_THE_MEETING)
    shell = enter(boardroom[MAYA], "committee")
    page = ballot(shell, hands, item)
    assert "2 in favour, 0 against, 0 abstaining" in said(page)
    assert "No Form 8-K: this is not a waiver." in said(page)
    sign(page.result.box, hands, boardroom.name(MAYA))
    hands.until(lambda: boardroom[MAYA].case(case).determination("") is not None)
    hands.until(lambda: "Signed by Maya Member." in said(page))


def test_clock_is_shown_as_a_strip_before_the_chair_signs_a_waiver(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.waiver(FIN)
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED)
    for key in (CHAIR, MAYA):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(CHAIR, MAYA)
    boardroom.clock.move_to(AT_THE_MEETING)
    page = ballot(enter(boardroom[CHAIR], "committee"), hands, item)
    strip = page.clock.strip
    hands.until(strip.isVisible)
    sentence = "A Form 8-K will be due on Tue 15 Dec 2026, 5:30 pm ET"
    assert strip.accessibleName().replace("\N{NO-BREAK SPACE}", " ") == sentence
    assert [box.word for box in strip.boxes()] == [
        *("Granted", "Day 1", "Day 2", "Closed", "Closed", "Day 3", "Day 4, due")
    ]
    page.result.held.edit.setText("8 Dec 2026")
    hands.until(lambda: "Mon 14 Dec 2026" in said(page.clock))


def test_recusal_stands_apart_tells_what_follows_and_takes_the_paper_away(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    item = boardroom.put(boardroom.lease())
    shell = enter(boardroom[MILO], "committee")
    page = ballot(shell, hands, item)
    assert "Only 1 member would stay" in said(page.recusing)
    hands.press(page.recusing.box.onward)
    hands.until(page.recusing.box.missing.isVisible)
    page.recusing.reason.setText("The landlord is a friend.")
    sign(page.recusing.box, hands, boardroom.name(MILO))
    hands.until(lambda: shell.stack.currentWidget() is shell.page("committee"))
    hands.rest()
    assert committee.my_ballots(boardroom[MILO]) == ()


def test_notice_is_served_and_confirmed_and_the_missing_ones_are_named(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.lease()
    shell = enter(boardroom[CHAIR], "committee")
    room: Any = hands.read(shell.page("committee"))
    hands.press(room.notice)
    page = front(shell, hands, ServePage)
    page.matter.set_value(case)
    page.text.setPlainText("My brother owns the building.")
    sign(page.box, hands, boardroom.name(CHAIR))
    hands.until(lambda: shell.stack.currentWidget() is room)
    boardroom.post(CHAIR)
    (view,) = notices.notices(boardroom[MAYA])
    notices.acknowledge(boardroom[DORA], view.id, boardroom.name(DORA), SECRET)
    boardroom.post(DORA)
    shell = enter(boardroom[MAYA], "committee")
    room = hands.read(shell.page("committee"))
    hands.press(hands.word("Read and confirm", room))
    page = front(shell, hands, NoticePage)
    assert "My brother owns the building." in said(page)
    sign(page.box, hands, boardroom.name(MAYA))
    hands.until(lambda: "Not confirmed yet: Milo Member, Dirk Director" in said(page))
    assert notices.notice_of(boardroom[MAYA], view.id).missing == ("Milo Member", "Dirk Director")
