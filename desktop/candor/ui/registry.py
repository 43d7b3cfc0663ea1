"""SCREENS: every screen in the order of the rail. A new screen is its file and its line here.

Ids are those that `app.places` and `app.home.Target` name. A page is built as
``Page(shell, session)`` on the first visit; `refresh()` is called whenever it is shown,
`open_item(id)` when a card elsewhere leads to one thing on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from candor.app.session import Session
from candor.ui.screens.alarm import AlarmPage
from candor.ui.screens.campaign import CampaignPage
from candor.ui.screens.committee import CommitteePage
from candor.ui.screens.decision import DecisionsPage
from candor.ui.screens.disclosures import DisclosuresPage
from candor.ui.screens.exceptions import ExceptionsPage
from candor.ui.screens.exchange import ExchangePage
from candor.ui.screens.forms import FormsPage
from candor.ui.screens.help import HelpPage
from candor.ui.screens.home import HomePage
from candor.ui.screens.packet import PacketPage
from candor.ui.screens.people import PeoplePage
from candor.ui.screens.routing import RoutingPage
from candor.ui.screens.sealed import SealedPage
from candor.ui.screens.settings import SettingsPage
from candor.ui.screens.verify import VerifyPage
from candor.ui.screens_api import Screen
from candor.ui.shell import Shell


@dataclass(frozen=True)
class Entry:
    """One screen: its id, its word and icon on the rail, and the class of its page."""

    id: str
    word: str
    icon: str
    page: Callable[[Shell, Session], QWidget]
    foot: bool = False


SCREENS: tuple[Entry, ...] = (
    Entry("home", "Home", "house", HomePage),
    Entry("alarm", "Your vault", "octagon-x", AlarmPage),
    Entry("forms", "My forms", "file-text", FormsPage),
    Entry("disclosures", "Disclosures", "file-plus", DisclosuresPage),
    Entry("campaigns", "Campaigns", "list-checks", CampaignPage),
    Entry("exceptions", "Exceptions", "flag", ExceptionsPage),
    Entry("routing", "Route", "folder-open", RoutingPage),
    Entry("decisions", "Decisions", "scale", DecisionsPage),
    Entry("committee", "Committee", "landmark", CommitteePage),
    Entry("packet", "Packets", "book-open", PacketPage),
    Entry("sealed", "Sealed", "file-lock", SealedPage),
    Entry("people", "People", "users", PeoplePage),
    Entry("exchange", "Exchange", "arrow-left-right", ExchangePage),
    Entry("verify", "Verify", "shield-check", VerifyPage),
    Entry("settings", "Settings", "settings", SettingsPage, foot=True),
    Entry("help", "Help", "circle-question-mark", HelpPage, foot=True),
)


def screens(session: Session, places: frozenset[str]) -> tuple[Screen, ...]:
    """The screens of SCREENS that ``places`` names, bound to a session."""
    return tuple(
        Screen(e.id, e.word, e.icon, partial(_build, e.page, session), foot=e.foot)
        for e in SCREENS
        if e.id in places
    )


def _build(page: Callable[[Shell, Session], QWidget], session: Session, shell: Shell) -> QWidget:
    return page(shell, session)
