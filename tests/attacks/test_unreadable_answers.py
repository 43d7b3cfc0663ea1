"""One enrolled person's strange answers must not close a screen for everybody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.attacks.conftest import Bring, Forge

from candor.app import campaigns, home, inbox, referring
from candor.app.demo import Player, Story
from candor.app.session import Session
from candor.keys.codes import new_id
from candor.records.body import make_body
from candor.records.events import EventType

Items = dict[str, Any]
SEALED = {"name": "concerns", "offices": ["clo", "secretary"], "people": []}


def own_case(session: Session, person: str) -> str:
    """The case of the person's own questionnaire."""
    return next(c.id for c in session.state.cases.values() if c.subject == person and c.issued)


def signed(insider: Player, change: Items, *, sealed: bool) -> tuple[Any, ...]:
    """The insider's last answers, signed once more with some items changed."""
    session = insider.session
    case = own_case(session, insider.id)
    last = session.state.cases[case].submissions[-1].event
    before = session.vault.event(last)
    assert before is not None
    assert before[1] is not None
    items = {item.id: item.value for item in before[1].items}
    items |= {"supersedes": "" if sealed else last, **change}
    with session.batch():
        event = session.write(
            new_id() if sealed else case,
            EventType.QUESTIONNAIRE_SIGNED,
            make_body(items.items()),
            deps={*session.directory.head, *(() if sealed else (last,))},
        )
    made = session.vault.event(event)
    assert made is not None
    return made


def screens(session: Session) -> tuple[object, ...]:
    """What the secretary and the CLO open first."""
    lists: tuple[Callable[[Session], object], ...] = (
        home.home,
        campaigns.campaigns,
        referring.exceptions,
        referring.queue,
        inbox.sealed,
    )
    return tuple(each(session) for each in lists)


STRANGE: list[tuple[Items, bool]] = [
    ({"form": "ab" * 32}, False),
    ({"form": "ab" * 32, "audience": SEALED}, True),
    ({"context": {}, "audience": SEALED}, True),
    ({"context": {"filer": 5}, "audience": SEALED}, True),
    ({"answer/99.99": {"question": "99.99", "value": True}}, False),
]


@pytest.mark.parametrize(("change", "sealed"), STRANGE)
def test_answers_that_nobody_can_read_close_no_screen(
    story: Story,
    secretary: Player,
    insider: Player,
    forge: Forge,
    bring: Bring,
    change: Items,
    sealed: bool,
) -> None:
    event = signed(insider, change, sealed=sealed)
    for reader in (secretary, story.office("clo")):
        rows = len(referring.exceptions(reader.session))
        bring(reader, forge(insider, reader, events=(event,)))
        screens(reader.session)
        assert len(referring.exceptions(reader.session)) == rows


def test_a_sealed_answer_to_a_question_that_its_form_does_not_ask_is_left_out(
    story: Story, insider: Player, forge: Forge, bring: Bring
) -> None:
    clo = story.office("clo")
    own = insider.session.state.cases[own_case(insider.session, insider.id)]
    assert own.issued is not None
    context = {
        "filer": own.issued.filer,
        "determination_date": own.issued.determination_date,
        "fiscal_year_end": own.issued.fiscal_year_end,
        "settings": own.issued.settings,
    }
    change = {
        "audience": SEALED,
        "context": context,
        "answer/99.99": {"question": "99.99", "value": "x"},
    }
    event = signed(insider, change, sealed=True)
    before = len(inbox.sealed(clo.session))
    bring(clo, forge(insider, clo, events=(event,)))
    assert len(inbox.sealed(clo.session)) == before + 1
    screens(clo.session)
