"""Looking at files before anything changes, then importing all of them or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from candor.app import exchange_folder, importing
from candor.app.importing import FilePreview, Imported
from candor.app.words import plural
from candor.errors import CandorError
from candor.ui import tasks
from candor.ui.screens.base import SessionPage, Working
from candor.ui.screens.inputs import fold
from candor.ui.screens.sending import CANDOR_FILES
from candor.ui.style import Meaning
from candor.ui.tasks import Task
from candor.ui.widgets import (
    Breadth,
    Button,
    Card,
    Columns,
    ColumnSpec,
    DropArea,
    IconLine,
    Label,
    PageHead,
    Picture,
    RichText,
    RowsModel,
    RowsView,
    column,
    row,
    strong,
)

_WORD = {
    "import": ("Will be imported", Meaning.DONE),
    "nothing_new": ("Nothing new", Meaning.NEUTRAL),
    "refused": ("Refused", Meaning.STOPPED),
}


def size_words(size: int) -> str:
    """ "940 kB", "1.8 MB"."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)}\u00a0kB"
    return f"{size // 1_000_000}.{size % 1_000_000 // 100_000}\u00a0MB"


def _count(row: FilePreview, count: int) -> str:
    return "" if row.verdict == "refused" else str(count)


COLUMNS = (
    ColumnSpec(
        "From",
        lambda row: row.sender_name,
        second=lambda row: row.sender_title,
        sort=lambda row: row.sender_name.casefold(),
        weight=500,
        width=248,
        narrow=180,
    ),
    ColumnSpec("For", lambda row: row.purpose_text, stretch=True),
    ColumnSpec("Signed by", lambda row: row.signed_by, width=176),
    ColumnSpec("New", lambda row: _count(row, row.new), right=True, width=64),
    ColumnSpec("Already here", lambda row: _count(row, row.already), right=True, width=104),
    ColumnSpec(
        "What will happen", lambda row: row.verdict, badge=lambda row: _WORD[row.verdict], width=168
    ),
)


class ImportView(QWidget):
    """The preview of files. ``closed`` without importing; ``imported`` tells the result."""

    closed = Signal()
    imported = Signal(object)

    def __init__(self, page: SessionPage) -> None:
        super().__init__()
        self._page = page
        self._paths: tuple[Path, ...] = ()
        self._previews: tuple[FilePreview, ...] = ()
        self._task: Task | None = None
        self.close_button = Button("Close without importing", on=self._close)
        self.import_button = Button("Import", "primary", on=self._import)
        self.head = PageHead("Import", "", self.close_button, self.import_button)
        self.drop = DropArea(
            strong("Drop more .candor files here"),
            ", or choose them. A file that is missing never deletes anything.",
            filter=CANDOR_FILES,
        )
        self.drop.dropped.connect(self._more)
        self._work = QWidget()
        self._work_box = column()
        self._work.setLayout(self._work_box)
        self._work.hide()
        self.model = RowsModel(COLUMNS, key=lambda row: row.path)
        self.table = RowsView(self.model, name="Files and what importing each would do")
        self.table.picked.connect(self._show)
        self.left, self.right = Card(), Card()
        self.cards = Columns(self.left, self.right, shares=(3, 2))
        self.setLayout(
            column(self.head, self.drop, self._work, self.table, self.cards, 1, space=16)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the card below says where there is no room."""
        super().resizeEvent(event)
        few = {"Signed by": Breadth.WIDE, "New": Breadth.MEDIUM, "Already here": Breadth.MEDIUM}
        fold(self.table, few)

    def look_at(self, paths: tuple[Path, ...]) -> None:
        """Check files in the worker and show what importing each would do."""
        self._paths = tuple(dict.fromkeys(paths))
        session = self._page.session
        self._say("Looking at the files", "Nothing has changed yet.", busy=True)
        self._task = tasks.run(
            lambda work: importing.preview(session, self._paths, work.tick),
            done=self._show_previews,
            refused=self._refuse,
            cancelled=self._close,
            parent=self,
        )
        self._follow("Checking every file", self._task)

    def _more(self, paths: tuple[Path, ...]) -> None:
        self.look_at((*self._paths, *paths))

    def _follow(self, title: str, task: Task) -> None:
        working = Working(title)
        working.follow(task)
        self._work_box.addWidget(working)
        self._work.show()
        working.cancel.setFocus()
        task.ended.connect(self._work.hide)
        task.ended.connect(working.deleteLater)

    def _say(self, title: str, sentence: str, *, busy: bool) -> None:
        self.head.set_text(title, sentence)
        self.drop.setVisible(not busy)
        self.table.setVisible(not busy or bool(self._previews))
        self.cards.setVisible(not busy)
        self.close_button.setVisible(not busy)
        self.import_button.setVisible(not busy)

    def _show_previews(self, previews: tuple[FilePreview, ...]) -> None:
        self._previews = previews
        count = sum(row.verdict == "import" for row in previews)
        self._say(
            f"Import {plural(len(previews), 'file')}",
            "Nothing has changed yet. Look at what each file would add, then import."
            if count
            else "None of these adds anything, so there is nothing to import.",
            busy=False,
        )
        self.import_button.setText(f"Import {plural(count, 'file')}" if count else "Import")
        self.import_button.setEnabled(count > 0)
        self.model.set_rows(previews)
        self.table.selectRow(0)
        self._show_right()
        (self.import_button if count else self.close_button).setFocus()

    def _refuse(self, error: CandorError) -> None:
        self._close()
        self._page.refuse(error)

    def _close(self) -> None:
        self._previews = ()
        self._paths = ()
        self.model.set_rows(())
        self.closed.emit()

    def _show(self, row: FilePreview | None) -> None:
        self.left.clear()
        if row is None:
            return
        self.left.add(RichText(f"From {row.sender_name}", kind="section"))
        self.left.add(RichText(f"{row.name}, {size_words(row.size)}", kind="note"))
        if row.verdict == "refused":
            self.left.add(*_refusal_lines(row))
            return
        self.left.body.addSpacing(8)
        self.left.add(Label("Checked", "label"))
        for check in row.checks:
            self.left.add(IconLine("circle-check", "done", check))
        for gap in row.gaps:
            self.left.add(IconLine("circle-alert", "needs", gap))
        self.left.body.addSpacing(8)
        self.left.add(Label("Importing it will", "label"))
        if row.verdict == "nothing_new":
            self.left.add(IconLine("info", "text2", "Add nothing: everything in it is here."))
            return
        for adds in row.adds or ("Add news of the directory",):
            self.left.add(IconLine("file-plus", "accent", adds))

    def _show_right(self) -> None:
        self.right.clear()
        refused = [file for file in self._previews if file.verdict == "refused"]
        if not refused:
            self.right.add(RichText("Also here", kind="section"))
            known = sum(file.already for file in self._previews)
            text = (
                f"{plural(known, 'record')} in these files are here already and stay as they are."
            )
            self.right.add(RichText(text if known else "Nothing in these files was here before."))
            self.right.add(
                RichText(
                    "All of them are imported together, or none. Importing a file twice "
                    "changes nothing.",
                    kind="note",
                )
            )
            return
        head = QWidget()
        words = RichText(f"Refused: {plural(len(refused), 'file')}", kind="section")
        line = row(Picture("octagon-x", "stopped", 24))
        line.addWidget(words, 1)
        head.setLayout(line)
        self.right.add(head)
        for file in refused[:3]:
            self.right.add(RichText(f"{file.name}, {size_words(file.size)}", kind="note"))
            self.right.add(*_refusal_lines(file))
        if len(refused) > 3:
            more = f"Choose a line above to read about the other {len(refused) - 3}."
            self.right.add(RichText(more, kind="note"))

    def _import(self) -> None:
        session, previews = self._page.session, self._previews
        count = sum(row.verdict == "import" for row in previews)
        self._say(
            f"Importing {plural(count, 'file')}",
            "All of them or none: nothing is imported until the last one is in.",
            busy=True,
        )

        def take(work: tasks.Work) -> Imported:
            result = importing.import_files(session, previews, work.tick)
            exchange_folder.note(session, (Path(row.path) for row in previews if row.proved))
            return result

        self._task = tasks.run(
            take,
            done=self._taken,
            refused=self._refuse,
            cancelled=partial(self._show_previews, previews),
            parent=self,
        )
        self._follow("Importing", self._task)

    def _taken(self, result: Imported) -> None:
        self._previews = ()
        self._paths = ()
        self.model.set_rows(())
        self.imported.emit(result)


def _refusal_lines(row: FilePreview) -> tuple[QWidget, ...]:
    """Why, that the others are not affected, and what to do."""
    lines: list[QWidget] = [RichText(f"{row.refused} The other files are not affected.")]
    if row.hint:
        lines.append(RichText(strong("What to do."), f" {row.hint}"))
    return tuple(lines)
