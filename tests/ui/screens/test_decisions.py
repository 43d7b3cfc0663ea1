"""Deciding an exception in the window, over real vaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from a_company import CLO, PEOPLE, SECRET, Town
from hands import Hands

from candor.app import deciding
from candor.ui.shell import Shell

Enter = Callable[..., Shell]
TownAfter = Callable[[str], Town]


def opened(shell: Shell, hands: Hands) -> Any:
    """The sheet of the first exception."""
    queue: Any = shell.page("decisions")
    hands.read(queue)
    hands.press(queue.start)
    hands.until(lambda: hasattr(shell.stack.currentWidget(), "sheet"))
    return shell.stack.currentWidget()


def fill(page: Any, hands: Hands) -> None:
    """Choose the first decision with its reasons and go on to the signature."""
    page.options.set_value(page.sheet.choices[0].kind.value)
    page.reason.setPlainText("Known to the Company, and far below what matters to it.")
    page.departure.set_value("no")
    page.departure_reason.setPlainText("Nothing in the Code is set aside.")
    page._changed()
    hands.press(page.onward)
    hands.until(page.signer.isVisible)


def test_while_a_decision_is_signed_typing_does_not_offer_the_button_again(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    town = town_after("referred")
    before = len([row for row in deciding.queue(town[CLO]) if row.determination is None])
    shell = enter(town[CLO], "decisions")
    page = opened(shell, hands)
    fill(page, hands)
    page.signer.name_field().setText(PEOPLE[CLO].name)
    page.signer.passphrase_field().setText(SECRET)
    assert page.sign.isEnabled()
    page.press()
    assert not page.signer.isEnabled()
    assert not page.sign.isEnabled()
    hands.until(lambda: shell.stack.currentWidget() is not page)
    hands.rest()
    after = [row for row in deciding.queue(town[CLO]) if row.determination is None]
    assert len(after) == before - 1


def test_a_wrong_passphrase_signs_nothing_and_can_be_typed_again(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    town = town_after("referred")
    shell = enter(town[CLO], "decisions")
    page = opened(shell, hands)
    fill(page, hands)
    page.signer.name_field().setText(PEOPLE[CLO].name)
    page.signer.passphrase_field().setText("not the passphrase")
    page.press()
    hands.until(page.problem.isVisible)
    assert page.signer.isEnabled()
    assert page.sign.isEnabled()
    assert all(row.determination is None for row in deciding.queue(town[CLO]))


def test_a_press_on_the_way_to_a_sheet_opens_one_sheet(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    shell = enter(town_after("referred")[CLO], "decisions")
    queue: Any = hands.read(shell.page("decisions"))
    queue.decide_first()
    queue.decide_first()
    hands.rest()
    assert shell.stack.currentWidget() is not queue
    shell.back()
    assert shell.stack.currentWidget() is queue
