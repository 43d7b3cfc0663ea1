"""Attached files: dropped or chosen, named one by one, each can be taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.kinds import Value
from candor.ui.fields.base import Field, Spec
from candor.ui.widgets import Button, DropArea, Label, Picture, column, empty, row


def size_words(size: int) -> str:
    """A size as people read it: 940 kB, 1.8 MB."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size // 1000} kB"
    return f"{size // 100_000 / 10} MB"


class FileList(QWidget):
    """The files put to an answer. ``removed`` tells the place of one to take away."""

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = column(space=2)
        self.setLayout(self._box)

    def show_files(self, files: Sequence[dict[str, Any]]) -> None:
        """Show these files."""
        empty(self._box)
        for place, file in enumerate(files):
            remove = Button("Remove", "quiet")
            remove.setAccessibleName(f"Remove {file['name']}")
            remove.clicked.connect(lambda _=False, at=place: self.removed.emit(at))
            line = QWidget()
            name = Label(str(file["name"]), elide=True)
            size = Label(size_words(int(file["size"])), "note")
            inside = row(Picture("paperclip", "text2", 16), space=8)
            inside.addWidget(name, 1)
            inside.addWidget(size)
            inside.addWidget(remove)
            line.setLayout(inside)
            self._box.addWidget(line)
        self.setVisible(bool(files))


class AttachmentField(Field):
    """A question that is answered with files. ``attached`` tells the paths."""

    attached = Signal(tuple)

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        self._files: list[dict[str, Any]] = []
        self.area = DropArea(
            "Drop files here, or choose them.", button="Choose files", icon="paperclip"
        )
        self.area.dropped.connect(self.attached)
        self._list = FileList()
        self._list.removed.connect(self._remove)
        self.setLayout(column(self.area, self._list, space=8))

    def _remove(self, place: int) -> None:
        del self._files[place]
        self._list.show_files(self._files)
        self.edited.emit()

    def value(self) -> Value | None:
        """The files, None where there are none."""
        return list(self._files) or None

    def show_value(self, value: Value | None) -> None:
        """Show the files."""
        self._files = list(value) if isinstance(value, list) else []
        self._list.show_files(self._files)

    def first(self) -> QWidget:
        """The button."""
        return self.area.button


Paths = tuple[Path, ...]
