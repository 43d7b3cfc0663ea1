"""What may be added to any answer: unable to answer, a comment, files, how one knows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.answers import Answer, Provenance, Source
from candor.forms.words import words
from candor.ui.fields import FileList, TextBox
from candor.ui.form.answering import Answering
from candor.ui.widgets import Button, Flow, Label, Segments, column, restyle, row

ACTIONS = (
    ("unable", "Unable to answer", "ban"),
    ("comment", "Comment", "message-square"),
    ("attach", "Attach", "paperclip"),
)


ORDER = ("explanation", "dispute", "unable", "knowledge", "comment", "files")
LABELS = {
    "explanation": ("Explain in a few words", ""),
    "dispute": ("What is wrong with what is on file?", ""),
    "unable": ("Why are you unable to answer?", "Answer it after all"),
    "comment": ("Comment", "Remove the comment"),
}


class Remark(QWidget):
    """A labelled text below an answer. ``edited`` tells the text as it is typed."""

    edited = Signal(str)
    closed = Signal()

    def __init__(
        self, label: str, *, close: str = "", lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = TextBox(lines)
        self.box.setAccessibleName(label)
        self.box.textChanged.connect(lambda: self.edited.emit(self.box.toPlainText()))
        head = row(Label(label, "label"), 1, space=8)
        if close:
            button = Button(close, "quiet")
            button.clicked.connect(lambda _on=False: self.closed.emit())
            head.addWidget(button)
        self.setLayout(column(head, self.box, space=4))
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a text without telling."""
        if text != self.box.toPlainText():
            self.box.blockSignals(True)
            self.box.setPlainText(text)
            self.box.blockSignals(False)
            self.box._grow()

    def text(self) -> str:
        """What was typed."""
        return self.box.toPlainText()

    def open(self) -> None:
        """Show it and put the cursor into it."""
        self.show()
        around = self.parentWidget()
        if around is not None:
            around.show()
        self.box.setFocus()


class Knowledge(QWidget):
    """How the filer knows a fact about a relative. ``chosen`` tells a Source."""

    chosen = Signal(str)

    def __init__(self, number: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = words(language).sources
        self.segments = Segments(
            tuple((key, said[key]) for key in ("known", "asked", "could_not_ask")),
            name=f"{number}: How do you know this?",
        )
        self.segments.chosen.connect(self.chosen)
        self.setLayout(column(Label("How do you know this?", "label"), self.segments, space=4))

    def show_source(self, source: Source) -> None:
        """Show a source without telling."""
        self.segments.set_value(source.value)


class Remarks(QWidget):
    """Everything that may stand below an answer; each part is made when it is first needed."""

    back = Signal()
    """The person went back from a remark to the answer itself."""

    def __init__(self, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._to = answering
        self._box = column(space=8)
        self.setLayout(self._box)
        self._parts: dict[str, QWidget] = {}

    def _part(self, name: str) -> QWidget:
        if name not in self._parts:
            self._parts[name] = part = self._made(name)
            at = sum(ORDER.index(other) < ORDER.index(name) for other in self._parts)
            part.hide()
            self._box.insertWidget(at, part)
        return self._parts[name]

    def _made(self, name: str) -> QWidget:
        if name == "files":
            files = FileList()
            files.removed.connect(self._to.remove_file)
            return files
        if name == "knowledge":
            knowledge = Knowledge(self._to.question.id, self._to.draft.language)
            knowledge.chosen.connect(lambda key: self._to.put(source=Source(key)))
            return knowledge
        label, close = LABELS[name]
        remark = Remark(label, close=close, lines=2)
        remark.edited.connect(partial(self._typed, name))
        remark.closed.connect(partial(self._close, name))
        return remark

    def _typed(self, name: str, text: str) -> None:
        if name == "unable":
            self._to.put_unable(text)
        elif name == "dispute":
            self._to.put_dispute(text)
        else:
            self._to.put_text(name, text)

    def _close(self, name: str) -> None:
        remark = self.remark(name)
        remark.show_text("")
        remark.hide()
        self.back.emit()
        if name == "unable":
            self._to.answer_after_all()
        else:
            self._to.put_text(name, "")

    def remark(self, name: str) -> Remark:
        """A text below the answer: explanation, dispute, unable or comment."""
        part = self._part(name)
        assert isinstance(part, Remark)  # noqa: S101 -- LABELS names remarks only
        return part

    def open(self, name: str) -> None:
        """Show a remark and put the cursor into it."""
        self.remark(name).open()

    def _show(self, name: str, text: str, *, shown: bool) -> None:
        if not shown and name not in self._parts:
            return
        remark = self.remark(name)
        if remark.text() != text and not (not text and remark.box.hasFocus()):
            remark.show_text(text)
        remark.setVisible(shown or remark.box.hasFocus())

    def refresh(self, answer: Answer | None, *, explain: bool) -> None:
        """Show what the answer says; ``explain`` asks for an explanation."""
        said = answer or Answer(self._to.question.id)
        disputed = said.provenance is Provenance.DISPUTED
        self._show("explanation", said.explanation, shown=explain or bool(said.explanation))
        self._show("dispute", said.dispute, shown=disputed)
        self._show("unable", said.unable, shown=bool(said.unable))
        self._show("comment", said.comment, shown=bool(said.comment))
        about = self._to.question.about_relatives and said.answered and not said.unable
        if about or "knowledge" in self._parts:
            knowledge = self._part("knowledge")
            assert isinstance(knowledge, Knowledge)  # noqa: S101 -- see _made
            knowledge.show_source(said.source)
            knowledge.setVisible(about)
        if said.attachments or "files" in self._parts:
            files = self._part("files")
            assert isinstance(files, FileList)  # noqa: S101 -- see _made
            files.show_files(said.attachments)
        self.setVisible(any(not part.isHidden() for part in self._parts.values()))


class Actions(QWidget):
    """Unable to answer, Comment, Attach: there for the keyboard always, visible when needed."""

    pressed = Signal(str)

    def __init__(self, number: str, *, attach: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Button] = {}
        for key, word, icon in ACTIONS:
            if key == "attach" and not attach:
                continue
            button = Button(word, "quiet", icon=icon)
            button.setAccessibleName(f"{number}: {word}")
            button.clicked.connect(lambda _on=False, act=key: self.pressed.emit(act))
            self._buttons[key] = button
        Flow(*self._buttons.values(), space=10, parent=self)
        self._lit: bool | None = None
        self.light(on=False)

    def light(self, *, on: bool) -> None:
        """Show them, or keep only their room so that nothing jumps."""
        if on == self._lit:
            return
        self._lit = on
        for key, _word, icon in ACTIONS:
            if key in self._buttons:
                button = self._buttons[key]
                button.setProperty("ghost", not on)
                button.set_icon(icon if on else "")
                restyle(button)

    def button(self, key: str) -> Button:
        """One of the buttons."""
        return self._buttons[key]
