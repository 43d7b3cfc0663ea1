"""Help: how files travel, what the words mean, which keys do what, whom to turn to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from candor import __version__
from candor.app.session import Session
from candor.app.words import day
from candor.ui.screens.base import SessionPage
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Button,
    Card,
    Columns,
    Facts,
    IconLine,
    PageHead,
    RichText,
    column,
    keys_text,
)
from candor.ui.widgets.in_steps import in_steps

TRAVEL = (
    ("file-up", "What you sign, decide or invite becomes one file for one person, in Exchange."),
    ("lock-keyhole", "Only that person can open it. It may go by e-mail, stick or shared folder."),
    ("file-down", "They drop it on their window, see what it adds, and import it."),
    ("circle-check", "Their next file to you says what has arrived. Sending twice does no harm."),
)
WORDS = (
    ("Waiver", "Leave to depart from the Code, granted by the Board or a committee of it."),
    ("Approval", "A decision that something is in order under the Code. It is not a waiver."),
    ("Recusal", "Taking no part in a matter in which one has an interest of one's own."),
    ("Related person", "A director, nominee, executive officer or 5 % holder, or their close kin."),
    ("Exception", "An answer that somebody in office must look at and decide."),
    ("Packet", "The signed PDF for the Audit Committee, which proves itself to any reader."),
    ("Fingerprint", "Digits that tell the true Company from an impostor. Compare them aloud."),
)
KEYS = (
    ("Ctrl+L", "Lock the vault"),
    ("Ctrl+K", "Search"),
    ("Alt+1", "First screen of the rail; Alt 2 the second, and so on"),
    ("Alt+Left", "Back"),
    ("Alt+Down", "Next open question of a form"),
    ("Ctrl+Z", "Undo in a form"),
    ("Ctrl+Shift+Z", "Do again what was undone"),
    ("Space", "Tick a line of a list"),
    ("Enter", "Open a line of a list"),
)


class HelpPage(SessionPage):
    """One page; nothing here leads out of this computer."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        concern = Button("Report a concern", icon="megaphone", on=shell.open_concern)
        self.add(PageHead("Help", "How Candor works, in the order in which you meet it.", concern))
        left, right = column(1, space=16), column(1, space=16)
        sides = QWidget(), QWidget()
        for side, inside in zip(sides, (left, right), strict=True):
            side.setLayout(inside)
        self.add(Columns(*sides, shares=(4, 3)))
        in_steps(self, self._cards(left, right))

    def _cards(self, left: QVBoxLayout, right: QVBoxLayout) -> Iterator[None]:
        for box, make in (
            (left, _travel),
            (right, _keys),
            (left, _words),
            (right, _forgotten),
            (right, partial(_about, self.session)),
        ):
            box.insertWidget(box.count() - 1, make())
            yield


def _travel() -> Card:
    card = Card(title="How files travel")
    for icon, words in TRAVEL:
        card.add(IconLine(icon, "accent", words))
    card.add(
        RichText(
            "Candor never connects to a network. If a file is lost, send it again; a file "
            "that is missing never deletes anything.",
            kind="note",
        )
    )
    return card


def _keys() -> Card:
    return Card(Facts([(keys_text(key), act) for key, act in KEYS], label_width=112), title="Keys")


def _words() -> Card:
    return Card(Facts([(word, meaning) for word, meaning in WORDS]), title="Words")


def _forgotten() -> Card:
    return Card(
        RichText(
            "Nobody can reset a passphrase, the Company included. With your recovery sheet "
            "you open the vault and choose a new one; without both, its content is lost "
            "and the Secretary invites you again."
        ),
        title="If you forget your passphrase",
    )


def _about(session: Session) -> Card:
    return Card(
        Facts([("Version", __version__), ("Code", _code(session))], label_width=112),
        title="About",
    )


def _code(session: Session) -> str:
    company = session.pack.company
    when = day(date.fromisoformat(company.rule_set_date))
    return f"{company.name}, version {company.code_version}, rules as of {when}"
