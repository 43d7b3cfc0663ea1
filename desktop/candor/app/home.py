"""What needs the owner, what waits for others, what is done: the first screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from candor.app import (
    board_book,
    campaigns,
    deciding,
    filing,
    home_board,
    inbox,
    integrity,
    matter_cards,
    outbox,
    reading,
)
from candor.app.campaigns import CampaignView
from candor.app.cards import Card, DoneRow, Target, WaitingRow
from candor.app.session import Session
from candor.app.words import counted, day, due_words, listed, plural

__all__ = ["Card", "DoneRow", "HomeView", "Target", "WaitingRow", "home"]


@dataclass(frozen=True)
class HomeView:
    """The three groups in the order in which they are shown."""

    title: str
    line: str
    needs: tuple[Card, ...]
    waiting: tuple[WaitingRow, ...]
    done: tuple[DoneRow, ...]
    campaign: CampaignView | None


def home(session: Session) -> HomeView:
    """The owner's first screen, computed from the vault."""
    today = session.clock.now().date()
    cards = (
        *_alarm_cards(session),
        *_form_cards(session, today),
        *_sealed_cards(session),
        *_decision_cards(session),
        *_packet_cards(session),
        *matter_cards.cards(session, today),
        *home_board.cards(session, today),
        *_secretary_cards(session, today),
        *_outbox_cards(session),
    )
    needs = tuple(sorted(cards, key=_when))
    shown = campaigns.campaigns(session)
    is_secretary = "secretary" in session.offices
    return HomeView(
        title=_title(len(needs)),
        line=_line(today, needs),
        needs=needs,
        waiting=_waiting(session),
        done=_done(session)[:5],
        campaign=shown[0] if shown and is_secretary else None,
    )


def _when(card: Card) -> date:
    """When a card's turn is: what is overdue without a day comes before everything."""
    return card.due or (date.min if card.overdue else date.max)


def _title(count: int) -> str:
    if count == 0:
        return "Nothing needs you"
    return f"{counted(count, 'thing')} {'needs' if count == 1 else 'need'} you"


def _line(today: date, needs: tuple[Card, ...]) -> str:
    first = next((card.due for card in needs if card.due), None)
    if first is None:
        return f"{day(today)}."
    return f"{day(today)}. The first {'was' if first < today else 'is'} due on {day(first)}."


def _alarm_cards(session: Session) -> tuple[Card, ...]:
    found = integrity.alarm(session)
    if found is None:
        return ()
    return (
        Card(
            icon="octagon-x",
            title=found.title,
            text=found.text,
            due=None,
            due_words="Before anything else",
            overdue=True,
            button="Read and go on",
            target=Target("alarm"),
        ),
    )


def _form_cards(session: Session, today: date) -> tuple[Card, ...]:
    cards = []
    for task in filing.my_forms(session):
        if task.state == "signed":
            continue
        started = task.answered > 0
        cards.append(
            Card(
                icon="clipboard-list",
                title=task.title,
                text="Your answers go into the proxy statement and into the Board's decisions.",
                due=task.due,
                due_words=due_words(task.due, today),
                overdue=task.due < today,
                button="Continue" if started else "Start",
                target=Target("forms", task.case),
                progress=(task.answered, task.total),
                progress_text=_progress_text(task),
            )
        )
    return tuple(cards)


def _progress_text(task: filing.FormTask) -> str:
    said = f"{task.answered} of {task.total} answered."
    if not task.proposed:
        return said
    return f"{said} {task.proposed} of the rest have an answer to confirm or change."


def _sealed_cards(session: Session) -> tuple[Card, ...]:
    return tuple(
        Card(
            icon="file-lock",
            title=f"An answer for you alone, from {item.person}",
            text="Nobody else who compiles the questionnaires has received it.",
            due=None,
            due_words="No due date",
            overdue=False,
            button="Read it",
            target=Target("sealed", item.case),
        )
        for item in inbox.unread(session)
    )


def _decision_cards(session: Session) -> tuple[Card, ...]:
    waiting = [row for row in deciding.queue(session) if row.state != "determined"]
    if not waiting:
        return ()
    people = tuple(dict.fromkeys(row.person for row in waiting))
    return (
        Card(
            icon="scale",
            title=f"Decide {plural(len(waiting), 'exception')}",
            text=f"From {listed(people)}.",
            due=None,
            due_words="No due date",
            overdue=False,
            button="Decide",
            target=Target("decisions"),
        ),
    )


def _packet_cards(session: Session) -> tuple[Card, ...]:
    return tuple(
        Card(
            icon="pen-line",
            title=f"Sign the {packet.title}",
            text=f"{packet.pages} pages. You sign as {packet.my_title}.",
            due=None,
            due_words="No due date",
            overdue=False,
            button="Read and sign",
            target=Target("packet", packet.id),
        )
        for packet in board_book.packets(session)
        if packet.mine_next
    )


def _secretary_cards(session: Session, today: date) -> tuple[Card, ...]:
    if "secretary" not in session.offices:
        return ()
    cards = []
    fresh = [row for row in deciding.exceptions(session) if row.state == "new"]
    if fresh:
        cards.append(
            Card(
                icon="flag",
                title=f"Refer {plural(len(fresh), 'exception')}",
                text=f"From {listed(tuple(dict.fromkeys(row.person for row in fresh)))}.",
                due=None,
                due_words="No due date",
                overdue=False,
                button="See exceptions",
                target=Target("exceptions"),
            )
        )
    for view in campaigns.campaigns(session):
        silent = [row for row in view.rows if row.group == "waiting"]
        if silent and view.days_left <= 7:
            names = tuple(row.name for row in silent)
            verb = "has" if len(silent) == 1 else "have"
            cards.append(
                Card(
                    icon="bell",
                    title=f"Remind {plural(len(silent), 'person', 'people')}: {view.title}",
                    text=f"{listed(names)} {verb} not replied.",
                    due=view.due,
                    due_words=due_words(view.due, today),
                    overdue=view.due < today,
                    button="Write reminders",
                    target=Target("campaigns", view.id),
                )
            )
    return tuple(cards)


def _outbox_cards(session: Session) -> tuple[Card, ...]:
    ready = [item for item in outbox.outbox(session) if item.state == "ready"]
    if not ready:
        return ()
    names = tuple(dict.fromkeys(item.recipient_name for item in ready))
    return (
        Card(
            icon="file-up",
            title=f"Hand over {plural(len(ready), 'file')}",
            text=f"For {listed(names)}.",
            due=None,
            due_words="No due date",
            overdue=False,
            button="Open the outbox",
            target=Target("exchange"),
        ),
    )


def _waiting(session: Session) -> tuple[WaitingRow, ...]:
    return tuple(
        WaitingRow(
            title=item.recipient_name,
            text=f"{item.purpose_text}, saved {day(item.since.date())}"
            if item.since
            else item.purpose_text,
            outbox=item.id,
        )
        for item in outbox.outbox(session)
        if item.state == "saved"
    )[:20]


def _done(session: Session) -> tuple[DoneRow, ...]:
    rows = []
    for task in filing.my_forms(session):
        if task.state == "signed" and task.signed_at is not None:
            number = f", {task.number}" if task.number else ""
            rows.append(
                DoneRow(task.title, f"Signed {day(task.signed_at.date())}{number}", task.signed_at)
            )
    for case in reading.questionnaires(session):
        for found in case.determinations:
            if found.person == session.person_id and not found.void:
                when = datetime.fromisoformat(found.claimed_at)
                rows.append(
                    DoneRow(
                        f"Decided {found.question}, {session.name_of(case.subject)}",
                        f"Signed {day(when.date())}",
                        when,
                    )
                )
    return tuple(sorted(rows, key=lambda row: row.when, reverse=True))
