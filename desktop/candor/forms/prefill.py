"""Company facts offered for an answer: confirmed, changed or disputed one by one, never assumed."""

from __future__ import annotations

from msgspec.structs import replace

from candor.forms import shapes
from candor.forms.answers import Answer, Context, Provenance
from candor.forms.definition import Question
from candor.forms.kinds import Kind


def offer(question: Question, context: Context) -> Answer | None:
    """The answer that the company's fact would give, or None where it supplied none that the
    question takes.

    A fact for a yes-no question with columns is the list of rows on file: yes with these rows,
    or no where there are none. The offer is not an answer until the filer acts on it.
    """
    if question.id not in context.facts:
        return None
    fact = context.facts[question.id]
    if question.kind is Kind.YES_NO_EXPLAIN and isinstance(fact, list):
        rows = tuple(row for row in fact if isinstance(row, dict))
        offered = Answer(question=question.id, value=bool(rows), rows=rows)
    else:
        offered = Answer(question=question.id, value=fact)
    # a cell that nobody filled in yet is for the filer; anything else could not be shown
    return offered if all(fault.blank for fault in shapes.faults(question, offered)) else None


def confirm(offered: Answer) -> Answer:
    """The filer says that the offered fact is right."""
    return replace(offered, provenance=Provenance.CONFIRMED, dispute="")


def dispute(answer: Answer, why: str) -> Answer:
    """The filer says that the company's fact is wrong, and why; ``answer`` holds what is right."""
    return replace(answer, provenance=Provenance.DISPUTED, dispute=why)
