"""A form being filled in: every change is on disk before the screen says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from candor.app import attachments, matter_begun, shipped_forms
from candor.app.files import read_whole
from candor.app.reading import context_of_issue
from candor.app.session import Session
from candor.clock import stamp
from candor.errors import CandorError
from candor.forms import carry_forward, opening, prefill, validation
from candor.forms import flags as form_flags
from candor.forms import progress as form_progress
from candor.forms.answers import Answer, Context, Flag, Problem
from candor.forms.definition import Form, Question
from candor.forms.display import answer_line
from candor.forms.kinds import Kind
from candor.forms.opening import Offer
from candor.forms.periods import compute
from candor.forms.visibility import Reading
from candor.forms.wording import wording
from candor.records.matters import Case

UNDO_STEPS = 500
_T = TypeVar("_T")


@dataclass(frozen=True)
class LastYear:
    """What was signed last year for a question; ``answer`` as it would be re-affirmed."""

    answer: Answer
    display: str
    signed_at: date


@dataclass(frozen=True)
class Fact:
    """What the company already knows, offered for confirmation."""

    answer: Answer
    display: str


@dataclass(frozen=True)
class Paper:
    """What a draft fills in, and what its filer was given with it. ``due``: None where nobody set
    a day."""

    form: Form
    context: Context
    title: str
    due: date | None
    last_year: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def issued_paper(session: Session, case: Case) -> Paper:
    """The form that was issued in a case. Raises CandorError where none was."""
    issued = case.issued
    if issued is None:
        raise CandorError("This form was not issued to you.", hint="Ask the Secretary to send it.")
    return Paper(
        form=session.form(issued.form),
        context=context_of_issue(issued),
        title=issued.title,
        due=date.fromisoformat(issued.due),
        last_year=issued.last_year,
        facts=issued.facts,
    )


@dataclass(frozen=True)
class Opened:
    """A form that an answer calls for. ``about`` tells its row; ``begun``: from that answer
    one was begun or filed already."""

    offer: Offer
    title: str
    about: str
    begun: bool


class DraftFile(msgspec.Struct):
    """A draft as the vault keeps it."""

    answers: dict[str, Answer] = {}
    saved_at: str = ""
    prepared_by: str = ""


class Draft:
    """One filer's answers to one form, before signing.

    Holds no rule of its own: visibility, problems and flags come from the form engine.
    """

    def __init__(self, session: Session, case: Case, paper: Paper | None = None) -> None:
        """``paper``: the form to fill in; without one, what was issued in the case."""
        paper = paper or issued_paper(session, case)
        self.session = session
        self.case = case
        self.form: Form = paper.form
        self.context: Context = paper.context
        self.title: str = paper.title
        self.due: date | None = paper.due
        self.language = "en"
        self._load(case, paper.last_year, paper.facts)
        self._past: list[tuple[str, Answer | None]] = []
        self._future: list[tuple[str, Answer | None]] = []
        self._read: dict[str, Any] = {}

    def _load(self, case: Case, last_year: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        data = self.session.vault.draft(case.id)
        file = msgspec.json.decode(data, type=DraftFile) if data else DraftFile()
        self._answers: dict[str, Answer] = dict(file.answers)
        self.saved_at = datetime.fromisoformat(file.saved_at) if file.saved_at else None
        self._signed_last_year = {
            question: msgspec.convert(row["answer"], Answer) for question, row in last_year.items()
        }
        proposals = carry_forward.propose(self.form, self._signed_last_year, self.context)
        self.last_year: dict[str, LastYear] = {
            q: LastYear(
                answer,
                answer_line(self.form.question(q), answer, self.language),
                date.fromisoformat(str(last_year[q]["signed_at"])[:10]),
            )
            for q, answer in proposals.items()
        }
        self.facts: dict[str, Fact] = {}
        for name in facts:
            question = next((q for q in self.form.questions if q.id == name), None)
            offered = prefill.offer(question, self.context) if question else None
            if question is not None and offered is not None:
                self.facts[name] = Fact(offered, answer_line(question, offered, self.language))

    def snapshot(self) -> Self:
        """The draft as it stands, for reading in a thread while somebody types on."""
        taken = copy(self)
        taken._answers = dict(self._answers)
        taken._read = {}
        return taken

    # --- reading ------------------------------------------------------------------------

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers so far, by question id."""
        return self._answers

    def visible(self) -> tuple[Question, ...]:
        """The questions that this filer is asked, given the answers so far."""
        return self._reading().visible

    def _reading(self) -> Reading:
        return self._once("reading", lambda: Reading(self.form, self.context, self._answers))

    def _once(self, name: str, read: Callable[[], _T]) -> _T:
        """What is read of the answers, once for each state that they are in."""
        if name not in self._read:
            self._read[name] = read()
        found: _T = self._read[name]
        return found

    def problems(self) -> tuple[Problem, ...]:
        """Everything that must be mended before signing; the signature itself comes last."""
        return self._once(
            "problems",
            lambda: validation.validate(
                self.form, self.context, self._answers, without_signature=True
            ),
        )

    def flags(self) -> tuple[Flag, ...]:
        """The flags that the answers raise."""
        return self._once("flags", lambda: form_flags.flags(self.form, self.context, self._answers))

    def progress(self) -> form_progress.Progress:
        """How much is answered and what is open, by section."""
        return self._once(
            "progress", lambda: form_progress.progress(self.form, self.context, self._answers)
        )

    def next_open(self, after: str | None = None) -> str | None:
        """The next question without an answer or with a problem, wrapping round."""
        order = tuple(question.id for question in self.visible())
        return self.progress().next_open(after or "", order) or None

    def people(self) -> tuple[str, ...]:
        """The names of the Company's people, to be offered where somebody is named."""
        return tuple(entry.name for entry in self.session.directory.people.values())

    def openings(self) -> tuple[Opened, ...]:
        """The forms that the answers so far call for, in the order of the questions."""
        found = opening.offers(self.form, self.context, self._answers)
        begun = matter_begun.begun_from(self.session, self.case.id) if found else frozenset()
        forms = shipped_forms.everything() if found else {}
        return tuple(
            Opened(
                offer,
                forms[offer.opening.form].title["en"],
                f"row {offer.row + 1}" if offer.row >= 0 else "",
                (offer.question, offer.opening.form) in begun,
            )
            for offer in found
            if offer.opening.form in forms
        )

    def rule_words(self, rule: str) -> str:
        """A prohibition of the code pack by its clause and title; "" where the pack has none."""
        rows = self.session.pack.prohibitions
        return next((f"Code {r.clause}: {r.title}" for r in rows if r.id == rule), "")

    def period_text(self, question: Question) -> str:
        """The question's relevant period as it is printed."""
        period = next((p for p in self.form.periods if p.id == question.period), None)
        return compute(period, self.context, self.language)[1] if period else ""

    def wording(self, texts: Mapping[str, str]) -> str:
        """A text of the form with its dates and settings filled in."""
        return wording(dict(texts), self.form, self.context, self.language)

    def question_flags(self, question: Question) -> tuple[Flag, ...]:
        """The flags of one answer, as they stand beside it."""
        return form_flags.question_flags(self._reading(), question, self.language)

    # --- changing -----------------------------------------------------------------------

    def set_answer(self, answer: Answer) -> None:
        """Take an answer and save it durably. Raises NotSaved, with the answer kept here."""
        self._remember(answer.question, answer)
        self._put(answer.question, self._classified(answer))

    def clear(self, question: str) -> None:
        """Take an answer away."""
        self._remember(question)
        self._put(question, None)

    def start_from(self, answers: Mapping[str, Answer]) -> None:
        """Put many answers in place with one save: an earlier version, or prepared answers."""
        self.show(answers)
        self._save()

    def show(self, answers: Mapping[str, Answer]) -> None:
        """Put what was signed before in place, saving nothing until something changes."""
        self._answers.update({q: self._classified(a) for q, a in answers.items()})
        self._past.clear()
        self._future.clear()
        self._read = {}

    def still_correct(self, question: str) -> None:
        """Re-affirm last year's answer: a deliberate act, recorded as one."""
        self._remember(question)
        given = self._answers.get(question)
        proposal = self.last_year[question].answer
        source = given.source if given else proposal.source
        self._put(question, carry_forward.affirm(proposal, source))

    def confirm_fact(self, question: str) -> None:
        """Confirm what the company supplied."""
        self._remember(question)
        self._put(question, self._classified(prefill.confirm(self.facts[question].answer)))

    def dispute_fact(self, question: str, text: str) -> None:
        """Say what is wrong with a fact that the company supplied."""
        self._remember(question)
        answer = self._answers.get(question) or self.facts[question].answer
        self._put(question, self._classified(prefill.dispute(answer, text)))

    def seal(self, path: Path) -> dict[str, Any]:
        """Seal a file into the vault; what it returns goes to `attach`. May run in a thread."""
        if path.is_file():
            attachments.require_room(self._answers.copy().values(), path.stat().st_size)
        data = read_whole(path, attachments.MOST_TOGETHER)
        return {
            "name": path.name[:200],
            "digest": attachments.keep(self.session.vault, data),
            "size": len(data),
            "media": _media(path.suffix),
        }

    def attach(self, question: str, entry: dict[str, Any]) -> None:
        """Put a sealed file to an answer. Raises CandorError where too much is attached."""
        attachments.require_room(self._answers.values(), int(entry["size"]))
        answer = self._answers.get(question) or Answer(question)
        if self.form.question(question).kind is Kind.ATTACHMENT:
            files = [*(answer.value if isinstance(answer.value, list) else []), entry]
            self.set_answer(msgspec.structs.replace(answer, value=files))
        else:
            self.set_answer(
                msgspec.structs.replace(answer, attachments=(*answer.attachments, entry))
            )

    # --- undo ---------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self._future)

    def undo(self) -> str | None:
        """Take back the last change; returns the question it was in."""
        return self._step(self._past, self._future)

    def redo(self) -> str | None:
        """Make the change again that was last taken back."""
        return self._step(self._future, self._past)

    def _step(
        self,
        source: list[tuple[str, Answer | None]],
        target: list[tuple[str, Answer | None]],
    ) -> str | None:
        if not source:
            return None
        question, answer = source.pop()
        target.append((question, self._answers.get(question)))
        self._put(question, answer)
        return question

    def _remember(self, question: str, coming: Answer | None = None) -> None:
        before = self._answers.get(question)
        if not (self._past and self._past[-1][0] == question and _typed_on(before, coming)):
            self._past.append((question, before))
            del self._past[:-UNDO_STEPS]
        self._future.clear()

    def _put(self, question: str, answer: Answer | None) -> None:
        if answer is None:
            self._answers.pop(question, None)
        else:
            self._answers[question] = answer
        self._read = {}
        self._save()

    def _save(self) -> None:
        now = self.session.clock.now()
        data = msgspec.json.encode(DraftFile(self._answers, stamp(now)))
        self.session.vault.save_draft(self.case.id, data)
        self.saved_at = now

    def _classified(self, answer: Answer) -> Answer:
        last = self._signed_last_year.get(answer.question)
        question = self.form.question(answer.question)
        change = carry_forward.classify(question, last, answer)
        return msgspec.structs.replace(answer, change=change)


def _typed_on(before: Answer | None, after: Answer | None) -> bool:
    """Whether one answer is the other with more or less typed: one step for undo, not one a
    letter."""
    if before is None or after is None:
        return False
    texts = {"explanation": "", "comment": "", "unable": "", "dispute": ""}
    same = {**texts, "change": before.change, "provenance": before.provenance}
    if isinstance(before.value, str) and isinstance(after.value, str):
        same["value"] = ""
    return msgspec.structs.replace(before, **same) == msgspec.structs.replace(after, **same)


_MEDIA = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}


def _media(suffix: str) -> str:
    return _MEDIA.get(suffix.lower(), "application/octet-stream")
