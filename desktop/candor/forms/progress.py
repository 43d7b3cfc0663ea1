"""How far a filer has come: open counts per section, and the next open question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from candor.forms.answers import Answer, Context
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind
from candor.forms.validation import problems
from candor.forms.visibility import Reading


@dataclass(frozen=True)
class SectionProgress:
    """One section; ``open`` counts questions that still keep the form from being signed."""

    section: str
    number: int
    asked: int
    answered: int
    open: int


@dataclass(frozen=True)
class Progress:
    """The whole form; sections in which nothing is asked of this filer are left out."""

    sections: tuple[SectionProgress, ...]
    asked: int
    answered: int
    open: int
    open_questions: tuple[str, ...]
    """Ids in the order of the form."""

    def next_open(self, after: str, order: tuple[str, ...]) -> str:
        """The next open question after ``after`` in ``order``, from the top again at the end."""
        start = order.index(after) + 1 if after in order else 0
        for name in (*order[start:], *order[:start]):
            if name in self.open_questions:
                return name
        return ""


def progress(
    form: Form, context: Context, answers: Mapping[str, Answer], *, without_signature: bool = True
) -> Progress:
    """Counts per section and in all. Signatures are given on the signing page, so they are not
    counted unless ``without_signature`` is false."""
    reading = Reading(form, context, answers)
    shown = [q for q in reading.visible if not (without_signature and q.kind is Kind.SIGNATURE)]
    open_ids = tuple(q.id for q in shown if problems(reading, q))
    answered = {q.id for q in shown if (a := reading.answer(q)) is not None and a.answered}
    sections = tuple(
        _section(section.id, section.number, inside, answered, open_ids)
        for section in form.sections
        if (inside := [q for q in shown if q.section == section.id])
    )
    return Progress(sections, len(shown), len(answered), len(open_ids), open_ids)


def _section(
    section: str, number: int, inside: list[Question], answered: set[str], open_ids: tuple[str, ...]
) -> SectionProgress:
    return SectionProgress(
        section=section,
        number=number,
        asked=len(inside),
        answered=sum(q.id in answered for q in inside),
        open=sum(q.id in open_ids for q in inside),
    )
