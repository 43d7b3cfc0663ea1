"""What an amendment changed: two versions of one filing, side by side, in words.

An answer changes also where only its comment or its files do: whoever decided on the first
version must see everything that the second says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from candor.forms import compare, display
from candor.forms.answers import Answer, Context
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind


@dataclass(frozen=True)
class Version:
    """One signed version: the form it was signed on, and the answers that counted."""

    form: Form
    answers: Mapping[str, Answer]


class Turn(StrEnum):
    """What happened to an answer from one version to the next."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Step:
    """One answer that is not what it was; ``name`` is the question's short name.

    ``before`` and ``after`` are lines for reading, without the rows that stayed; empty where
    there was no answer, or where only the comment or the files differ.
    """

    question: str
    name: str
    turn: Turn
    before: str = ""
    after: str = ""
    comment: tuple[str, str] = ("", "")
    """Before and after, where it is not the same; else two empty texts."""
    attached: tuple[str, ...] = ()
    detached: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """What changed, each in a sentence of its own."""
        return tuple(f"{self.name}: {said}." for said in self._said())

    def _said(self) -> Iterator[str]:
        if self.turn is Turn.ADDED and self.after:
            yield f"added “{self.after}”"
        elif self.turn is Turn.REMOVED and self.before:
            yield f"took out “{self.before}”"
        elif self.before or self.after:
            yield f"“{self.before}” became “{self.after}”"
        if any(self.comment):
            then, now = (f"“{text}”" if text else "none" for text in self.comment)
            yield f"the comment was {then} and is now {now}"
        if self.attached:
            yield f"attached {', '.join(self.attached)}"
        if self.detached:
            yield f"took away {', '.join(self.detached)}"


def steps(old: Version, new: Version, context: Context, language: str = "en") -> tuple[Step, ...]:
    """Every answer that the newer version changes, in the order of its form; then what only the
    older form asked. Acknowledgements and signatures are acts of each version and left out."""
    said = {
        difference.question: difference
        for difference in compare.compare(new.form, old.answers, new.answers, language)
    }
    asked = {question.id for question in new.form.questions}
    gone = [question for question in old.form.questions if question.id not in asked]
    said |= {d.question: d for d in _gone(old, gone, language)}
    homes = [(question, new.form) for question in new.form.questions]
    homes += [(question, old.form) for question in gone]
    found = (
        _step(question, said.get(question.id), old, new, display.name(question, form, context))
        for question, form in homes
    )
    return tuple(step for step in found if step is not None)


def summary(found: tuple[Step, ...]) -> str:
    """The change in one sentence: ``2 answers changed, 1 added, none taken out.``"""
    turns = [step.turn for step in found]
    changed, added, removed = (
        turns.count(turn) for turn in (Turn.CHANGED, Turn.ADDED, Turn.REMOVED)
    )
    if not found:
        return "Nothing changed."
    noun = "answer" if changed == 1 else "answers"
    return (
        f"{changed or 'No'} {noun} changed, {added or 'none'} added, {removed or 'none'} taken out."
    )


def _gone(old: Version, gone: list[Question], language: str) -> tuple[compare.Difference, ...]:
    left = {
        question.id: old.answers[question.id] for question in gone if question.id in old.answers
    }
    return compare.compare(old.form, left, {}, language)


def _step(
    question: Question, said: compare.Difference | None, old: Version, new: Version, name: str
) -> Step | None:
    before, after = old.answers.get(question.id), new.answers.get(question.id)
    if question.kind is Kind.ATTACHMENT:
        said = None
    comment = _comment(before), _comment(after)
    files = _files(question, before), _files(question, after)
    same_comment = comment[0] == comment[1]
    if said is None and same_comment and files[0].keys() == files[1].keys():
        return None
    return Step(
        question=question.id,
        name=name,
        turn=_turn(before, after),
        before=said.then if said else "",
        after=said.now if said else "",
        comment=("", "") if same_comment else comment,
        attached=tuple(name for key, name in files[1].items() if key not in files[0]),
        detached=tuple(name for key, name in files[0].items() if key not in files[1]),
    )


def _turn(before: Answer | None, after: Answer | None) -> Turn:
    if before is None or not before.answered:
        return Turn.ADDED
    return Turn.CHANGED if after is not None and after.answered else Turn.REMOVED


def _comment(answer: Answer | None) -> str:
    return answer.comment.strip() if answer else ""


def _files(question: Question, answer: Answer | None) -> dict[str, str]:
    """The names of an answer's files by what they hold: a file renamed is the same paper."""
    if answer is None:
        return {}
    value = answer.value if question.kind is Kind.ATTACHMENT else None
    listed = [*answer.attachments, *(value if isinstance(value, list) else ())]
    return {str(file.get("digest")): str(file.get("name")) for file in listed}
