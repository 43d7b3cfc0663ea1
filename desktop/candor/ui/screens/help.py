"""Help: how files travel, what the words mean, which keys do what, whom to turn to."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

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
        travel = Card(title="How files travel")
        for icon, words in TRAVEL:
            travel.add(IconLine(icon, "accent", words))
        travel.add(
            RichText(
                "Candor never connects to a network. If a file is lost, send it again; a file "
                "that is missing never deletes anything.",
                kind="note",
            )
        )
        terms = Card(Facts([(word, meaning) for word, meaning in WORDS]), title="Words")
        keys = Card(
            Facts([(keys_text(key), act) for key, act in KEYS], label_width=112), title="Keys"
        )
        forgotten = Card(
            RichText(
                "Nobody can reset a passphrase, the Company included. With your recovery sheet "
                "you open the vault and choose a new one; without both, its content is lost "
                "and the Secretary invites you again."
            ),
            title="If you forget your passphrase",
        )
        about = Card(
            Facts([("Version", __version__), ("Code", _code(session))], label_width=112),
            title="About",
        )
        left, right = QWidget(), QWidget()
        left.setLayout(column(travel, terms, 1, space=16))
        right.setLayout(column(keys, forgotten, about, 1, space=16))
        self.add(Columns(left, right, shares=(4, 3)))


def _code(session: Session) -> str:
    company = session.pack.company
    when = day(date.fromisoformat(company.rule_set_date))
    return f"{company.name}, version {company.code_version}, rules as of {when}"
