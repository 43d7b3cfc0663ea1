"""The boardroom's people at their windows: every file between their vaults is saved and dropped."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

import pytest
from a_company import PARTS, SECRET
from a_person import Person
from boardroom import Boardroom
from filling import give
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from village import _something

from candor.app import outbox, vaults
from candor.app.session import Session
from candor.forms.answers import Answer, Source
from candor.ui.review_view import HandOverView, ReviewView
from candor.ui.screens.matter_decision import MatterDecisionPage
from candor.ui.screens.matter_form import MatterFormPage
from candor.ui.widgets import RichText


@dataclass
class Board:
    """Everybody at a laptop of their own; ``mail`` holds the files on their way."""

    town: Boardroom
    tmp: Path
    bot: QtBot
    patch: pytest.MonkeyPatch
    people: dict[str, Person] = field(default_factory=dict)
    mail: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))

    def person(self, key: str) -> Person:
        """Somebody, whose window knows their vault."""
        if key not in self.people:
            vaults.remember(self.vault(key))
            self.people[key] = Person(
                name=self.town.name(key),
                secret=SECRET,
                home=self.tmp / "homes" / key,
                bot=self.bot,
                clock=self.town.clock,
                parts=PARTS,
                patch=self.patch,
            )
        self.town.close()
        return self.people[key]

    def vault(self, key: str) -> Session:
        """Somebody's vault without a window; opened on their own laptop, which remembers it."""
        for place in ("CONFIG", "DATA"):
            home = self.tmp / "homes" / key / place.lower()
            self.patch.setenv(f"XDG_{place}_HOME", str(home))
        return self.town[key]

    @contextmanager
    def at(self, key: str) -> Iterator[Person]:
        """Somebody at work: what arrived is taken in first, what is ready is saved at the end."""
        person = self.person(key)
        with person.at_work():
            if self.mail[key]:
                person.take_in(*self.mail.pop(key))
            yield person
            self._send(person)

    def _send(self, person: Person) -> None:
        session = self.session(person)
        if not any(item.state == "ready" for item in outbox.outbox(session)):
            return
        names = {self.town.name(key): key for key in self.town.people}
        saved = person.hand_out()
        for item in outbox.outbox(session):
            if item.state == "saved":
                data = outbox.file_of(session, item.id).data
                found = [path for path in saved if path.read_bytes() == data]
                self.mail[names[item.recipient_name]].extend(found)

    @staticmethod
    def session(person: Person) -> Session:
        """The vault that is open in somebody's window."""
        unlocked = person.app.unlocked
        assert unlocked is not None
        return unlocked.session

    def pass_on(self) -> None:
        """The secretary takes in what has arrived and hands out what is ready."""
        with self.at("sela"):
            pass


def said(page: Any) -> str:
    """Everything that can be read on a page now."""
    texts = (text for text in page.findChildren(RichText) if text.isVisible())
    return " | ".join(text.plain().replace("\N{NO-BREAK SPACE}", " ") for text in texts)


def reads(person: Person, words: str, page: Any = None) -> None:
    """Wait until a page says something."""
    person.until(lambda: words in said(page or person.front()))


def begin(person: Person, title: str) -> MatterFormPage:
    """Begin a matter from the chooser; its form once it stands."""
    chooser = person.go("disclosures")
    found: list[QAbstractButton] = []

    def look() -> bool:
        found[:] = [
            button
            for button in chooser.findChildren(QAbstractButton)
            if button.accessibleName().endswith(f"({title})") and button.isVisible()
        ]
        return bool(found)

    person.until(look)
    person.press(found[0])
    return form_in_front(person)


def form_in_front(person: Person) -> MatterFormPage:
    """The form in front, once every question stands."""
    person.until(lambda: isinstance(person.front(), MatterFormPage))
    page: MatterFormPage = person.front()
    person.until(lambda: page.form is not None and page.form.pane.is_whole())
    return page


def fill_matter(person: Person, page: MatterFormPage, wanted: Mapping[str, Any]) -> str:
    """Answer each open question by its widgets: as wanted, else with something. Returns the
    question at which a rule stops the form, or ''."""
    form: Any = page.form
    done: set[str] = set()
    while form.draft.next_open() is not None:
        person.press(form.head.onward)
        if form.current() in done:
            return str(form.current())
        done.add(form.current())
        question = form.draft.form.question(form.current())
        value = wanted.get(question.id, _something(form.draft, question))
        source = Source.KNOWN if question.about_relatives else Source.NONE
        give(person, form.view(question.id), Answer(question.id, value=value, source=source))
        if any(p.question == question.id and "Explain" in p.text for p in form.draft.problems()):
            box = form.view(question.id).remarks.remark("explanation").box
            person.type_into(box, "As its papers show.")
    return ""


def sign_matter(person: Person, page: MatterFormPage, reason: str = "") -> None:
    """Review, sign, and leave the hand-over page for the exchange at the end."""
    assert page.form is not None
    person.press(page.form.head.onward)
    person.until(lambda: isinstance(page.currentWidget(), ReviewView))
    assert page.review is not None
    person.press(page.review.onward)
    person.until(lambda: page.signing is not None)
    signing: Any = page.signing
    if signing.consent.isVisible():
        person.press(signing.consent)
    if reason:
        person.type_into(signing.reason, reason)
    person.sign_with(signing.signer)
    person.press(signing.sign)
    person.until(lambda: isinstance(page.currentWidget(), HandOverView))


def decision(person: Person) -> MatterDecisionPage:
    """Press *Decide*: the page of what is due first, once it is read."""
    queue = person.go("decisions")
    person.press(queue.start)
    person.until(lambda: isinstance(person.front(), MatterDecisionPage))
    page: MatterDecisionPage = person.front()
    person.until(lambda: bool(page._shown) and page._shown[-1].isVisible())
    return page


def sign_box(person: Person, box: Any) -> None:
    """Both steps of a signature."""
    person.press(box.onward)
    person.until(box.signer.isVisible)
    person.sign_with(box.signer)
    person.press(box.sign)


def approve(person: Person, page: MatterDecisionPage, kind: str = "approval") -> None:
    """Choose, give reasons, sign; then wait until the page is gone."""
    choosing = page.choosing
    assert choosing is not None
    person.press(choosing.options.radio(kind))
    person.until(lambda: not choosing.later.is_asking())
    person.type_into(choosing.reason, "Modest, and nothing is pending.")
    sign_box(person, choosing.box)
    person.until(lambda: person.front() is not page)
