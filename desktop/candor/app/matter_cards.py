"""What matters ask of the owner, as cards of the first screen: questions, conditions, decisions,
matters to be sent on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from candor.app import adopting, conditions, matter_deciding, matter_list, matter_routing
from candor.app.cards import Card, Target
from candor.app.session import Session
from candor.app.words import due_words, listed, plural

_MINE = ("conflict", "answered", "decide", "rule")
"""States of the queue in which the owner, and nobody else, has to do something."""


def cards(session: Session, today: date) -> Iterator[Card]:
    """Every card about matters, each with one button."""
    yield from _acknowledgement(session, today)
    yield from _questions(session, today)
    yield from _conditions(session, today)
    yield from _queue(session, today)
    yield from _routes(session, today)


def _acknowledgement(session: Session, today: date) -> Iterator[Card]:
    """Each version of the Code is confirmed anew (Code I)."""
    if adopting.must_acknowledge(session):
        title = "Confirm the new version of the Code of Conduct"
        text = f"Version {session.pack.company.code_version} is in force."
        look = ("badge-check", "Read and confirm")
        yield _card(title, text, None, today, look, Target("disclosures"))


def _questions(session: Session, today: date) -> Iterator[Card]:
    """What deciders ask the owner about matters of theirs."""
    for row in matter_list.disclosures(session).filed:
        case = session.case(row.case)
        decided = case.determination("") is not None
        asked = case.matter.open_requests if case.matter and not decided else ()
        if asked:
            due = date.fromisoformat(asked[-1].due) if asked[-1].due else None
            title, target = f"Answer a question: {row.title}", Target("disclosures", row.case)
            yield _card(
                title, asked[-1].text, due, today, ("circle-question-mark", "Answer"), target
            )


def _conditions(session: Session, today: date) -> Iterator[Card]:
    for task in conditions.tasks(session):
        title = f"Keep a condition: {task.title}"
        text, screen = task.text, "disclosures"
        if not task.mine:
            title = f"A condition is overdue: {task.title}"
            text, screen = f"{task.owner}: {task.text}", "decisions"
        look = ("clipboard-list", "Open it")
        yield _card(title, text, task.due, today, look, Target(screen, task.case))


def _queue(session: Session, today: date) -> Iterator[Card]:
    rows = [row for row in matter_deciding.queue(session) if row.state in _MINE]
    if rows:
        due = min((row.due for row in rows if row.due), default=None)
        title, text = f"Decide {plural(len(rows), 'matter')}", _from(row.person for row in rows)
        yield _card(title, text, due, today, ("scale", "Decide"), Target("decisions"))


def _routes(session: Session, today: date) -> Iterator[Card]:
    rows = matter_routing.to_route(session)
    if rows:
        title, text = f"Send on {plural(len(rows), 'matter')}", _from(row.person for row in rows)
        yield _card(title, text, None, today, ("flag", "See where they go"), Target("routing"))


def _from(people: Iterator[str]) -> str:
    return f"From {listed(tuple(dict.fromkeys(people)))}."


def _card(
    title: str, text: str, due: date | None, today: date, look: tuple[str, str], target: Target
) -> Card:
    """``look``: the icon, and the word on the button."""
    return Card(
        icon=look[0],
        title=title,
        text=text,
        due=due,
        due_words=due_words(due, today) if due else "No due date",
        overdue=due is not None and due < today,
        button=look[1],
        target=target,
    )
