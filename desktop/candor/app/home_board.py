"""What bodies, notices and clocks ask of the owner: the cards of the first screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from candor.app import committee, conditions, disclosing, implicit_waivers, notices, waiver_clock
from candor.app.cards import Card, Target
from candor.app.committee_ballots import BallotRow
from candor.app.implicit_waivers import Silence
from candor.app.session import Session
from candor.app.words import day, due_words


def cards(session: Session, today: date) -> Iterator[Card]:
    """Votes and signatures first, then notices, what is to be put, conditions, clocks, and what
    nobody has acted on for long."""
    for row in committee.my_ballots(session):
        if row.state in _ASKS:
            yield _ballot(row, today)
    for view in notices.notices(session):
        if view.mine_open:
            yield _notice(view, today)
    for put in committee.agenda_of(session):
        if put.state in {"new", "again"}:
            yield _agenda(put, today)
    for task in conditions.tasks(session):
        yield _condition(session, task, today)
    if set(disclosing.KEEPERS) & set(session.offices):
        for clock in waiver_clock.clocks(session):
            if clock.runs and clock.due is not None:
                yield _clock(clock, clock.due, today)
        for silence in implicit_waivers.silences(session):
            yield _silence(silence, today)


_ASKS = {
    "to_vote": ("Vote on {title}", "{body}. You see the others’ votes once yours is signed."),
    "contradicts": ("Vote again on {title}", "Ballots of yours contradict each other."),
    "to_sign": ("Sign the resolution on {title}", "{body}. Every vote that is needed is in."),
}


def _ballot(row: BallotRow, today: date) -> Card:
    title, text = _ASKS[row.state]
    words = {"title": row.title, "body": row.body}
    return Card(
        icon="pen-line" if row.state == "to_sign" else "scale",
        title=title.format(**words),
        text=text.format(**words),
        due=row.meeting_on,
        due_words=_meeting_words(row.meeting_on, today),
        overdue=row.meeting_on is not None and row.meeting_on < today,
        button="Read and sign" if row.state == "to_sign" else "Read and vote",
        target=Target("committee", row.item),
    )


def _meeting_words(on: date | None, today: date) -> str:
    if on is None:
        return "No due date"
    return f"{'The meeting was' if on < today else 'The meeting is'} on {day(on)}"


def _notice(view: notices.NoticeView, today: date) -> Card:
    return Card(
        icon="bell",
        title=f"Confirm the notice of {view.director}",
        text="A director tells the others of an interest in what the Board will vote on.",
        due=view.meeting_on,
        due_words=_meeting_words(view.meeting_on, today),
        overdue=view.meeting_on is not None and view.meeting_on < today,
        button="Read and confirm",
        target=Target("committee", view.id),
    )


def _agenda(row: committee.AgendaRow, today: date) -> Card:
    due = date.fromisoformat(row.due) if row.due else None
    again = " again" if row.state == "again" else ""
    return Card(
        icon="list-checks",
        title=f"Put {row.title} to a vote{again}",
        text=row.text or f"{row.body}. Filed by {row.person}.",
        due=due,
        due_words=due_words(due, today) if due else "No due date",
        overdue=due is not None and due < today,
        button="Prepare the item",
        target=Target("committee", row.case),
    )


def _condition(session: Session, task: conditions.ConditionTask, today: date) -> Card:
    own = session.case(task.case).subject == session.person_id
    words = "A condition of the decision" if task.mine else f"{task.owner} has not reported it done"
    return Card(
        icon="list-checks",
        title=task.text,
        text=f"{words}: {task.title} {task.case_number}".strip(),
        due=task.due,
        due_words=due_words(task.due, today) if task.due else "No due date",
        overdue=task.overdue,
        button="Say it is done" if task.mine else "Open the matter",
        target=Target("disclosures" if own else "decisions", task.case),
    )


def _clock(view: waiver_clock.ClockView, due: date, today: date) -> Card:
    return Card(
        icon="hourglass",
        title=f"Disclose the waiver of {view.person}",
        text=f"{view.why} {view.event.basis if view.event else ''}".strip(),
        due=due,
        due_words=view.due_text,
        overdue=due < today,
        button="Open the worksheet",
        target=Target("committee", view.case),
    )


def _silence(found: Silence, today: date) -> Card:
    return Card(
        icon="hourglass",
        title=f"Act on a departure from the Code: {found.person}, {found.title}",
        text=f"Known since {day(found.known_on)}. {found.reason}",
        due=found.alert_on,
        due_words=due_words(found.alert_on, today),
        overdue=found.alert_on < today,
        button="Read the matter",
        target=Target("disclosures", found.case),
    )
