"""Deciding whole matters in the window, over real vaults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from a_company import SECRET
from boardroom import WAIVER, Boardroom
from hands import Hands
from PySide6.QtWidgets import QApplication
from village import CHAIR, EMMA, FIN, LAW, SEC, Village

from candor.app import absences, matter_deciding, matter_routing
from candor.policy.terms import DecisionKind
from candor.ui.screens.matter_decision import MatterDecisionPage
from candor.ui.shell import Shell
from candor.ui.widgets import RichText

Enter = Callable[..., Shell]


def routed(village: Village, key: str = EMMA, form: str = "gift-received", **answers: Any) -> str:
    """A matter that was received and sent on."""
    case = village.file(key, form, **answers).case
    village.post(key)
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    return case


def opened(shell: Shell, hands: Hands) -> MatterDecisionPage:
    """The page of the first thing in the queue, once it is read."""
    queue: Any = hands.read(shell.page("decisions"))
    hands.press(queue.start)
    return front(shell, hands)


def front(shell: Shell, hands: Hands) -> MatterDecisionPage:
    """The decision in front, once it is read."""
    hands.until(lambda: isinstance(shell.stack.currentWidget(), MatterDecisionPage))
    page = shell.stack.currentWidget()
    assert isinstance(page, MatterDecisionPage)
    hands.read(page)
    return page


def said(page: Any) -> str:
    """Every text that stands on a page, once everything has its place."""
    QApplication.processEvents()  # what was added to a page is shown by an event
    return "\n".join(t.plain() for t in page.findChildren(RichText) if t.isVisible())


def sign(box: Any, hands: Hands, name: str) -> None:
    """Go on to the signature and sign."""
    hands.press(box.onward)
    hands.until(box.signer.isVisible)
    box.signer.name_field().setText(name)
    box.signer.passphrase_field().setText(SECRET)
    hands.press(box.sign)


def test_employees_gift_is_approved_and_the_consequence_is_told_before(
    village: Village, enter: Enter, hands: Hands
) -> None:
    case = routed(village)
    shell = enter(village[LAW], "decisions")
    page = opened(shell, hands)
    choosing = page.choosing
    assert choosing is not None
    assert choosing.options.value() == ""
    hands.press(choosing.box.onward)
    hands.until(choosing.box.missing.isVisible)
    assert "Choose a decision." in said(choosing)
    hands.press(choosing.options.radio("approval"))
    hands.until(lambda: "No Form 8-K: this is not a waiver." in said(choosing.follows))
    choosing.reason.setPlainText("Modest, and nothing is pending.")
    sign(choosing.box, hands, village.name(LAW))
    hands.until(lambda: shell.stack.currentWidget() is shell.page("decisions"))
    found = village[LAW].case(case).determination("")
    assert found is not None
    assert (found.kind, found.office) == ("approval", "clo")


def test_condition_has_an_owner_and_a_day(village: Village, enter: Enter, hands: Hands) -> None:
    case = routed(village)
    page = opened(enter(village[LAW], "decisions"), hands)
    choosing = page.choosing
    assert choosing is not None
    hands.press(choosing.options.radio("approval_with_conditions"))
    conditions = choosing.conditions
    hands.press(conditions.more)
    conditions.text.setText("Share it with the laboratory")
    hands.press(conditions.keep)
    assert "Give the day" in conditions.due.fault.plain()
    conditions.due.edit.setText("20 Dec 2026")
    hands.press(conditions.keep)
    assert conditions.conditions()[0].owner == village.id(EMMA)
    choosing.reason.setPlainText("Fine when shared.")
    sign(choosing.box, hands, village.name(LAW))
    hands.until(lambda: village[LAW].case(case).determination("") is not None)


def test_deputy_reads_in_whose_stead_and_for_which_days(
    village: Village, enter: Enter, hands: Hands
) -> None:
    today = village.clock.now().date()
    absences.declare(village[SEC], "clo", "cfo", today, today + timedelta(days=2), "Leave")
    routed(village)
    page = opened(enter(village[FIN], "decisions"), hands)
    assert "You decide for Lora Lawless, absent from Tue 1 Dec 2026 to Thu 3 Dec 2026." in said(
        page
    )


def test_question_to_the_filer_is_signed_and_the_row_waits(
    village: Village, enter: Enter, hands: Hands
) -> None:
    case = routed(village)
    shell = enter(village[LAW], "decisions")
    page = opened(shell, hands)
    hands.press(page.ask)
    asking = page.asking
    assert asking is not None
    hands.until(asking.isVisible)
    hands.press(asking.send)
    assert "Write what you want to know." in said(asking)
    asking.text.setPlainText("Who else was there?")
    hands.press(asking.send)
    hands.until(lambda: shell.stack.currentWidget() is shell.page("decisions"))
    (request,) = village[LAW].case(case).matter.open_requests  # type: ignore[union-attr]
    assert request.text == "Who else was there?"
    queue: Any = shell.page("decisions")
    assert [row.group for row in queue.model.rows()] == ["asked"]


def test_matter_is_sent_on_to_the_committee_with_the_reason(
    village: Village, enter: Enter, hands: Hands
) -> None:
    case = routed(village)
    shell = enter(village[LAW], "decisions")
    page = opened(shell, hands)
    hands.press(page.send_on)
    referring = page.referring
    assert referring is not None
    hands.until(lambda: "body:audit" in referring.places._rows)
    hands.press(referring.places.radio("body:audit"))
    referring.reason.setPlainText("The giver bids for our laboratory.")
    sign(referring.box, hands, village.name(LAW))
    hands.until(lambda: village[LAW].case(case).route.body == "audit")  # type: ignore[union-attr]


def test_ruling_comes_first_and_nothing_can_be_decided_before(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = routed(boardroom, CHAIR, "family-business")
    shell = enter(boardroom[LAW], "decisions")
    page = opened(shell, hands)
    assert page.choosing is None
    ruling = page.ruling
    assert ruling is not None
    assert "Does the policy on related person transactions apply?" in said(page)
    hands.press(ruling.answer.radio("yes"))
    ruling.reason.setPlainText("She is a director, and the Company takes part.")
    sign(ruling.box, hands, boardroom.name(LAW))
    hands.until(lambda: bool(boardroom[LAW].case(case).route.body))  # type: ignore[union-attr]


def test_clo_cannot_grant_an_officers_waiver_alone_and_a_void_attempt_is_explained(
    boardroom: Boardroom, enter: Enter, hands: Hands
) -> None:
    case = boardroom.sent(FIN, WAIVER)
    session = boardroom[LAW]
    choice = matter_deciding.Choice(DecisionKind.WAIVER_GRANTED, "It is harmless.")
    acting = matter_deciding.Capacity("clo")
    matter_deciding.write_decision(session, session.case(case), acting, choice, "Lora Lawless")
    page = opened(enter(session, "decisions"), hands)
    assert page.choosing is None
    text = said(page)
    assert "The Audit Committee decides after your ruling." in text
    assert "Void: Waiver granted." in text
    assert session.case(case).determination("") is None
