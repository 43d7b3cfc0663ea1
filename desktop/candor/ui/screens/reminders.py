"""The composer: one message per person, to be sent from one's own mail program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from candor.app.campaigns import Reminder
from candor.app.words import plural
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Button,
    Card,
    Columns,
    ColumnSpec,
    Facts,
    Flow,
    LabelledField,
    Page,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    column,
)

PURPOSE = (
    "Each opens in your own mail program. Candor has recorded that they were written, and cannot "
    "know whether they were sent."
)


class RemindersPage(Page):
    """The people at the left, the message to the one chosen at the right."""

    def __init__(self, shell: Shell, reminders: Sequence[Reminder]) -> None:
        super().__init__()
        self._reminders = list(reminders)
        self._texts = {r.person_id: r.text for r in reminders}
        self._opened: set[str] = set()
        self._shown = self._reminders[0]
        title = plural(len(self._reminders), "reminder") + " written"
        self.add(PageHead(title, PURPOSE, Button("Back to the campaign", on=shell.back)))
        self.add(Columns(self._people(), self._message(), shares=(2, 3)))
        self.list.selectRow(0)

    def _people(self) -> QWidget:
        self._model = RowsModel(
            [
                ColumnSpec(
                    "Person", lambda r: r.name, second=lambda r: r.to, weight=500, stretch=True
                ),
                ColumnSpec("", lambda _r: "", badge=self._badge),
            ],
            self._reminders,
            key=lambda r: r.person_id,
        )
        self.list = RowsView(self._model, name="Reminders")
        self.list.picked.connect(self._picked)
        return self.list

    def _badge(self, reminder: Reminder) -> tuple[str, Meaning] | None:
        return ("Opened", Meaning.DONE) if reminder.person_id in self._opened else None

    def _message(self) -> QWidget:
        self.subject = RichText()
        self.address = RichText()
        self.text = QPlainTextEdit()
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 12)
        self.text.textChanged.connect(self._typed)
        self.state = Badge("", Meaning.NEEDS)
        self.state.hide()
        self.open = Button("Open in mail program", "primary", icon="mail", on=self._open)
        self.copy = Button("Copy text", icon="copy", on=self._copy)
        acts = QWidget()
        Flow(self.open, self.copy, self.state, space=8, parent=acts)
        whole = QWidget()
        card = Card(
            Facts((("To", self.address), ("Subject", self.subject)), label_width=96),
            LabelledField("Text", self.text),
            acts,
            title="Message",
        )
        card.body.setSpacing(12)
        whole.setLayout(column(card, space=0))
        return whole

    def _picked(self, reminder: Reminder | None) -> None:
        if reminder is not None:
            self.show_reminder(reminder)

    def show_reminder(self, reminder: Reminder) -> None:
        """Show the message to one person."""
        self._shown = reminder
        self.address.set_parts(reminder.to)
        self.subject.set_parts(reminder.subject)
        self.text.blockSignals(True)
        self.text.setPlainText(self._texts[reminder.person_id])
        self.text.blockSignals(False)
        self.state.hide()

    def _typed(self) -> None:
        self._texts[self._shown.person_id] = self.text.toPlainText()

    def _open(self) -> None:
        shown = self._shown
        if Ask.open_mail(shown.to, shown.subject, self.text.toPlainText()):
            self._opened.add(shown.person_id)
            self._model.set_rows(self._reminders)
            self.list.pick(lambda reminder: reminder is shown)
            self.state.say("Opened in your mail program", Meaning.DONE, icon=None)
        else:
            self.state.say("No mail program: copy the text", Meaning.NEEDS, icon=None)
        self.state.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.state.say("Copied", Meaning.DONE, icon=None)
        self.state.show()
