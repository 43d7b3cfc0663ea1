"""One answer being changed: every act goes to the draft at once, and nothing is lost by a click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from candor.errors import CandorError
from candor.forms.answers import Answer, Provenance
from candor.forms.definition import Question
from candor.forms.kinds import Value
from candor.ui import tasks
from candor.ui.ports import FormDraft
from candor.ui.tasks import Work


def _sealed(draft: FormDraft, path: Path, _work: Work) -> dict[str, Any]:
    return draft.seal(path)


class Answering(QObject):
    """The acts a person can do on one question.

    ``changed`` (typing) after each change that was saved: typing is True while text is typed.
    ``refused`` (CandorError) where it could not be saved.
    """

    changed = Signal(bool)
    refused = Signal(object)

    def __init__(self, draft: FormDraft, question: Question, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft, self.question = draft, question
        self._set_aside: Answer | None = None

    def answer(self) -> Answer | None:
        """The answer as the draft has it."""
        return self.draft.answers.get(self.question.id)

    def put(self, *, typing: bool = False, **changes: Any) -> None:
        """Change parts of the answer; an answer of which nothing is left is taken away."""
        name = self.question.id
        before = self.answer() or Answer(name, language=self.draft.language)
        after = replace(before, **changes)
        if after == before:
            return
        blank = after == Answer(name, language=after.language, change=after.change)
        if blank:
            self._try(lambda: self.draft.clear(name), typing=typing)
        else:
            self._try(lambda: self.draft.set_answer(after), typing=typing)

    def _try(self, act: Callable[[], object], *, typing: bool = False) -> bool:
        try:
            act()
        except CandorError as refusal:
            self.refused.emit(refusal)
            return False
        self.changed.emit(typing)
        return True

    def put_value(self, value: Value | None, *, typing: bool) -> None:
        """A value typed or chosen; a fact that was disputed stays disputed."""
        before = self.answer()
        disputed = before is not None and before.provenance is Provenance.DISPUTED
        provenance = Provenance.DISPUTED if disputed else Provenance.TYPED
        self.put(typing=typing, value=value, unable="", provenance=provenance)

    def put_text(self, part: str, text: str) -> None:
        """A text beside the value: ``explanation`` or ``comment``."""
        changes: dict[str, Any] = {part: text}
        self.put(typing=True, **changes)

    def put_unable(self, reason: str) -> None:
        """Why it cannot be answered. The value goes only once a reason stands here."""
        before = self.answer()
        if not reason.strip() and not (before and before.unable):
            return
        if before is not None and before.value is not None:
            self._set_aside = before
        self.put(typing=True, unable=reason, value=None, rows=())

    def answer_after_all(self) -> None:
        """Take the reason back; the value that stood before it returns."""
        aside = self._set_aside
        value, rows = (aside.value, aside.rows) if aside else (None, ())
        self._set_aside = None
        self.put(unable="", value=value, rows=rows)

    def put_dispute(self, text: str) -> None:
        """What is wrong with what the company has on file."""
        if self.answer() is not None:
            self.put(typing=True, dispute=text, provenance=Provenance.DISPUTED)

    def still_correct(self) -> None:
        """Re-affirm last year's answer."""
        self._try(lambda: self.draft.still_correct(self.question.id))

    def confirm(self) -> None:
        """Confirm what the company has on file."""
        self._try(lambda: self.draft.confirm_fact(self.question.id))

    def dispute(self) -> bool:
        """Begin to dispute it; whether that was saved."""
        return self._try(lambda: self.draft.dispute_fact(self.question.id, ""))

    def attach(self, paths: tuple[Path, ...]) -> None:
        """Put files to the answer, each once it is sealed; a large one takes a moment."""
        for path in paths:
            tasks.run(
                partial(_sealed, self.draft, path),
                done=self._attached,
                refused=self.refused.emit,
                parent=self,
            )

    def _attached(self, entry: dict[str, Any]) -> None:
        self._try(lambda: self.draft.attach(self.question.id, entry))

    def remove_file(self, place: int) -> None:
        """Take a file away from the answer."""
        answer = self.answer()
        if answer is not None:
            files = tuple(f for at, f in enumerate(answer.attachments) if at != place)
            self.put(attachments=files)
