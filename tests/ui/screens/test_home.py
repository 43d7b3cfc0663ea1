"""Home: the three groups, where its buttons lead, and what stands there when there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from a_company import CLO, DIRECTOR, MEMBER, SECRETARY, Town
from hands import Hands

from candor.app import outbox
from candor.ui.screens.form_page import FormPage
from candor.ui.screens.home_parts import MatterCard, MatterRow
from candor.ui.shell import Shell
from candor.ui.widgets import Button, EmptyState, RichText

Enter = Callable[..., Shell]
TownAfter = Callable[[str], Town]


def _words(widget: Any) -> list[str]:
    return [text.plain() for text in widget.findChildren(RichText)]


def test_a_director_sees_the_form_with_its_due_day_and_one_primary_button(
    town_after: TownAfter, enter: Enter
) -> None:
    page: Any = enter(town_after("issued")[DIRECTOR]).page("home")
    assert page.head.title.plain() == "One thing needs you"
    cards = page.findChildren(MatterCard)
    assert len(cards) == 1
    assert cards[0].button.property("kind") == "primary"
    assert any("answered" in text for text in _words(cards[0]))


def test_the_button_of_a_card_opens_that_form(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    shell = enter(town_after("issued")[DIRECTOR])
    page: Any = shell.page("home")
    hands.press(page.findChildren(MatterCard)[0].button)
    hands.until(lambda: isinstance(shell.stack.currentWidget(), FormPage))
    assert shell.current() == "forms"


def test_a_form_that_is_being_opened_is_not_opened_twice(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    shell = enter(town_after("issued")[DIRECTOR], "forms")
    page: Any = shell.page("forms")
    start = hands.word("Start", page)
    start.click()
    start.click()
    hands.rest()
    assert isinstance(shell.stack.currentWidget(), FormPage)
    shell.back()
    assert shell.stack.currentWidget() is page


def test_the_secretary_has_one_row_per_matter_and_the_campaign_in_three_parts(
    town_after: TownAfter, enter: Enter
) -> None:
    page: Any = enter(town_after("replied")[SECRETARY]).page("home")
    rows = page.findChildren(MatterRow)
    assert rows
    primary = [b for b in page.findChildren(Button) if b.property("kind") == "primary"]
    assert len(primary) == 1
    assert any("imported" in str(b.accessibleName()) for b in page.findChildren(Button)) or any(
        "Open" in b.text() for b in page.findChildren(Button)
    )


def test_nothing_to_do_says_how_things_get_here(town_after: TownAfter, enter: Enter) -> None:
    page: Any = enter(town_after("joined")[DIRECTOR]).page("home")
    assert page.head.title.plain() == "Nothing needs you"
    texts = [word for state in page.findChildren(EmptyState) for word in _words(state)]
    assert any(
        "drop one anywhere on this window" in " ".join(text.split())
        for text in (t.replace("\n", " ") for t in texts)
    )


def test_send_again_writes_the_same_file(
    town_after: TownAfter, enter: Enter, hands: Hands, desk: Path
) -> None:
    town = town_after("issued")
    town.answer(MEMBER)
    sent = town.files(MEMBER)[0]
    page: Any = enter(town[MEMBER]).page("home")
    again = [b for b in page.findChildren(Button) if b.text() == "Send again"]
    assert again
    hands.press(again[0])
    hands.until(lambda: list(desk.glob("*.candor")))
    assert next(desk.glob("*.candor")).read_bytes() == sent.read_bytes()


def test_home_is_read_again_when_something_was_signed_elsewhere(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    town = town_after("issued")
    shell = enter(town[DIRECTOR])
    page: Any = shell.page("home")
    shell.go("exchange")
    town.answer(DIRECTOR)
    shell.go("home")
    hands.until(lambda: page.is_read() and "Hand over" in " ".join(_words(page)))
    assert outbox.outbox(town[DIRECTOR])


def test_the_rail_counts_what_needs_the_person_and_nothing_else(
    town_after: TownAfter, enter: Enter, hands: Hands
) -> None:
    shell = enter(town_after("referred")[CLO])
    button = shell.rail.button("decisions")
    hands.until(lambda: "need you" in button.accessibleName())
    assert shell.rail.button("verify").accessibleName() == "Verify"
