"""Tab walks every page as one reads it, reaches every control, and comes round again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from a_company import CLO, DIRECTOR, PEOPLE, SECRETARY, Town
from hands import Hands
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QWidget

from candor.app import chooser, demo_answers, filing
from candor.app.session import Session
from candor.ui.application import Application
from candor.ui.screens.base import go_to
from candor.ui.shell import Shell

Enter = Callable[..., Shell]
MOST = 400
"""Presses of Tab after which a walk will not come round any more."""


def walk(page: QWidget) -> list[QWidget]:
    """Where Tab leads inside a page, from its first control to its last."""
    window = page.window()
    start = window.focusWidget()
    assert start is not None
    seen, here = [start], start
    for _ in range(MOST):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        found = window.focusWidget()
        assert found is not None
        here = found
        if here is seen[-1]:
            continue  # the next link of one text
        if here is start:
            break
        assert here not in seen, f"{_name(here)} is a trap"
        seen.append(here)
    else:
        pytest.fail(f"Tab never comes back from {_name(here)}: {[_name(w) for w in seen]}")
    outside = [at for at, widget in enumerate(seen) if not page.isAncestorOf(widget)]
    turned = seen[outside[-1] + 1 :] + seen[: outside[0]] if outside else seen
    return [widget for widget in turned if page.isAncestorOf(widget)]


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} “{widget.accessibleName() or text}”"


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def backwards(steps: list[QWidget]) -> list[str]:
    """Steps that lead up in one column, or to the left in one line."""
    found = []
    for before, after in pairwise(steps):
        one, two = place(before), place(after)
        beside = one.left() < two.right() and two.left() < one.right()
        level = one.top() < two.bottom() and two.top() < one.bottom()
        up = beside and not level and two.bottom() <= one.top()
        left = level and not beside and two.right() <= one.left()
        if up or left:
            found.append(f"{_name(before)} to {_name(after)}")
    return found


def unreached(page: QWidget, steps: list[QWidget]) -> list[str]:
    """Controls in view that take the keyboard and that Tab never reached."""
    wanted = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    chosen = {w.group() for w in steps if isinstance(w, QAbstractButton) and w.group()}
    return [
        _name(widget)
        for widget in wanted
        if widget not in steps
        # of one choice Tab reaches one button; the arrows reach the others
        and not (isinstance(widget, QRadioButton) and widget.group() in chosen)
    ]


def check(page: QWidget) -> None:
    steps = walk(page)
    assert backwards(steps) == []
    assert unreached(page, steps) == []


def to_form(shell: Shell, session: Session, hands: Hands, *, answered: bool = False) -> Any:
    """The questionnaire's page, with its form in view."""
    case = filing.my_forms(session)[0].case
    if answered:
        draft = filing.open_draft(session, case)
        answers = demo_answers.answers(draft.form, PEOPLE[DIRECTOR], draft.context, 1)
        draft.start_from(answers)
    go_to(shell, "forms", case)
    hands.until(lambda: hasattr(shell.stack.currentWidget(), "show_review"))
    hands.rest()
    return shell.stack.currentWidget()


def test_tab_walks_the_unlock_page(
    town_after: Callable[[str], Town], application: Callable[..., Application], hands: Hands
) -> None:
    town = town_after("joined")
    town[SECRETARY]
    town.close()
    page = application(town.clock).show_unlock((chooser.entry_of(town.vault(SECRETARY)),))
    hands.until(lambda: page.isVisible() and page.secret.edit.hasFocus())
    check(page)


def test_tab_walks_a_form(town_after: Callable[[str], Town], enter: Enter, hands: Hands) -> None:
    session = town_after("issued")[DIRECTOR]
    shell = enter(session)
    page = to_form(shell, session, hands)
    hands.until(lambda: page.isAncestorOf(shell.window().focusWidget() or shell))
    check(page)


@pytest.mark.parametrize("step", ["show_review", "show_signing"])
def test_tab_walks_review_and_signature(
    town_after: Callable[[str], Town], enter: Enter, hands: Hands, step: str
) -> None:
    session = town_after("issued")[DIRECTOR]
    shell = enter(session)
    page = to_form(shell, session, hands, answered=True)
    getattr(page, step)()
    hands.rest()
    hands.until(lambda: page.isAncestorOf(shell.window().focusWidget() or shell))
    check(page)


def test_tab_walks_exchange(town_after: Callable[[str], Town], enter: Enter, hands: Hands) -> None:
    town = town_after("issued")
    town.answer(DIRECTOR)
    files = town.files(DIRECTOR, SECRETARY)
    shell = enter(town[SECRETARY], "exchange")
    page: Any = shell.page("exchange")
    page.drop_files(tuple(files))
    hands.until(page.imports.import_button.isVisible)
    hands.rest()
    page.imports.import_button.setFocus()
    check(page)


def test_tab_walks_a_decision(
    town_after: Callable[[str], Town], enter: Enter, hands: Hands
) -> None:
    shell = enter(town_after("referred")[CLO], "decisions")
    page: Any = shell.page("decisions")
    page.decide_first()
    hands.until(lambda: hasattr(shell.stack.currentWidget(), "options"))
    hands.rest()
    sheet: Any = shell.stack.currentWidget()
    sheet.options.set_value("approval_with_conditions")
    sheet._changed()
    sheet.options.radio("approval_with_conditions").setFocus()
    hands.until(lambda: sheet.isAncestorOf(shell.window().focusWidget() or shell))
    check(sheet)
