"""Exceptions, for the Secretary: what needs a decision, whose it is and why, and who has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from candor.app import deciding
from candor.app.deciding import DeterminationView, ExceptionRow
from candor.app.session import Session
from candor.app.words import day, listed, plural
from candor.policy.terms import Severity
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import fold, show_at_most
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Breadth,
    Button,
    Card,
    ColumnSpec,
    EmptyState,
    Facts,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    Rule,
    Segments,
    column,
)

NOTHING = (
    "No exception. One appears here when an imported questionnaire holds an answer that somebody "
    "must decide, or a question that its filer could not answer."
)
FILTERS = (("", "All"), ("new", "To refer"), ("referred", "Referred"), ("determined", "Decided"))
SEVERITY_BADGE = {
    Severity.HIGH: ("High", Meaning.STOPPED),
    Severity.MEDIUM: ("Medium", Meaning.NEEDS),
    Severity.OPEN: ("Unanswered", Meaning.WAITING),
    Severity.LOW: ("Low", Meaning.NEUTRAL),
}
FULL = 6
"""How many rows of an answer are shown as labels and values."""
STATES = {
    "new": ("To refer", Meaning.NEEDS),
    "referred": ("Referred", Meaning.WAITING),
    "determined": ("Decided", Meaning.DONE),
}


def severity_badge_of(severity: Severity) -> tuple[str, Meaning]:
    """The word and the meaning of a severity."""
    return SEVERITY_BADGE[severity]


def severity_badge(row: ExceptionRow) -> tuple[str, Meaning]:
    """The word and the meaning of a row's severity."""
    return severity_badge_of(row.fact.severity)


def _state(row: ExceptionRow) -> tuple[str, Meaning]:
    if row.state == "new" and not row.decider_title:
        return ("Nobody may decide", Meaning.STOPPED)
    return STATES[row.state]


def _number(question: str) -> tuple[int, ...]:
    return tuple(int(part) for part in question.split(".") if part.isdigit())


COLUMNS = (
    ColumnSpec(
        "Severity",
        lambda r: r.fact.severity.value,
        badge=severity_badge,
        sort=lambda r: list(Severity).index(r.fact.severity),
        width=116,
        narrow=96,
    ),
    ColumnSpec(
        "Person",
        lambda r: r.person,
        second=lambda r: r.number,
        weight=500,
        sort=lambda r: r.person.casefold(),
        width=190,
        narrow=176,
    ),
    ColumnSpec(
        "Question and answer",
        lambda r: f"{r.fact.question}  {r.fact.flag_text}",
        second=lambda r: r.fact.answer_text,
        stretch=True,
        sort=lambda r: _number(r.fact.question),
    ),
    ColumnSpec(
        "Goes to",
        lambda r: r.decider_name or "Nobody",
        second=lambda r: r.decider_title,
        sort=lambda r: r.decider_name.casefold(),
    ),
    ColumnSpec("State", lambda r: r.state, badge=_state, sort=lambda r: r.state, width=116),
)
ROOM = {"Goes to": Breadth.WIDE, "State": Breadth.MEDIUM}
MOST = 7
"""Rows in view, so that the one chosen can be read below without scrolling the page."""


class ExceptionsPage(SessionPage):
    """Every exception with its route; the new ones are ticked, one button refers them."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._rows: tuple[ExceptionRow, ...] = ()
        self._known: set[tuple[str, str]] = set()
        self._wanted = ""
        self.refer = Button("Refer", "primary", icon="scale", on=self.refer_ticked)
        self.head = PageHead("Exceptions", "", self.refer)
        self.nothing = EmptyState(NOTHING, icon="flag")
        self.filters = Segments(FILTERS, name="Show", check=False)
        self.filters.chosen.connect(lambda _key: self._filter())
        self.model = RowsModel(COLUMNS, key=_key, checkable=True)
        self.model.checks_changed.connect(self._count)
        self.rows_view = RowsView(self.model, name="Exceptions", fit=False)
        self.rows_view.picked.connect(self._show_one)
        self.foot = RichText(kind="note")
        self.detail = Card(title="")
        self.detail.hide()
        self.table = QWidget()
        self.table.setLayout(column(self.filters, self.rows_view, self.foot, self.detail, space=16))
        self.add(self.head, self.refusal, self.nothing, self.table)
        self.nothing.hide()
        self.table.hide()

    def load(self) -> tuple[ExceptionRow, ...]:
        """Every exception of everyone who has replied."""
        return deciding.exceptions(self.session)

    def show_data(self, data: Any) -> None:
        """Show the rows; new ones that can be referred are ticked when they are first seen."""
        self._rows = data
        self.nothing.setVisible(not data)
        self.table.setVisible(bool(data))
        self.refer.setVisible(bool(data))
        counts = {key: sum(row.state == key for row in data) for key, _ in FILTERS}
        counts[""] = len(data)
        for key, word in FILTERS:
            self.filters.set_word(key, f"{word}  {counts[key]}")
        new = [row for row in data if row.state == "new" and row.decider_title]
        fresh = {_key(row) for row in new} - self._known
        kept = {_key(row) for row in self.model.checked()} & {_key(row) for row in new}
        self._known |= {_key(row) for row in new}
        picked = self.rows_view.selected()
        self.model.set_rows(data, checked=tuple(fresh | kept))
        self._say(counts)
        self._filter()
        wanted = _key(picked[0]) if picked else None
        if self._wanted:
            self.open_item(self._wanted)
        elif data:
            self.rows_view.pick(lambda row: wanted is None or _key(row) == wanted)
        self._fit()

    def _fit(self) -> None:
        fold(self.rows_view, ROOM)
        show_at_most(self.rows_view, MOST)

    def _say(self, counts: dict[str, int]) -> None:
        if not self._rows:
            self.head.set_text("Exceptions", "Answers that somebody must decide.")
            return
        parts = [
            f"{counts['new']} to refer" if counts["new"] else "",
            f"{counts['referred']} with those who decide" if counts["referred"] else "",
            f"{counts['determined']} decided" if counts["determined"] else "",
        ]
        total = plural(len(self._rows), "exception")
        self.head.set_text("Exceptions", f"{total}: {', '.join(p for p in parts if p)}.")

    def open_item(self, case: str) -> None:
        """Show the first exception of a case."""
        self._wanted = case
        if any(row.case == case for row in self._rows):
            self.filters.set_value("")
            self._filter()
            self.rows_view.pick(lambda row: bool(row.case == case))
            self._wanted = ""

    # --- one of them --------------------------------------------------------------------

    def _show_one(self, row: ExceptionRow | None) -> None:
        self.detail.clear()
        self.detail.setVisible(row is not None)
        if row is None:
            return
        fact = row.fact
        facts = Facts(label_width=152)
        facts.add("Question", f"{fact.question}  {fact.wording}")
        if fact.said:
            facts.add("Answer", fact.said)
        if fact.explanation:
            facts.add("In their words", fact.explanation)
        facts.add("Why it is here", fact.flag_text)
        decider = f"{row.decider_name}, {row.decider_title}" if row.decider_title else "Nobody"
        facts.add("Goes to", decider)
        clause = f" ({row.clause})" if row.clause else ""
        facts.add("Because", f"{row.route_reason}{clause}")
        if row.determination is not None:
            facts.add("Decided", decided_words(row.determination))
        self.detail.add(RichText(f"{row.person}, {row.number}", kind="section"), facts)
        self.detail.add(*row_parts(fact.rows))

    # --- acting -------------------------------------------------------------------------

    def _filter(self) -> None:
        wanted = self.filters.value()
        self.rows_view.proxy.keep(lambda row: not wanted or row.state == wanted)
        self._fit()

    def _to_refer(self) -> tuple[ExceptionRow, ...]:
        rows = self.model.checked()
        return tuple(row for row in rows if row.state == "new" and row.decider_title)

    def _count(self) -> None:
        rows = self._to_refer()
        self.refer.setEnabled(bool(rows))
        self.refer.setText(f"Refer {plural(len(rows), 'exception')}" if rows else "Refer")
        if rows:
            names = listed(tuple(dict.fromkeys(row.decider_name for row in rows)))
            said = f"Referring signs your act and makes a file for {names}, in the outbox."
        elif any(row.state == "new" for row in self._rows):
            said = "Tick the exceptions to refer."
        else:
            said = "Nothing is left to refer."
        self.foot.set_parts(f"{said} Nobody is sent an exception of their own.")

    def refer_ticked(self) -> None:
        """Refer what is ticked to whom the Code names."""
        chosen = tuple(_key(row) for row in self._to_refer())
        if chosen:
            self.do(
                lambda _work: deciding.refer(self.session, chosen),
                lambda _count: self.reload(),
                button=self.refer,
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fit()


def _key(row: ExceptionRow) -> tuple[str, str]:
    return row.case, row.fact.question


def row_parts(rows: Sequence[tuple[tuple[str, str], ...]]) -> Iterator[QWidget]:
    """The rows of an answer below its other facts: the first in full, further ones a line each."""
    for at, cells in enumerate(rows):
        yield Rule()
        if at < FULL:
            yield Facts(cells)
        else:
            yield RichText(", ".join(f"{label}: {value}" for label, value in cells))


def decided_words(found: DeterminationView) -> str:
    """A determination in one paragraph."""
    said = f"{found.words}, by {found.by}, {found.office}, {day(found.on.date())}. {found.reason}"
    for condition in found.conditions:
        due = f" by {day(condition.due)}" if condition.due else ""
        said += f"\n{condition.owner}: {condition.text}{due}."
    return f"Void: {found.void}\n{said}" if found.void else said
