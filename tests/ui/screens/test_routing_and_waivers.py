"""The secretary sends matters on, declares absences, and keeps the clock of a waiver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from boardroom import Boardroom
from hands import Hands
from test_committee import front
from test_matter_decision import routed, said, sign
from village import EMMA, FIN, LAW, SEC, Village

from candor.app import absences, waiver_clock
from candor.policy.facts import Matter
from candor.ui.screens.absences import AbsencesPage
from candor.ui.screens.closure import ClosurePage
from candor.ui.screens.matter_case import CasePage
from candor.ui.screens.waiver import WaiverPage
from candor.ui.shell import Shell

Enter = Callable[..., Shell]


def test_received_matters_are_sent_where_the_rules_say_by_one_act(
    village: Village, enter: Enter, hands: Hands
) -> None:
    cases = [village.file(EMMA).case for _ in range(2)]
    village.post(EMMA)
    shell = enter(village[SEC], "routing")
    page: Any = hands.read(shell.page("routing"))
    assert page.send.text() == "Send to Lora Lawless"
    assert "Because" in said(page.detail)
    hands.press(page.send)
    hands.until(page.nothing.isVisible)
    for case in cases:
        assert village[SEC].case(case).route.office == "clo"  # type: ignore[union-attr]


def test_absence_is_declared_for_days_and_matters_and_the_matter_comes_back_to_be_sent(
    village: Village, enter: Enter, hands: Hands
) -> None:
    case = routed(village)
    shell = enter(village[SEC], "routing")
    routes: Any = hands.read(shell.page("routing"))
    hands.press(routes.away)
    page = front(shell, hands, AbsencesPage)
    page.office.set_value("clo")
    page.deputy.set_value("clo")
    hands.press(page.box.onward)
    hands.until(page.box.missing.isVisible)
    assert "Give the first and the last day." in said(page.box)
    page.start.edit.setText("1 Dec 2026")
    page.end.edit.setText("4 Dec 2026")
    hands.press(page.box.onward)
    hands.until(lambda: "Nobody is their own deputy." in said(page.box))
    page.deputy.set_value("cfo")
    hands.press(page.scope.button("some"))
    hands.press(page.box_of("gift_received"))
    page.reason.setPlainText("Leave, told by her own letter.")
    sign(page.box, hands, village.name(SEC))
    hands.until(lambda: "Lora Lawless, Chief Legal Officer" in said(page))
    (row,) = absences.absences(village[SEC])
    assert (row.start, row.end, row.matters) == (
        date(2026, 12, 1),
        date(2026, 12, 4),
        (Matter.GIFT_RECEIVED,),
    )
    shell.back()
    hands.read(routes)
    hands.until(lambda: [r.case for r in routes.model.rows()] == [case])
    assert routes.model.rows()[0].again


def test_waivers_page_tells_the_due_day_takes_the_filing_and_keeps_the_old_date(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.granted(FIN)
    shell = enter(boardroom[SEC], "committee")
    room: Any = hands.read(shell.page("committee"))
    hands.until(lambda: "Waiver for Finn Figures" in said(room))
    hands.press(room.closure)
    closure = front_closure(shell, hands)
    closure.on.edit.setText("14 Dec 2026")
    closure.reason.setPlainText("A day of mourning, by order.")
    sign(closure.box, hands, boardroom.name(SEC))
    hands.until(lambda: shell.stack.currentWidget() is room)
    hands.read(room)
    hands.press(hands.word("Record the filing", room))
    page = front(shell, hands, WaiverPage)
    hands.until(page.clock.strip.isVisible)
    text = said(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "A Form 8-K is due on Wed 16 Dec 2026, 5:30 pm ET" in text
    assert "Before, it was due on Tue 15 Dec 2026. The SEC was closed on Mon 14 Dec 2026" in text
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-11T18:00:00+00:00"))
    hands.press(page.record.box.onward)
    hands.until(page.record.box.missing.isVisible)
    hands.press(page.record.routes.radio("form_8k"))
    page.record.on.edit.setText("11 Dec 2026")
    sign(page.record.box, hands, boardroom.name(SEC))
    hands.until(lambda: "Recorded by" in said(page))
    view = waiver_clock.clock_of(boardroom[SEC], case)
    assert (view.runs, view.filed_on, view.late_business_days) == (False, date(2026, 12, 11), 0)


def test_card_of_a_waiver_on_home_opens_its_clock(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    boardroom.granted(FIN)
    for key in (SEC, LAW):
        shell = enter(boardroom[key], "home")
        page: Any = hands.read(shell.page("home"))
        hands.press(hands.word("Open the worksheet", page))
        waiver = front(shell, hands, WaiverPage)
        hands.until(waiver.clock.strip.isVisible)
        text = said(waiver).replace("\N{NO-BREAK SPACE}", " ")
        assert "A Form 8-K is due on Tue 15 Dec 2026, 5:30 pm ET" in text


def test_card_of_an_undecided_departure_on_home_opens_its_matter(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    boardroom.file(FIN, "waiver-request", q2_05="2026-10-10")
    boardroom.post(FIN)
    for key in (SEC, LAW):
        shell = enter(boardroom[key], "home")
        page: Any = hands.read(shell.page("home"))
        hands.press(hands.word("Read the matter", page))
        matter = front(shell, hands, CasePage)
        hands.until(matter.way.isVisible)
        assert "Request for a waiver" in said(matter)


def front_closure(shell: Shell, hands: Hands) -> Any:
    """The page on which a closed day is recorded."""
    hands.until(lambda: isinstance(shell.stack.currentWidget(), ClosurePage))
    return shell.stack.currentWidget()
