"""Verify: drop a PDF, read six lines; green only when every line is."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from candor.app.files import write_whole
from candor.app.session import Session
from candor.app.verifying import VerdictLine, VerdictView, verify_file
from candor.app.words import moment
from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.screens.base import Refusal
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.tasks import Task
from candor.ui.widgets import (
    Banner,
    Breadth,
    Button,
    DropArea,
    Label,
    Page,
    PageHead,
    Picture,
    Progress,
    RichText,
    Rule,
    breadth,
    column,
    empty,
    row,
)

PURPOSE = "Checks a signed PDF on this computer. Nothing leaves it and nothing is imported."
FILES = "Signed PDF or Candor file (*.pdf *.candor)"
MORE = {
    "Content": "Show all",
    "Who signed": "Show keys",
    "When": "Show times",
    "Expected signers": "Show line-up",
    "Certificates": "Show root",
    "Directory age": "Show dates",
}
ICONS = {
    "done": ("circle-check", "done"),
    "needs": ("circle-alert", "needs"),
    "stopped": ("octagon-x", "stopped"),
}
STATE_WORDS = {"done": "Good", "needs": "Cannot be checked", "stopped": "Stopped"}
FOOT = "Green appears only when all six lines are. A line that cannot be checked is not green."


class VerifyPage(Page):
    """One file at a time; a Candor file goes on to the import preview."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self.shell, self.session = shell, session
        self._task: Task | None = None
        self.verdict: VerdictView | None = None
        self.head = PageHead("Verify a file", PURPOSE)
        self.drop = self._drop_area(tall=True)
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self.refusal = Refusal()
        self.banner = Banner(Meaning.NEUTRAL, "")
        self.banner.hide()
        self.lines = Verdict()
        self.lines.hide()
        self.foot = RichText(FOOT, kind="note")
        self._place = column(self.drop, space=0)
        place = QWidget()
        place.setLayout(self._place)
        self.add(self.head, place, self.progress, self.refusal, self.banner, self.lines, self.foot)

    def _drop_area(self, *, tall: bool) -> DropArea:
        area = DropArea(
            "Drop a signed PDF here",
            second="A packet, or a signer’s copy of one, at any stage of signing.",
            button="Choose a file",
            icon="file-check",
            tall=tall,
            several=False,
            filter=FILES,
        )
        area.dropped.connect(self.drop_files)
        return area

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """Verify a dropped PDF; anything else is for the import preview."""
        if len(paths) != 1 or paths[0].suffix.lower() == ".candor" or paths[0].is_dir():
            self.shell.files_dropped.emit(tuple(paths))
            return True
        self.verify(paths[0])
        return True

    def verify(self, path: Path) -> None:
        """Verify a file in a worker process."""
        self._cancel()
        if self.verdict is None:
            self._shrink()
        self.drop.say(path.name, second="Being checked.")
        for part in (self.banner, self.lines, self.refusal):
            part.hide()
        self.progress.begin(f"Verify {path.name}")
        session = self.session
        self._task = tasks.run(
            lambda work: (
                verify_file(path, None, session, session.clock, work.runner, work.tick),
                session.clock.now(),
            ),
            done=partial(self._checked, path),
            refused=partial(self._refused, path),
            cancelled=self.progress.hide,
            progress=self.progress.show_step,
            parent=self,
        )

    def _shrink(self) -> None:
        """After the first file the drop area is one line."""
        old, self.drop = self.drop, self._drop_area(tall=False)
        self._place.replaceWidget(old, self.drop)
        old.hide()
        old.deleteLater()

    def _cancel(self) -> None:
        if self._task is not None and not self._task.is_over():
            self._task.cancel()

    def _checked(self, path: Path, result: Any) -> None:
        verdict, at = result
        self.progress.hide()
        self.verdict = verdict
        about = f"{verdict.title}. " if verdict.title and verdict.title != path.name else ""
        self.drop.say(path.name, second=f"{about}{size_words(path)} Drop another to check it.")
        acts = [Button("Save this result", icon="download", on=self.save_result)]
        if verdict.ask is not None:
            first = verdict.ask.name.split()[0]
            acts.insert(0, Button(f"Write to {first}", icon="mail", on=self.write))
        icon = {"done": "shield-check", "stopped": "octagon-x"}.get(verdict.banner, "circle-alert")
        self.banner.say(
            Meaning(verdict.banner), verdict.banner_title, verdict.banner_text, *acts, icon=icon
        )
        self.banner.show()
        self.lines.show_lines(verdict.lines)
        self.lines.show()
        self.foot.set_parts(f"Checked {moment(at, self.session.zone)}. {FOOT}")

    def _refused(self, path: Path, refusal: CandorError) -> None:
        self.progress.hide()
        self.drop.say(path.name, second="It could not be read.")
        self.refusal.show_error(refusal)

    def write(self) -> None:
        """Ask for the file again, in one's own mail program."""
        asked = self.verdict.ask if self.verdict else None
        if asked is not None and not Ask.open_mail(asked.to, asked.subject, asked.text):
            self.refusal.show_error(
                CandorError("No mail program could be opened.", hint=f"Write to {asked.to}.")
            )

    def save_result(self) -> None:
        """Save the verdict as a file that a program can read."""
        verdict = self.verdict
        if verdict is None:
            return
        path = Ask.save_as(self, "Save this result", "verified.json", "Result (*.json)")
        if path is not None:
            data = json.dumps(verdict.as_json, indent=2, ensure_ascii=False).encode()
            place = path
            tasks.run(
                lambda _work: write_whole(place, data),
                done=lambda saved: self.drop.say(
                    self.drop.text.plain(), second=f"The result is saved as {saved.name}."
                ),
                refused=self.refusal.show_error,
                parent=self,
            )


class Verdict(QFrame):
    """The six lines: icon, name, statement over evidence, and a way to see more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._box = column(space=0, margins=(1, 1, 1, 1))
        self.setLayout(self._box)

    def show_lines(self, lines: tuple[VerdictLine, ...]) -> None:
        """Show the lines of a verdict."""
        empty(self._box)
        for at, line in enumerate(lines):
            if at:
                self._box.addWidget(Rule())
            shown = Line(line)
            shown.setProperty("end", {0: "first", len(lines) - 1: "last"}.get(at, ""))
            self._box.addWidget(shown)


class Line(QFrame):
    """One line of a verdict; "Show …" opens its details in place."""

    def __init__(self, line: VerdictLine) -> None:
        super().__init__()
        self.setProperty("role", "verdict")
        self.setProperty("tone", line.state if line.state == "stopped" else "")
        self.setAccessibleName(
            f"{line.name}: {STATE_WORDS[line.state]}. {line.statement} {line.evidence}"
        )
        tone = "" if line.state == "done" else line.state
        name = Label(line.name, "strong")
        name.setFixedWidth(style.px(176))
        words = column(space=0)
        statement = RichText(line.statement, kind="strong" if tone else "body", tone=tone)
        words.addWidget(statement)
        if line.evidence:
            words.addWidget(RichText(line.evidence, kind="note"))
        self.detail = RichText("\n".join(line.detail), kind="note")
        self.detail.hide()
        words.addWidget(self.detail)
        self.more = Button(MORE.get(line.name, "Show more"), "quiet", on=self._turn)
        self.more.setAccessibleName(f"{line.name}: {self.more.text()}")
        self.more.setVisible(bool(line.detail))
        head = QWidget()
        head.setLayout(row(Picture(*ICONS[line.state]), name, 1, space=16))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(24, 10, 18, 10)
        self._box.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        self._box.addWidget(head, 0, top)
        self._box.addLayout(words, 1)
        self._box.addWidget(self.more, 0, top)
        # the statement is what one reads; name and link stand on its line
        tall = style.line_height("body")
        head.setFixedHeight(tall)
        self.more.setFixedHeight(tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other where the window is narrow."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = breadth(self) is Breadth.NARROW
        self._box.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _turn(self) -> None:
        shown = self.detail.isVisibleTo(self)
        self.detail.setVisible(not shown)
        word = self.more.text()
        self.more.setText(word.replace("Hide", "Show") if shown else word.replace("Show", "Hide"))


def size_words(path: Path) -> str:
    """How large a file is, as people read it."""
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return f"{size / 1_000_000:.1f} MB." if size >= 1_000_000 else f"{max(size // 1000, 1)} kB."
