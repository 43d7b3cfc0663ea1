"""The outbox: what is ready for whom, what was made before, and who said that they have it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from candor.app import exchange_folder, outbox
from candor.app.outbox import OutboxItem
from candor.app.words import day, plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import fold
from candor.ui.screens.sending import Ask, MessagePage
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Breadth,
    Button,
    Card,
    Columns,
    ColumnSpec,
    EmptyState,
    Flow,
    GroupLabel,
    RichText,
    RowsModel,
    RowsView,
    Segments,
    column,
    row,
)

_MARK = {
    "ready": ("circle-alert", "needs"),
    "saved": ("hourglass", "waiting"),
    "acknowledged": ("circle-check", "done"),
}
_STATE = {"ready": "Not saved yet", "saved": "No receipt yet", "acknowledged": "They have it"}
_WORDS = {"ready": "Ready", "saved": "Saved, no receipt", "acknowledged": "They have it"}
EMPTY = (
    "Nothing. When you sign, decide or invite, the file for the next person appears here "
    "for you to save or send."
)

COLUMNS = (
    ColumnSpec(
        "To",
        lambda item: item.recipient_name,
        second=lambda item: item.recipient_title,
        sort=lambda item: item.recipient_name.casefold(),
        weight=500,
        width=190,
    ),
    ColumnSpec(
        "What",
        lambda item: item.purpose_text,
        second=lambda item: _capital(", ".join(item.contains)),
        sort=lambda item: item.purpose_text,
        stretch=True,
    ),
    ColumnSpec(
        "State",
        lambda item: _STATE[item.state],
        second=lambda item: f"since {day(item.since.date())}" if item.since else "",
        icon=lambda item: _MARK[item.state],
        sort=lambda item: (item.state, str(item.since)),
        width=196,
    ),
    ColumnSpec(
        "",
        lambda item: "Save file…" if item.state == "ready" else "Send again",
        link=True,
        width=106,
    ),
)


class OutboxView(QWidget):
    """The list with its filters, and what can be done with the chosen line."""

    def __init__(self, page: SessionPage) -> None:
        super().__init__()
        self._page = page
        self._folder: Path | None = None
        self._items: tuple[OutboxItem, ...] = ()
        self._filter = ""
        self.empty = EmptyState(EMPTY, icon="file-up")
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        self.filters = Segments([("", "All"), *_WORDS.items()], name="Show", value="", check=False)
        self.filters.chosen.connect(self._keep)
        self.save_all = Button("Save all…", icon="download", on=self._save_all)
        self.model = RowsModel(COLUMNS, key=lambda item: item.id)
        self.table = RowsView(self.model, name="Outbox")
        self.table.linked.connect(lambda item, _spec: self._save(item))
        self.table.opened.connect(self._save)
        self.table.picked.connect(self._show)
        self.card = Card(narrow=True)
        left, bar = QWidget(), QWidget()
        bar.setLayout(row(GroupLabel("Outbox", "file-up", "text2"), 1, self.save_all))
        left.setLayout(column(self.filters, self.table, 1, space=16))
        self._full = Columns(left, self.card, right_width=304)
        self.setLayout(column(bar, self.empty, self.said, self._full, space=16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the link out where there is no room: the card has the same button."""
        super().resizeEvent(event)
        fold(self.table, {"": Breadth.MEDIUM})

    def show_items(self, items: tuple[OutboxItem, ...], folder: Path | None) -> None:
        """Show the outbox as it is now; the chosen line stays chosen."""
        chosen = self.table.selected()
        self._items, self._folder = items, folder
        self.model.set_rows(items)
        self._full.setVisible(bool(items))
        self.filters.set_word("", f"All {len(items)}")
        self.empty.setVisible(not items)
        for key, word in _WORDS.items():
            count = sum(item.state == key for item in items)
            self.filters.set_word(key, f"{word} {count}")
        ready = self._ready()
        self.save_all.setVisible(len(ready) > 1)
        self.save_all.setText(f"Save all {len(ready)} files…")
        same = next((i for i in items if chosen and i.recipient == chosen[0].recipient), None)
        if same is not None:
            self.table.pick(lambda item: bool(item.id == same.id))
        elif items:
            self.table.selectRow(0)
        if not items:
            self._show(None)

    def _ready(self) -> tuple[OutboxItem, ...]:
        return tuple(item for item in self._items if item.state == "ready")

    def _keep(self, state: str) -> None:
        self._filter = state
        self.table.proxy.keep(lambda item: not state or item.state == state)

    def _show(self, item: OutboxItem | None) -> None:
        self.card.clear()
        self.card.setVisible(item is not None)
        if item is None:
            return
        self.card.add(RichText(f"{item.purpose_text} for {item.recipient_name}", kind="section"))
        self.card.add(RichText(_sentence(item), kind="note"))
        again = item.state != "ready"
        word = "Send again…" if again else "Save file…"
        save = Button(word, icon="download", on=partial(self._save, item))
        mail = Button("Compose e-mail", icon="mail", on=partial(self._mail, item))
        put = Button("Put in exchange folder", icon="folder-open", on=partial(self._put, item))
        put.setEnabled(self._folder is not None)
        acts = QWidget()
        acts.setLayout(Flow(save, mail, put))
        self.card.add(acts)
        if self._folder is None:
            self.card.add(
                RichText("Choose an exchange folder above to put files there.", kind="note")
            )

    def _save(self, item: OutboxItem) -> None:
        folder = Ask.folder(self, "Save the file in")
        if folder is not None:
            session = self._page.session
            self._page.do(lambda _work: outbox.save_to(session, item.id, folder), self._saved)

    def _mail(self, item: OutboxItem) -> None:
        session = self._page.session

        def compose(_work: object) -> tuple[tuple[str, str, str], str, str]:
            message = outbox.compose_email(session, item.id)
            file = outbox.file_of(session, item.id)
            return message, file.name, file.id

        self._page.open_once(compose, self._open_message)

    def _open_message(self, made: tuple[tuple[str, str, str], str, str]) -> None:
        message, name, identifier = made
        session, shell = self._page.session, self._page.shell
        page = MessagePage(
            shell,
            session,
            message,
            name,
            lambda folder: outbox.save_to(session, identifier, folder),
        )
        shell.open(page)

    def _put(self, item: OutboxItem) -> None:
        session = self._page.session
        self._page.do(lambda _work: exchange_folder.put(session, item.id), self._saved)

    def _save_all(self) -> None:
        folder = Ask.folder(self, "Save all files in")
        if folder is None:
            return
        session, items = self._page.session, self._ready()

        def save(_work: object) -> list[Path]:
            return [outbox.save_to(session, item.id, folder) for item in items]

        self._page.do(save, self._saved_all, button=self.save_all)

    def _saved_all(self, paths: list[Path]) -> None:
        self.said.say(Meaning.DONE, f"{plural(len(paths), 'file')} saved", f"In {paths[0].parent}.")
        self.said.show()
        self._page.reload()

    def _saved(self, path: Path) -> None:
        text = f"In {path.parent}. Hand it over by e-mail, on a stick or in a shared folder."
        self.said.say(Meaning.DONE, f"Saved as {path.name}", text)
        self.said.show()
        self._page.reload()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentence(item: OutboxItem) -> str:
    holds = ", ".join(item.contains)
    return f"Holds {holds}. Only {item.recipient_name} can open it. {item.state_text}."
